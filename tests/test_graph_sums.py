"""Numbers add up: over time, over levels, in the default world on 2026-11-21."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.world.periods import PRESETS
from tests.adding import of_status
from tests.graph import graph_on
from tests.worlds import DEFAULT, edited, kind

TODAY = date(2026, 11, 21)
GRAPH = graph_on("default", TODAY)
FILE = GRAPH.runtime.file
ACCOUNTS = [f"act_{account.id}" for account in FILE.accounts]
NODES = [*ACCOUNTS, *(node for node in FILE.nodes if not node.startswith("act_"))]
COUNTED = (
    "impressions,reach,spend,actions,action_values,marketing_messages_sent,marketing_messages_delivered,"
    "marketing_messages_read,marketing_messages_link_btn_click,marketing_messages_quick_reply_btn_click,"
    "marketing_messages_spend"
)
MANY = settings(max_examples=60, derandomize=True, deadline=None, database=None)
nodes = st.sampled_from(NODES)
lengths = st.integers(0, 120)
starts = st.dates(TODAY - timedelta(days=700), TODAY + timedelta(days=20))


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert GRAPH.runtime.bugs == []


def rows(node, since=None, until=None, **parameters):
    """All rows of *node* from *since* to *until*, with everything that adds up."""
    if since:
        parameters["time_range"] = {"since": str(since), "until": str(until)}
    return GRAPH.rows(f"/{node}/insights", **{"fields": COUNTED, "limit": 500} | parameters)


def sums(found) -> Counter:
    """What adds up over *found*, by field, and by action type."""
    total: Counter = Counter()
    for row in found:
        for name in COUNTED.split(","):
            told = row.get(name, "0")
            parts = [("", told)] if isinstance(told, str) else [(one["action_type"], one["value"]) for one in told]
            total.update({name + kind_: Decimal(value) for kind_, value in parts})
    return Counter({name: value for name, value in total.items() if value})


@given(nodes, starts, lengths, lengths)
@MANY
def test_a_range_is_the_sum_of_its_parts_at_every_cut(node, since, left, right):
    """
    f[a, c] = f[a, b] + f[b + 1, c] for every count, spend and action, wherever the cut is.
    """
    cut, until = since + timedelta(days=left), since + timedelta(days=left + right + 1)
    parts = rows(node, since, cut) + rows(node, cut + timedelta(days=1), until)

    assert sums(parts) == sums(rows(node, since, until))


@given(nodes, starts, lengths, st.one_of(st.integers(1, 90), st.just("monthly")))
@MANY
def test_increments_sum_to_the_whole_and_tile_it(node, since, length, increment):
    """
    The rows of a time increment sum to the range, follow each other without overlap, and lie within it.
    """
    until = since + timedelta(days=length)
    parts = rows(node, since, until, time_increment=increment)
    dates = [(date.fromisoformat(row["date_start"]), date.fromisoformat(row["date_stop"])) for row in parts]

    assert sums(parts) == sums(rows(node, since, until))
    assert all(before[1] < after[0] for before, after in pairwise(dates))
    assert all(since <= start <= stop <= until for start, stop in dates)
    if isinstance(increment, int):
        assert all((start - since).days % increment == 0 for start, _ in dates)
        assert all(stop == min(start + timedelta(days=increment - 1), until) for start, stop in dates)


@given(nodes, starts, lengths)
@MANY
def test_a_single_day_is_its_row_of_the_days(node, since, length):
    """
    A range of one day tells what that day's row of time_increment=1 tells.
    """
    for row in rows(node, since, since + timedelta(days=length), time_increment=1)[:3]:
        assert rows(node, row["date_start"], row["date_stop"]) == [row]


@given(nodes, starts, lengths, st.integers(0, 60), st.integers(0, 60))
@MANY
def test_a_wider_range_never_tells_less(node, since, length, earlier, later):
    """
    Every count of a range is at most that of a range around it.
    """
    until = since + timedelta(days=length)
    inner = sums(rows(node, since, until))
    outer = sums(rows(node, since - timedelta(days=earlier), until + timedelta(days=later)))

    assert inner <= outer


@given(st.sampled_from(ACCOUNTS), starts, lengths)
@MANY
def test_an_account_is_the_sum_of_its_campaigns_ad_sets_and_ads(account, since, length):
    """
    At every level the rows of an account sum to the account.
    """
    until = since + timedelta(days=length)
    whole = sums(rows(account, since, until))

    assert sums(rows(account, since, until, level="account")) == whole
    for level in ("campaign", "adset", "ad"):
        assert sums(rows(account, since, until, level=level, filtering=[of_status(level)])) == whole, level


def test_the_deleted_and_archived_have_no_rows_of_their_own():
    """
    Below another object what is gone has rows only where a filter names its status, by delivery_info never what is
    deleted; reads by its own id and totals of what it belonged to tell of it.
    """

    def told(*filtering):
        asked = {"level": "campaign", "fields": "campaign_id", "date_preset": "maximum", "filtering": filtering}
        return {row["campaign_id"] for account in ACCOUNTS for row in rows(account, **asked)}

    by_status = {one: told(of_status("campaign", one)) for one in ("ARCHIVED", "DELETED")}
    delivery = {"field": "campaign.delivery_info", "operator": "IN", "value": ["archived", "deleted"]}

    for status, ids in by_status.items():
        assert {GRAPH.read(f"/{one}", fields="effective_status")["effective_status"] for one in ids} == {status}
        assert all(rows(one, date_preset="maximum") for one in ids)
    live = told(of_status("campaign")) - by_status["ARCHIVED"] - by_status["DELETED"]
    assert told() == told({"field": "campaign.name", "operator": "CONTAIN", "value": ""}) == live
    assert told(delivery) == by_status["ARCHIVED"]


@pytest.mark.parametrize("level", ["campaign", "adset", "ad"])
@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_row_of_an_account_is_what_its_object_tells_itself(account, level):
    """
    The row of a campaign, ad set or ad in its account's insights is the row of its own insights, of every level below.
    """
    fields = f"{level}_id,{level}_name,{COUNTED},marketing_messages_read_rate"
    for row in rows(account, level=level, fields=fields, date_preset="last_90d"):
        assert rows(row[f"{level}_id"], fields=fields, date_preset="last_90d") == [row]
        below = rows(row[f"{level}_id"], level="ad", date_preset="last_90d")
        assert sums(below) == sums([row])


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_the_range_that_it_names(account, preset):
    """
    The dates that a preset's row tells, asked for as a time range, give the same row.
    """
    for row in rows(account, date_preset=preset):
        assert rows(account, row["date_start"], row["date_stop"]) == [row]


def test_no_dates_are_the_last_30_days():
    """
    "Default value: last_30d" for an account, and a preset beside a time range is ignored.
    """
    by_default = rows(ACCOUNTS[0])
    [row] = by_default

    assert by_default == rows(ACCOUNTS[0], date_preset="last_30d")
    assert by_default == rows(ACCOUNTS[0], row["date_start"], row["date_stop"], date_preset="yesterday")
    assert (row["date_start"], row["date_stop"]) == ("2026-10-22", "2026-11-20")


def test_dates_are_those_asked_for_not_those_with_data():
    """
    date_start and date_stop echo the range, also where delivery began later and where it lies in the future.
    """
    [row] = rows(ACCOUNTS[0], "2023-10-21", "9999-12-31")

    assert (row["date_start"], row["date_stop"]) == ("2023-10-21", "9999-12-31")
    assert sums([row]) == sums(rows(ACCOUNTS[0], "2023-10-21", TODAY))


def test_rows_stop_at_today():
    """
    A range into the future has no row after today, and a range that lies in the future no row at all.
    """
    parts = rows(ACCOUNTS[0], TODAY - timedelta(days=3), TODAY + timedelta(days=30), time_increment=1)

    assert [row["date_start"] for row in parts] == [f"2026-11-{day}" for day in (18, 19, 20, 21)]
    assert (
        GRAPH.get(f"/{ACCOUNTS[0]}/insights", time_range={"since": "2026-11-22", "until": "2026-12-31"}).body
        == b'{"data":[]}'
    )


def test_maximum_reaches_back_37_months_or_to_the_accounts_first_day():
    """
    maximum starts 37 months ago, and for a younger account on the day, in its time zone, on which it was opened.
    """
    path = "accounts/0/created_time"
    [old] = rows(ACCOUNTS[0], date_preset="maximum")
    young = graph_on(edited({path: "2024-02-01T07:59:59Z"}))  # a second to midnight in Los Angeles
    [row] = young.rows("/act_2390000000001/insights", fields="spend", date_preset="maximum")

    assert (old["date_start"], old["date_stop"]) == ("2023-10-21", "2026-11-21")
    assert (row["date_start"], row["date_stop"]) == ("2024-01-31", "2026-11-21")


@pytest.mark.parametrize("account", ACCOUNTS)
def test_weekends_are_quieter(account):
    """
    A Saturday or Sunday delivers less than a weekday, on average over an account and a year.
    """
    totals: Counter = Counter()
    for row in rows(account, TODAY - timedelta(days=363), TODAY, time_increment=1, fields="marketing_messages_sent"):
        day = date.fromisoformat(row["date_start"]).isoweekday()
        totals[day] += int(row["marketing_messages_sent"])

    assert max(totals[6], totals[7]) < min(totals[day] for day in range(1, 6))


@pytest.mark.parametrize("which", ["paused", "deleted", "archived", "ended"])
def test_what_has_ended_adds_nothing_after_its_last_day(which):
    """
    A campaign that was stopped, deleted or archived, or is over, has the rows of its days and none since.
    """
    campaigns = [campaign for campaign in DEFAULT["campaigns"] if kind(campaign) == which]
    for campaign in campaigns:
        days = rows(campaign["id"], level="ad", date_preset="maximum", time_increment=1, filtering=[of_status("ad")])
        lasts = [
            min(day for day in (ad.get("stopped_on"), adset.get("end_date"), str(TODAY)) if day)
            for adset in campaign["adsets"]
            for ad in adset["ads"]
        ]

        assert days
        assert max(row["date_stop"] for row in days) <= max(lasts)
        assert rows(campaign["id"], date.fromisoformat(max(lasts)) + timedelta(days=1), "2027-01-01") == []
