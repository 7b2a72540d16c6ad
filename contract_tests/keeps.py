"""Filter operators of Graph: operator → whether it keeps what has one value, given another."""

from collections.abc import Callable
from typing import Any

Keep = Callable[[Any, Any], bool]

TEXTS: dict[str, Keep] = {
    "EQUAL": lambda text, value: text == value,
    "NOT_EQUAL": lambda text, value: text != value,
    "CONTAIN": lambda text, value: value.lower() in text.lower(),
    "NOT_CONTAIN": lambda text, value: value.lower() not in text.lower(),
    "STARTS_WITH": lambda text, value: text.lower().startswith(value.lower()),
    "ENDS_WITH": lambda text, value: text.lower().endswith(value.lower()),
    "STEM_MATCH": lambda text, value: any(word.startswith(value.lower()) for word in text.lower().split()),
}
TEXT_LISTS: dict[str, Keep] = {
    "IN": lambda text, values: text in values,
    "NOT_IN": lambda text, values: text not in values,
    "ANY": lambda text, values: text in values,
    "NONE": lambda text, values: text not in values,
    "ALL": lambda text, values: values == [text],
    "CONTAINS_ANY": lambda text, values: any(value.lower() in text.lower() for value in values),
    "CONTAINS_ALL": lambda text, values: all(value.lower() in text.lower() for value in values),
    "NOT_CONTAINS_ANY": lambda text, values: not any(value.lower() in text.lower() for value in values),
}
NUMBERS: dict[str, Keep] = {
    "EQUAL": lambda number, value: number == value,
    "NOT_EQUAL": lambda number, value: number != value,
    "GREATER_THAN": lambda number, value: number > value,
    "GREATER_THAN_OR_EQUAL": lambda number, value: number >= value,
    "LESS_THAN": lambda number, value: number < value,
    "LESS_THAN_OR_EQUAL": lambda number, value: number <= value,
}
TIMES: dict[str, Keep] = {
    "AFTER": lambda number, value: number > value,
    "ON_OR_AFTER": lambda number, value: number >= value,
    "BEFORE": lambda number, value: number < value,
    "ON_OR_BEFORE": lambda number, value: number <= value,
}
NUMBER_LISTS: dict[str, Keep] = {
    "IN": lambda number, values: number in values,
    "NOT_IN": lambda number, values: number not in values,
    "ANY": lambda number, values: number in values,
    "NONE": lambda number, values: number not in values,
    "ALL": lambda number, values: set(values) == {number},
    "IN_RANGE": lambda number, values: values[0] <= number <= values[1],
    "NOT_IN_RANGE": lambda number, values: not values[0] <= number <= values[1],
}
KEEPS = TEXTS | TEXT_LISTS | NUMBERS | TIMES | NUMBER_LISTS
