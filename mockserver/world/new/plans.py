"""What becomes of a new campaign: when it is made, when it runs, how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

# "Querying on time ranges and date presets is also supported for campaigns created March 1st or later."
# — Meta, Measure Campaign Performance on Marketing Message API for Messenger
DATES_SINCE = date(2025, 3, 1)
OLDER = (date(2024, 6, 1), date(2025, 2, 14))
NEVER = date(2099, 1, 1)
MONTH = 30.5  # days
SETTLED = timedelta(days=14)  # what has stopped or ended was made at least so long ago

FIRST = (
    "pixel",
    "excluded",
    "unstarted",
    "paused",
    "deleted",
    "ended",
    "old open",
    "old ended",
    "scheduled",
    "archived",
)
LATER = {"open": 34, "scheduled": 18, "ended": 26, "paused": 12, "deleted": 7, "archived": 3}
STOPPED = {"paused": "PAUSED", "deleted": "DELETED", "archived": "ARCHIVED"}
PIXEL = {"pixel": True, "unstarted": False}  # any other kind may have one


@dataclass(frozen=True, slots=True)
class Plan:
    """The days of one campaign, and what it is an example of."""

    kind: str
    status: str
    created: date
    start: date
    end: date | None
    stopped: date | None
    pixel_id: str | None


def new_plan(number: int, draw: Random, as_of: date, months: int, pixel_id: str) -> Plan:
    """The plan of the *number*th campaign: one of each special kind first, then as they come."""
    usual = draw.choices(list(LATER), list(LATER.values()))[0]
    pixel = draw.random() < 0.6
    kind = FIRST[number] if number < len(FIRST) else usual
    if kind.startswith("old") and as_of < DATES_SINCE:
        kind = kind.removeprefix("old ")
    created = _created(kind, draw, as_of, months)
    start = NEVER if kind == "unstarted" else min(created + timedelta(days=draw.randrange(4)), as_of)
    stopped = _between(draw, start, as_of - timedelta(days=1)) if kind in STOPPED else None
    return Plan(
        kind=kind,
        status=STOPPED.get(kind, "ACTIVE"),
        created=created,
        start=start,
        end=_end(kind, draw, start, stopped, as_of),
        stopped=stopped,
        pixel_id=pixel_id if PIXEL.get(kind, pixel) else None,
    )


def _created(kind: str, draw: Random, as_of: date, months: int) -> date:
    if kind.startswith("old"):
        return _between(draw, *OLDER)
    settled = as_of - SETTLED
    first = as_of - timedelta(days=int(months * MONTH))
    if settled >= DATES_SINCE:
        first = max(first, DATES_SINCE)
    return _between(draw, first, settled if kind in STOPPED or kind == "ended" else as_of)


def _end(kind: str, draw: Random, start: date, stopped: date | None, as_of: date) -> date | None:
    if kind.endswith("ended"):
        return _between(draw, start + timedelta(days=3), min(start + timedelta(days=120), as_of - timedelta(days=1)))
    if kind == "scheduled" or (stopped and draw.random() < 0.4):
        return as_of + timedelta(days=draw.randrange(5, 150))
    return None


def _between(draw: Random, first: date, last: date) -> date:
    return first + timedelta(days=draw.randrange((last - first).days + 1))
