"""One operation of a vendor, compiled from its file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import jsonschema_rs

from mockserver.contract import lenient, styles
from mockserver.errors import ContractBug, InvalidArguments, Problem

Schema = Mapping[str, Any]
BASE = "json-schema:///"  # where references between operation files start


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """An operation: how it is reached, what it reads, what it writes; *raw* is the whole file."""

    vendor: str
    name: str
    summary: str
    methods: tuple[str, ...]
    path: str
    raw: Mapping[str, Any]
    listing: str | None  # the property that lists the records; None where the answer is one record
    record: Schema  # the schema of one record of the answer
    files: jsonschema_rs.Registry  # all files of the vendor, to which the response refers

    @property
    def parameters(self) -> Mapping[str, Schema]:
        """The request properties by name."""
        properties: Mapping[str, Schema] = self.raw["request"]["properties"]
        return properties

    @property
    def request_validator(self) -> jsonschema_rs.Validator:
        """Judges arguments; compiled when it is first needed, for most operations are never called."""
        return _validator(self, "request")

    @property
    def response_validator(self) -> jsonschema_rs.Validator:
        """Judges bodies."""
        return _validator(self, "response")

    @property
    def served(self) -> frozenset[str]:
        """The names of the record's properties that this server answers."""
        return _served(self)

    def read(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Typed, validated arguments with defaults; unknown names are left out, faults raise InvalidArguments."""
        found: dict[str, Any] = {}
        for name, schema in self.parameters.items():
            if name in values:
                found[name] = _value(name, values[name], schema)
            elif "default" in schema:
                found[name] = schema["default"]
        if not self.request_validator.is_valid(found):
            raise InvalidArguments(problems(self.request_validator, found))
        return found

    def write(self, record: Any, names: tuple[str, ...] | None = None) -> dict[str, Any]:
        """*record* as the vendor prints it: all properties, or *names* alone in their order."""
        return _writer(self, names)(record)

    def check(self, body: Any) -> None:
        """Raise ContractBug if *body* breaks the operation's own response schema."""
        ensure(self.response_validator, body, self.name)


def _value(name: str, raw: Any, schema: Schema) -> Any:
    value = styles.read(raw, schema)
    if not lenient.shallow(value):
        types = schema.get("type", "string")
        raise InvalidArguments([Problem(name, "type", value, expected=[types] if isinstance(types, str) else types)])
    return value


@cache
def _validator(operation: Operation, part: str) -> jsonschema_rs.Validator:
    base = f"{BASE}{operation.vendor}/"
    return jsonschema_rs.validator_for(operation.raw[part], registry=operation.files, base_uri=base)


@lru_cache(maxsize=512)
def _served(operation: Operation) -> frozenset[str]:
    return frozenset(name for name, part in operation.record["properties"].items() if "x-from" in part)


@lru_cache(maxsize=512)
def _all_names(operation: Operation) -> tuple[str, ...]:
    return tuple(name for name in operation.record["properties"] if name in operation.served)


@lru_cache(maxsize=512)
def _writer(operation: Operation, names: tuple[str, ...] | None) -> Callable[[Any], dict[str, Any]]:
    return styles.projection(operation.record, _all_names(operation) if names is None else names)


def ensure(validator: jsonschema_rs.Validator, body: Any, what: str) -> None:
    """Raise ContractBug if *body* breaks the schema of *validator*."""
    if not validator.is_valid(body):
        error = next(iter(validator.iter_errors(body)))
        raise ContractBug(f"{what}: {error.message} at {list(error.instance_path)}")


def problems(validator: jsonschema_rs.Validator, values: Any) -> list[Problem]:
    """Each fault of *values*, in the order in which the schema states its rules."""
    return [_problem(error) for error in validator.iter_errors(values)]


def _problem(error: jsonschema_rs.ValidationError) -> Problem:
    facts = error.kind.as_dict()
    path: Sequence[str | int] = error.instance_path
    if error.kind.name == "required":
        path = [*path, facts["property"]]
    expected = next(
        (facts[key] for key in ("options", "types", "limit", "unexpected", "pattern") if key in facts), None
    )
    return Problem(str(path[0]) if path else "", error.kind.name, error.instance, tuple(path[1:]), expected)
