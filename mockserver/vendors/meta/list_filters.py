"""What lists of objects may be filtered by: which field with which operator, as measured on the live API."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from mockserver.errors import MockError
from mockserver.vendors.meta import schedules
from mockserver.vendors.meta.columns import value
from mockserver.vendors.meta.filters import (
    LISTS,
    NAMING,
    NUMBER_OPERATORS,
    RANGES,
    TEXT_OPERATORS,
    alone,
    ids,
    listed,
    text,
    texts,
)
from mockserver.vendors.meta.refusals import kind
from mockserver.world.load import LEVELS, Node, level_of, parents
from mockserver.world.now import World

_SAME = frozenset({"EQUAL", "NOT_EQUAL", "IN", "NOT_IN"})
_TEXT = frozenset({"EQUAL", "CONTAIN", "NOT_CONTAIN"})
_SIZE = frozenset({"GREATER_THAN", "LESS_THAN", "IN_RANGE", "NOT_IN_RANGE"})
_TIMES = ("created_time", "updated_time", "start_time")
# every other field is refused, `configured_status` and `campaign_id` among them; pipelines send delivery_info
_OPERATORS = {
    **dict.fromkeys(("id", "status", "effective_status", "delivery_info", "optimization_goal", "bid_strategy"), _SAME),
    "name": _TEXT,
    **dict.fromkeys(_TIMES, _SIZE),
    "end_time": _SIZE - {"NOT_IN_RANGE"},
    **dict.fromkeys(("daily_budget", "lifetime_budget", "bid_amount"), _SIZE),
}
_OF_CAMPAIGNS = {"objective": _SAME}
_PREFIXES = {f"{level}.": level for level in LEVELS[1:]}
_STATUSES = frozenset({"status", "effective_status", "delivery_info"})

Test = Callable[[Any], bool]
Entries = Sequence[Mapping[str, Any]]


def chosen(world: World, nodes: Sequence[Node], filtering: Entries, level: str) -> list[Node]:
    """The *nodes*, all of *level*, that pass every entry of *filtering*; raises MockError."""
    tests = [_test(world, entry, f"filtering[{at}]", level) for at, entry in enumerate(filtering)]
    return [node for node in nodes if all(test(node) for test in tests)]


def names_status(filtering: Entries, level: str) -> bool:
    """Whether *filtering* names itself statuses of *level* that are listed."""
    return any(
        entry["operator"] in NAMING and _field(entry["field"], level) in ((level, name) for name in _STATUSES)
        for entry in filtering
    )


def _field(name: str, level: str) -> tuple[str, str]:
    """The level and the bare name of a filter's field: bare names are the list's own."""
    prefix = next((prefix for prefix in _PREFIXES if name.startswith(prefix)), "")
    return _PREFIXES.get(prefix, level), name.removeprefix(prefix)


def _test(world: World, entry: Mapping[str, Any], where: str, level: str) -> Callable[[Node], bool]:
    operator, (of, bare) = entry["operator"], _field(entry["field"], level)
    known = _OPERATORS | (_OF_CAMPAIGNS if of == "campaign" else {})
    if bare not in known:
        raise MockError("filter_field_unsupported_list", field=entry["field"])
    if operator not in known[bare]:
        raise MockError("filter_op_unsupported_list", field=entry["field"], operator=operator.lower())
    test = (_sized if operator in _SIZE else _texted)(operator, entry["value"], f"{where}[value]")
    read = _reader(world, bare)
    related = _related(world, of, level)
    return lambda node: any(found is not None and test(found) for found in map(read, related(node)))


def _reader(world: World, name: str) -> Callable[[Node], Any]:
    """How to read *name* of an object: times in seconds, sizes as numbers, 0 for a budget that is not set."""
    if name == "start_time":
        return lambda node: _seconds(schedules.start(world, node))  # type: ignore[arg-type]
    if name == "end_time":
        return lambda node: _seconds(schedules.end(world, node))  # type: ignore[arg-type]
    if name == "delivery_info":
        return lambda node: schedules.delivery(world, node)  # type: ignore[arg-type]
    if name in _TIMES:
        return lambda node: _seconds(value(world, node, name))
    return lambda node: value(world, node, name)


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def _related(world: World, of: str, level: str) -> Callable[[Node], Sequence[Node]]:
    """The objects of the level *of* by which one of *level* is judged: itself, one above, or all below it."""
    if of == level:
        return lambda node: (node,)
    if LEVELS.index(of) > LEVELS.index(level):
        return lambda node: world.below(node, of)
    return lambda node: [one for one in parents(node) if level_of(one) == of]


def _texted(operator: str, sent: Any, where: str) -> Test:
    wanted = texts(ids(sent), where) if operator in LISTS else text(ids(sent), where)
    return lambda found: TEXT_OPERATORS[operator](found, wanted)


def _sized(operator: str, sent: Any, where: str) -> Test:
    if operator not in RANGES:
        bound = _number(alone(sent), where)
        return lambda found: NUMBER_OPERATORS[operator](found, bound)
    both = listed(sent)
    if len(both) != 2:
        raise MockError("param_type", parameter=where, expected="an array", got=kind(sent))
    ends = [_number(one, f"{where}[{at}]") for at, one in enumerate(both)]
    return lambda found: NUMBER_OPERATORS[operator](found, ends)


def _number(sent: Any, where: str) -> int:
    """A whole number, of hundredths or of UNIX seconds; raises MockError where it is none."""
    if isinstance(sent, str) and sent.strip().removeprefix("-").isdecimal() and len(sent) < 20:
        return int(sent)
    if isinstance(sent, int) and not isinstance(sent, bool):
        return sent
    raise MockError("param_type", parameter=where, expected="an integer", got=kind(sent))
