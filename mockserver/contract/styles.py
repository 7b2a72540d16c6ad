"""How values travel: x-style on a request property says how to read it, on a response property how to print it."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from mockserver.contract import lenient

_WHOLE = re.compile(r"[+-]?[0-9]{1,19}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 2**63 - 1
_OPENING = frozenset("([{")
_BOOLEANS = {"true": True, "false": False, "1": True, "0": False}

Schema = Mapping[str, Any]


def read(raw: Any, schema: Schema) -> Any:
    """*raw*, a text or a JSON value, as the type that *schema* declares; left as it is where that fails."""
    if isinstance(raw, str):
        raw = _STRUCTURED.get(schema.get("x-style", ""), _plain)(raw, schema)
    if isinstance(raw, dict) and "properties" in schema:
        parts = schema["properties"]
        return {name: read(value, parts[name]) if name in parts else value for name, value in raw.items()}
    if isinstance(raw, list) and "items" in schema:
        return [read(value, schema["items"]) for value in raw]
    return str(raw) if _no_integer(raw) and "integer" in schema.get("type", "") else raw


def _no_integer(raw: Any) -> bool:
    """To JSON Schema 3.0 is an integer, and one of 65 bits; to the vendors neither is."""
    return isinstance(raw, float) or (isinstance(raw, int) and not -_LARGEST - 1 <= raw <= _LARGEST)


def _plain(raw: str, schema: Schema) -> Any:
    match schema.get("type"):
        case "integer" if _WHOLE.fullmatch(raw.strip()):
            return int(raw)
        case "boolean":
            return _BOOLEANS.get(raw.strip().lower(), raw)
        case ["integer", "string"] if _WHOLE.fullmatch(raw.strip()):
            return int(raw)
    return raw


def _json(raw: str, _: Schema) -> Any:
    try:
        return orjson.loads(raw)
    except ValueError:
        return raw


def _lenient(raw: str, _: Schema) -> Any:
    try:
        return lenient.loads(raw)
    except ValueError:
        return raw


def _csv(raw: str, _: Schema) -> Any:
    """A list as JSON, as something like it, or as words with commas between; commas in brackets part nothing."""
    text = raw.strip()
    if text.startswith(("[", '"', "'")):
        value = _lenient(text, _)
        return value if isinstance(value, list) else [value]
    words = text.split(",") if _OPENING.isdisjoint(text) else _parted(text)
    return [word.strip() for word in words if word.strip()]


def _parted(text: str) -> list[str]:
    """*text* parted at its commas outside of brackets and of quotes in them."""
    words, start, depth, quote = [], 0, 0, ""
    for at, mark in enumerate(text):
        if quote:
            quote = "" if mark == quote and text[at - 1] != "\\" else quote
        elif depth and mark in "\"'" and text[at - 1] in "([{,: ":
            quote = mark
        elif mark in _OPENING:
            depth += 1
        elif mark in ")]}":
            depth = max(depth - 1, 0)
        elif mark == "," and not depth:
            words.append(text[start:at])
            start = at + 1
    return [*words, text[start:]]


_STRUCTURED: dict[str, Callable[[str, Schema], Any]] = {"json": _json, "lenient": _lenient, "csv": _csv}


def decimal(numerator: int, denominator: int, places: int) -> str:
    """numerator/denominator, half up to *places*; zero prints as 0, as the vendor's example does."""
    scaled = (2 * numerator * 10**places + denominator) // (2 * denominator)
    if not scaled:
        return "0"
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}d}"


def _graph_time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S%z")


PRINT: dict[str, Callable[[Any], Any]] = {
    "count": str,
    "money": lambda hundredths: decimal(hundredths, 100, 2),
    "ratio": lambda ratio: decimal(ratio[0], ratio[1], 6),
    "decimal": lambda parts: decimal(parts[0], parts[1], parts[2]),
    "time": _graph_time,
    "milliseconds": lambda at: (at - _EPOCH) // timedelta(milliseconds=1),
    "date": lambda day: day.isoformat(),
}


def writer(schema: Schema) -> Callable[[Any], Any]:
    """A function from a record to what *schema* describes.

    Properties whose source is None are left out; where some say where they come from, the others are known alone.
    """
    if "properties" in schema:
        parts = schema["properties"]
        told = [name for name in parts if "x-from" in parts[name]] or list(parts)
        return _object_writer({name: _source(name, parts[name]) for name in told})
    if schema.get("type") == "array":
        item = writer(schema["items"])
        return lambda values: [item(value) for value in values]
    return PRINT.get(schema.get("x-style", ""), lambda value: value)


Column = tuple[str, Callable[[Any], Any]]  # where the value comes from, and how it is printed


def _source(name: str, schema: Schema) -> Column:
    return schema.get("x-from", name), writer(schema)


def _object_writer(columns: Mapping[str, Column]) -> Callable[[Any], dict[str, Any]]:
    listed = [(name, source, write) for name, (source, write) in columns.items()]

    def write_object(record: Any) -> dict[str, Any]:
        values = ((name, record[source], write) for name, source, write in listed)
        return {name: write(value) for name, value, write in values if value is not None}

    return write_object


def projection(schema: Schema, names: tuple[str, ...]) -> Callable[[Any], dict[str, Any]]:
    """The writer of an object *schema* for the properties *names* alone, in their order."""
    return _object_writer({name: _source(name, schema["properties"].get(name, {})) for name in names})
