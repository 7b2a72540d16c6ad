"""A body as a shape: for each path the types, patterns and words seen there, and how often it is there at all."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from . import patterns

ENOUGH = 3  # figures from which their decimal places are judged
ANY = "*"  # a property whose name is an id, or not to be kept
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,60}")
_WORD = re.compile(r"[A-Z]+(_[A-Z0-9]+)*|[a-z]+([_.][a-z0-9]+)*")
_STEP = re.compile(r"\[\]|[^.\[\]]+")
_LONGEST_WORD = 40

Words = Callable[[str], Collection[str]]  # path → the words that are known there; empty where words are not kept


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands at one path: *presence* is its share of the objects that might have it."""

    types: tuple[str, ...]
    presence: float = 1.0
    patterns: tuple[str, ...] = ()
    places: int = 0  # most decimal places printed
    figures: int = 0  # figures behind *places* that are not zero, counted up to ENOUGH
    words: tuple[str, ...] = ()


Shapes = dict[str, Shape]


@dataclass(slots=True)
class _Seen:
    types: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    places: int = 0
    figures: int = 0
    times: int = 0
    objects: int = 0  # values here that are objects


@dataclass(slots=True)
class _Walk:
    """One body on its way to a shape."""

    words: Words
    private: Callable[[str], bool]
    found: dict[str, _Seen] = field(default_factory=dict)

    def value(self, path: str, name: str, value: Any) -> None:
        seen = self.found.setdefault(path, _Seen())
        seen.times += 1
        seen.types.add(_type(value))
        if isinstance(value, dict):
            seen.objects += 1
            for key, part in value.items():
                kept = key if _NAME.fullmatch(key) and not self.private(key) else ANY
                self.value(f"{path}.{kept}" if path else kept, kept, part)
        elif isinstance(value, list):
            for part in value:
                self.value(f"{path}[]", name, part)
        elif isinstance(value, str):
            self.text(seen, path, name, value)
        elif _type(value) == "integer":
            seen.patterns.add(patterns.of_integer(name, value))

    def text(self, seen: _Seen, path: str, name: str, value: str) -> None:
        pattern = patterns.of_text(name, value)
        seen.patterns.add(pattern)
        if pattern in patterns.NUMERIC - {"zero"}:
            seen.places = max(seen.places, patterns.places(value))
            seen.figures = min(seen.figures + 1, ENOUGH)
        if known := self.words(path):
            seen.words.add(value if value in known else self.new_word(value))

    def new_word(self, value: str) -> str:
        plain = len(value) <= _LONGEST_WORD and _WORD.fullmatch(value) and not self.private(value)
        return value if plain else "<other>"


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if value is None:
        return "null"
    names = {int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names[type(value)]


def of(body: Any, words: Words = lambda _: (), private: Callable[[str], bool] = lambda _: False) -> Shapes:
    """The shape of *body*; *private* tells names and words that must not be kept."""
    walk = _Walk(words, private)
    walk.value("", "", body)
    return {path: _shape(seen, walk.found.get(above(path))) for path, seen in walk.found.items()}


def _shape(seen: _Seen, parent: _Seen | None) -> Shape:
    missing = parent is not None and seen.times < parent.objects
    presence = min(0.999, round(seen.times / parent.objects, 3)) if parent and missing else 1.0
    return Shape(
        types=tuple(sorted(seen.types)),
        presence=presence,
        patterns=tuple(sorted(seen.patterns)),
        places=seen.places,
        figures=seen.figures,
        words=tuple(sorted(seen.words)),
    )


def above(path: str) -> str:
    """The path of what holds *path*; of the body itself one that is never found."""
    if not path:
        return "(nothing)"
    if path.endswith("[]"):
        return path[:-2]
    return path.rpartition(".")[0]


def holders(path: str) -> Iterator[str]:
    """The paths of all that *path* is inside of, the nearest first."""
    while path:
        path = above(path)
        yield path


def steps(path: str) -> list[str]:
    """*path* step by step: data[].spend is data, [], spend."""
    return _STEP.findall(path)
