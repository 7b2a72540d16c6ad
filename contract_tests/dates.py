"""The kit's own calendar: presets as Meta documents them, months and spans."""

import calendar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
Span = tuple[date, date]

PRESETS = (
    "today", "yesterday", "this_month", "last_month", "this_quarter", "maximum", "data_maximum", "last_3d", "last_7d",
    "last_14d", "last_28d", "last_30d", "last_90d", "last_week_mon_sun", "last_week_sun_sat", "last_quarter",
    "last_year", "this_week_mon_today", "this_week_sun_today", "this_year",
)  # fmt: skip


def local_day(instant: datetime, timezone_name: str) -> date:
    """The day of *instant* in a time zone."""
    return instant.astimezone(ZoneInfo(timezone_name)).date()


def iso_instant(text: str) -> datetime:
    """An instant as the Graph API prints it: 2024-05-01T09:00:00-0700."""
    return datetime.fromisoformat(text).astimezone(UTC)


def months_before(day: date, months: int) -> date:
    """The same day *months* earlier, or the last day of that month."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def earliest(today: date) -> date:
    """The first day that may be asked for: 37 months back."""
    return months_before(today, 37)


def preset(name: str, today: date) -> Span:
    """What the preset *name* means on *today*; `maximum` and `data_maximum` may start later, with the account."""
    if name.startswith("last_") and name.endswith("d"):
        return today - timedelta(days=int(name[5:-1])), today - DAY
    if name in ("maximum", "data_maximum"):
        return earliest(today), today
    if name in ("today", "yesterday"):
        day = today if name == "today" else today - DAY
        return day, day
    return _week(name, today) if "week" in name else _calendar(name, today)


def _week(name: str, today: date) -> Span:
    since_first = today.weekday() if "mon" in name.split("_")[2] else (today.weekday() + 1) % 7
    first = today - timedelta(days=since_first)
    return (first, today) if name.startswith("this") else (first - 7 * DAY, first - DAY)


def _calendar(name: str, today: date) -> Span:
    which, _, piece = name.partition("_")
    months = {"month": 1, "quarter": 3, "year": 12}[piece]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    return (first, today) if which == "this" else (months_before(first, months), first - DAY)


def months(span: Span) -> list[Span]:
    """*span* cut at the calendar's months."""
    pieces, first = [], span[0]
    while first <= span[1]:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        pieces.append((first, min(last, span[1])))
        first = last + DAY
    return pieces


def pieces(span: Span, days: int) -> list[Span]:
    """*span* cut into pieces of *days* from its first day, the last one perhaps shorter."""
    count = (span[1] - span[0]).days // days + 1
    starts = [span[0] + timedelta(days=days * n) for n in range(count)]
    return [(start, min(start + timedelta(days=days - 1), span[1])) for start in starts]
