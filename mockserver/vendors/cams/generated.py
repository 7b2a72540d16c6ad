"""Answers of the operations that a world knows nothing about: made up, and the same for the same arguments.

Every answer follows from a keyed hash of the world's seed, the operation and its arguments.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson

from mockserver.contract.operation import Operation
from mockserver.gate.paging import Records
from mockserver.pipeline import Handler, Question
from mockserver.vendors.cams import paged, spaces
from mockserver.vendors.cams.values import value

if TYPE_CHECKING:
    from faker import Faker

    from mockserver.world.now import World

ENVELOPE = frozenset({"AccessDeniedDetail", "Code", "Message", "RequestId", "Success", "Total", "TotalCount"})
# they say of which customer, or nothing at all
IGNORED = frozenset({"IsvCode", "OwnerId", "ResourceOwnerAccount", "ResourceOwnerId"})
_FEWEST, _MOST = 12, 40  # rows of a list
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A call of *operation*: the list that it means is *key*, whatever page of it; *subject* is what it names."""

    operation: Operation
    key: tuple[str, ...]
    subject: Mapping[str, Any]
    arguments: Mapping[str, Any]

    @property
    def total(self) -> int:
        """How many rows the list has."""
        return _FEWEST + _hash(*self.key, "total") % (_MOST - _FEWEST)

    def row(self, schema: Mapping[str, Any], number: int) -> Any:
        """The row of that number."""
        return _echoed(_made(schema, *self.key, str(number)), self.subject)


def handler(operation: Operation) -> Handler:
    """The handler of *operation*; a list has some dozen rows, each of which follows from its number."""
    pages = bool(paged.PARAMETERS & set(operation.parameters))
    of_instance = "InstanceId" in operation.raw["request"]["required"]

    def generated(world: World, question: Question) -> Records:
        spaces.usable(world, question)
        if of_instance:
            spaces.instance(world, question)
        asked = _asked(operation, world.file.seed, question.arguments)
        if operation.listing is not None:
            return Records(range(asked.total if pages else 3), lambda number: asked.row(operation.record, number))
        body = _echoed(_body(operation, asked.key), asked.subject)
        return Records((_cut(body, asked) if pages else body,), lambda record: record)

    return generated


def _asked(operation: Operation, seed: int, arguments: Mapping[str, Any]) -> _Asked:
    left_out = IGNORED | paged.PARAMETERS
    subject = {name: one for name, one in arguments.items() if name not in left_out}
    key = (str(seed), operation.name, orjson.dumps(subject, option=orjson.OPT_SORT_KEYS).decode())
    return _Asked(operation, key, subject, arguments)


def _cut(body: dict[str, Any], asked: _Asked) -> dict[str, Any]:
    """*body* with the page that is asked for in place of its rows, and what is told of it beside them."""
    schema = _own(asked.operation)
    path = paged.rows(schema)
    assert path is not None, asked.operation.name
    for name in path:
        schema = schema["properties"][name]
    key, (_, size) = "\0".join(asked.key), paged.numbered(asked.arguments)
    page = paged.span(asked.arguments, key, asked.total)
    return _replaced(body, paged.told(page, size, key, asked.total) | {path[-1]: _page_of(schema, asked, page)})


def _page_of(schema: Mapping[str, Any], asked: _Asked, page: range) -> Any:
    """Rows of a list, or of an object whose names are nowhere documented."""
    if schema["type"] == "array":
        return [asked.row(schema["items"], number) for number in page]
    pairs = ((number, *next(iter(asked.row(schema, number).items()))) for number in page)
    return {f"{name}_{number}": one for number, name, one in pairs}


def _replaced(body: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """*body* with what is *told* under the same names, but for those in rows."""
    return {
        name: told[name] if name in told else _replaced(part, told) if isinstance(part, dict) else part
        for name, part in body.items()
    }


def _own(operation: Operation) -> dict[str, Any]:
    """The schema of everything in an answer but what all answers have."""
    parts: Mapping[str, Any] = operation.raw["response"]["properties"]
    own = {name: part for name, part in parts.items() if name not in ENVELOPE}
    return {"type": "object", "properties": own}


def _body(operation: Operation, key: tuple[str, ...]) -> dict[str, Any]:
    body: dict[str, Any] = _made(_own(operation), *key)
    return body


def _echoed(made: Any, asked: Mapping[str, Any]) -> Any:
    """*made* with the caller's own words wherever an answer names what was asked for."""
    if isinstance(made, dict):
        return {
            name: asked[name]
            if type(asked.get(name)) is type(part) and isinstance(part, str | int)
            else _echoed(part, asked)
            for name, part in made.items()
        }
    return [_echoed(part, asked) for part in made] if isinstance(made, list) else made


def _made(schema: Mapping[str, Any], *key: str) -> Any:
    with _LOCK:
        faker = _faker()
        faker.seed_instance(_hash(*key))
        return value(faker, "", schema)


def _hash(*key: str) -> int:
    return int.from_bytes(hashlib.blake2b("\0".join(_told(key)).encode(), digest_size=16).digest(), "big")


def _told(key: tuple[str, ...]) -> Iterator[str]:
    """Texts that no client can write in two ways; a lone half of a pair has no encoding."""
    return (part.encode("utf-8", "replace").decode() for part in key)


@cache
def _faker() -> Faker:
    """Loaded at the first answer, for it takes a tenth of a second; it is seeded before each use."""
    from faker import Faker

    return Faker("en_US")
