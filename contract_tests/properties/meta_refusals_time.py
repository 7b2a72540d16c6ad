"""Graph insights refuse ranges and increments that are none, in the documented words."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from ..ask import Ask, time_range
from ..bad_meta import FILTERED, INSIGHTS, Bad, Place, refusals
from ..dates import DAY, earliest
from ..property import Live

PAGE = "Measure Campaign Performance on Marketing Message API for Messenger"
UNIX = "time_range: A single time range object. UNIX timestamp not supported."
NO_DATES = (
    "1767225600", 1767225600, "1767225600000", 0, "2026", "2026-01", "20260101", "2026-1-1", "26-01-01", "01/01/2026",
    "2026/01/01", "2026-01-01T00:00:00", "2026-01-01T00:00:00+0000", "2026-02-30", "2026-02-29", "2026-13-01",
    "2026-00-10", "2026-01-00", "2026-01-32", "2026-04-31", "yesterday", "", None, True, 2026.5, ["2026-01-01"],
)  # fmt: skip
NO_OBJECTS = (
    "2026",
    "2026-01-01,2026-01-31",
    "[]",
    "[1]",
    '["2026-01-01","2026-01-31"]',
    "5",
    "true",
    "null",
    "",
    "{}",
)
NO_INCREMENTS = (
    "0", "91", "-1", "-7", "100", "365", "1000000", "1.5", "7.0", "90.5", "weekly", "daily", "Monthly", "all", "1d",
    "month", "all_day",
)  # fmt: skip


def ranged(error: str, since: Any, until: Any) -> Bad:
    """Ask for the days from *since* to *until*."""
    return Bad(error, {"time_range": json.dumps({"since": since, "until": until})}, {"parameter": "time_range"})


refusals(
    "META-R9",
    "A time_increment is 1 to 90, monthly or all_days",
    "time_increment: 1..90, `monthly`, `all_days`; assumed: the words of its refusal",
    "time_increment",
    INSIGHTS,
    [Bad("time_increment", {"time_increment": value}) for value in NO_INCREMENTS],
)
refusals(
    "META-R10",
    "A time_range that is no object is refused",
    "Recorded: (#100) param time_range must be non-empty. (any text that is not an object)",
    "param_non_empty",
    FILTERED,
    [Bad("param_non_empty", {"time_range": value}, {"parameter": "time_range"}) for value in NO_OBJECTS],
    live=Live.SAFE,
    page=PAGE,
)
refusals(
    "META-R11",
    "since and until are dates YYYY-MM-DD, never UNIX times",
    UNIX,
    "date_format",
    FILTERED,
    [
        *(ranged("date_format", value, "2026-12-31") for value in NO_DATES),
        *(ranged("date_format", "2026-01-01", value) for value in NO_DATES),
        ranged("date_format", "1767225600", "1769904000"),
    ],
    live=Live.SAFE,
    page=PAGE,
)
refusals(
    "META-R12",
    "A time_range has both since and until",
    "time_range {'since':YYYY-MM-DD,'until':YYYY-MM-DD}: A single time range object; assumed: the words of its refusal",
    "date_format",
    FILTERED,
    [
        Bad("date_format", {"time_range": one})
        for one in ({"since": "2026-01-01"}, {"until": "2026-01-31"}, {"from": "2026-01-01", "to": "2026-01-31"})
    ],
    page=PAGE,
)
refusals(
    "META-R13",
    "since is not after until",
    "Recorded: (#100) since must be less than or equal to until in time_range",
    "since_after_until",
    FILTERED,
    [
        ranged("since_after_until", *days)
        for days in (
            ("2026-02-02", "2026-02-01"),
            ("2026-02-28", "2025-12-31"),
            ("2026-01-01", "2025-12-31"),
            ("2026-10-01", "2026-09-30"),
            ("2031-01-01", "2026-01-01"),
        )
    ],
    live=Live.SAFE,
    page=PAGE,
)


def _beyond(ask: Ask, place: Place) -> Sequence[Bad]:
    """The last day that is too old, and days far before it."""
    assert place.node
    today = ask.today(place.node.account)
    edge = earliest(today)
    slack = DAY if ask.exact else timedelta(days=40)
    days = (edge - slack, edge - timedelta(days=45), edge - timedelta(days=400), date(1970, 1, 1), date(1, 1, 1))
    return [Bad("beyond_37_months", {"time_range": time_range((day, today))}) for day in days if day < edge]


refusals(
    "META-R14",
    "The first day is at most 37 months ago",
    "Recorded: (#3018) The start date of the time range cannot be beyond 37 months from the current date",
    "beyond_37_months",
    FILTERED,
    _beyond,
    live=Live.TOLERANT,
)
