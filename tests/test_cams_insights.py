"""Insights of message campaigns, the same as Graph tells."""

from datetime import date
from typing import Any

import pytest

from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from tests.cams import Cams
from tests.cams_lists import AD, DOCS, insights, listed
from tests.cams_world import (
    ACTIVE,
    DELETED,
    FUTURE,
    LIFETIME,
    PAUSED,
    world_file,
)


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
