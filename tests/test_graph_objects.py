"""Reads of ad accounts, campaigns, ad sets, ads and users."""

import json

import pytest

from mockserver.contract.load import load
from tests.graph import ACCOUNT, AD, Graph, graph_on
from tests.worlds import edited

CAMPAIGN, ADSET = "120000000000003", "120000000000002"
OPERATIONS = load("meta").operations


def served(kind: str) -> str:
    """Every field of a kind of object that is served."""
    return ",".join(sorted(OPERATIONS[kind].served))


def test_an_ad_account_is_told_whole(docs: Graph):
    """
    An ad account tells what its world file says, money as text, its times in its own time zone.
    """
    assert docs.read(f"/{ACCOUNT}", fields=served("adaccount")) == {
        "id": ACCOUNT,
        "account_id": "2390000000001",
        "name": "Docs Ad Account",
        "currency": "USD",
        "timezone_name": "America/Los_Angeles",
        "timezone_id": 1,
        "timezone_offset_hours_utc": -8,
        "account_status": 1,
        "created_time": "2020-01-15T09:00:00-0800",
        "amount_spent": "3887",
        "balance": "0",
    }


def test_a_campaign_is_told_whole(docs: Graph):
    """
    A campaign spans the schedule of its ad sets; 0 says that it is a copy of nothing.
    """
    assert docs.read(f"/{CAMPAIGN}", fields=served("campaign")) == {
        "id": CAMPAIGN,
        "name": "campaign-name",
        "account_id": "2390000000001",
        "status": "ACTIVE",
        "configured_status": "ACTIVE",
        "effective_status": "ACTIVE",
        "created_time": "2024-05-01T09:00:00-0700",
        "updated_time": "2024-05-01T09:20:00-0700",
        "objective": "OUTCOME_ENGAGEMENT",
        "buying_type": "AUCTION",
        "is_message_campaign": True,
        "start_time": "2024-05-01T00:00:00-0700",
        "stop_time": "2025-07-29T23:59:59-0700",
        "source_campaign_id": "0",
    }


def test_an_ad_set_is_told_whole(docs: Graph):
    """
    An ad set tells its budget in hundredths as text, its schedule, its pixel and page, and its campaign.
    """
    assert docs.read(f"/{ADSET}", fields=served("adset")) == {
        "id": ADSET,
        "name": "campaign-name",
        "account_id": "2390000000001",
        "status": "ACTIVE",
        "configured_status": "ACTIVE",
        "effective_status": "ACTIVE",
        "created_time": "2024-05-01T09:00:00-0700",
        "updated_time": "2024-05-01T09:20:00-0700",
        "campaign_id": CAMPAIGN,
        "campaign": {"id": CAMPAIGN},
        "daily_budget": "6200",
        "lifetime_budget": "0",
        "start_time": "2024-05-01T00:00:00-0700",
        "end_time": "2025-07-29T23:59:59-0700",
        "promoted_object": {"pixel_id": "330000000000001", "page_id": "2380000000001"},
        "source_adset_id": "0",
    }


def test_a_lifetime_budget_has_no_daily_one():
    """
    Of the two budgets the one that an ad set has not is 0.
    """
    adset = "campaigns/0/adsets/0/"
    graph = graph_on(edited({adset + "daily_budget": None, adset + "lifetime_budget": 93000}))

    assert graph.read(f"/{ADSET}", fields="daily_budget,lifetime_budget") == {
        "daily_budget": "0",
        "lifetime_budget": "93000",
        "id": ADSET,
    }


def test_an_ad_is_told_whole(docs: Graph):
    """
    An ad, which is what a message campaign's id names, tells the ad set and the campaign that it belongs to.
    """
    assert docs.read(f"/{AD}", fields=served("ad")) == {
        "id": AD,
        "name": "campaign-name",
        "account_id": "2390000000001",
        "status": "ACTIVE",
        "configured_status": "ACTIVE",
        "effective_status": "ACTIVE",
        "created_time": "2024-05-01T09:10:00-0700",
        "updated_time": "2024-05-01T09:20:00-0700",
        "campaign_id": CAMPAIGN,
        "campaign": {"id": CAMPAIGN},
        "adset_id": ADSET,
        "adset": {"id": ADSET},
        "source_ad_id": "0",
    }


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (ACCOUNT, {"account_id": "2390000000001", "id": ACCOUNT}),
        (CAMPAIGN, {"id": CAMPAIGN}),
        (ADSET, {"id": ADSET}),
        (AD, {"id": AD}),
        ("me", {"name": "Test User", "id": "122000000000001"}),
        (f"{ACCOUNT}/campaigns", {"id": CAMPAIGN}),
        (f"{CAMPAIGN}/adsets", {"id": ADSET}),
        (f"{ADSET}/ads", {"id": AD}),
        ("me/adaccounts", {"account_id": "2390000000001", "id": ACCOUNT}),
    ],
)
def test_without_fields_an_object_is_little_more_than_its_id(docs: Graph, path, told):
    """
    Fields that nobody asks for are not told; the id always is.
    """
    body = docs.read(f"/{path}")
    record = body["data"][0] if "data" in body else body

    assert record == told
    assert list(record) == list(told)


