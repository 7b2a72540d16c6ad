"""Pinned days by breakdown: they add up to the pins and nest, wherever the audience is."""

from datetime import date

import pytest

from mockserver.vendors.meta import schedules
from mockserver.world.check import faults
from tests.adding import M, sums
from tests.graph import ACCOUNT, AD, graph_on
from tests.worlds import edited

ADSET = "campaigns/0/adsets/0"
PINS = f"{ADSET}/ads/0/pins"
FIELDS = f"impressions,reach,spend,{M}sent,{M}delivered,{M}read,{M}link_btn_click"
BY = ("country", "age", "gender", "region", "country,region", "impression_device")


def pinned(audience, **pin):
    """A world in which one day is pinned."""
    return edited({f"{ADSET}/audience": audience, PINS: {"2025-06-21": pin}})


@pytest.mark.parametrize("names", BY)
@pytest.mark.parametrize(
    ("audience", "pin"),
    [
        ({"US": 100}, {"delivered": 0, "spend": 10, "sent": 10}),
        ({"US": 40, "DE": 30, "KR": 30}, {"delivered": 100, "read": 50, "link_btn_click": 100, "spend": 99}),
        ({"DE": 60, "KR": 40}, {"delivered": 100, "read": 100}),
        ({"DE": 100}, {"delivered": 0, "impressions": 7, "spend": 5}),
    ],
)
def test_pinned_days_add_up_and_nest_in_every_breakdown(audience, pin, names):
    """
    The parts of a pinned day are the day, no part has more delivered than shown or more clicks than delivered, and a
    country in which a count is not made has none of it.
    """
    document = pinned(audience, **pin)
    graph = graph_on(document, date(2025, 7, 1))
    asked = {"fields": FIELDS, "date_preset": "last_90d", "limit": 500}
    whole = graph.rows(f"/{AD}/insights", **asked)
    parts = graph.rows(f"/{AD}/insights", **asked, breakdowns=names)

    assert faults(document) == []
    assert sums(parts) == sums(whole)
    for row in parts:
        told = {name: int(row.get(name, 0)) for name in ("impressions", f"{M}delivered", f"{M}link_btn_click")}
        assert told["impressions"] >= told[f"{M}delivered"] >= told[f"{M}link_btn_click"]
        assert row.get("country") != "DE" or not told[f"{M}delivered"]
    assert graph.runtime.bugs == []


def test_pins_that_are_counted_nowhere_are_faults():
    """
    A day on which more is delivered or clicked than any country of the audience counts is no day of a world.
    """
    delivered = faults(pinned({"DE": 100}, delivered=5))
    clicked = faults(pinned({"KR": 100}, delivered=5, link_btn_click=1))

    assert [fault.partition(": ")[2] for fault in delivered] == [
        "is 5, expected 0 because it is not counted in DE",
    ]
    assert [fault.partition(": ")[2] for fault in clicked] == ["is 1, expected 0 because it is not counted in KR"]


def test_what_has_not_begun_is_not_active():
    """
    An ad that is scheduled for later is no active ad, and its delivery is scheduled.
    """
    graph = graph_on(edited({f"{ADSET}/start_date": "2027-01-01", f"{ADSET}/end_date": "2027-02-01", PINS: {}}))
    world = graph.runtime.world
    node = world.node(AD)

    assert world.active_ads(world.account(node)) == 0
    assert schedules.delivery(world, node) == "scheduled"


def test_a_today_before_the_world_has_no_rows():
    """
    Held before the first day of every account and ad set, a world has delivered nothing, by whatever it is asked.
    """
    graph = graph_on("default", date(2020, 1, 1))
    first = f"act_{graph.runtime.file.accounts[0].id}"

    for more in ({}, {"breakdowns": "age"}, {"level": "ad", "time_increment": 1}, {"sort": "spend"}):
        assert graph.read(f"/{first}/insights", date_preset="maximum", **more) == {"data": []}
    assert graph.runtime.bugs == []
    assert graph_on("docs").read(f"/{ACCOUNT}/insights", date_preset="maximum")["data"]
