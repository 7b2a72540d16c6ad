"""How the Graph API prints its metrics."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from mockserver.contract.operation import Operation

from ..expect import holds
from ..target import Seen
from ..watched_meta import good, rows_of

LOOSE = r"[0-9]+(\.[0-9]+)?"
STRICT = {
    "count": r"0|[1-9][0-9]*",
    "money": r"0|(?!0\.00)(0|[1-9][0-9]*)\.[0-9]{2}",
    "ratio": r"0|(?!0\.000000)(0|[1-9][0-9]*)\.[0-9]{6}",
    "decimal": r"0|(?!0\.00(0000)?(?![0-9]))(0|[1-9][0-9]*)\.([0-9]{2}|[0-9]{6})",
}


@cache
def styles(one: Operation) -> Mapping[str, str]:
    """How each metric of a row of *one* is printed: count, money, ratio or decimal; of action lists, their values."""
    return dict(_styles(one.record["properties"]))


def _styles(properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, schema in properties.items():
        inner = schema.get("items", {}).get("properties", {}).get("value", schema)
        if inner.get("x-style") in STRICT:
            yield name, inner["x-style"]


def metrics(seen: Seen) -> Iterator[tuple[str, str, list[Any]]]:
    """Name, style and values of every metric of a good answer."""
    known = styles(seen.operation) if seen.operation else {}
    if not known or not isinstance(good(seen), dict):
        return
    rows = rows_of(seen) if seen.operation and seen.operation.raw["paging"] else [good(seen)]
    rows = [row for row in rows if isinstance(row, dict)]
    for name in set().union(*rows) & known.keys():
        yield name, known[name], _flat([row[name] for row in rows if name in row])


def _flat(values: list[Any]) -> list[Any]:
    """*values*, those of action lists taken out of them."""
    if not any(isinstance(value, list) for value in values):
        return values
    inner = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return [one.get("value") if isinstance(one, dict) else one for one in inner]


def _printed(values: list[Any], pattern: str, what: str) -> None:
    """Every one of *values* is a text like *pattern*."""
    if all(isinstance(value, str) for value in values):
        text = "\n".join(values)
        if text.count("\n") == len(values) - 1 and _lines(pattern).fullmatch(text):
            return
    for value in values:
        holds(isinstance(value, str) and re.fullmatch(pattern, value), what, value, pattern)


@cache
def _lines(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{pattern})(?:\n|\Z))+")


def metric_texts(seen: Seen) -> None:
    """Every metric is a text of digits: no number, null, NaN, exponent, sign or thousands separator."""
    for name, _, values in metrics(seen):
        _printed(values, LOOSE, f"{name} is a text of digits")


def metric_formats(seen: Seen) -> None:
    """Counts have no decimals, money has two, rates and costs have six; zero is 0."""
    for name, style, values in metrics(seen):
        _printed(values, STRICT[style], f"{name} is printed as a {style}")
