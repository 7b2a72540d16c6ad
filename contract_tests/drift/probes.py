"""The probes: a fixed list of questions that only read, the same for every target, so that two recordings compare."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..ask import Ask
from ..property import Live
from ..wire import Answer
from . import places
from .scout import Scouted

ALL = "<all>"  # every field of the operation that the contract answers
_NAME = re.compile(r"<(\w+)>")

How = Callable[[Ask, Scouted], Answer]


@dataclass(frozen=True, slots=True)
class Refusal:
    """The documented error of a bad input; *words* without what changes from call to call, or a *pattern* of them."""

    row: str  # its name among the errors of the operation file
    code: int | str
    statuses: tuple[int, ...]
    words: str
    subcode: int | None = None
    type: str | None = None
    values: tuple[str, ...] = ()
    pattern: str = ""
    listed: tuple[str, ...] = ()  # where the operation file has the values that the words list

    def fits(self, words: str) -> bool:
        """Whether *words* are those of this error."""
        return re.fullmatch(self.pattern, words, re.DOTALL) is not None if self.pattern else words == self.words


@dataclass(frozen=True, slots=True)
class Probe:
    """One question: *cost* is its calls, *whole* that every property is asked for, *must* what has to be there."""

    id: str
    vendor: str
    operation: str
    how: How
    refusal: Refusal | None = None
    live: Live = Live.SAFE
    cost: int = 1
    whole: bool = False
    must: tuple[str, ...] = ()


@cache
def catalogue() -> Mapping[str, Probe]:
    """Every probe by its id, in the order in which they are asked."""
    from . import cams_probes, meta_probes

    return {one.id: one for one in (*meta_probes.probes(), *cams_probes.probes())}


def chosen(live: bool) -> Iterator[Probe]:
    """The probes that may be asked, of a live target those that are safe."""
    return (one for one in catalogue().values() if one.live is Live.SAFE or not live)


def fields(operation: str) -> str:
    """Every field of a Graph operation that the contract answers, with commas between."""
    return ",".join(served("meta", operation))


def served(vendor: str, operation: str) -> list[str]:
    """The properties of an answer's record that the contract answers."""
    schema = places.node(vendor, operation, record(vendor, operation)).schema or {}
    return [name for name, part in schema.get("properties", {}).items() if "x-from" in part]


def record(vendor: str, operation: str) -> str:
    """The path of one record in an answer: of a list's item, or of the whole."""
    properties = places.raw(vendor, operation)["response"]["properties"]
    return next((f"{name}[]" for name in ("data", "Data") if name in properties), "")


def filled(value: Any, operation: str, scouted: Scouted) -> Any:
    """*value* with what was scouted in place of each <name>."""
    if isinstance(value, str):
        if value == ALL:
            return fields(operation)
        return _NAME.sub(lambda found: str(scouted[found[1]]), value)
    if isinstance(value, Mapping):
        return {name: filled(part, operation, scouted) for name, part in value.items()}
    return [filled(part, operation, scouted) for part in value] if isinstance(value, list) else value
