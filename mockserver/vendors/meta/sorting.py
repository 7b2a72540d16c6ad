"""The sort of an insights call: <field>_ascending or _descending, also actions:<type>_ascending."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mockserver.vendors.meta.actions import TYPES
from mockserver.vendors.meta.insight_filters import plain, scale_of
from mockserver.world.days import Totals
from mockserver.world.load import LEVELS, created_time, level_of, parents, updated_time
from mockserver.world.measures import MEASURES
from mockserver.world.rows import Row

_DIRECTIONS = {"_ascending": False, "_descending": True}
_NAMES = frozenset(f"{level}_{part}" for level in LEVELS for part in ("id", "name"))
_ACTIONS = "actions:"
_DATES: Mapping[str, Callable[[Row], Any]] = {
    "date_start": lambda row: row.span.since,
    "date_stop": lambda row: row.span.until,
    "created_time": lambda row: _changed(row, created_time),
    "updated_time": lambda row: _changed(row, updated_time),
}


@dataclass(frozen=True, slots=True)
class Order:
    """By *field*, what has none of it last; an action that was never taken is none."""

    field: str
    descending: bool
    action: bool = False


def order(sort: Sequence[str], sources: Callable[[str], str | None], types: Collection[str]) -> Order | None:
    """The order of *sort*, whose first element alone counts; None for one that Meta ignores, as it was measured.

    *sources* tells which measure a field shows, *types* are the action types that rows tell.
    """
    word = sort[0] if sort else ""
    field, descending = word, False
    for suffix, down in _DIRECTIONS.items():
        if word.endswith(suffix):
            field, descending = word.removesuffix(suffix), down
    if field in _NAMES or field in _DATES:
        return Order(field, descending)
    if field.startswith(_ACTIONS):
        action = field.removeprefix(_ACTIONS)
        return Order(TYPES[action], descending, action=True) if action in types else None
    source = sources(field)
    return Order(source, descending) if source in MEASURES else None


def sorted_rows(rows: Sequence[Row], totals: Callable[[Row], Totals], by: Order) -> list[Row]:
    """*rows* in the order *by*, those that are equal as they were."""
    keyed = [(_key(row, totals, by), row) for row in rows]
    told = [pair for pair in keyed if pair[0] is not None]
    told.sort(key=lambda pair: pair[0], reverse=by.descending)
    return [row for _, row in told] + [row for key, row in keyed if key is None]


def _changed(row: Row, when: Callable[[Any], datetime]) -> datetime | None:
    """When the object of *row* was made or changed; of an ad account rows do not tell it."""
    return None if level_of(row.sender.node) == "account" else when(row.sender.node)


def _key(row: Row, totals: Callable[[Row], Totals], by: Order) -> Any:
    field = by.field
    if field in _DATES:
        return _DATES[field](row)
    if field in _NAMES:
        level, _, part = field.partition("_")
        return next((getattr(one, part) for one in parents(row.sender.node) if level_of(one) == level), None)
    found = plain(MEASURES[field](totals(row)), scale_of(field))
    return None if by.action and not found else found
