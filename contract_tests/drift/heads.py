"""Headers as shapes: their names, constants where they are worth keeping, and the limits that they tell."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from . import shapes
from .shapes import Shape, Shapes

# what a server or a proxy in between adds, or leaves out over TLS: no word of the vendor's
TRANSPORT = frozenset(
    "age alt-svc connection content-encoding content-length date expires keep-alive proxy-connection server"
    " strict-transport-security transfer-encoding vary via x-cache x-mock-bug".split()
)
_CONSTANT = ("content-type", "cache-control")
VERSION = "facebook-api-version"
AS_ASKED = "as asked"
CHALLENGE = "www-authenticate"
TIERS = ("development_access", "standard_access")
_CASES = (
    "ads_insights", "ads_management", "custom_audience", "instagram", "leadgen", "messenger", "pages",
    "whatsapp_business_management",
)  # fmt: skip
_RATE = re.compile(r"\w+:-?\d+(,\w+:-?\d+)*")
_VALUES = (
    ("UUID", r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}"),
    ("digits", r"\d+"),
    ("number", r"[+-]?\d+\.\d+"),
    ("quoted", r'(W/)?".*"'),
    ("word", r"\*|[A-Za-z0-9+/_=-]+"),
)


def of(headers: Mapping[str, str], asked_version: str, private: Callable[[str], bool]) -> dict[str, str]:
    """Each header that is the vendor's word with what it looks like; one whose name is private is left out."""
    kept = {name: value for name, value in headers.items() if name not in TRANSPORT and not private(name)}
    return {name: _value(name, value, asked_version, private) for name, value in sorted(kept.items())}


def _value(name: str, value: str, asked_version: str, private: Callable[[str], bool]) -> str:
    if name == VERSION:
        return AS_ASKED if value == asked_version else value if re.fullmatch(r"v\d+\.\d+", value) else "text"
    if name in _CONSTANT:
        return "text" if private(value) or len(value) > 120 else re.sub(r"\s+", "", value.lower())
    if name == CHALLENGE:
        return _challenge(value)
    if _object(value) is not None or _RATE.fullmatch(value):
        return "limits"
    return next((kind for kind, pattern in _VALUES if re.fullmatch(pattern, value)), "text")


def _challenge(value: str) -> str:
    """The scheme and the kind of error; the words stand in the body too."""
    found = re.match(r'OAuth "Facebook Platform" "(invalid_\w{1,20})" ".*"$', value, re.DOTALL)
    return f'OAuth "Facebook Platform" "{found[1]}" <words>' if found else "text"


def limits(headers: Mapping[str, str], private: Callable[[str], bool]) -> Shapes:
    """What the usage headers tell, by header and path: their keys and tiers, and the documented rate."""
    found: Shapes = {}
    for name, value in sorted(headers.items()):
        told = _object(value) if name not in TRANSPORT and not private(name) else None
        if told is not None:
            inner = shapes.of(told, _words, private)
            found |= {f"{name}.{path}": _plain(shape) for path, shape in inner.items() if path}
        elif _RATE.fullmatch(value):
            found |= {f"{name}.{key}": shape for key, shape in _rate(value).items()}
    return found


def _rate(value: str) -> Shapes:
    pairs = dict(part.split(":") for part in value.split(","))
    return {key: Shape(("number",), words=(number,) if key == "Limit" else ()) for key, number in pairs.items()}


def _words(path: str) -> Collection[str]:
    return {"type": _CASES, "ads_api_access_tier": TIERS}.get(path.rpartition(".")[2], ())


def _plain(shape: Shape) -> Shape:
    """A usage is a number, whole or not."""
    types = tuple(sorted({"number" if one == "integer" else one for one in shape.types}))
    return Shape(types, shape.presence, words=shape.words)


def _object(value: str) -> Any:
    if not value.startswith("{"):
        return None
    try:
        told = json.loads(value)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
