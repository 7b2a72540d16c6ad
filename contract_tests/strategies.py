"""Hypothesis strategies made from the operation files: values that a schema allows, and values that it does not."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import jsonschema_rs
from hypothesis import strategies as st

from mockserver.contract.operation import Operation

Schema = Mapping[str, Any]
Strategy = st.SearchStrategy[Any]

LARGEST = 2**53  # beyond it JSON readers differ
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30)
SCALARS: Strategy = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.floats(-1e9, 1e9) | TEXTS
JSON: Strategy = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def valid(schema: Schema) -> Strategy:
    """Values that *schema* allows, simplest first."""
    if "enum" in schema:
        return st.sampled_from(list(schema["enum"]))
    if "const" in schema:
        return st.just(schema["const"])
    kinds = schema.get("type", ())
    if not kinds:
        return JSON
    return st.one_of([_KINDS[kind](schema) for kind in ([kinds] if isinstance(kinds, str) else kinds)])


def invalid(schema: Schema) -> Strategy:
    """Values that *schema* refuses: other types, what lies beyond its bounds, what lacks a part; there may be none."""
    near = [_beyond(schema), *(_NEAR[kind](schema) for kind in _NEAR if kind in schema.get("type", ()))]
    validator = _validator(json.dumps(schema, sort_keys=True))
    if validator.is_valid(None) and validator.is_valid([]):
        return st.nothing()
    return st.one_of([*near, JSON]).filter(lambda value: not validator.is_valid(value))


@cache
def arguments(operation: Operation) -> st.SearchStrategy[dict[str, Any]]:
    """Parameters of a call that the operation's file allows: those that it needs, and some of the others."""
    return _object(operation.raw["request"])


def parameters(operation: Operation) -> dict[str, Schema]:
    """The schema of each parameter, and under dotted names of their parts: Page.Index, filtering.operator."""
    found: dict[str, Schema] = {}
    for name, schema in operation.parameters.items():
        found[name] = schema
        inner = schema.get("items", schema).get("properties", {})
        found |= {f"{name}.{part}": inner[part] for part in inner}
    return found


@cache
def _validator(schema: str) -> Any:
    return jsonschema_rs.validator_for(json.loads(schema))


def _integer(schema: Schema) -> Strategy:
    low, high = schema.get("minimum", -LARGEST), schema.get("maximum", LARGEST)
    return st.integers(low, high) | st.sampled_from([low, high])


def _number(schema: Schema) -> Strategy:
    return st.floats(schema.get("minimum", -1e12), schema.get("maximum", 1e12))


def _string(schema: Schema) -> Strategy:
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    if schema.get("format") == "date":
        return st.dates().map(lambda day: day.isoformat())
    return TEXTS.filter(lambda text: len(text) >= schema.get("minLength", 0))


def _array(schema: Schema) -> Strategy:
    return st.lists(valid(schema.get("items", {})), min_size=schema.get("minItems", 0), max_size=4)


def _object(schema: Schema) -> Strategy:
    parts = {name: valid(part) for name, part in schema.get("properties", {}).items()}
    needed = schema.get("required", ())
    optional = {name: part for name, part in parts.items() if name not in needed}
    return st.fixed_dictionaries({name: parts[name] for name in needed}, optional=optional)


def _beyond(schema: Schema) -> Strategy:
    """What lies just outside of the bounds, or is an allowed word misspelt."""
    edges = [schema["minimum"] - 1] if "minimum" in schema else []
    edges += [schema["maximum"] + 1] if "maximum" in schema else []
    words = [str(word) for word in schema.get("enum", ())]
    edges += [changed for word in words for changed in (word.swapcase(), f"{word} ", word[:-1])]
    return st.sampled_from(edges) if edges else st.nothing()


def _lacking(schema: Schema) -> Strategy:
    """An object without one of its parts, or with one of a wrong kind."""
    whole, parts = _object(schema), schema.get("properties", {})
    spoilt = [_without(whole, name) for name in parts]
    spoilt += [_with(whole, name, invalid(part)) for name, part in parts.items()]
    return st.one_of(spoilt) if spoilt else st.nothing()


def _without(whole: Strategy, name: str) -> Strategy:
    return whole.map(lambda value: {part: value[part] for part in value if part != name})


def _with(whole: Strategy, name: str, part: Strategy) -> Strategy:
    return st.tuples(whole, part).map(lambda pair: {**pair[0], name: pair[1]})


def _spoilt(schema: Schema) -> Strategy:
    return st.lists(invalid(schema.get("items", {})), min_size=1, max_size=3)


_KINDS: Mapping[str, Callable[[Schema], Strategy]] = {
    "integer": _integer,
    "number": _number,
    "string": _string,
    "boolean": lambda _: st.booleans(),
    "null": lambda _: st.none(),
    "array": _array,
    "object": _object,
}
_NEAR: Mapping[str, Callable[[Schema], Strategy]] = {"object": _lacking, "array": _spoilt}
