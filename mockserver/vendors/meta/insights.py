"""GET /<version>/<id>/insights: the world's numbers as Graph's rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.meta import actions, breakdowns, insight_fields, insight_filters, route, sorting, spans
from mockserver.vendors.meta.insight_choice import choice, passing_rows
from mockserver.vendors.meta.insight_rows import InsightsRow, Kept, row_of, summary_of
from mockserver.world.load import LEVELS, Node, level_of
from mockserver.world.now import FEW, LARGE, MANY, World
from mockserver.world.periods import Span
from mockserver.world.pieces import Cut
from mockserver.world.rows import Row, Rows
from mockserver.world.senders import Sender

_EAGER = 10  # where all rows must be looked at before the first page, each counts tenfold against the row budget


@dataclass(frozen=True, slots=True)
class Shape:
    """Which rows a call asks for; equal shapes ask for the same rows."""

    level: str
    cut: Cut
    breakdowns: breakdowns.Asked
    filters: insight_filters.Filters
    order: sorting.Order | None

    @property
    def eager(self) -> bool:
        """Whether all rows must be looked at before the first page."""
        return bool(self.breakdowns.names or self.filters.figures or self.order)

    @property
    def whole(self) -> bool:
        """Whether the rows leave nothing out of what the chosen ads did."""
        return self.breakdowns.whole and not any(test.level == self.level for test in self.filters.figures)


def insights(world: World, question: Question) -> Records:
    """Rows by object and piece of time; an object or piece in which nothing was delivered has no row."""
    node, arguments, settings = question.subject, question.arguments, question.settings
    level = arguments.get("level") or level_of(node)
    together = breakdowns.asked(arguments)
    version = route.version_of(question)
    names = insight_fields.asked(arguments.get("fields") or (), level, together.names, version)
    summary = insight_fields.summary(arguments, names, version)
    if LEVELS.index(level) < LEVELS.index(level_of(node)):
        raise MockError("level_above_node")
    filters = insight_filters.read(arguments["filtering"], level, level_of(node))
    cut = spans.cut_of(world, node, arguments, settings)
    kept = _kept(world, question, together, cut)
    order = sorting.order(arguments["sort"], insight_fields.source, kept.actions.types)
    if cut is None or not together.told:
        return Records((), dict, names)
    shape = Shape(level, cut, together, filters, order)
    rows = _rows(world, node, shape, settings.row_budget)
    told = _summary(_kept_for_summary(kept, arguments), node, rows, shape) if summary and rows else None
    return Records(rows, lambda row: row_of(kept, row), names, told, summary)


def _kept(world: World, question: Question, together: breakdowns.Asked, cut: Cut | None) -> Kept:
    arguments = question.arguments
    passes = insight_filters.action_test(arguments["filtering"])
    told = actions.TYPES if breakdowns.WITHOUT_OFFSITE.isdisjoint(together.names) else (actions.LINK,)
    lists = actions.Asked(
        types=tuple(name for name in told if passes(name)),
        columns=actions.columns(arguments),
        windows=tuple(arguments.get("action_attribution_windows", ())),
        roas_decimals=question.settings.roas_decimals,
    )
    return Kept(world, lists, together, _without(together, cut, world.today(question.subject)))


def _kept_for_summary(kept: Kept, arguments: Mapping[str, Any]) -> Kept:
    columns = actions.columns(arguments, "summary_action_breakdowns")
    return replace(kept, actions=replace(kept.actions, columns=columns))


def _without(together: breakdowns.Asked, cut: Cut | None, today: date) -> Callable[[Span], frozenset[str]]:
    """What rows of a span do not tell: of several ranges each is judged by itself, pieces of one range as the whole."""
    if cut and len(cut.wholes) > 1:
        return lambda span: breakdowns.withheld(together.names, span, today)
    found = breakdowns.withheld(together.names, cut.span if cut else None, today)
    return lambda _: found


def _rows(world: World, node: Node, shape: Shape, budget: int) -> Sequence[Row]:
    """The rows, kept so that a page at any depth is a slice; raises MockError for more than *budget*."""
    few = len(world.below(node, shape.level)) <= FEW  # which are sooner listed anew than kept
    key = (shape, *world.as_of(node))
    rows = _listed(world, node, shape) if few else world.once(("rows", *key), lambda: _listed(world, node, shape))
    _ensure_within(budget, len(rows))
    if not shape.eager:
        return rows
    _ensure_within(budget, len(rows) * _EAGER)
    looked = ("eager", *key)
    return world.once(looked, lambda: _looked_at(world, node, rows, shape, budget), LARGE if len(rows) > FEW else MANY)


def _listed(world: World, node: Node, shape: Shape) -> Sequence[Row]:
    chosen = choice(world, node, shape.level, shape.cut, shape.filters)
    return Rows(world.senders(node, shape.level, chosen), shape.cut)


def _summary(kept: Kept, node: Node, rows: Sequence[Row], shape: Shape) -> InsightsRow:
    """What all rows tell together, worked out once for all pages."""
    world = kept.world
    key = ("summary", shape, kept.actions, *world.as_of(node))
    return world.once(key, lambda: summary_of(kept, _together(world, node, rows, shape), node, shape.cut.span), LARGE)


def _together(world: World, node: Node, rows: Sequence[Row], shape: Shape) -> Sequence[Row]:
    """Few rows that tell what all *rows* do together, where nothing was left out of them."""
    if not shape.whole:
        return rows

    def sender() -> Sender:
        return world.sender(node, choice(world, node, shape.level, shape.cut, shape.filters))

    found = world.once(("together", shape, *world.as_of(node)), sender)
    return [Row(found, span) for span in shape.cut.wholes]


def _looked_at(world: World, node: Node, rows: Sequence[Row], shape: Shape, budget: int) -> Sequence[Row]:
    """Every row, by parts, of which only those that pass are left, in order."""
    if shape.breakdowns.names:
        parts = {row.sender: shape.breakdowns.parts(world, row.sender) for row in rows}
        _ensure_within(budget, sum(len(parts[row.sender]) for row in rows) * _EAGER)
        split = (row._replace(parts=one) for row in rows for one in parts[row.sender])
        rows = [row for row in shape.breakdowns.kept_for(split, world.today(node)) if any(world.total(row))]
    rows = passing_rows(world, rows, shape.level, shape.filters)
    return sorting.sorted_rows(rows, world.total, shape.order) if shape.order else rows


def _ensure_within(budget: int, rows: int) -> None:
    # "Please reduce the amount of data you're asking for, then retry your request"
    if budget and rows > budget:
        raise MockError("too_much_data")
