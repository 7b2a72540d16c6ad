"""Dates by name."""

import json
from datetime import date, datetime

import pytest

from mockserver.resources import folder
from mockserver.world.periods import PRESETS, earliest, months_before
from tests.graph import Graph, graph_on

# 2026-11-21 (Saturday) and 2026-03-01 (Sunday) are worked out in the facts about the vendor; the others by hand:
# a leap day (Thursday), new year (Thursday), a Sunday and its Monday, the end of summer time in Los Angeles (Sunday)
TABLES = """
preset                 2026-11-21             2026-03-01             2024-02-29             2026-01-01
today                  2026-11-21/2026-11-21  2026-03-01/2026-03-01  2024-02-29/2024-02-29  2026-01-01/2026-01-01
yesterday              2026-11-20/2026-11-20  2026-02-28/2026-02-28  2024-02-28/2024-02-28  2025-12-31/2025-12-31
this_month             2026-11-01/2026-11-21  2026-03-01/2026-03-01  2024-02-01/2024-02-29  2026-01-01/2026-01-01
last_month             2026-10-01/2026-10-31  2026-02-01/2026-02-28  2024-01-01/2024-01-31  2025-12-01/2025-12-31
this_quarter           2026-10-01/2026-11-21  2026-01-01/2026-03-01  2024-01-01/2024-02-29  2026-01-01/2026-01-01
maximum                2023-10-21/2026-11-21  2023-02-01/2026-03-01  2021-01-29/2024-02-29  2022-12-01/2026-01-01
data_maximum           2023-10-21/2026-11-21  2023-02-01/2026-03-01  2021-01-29/2024-02-29  2022-12-01/2026-01-01
last_3d                2026-11-18/2026-11-20  2026-02-26/2026-02-28  2024-02-26/2024-02-28  2025-12-29/2025-12-31
last_7d                2026-11-14/2026-11-20  2026-02-22/2026-02-28  2024-02-22/2024-02-28  2025-12-25/2025-12-31
last_14d               2026-11-07/2026-11-20  2026-02-15/2026-02-28  2024-02-15/2024-02-28  2025-12-18/2025-12-31
last_28d               2026-10-24/2026-11-20  2026-02-01/2026-02-28  2024-02-01/2024-02-28  2025-12-04/2025-12-31
last_30d               2026-10-22/2026-11-20  2026-01-30/2026-02-28  2024-01-30/2024-02-28  2025-12-02/2025-12-31
last_90d               2026-08-23/2026-11-20  2025-12-01/2026-02-28  2023-12-01/2024-02-28  2025-10-03/2025-12-31
last_week_mon_sun      2026-11-09/2026-11-15  2026-02-16/2026-02-22  2024-02-19/2024-02-25  2025-12-22/2025-12-28
last_week_sun_sat      2026-11-08/2026-11-14  2026-02-22/2026-02-28  2024-02-18/2024-02-24  2025-12-21/2025-12-27
last_quarter           2026-07-01/2026-09-30  2025-10-01/2025-12-31  2023-10-01/2023-12-31  2025-10-01/2025-12-31
last_year              2025-01-01/2025-12-31  2025-01-01/2025-12-31  2023-01-01/2023-12-31  2025-01-01/2025-12-31
this_week_mon_today    2026-11-16/2026-11-21  2026-02-23/2026-03-01  2024-02-26/2024-02-29  2025-12-29/2026-01-01
this_week_sun_today    2026-11-15/2026-11-21  2026-03-01/2026-03-01  2024-02-25/2024-02-29  2025-12-28/2026-01-01
this_year              2026-01-01/2026-11-21  2026-01-01/2026-03-01  2024-01-01/2024-02-29  2026-01-01/2026-01-01

preset                 2026-11-22             2026-11-23             2026-11-01             2026-11-02
today                  2026-11-22/2026-11-22  2026-11-23/2026-11-23  2026-11-01/2026-11-01  2026-11-02/2026-11-02
yesterday              2026-11-21/2026-11-21  2026-11-22/2026-11-22  2026-10-31/2026-10-31  2026-11-01/2026-11-01
this_month             2026-11-01/2026-11-22  2026-11-01/2026-11-23  2026-11-01/2026-11-01  2026-11-01/2026-11-02
last_month             2026-10-01/2026-10-31  2026-10-01/2026-10-31  2026-10-01/2026-10-31  2026-10-01/2026-10-31
this_quarter           2026-10-01/2026-11-22  2026-10-01/2026-11-23  2026-10-01/2026-11-01  2026-10-01/2026-11-02
maximum                2023-10-22/2026-11-22  2023-10-23/2026-11-23  2023-10-01/2026-11-01  2023-10-02/2026-11-02
data_maximum           2023-10-22/2026-11-22  2023-10-23/2026-11-23  2023-10-01/2026-11-01  2023-10-02/2026-11-02
last_3d                2026-11-19/2026-11-21  2026-11-20/2026-11-22  2026-10-29/2026-10-31  2026-10-30/2026-11-01
last_7d                2026-11-15/2026-11-21  2026-11-16/2026-11-22  2026-10-25/2026-10-31  2026-10-26/2026-11-01
last_14d               2026-11-08/2026-11-21  2026-11-09/2026-11-22  2026-10-18/2026-10-31  2026-10-19/2026-11-01
last_28d               2026-10-25/2026-11-21  2026-10-26/2026-11-22  2026-10-04/2026-10-31  2026-10-05/2026-11-01
last_30d               2026-10-23/2026-11-21  2026-10-24/2026-11-22  2026-10-02/2026-10-31  2026-10-03/2026-11-01
last_90d               2026-08-24/2026-11-21  2026-08-25/2026-11-22  2026-08-03/2026-10-31  2026-08-04/2026-11-01
last_week_mon_sun      2026-11-09/2026-11-15  2026-11-16/2026-11-22  2026-10-19/2026-10-25  2026-10-26/2026-11-01
last_week_sun_sat      2026-11-15/2026-11-21  2026-11-15/2026-11-21  2026-10-25/2026-10-31  2026-10-25/2026-10-31
last_quarter           2026-07-01/2026-09-30  2026-07-01/2026-09-30  2026-07-01/2026-09-30  2026-07-01/2026-09-30
last_year              2025-01-01/2025-12-31  2025-01-01/2025-12-31  2025-01-01/2025-12-31  2025-01-01/2025-12-31
this_week_mon_today    2026-11-16/2026-11-22  2026-11-23/2026-11-23  2026-10-26/2026-11-01  2026-11-02/2026-11-02
this_week_sun_today    2026-11-22/2026-11-22  2026-11-22/2026-11-23  2026-11-01/2026-11-01  2026-11-01/2026-11-02
this_year              2026-01-01/2026-11-22  2026-01-01/2026-11-23  2026-01-01/2026-11-01  2026-01-01/2026-11-02
"""
ZONES = ["America/Los_Angeles", "Europe/Berlin", "Asia/Singapore"]  # of the accounts of the default world


