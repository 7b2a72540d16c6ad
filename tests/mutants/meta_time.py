"""Graph presets, ranges and increments that are off."""

# a wrapper has the arguments of what it stands for

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mockserver.errors import MockError
from mockserver.world.periods import PRESETS, Span, earliest
from mockserver.world.pieces import Cut, Ranges
from mockserver.world.rows import Row as WorldRow
from tests.mutants.bend import Asked
from tests.mutants.bends import asking, parsed, values, when_refused
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, around

Row = dict[str, Any]
DAY = timedelta(days=1)


def _preset(name: str, fault: str, since: int = 0, until: int = 0, like: str | None = None) -> Mutant:
    """The preset *name* means *like* (itself by default), its ends moved by so many days."""

    def make(right: Callable[[date], Span]) -> Callable[[date], Span]:
        of = PRESETS[like] if like else right

        def wrong(today: date) -> Span:
            span = of(today)
            return Span(span.since + since * DAY, span.until + until * DAY)

        return wrong

    return Mutant(f"meta-preset-{name.replace('_', '-')}", "preset", fault, "META-C1",
                  Patch(f"mockserver.world.periods:PRESETS[{name}]", make))  # fmt: skip


def _pieces(by: Cut) -> list[Span]:
    """All pieces of *by*."""
    whole = [(by.span.since.toordinal(), by.span.until.toordinal())]
    return [by.piece(number) for low, high in by.touched(whole) for number in range(low, high + 1)]


def _on_mondays(cut: Any, span: Span, increment: Any) -> Cut:
    if increment != 7:
        return cut(span, increment)  # type: ignore[no-any-return]
    monday = span.since - timedelta(days=span.since.weekday())
    pieces = _pieces(cut(Span(monday, span.until), 7))
    return Ranges(tuple(Span(max(piece.since, span.since), piece.until) for piece in pieces))


def _thirty_days(cut: Any, span: Span, increment: Any) -> Any:
    return cut(span, 30 if increment == "monthly" else increment)


def _overlapping(cut: Any, span: Span, increment: Any) -> Cut:
    by: Cut = cut(span, increment)
    if increment == "all_days":
        return by
    return Ranges(tuple(Span(piece.since, min(piece.until + DAY, span.until)) for piece in _pieces(by)))


def _no_short_piece(cut: Any, span: Span, increment: Any) -> Cut:
    by: Cut = cut(span, increment)
    if not isinstance(increment, int):
        return by
    whole = tuple(piece for piece in _pieces(by) if (piece.until - piece.since).days + 1 == increment)
    return Ranges(whole or (Span(date.min, date.min),))


def _until_excluded(total: Any, world: Any, row: WorldRow) -> Any:
    return total(world, row._replace(span=Span(row.span.since, row.span.until - DAY)))


def _swapped_ends(asked: Asked, error: Row) -> Asked | None:
    ends = parsed(asked.parameters.get("time_range", ""))
    if "since must be less" not in error.get("message", "") or not isinstance(ends, dict):
        return None
    return asked.having(time_range=f'{{"since":"{ends["until"]}","until":"{ends["since"]}"}}')


def _unix_times(asked: Asked, error: Row) -> Asked | None:
    ends = parsed(asked.parameters.get("time_range", ""))
    if "date representation" not in error.get("message", "") or not isinstance(ends, dict):
        return None
    days = [str(ends.get(name, "")) for name in ("since", "until")]
    if not all(day.isdigit() and len(day) < 11 for day in days):
        return None
    since, until = (datetime.fromtimestamp(int(day), UTC).date().isoformat() for day in days)
    return asked.having(time_range=f'{{"since":"{since}","until":"{until}"}}')


def _no_such_day(make: Any, text: str) -> date:
    try:
        found: date = make(text)
    except MockError:
        if len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit() and text[5:7] == "02":
            return date(int(text[:4]), 3, 1)
        raise
    return found


def _any_increment(increment: Any, value: Any) -> Any:
    return min(value, 90) if isinstance(value, int) and value > 90 else increment(value)


def _at_most_89(increment: Any, value: Any) -> Any:
    if value == 90:
        raise MockError("time_increment")
    return increment(value)


def _day_later(today: date) -> date:
    return earliest(today) + DAY


def _month_earlier(today: date) -> date:
    return earliest(earliest(today))


def _first_delivery(asked: Any, world: Any, node: Any, arguments: Any, before: date) -> Span | None:
    span: Span | None = asked(world, node, arguments, before)
    if span is None or "time_range" not in arguments:
        return span
    return Span(min(max(span.since, world.delivery(node).since), span.until), span.until)


