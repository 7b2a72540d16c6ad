"""Where the contract says something: the operation file and the line of a property, an error or an enumeration."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mockserver.resources import folder

from .lines import Path, lines
from .shapes import steps

OPAQUE: Mapping[str, Any] = {}  # the contract lets anything stand there
ERROR = "_error"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file of the contract."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Node:
    """One spot of the contract; *schema* is None where it declares nothing, and *at* is then what surrounds it."""

    schema: Mapping[str, Any] | None
    vendor: str
    file: str
    at: Path

    @property
    def place(self) -> Place:
        """The line of this spot."""
        return place(self.vendor, self.file, *self.at)

    def inner(self, *more: str) -> Place:
        """The line of a part of this spot, or of the spot where it has no such part."""
        path = (*self.at, *more)
        return place(self.vendor, self.file, *(path if path in _lines(self.vendor, self.file) else self.at))


def place(vendor: str, file: str, *path: str | int) -> Place:
    """The line of what stands at *path* in an operation file, or of the nearest thing around it."""
    found = _lines(vendor, file)
    while path not in found:
        path = path[:-1]
    return Place(f"schemas/{vendor}/{file}.json", found[path])


def error_place(vendor: str, file: str, name: str) -> Place:
    """The line of the error *name* among the errors of an operation."""
    listed = raw(vendor, file).get("errors", [])
    return place(vendor, file, "errors", *([listed.index(name)] if name in listed else []))


def node(vendor: str, file: str, path: str) -> Node:
    """What the contract says of *path* in an answer of the operation *file*, or of an error if that is `_error`."""
    root: Path = () if file == ERROR else ("response",)
    here = Node(at(vendor, file, root), vendor, file, root)
    for step in steps(path):
        here = _below(_resolved(here), step)
        if here.schema is None or here.schema is OPAQUE:
            return here
    return _resolved(here)


def _below(here: Node, step: str) -> Node:
    schema = here.schema or {}
    if step == "[]":
        items = schema.get("items")
        return Node(OPAQUE if items is None else items, here.vendor, here.file, (*here.at, "items"))
    if "properties" not in schema:
        return Node(OPAQUE, here.vendor, here.file, here.at)
    properties = (*here.at, "properties")
    if step in schema["properties"]:
        return Node(schema["properties"][step], here.vendor, here.file, (*properties, step))
    return Node(None, here.vendor, here.file, properties)


def _resolved(here: Node) -> Node:
    """What *here* points to, where it is a reference into another file."""
    reference = (here.schema or {}).get("$ref", "")
    if ".json#/" not in reference:
        return here
    file, _, pointer = reference.partition(".json#/")
    path = tuple(pointer.split("/"))
    return _resolved(Node(at(here.vendor, file, path), here.vendor, file, path))


@cache
def _text(vendor: str, file: str) -> str:
    return (folder("schemas") / vendor / f"{file}.json").read_text(encoding="utf-8")


@cache
def raw(vendor: str, file: str) -> Mapping[str, Any]:
    """An operation file as it stands."""
    found: Mapping[str, Any] = json.loads(_text(vendor, file))
    return found


@cache
def _lines(vendor: str, file: str) -> Mapping[Path, int]:
    return lines(_text(vendor, file))


def at(vendor: str, file: str, path: Path) -> Any:
    """What stands at *path* in an operation file."""
    found: Any = raw(vendor, file)
    for step in path:
        found = found[step]
    return found