def worked_out() -> dict[str, dict[str, str]]:
    """Today → preset → since/until, as the tables say."""
    found: dict[str, dict[str, str]] = {}
    for table in TABLES.strip().split("\n\n"):
        (_, *todays), *lines = (line.split() for line in table.splitlines())
        for name, *spans in lines:
            for today, span in zip(todays, spans, strict=True):
                found.setdefault(today, {})[name] = span
    return found


def echoed(graph: Graph, zone: str, preset: str) -> str:
    """The dates of the answer to *preset* for the ad account in *zone*."""
    [account] = [one for one in graph.runtime.file.accounts if one.timezone_name == zone]
    [row] = graph.read(f"/act_{account.id}/insights", fields="spend", date_preset=preset)["data"]
    return f"{row['date_start']}/{row['date_stop']}"


@pytest.mark.parametrize("today", worked_out())
def test_presets_are_the_dates_of_the_table(today):
    """
    Each of the 20 presets, whatever the day, names the dates that were worked out without this program.
    """
    found = {name: span(date.fromisoformat(today)) for name, span in PRESETS.items()}

    assert {name: f"{span.since}/{span.until}" for name, span in found.items()} == worked_out()[today]


def test_presets_are_those_of_the_contract_in_its_order():
    """
    The 20 presets are the contract's, in the order in which Meta prints them.
    """
    contract = json.loads((folder("schemas") / "meta" / "insights.json").read_text())

    assert list(PRESETS) == contract["request"]["properties"]["date_preset"]["enum"]
    assert len(PRESETS) == 20


@pytest.mark.parametrize(
    ("instant", "todays"),
    [
        ("2026-10-31T23:30:00+00:00", ["2026-10-31", "2026-11-01", "2026-11-01"]),
        ("2026-11-01T00:30:00+00:00", ["2026-10-31", "2026-11-01", "2026-11-01"]),
        ("2026-11-01T07:30:00+00:00", ["2026-11-01", "2026-11-01", "2026-11-01"]),
        ("2026-11-01T16:30:00+00:00", ["2026-11-01", "2026-11-01", "2026-11-02"]),
        ("2026-11-01T23:30:00+00:00", ["2026-11-01", "2026-11-02", "2026-11-02"]),
        ("2026-11-02T07:30:00+00:00", ["2026-11-01", "2026-11-02", "2026-11-02"]),
        ("2026-11-02T08:30:00+00:00", ["2026-11-02", "2026-11-02", "2026-11-02"]),
    ],
)
def test_today_is_the_day_of_the_ad_account(instant, todays):
    """
    One instant is another day in Los Angeles, Berlin and Singapore, also on the day on which summer time ends.
    """
    graph = graph_on("default", datetime.fromisoformat(instant))

    for zone, today in zip(ZONES, todays, strict=True):
        assert echoed(graph, zone, "today") == f"{today}/{today}", zone


def test_each_preset_counts_from_the_accounts_own_today():
    """
    While it is still Sunday in Los Angeles, all 20 presets are Sunday's there, and Monday's in Berlin and Singapore.
    """
    graph = graph_on("default", datetime.fromisoformat("2026-11-01T23:30:00+00:00"))

    for zone, today in zip(ZONES, ["2026-11-01", "2026-11-02", "2026-11-02"], strict=True):
        assert {preset: echoed(graph, zone, preset) for preset in PRESETS} == worked_out()[today], zone


def test_months_before_keep_to_the_calendar():
    """
    37 months before a day is the same day of that month, or the month's last day; never before year 1.
    """
    assert earliest(date(2026, 11, 21)) == date(2023, 10, 21)
    assert earliest(date(2026, 3, 31)) == date(2023, 2, 28)
    assert earliest(date(2027, 3, 31)) == date(2024, 2, 29)
    assert months_before(date(1, 2, 3), 37) == date(1, 1, 3)
