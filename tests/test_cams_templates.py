"""Template metrics as CAMS tells them: enabled first, a day later, exact at every cut."""

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from tests.cams import Cams
from tests.cams_world import SECOND, SECOND_TEMPLATE, SPACE, TEMPLATE, world_file
from tests.conftest import Hands

DAY = 86_400_000
HALF_HOUR = 1_800_000
NOW = int(datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp() * 1000)
Row = dict[str, Any]


def metric(cams: Cams, start: int, end: int, **changes: Any) -> list[Row]:
    """The buckets of one language of the template."""
    values = {"TemplateCode": TEMPLATE, "Start": start, "End": end, "Language": "zh_CN"} | changes
    return cams.read("GetChatappTemplateMetric", **values)["Data"]


def counts(rows: list[Row]) -> list[int]:
    """What all buckets add up to."""
    clicks = [[button["Count"] for button in row["Cliented"]] for row in rows]
    return [sum(row[name] for row in rows) for name in ("SentCount", "DeliveredCount", "ReadCount")] + [
        sum(column) for column in zip(*clicks, strict=True)
    ]


def enabled() -> tuple[Cams, Hands]:
    """A client ten days after template metrics were switched on."""
    hands = Hands()
    cams = Cams(Runtime(Settings(throttle=0), world_file(), hands.clock()))
    cams.read("EnableWhatsappROIMetric", CustSpaceId=SPACE)
    hands.forward(10 * 86_400)
    return cams, hands


LATER, LATER_HANDS = enabled()
LATER_NOW = NOW + 10 * DAY


def test_nothing_is_collected_before_it_is_enabled(cams):
    """
    Without EnableWhatsappROIMetric there is no data, and no error.
    """
    assert metric(cams, 0, NOW + DAY) == []


def test_data_needs_a_day(cams, hands):
    """
    "It takes at least one day for the data to become available": empty until then, then from the enabling on.
    """
    cams.read("EnableWhatsappROIMetric", CustSpaceId=SPACE)
    hands.forward(86_399)
    early = metric(cams, 0, NOW + 9 * DAY)
    hands.forward(1)
    rows = metric(cams, 0, NOW + 9 * DAY)

    assert early == []
    assert (rows[0]["Start"], rows[-1]["End"]) == (NOW, NOW + DAY)
    assert counts(rows)[0] > 1000


def test_enabling_again_changes_nothing(cams, hands):
    """
    Only the first switch-on counts.
    """
    cams.read("EnableWhatsappROIMetric", CustSpaceId=SPACE)
    hands.forward(86_400)
    before = metric(cams, 0, NOW + DAY)
    cams.read("EnableWhatsappROIMetric", CustSpaceId=SPACE)
    cams.read("EnableWhatsappROIMetric")

    assert metric(cams, 0, NOW + DAY) == before != []


def test_a_reset_switches_off(cams, hands):
    """
    A reset server has never been asked to collect.
    """
    cams.read("EnableWhatsappROIMetric", CustSpaceId=SPACE)
    hands.forward(2 * 86_400)
    before = metric(cams, 0, NOW + DAY)
    cams.runtime.reset()

    assert before
    assert metric(cams, 0, NOW + DAY) == []


def test_one_space_is_enabled_or_all_of_them(cams, hands):
    """
    With CustSpaceId one space is switched on, without it all of the caller's, and nobody else's.
    """
    cams.read("EnableWhatsappROIMetric", CustSpaceId=SPACE)
    hands.forward(86_400)
    other_space = metric(cams, 0, NOW + DAY, TemplateCode=SECOND_TEMPLATE, Language="en")
    cams.read("EnableWhatsappROIMetric")
    hands.forward(86_400)

    assert other_space == []
    assert metric(cams, 0, NOW + 2 * DAY, TemplateCode=SECOND_TEMPLATE, Language="en")
    assert {event.space_id for event in cams.runtime.world.ledger.events} == {SPACE, SECOND}


def test_the_space_may_be_named_or_not(cams, hands):
    """
    CustSpaceId is optional: the template's own space answers the same.
    """
    cams.read("EnableWhatsappROIMetric")
    hands.forward(2 * 86_400)

    assert metric(cams, NOW, NOW + DAY) == metric(cams, NOW, NOW + DAY, CustSpaceId=SPACE) != []


moments = st.integers(NOW - 2 * DAY, LATER_NOW + 2 * DAY)


@settings(deadline=None, max_examples=60)
@given(st.lists(moments, min_size=3, max_size=3, unique=True).map(sorted), st.sampled_from(["DAILY", "HALF_HOUR"]))
def test_any_cut_adds_up(cut, granularity):
    """
    A range is the sum of its parts wherever it is cut, by days and by half hours.
    """
    start, middle, end = cut
    whole = metric(LATER, start, end)
    parts = [metric(LATER, start, middle, Granularity=granularity), metric(LATER, middle, end, Granularity=granularity)]

    assert counts(whole) == counts([row for part in parts for row in part])


