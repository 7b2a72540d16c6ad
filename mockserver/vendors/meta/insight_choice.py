"""Which ads and rows pass the filters of an insights call."""

from collections.abc import Iterator, Mapping, Sequence

from mockserver.vendors.meta.insight_filters import FigureTest, Filters, passing
from mockserver.world.entities import Account, Ad
from mockserver.world.load import LEVELS, Node, graph_id, level_of, parents
from mockserver.world.now import World
from mockserver.world.pieces import Cut
from mockserver.world.rows import Row
from mockserver.world.senders import Choice


def choice(world: World, node: Node, level: str, cut: Cut, filters: Filters) -> Choice | None:
    """The ads of which rows tell: objects pass as they are, figures of another *level* over the whole span.

    Below *node*, objects that are archived or deleted have no rows of their own unless they are asked for.
    """
    others = [test for test in filters.figures if test.level != level]
    hidden = filters.hidden if LEVELS.index(level) > LEVELS.index(level_of(node)) else frozenset()
    if not (filters.objects or others or hidden):
        return None
    ids = [(test.level, frozenset(_passing_ids(world, node, cut, test, hidden))) for test in others]

    def takes(ad: Ad) -> bool:
        chain: Mapping[str, Node] = {level_of(one): one for one in parents(ad)}
        fits = all(test.passes(world, chain[test.level]) for test in filters.objects)
        return fits and all(chain[one].id in those for one, those in ids) and _shown(world, chain[level], hidden)

    demanded = (graph_id(node), filters, cut) if filters.objects or others else ()
    return Choice((level if hidden else "", *demanded), takes)


def _shown(world: World, node: Node, hidden: frozenset[str]) -> bool:
    return isinstance(node, Account) or not hidden or world.effective_status(node) not in hidden


def passing_rows(world: World, rows: Sequence[Row], level: str, filters: Filters) -> Sequence[Row]:
    """Those of *rows* whose own figures pass."""
    for test in filters.figures:
        if test.level == level:
            rows = [rows[at] for at in passing(test, [world.total(row) for row in rows])]
    return rows


def _passing_ids(world: World, node: Node, cut: Cut, test: FigureTest, hidden: frozenset[str]) -> Iterator[str]:
    nodes = [one for one in _of_level(world, node, test.level) if _shown(world, one, hidden)]
    told = [world.totals(one, cut.span) for one in nodes]
    return (nodes[at].id for at in passing(test, told))


def _of_level(world: World, node: Node, level: str) -> Sequence[Node]:
    if LEVELS.index(level) >= LEVELS.index(level_of(node)):
        return world.below(node, level)
    return [one for one in parents(node) if level_of(one) == level]
