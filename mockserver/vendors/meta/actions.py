"""Action lists of a row: what people did after a message, by type and by the action breakdowns asked for.

"Offsite web metrics will continue to be returned from the API, however will not contain the breakdown value."
— Meta, Insights API Breakdowns, Restrictions for off-Meta action metrics
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from mockserver.world import clicks
from mockserver.world.days import Totals
from mockserver.world.measures import CONVERSIONS
from mockserver.world.now import World
from mockserver.world.rows import Row

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
COUNTING = frozenset({"actions", "cost_per_action_type"})  # the lists that tell clicks too
_VALUE = "value"
_DEVICE, _TARGET, _DESTINATION = "action_device", "action_target_id", "action_destination"
# the contract's writer looks at every key of an entry
_BLANK = dict.fromkeys(("action_type", _DEVICE, _TARGET, _DESTINATION, *WINDOWS))

Key = tuple[tuple[str, str], ...]  # what tells an entry of a list apart: columns and their values
Tally = tuple[int, int]  # how often something was done, and its worth in hundredths of the account's currency
Tallies = Mapping[Key, Mapping[str, Tally]]  # for each entry its value and those of its windows
Telling = Callable[[Tally, int, int], Any]  # of a tally, a spend and the decimals of a return; None: nothing to tell


@dataclass(frozen=True, slots=True)
class Asked:
    """What the action lists of a call tell: some *types*, by the *columns* of action breakdowns, within *windows*."""

    types: tuple[str, ...]
    columns: tuple[str, ...]
    windows: tuple[str, ...]
    roas_decimals: int


def columns(arguments: Mapping[str, Any], name: str = "action_breakdowns") -> tuple[str, ...]:
    """The action breakdowns that the argument *name* asks for, in order; by type where it asks for none."""
    return tuple(dict.fromkeys(arguments.get(name) or ("action_type",)))


def converted(world: World, rows: Sequence[Row], totals: Totals, asked: Asked) -> Tallies:
    """The offsite conversions of *rows*, whose *totals* are these: no breakdown tells more of them than the type."""
    fields = _conversions(asked.types, "action_type" in asked.columns)
    windows = [name for name in asked.windows if name in WINDOWS] if fields else ()
    within = {_VALUE: totals, **{name: _within(world, rows, WINDOWS[name]) for name in windows}}
    worths = {window: counted.purchase_value for window, counted in within.items()}
    return _together(
        (key, {window: (counted[at], worths[window] if worthy else 0) for window, counted in within.items()})
        for key, at, worthy in fields
    )


def counted(world: World, rows: Sequence[Row], totals: Totals, asked: Asked, conversions: Tallies) -> Tallies:
    """The same and, before them, the clicks on links, each of which is within every window of clicks."""
    if LINK not in asked.types:
        return conversions
    windows = [_VALUE, *(name for name in asked.windows if name.endswith("_click") and name in WINDOWS)]
    apart = _clicks(world, rows, totals, asked.columns)
    return _together([*((key, dict.fromkeys(windows, (count, 0))) for key, count in apart), *conversions.items()])


def told(name: str, entries: Tallies, spend: int, decimals: int) -> list[dict[str, Any]] | None:
    """The list *name*: entries without events are left out, and a list without entries is no list."""
    telling, nothing = _LISTS[name]
    found = []
    for key, within in entries.items():
        entry = {window: telling(tally, spend, decimals) for window, tally in within.items()}
        if any(entry.values()):
            found.append({**_blank(key), **entry, _VALUE: entry[_VALUE] or nothing})
    return found or None


def _together(listed: Iterable[tuple[Key, Mapping[str, Tally]]]) -> Tallies:
    """What is told alike as one entry."""
    found: dict[Key, Mapping[str, Tally]] = {}
    for key, more in listed:
        known = found.get(key)
        if known:
            pairs = {window: (known.get(window, (0, 0)), more.get(window, (0, 0))) for window in {**known, **more}}
            more = {window: (one[0] + other[0], one[1] + other[1]) for window, (one, other) in pairs.items()}
        found[key] = more
    return found


@lru_cache(maxsize=256)
def _conversions(types: tuple[str, ...], typed: bool) -> Sequence[tuple[Key, int, bool]]:
    """The conversions among *types*: the key of each, where Totals count it, and whether it has a worth."""
    return [
        ((("action_type", name),) if typed else (), Totals._fields.index(TYPES[name]), TYPES[name] == "purchase")
        for name in types
        if name != LINK
    ]


@lru_cache(maxsize=1024)
def _blank(key: Key) -> Mapping[str, str | None]:
    return {**_BLANK, **dict(key)}


def _clicks(world: World, rows: Sequence[Row], totals: Totals, columns: tuple[str, ...]) -> Iterator[tuple[Key, int]]:
    """The clicks of *rows* by the device that saw the message, and by the page behind it."""
    device, page = _DEVICE in columns, not {_TARGET, _DESTINATION}.isdisjoint(columns)
    if not device and not page:
        yield tuple((column, LINK) for column in columns if column == "action_type"), totals.link_btn_click
        return
    for row in rows:
        for (own, seen), count in clicks.told_apart(world, row, device=device, page=page).items():
            values = {"action_type": LINK, _DEVICE: seen}
            values |= {_TARGET: own.id, _DESTINATION: own.name} if own else {}
            yield tuple((column, str(values[column])) for column in columns if column in values), count


def _within(world: World, rows: Iterable[Row], touches: tuple[str, ...]) -> Totals:
    """The totals of *rows* in which only conversions that one of *touches* led to count."""
    return world.added(row._replace(parts=tuple(replace(one, touches=touches) for one in row.parts)) for row in rows)


def _count(tally: Tally, _spend: int, _decimals: int) -> Any:
    return tally[0] or None


def _worth(tally: Tally, _spend: int, _decimals: int) -> Any:
    return tally[1] or None


def _cost(tally: Tally, spend: int, _decimals: int) -> Any:
    return (spend, tally[0] * 100) if tally[0] and spend else None


def _return(tally: Tally, spend: int, decimals: int) -> Any:
    return (tally[1], spend, decimals) if tally[1] and spend else None


# how each list tells a tally, and what it tells where a window alone has something to tell
_LISTS: Mapping[str, tuple[Telling, Any]] = {
    "actions": (_count, 0),
    "action_values": (_worth, 0),
    "cost_per_action_type": (_cost, (0, 1)),
    "website_purchase_roas": (_return, (0, 1, 2)),
}
LISTS = frozenset(_LISTS)
