"""What a part of a batch takes from the answers to parts before it: {result=name:$.data.*.id}."""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any
from urllib.parse import quote, unquote

import orjson

from mockserver.errors import MockError
from mockserver.pipeline import Response

# as it stands, or percent-encoded, as an SDK sends what it takes for a value
_REFERENCE = re.compile(
    r"(?:\{|%7B)result(?:=|%3D)(?P<name>[^{}]+?)(?::|%3A)(?P<path>(?:\$|%24)[^{}]*?)(?:\}|%7D)", re.IGNORECASE
)
_STEP = re.compile(r"\.(\w+|\*)|\[(\d+|\*)\]|\[['\"]([^'\"]+)['\"]\]")


def dependencies(entries: Sequence[Any]) -> list[set[str]]:
    """The names on which each entry depends; raises MockError where one does not stand before it."""
    before: set[str] = set()
    found = []
    for number, entry in enumerate(entries):
        parts = entry if isinstance(entry, dict) else {}
        names = _named(parts)
        for name in sorted(names - before):
            raise MockError("batch_dependency", number=number, of=name)
        found.append(names)
        if isinstance(parts.get("name"), str):
            before.add(parts["name"])
    return found


def filler(number: int, names: Set[str], answers: Mapping[str, Response]) -> Callable[[str], str]:
    """What puts the referred values into a text; it raises MockError if an answer in *names* was refused."""

    def fill(text: str) -> str:
        for name in names:
            if answers[name].status >= 400:
                raise MockError("batch_unmet", number=number, of=name)
        return _REFERENCE.sub(lambda match: _value(number, match, answers), text)

    return fill


def values(document: Any, path: str) -> list[Any]:
    """What *path* finds in *document*: $.a.b[0], $.data.*.id and $.data[*].id; nothing for any other path."""
    found, at = [document], 1
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            return []
        found = [value for one in found for value in _inner(one, step[1] or step[2] or step[3])]
        at = step.end()
    return found


def _inner(value: Any, step: str) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values()) if step == "*" else [value[step]] if step in value else []
    if isinstance(value, list):
        return value if step == "*" else value[int(step) : int(step) + 1] if step.isdecimal() else []
    return []


def _value(number: int, match: re.Match[str], answers: Mapping[str, Response]) -> str:
    name = unquote(match["name"])
    try:
        found = values(orjson.loads(answers[name].body), unquote(match["path"]))
    except orjson.JSONDecodeError:
        found = []
    if not found:
        raise MockError("batch_unmet", number=number, of=name)
    texts = [one if isinstance(one, str) else orjson.dumps(one).decode() for one in found]
    return quote(",".join(texts), safe=",")


def _named(parts: Mapping[str, Any]) -> set[str]:
    texts = [parts[name] for name in ("relative_url", "body") if isinstance(parts.get(name), str)]
    found = {unquote(match["name"]) for text in texts for match in _REFERENCE.finditer(text)}
    depends = parts.get("depends_on")
    return found | ({depends} if isinstance(depends, str) and depends else set())
