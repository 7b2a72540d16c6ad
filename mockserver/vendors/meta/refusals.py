"""Which Graph error answers which fault of an argument."""

from mockserver.errors import MockError, Problem

_TYPES = {
    "integer": "an integer",
    "boolean": "a boolean",
    "array": "an array",
    "object": "an object",
    "string": "a string",
}


def refusal(problem: Problem) -> MockError:
    """The Graph error for *problem*."""
    if problem.parameter == "time_range":
        return MockError("date_format") if problem.path or problem.kind == "required" else _empty(problem)
    if problem.parameter == "filtering" and not problem.path:
        return MockError("filtering_not_array")
    return _BY_KIND.get(problem.kind, _type)(problem)


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
    return MockError("param_type", parameter=where(problem), expected=expected, got=_kind(problem.value))


def _kind(value: object) -> str:
    if isinstance(value, str):
        try:
            float(value)
        except ValueError:
            return "string"
        return "float"
    return {bool: "boolean", int: "integer", float: "float", list: "array", dict: "object"}.get(type(value), "null")


_BY_KIND = {
    "enum": _enum,
    "required": _empty,
    "additionalProperties": _unknown_key,
    "minimum": _minimum,
}
