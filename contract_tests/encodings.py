"""The ways in which a text travels, undone: escapes of URLs, JSON, HTML and Python; base64, hex, gzip and zlib."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape

_LEVELS = 8
_MOST = 8 << 20  # bytes that a packed text may unpack to
_ESCAPE = re.compile(
    r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<hex>(?:\\x[0-9A-Fa-f]{2})+)"
    r"|(?P<units>(?:\\u[0-9A-Fa-f]{4})+)"
    r"|(?P<long>\\U(?:000[0-9A-Fa-f]|0010)[0-9A-Fa-f]{4})"
    r"|(?P<slash>\\[^A-Za-z0-9]|\\[nrtbf])"
    r"|(?P<entity>&\#?[A-Za-z0-9]{1,31};)"
    "|(?P<bytes>[\x80-\xff\udc80-\udcff]+)"
)
_OCTETS = {"percent": "%", "hex": "\\x"}
_READABLE = re.compile(
    rb"(?:[\t\r\n -~]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){4,}"
)
_HEXES = re.compile(r"[0-9A-Fa-f]{8,}")
RUN = re.compile(r"[A-Za-z0-9+/_-]{8,}(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}")
_HEX = r"(?:\\+(?:x|u00)|%(?:25)*)"
_PACKED = re.compile(
    rf"(?:\x1f|{_HEX}1f)(?:\x8b|\udc8b|{_HEX}8b)|x(?:[\x01\x5e\x9c\xda\udc9c\udcda]|{_HEX}(?:01|5e|9c|da))",
    re.IGNORECASE,
)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def levels(text: str) -> Iterator[str]:
    """*text*, and *text* with its escapes undone once, twice, until none is left."""
    for _ in range(_LEVELS):
        yield text
        before, text = text, _ESCAPE.sub(_undone, text)
        if text == before:
            return


def mapped(text: str) -> Iterator[tuple[str, list[int]]]:
    """The same, each with the places in *text* at which its characters start, and the end."""
    starts = list(range(len(text) + 1))
    plain = text
    for _ in range(_LEVELS):
        yield plain, starts
        pairs = list(_stepped(plain))
        before, plain = plain, "".join(char for char, _ in pairs)
        starts = [*(starts[at] for _, at in pairs), starts[-1]]
        if plain == before:
            return


def spellings(value: str) -> set[str]:
    """How *value* may stand in a text whose escapes are undone: as it is, with pluses, in hex, in base64."""
    data = value.encode("utf-8", "surrogatepass")
    found = {value, value.replace(" ", "+"), list(levels(value))[-1], data.hex(), data.hex().upper()}
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + data).decode()
        # the letters that depend on nothing but the value
        letters = encoded[-(-offset * 8 // 6) : (offset + len(data)) * 8 // 6]
        found |= {letters, letters.replace("+", "-").replace("/", "_")}
    return found


def decoded(run: str) -> Iterator[bytes]:
    """What a run of letters may be in base64, wherever it starts in it, and in hex."""
    letters = re.sub(r"\s|=", "", run).replace("-", "+").replace("_", "/")
    for shift in range(4):
        part = letters[shift:]
        part = part[:-1] if len(part) % 4 == 1 else part
        yield binascii.a2b_base64(part + "=" * (-len(part) % 4))
    for found in _HEXES.findall(letters):
        yield from (bytes.fromhex(part[: len(part) // 2 * 2]) for part in (found, found[1:]))


def packed(text: str) -> Iterator[tuple[bytes, int]]:
    """What *text* may be as bytes with something packed in them, written out as in %1F%8B or \\x1f\\x8b, and where."""
    found = _PACKED.search(text)
    plain = text[found.start() :] if found else ""
    for _ in range(_LEVELS if found else 0):
        yield plain.encode("latin-1", "replace"), found.start() if found else 0
        before, plain = plain, _ESCAPE.sub(_octets, plain)
        if plain == before:
            return


def unpacked(data: bytes) -> Iterator[bytes]:
    """What the gzip and zlib members in *data* hold, even where they are cut off."""
    for found in re.finditer(rb"\x1f\x8b\x08|x[\x01\x5e\x9c\xda]", data):
        try:
            yield zlib.decompressobj(47).decompress(data[found.start() :], _MOST)
        except zlib.error:
            continue


def readable(data: bytes) -> str:
    """The parts of *data* that may be text, kept apart."""
    return b"\0".join(_READABLE.findall(data)).decode("utf-8", "surrogateescape")


def alike(left: Sequence[str], right: Sequence[str]) -> int:
    """How many of the first characters, or lines, of both are the same."""
    return next(
        (at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), min(len(left), len(right))
    )


def _undone(found: re.Match[str]) -> str:
    return _plain(found[0], found.lastgroup or "")


@lru_cache(4096)
def _plain(text: str, kind: str) -> str:
    return "".join(char for char, _ in _unescaped(text, kind))


def _stepped(plain: str) -> Iterator[tuple[str, int]]:
    at = 0
    for found in _ESCAPE.finditer(plain):
        yield from zip(plain[at : found.start()], range(at, found.start()), strict=True)
        at = found.start()
        for char, width in _unescaped(found[0], found.lastgroup or ""):
            yield char, at
            at += width
        at = found.end()
    yield from zip(plain[at:], range(at, len(plain)), strict=True)


def _unescaped(text: str, kind: str) -> Iterable[tuple[str, int]]:
    """The characters for which the escape *text* stands, each with its width in it."""
    if kind in _OCTETS:
        return _characters(bytes.fromhex(text.replace(_OCTETS[kind], "")), len(_OCTETS[kind]) + 2)
    if kind == "bytes":
        return _characters(bytes(ord(char) & 0xFF for char in text), 1)
    if kind == "units":
        units = bytes.fromhex(text.replace("\\u", "")).decode("utf-16-be", "surrogatepass")
        return ((char, 12 if char > "\uffff" else 6) for char in units)
    if kind == "long":
        return [(chr(int(text[2:], 16)), len(text))]
    if kind == "slash":
        return [(_CONTROLS.get(text[1], text[1]), 2)]
    plain = unescape(text)
    # one character is an entity; more are a name that html.unescape finds at the start of a longer word
    return [(plain, len(text))] if len(plain) == 1 else [(char, 1) for char in text]


def _octets(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    if kind in _OCTETS:
        return bytes.fromhex(found[0].replace(_OCTETS[kind], "")).decode("latin-1")
    if kind == "bytes":
        return "".join(chr(ord(char) & 0xFF) for char in found[0])
    return _undone(found)


def _characters(data: bytes, width: int) -> Iterator[tuple[str, int]]:
    """The text that *data* is in UTF-8, and in Latin-1 where it is no UTF-8."""
    for char in data.decode("utf-8", "surrogateescape"):
        lone = "\udc80" <= char <= "\udcff"
        yield (chr(ord(char) & 0xFF), width) if lone else (char, width * len(char.encode()))