SPANS = "mockserver.vendors.meta.spans"

MUTANTS = (
    _preset("today", "today is yesterday.", -1, -1),
    _preset("yesterday", "yesterday is today.", 1, 1),
    _preset("last_3d", "last_3d begins a day early.", -1),
    _preset("last_7d", "last_7d ends today.", 1, 1),
    _preset("last_14d", "last_14d begins a day late.", 1),
    _preset("last_28d", "last_28d holds 30 days.", like="last_30d"),
    _preset("last_30d", "last_30d holds today too.", 0, 1),
    _preset("last_90d", "last_90d holds 91 days.", -1),
    _preset("last_week_mon_sun", "last_week_mon_sun begins on Sunday.", like="last_week_sun_sat"),
    _preset("last_week_sun_sat", "last_week_sun_sat begins on Saturday.", -1, -1),
    _preset("this_week_mon_today", "this_week_mon_today is the last seven days.", like="last_7d"),
    _preset("this_week_sun_today", "this_week_sun_today begins a day early.", -1),
    _preset("this_month", "this_month is a day early.", -1, -1),
    _preset("last_month", "last_month ends a day early.", 0, -1),
    _preset("this_quarter", "this_quarter is this month.", like="this_month"),
    _preset("last_quarter", "last_quarter is the last 90 days.", like="last_90d"),
    _preset("this_year", "this_year begins a year early.", -365),
    _preset("last_year", "last_year ends on 30 December.", 0, -1),
    _preset("maximum", "maximum ends yesterday.", 0, -1),
    _preset("data_maximum", "data_maximum is last_90d.", like="last_90d"),
    Mutant("meta-preset-utc", "preset", "Presets go by UTC's today, not by the ad account's.", "META-C1",
           around("mockserver.clock:Clock.today", lambda today, clock, zone: clock.instant().astimezone(UTC).date())),
    Mutant("meta-increment-monday", "time", "Pieces of 7 days begin on Mondays.", "META-B1",
           around(f"{SPANS}:cut", _on_mondays)),
    Mutant("meta-increment-month-30", "time", "monthly makes pieces of 30 days.", "META-B1",
           around(f"{SPANS}:cut", _thirty_days)),
    Mutant("meta-increment-overlaps", "time", "Each piece also holds the first day of the next.", "META-B1",
           around(f"{SPANS}:cut", _overlapping)),
    Mutant("meta-increment-short", "time", "The last, shorter piece of a range is missing.", "META-B2",
           around(f"{SPANS}:cut", _no_short_piece)),
    Mutant("meta-increment-91", "time", "A time_increment above 90 is taken for 90.", "META-R9",
           around(f"{SPANS}:_increment", _any_increment)),
    Mutant("meta-increment-90", "time", "A time_increment of 90 is refused.", "META-R92",
           around(f"{SPANS}:_increment", _at_most_89)),
    Mutant("meta-start-month", "time", "date_start is the first of its month.", "META-T3",
           values(("date_start",), lambda day: f"{day[:8]}01", "insights")),
    Mutant("meta-until-excluded", "time", "The last day of a range is not counted.", "META-T1",
           around("mockserver.world.now:World.total", _until_excluded)),
    Mutant("meta-start-clamped", "time", "date_start is the first day of delivery, not the one asked for.", "META-T3",
           around(f"{SPANS}:_asked", _first_delivery)),
    Mutant("meta-ends-swapped", "time", "A range that ends before it begins is turned round.", "META-R13",
           when_refused(_swapped_ends)),
    Mutant("meta-unix-time", "time", "UNIX times are taken for dates.", "META-R11", when_refused(_unix_times)),
    Mutant("meta-february-30", "time", "30 February is taken for 1 March.", "META-R11",
           around(f"{SPANS}:_date", _no_such_day)),
    Mutant("meta-37-months", "time", "The day 37 months back is refused.", "META-R91",
           Patch(f"{SPANS}:earliest", lambda _: _day_later)),
    Mutant("meta-38-months", "time", "Ranges of any age are answered.", "META-R14",
           Patch(f"{SPANS}:earliest", lambda _: _month_earlier)),
    Mutant("meta-preset-wins", "time", "date_preset wins over time_range.", "META-T5",
           asking(lambda sent: {"time_range": None} if "date_preset" in sent else {}, "insights")),
)  # fmt: skip
