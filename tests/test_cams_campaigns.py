"""Message campaigns as CAMS tells them: lists and their pages, insights, ad accounts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest

from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.world.now import World
from tests.cams import Cams
from tests.cams_world import (
    ACCOUNT,
    ACTIVE,
    ADSET_PAUSED,
    ARCHIVED,
    CAMPAIGN_PAUSED,
    DELETED,
    FUTURE,
    LIFETIME,
    LISTED,
    OTHER_PAGE,
    PAGE,
    PAUSED,
    SECOND,
    SECOND_ACCOUNT,
    SECOND_PAGE,
    SPACE,
    world_file,
)

AD = "120000000000001"  # of the world docs, like the ids below
DOCS = {"CustSpaceId": "cams-docs", "PageId": "2380000000001", "AdAccountId": "2390000000001"}


def listed(cams: Cams, **changes: Any) -> list[dict[str, Any]]:
    """All message campaigns of one page, on one page of the list."""
    values = {"CustSpaceId": SPACE, "PageId": PAGE, "Page": {"Index": 1, "Size": 1000}} | changes
    body = cams.read("ListMessageCampaign", **values)
    assert body["Total"] == len(body["Data"])
    return body["Data"]


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["CampaignId"] for row in rows]


def insights(cams: Cams, campaign_id: str, **changes: Any) -> list[dict[str, Any]]:
    values = {"CustSpaceId": SPACE, "PageId": PAGE, "AdAccountId": ACCOUNT, "CampaignId": campaign_id}
    return cams.read("GetMessageCampaignInsights", **(values | changes))["Data"]


def walked(cams: Cams, size: int, **changes: Any) -> Iterator[dict[str, Any]]:
    """The bodies of all pages of *size*, the first one that is empty included."""
    for index in count(1):
        page = {"CustSpaceId": SPACE, "PageId": PAGE, "Page": {"Index": index, "Size": size}}
        body = cams.read("ListMessageCampaign", **(page | changes))
        yield body
        if not body["Data"]:
            return


@pytest.mark.parametrize("size", [1, 2, 3, 7, LISTED - 1, LISTED, LISTED + 1, 10**12])
def test_every_size_walks_the_same_rows(cams, size):
    """
    Pages of any size put together are the whole list, each row once, and every page has the same Total.
    """
    bodies = list(walked(cams, size))
    rows = [row for body in bodies for row in body["Data"]]

    assert rows == listed(cams)
    assert len(set(ids(rows))) == len(rows) == LISTED
    assert {body["Total"] for body in bodies} == {LISTED}
    assert all(len(body["Data"]) == size for body in bodies[:-2])


@pytest.mark.parametrize("index", [3, 10**9, 10**18])
def test_beyond_the_end_is_an_empty_page(cams, index):
    """
    A page after the last has no Data and the Total of the others; "Index" is counted from 1.
    """
    page = {"Index": index, "Size": LISTED - 1}
    body = cams.read("ListMessageCampaign", CustSpaceId=SPACE, PageId=PAGE, Page=page)

    assert (body["Data"], body["Total"], body["Success"]) == ([], LISTED, True)


def test_lists_are_newest_first_across_accounts(cams):
    """
    The campaigns of all ad accounts of the space stand in one list, the newest first.
    """
    rows = listed(cams)
    times = [(row["CreateTime"], int(row["CampaignId"])) for row in rows]

    assert times == sorted(times, reverse=True)
    assert {row["AdAccountId"] for row in rows} == {ACCOUNT, SECOND_ACCOUNT}
    assert {row["PageId"] for row in rows} == {PAGE}


def test_a_page_lists_its_own_campaigns(cams):
    """
    Each page of the space has its list, and nothing of another owner's account is in it.
    """
    assert ids(listed(cams, PageId=SECOND_PAGE)) == [OTHER_PAGE]
    assert ids(listed(cams, PageId=SECOND_PAGE, CustSpaceId=SECOND)) == [OTHER_PAGE]


def test_a_row_is_the_vendors(cams):
    """
    A row has the vendor's eight properties in their types: times in milliseconds, the budget in cents.
    """
    row = listed(cams, CampaignId=ACTIVE)[0]

    assert row == {
        "AdAccountId": ACCOUNT,
        "Budget": 5000,
        "BudgetType": "daily",
        "CampaignId": ACTIVE,
        "CampaignName": "sale & <more> “ünï”",
        "CreateTime": int(datetime(2026, 9, 9, 8, tzinfo=UTC).timestamp()) * 1000,
        "PageId": PAGE,
        "Status": "AVAILABLE",
    }
    assert (listed(cams, CampaignId=LIFETIME)[0]["Budget"], listed(cams, CampaignId=LIFETIME)[0]["BudgetType"]) == (
        90000,
        "lifetime",
    )


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("PAUSED", [PAUSED]),
        ("DELETED", [DELETED]),
        ("ARCHIVED", [ARCHIVED]),
        ("CAMPAIGN_PAUSED", [CAMPAIGN_PAUSED]),
        ("ADSET_PAUSED", [ADSET_PAUSED]),
        ("ACTIVE", []),
        ("available", []),
    ],
)
def test_a_status_is_asked_for_by_its_word(cams, status, found):
    """
    Status filters by the word that a row prints; deleted and archived campaigns are listed for theirs alone.
    """
    rows = listed(cams, Status=status)

    assert ids(rows) == found
    assert {row["Status"] for row in rows} <= {status}


def test_the_statuses_part_the_list(cams):
    """
    Available and paused campaigns together are the list, and deleted and archived ones are not in it.
    """
    words = ("AVAILABLE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED")
    parts, everything = [listed(cams, Status=word) for word in words], listed(cams)

    assert sorted(ids([row for part in parts for row in part])) == sorted(ids(everything))
    assert DELETED not in ids(everything)
    assert ARCHIVED not in ids(everything)


@pytest.mark.parametrize(
    "wanted",
    [
        {"AdAccountId": ACCOUNT},
        {"AdAccountId": SECOND_ACCOUNT},
        {"CampaignName": "wave 2"},
        {"CampaignName": "wave"},
        {"CampaignName": "Wave 2"},
        {"CampaignId": ACTIVE},
        {"CampaignId": DELETED},
        {"CampaignId": OTHER_PAGE},
        {"CampaignId": "8"},
        {"Status": "PAUSED"},
        {"AdAccountId": ACCOUNT, "CampaignName": "wave 2", "Status": "AVAILABLE"},
        {"CampaignId": ACTIVE, "CampaignName": "pause"},
        {"CampaignId": ACTIVE, "CampaignName": "sale & <more> “ünï”", "AdAccountId": ACCOUNT},
        {"CampaignId": ACTIVE, "AdAccountId": SECOND_ACCOUNT},
    ],
)
def test_a_filter_keeps_what_matches_exactly(cams, wanted):
    """
    A filtered list is the whole list without the rows that differ, in its order, and its pages walk it.
    """
    expected = [row for row in listed(cams) if all(row[name] == value for name, value in wanted.items())]

    assert listed(cams, **wanted) == expected
    assert [row for body in walked(cams, 2, **wanted) for row in body["Data"]] == expected


def test_an_account_is_known_with_and_without_its_prefix(cams):
    """
    AdAccountId may carry the act_ that Graph gives it; it is printed without.
    """
    assert listed(cams, AdAccountId=f"act_{ACCOUNT}") == listed(cams, AdAccountId=ACCOUNT)
    assert insights(cams, ACTIVE, AdAccountId=f"act_{ACCOUNT}") == insights(cams, ACTIVE)


def test_insights_are_one_row_of_texts(cams):
    """
    A campaign's insights are one row from its first day to today, every metric a text that follows from the counts.
    """
    (row,) = insights(cams, ACTIVE)
    delivered, clicks, spend = (
        float(row[f"MarketingMessages{name}"]) for name in ("Delivered", "LinkBtnClick", "Spend")
    )

    assert (row["DateStart"], row["DateStop"]) == ("2026-09-01", "2026-11-21")
    assert all(isinstance(value, str) for value in row.values())
    assert float(row["MarketingMessagesCostPerDelivered"]) == pytest.approx(spend / delivered, abs=5e-7)
    assert float(row["MarketingMessagesCostPerLinkBtnClick"]) == pytest.approx(spend / clicks, abs=5e-7)
    assert float(row["MarketingMessagesLinkBtnClickRate"]) == pytest.approx(100 * clicks / delivered, abs=5e-7)
    assert 0 < float(row["MarketingMessagesReadRate"]) < 100
    assert 0 < float(row["MarketingMessagesDeliveryRate"]) < 100


def test_every_listed_campaign_has_insights(cams):
    """
    What ListMessageCampaign lists GetMessageCampaignInsights knows; a campaign that has not begun has no row.
    """
    for row in listed(cams):
        found = insights(cams, row["CampaignId"], AdAccountId=row["AdAccountId"])

        assert len(found) == (row["CampaignId"] != FUTURE)


@pytest.mark.parametrize(
    ("campaign", "stop"), [(PAUSED, "2026-10-10"), (DELETED, "2026-10-10"), (LIFETIME, "2026-10-30")]
)
def test_a_stopped_campaign_keeps_its_insights(cams, campaign, stop):
    """
    Insights of a paused, deleted or ended campaign go up to its last day.
    """
    (row,) = insights(cams, campaign)

    assert row["DateStop"] == stop


def test_insights_grow_from_day_to_day(cams, hands):
    """
    Tomorrow's lifetime contains today's; a future campaign begins on its day.
    """
    (before,) = insights(cams, ACTIVE)
    hands.forward(86_400)
    (after,) = insights(cams, ACTIVE)
    hands.forward(60 * 86_400)

    assert after["DateStop"] == "2026-11-22"
    assert float(after["MarketingMessagesSpend"]) > float(before["MarketingMessagesSpend"])
    assert insights(cams, FUTURE)[0]["DateStart"] == "2027-01-01"


def test_a_frozen_today_ends_the_row(hands):
    """
    On a held day a campaign's row ends on that day, in every time zone.
    """
    cams = Cams(Runtime(Settings(), world_file(), hands.clock(date(2026, 9, 1))))
    (row,) = insights(cams, ACTIVE)

    assert (row["DateStart"], row["DateStop"]) == ("2026-09-01", "2026-09-01")


def test_the_printed_example_comes_out_to_the_digit(docs):
    """
    In the world of the vendors' examples the campaign's counts, spend and read rate are those that the page prints.
    """
    cams = Cams(docs.runtime, key="testid", secret="testsecret")
    (row,) = cams.read("GetMessageCampaignInsights", **DOCS, CampaignId=AD)["Data"]

    assert (row["MarketingMessagesDelivered"], row["MarketingMessagesLinkBtnClick"]) == ("2755", "268")
    assert (row["MarketingMessagesSpend"], row["MarketingMessagesReadRate"]) == ("38.87", "79.419238")


def test_both_vendors_tell_one_story(default):
    """
    For every campaign that CAMS lists, its insights are Graph's for the same days, name by name.
    """
    cams = Cams(default.runtime, key="testid", secret="testsecret")
    told = 0
    for space in ("cams-shop-1", "cams-shop-2"):
        for page in sorted(default.runtime.file.spaces[space].pages):
            values = {"CustSpaceId": space, "PageId": page, "Page": {"Index": 1, "Size": 30}}
            for campaign in cams.read("ListMessageCampaign", **values)["Data"]:
                told += compared(cams, default, space, campaign)

    assert told > 20


def compared(cams: Cams, graph: Any, space: str, campaign: dict[str, Any]) -> int:
    """How many rows of one campaign were found equal in both dialects."""
    names = {name: campaign[name] for name in ("PageId", "AdAccountId", "CampaignId")}
    rows = cams.read("GetMessageCampaignInsights", CustSpaceId=space, **names)["Data"]
    for row in rows:
        fields = {name: graph_name(name) for name in row if not name.startswith("Date")}
        span = {"since": row["DateStart"], "until": row["DateStop"]}
        (other,) = graph.rows(f"/{campaign['CampaignId']}/insights", fields=",".join(fields.values()), time_range=span)
        assert {name: other[field] for name, field in fields.items()} == {name: row[name] for name in fields}
        assert (other["date_start"], other["date_stop"]) == (row["DateStart"], row["DateStop"])
    assert graph.read(f"/{campaign['CampaignId']}", fields="name")["name"] == campaign["CampaignName"]
    return len(rows)


def graph_name(name: str) -> str:
    """Graph's name of a metric: MarketingMessagesReadRate is marketing_messages_read_rate."""
    return "".join(f"_{mark.lower()}" if mark.isupper() else mark for mark in name).lstrip("_")


