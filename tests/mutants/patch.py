"""A fault inside the server: something of it replaced for the duration."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from unittest import mock

_PLACE = re.compile(r"(?P<module>[\w.]+):(?P<names>[\w.]+)(\[(?P<key>\w+)\])?")


@dataclass(frozen=True, slots=True)
class Patch:
    """What stands at *where*, e.g. package.module:Class.method or package.module:TABLE[row], made anew from itself."""

    where: str
    make: Callable[[Any], Any]


@contextmanager
def patched(*patches: Patch) -> Iterator[None]:
    """With *patches* in place; afterwards everything is as it was."""
    with ExitStack() as stack:
        for one in patches:
            stack.enter_context(_patched(one))
        yield


def _patched(one: Patch) -> Any:
    place = _PLACE.fullmatch(one.where)
    assert place, one.where
    owner = import_module(place["module"])
    *path, last = place["names"].split(".")
    for name in path:
        owner = getattr(owner, name)
    found = getattr(owner, last)
    if place["key"] is None:
        return mock.patch.object(owner, last, one.make(found))
    return mock.patch.dict(found, {place["key"]: one.make(found[place["key"]])})


def argument(operation: str, edit: Callable[[dict[str, Any]], Any]) -> Patch:
    """The arguments of *operation* are read and validated, then edited in place."""

    def make(read: Callable[[Any, Mapping[str, Any]], dict[str, Any]]) -> Any:
        def edited(self: Any, values: Mapping[str, Any]) -> dict[str, Any]:
            found = read(self, values)
            if self.name == operation:
                edit(found)
            return found

        return edited

    return Patch("mockserver.contract.operation:Operation.read", make)


def ignored(operation: str, name: str) -> Patch:
    """The parameter *name* of *operation* is read and validated, then dropped."""

    def make(read: Callable[[Any, Mapping[str, Any]], dict[str, Any]]) -> Any:
        def edited(self: Any, values: Mapping[str, Any]) -> dict[str, Any]:
            found = read(self, values)
            if self.name != operation:
                return found
            without = read(self, {key: value for key, value in values.items() if key != name}) if name in values else {}
            return found if name not in values else without

        return edited

    return Patch("mockserver.contract.operation:Operation.read", make)


def around(where: str, wrapper: Callable[..., Any]) -> Patch:
    """The function at *where* is called through *wrapper*, which is handed it first."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            return wrapper(original, *arguments, **named)

        return called

    return Patch(where, make)
