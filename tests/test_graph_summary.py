"""The summary: what all rows tell together, on every page."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adding import COUNTED, COUNTS, M, sums
from tests.graph import ACCOUNT, graph_on

DEFAULT, DOCS = graph_on("default"), graph_on("docs", date(2025, 6, 15))
NODE = f"act_{DEFAULT.runtime.file.accounts[0].id}"
FEW = settings(max_examples=30, derandomize=True, deadline=None, database=None)
SHIPPED = [
    {"level": "ad"},
    {"level": "campaign", "time_increment": 7},
    {"time_increment": "monthly", "breakdowns": "age,gender"},
    {"level": "campaign", "breakdowns": "country"},
    {"level": "ad", "sort": "spend_descending"},
    {"level": "ad", "filtering": [{"field": "spend", "operator": "GREATER_THAN", "value": 100}]},
    {"level": "ad", "filtering": [{"field": "ad.impressions", "operator": "TOP", "value": 3}], "time_increment": 30},
    {"level": "campaign", "filtering": [{"field": "ad.spend", "operator": "LESS_THAN", "value": 900}]},
    {"level": "campaign", "filtering": [{"field": "campaign.name", "operator": "CONTAIN", "value": "a"}]},
    {"time_ranges": [{"since": "2026-09-01", "until": "2026-10-10"}, {"since": "2026-10-01", "until": "2026-11-01"}]},
    {"level": "ad", "time_ranges": [{"since": f"2026-0{month}-01", "until": "2026-10-01"} for month in (5, 6, 7)]},
    {"breakdowns": "marketing_messages_btn_name", "level": "ad"},
    {"breakdowns": "hourly_stats_aggregated_by_advertiser_time_zone", "time_increment": 1, "date_preset": "last_14d"},
]
asked = st.sampled_from(SHIPPED)


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert DEFAULT.runtime.bugs + DOCS.runtime.bugs == []


def told(graph=DEFAULT, node=NODE, **parameters):
    """The body of one page with everything that adds up."""
    return graph.read(f"/{node}/insights", **{"fields": COUNTED, "date_preset": "last_90d"} | parameters)


def rows(graph=DEFAULT, node=NODE, **parameters):
    """All rows of it."""
    return graph.rows(f"/{node}/insights", **{"fields": COUNTED, "date_preset": "last_90d", "limit": 900} | parameters)


@given(asked, st.integers(1, 40), st.sampled_from([{}, {"action_attribution_windows": "1d_click,28d_click"}]))
@FEW
def test_the_summary_is_the_sum_of_all_pages(shape, limit, windows):
    """
    Whatever rows are asked for, their summary adds all of them up, not those of its page alone.
    """
    found = told(**shape, **windows, default_summary="true", limit=limit)

    assert sums([found["summary"]]) == sums(rows(**shape, **windows))
    assert len(found["data"]) <= limit


@pytest.mark.parametrize("shape", [{}, {"breakdowns": "age"}, {"time_increment": 1, "sort": "spend_descending"}])
def test_pinned_days_are_summed(shape):
    """
    The vendors' printed numbers are in the summary.
    """
    found = told(DOCS, ACCOUNT, **shape, default_summary="true", date_preset="this_year")

    assert sums([found["summary"]]) == sums(rows(DOCS, ACCOUNT, **shape, date_preset="this_year"))


def test_each_page_has_the_same_summary():
    """
    The first page, the second and a page of one row tell the same together.
    """
    first = told(level="ad", default_summary="true", limit=5)
    second = told(level="ad", default_summary="true", limit=5, after=first["paging"]["cursors"]["after"])
    single = told(level="ad", default_summary="true", limit=1)

    assert first["summary"] == second["summary"] == single["summary"]
    assert first["data"] != second["data"]


def test_rates_are_those_of_the_sums():
    """
    Rates and costs of a summary follow from its counts; they are not added up.
    """
    counts = told(level="ad", summary=[f"{M}delivered", f"{M}read", "spend", "impressions", "clicks"])["summary"]
    rates = told(level="ad", summary=[f"{M}read_rate", f"{M}cost_per_delivered", "cpm", "ctr"])["summary"]
    exact = {name: Decimal(value) for name, value in counts.items() if not name.startswith("date")}
    expected = {
        f"{M}read_rate": exact[f"{M}read"] * 100 / exact[f"{M}delivered"],
        f"{M}cost_per_delivered": exact["spend"] / exact[f"{M}delivered"],
        "cpm": exact["spend"] * 1000 / exact["impressions"],
        "ctr": exact["clicks"] * 100 / exact["impressions"],
    }

    for name, value in expected.items():
        assert Decimal(rates[name]) == value.quantize(Decimal("0.000001"), ROUND_HALF_UP), name


def test_a_summary_has_the_fields_asked_for_and_the_dates_of_the_whole():
    """
    `summary` names its fields, default_summary takes those of the rows without breakdowns; dates span all rows.
    """
    asked = {"time_range": {"since": "2026-09-01", "until": "2026-10-15"}, "time_increment": 1, "breakdowns": "age"}
    named = told(**asked, summary="spend,campaign_id,account_id", default_summary="true")["summary"]
    plain = told(**asked, fields="reach,account_name", default_summary="1")["summary"]

    assert list(named) == ["spend", "account_id", "date_start", "date_stop"]
    assert list(plain) == ["reach", "account_name", "date_start", "date_stop"]
    assert (plain["date_start"], plain["date_stop"]) == ("2026-09-01", "2026-10-15")


@pytest.mark.parametrize("asked", [{}, {"summary": "[]"}, {"default_summary": "false"}])
def test_nothing_is_summed_unasked(asked):
    """
    Without a summary asked for, there is none.
    """
    assert "summary" not in told(**asked)


def test_no_rows_have_no_summary():
    """
    Where nothing was delivered, nothing is told together.
    """
    future = {"time_range": {"since": "2027-01-01", "until": "2027-01-02"}}

    assert told(**future, default_summary="true") == {"data": []}


def test_no_count_of_a_summary_grows_with_its_page(monkeypatch):
    """
    The summary of a thousand rows asks the world for no more totals than that of ten, beside those of its page.
    """
    from mockserver.world.now import World

    asked = []
    total = World.total
    monkeypatch.setattr(World, "total", lambda world, row: asked.append(row) or total(world, row))
    costs = []
    for increment in (30, 1):
        asked.clear()
        told(level="ad", time_increment=increment, default_summary="true", limit=5, fields=COUNTS)
        costs.append(len(asked))

    assert costs == [6, 6]
