"""Which ads and rows pass the filters of an insights call."""

from collections.abc import Iterator, Mapping, Sequence

from mockserver.vendors.meta.insight_filters import FigureTest, Filters, passing
from mockserver.world.entities import Ad
from mockserver.world.load import LEVELS, Node, graph_id, level_of, parents
from mockserver.world.now import World
from mockserver.world.pieces import Cut
from mockserver.world.rows import Row
from mockserver.world.senders import Choice


def choice(world: World, node: Node, level: str, cut: Cut, filters: Filters) -> Choice | None:
    """The ads of which rows tell: objects pass as they are, figures of another *level* over the whole span."""
    others = [test for test in filters.figures if test.level != level]
    if not (filters.objects or others):
        return None
    ids = [(test.level, frozenset(_passing_ids(world, node, cut, test))) for test in others]

    def takes(ad: Ad) -> bool:
        chain: Mapping[str, Node] = {level_of(one): one for one in parents(ad)}
        fits = all(test.passes(world, chain[test.level]) for test in filters.objects)
        return fits and all(chain[one].id in those for one, those in ids)

    return Choice((filters, *((graph_id(node), cut) if others else ())), takes)


def passing_rows(world: World, rows: Sequence[Row], level: str, filters: Filters) -> Sequence[Row]:
    """Those of *rows* whose own figures pass."""
    for test in filters.figures:
        if test.level == level:
            rows = [rows[at] for at in passing(test, [world.total(row) for row in rows])]
    return rows


def _passing_ids(world: World, node: Node, cut: Cut, test: FigureTest) -> Iterator[str]:
    nodes = _of_level(world, node, test.level)
    told = [world.totals(one, cut.span) for one in nodes]
    return (nodes[at].id for at in passing(test, told))


def _of_level(world: World, node: Node, level: str) -> Sequence[Node]:
    if LEVELS.index(level) >= LEVELS.index(level_of(node)):
        return world.below(node, level)
    return [one for one in parents(node) if level_of(one) == level]
