"""One row of insights: ids and names, dates, figures, action lists and the columns of its breakdowns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cached_property, lru_cache
from typing import Any

from mockserver.clock import zone
from mockserver.vendors.meta import actions, breakdowns
from mockserver.world.days import NOTHING, Totals
from mockserver.world.entities import Account, Ad, AdSet, Campaign
from mockserver.world.load import LEVELS, Node, created_time, level_of, parents, updated_time
from mockserver.world.measures import MEASURES, benchmarks
from mockserver.world.now import World
from mockserver.world.periods import Span
from mockserver.world.rows import Row

_KINDS = ("objective", "buying_type", "optimization_goal", "created_time", "updated_time")
_LINK_CLICKS = frozenset({"inline_link_clicks", "inline_link_click_ctr", "cost_per_inline_link_click"})
_CLICKS = frozenset(
    {"clicks", "inline_link_clicks", "link_btn_click", "quick_reply_btn_click", "phone_call_btn_click", "actions"}
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What all rows of a call have in common; *without* says what rows of a span do not tell."""

    world: World
    actions: actions.Asked
    breakdowns: breakdowns.Asked
    without: Callable[[Span], frozenset[str]]


@dataclass(frozen=True)
class InsightsRow:
    """One row, whose figures are those of *told* together, worked out as they are asked for."""

    kept: Kept
    told: Sequence[Row]
    totals: Totals
    fixed: Mapping[str, Any]
    without: frozenset[str]

    @cached_property
    def converted(self) -> actions.Tallies:
        """What lists of conversions are made of."""
        return actions.converted(self.kept.world, self.told, self.totals, self.kept.actions)

    @cached_property
    def counted(self) -> actions.Tallies:
        """What lists of all actions are made of."""
        return actions.counted(self.kept.world, self.told, self.totals, self.kept.actions, self.converted)

    def __getitem__(self, name: str) -> Any:
        if name in self.fixed:
            return self.fixed[name]
        # what a button tells is how often it was pressed
        if name in self.without or (self.kept.breakdowns.button and name not in _CLICKS):
            return None
        # a filter on action types that leaves link clicks out leaves none of them here
        if name in _LINK_CLICKS and actions.LINK not in self.kept.actions.types:
            return MEASURES[name](NOTHING)
        if name in actions.LISTS:
            entries = self.counted if name in actions.COUNTING else self.converted
            return actions.told(name, entries, self.totals.spend, self.kept.actions.roas_decimals)
        return MEASURES[name](self.totals)


def row_of(kept: Kept, row: Row) -> InsightsRow:
    """The row that tells *row* of the world."""
    node, span = row.sender.node, row.span
    fixed = _fixed(kept.world.file.seed, node, span) | kept.breakdowns.printed(row.parts[0])
    return InsightsRow(kept, (row,), kept.world.total(row), fixed, kept.without(span))


def summary_of(kept: Kept, rows: Sequence[Row], node: Node, span: Span) -> InsightsRow:
    """The row that tells all *rows* together, of *node* over *span*."""
    whole = replace(kept, breakdowns=breakdowns.Asked())
    fixed = _fixed(kept.world.file.seed, node, span)
    return InsightsRow(whole, rows, kept.world.added(rows), fixed, kept.without(span))


def _fixed(seed: int, node: Node, span: Span) -> dict[str, Any]:
    return _identity(seed, node) | {"date_start": span.since, "date_stop": span.until}


@lru_cache(maxsize=16384)
def _identity(seed: int, node: Node) -> dict[str, Any]:
    """What every row of *node* says: ids and names of it and what it belongs to (None below it), kinds, benchmarks."""
    found: dict[str, Any] = dict.fromkeys(
        (*(f"{level}_{part}" for level in LEVELS for part in ("id", "name")), *_KINDS)
    )
    for one in parents(node):
        found |= {f"{level_of(one)}_id": one.id, f"{level_of(one)}_name": one.name}
        if isinstance(one, Account):
            found |= {"account_currency": one.currency, **benchmarks(seed, one.id)}
            found |= {} if isinstance(node, Account) else _kinds(node, zone(one.timezone_name))
    return found


def _kinds(node: Campaign | AdSet | Ad, where: tzinfo) -> dict[str, Any]:
    """What is told of an object below the ad account, which is *where*."""
    goal = None if isinstance(node, Campaign) else "IMPRESSIONS"
    days = {"created_time": created_time(node), "updated_time": updated_time(node)}
    return {
        "objective": "OUTCOME_ENGAGEMENT",
        "buying_type": "AUCTION",
        "optimization_goal": goal,
        **{name: at.astimezone(where).date() for name, at in days.items()},
    }
