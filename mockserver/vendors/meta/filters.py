"""Graph's filtering: entries are ANDed, CONTAIN does not mind case."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockserver.errors import MockError, NotServed
from mockserver.vendors.meta.refusals import kind

Test = Callable[[str, Any], bool]

TEXT_OPERATORS: dict[str, Test] = {
    "EQUAL": lambda text, value: text == value,
    "NOT_EQUAL": lambda text, value: text != value,
    "IN": lambda text, value: text in value,
    "NOT_IN": lambda text, value: text not in value,
    "ANY": lambda text, value: text in value,
    "NONE": lambda text, value: text not in value,
    "CONTAIN": lambda text, value: value.lower() in text.lower(),
    "NOT_CONTAIN": lambda text, value: value.lower() not in text.lower(),
    "CONTAINS_ANY": lambda text, value: any(part.lower() in text.lower() for part in value),
    "CONTAINS_ALL": lambda text, value: all(part.lower() in text.lower() for part in value),
    "NOT_CONTAINS_ANY": lambda text, value: not any(part.lower() in text.lower() for part in value),
    "STARTS_WITH": lambda text, value: text.lower().startswith(value.lower()),
    "ENDS_WITH": lambda text, value: text.lower().endswith(value.lower()),
}
LISTS = frozenset({"IN", "NOT_IN", "ANY", "NONE", "CONTAINS_ANY", "CONTAINS_ALL", "NOT_CONTAINS_ANY"})
# fields that Meta filters insights by and this server does not yet
_PREFIXES = ("ad.", "adset.", "campaign.")
_METRICS = frozenset({"spend", "impressions", "reach", "clicks"})


def action_types(filtering: Sequence[Mapping[str, Any]], names: Sequence[str], prefix: str) -> list[str]:
    """The *names* whose action type, *prefix* and name, passes all entries of *filtering*; raises MockError."""
    tests = [_test(entry, f"filtering[{at}]") for at, entry in enumerate(filtering)]
    return [name for name in names if all(test(prefix + name) for test in tests)]


def _test(entry: Mapping[str, Any], where: str) -> Callable[[str], bool]:
    field, operator = entry["field"], entry["operator"]
    if field != "action_type":
        if field.startswith(_PREFIXES) or field in _METRICS:
            raise NotServed(f"filtering insights by {field}")
        raise MockError("filter_field_unknown_insights", field=field)
    if operator not in TEXT_OPERATORS:
        raise NotServed(f"filtering action_type by {operator}")
    value = texts(entry["value"], f"{where}[value]") if operator in LISTS else text(entry["value"], f"{where}[value]")
    return lambda action_type: TEXT_OPERATORS[operator](action_type, value)


def text(value: Any, where: str) -> str:
    """*value* as one text; raises MockError where it is none."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str):
        raise MockError("param_type", parameter=where, expected="a string", got=kind(value))
    return value


def texts(value: Any, where: str) -> list[str]:
    """*value* as a list of texts; raises MockError where it is none."""
    values = value if isinstance(value, list) else [value]
    return [text(one, f"{where}[{at}]") for at, one in enumerate(values)]