def test_fields_come_in_the_order_asked_for_and_the_id_last(docs: Graph):
    """
    Fields keep their order, one asked for twice comes once, and spaces and empty names do not count.
    """
    body = docs.read(f"/{CAMPAIGN}", fields="status, name,,status,objective,")

    assert list(body) == ["status", "name", "objective", "id"]
    assert list(docs.read(f"/{CAMPAIGN}", fields=["id", "name"])) == ["name", "id"]


def test_what_is_not_set_is_absent():
    """
    An ad set without end, pixel or daily budget has no end_time and no pixel_id; nothing is null.
    """
    adset = "campaigns/0/adsets/0/"
    graph = graph_on(edited({adset + "end_date": None} | {adset + "pixel_id": None}))
    body = graph.read(f"/{ADSET}", fields=served("adset") + ",targeting,bid_amount")

    assert set(served("adset").split(",")) - set(body) == {"end_time"}
    assert body["promoted_object"] == {"page_id": "2380000000001"}
    assert "stop_time" not in graph.read(f"/{CAMPAIGN}", fields="stop_time")


@pytest.mark.parametrize(
    ("edits", "statuses"),
    [
        ({"status": "PAUSED"}, ["PAUSED", "CAMPAIGN_PAUSED", "CAMPAIGN_PAUSED"]),
        ({"adsets/0/status": "PAUSED"}, ["ACTIVE", "PAUSED", "ADSET_PAUSED"]),
        ({"adsets/0/ads/0/status": "PAUSED"}, ["ACTIVE", "ACTIVE", "PAUSED"]),
        ({"status": "DELETED"}, ["DELETED", "DELETED", "DELETED"]),
        ({"status": "PAUSED", "adsets/0/status": "PAUSED"}, ["PAUSED", "PAUSED", "CAMPAIGN_PAUSED"]),
        ({"status": "ARCHIVED", "adsets/0/ads/0/status": "PAUSED"}, ["ARCHIVED", "ARCHIVED", "ARCHIVED"]),
    ],
)
def test_effective_status_is_ones_own_or_that_of_what_is_above(edits, statuses):
    """
    What is active is paused with its campaign or ad set; whatever it is, it is deleted or archived with them.
    """
    graph = graph_on(edited({f"campaigns/0/{path}": value for path, value in edits.items()}))
    found = [graph.read(f"/{node}", fields="effective_status")["effective_status"] for node in (CAMPAIGN, ADSET, AD)]

    assert found == statuses


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        ("name,campaign{name},id", 100, "(#100) field expansion in the fields param is not served"),
        ("insights.date_preset(today){spend}", 100, "(#100) field expansion in the fields param is not served"),
        ("campaign{name", 2500, 'Syntax error "Expected end of string instead of "{"." at character 8: campaign{name'),
        ("campaign(name}", 2500, 'Syntax error "Expected end of string instead of "("." at character 8: campaign('),
        ("campaign}", 2500, 'Syntax error "Expected end of string instead of "}"." at character 8: campaign}'),
        ("na-me", 2500, 'Syntax error "Expected end of string instead of "-"." at character 2: na-me'),
        ("nonsense,na-me", 2500, 'Syntax error "Expected end of string instead of "-"." at character 11: nonsense,na'),
        ("nonsense,campaign{name}", 100, "(#100) field expansion in the fields param is not served"),
        ("special_ad_categories,nonsense", 3, "(#3) App must be on whitelist"),
    ],
)
def test_fields_are_read_before_they_are_looked_up(docs: Graph, fields, code, message):
    """
    What is not a list of names is a syntax error, or an expansion that is not served yet; then names are judged.
    """
    error = json.loads(docs.get(f"/{AD}", fields=fields).body)["error"]

    assert (error["code"], error["message"][: len(message)]) == (code, message)
