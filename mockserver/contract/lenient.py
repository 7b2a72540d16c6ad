"""Structured values as Graph clients write them: JSON, and what passes for it.

Each spelling is sent by some real client: single quotes, unquoted keys and words, trailing commas.
"""

import re
from typing import Any

import orjson

_TOKEN = re.compile(
    r"""\s*(?:([\[\]{},:])|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s\[\]{},:"']+(?:[^\[\]{},:"']*[^\s\[\]{},:"'])?))\s*""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_WORDS = {"true": True, "false": False, "null": None, "True": True, "False": False, "None": None}
_DEEPEST = 16


def loads(text: str) -> Any:
    """The value of *text*; raises ValueError where no client's spelling explains it."""
    try:
        return orjson.loads(text)
    except ValueError:
        tokens = _tokens(text)
        value, end = _value(tokens, 0, 0)
        if end != len(tokens):
            raise ValueError(f"{text!r} goes on after its value") from None
        return value


def shallow(value: Any, left: int = _DEEPEST) -> bool:
    """Whether *value* nests no deeper than any client's does; what nests deeper, validators give up on."""
    if not isinstance(value, dict | list):
        return True
    parts = value.values() if isinstance(value, dict) else value
    return left > 0 and all(shallow(part, left - 1) for part in parts)


def _tokens(text: str) -> list[tuple[str, Any]]:
    tokens: list[tuple[str, Any]] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"character {at} of {text!r} makes no sense")
        mark, double, single, word = match.groups()
        if mark:
            tokens.append((mark, mark))
        elif word:
            tokens.append(("word", _word(word)))
        else:
            tokens.append(("text", _ESCAPE.sub(r"\1", double if double is not None else single)))
        at = match.end()
    return tokens or [("end", None)]


def _word(word: str) -> Any:
    if word in _WORDS:
        return _WORDS[word]
    return int(word) if _WHOLE.fullmatch(word) else word


def _value(tokens: list[tuple[str, Any]], at: int, depth: int) -> tuple[Any, int]:
    kind, value = tokens[at] if at < len(tokens) else ("end", None)
    if kind in ("word", "text"):
        return value, at + 1
    if depth < _DEEPEST and kind == "[":
        return _list(tokens, at + 1, depth + 1)
    if depth < _DEEPEST and kind == "{":
        return _object(tokens, at + 1, depth + 1)
    raise ValueError(f"{value!r} stands where a value should")


def _list(tokens: list[tuple[str, Any]], at: int, depth: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while _kind(tokens, at) != "]":
        value, at = _value(tokens, at, depth)
        found.append(value)
        at = _after_item(tokens, at, "]")
    return found, at + 1


def _object(tokens: list[tuple[str, Any]], at: int, depth: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while _kind(tokens, at) != "}":
        if _kind(tokens, at) not in ("word", "text") or _kind(tokens, at + 1) != ":":
            raise ValueError("an object needs names and colons")
        name = str(tokens[at][1])
        found[name], at = _value(tokens, at + 2, depth)
        at = _after_item(tokens, at, "}")
    return found, at + 1


def _after_item(tokens: list[tuple[str, Any]], at: int, closing: str) -> int:
    if _kind(tokens, at) == ",":
        return at + 1
    if _kind(tokens, at) == closing:
        return at
    raise ValueError(f"a comma or {closing} is missing")


def _kind(tokens: list[tuple[str, Any]], at: int) -> str:
    return tokens[at][0] if at < len(tokens) else "end"
