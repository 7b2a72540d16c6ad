"""The fields parameter as a tree: id,adsets.limit(2){id,insights.date_preset(today){spend}}."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mockserver.errors import MockError

# spaces are read before a name, and after it where it ends
_NAME = re.compile(r"\s*([A-Za-z0-9_]*)(?:\s*(?=[,})]|\Z))?")
_MODIFIER = re.compile(r"\.([A-Za-z0-9_]+)\(")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
MOST_FIELDS = 1000
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """One field that is asked for, at the character *at*; *inner* is None where nothing is asked of it."""

    name: str
    at: int
    alias: str = ""
    arguments: tuple[tuple[str, str], ...] = ()
    inner: tuple["Wanted", ...] | None = None
    text: str = ""  # what *inner* was read from

    @property
    def label(self) -> str:
        """The name under which it is told."""
        return self.alias or self.name


@lru_cache(maxsize=1024)
def parse(text: str) -> tuple[Wanted, ...]:
    """The fields of *text*; raises MockError where it is none, or where it is too much."""
    found, at = _fields(text, 0, 1)
    if at < len(text):
        raise unreadable(text, at)
    if _count(found) > MOST_FIELDS:
        raise MockError("too_much_data")
    return found


def unreadable(text: str, at: int) -> MockError:
    """The refusal of what stands at the character *at* of *text*."""
    return MockError("field_syntax", found=text[at], at=at, text=text)


def _count(fields: tuple[Wanted, ...]) -> int:
    return sum(1 + _count(one.inner or ()) for one in fields)


def _fields(text: str, at: int, depth: int) -> tuple[tuple[Wanted, ...], int]:
    """The fields from *at* on, and where they end."""
    if depth > DEEPEST:
        raise MockError("too_much_data")
    found: list[Wanted] = []
    while True:
        match = _NAME.match(text, at)
        assert match is not None
        at = match.end()
        if match[1]:
            wanted, at = _field(text, at, depth, Wanted(match[1], match.start(1)))
            found.append(wanted)
        if text[at : at + 1] != ",":
            return tuple(found), at
        at += 1


def _field(text: str, at: int, depth: int, bare: Wanted) -> tuple[Wanted, int]:
    """The field whose name ends at *at*, with its arguments and what is asked of it."""
    alias, arguments, inner, read = "", [], bare.inner, ""
    while text[at : at + 1] == ".":
        match = _MODIFIER.match(text, at)
        if match is None:
            raise unreadable(text, at)
        opening = match.end() - 1
        if match[1] == "fields":
            inner, read, at = _inner(text, opening, depth)
            continue
        end = _closing(text, opening)
        argument = text[opening + 1 : end].strip()
        alias = argument if match[1] == "as" else alias
        arguments += [] if match[1] == "as" else [(match[1], argument)]
        at = end + 1
    if text[at : at + 1] == "{":
        inner, read, at = _inner(text, at, depth)
    return Wanted(bare.name, bare.at, alias, tuple(arguments), inner, read), at


def _inner(text: str, opening: int, depth: int) -> tuple[tuple[Wanted, ...], str, int]:
    """The fields in the brackets that open at *opening*, their text, and where to go on."""
    inner, end = _fields(text, opening + 1, depth + 1)
    if end == len(text):
        raise unreadable(text, opening)
    if text[end] != _PAIRS[text[opening]]:
        raise unreadable(text, end)
    return inner, text[opening + 1 : end], end + 1


def _closing(text: str, opening: int) -> int:
    """Where the bracket at *opening* closes; brackets in quotes do not count."""
    due, quote = [")"], ""
    for at in range(opening + 1, len(text)):
        mark = text[at]
        if quote:
            quote = "" if mark == quote and text[at - 1] != "\\" else quote
        elif mark in "\"'" and text[at - 1] in "([{,: ":
            quote = mark
        elif mark in _PAIRS:
            due.append(_PAIRS[mark])
        elif mark == due[-1]:
            due.pop()
            if not due:
                return at
        elif mark in _PAIRS.values():
            raise unreadable(text, at)
    raise unreadable(text, opening)