def test_the_accounts_of_a_page_are_those_of_its_space(cams):
    """
    ListPageAdAccount names each ad account of the space once, with the page that was asked for.
    """
    body = cams.read("ListPageAdAccount", CustSpaceId=SPACE, PageId=SECOND_PAGE)

    assert body["Data"] == [
        {"AdAccountId": one, "AdAccountName": f"account {one}", "Currency": "USD", "PageId": SECOND_PAGE}
        for one in (ACCOUNT, SECOND_ACCOUNT)
    ]
    assert [
        row["AdAccountId"] for row in cams.read("ListPageAdAccount", CustSpaceId=SECOND, PageId=SECOND_PAGE)["Data"]
    ] == [ACCOUNT]


def test_a_list_costs_the_same_at_any_depth(cams, monkeypatch):
    """
    The list is built once and kept: a hundred pages of it ask the world for each account's campaigns once.
    """
    asked = []
    plain = World.listed
    monkeypatch.setattr(World, "listed", lambda world, *what: asked.append(what) or plain(world, *what))
    for index in range(1, 101):
        cams.read("ListMessageCampaign", CustSpaceId=SPACE, PageId=PAGE, Page={"Index": index, "Size": 1})

    assert len(asked) == 2


def test_a_reset_world_has_lists_of_its_own(cams):
    """
    What was listed before a reset does not answer after it.
    """
    before = listed(cams)
    cams.runtime.reset()

    assert listed(cams) == before
