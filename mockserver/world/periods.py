"""Dates that a caller may name: presets, and the buckets that a span is cut into."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_KEPT = 37


@dataclass(frozen=True, slots=True)
class Span:
    """Days from *since* to *until*, both included."""

    since: date
    until: date


def months_before(day: date, months: int) -> date:
    """The same day of the month *months* earlier, or that month's last day; never before year 1."""
    index = max(day.year * 12 + day.month - 1 - months, 12)
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def earliest(today: date) -> date:
    """The first day of which insights are kept."""
    return months_before(today, MONTHS_KEPT)


def _days_ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


def _last_days(count: int) -> Callable[[date], Span]:
    return lambda today: Span(_days_ago(today, count), _days_ago(today, 1))


def _whole_before(first: date, months: int) -> Span:
    return Span(months_before(first, months), first - timedelta(days=1))


def _month(today: date) -> date:
    return today.replace(day=1)


def _quarter(today: date) -> date:
    return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)


def _year(today: date) -> date:
    return today.replace(month=1, day=1)


def _monday(today: date) -> date:
    return _days_ago(today, today.weekday())


def _sunday(today: date) -> date:
    return _days_ago(today, today.isoweekday() % 7)


def _week_before(first: date) -> Span:
    return Span(_days_ago(first, 7), _days_ago(first, 1))


PRESETS: dict[str, Callable[[date], Span]] = {
    "today": lambda today: Span(today, today),
    "yesterday": _last_days(1),
    "this_month": lambda today: Span(_month(today), today),
    "last_month": lambda today: _whole_before(_month(today), 1),
    "this_quarter": lambda today: Span(_quarter(today), today),
    "maximum": lambda today: Span(earliest(today), today),
    "data_maximum": lambda today: Span(earliest(today), today),
    "last_3d": _last_days(3),
    "last_7d": _last_days(7),
    "last_14d": _last_days(14),
    "last_28d": _last_days(28),
    "last_30d": _last_days(30),
    "last_90d": _last_days(90),
    "last_week_mon_sun": lambda today: _week_before(_monday(today)),
    "last_week_sun_sat": lambda today: _week_before(_sunday(today)),
    "last_quarter": lambda today: _whole_before(_quarter(today), 3),
    "last_year": lambda today: _whole_before(_year(today), 12),
    "this_week_mon_today": lambda today: Span(_monday(today), today),
    "this_week_sun_today": lambda today: Span(_sunday(today), today),
    "this_year": lambda today: Span(_year(today), today),
}
