"""Any value and any bytes as text that a reader, a terminal, HTML and XML can bear."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from ..encodings import alike, unpacked
from ..outcomes import MISSING
from ..secrets import Mask

_LOOKED_AT = 1 << 16  # characters of a text
_EDGE = 1 << 12  # the last of them, where a secret may have been cut in two
_DEEPEST = 40
_SEPARATORS = ((",", ":"), (", ", ": "))
_AROUND = 3  # equal lines shown before and after those that differ
_BEFORE = 16  # equal characters shown before the first that differs
_MOST_LINES = 400
_LONG = 40  # lines; equal parts of longer texts are left out
_ESCAPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def masked(text: str, mask: Mask) -> list[tuple[str, str]]:
    """The pieces of *text* as the mask tells them, but of a huge one only those at its beginning."""
    if len(text) <= _LOOKED_AT:
        return mask.parts(text)
    *pieces, (last, name) = mask.parts(text[:_LOOKED_AT])
    return [*pieces, (last, name) if name else (f"{last[:-_EDGE]}… (of {len(text):,} characters)", "")]


def fit(text: str, mask: Mask, most: int) -> str:
    """*text* masked, clean, and then cut: no secret is cut in two before it is seen."""
    return short(clean("".join(f"${name}" if name else plain for plain, name in masked(text, mask))), most)


def clean(text: str) -> str:
    """*text* with every character escaped that cannot be seen, turns a line around, or may not stand in XML."""
    return _ESCAPED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def short(text: str, most: int) -> str:
    """*text*, or its beginning and a note of how much more there is."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text) - most:,} more characters)"


def body(data: bytes) -> str:
    """The body of a request or an answer: JSON indented where that changes nothing else, gzip undone."""
    if data[:2] == b"\x1f\x8b":
        data = next(unpacked(data), data)
    text = data[: _LOOKED_AT * 2].decode("utf-8", "backslashreplace")
    try:
        value = json.loads(text)
        faithful = (json.dumps(value, ensure_ascii=False, separators=(comma, colon)) for comma, colon in _SEPARATORS)
        return json.dumps(value, ensure_ascii=False, indent=2) if text.strip() in faithful else text
    except (ValueError, RecursionError):
        return text


def pretty(value: Any) -> str:
    """*value* as indented JSON, whatever it is; nothing as (nothing)."""
    return (
        MISSING
        if isinstance(value, str) and value == MISSING
        else json.dumps(plain(value), ensure_ascii=False, indent=2)
    )


def compact(value: Any) -> str:
    """*value* as JSON in one line."""
    return MISSING if _nothing(value) else json.dumps(plain(value), ensure_ascii=False)


def apart(left: str, right: str) -> tuple[str, str]:
    """Both; where they begin alike for long, without most of that."""
    same = alike(left, right)
    return (left, right) if same < 2 * _BEFORE else (f"…{left[same - _BEFORE :]}", f"…{right[same - _BEFORE :]}")


def _nothing(value: Any) -> bool:
    return isinstance(value, str) and value == MISSING


def plain(value: Any, depth: int = 0) -> Any:
    """*value* made of nothing but what JSON knows."""
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, Enum):
        return plain(value.value, depth + 1)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return value if value.bit_length() < 4096 else hex(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return {_key(name): plain(one, depth + 1) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one, depth + 1) for one in value]
    return _other(value, depth)


def _key(name: Any) -> str:
    return name if isinstance(name, str) else compact(name)


def _other(value: Any, depth: int) -> Any:
    if isinstance(value, set | frozenset):
        return sorted((plain(one, depth + 1) for one in value), key=repr)
    if isinstance(value, bytes | bytearray):
        return bytes(value).decode("utf-8", "backslashreplace")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name), depth + 1) for one in fields(value)}
    try:
        return repr(value)
    except Exception as error:
        return f"{type(value).__name__}, whose repr raises {type(error).__name__}"


def sides(got: Any, expected: Any) -> tuple[str, str]:
    """Both as text; what long ones have in common before and after they differ is left out."""
    left, right = pretty(got).split("\n"), pretty(expected).split("\n")
    if max(len(left), len(right)) > _LONG and not _nothing(expected):
        left, right = _withoutalike(left, right)
    return "\n".join(_few(left)), "\n".join(_few(right))


def _few(lines: list[str]) -> list[str]:
    return (
        lines if len(lines) <= _MOST_LINES else [*lines[:_MOST_LINES], f"… {len(lines) - _MOST_LINES:,} more lines …"]
    )


def _withoutalike(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    head = max(alike(left, right) - _AROUND, 0)
    tail = max(alike(left[::-1][: len(left) - head], right[::-1][: len(right) - head]) - _AROUND, 0)
    cut = [[*_gap(head), *side[head : len(side) - tail], *_gap(tail)] for side in (left, right)]
    return cut[0], cut[1]


def _gap(lines: int) -> list[str]:
    return [f"… {lines:,} equal lines …"] if lines else []
