"""Which page of a list a call asks for, by number or by cursor, and where a list stands in an answer."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mockserver.errors import MockError

Arguments = Mapping[str, Any]
Path = tuple[str, ...]
Schema = Mapping[str, Any]

AFTER = ("After", "NextToken", "PageKey")  # each holds what the page before told, under one name or another
BEFORE = "Before"
SIZES = ("PageSize", "Limit", "MaxResults")
# they say which part of a list is asked for
PARAMETERS = frozenset({"Page", "PageIndex", "PageNo", BEFORE, *AFTER, *SIZES})
_SIZE = 10  # of a page, where none is asked for


def numbered(asked: Arguments) -> tuple[int, int]:
    """Index and Size, under whichever of their names; the first ten where they are not said."""
    page = asked.get("Page", {})
    index = page.get("Index") or asked.get("PageIndex") or asked.get("PageNo") or 1
    size = page.get("Size") or next((asked[name] for name in SIZES if name in asked), _SIZE)
    return int(index), int(size)


def rows(schema: Schema) -> Path | None:
    """Where the rows of an answer stand: its first list, else the first object of which no part is known."""
    for kind in (_listed, _open):
        if found := next(_places(schema, kind), None):
            return found
    return None


def cursor(key: str, place: int) -> str:
    """What leads to a *place* between rows of the list *key*, and to no other list's."""
    return hashlib.blake2b(f"{key}\0{place}".encode("utf-8", "replace"), digest_size=12).hexdigest()


def span(asked: Arguments, key: str, total: int) -> range:
    """The rows of the page that is asked for; raises MockError where a cursor is none of this list's."""
    index, size = numbered(asked)
    for name in (*AFTER, BEFORE):
        if name in asked:
            place = _place(name, asked[name], key, total)
            first = max(place - size, 0) if name == BEFORE else place
            return range(first, place if name == BEFORE else min(place + size, total))
    first = min((index - 1) * size, total)
    return range(first, min(first + size, total))


def told(page: range, size: int, key: str, total: int) -> dict[str, Any]:
    """What may stand beside the rows of *page*; a cursor that leads nowhere is empty."""
    onward = cursor(key, page.stop) if page.stop < total else ""
    back = cursor(key, page.start) if page.start else ""
    return {
        "Total": total,
        "MaxResults": size,
        "After": onward,
        "NextToken": onward,
        "NextPage": onward,
        "Before": back,
    }


def _place(name: str, text: str, key: str, total: int) -> int:
    for place in range(total + 1):
        if cursor(key, place) == text:
            return place
    raise MockError("Invalid", parameter=name)


def _places(schema: Schema, kind: Callable[[Schema], bool], path: Path = ()) -> Iterator[Path]:
    if path and kind(schema):
        yield path
    for name, part in schema.get("properties", {}).items():
        yield from _places(part, kind, (*path, name))


def _listed(schema: Schema) -> bool:
    return schema.get("type") == "array"


def _open(schema: Schema) -> bool:
    return schema.get("type") == "object" and "properties" not in schema
