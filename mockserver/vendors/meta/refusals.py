"""Which Graph error answers which fault of an argument."""

import re

from mockserver.errors import MockError, Problem

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?")
_TYPES = {
    "integer": "an integer",
    "boolean": "a boolean",
    "array": "an array",
    "object": "an object",
    "string": "a string",
}


_ARRAYS = frozenset({"filtering", "time_ranges"})


def refusal(problem: Problem) -> MockError:
    """The Graph error for *problem*."""
    if problem.parameter == "time_range":
        empty = problem.kind == "required" and problem.value == {}
        if problem.path and not empty:
            return MockError("date_format")
        return MockError("param_non_empty", parameter="time_range")
    if problem.parameter == "time_ranges" and problem.path:
        inside = len(problem.path) > 1 and not (problem.kind == "required" and problem.value == {})
        empty_at = f"time_ranges[{problem.path[0]}]"
        return MockError("date_format") if inside else MockError("param_non_empty", parameter=empty_at)
    if problem.kind == "minItems":
        return _empty(problem)
    if problem.parameter in _ARRAYS and not problem.path:
        return MockError(f"{problem.parameter}_not_array")
    if problem.parameter == "batch":
        return MockError("batch_not_array")
    return _BY_KIND.get(problem.kind, _type)(problem)


def kind(value: object) -> str:
    """What Graph calls the type of *value*; a text of digits is a number too long or too precise for an integer."""
    if isinstance(value, str):
        return "float" if _NUMBER.fullmatch(value) else "string"
    return {bool: "boolean", int: "integer", float: "float", list: "array", dict: "object"}.get(type(value), "null")


def where(problem: Problem) -> str:
    """The place of *problem* as Graph prints it: filtering[0][operator]."""
    return problem.parameter + "".join(f"[{step}]" for step in problem.path)


def _empty(problem: Problem) -> MockError:
    return MockError("param_non_empty", parameter=where(problem))


def _enum(problem: Problem) -> MockError:
    if problem.parameter == "breakdowns":
        return MockError("unknown_breakdown", breakdown=problem.value)
    values = ", ".join(map(str, problem.expected))
    return MockError("enum_in_object" if len(problem.path) > 1 else "bad_enum", parameter=where(problem), values=values)


def _unknown_key(problem: Problem) -> MockError:
    return MockError("unknown_key_in_object", parameter=where(problem), key=problem.expected[0])


def _minimum(problem: Problem) -> MockError:
    return MockError("param_minimum", parameter=where(problem), minimum=problem.expected)


def _type(problem: Problem) -> MockError:
    expected = " or ".join(_TYPES[name] for name in problem.expected or ["string"])
    return MockError("param_type", parameter=where(problem), expected=expected, got=kind(problem.value))


_BY_KIND = {
    "enum": _enum,
    "required": _empty,
    "additionalProperties": _unknown_key,
    "minimum": _minimum,
}
