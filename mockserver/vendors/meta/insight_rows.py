"""One row of insights: ids and names, dates, figures, action lists and the columns of its breakdowns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from mockserver.vendors.meta import breakdowns
from mockserver.world.days import NOTHING, Totals
from mockserver.world.entities import Account
from mockserver.world.load import LEVELS, Node, level_of, parents
from mockserver.world.measures import MEASURES, benchmarks
from mockserver.world.now import World
from mockserver.world.periods import Span
from mockserver.world.rows import Row
from mockserver.world.series import plus

PREFIX = "offsite_conversion.fb_pixel_"
# which ways of converting a window counts; 7d_view and 28d_view tell nothing since 12 January 2026, the others never
WINDOWS: Mapping[str, tuple[str, ...]] = {
    "1d_click": ("1d_click",),
    "7d_click": ("1d_click", "7d_click"),
    "28d_click": ("1d_click", "7d_click", "28d_click"),
    "1d_view": ("1d_view",),
}
Telling = Callable[[Totals, str, int], Any]  # what an action list tells of one type; None: nothing
_NO_WINDOW = dict.fromkeys(WINDOWS)
_LINK_CLICKS = frozenset({"inline_link_clicks", "inline_link_click_ctr", "cost_per_inline_link_click"})
_CLICKS = frozenset({"clicks", "inline_link_clicks", "link_btn_click", "quick_reply_btn_click", "phone_call_btn_click"})


@dataclass(frozen=True, slots=True)
class Kept:
    """What all rows of a call have in common; *without* says what rows of a span do not tell."""

    world: World
    types: tuple[str, ...]
    windows: tuple[str, ...]
    breakdowns: breakdowns.Asked
    roas_decimals: int
    without: Callable[[Span], frozenset[str]]
    links: bool = True  # whether link clicks count


@dataclass(frozen=True, slots=True)
class InsightsRow:
    """One row, whose figures are those of *told* together, worked out as they are asked for."""

    kept: Kept
    told: Sequence[Row]
    totals: Totals
    fixed: Mapping[str, Any]
    without: frozenset[str]
    within: dict[str, Totals] = field(default_factory=dict)  # by window, once one is asked for

    def __getitem__(self, name: str) -> Any:
        if name in self.fixed:
            return self.fixed[name]
        # what a button tells is how often it was pressed
        if name in self.without or (self.kept.breakdowns.button and name not in _CLICKS):
            return None
        # a filter on action types that leaves link clicks out leaves none of them here
        if name in _LINK_CLICKS and not self.kept.links:
            return MEASURES[name](NOTHING)
        return self._list(_LISTS[name]) if name in _LISTS else MEASURES[name](self.totals)

    def _list(self, value: Telling) -> list[dict[str, Any]] | None:
        """Types without events are left out, and a list without types is no list."""
        decimals = self.kept.roas_decimals
        windows = self._windows()
        found = []
        for name in self.kept.types:
            beside = {window: value(totals, name, decimals) for window, totals in windows.items()}
            counted = value(self.totals, name, decimals)
            if counted or any(beside.values()):
                entry = {"action_type": PREFIX + name, "value": counted or value_of_nothing(value)}
                found.append({**_NO_WINDOW, **beside, **entry})
        return found or None

    def _windows(self) -> Mapping[str, Totals]:
        """The totals in which only conversions within a window count, for each window asked for."""
        if not self.within:
            asked = (name for name in self.kept.windows if name in WINDOWS)
            self.within.update({name: self._counted(WINDOWS[name]) for name in asked})
        return self.within

    def _counted(self, touches: tuple[str, ...]) -> Totals:
        within = (row._replace(parts=tuple(replace(part, touches=touches) for part in row.parts)) for row in self.told)
        return added(self.kept.world, within)


def row_of(kept: Kept, row: Row) -> InsightsRow:
    """The row that tells *row* of the world."""
    node, span = row.sender.node, row.span
    fixed = _fixed(kept.world.file.seed, node, span) | kept.breakdowns.printed(row.parts[0])
    return InsightsRow(kept, (row,), kept.world.total(row), fixed, kept.without(span))


def summary_of(kept: Kept, rows: Sequence[Row], node: Node, span: Span) -> InsightsRow:
    """The row that tells all *rows* together, of *node* over *span*."""
    whole = replace(kept, breakdowns=breakdowns.Asked())
    fixed = _fixed(kept.world.file.seed, node, span)
    return InsightsRow(whole, rows, added(kept.world, rows), fixed, kept.without(span))


def added(world: World, rows: Iterable[Row]) -> Totals:
    """The totals of *rows* together."""
    total = NOTHING
    for row in rows:
        total = plus(total, world.total(row))
    return total


def _fixed(seed: int, node: Node, span: Span) -> dict[str, Any]:
    return _identity(seed, node) | {"date_start": span.since, "date_stop": span.until}


@lru_cache(maxsize=16384)
def _identity(seed: int, node: Node) -> dict[str, Any]:
    """What every row of *node* says: ids and names of it and what it belongs to (None below it), benchmarks."""
    found: dict[str, Any] = dict.fromkeys(f"{level}_{part}" for level in LEVELS for part in ("id", "name"))
    above = level_of(node) != "account"
    found |= {"objective": "OUTCOME_ENGAGEMENT" if above else None, "buying_type": "AUCTION" if above else None}
    for one in parents(node):
        found |= {f"{level_of(one)}_id": one.id, f"{level_of(one)}_name": one.name}
        if isinstance(one, Account):
            found |= {"account_currency": one.currency, **benchmarks(seed, one.id)}
    return found


def _count(totals: Totals, name: str, _: int) -> Any:
    return getattr(totals, name) or None


def _worth(totals: Totals, name: str, _: int) -> Any:
    return totals.purchase_value or None if name == "purchase" else None


def _cost(totals: Totals, name: str, _: int) -> Any:
    count = getattr(totals, name)
    return (totals.spend, count * 100) if count and totals.spend else None


def _return(totals: Totals, name: str, decimals: int) -> Any:
    worth = _worth(totals, name, decimals)
    return (worth, totals.spend, decimals) if worth and totals.spend else None


_LISTS: Mapping[str, Telling] = {
    "actions": _count,
    "action_values": _worth,
    "cost_per_action_type": _cost,
    "website_purchase_roas": _return,
}


def value_of_nothing(value: Telling) -> Any:
    """A value of 0, for a type of which only a longer window tells anything."""
    nothing: Mapping[Telling, Any] = {_cost: (0, 1), _return: (0, 1, 2)}
    return nothing.get(value, 0)
