"""Faults that show without knowing what a document means: strange JSON, and breaches of the schema."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

import jsonschema_rs

from mockserver.clock import YEARS
from mockserver.resources import folder

Kind = jsonschema_rs.ValidationErrorKind

DEEPEST = 32  # far more than a world needs, far less than any reader's recursion limit
_MOST_OPTIONS = 40  # that fit into a sentence
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
EXPECTED = {
    "type": "the type {0.types[0]}",
    "enum": "one of {0.options}",
    "pattern": "a match of {0.pattern}",
    "format": "a real {0.format} from 1970 to 2999",
    "minimum": "at least {0.limit}",
    "maximum": "at most {0.limit}",
    "minLength": "at least {0.limit} character",
    "maxItems": "at most {0.limit} items",
    "minItems": "at least {0.limit} item",
    "minProperties": "at least {0.limit} property",
}


def place(*steps: str | int) -> str:
    """The JSON path of *steps* from the top of the document."""
    return "$" + "".join(map(_step, steps))


def shown(value: object) -> str:
    """*value* as it may stand in a sentence: on one line, short and printable."""
    if isinstance(value, (dict, list)):
        kind = "object" if isinstance(value, dict) else "array"
        return f"an {kind}" if value else f"an empty {kind}"
    text = json.dumps(value, ensure_ascii=False, default=repr)
    text = "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
    return text if len(text) <= 80 else f"{text[:77]}…"


def foreign(value: object, *steps: str | int) -> Iterator[str]:
    """What JSON may hold and a world never does; some of it would choke the checker of the schema."""
    if fault := _strange(value, len(steps)):
        yield f"{place(*steps)}: {fault}"
    elif isinstance(value, dict):
        for name, inner in value.items():
            if not isinstance(name, str) or _unwritable(name):
                yield f"{place(*steps)}: has a property {shown(name)}, expected names of Unicode text"
            else:
                yield from foreign(inner, *steps, name)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from foreign(inner, *steps, number)


def shape_faults(document: object) -> Iterator[str]:
    """The breaches of schemas/world.json."""
    for error in _schema().iter_errors(document):
        yield from _told(error)


def is_day(text: str) -> bool:
    """Whether *text* is a date, YYYY-MM-DD, that can be reckoned with."""
    try:
        return bool(DAY.fullmatch(text)) and date.fromisoformat(text).year in YEARS
    except ValueError:
        return False


def is_instant(text: str) -> bool:
    """Whether *text* is a date and time with its offset that can be reckoned with."""
    try:
        return bool(INSTANT.fullmatch(text)) and datetime.fromisoformat(text).astimezone(UTC).year in YEARS
    except (ValueError, OverflowError):
        return False


@cache
def _schema() -> jsonschema_rs.Draft202012Validator:
    schema = json.loads((folder("schemas") / "world.json").read_text("utf-8"))
    # its own date and date-time allow the year 0 and leap seconds, which Python cannot read
    return jsonschema_rs.Draft202012Validator(
        schema, formats={"date": is_day, "date-time": is_instant}, validate_formats=True
    )


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if re.fullmatch(r"[\w-]+", step) else f"[{shown(step)}]"


def _strange(value: object, depth: int) -> str | None:
    match value:
        case dict() | list() if depth == DEEPEST:
            return f"is nested {depth} levels deep, expected at most {DEEPEST - 1}"
        case str() if _unwritable(value):
            return f"is {shown(value)}, expected Unicode text"
        case float():
            return f"is {shown(value)}, expected a whole number, written without a point or an exponent"
        case int() if value.bit_length() > 63:
            return f"is a number of {value.bit_length()} bits, expected at most 63"
        case None | bool() | int() | str() | dict() | list():
            return None
    return f"is a Python {type(value).__name__}, expected JSON"


def _unwritable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _told(error: jsonschema_rs.ValidationError) -> Iterator[str]:
    at, kind = error.instance_path, error.kind
    match kind:
        case Kind.Required():
            yield f"{place(*at, kind.property)}: is missing"
        case Kind.AdditionalProperties():
            for name in kind.unexpected:
                yield f"{place(*at, name)}: is unknown, expected no property of this name"
        case Kind.PropertyNames():
            name = str(kind.error.instance)
            yield f"{place(*at, name)}: has the name {shown(name)}, expected {_expected(kind.error)}"
        case _:
            yield f"{place(*at)}: is {shown(error.instance)}, expected {_expected(error)}"


def _expected(error: jsonschema_rs.ValidationError) -> str:
    options = getattr(error.kind, "options", ())
    if len(options) > _MOST_OPTIONS:
        return f"one of {len(options)} codes such as {', '.join(map(str, options[:3]))}"
    return EXPECTED[str(error.schema_path[-1])].format(error.kind)
