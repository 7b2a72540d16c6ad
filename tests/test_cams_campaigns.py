"""Lists of message campaigns and of ad accounts."""

from datetime import UTC, datetime

import pytest

from mockserver.world.now import World
from tests.cams_lists import ids, insights, listed, walked
from tests.cams_world import (
    ACCOUNT,
    ACTIVE,
    ADSET_PAUSED,
    ARCHIVED,
    CAMPAIGN_PAUSED,
    DELETED,
    LIFETIME,
    LISTED,
    OTHER_PAGE,
    PAGE,
    PAUSED,
    SECOND,
    SECOND_ACCOUNT,
    SECOND_PAGE,
    SPACE,
)


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
