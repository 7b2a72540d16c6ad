"""Action lists of a row: what people did after a message, by type and by the action breakdowns asked for.

"Offsite web metrics will continue to be returned from the API, however will not contain the breakdown value."
— Meta, Insights API Breakdowns, Restrictions for off-Meta action metrics
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, NamedTuple

from mockserver.world.days import NOTHING, Totals
from mockserver.world.measures import CONVERSIONS
from mockserver.world.now import FEW, World
from mockserver.world.rows import Row
from mockserver.world.senders import Sender, by_page
from mockserver.world.series import plus

LINK = "link_click"
OFFSITE = "offsite_conversion.fb_pixel_"
# action type → the count that it tells
TYPES: Mapping[str, str] = {LINK: "link_btn_click", **{OFFSITE + name: name for name in CONVERSIONS}}
# which ways of converting a window counts; 7d_view and 28d_view tell nothing since 12 January 2026, the others never
WINDOWS: Mapping[str, tuple[str, ...]] = {
    "1d_click": ("1d_click",),
    "7d_click": ("1d_click", "7d_click"),
    "28d_click": ("1d_click", "7d_click", "28d_click"),
    "1d_view": ("1d_view",),
}
_VALUE = "value"
_DEVICE, _TARGET, _DESTINATION = "action_device", "action_target_id", "action_destination"
_BLANK = dict.fromkeys(("action_type", _DEVICE, _TARGET, _DESTINATION, *WINDOWS))

Key = tuple[tuple[str, str], ...]  # what tells an entry of a list apart: columns and their values


class Tally(NamedTuple):
    """How often something was done, and what it was worth in hundredths of the account's currency."""

    events: int = 0
    worth: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the action lists of a call tell: some *types*, by the *columns* of action breakdowns, within *windows*."""

    types: tuple[str, ...]
    columns: tuple[str, ...]
    windows: tuple[str, ...]
    roas_decimals: int


Tallies = Mapping[Key, Mapping[str, Tally]]  # for each entry its value and those of its windows
Telling = Callable[[Tally, int, int], Any]  # of a tally, a spend and the decimals of a return; None: nothing to tell


def tallies(world: World, rows: Sequence[Row], totals: Totals, asked: Asked) -> Tallies:
    """What *rows*, whose *totals* are these, tell together; entries that are told alike are one."""
    found: dict[Key, dict[str, Tally]] = {}
    for key, window, tally in (*_clicked(world, rows, totals, asked), *_converted(world, rows, totals, asked)):
        into = found.setdefault(key, {})
        known = into.get(window, Tally())
        into[window] = Tally(known.events + tally.events, known.worth + tally.worth)
    return found


def told(name: str, entries: Tallies, spend: int, decimals: int) -> list[dict[str, Any]] | None:
    """The list *name*: entries without events are left out, and a list without entries is no list."""
    telling, nothing = _LISTS[name]
    found = []
    for key, within in entries.items():
        entry = {window: telling(tally, spend, decimals) for window, tally in within.items()}
        if any(entry.values()):
            found.append({**_BLANK, **dict(key), **entry, _VALUE: entry[_VALUE] or nothing})
    return found or None


def _clicked(world: World, rows: Sequence[Row], totals: Totals, asked: Asked) -> Iterator[tuple[Key, str, Tally]]:
    """Clicks on links: each of them is within every window of clicks."""
    if LINK not in asked.types:
        return
    windows = [_VALUE, *(name for name in asked.windows if name.endswith("_click") and name in WINDOWS)]
    for key, count in _split(world, rows, totals, asked.columns):
        for window in windows:
            yield _typed(LINK, asked) + key, window, Tally(count)


def _split(world: World, rows: Sequence[Row], totals: Totals, columns: tuple[str, ...]) -> Iterator[tuple[Key, int]]:
    """The clicks of *rows* by device and by the page behind the message."""
    if {_DEVICE, _TARGET, _DESTINATION}.isdisjoint(columns):
        yield (), totals.link_btn_click
        return
    for row in rows:
        for page, sender in _pages(world, row.sender).items():
            for part in row.parts:
                for one in world.figures.split(part, "device") if _DEVICE in columns else [part]:
                    values = {_TARGET: page.id, _DESTINATION: page.name, _DEVICE: one.named("device")}
                    key = tuple((column, values[column]) for column in columns if column in values)
                    yield key, world.total(row._replace(sender=sender, parts=(one,))).link_btn_click


def _pages(world: World, sender: Sender) -> Mapping[Any, Sender]:
    if len(sender.ads) <= FEW:
        return by_page(sender)
    return world.once(("pages", sender.key, *world.as_of(sender.node)), lambda: by_page(sender))


def _converted(world: World, rows: Sequence[Row], totals: Totals, asked: Asked) -> Iterator[tuple[Key, str, Tally]]:
    """Offsite conversions, of which no breakdown tells more than the type."""
    types = [name for name in asked.types if name != LINK]
    windows = [name for name in asked.windows if name in WINDOWS] if types else ()
    within = {_VALUE: totals, **{name: _within(world, rows, WINDOWS[name]) for name in windows}}
    for name in types:
        for window, counted in within.items():
            worth = counted.purchase_value if TYPES[name] == "purchase" else 0
            yield _typed(name, asked), window, Tally(getattr(counted, TYPES[name]), worth)


def _typed(name: str, asked: Asked) -> Key:
    return (("action_type", name),) if "action_type" in asked.columns else ()


def _within(world: World, rows: Iterable[Row], touches: tuple[str, ...]) -> Totals:
    """The totals of *rows* in which only conversions that one of *touches* led to count."""
    within = (row._replace(parts=tuple(replace(one, touches=touches) for one in row.parts)) for row in rows)
    return reduce(plus, map(world.total, within), NOTHING)


def _count(tally: Tally, _spend: int, _decimals: int) -> Any:
    return tally.events or None


def _worth(tally: Tally, _spend: int, _decimals: int) -> Any:
    return tally.worth or None


def _cost(tally: Tally, spend: int, _decimals: int) -> Any:
    return (spend, tally.events * 100) if tally.events and spend else None


def _return(tally: Tally, spend: int, decimals: int) -> Any:
    return (tally.worth, spend, decimals) if tally.worth and spend else None


# how each list tells a tally, and what it tells where a window alone has something to tell
_LISTS: Mapping[str, tuple[Telling, Any]] = {
    "actions": (_count, 0),
    "action_values": (_worth, 0),
    "cost_per_action_type": (_cost, (0, 1)),
    "website_purchase_roas": (_return, (0, 1, 2)),
}
LISTS = frozenset(_LISTS)
