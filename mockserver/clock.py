"""The only module that reads a clock; everything else is handed a `Clock`."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mockserver.errors import UserError

zone = lru_cache(ZoneInfo)


@dataclass(frozen=True, slots=True)
class Clock:
    """Wall time for signatures, steady time for throttles, and the world's own today.

    *frozen* holds the world's today still: a date is today in every time zone, an instant is the same
    moment everywhere. None follows the wall. Requests are always signed and throttled by real time.
    """

    frozen: date | datetime | None = None
    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic

    def now(self) -> datetime:
        """The wall's time, in UTC."""
        return datetime.fromtimestamp(self.wall(), UTC)

    def instant(self) -> datetime:
        """The world's time, in UTC; a frozen date counts as the last microsecond of its day."""
        if isinstance(self.frozen, datetime):
            return self.frozen
        if self.frozen is not None:
            return datetime.combine(self.frozen, datetime.min.time(), UTC) + timedelta(days=1, microseconds=-1)
        return self.now()

    def today(self, time_zone: str) -> date:
        """Today in *time_zone*, an IANA name."""
        if self.frozen is not None and not isinstance(self.frozen, datetime):
            return self.frozen
        return self.instant().astimezone(zone(time_zone)).date()


YEARS = range(1970, 3000)  # leaves room to count days and to change time zones


def parse_today(text: str | None) -> date | datetime | None:
    """Read a frozen today: YYYY-MM-DD, or an instant with its offset; raises UserError for anything else."""
    if text is None:
        return None
    try:
        if len(text) == len("YYYY-MM-DD"):
            day = date.fromisoformat(text)
            if day.year in YEARS:
                return day
        else:
            instant = datetime.fromisoformat(text)
            if instant.tzinfo is not None and {instant.year, instant.astimezone(UTC).year} <= set(YEARS):
                return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise UserError(
        f"today is {text!r}, expected YYYY-MM-DD or an instant with an offset such as 2026-11-21T09:00:00+08:00,"
        " from 1970 to 2999"
    )


def parse_day(name: str, text: str) -> date:
    """Read the day YYYY-MM-DD of the option *name*; raises UserError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"{name} is {text!r}, expected YYYY-MM-DD") from None
