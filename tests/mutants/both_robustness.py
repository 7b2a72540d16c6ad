"""Servers that break on odd input."""

from typing import Any
from urllib.parse import unquote_plus

from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.catalogue import Mutant

HTML = b"<!doctype html><title>Internal Server Error</title>"


def _breaks(vendor: str, odd: Any, status: int = 500) -> Any:
    """A request that is *odd* gets an HTML page."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.vendor != vendor or not odd(_text(asked)):
            return reply
        return reply.holding(HTML, status).headed(content_type="text/html; charset=utf-8")

    return bend


def _drops(vendor: str, odd: Any) -> Any:
    """A request that is *odd* loses its connection."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        if asked.vendor == vendor and odd(_text(asked)):
            raise ConnectionResetError("the server has gone away")
        return inner(asked)

    return bend


def _text(asked: Asked) -> str:
    """All that a client writes: path, query and body."""
    query = unquote_plus(str(asked.environ.get("QUERY_STRING", "")), errors="replace")
    path = asked.path.encode("latin-1", "replace").decode("utf-8", "replace")
    return f"{path}?{query}&{unquote_plus(asked.body.decode('utf-8', 'replace'), errors='replace')}"


def _emoji(text: str) -> bool:
    return any(ord(mark) > 0xFFFF for mark in text)


def _right_to_left(text: str) -> bool:
    return any(0x590 <= ord(mark) <= 0x6FF or mark == "\u202e" for mark in text)


def _deep(text: str) -> bool:
    return "[[[[[[[[" in text or '{"a":{"a":{"a":' in text.replace(" ", "") or text.count("[") > 40


def _long(text: str) -> bool:
    return len(text) > 4000


def _nul(text: str) -> bool:
    return "\x00" in text


def _not_utf8(text: str) -> bool:
    return "\ufffd" in text


def _large_number(text: str) -> bool:
    return any(word in text for word in ("99999999999", "1000000000", "9223372036854775808", "1e999"))


def _pair(vendor: str, name: str, fault: str, how: Any) -> Mutant:
    return Mutant(f"{vendor}-odd-{name}", "robustness", fault, f"{vendor.upper()}-Z2", how)


MUTANTS = (
    _pair("meta", "emoji", "Characters beyond the basic plane are answered with HTTP 500.", _breaks("meta", _emoji)),
    _pair("meta", "long", "Long requests are answered in HTML, with HTTP 414.", _breaks("meta", _long, 414)),
    _pair("meta", "nul", "A NUL closes the connection.", _drops("meta", _nul)),
    _pair("meta", "deep", "Deep JSON is answered with HTTP 500.", _breaks("meta", _deep)),
    _pair("meta", "right-to-left", "Right-to-left scripts are answered with HTTP 500.",
          _breaks("meta", _right_to_left)),
    _pair("meta", "not-utf8", "Bytes that are no UTF-8 are answered with HTTP 500.", _breaks("meta", _not_utf8)),
    _pair("meta", "large", "Large numbers are answered with HTTP 500.", _breaks("meta", _large_number)),
    _pair("cams", "emoji", "Characters beyond the basic plane are answered with HTTP 500.", _breaks("cams", _emoji)),
    _pair("cams", "long", "Long requests are answered in HTML, with HTTP 414.", _breaks("cams", _long, 414)),
    _pair("cams", "nul", "A NUL closes the connection.", _drops("cams", _nul)),
    _pair("cams", "deep", "Deep JSON is answered with HTTP 500.", _breaks("cams", _deep)),
    _pair("cams", "right-to-left", "Right-to-left scripts are answered with HTTP 500.",
          _breaks("cams", _right_to_left)),
    _pair("cams", "not-utf8", "Bytes that are no UTF-8 are answered with HTTP 500.", _breaks("cams", _not_utf8)),
    _pair("cams", "large", "Large numbers are answered with HTTP 500.", _breaks("cams", _large_number)),
)  # fmt: skip
