"""The filtering of an insights call: by objects, by figures and by action types, all of them at once."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from mockserver.contract.styles import decimal
from mockserver.errors import MockError
from mockserver.vendors.meta import schedules
from mockserver.vendors.meta.filters import LISTS, NAMING, Number, ids, number, number_test, text, text_test, texts
from mockserver.world.days import Totals
from mockserver.world.load import LEVELS, Node, created_time, updated_time
from mockserver.world.measures import MEASURES, Measure
from mockserver.world.now import World

Entry = Mapping[str, Any]
# "Stats included in the result list of /<PARENT_OBJECT_ID>/insights?level=<OBJECT_LEVEL>: Live Yes, ARCHIVED No,
# DELETED No … with delivery_info filtering: Yes for objects of status contained in the filter, DELETED No";
# "You can query insights for DELETED objects using the ad.effective_status filter."
# — Meta, Manage Your Ad Object's Status
_GONE = frozenset({"ARCHIVED", "DELETED"})
_TEXTS: Mapping[str, Callable[[World, Any], str]] = {
    "name": lambda _, node: node.name,
    "id": lambda _, node: node.id,
    "effective_status": lambda world, node: world.effective_status(node),
    "delivery_info": lambda world, node: schedules.delivery(world, node),
    "objective": lambda *_: "OUTCOME_ENGAGEMENT",
    "buying_type": lambda *_: "AUCTION",
}
_TIMES: Mapping[str, Callable[[Any], datetime]] = {"created_time": created_time, "updated_time": updated_time}
# the figures by which rows may be chosen, as Graph names them
FIGURES: Mapping[str, str] = {
    **{name: name for name in ("impressions", "reach", "spend", "clicks", "frequency", "cpc", "cpm", "cpp", "ctr")},
    "inline_link_clicks": "inline_link_clicks",
    "inline_link_click_ctr": "inline_link_click_ctr",
    **{f"marketing_messages_{name}": name for name in ("sent", "delivered", "read", "read_rate", "delivery_rate")},
    **{
        f"marketing_messages_{name}": name
        for name in ("link_btn_click", "link_btn_click_rate", "quick_reply_btn_click", "quick_reply_btn_click_rate")
    },
    **{f"marketing_messages_{name}": name for name in ("cost_per_delivered", "cost_per_link_btn_click", "spend")},
}
_HUNDREDTHS = frozenset({"spend"})


@dataclass(frozen=True, slots=True)
class ObjectTest:
    """A demand on the object of *level* above or at an ad."""

    level: str
    passes: Callable[[World, Node], bool]


@dataclass(frozen=True, slots=True)
class FigureTest:
    """A demand on the figures of the object of *level*; *top*: on their rank instead."""

    level: str
    measure: Measure
    scale: int
    passes: Callable[[Number], bool]
    top: int | None = None

    def holds(self, totals: Totals) -> bool:
        """Whether *totals* pass; a figure that is not told never does."""
        found = self.figure(totals)
        return found is not None and self.passes(found)

    def figure(self, totals: Totals) -> Number | None:
        """The figure as the caller sees it."""
        return plain(self.measure(totals), self.scale)


@dataclass(frozen=True, slots=True)
class Filters:
    """All demands of a call; equal *key*s demand the same."""

    key: Hashable = None
    objects: tuple[ObjectTest, ...] = field(default=(), compare=False)
    figures: tuple[FigureTest, ...] = field(default=(), compare=False)


def plain(value: Any, scale: int) -> Number | None:
    """A measure as it is printed: ratios with six decimals, hundredths as units."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return float(decimal(value[0], value[1], 6)) if value[1] else 0
    return value / scale  # type: ignore[no-any-return]


def scale_of(name: str) -> int:
    """How many of a measure's units make one of the caller's."""
    return 100 if name in _HUNDREDTHS else 1


def read(filtering: Sequence[Entry], level: str, top: str) -> Filters:
    """The demands on rows of *level*, asked of an object of level *top*, and on what they tell; raises MockError."""
    objects: list[ObjectTest] = []
    figures: list[FigureTest] = []
    for at, entry in enumerate(filtering):
        where, named = f"filtering[{at}]", entry["field"]
        prefix, _, bare = named.rpartition(".")
        if named == "action_type":
            text_test(entry, where)
        elif bare in FIGURES and prefix in ("", *LEVELS[1:]):
            figures.append(_figure(entry, where, prefix or level, FIGURES[bare]))
        elif prefix in LEVELS[1:] and (bare in _TEXTS or bare in _TIMES):
            objects.append(_object(entry, where, prefix, bare))
        else:
            raise MockError("filter_field_unknown_insights", field=named)
    hidden = _GONE - _named(filtering, level) if LEVELS.index(level) > LEVELS.index(top) else frozenset()
    if hidden:
        status = _TEXTS["effective_status"]
        objects.append(ObjectTest(level, lambda world, node: status(world, node) not in hidden))
    return Filters((orjson.dumps(list(filtering)), level if hidden else ""), tuple(objects), tuple(figures))


def _named(filtering: Sequence[Entry], level: str) -> frozenset[str]:
    """Of what is gone, what the entries on the status of *level* name."""
    found: set[str] = set()
    for entry in filtering:
        of, _, bare = entry["field"].rpartition(".")
        if of == level and entry["operator"] in NAMING and bare in ("effective_status", "delivery_info"):
            read = texts if entry["operator"] in LISTS else text
            told = read(entry["value"], "")
            words = {word.upper() for word in ([told] if isinstance(told, str) else told)}
            found |= words - ({"DELETED"} if bare == "delivery_info" else set())
    return frozenset(found)


def passing(test: FigureTest, told: Sequence[Totals]) -> list[int]:
    """Which of *told*, by their places, pass *test*."""
    if test.top is None:
        return [at for at, totals in enumerate(told) if test.holds(totals)]
    ranked = sorted(range(len(told)), key=lambda at: -(test.figure(told[at]) or 0))
    return sorted(ranked[: test.top])


def action_test(filtering: Sequence[Entry]) -> Callable[[str], bool]:
    """Whether an action type passes every entry on action types; raises MockError."""
    entries = ((at, entry) for at, entry in enumerate(filtering) if entry["field"] == "action_type")
    tests = [text_test(entry, f"filtering[{at}]") for at, entry in entries]
    return lambda action_type: all(test(action_type) for test in tests)


def _figure(entry: Entry, where: str, level: str, name: str) -> FigureTest:
    if entry["operator"] == "TOP":
        count = number(entry["value"], f"{where}[value]")
        return FigureTest(level, MEASURES[name], scale_of(name), lambda _: True, max(int(count), 0))
    return FigureTest(level, MEASURES[name], scale_of(name), number_test(entry, where))


def _object(entry: Entry, where: str, level: str, bare: str) -> ObjectTest:
    if bare in _TIMES:
        at, in_time = _TIMES[bare], number_test(entry, where, time=True)
        return ObjectTest(level, lambda _, node: in_time(int(at(node).timestamp())))
    words = _TEXTS[bare]
    matches = text_test({**entry, "value": ids(entry["value"])} if bare == "id" else entry, where)
    return ObjectTest(level, lambda world, node: matches(words(world, node)))
