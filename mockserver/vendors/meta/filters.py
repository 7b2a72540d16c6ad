"""Graph's filter operators: what each makes of a text, a number or a time; CONTAIN does not mind case."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import orjson

from mockserver.contract.lenient import shallow
from mockserver.errors import MockError
from mockserver.vendors.meta.refusals import kind

Test = Callable[[str, Any], bool]
Number = int | float
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{0,30})?")
_MOST = 1e30

TEXT_OPERATORS: dict[str, Test] = {
    "EQUAL": lambda text, value: text == value,
    "NOT_EQUAL": lambda text, value: text != value,
    "IN": lambda text, value: text in value,
    "NOT_IN": lambda text, value: text not in value,
    "ANY": lambda text, value: text in value,
    "ALL": lambda text, value: set(value) == {text},
    "NONE": lambda text, value: text not in value,
    "CONTAIN": lambda text, value: value.lower() in text.lower(),
    "NOT_CONTAIN": lambda text, value: value.lower() not in text.lower(),
    "CONTAINS_ANY": lambda text, value: any(part.lower() in text.lower() for part in value),
    "CONTAINS_ALL": lambda text, value: all(part.lower() in text.lower() for part in value),
    "NOT_CONTAINS_ANY": lambda text, value: not any(part.lower() in text.lower() for part in value),
    "STARTS_WITH": lambda text, value: text.lower().startswith(value.lower()),
    "ENDS_WITH": lambda text, value: text.lower().endswith(value.lower()),
    "STEM_MATCH": lambda text, value: any(word.startswith(value.lower()) for word in text.lower().split()),
}
NUMBER_OPERATORS: dict[str, Callable[[Number, Any], bool]] = {
    "EQUAL": lambda number, value: number == value,
    "NOT_EQUAL": lambda number, value: number != value,
    "GREATER_THAN": lambda number, value: number > value,
    "GREATER_THAN_OR_EQUAL": lambda number, value: number >= value,
    "LESS_THAN": lambda number, value: number < value,
    "LESS_THAN_OR_EQUAL": lambda number, value: number <= value,
    "AFTER": lambda number, value: number > value,
    "ON_OR_AFTER": lambda number, value: number >= value,
    "BEFORE": lambda number, value: number < value,
    "ON_OR_BEFORE": lambda number, value: number <= value,
    "IN_RANGE": lambda number, value: value[0] <= number <= value[1],
    "NOT_IN_RANGE": lambda number, value: not value[0] <= number <= value[1],
    "IN": lambda number, value: number in value,
    "NOT_IN": lambda number, value: number not in value,
    "ANY": lambda number, value: number in value,
    "ALL": lambda number, value: set(value) == {number},
    "NONE": lambda number, value: number not in value,
}
LISTS = frozenset({"IN", "NOT_IN", "ANY", "ALL", "NONE", "CONTAINS_ANY", "CONTAINS_ALL", "NOT_CONTAINS_ANY"})
NAMING = frozenset({"EQUAL", "IN", "ANY"})  # which name what is wanted
RANGES = frozenset({"IN_RANGE", "NOT_IN_RANGE"})
TIMES = frozenset({"AFTER", "ON_OR_AFTER", "BEFORE", "ON_OR_BEFORE"})


def text_test(entry: Mapping[str, Any], where: str) -> Callable[[str], bool]:
    """What *entry*, which stands at *where*, demands of a text; raises MockError."""
    test = _operator(entry, TEXT_OPERATORS)
    read = texts if entry["operator"] in LISTS else text
    value = read(entry["value"], f"{where}[value]")
    return lambda found: test(found, value)


def number_test(entry: Mapping[str, Any], where: str, *, time: bool = False) -> Callable[[Number], bool]:
    """What *entry*, which stands at *where*, demands of a number, or of a *time* in UNIX seconds; raises MockError."""
    known = NUMBER_OPERATORS if time else {name: test for name, test in NUMBER_OPERATORS.items() if name not in TIMES}
    test, operator = _operator(entry, known), entry["operator"]
    value: Any
    if operator in LISTS or operator in RANGES:
        value = numbers(entry["value"], f"{where}[value]", exactly=2 if operator in RANGES else None)
    else:
        value = number(entry["value"], f"{where}[value]")
    return lambda found: test(found, value)


def _operator(entry: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
    field, operator = entry["field"], entry["operator"]
    if operator not in known:
        raise MockError("filter_op_unsupported_list", field=field, operator=operator.lower())
    return known[operator]


def ids(value: Any) -> Any:
    """*value* with numbers as texts: ids are also sent as numbers."""
    if isinstance(value, list):
        return [ids(one) for one in value]
    return str(value) if type(value) is int else value


def alone(value: Any) -> Any:
    """The one value of a list of one."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def listed(value: Any) -> list[Any]:
    """*value* as a list: JSON such as "[1,2]" in a text is one too."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        with suppress(ValueError):
            found = orjson.loads(value)
            value = ids(found) if shallow(found) else value
    return value if isinstance(value, list) else [value]


def text(value: Any, where: str) -> str:
    """*value* as one text; raises MockError where it is none."""
    value = alone(value)
    if not isinstance(value, str):
        raise MockError("param_type", parameter=where, expected="a string", got=kind(value))
    return value


def texts(value: Any, where: str) -> list[str]:
    """*value* as a list of texts, or a list that travels as text; raises MockError where it is none."""
    values = listed(value)
    return [text(one, f"{where}[{at}]") for at, one in enumerate(values)]


def number(value: Any, where: str) -> Number:
    """*value* as one number; raises MockError where it is none."""
    value = alone(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _MOST:
        raise MockError("param_type", parameter=where, expected="a number", got=kind(value))
    return value


def numbers(value: Any, where: str, exactly: int | None = None) -> list[Number]:
    """*value* as a list of numbers, *exactly* so many where given; raises MockError where it is none."""
    values = listed(value)
    if exactly is not None and len(values) != exactly:
        raise MockError("param_type", parameter=where, expected=f"an array of {exactly} numbers", got=kind(value))
    return [number(one, f"{where}[{at}]") for at, one in enumerate(values)]
