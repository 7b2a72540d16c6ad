"""Answers of the operations that a world knows nothing about: made up, and the same for the same arguments.

Every answer follows from a keyed hash of the world's seed, the operation and its arguments.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson

from mockserver.contract.operation import Operation
from mockserver.gate.paging import Records
from mockserver.pipeline import Handler, Question
from mockserver.vendors.cams import spaces
from mockserver.vendors.cams.values import value

if TYPE_CHECKING:
    from faker import Faker

    from mockserver.world.now import World

ENVELOPE = frozenset({"AccessDeniedDetail", "Code", "Message", "RequestId", "Success", "Total", "TotalCount"})
# they say which part of an answer is asked for, and of which customer, or nothing at all
PAGES = frozenset({"Page", "PageIndex", "PageNo", "PageSize"})
IGNORED = frozenset({"IsvCode", "OwnerId", "ResourceOwnerAccount", "ResourceOwnerId"})
_FEWEST, _MOST = 12, 40  # rows of a list
_LOCK = Lock()


def handler(operation: Operation) -> Handler:
    """The handler of *operation*; a list has some dozen rows, each of which follows from its number."""

    def generated(world: World, question: Question) -> Records:
        spaces.usable(world, question)
        left_out = IGNORED | PAGES if operation.raw["paging"] else IGNORED
        asked = {name: one for name, one in question.arguments.items() if name not in left_out}
        key = (str(world.file.seed), operation.name, orjson.dumps(asked, option=orjson.OPT_SORT_KEYS).decode())
        if operation.listing is None:
            return Records((_echoed(_body(operation, key), asked),), lambda record: record)
        total = _FEWEST + _hash(*key, "total") % (_MOST - _FEWEST) if operation.raw["paging"] else 3
        return Records(range(total), lambda number: _echoed(_made(operation.record, *key, str(number)), asked))

    return generated


def _body(operation: Operation, key: tuple[str, ...]) -> dict[str, Any]:
    """Everything in an answer but what all answers have."""
    parts: Mapping[str, Any] = operation.raw["response"]["properties"]
    own = {name: part for name, part in parts.items() if name not in ENVELOPE}
    body: dict[str, Any] = _made({"type": "object", "properties": own}, *key)
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