@settings(deadline=None, max_examples=60)
@given(st.lists(moments, min_size=2, max_size=2, unique=True).map(sorted), st.sampled_from([DAY, HALF_HOUR]))
def test_buckets_tile_what_there_is(span, step):
    """
    Buckets touch one another, none is longer than its granularity, and they cover the range from enabling to now.
    """
    start, end = span
    rows = metric(LATER, start, end, Granularity="DAILY" if step == DAY else "HALF_HOUR")

    assert all(one["End"] == other["Start"] for one, other in pairwise(rows))
    assert all(0 < row["End"] - row["Start"] <= step for row in rows)
    assert all(row["End"] - row["Start"] == step for row in rows[1:-1])
    if max(start, NOW) < min(end, LATER_NOW):
        assert (rows[0]["Start"], rows[-1]["End"]) == (max(start, NOW), min(end, LATER_NOW))
    else:
        assert rows == []


def test_a_day_is_the_sum_of_its_half_hours():
    """
    Each DAILY bucket is what the HALF_HOUR buckets between its ends add up to.
    """
    days = metric(LATER, NOW, LATER_NOW)

    assert len(days) == 11
    for day in days:
        halves = metric(LATER, day["Start"], day["End"], Granularity="HALF_HOUR")
        assert counts(halves) == counts([day])


def test_days_end_at_midnight_in_the_space():
    """
    DAILY buckets are cut at midnight of the space's time zone, 18:15 in UTC for Kathmandu; DAILY is the default.
    """
    days = metric(LATER, NOW, LATER_NOW)

    assert {day["End"] % DAY for day in days[:-1]} == {18 * 3_600_000 + 15 * 60_000}
    assert days == metric(LATER, NOW, LATER_NOW, Granularity="DAILY", TemplateType="WHATSAPP")


def test_counts_nest():
    """
    Sent is at least delivered, delivered at least read, and no button is clicked by more than have read.
    """
    for row in metric(LATER, NOW, LATER_NOW):
        assert row["SentCount"] >= row["DeliveredCount"] >= row["ReadCount"] >= 0
        assert all(0 <= button["Count"] <= row["ReadCount"] for button in row["Cliented"])


def test_a_row_is_the_vendors():
    """
    A row has the vendor's properties, whole numbers and milliseconds, and each button with its type and text.
    """
    row = metric(LATER, NOW, LATER_NOW)[0]

    assert set(row) == set("Cliented DeliveredCount End Language ReadCount SentCount Start TemplateCode".split())
    assert (row["TemplateCode"], row["Language"]) == (TEMPLATE, "zh_CN")
    assert [(button["Type"], button["ButtonContent"]) for button in row["Cliented"]] == [
        ("quick_reply_button", "Yes"),
        ("url_button", "Shop"),
    ]


@pytest.mark.parametrize("start", [NOW + DAY + 1, NOW + DAY + 999, 2_196_786_462_154])
def test_instants_come_back_to_the_millisecond(start):
    """
    Start and End of a row are those that were asked for, in any year.
    """
    hands = Hands(wall=start / 1000 - 86_400)
    cams = Cams(Runtime(Settings(), world_file(), hands.clock()))
    cams.read("EnableWhatsappROIMetric", CustSpaceId=SPACE)
    hands.forward(2 * 86_400)
    rows = metric(cams, start, start + 1001, Granularity="HALF_HOUR")

    assert (rows[0]["Start"], rows[-1]["End"]) == (start, start + 1001)


def test_without_a_language_all_are_told_by_language_then_time():
    """
    Without Language every language of the template is told, one after the other, each as if asked for alone.
    """
    values = {"TemplateCode": TEMPLATE, "Start": NOW, "End": LATER_NOW}
    rows = LATER.read("GetChatappTemplateMetric", **values)["Data"]

    assert rows == metric(LATER, NOW, LATER_NOW, Language="en") + metric(LATER, NOW, LATER_NOW)
    assert {row["Language"]: len(row["Cliented"]) for row in rows} == {"en": 0, "zh_CN": 2}


def test_the_printed_example_is_pinned(docs):
    """
    In the world of the vendors' examples the template has the counts that the page prints.
    """
    cams = Cams(docs.runtime, key="testid", secret="testsecret")
    day = int(datetime(2023, 8, 28, tzinfo=UTC).timestamp() * 1000)
    (row,) = metric(cams, day, day + DAY, TemplateCode="1100000000000001", Language="en")

    assert (row["SentCount"], row["DeliveredCount"], row["ReadCount"]) == (10, 6, 3)
    assert (row["Start"], row["End"]) == (day, day + DAY)
    assert row["Cliented"][0] == {"ButtonContent": "reply", "Count": 3, "Type": "quick_reply_button"}


def test_clicks_of_a_half_hour_are_of_messages_read_in_it():
    """
    In every half hour sent >= delivered >= read >= the clicks of each button.
    """
    for row in metric(LATER, NOW, LATER_NOW, Granularity="HALF_HOUR"):
        for button in row["Cliented"]:
            assert row["SentCount"] >= row["DeliveredCount"] >= row["ReadCount"] >= button["Count"]


def test_a_template_of_twenty_years_is_summed_once(monkeypatch):
    """
    The days of an old template are worked out once each, whatever is asked and how often.
    """
    from mockserver.world import templates

    worked_out = []
    day = templates._day
    monkeypatch.setattr(templates, "_day", lambda *of: worked_out.append(of[2]) or day(*of))
    template = next(iter(world_file().templates.values()))[0]
    first = template.created_time.date()
    for years in (20, 3, 20):
        templates._days(99, template, first.replace(year=first.year + years))

    assert len(worked_out) == len(set(worked_out))
