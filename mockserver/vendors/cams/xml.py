"""The XML that V1 answers with unless JSON is asked for."""

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

_ERROR_ORDER = ("RequestId", "HostId", "Code", "Message", "Recommend", "AccessDeniedDetail")
_NAME = re.compile("[A-Za-z_][A-Za-z0-9_.-]*")
_NAMELESS = re.compile("^[^A-Za-z_]|[^A-Za-z0-9_.-]|^$")  # a caller's own words may be no names
# XML 1.0 has no way to write these
_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def error(body: Mapping[str, Any]) -> bytes:
    """The document of a gateway error."""
    return _document("Error", {name: body[name] for name in _ERROR_ORDER if name in body})


def answer(action: str, body: Mapping[str, Any]) -> bytes:
    """The document of the operation *action*."""
    return _document(f"{action}Response", body)


def _document(root: str, body: Mapping[str, Any]) -> bytes:
    return f"<?xml version='1.0' encoding='UTF-8'?>{_element(root, body)}".encode()


def _element(name: str, value: Any) -> str:
    """*value* under *name*; a list repeats its name, as in the XML samples of the vendor's SMS service."""
    name = _NAMELESS.sub("_", name) if _NAME.fullmatch(name) is None else name
    if isinstance(value, list):
        return "".join(_element(name, one) for one in value)
    if isinstance(value, Mapping):
        return f"<{name}>{''.join(_element(part, one) for part, one in value.items())}</{name}>"
    if name == "Recommend":
        return f"<{name}><![CDATA[{value}]]></{name}>"
    return f"<{name}>{_text(value)}</{name}>"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_UNSPEAKABLE.sub("\ufffd", str(value)))
