"""Secrets by value: whatever is printed, written or shown passes through a Mask."""

import base64
import gzip
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, quote_plus

_SIGNATURES = re.compile(
    r"((?:appsecret_proof|Signature|SignatureNonce|access_token|input_token)(?:=|%3D|\"\s*:\s*\"|':\s*'))([^&\s\"',;]+)"
)
_SHORTEST = 4  # a shorter value hides nothing and would blot out words


@dataclass(frozen=True)
class Mask:
    """Replaces each secret by its name, in every spelling in which it may travel."""

    secrets: Mapping[str, str]  # the value and the name that stands for it

    @cached_property
    def _spellings(self) -> list[tuple[str, str]]:
        found = {
            spelling: name
            for value, name in self.secrets.items()
            if len(value) >= _SHORTEST
            for spelling in spellings(value)
        }
        return sorted(found.items(), key=lambda pair: -len(pair[0]))

    def text(self, text: str) -> str:
        """*text* without any secret."""
        for spelling, name in self._spellings:
            text = text.replace(spelling, f"${name}")
        return _SIGNATURES.sub(lambda found: found[0] if found[2].startswith("$") else f"{found[1]}$HIDDEN", text)

    def survivors(self, data: bytes) -> list[str]:
        """The names of the secrets that *data* still holds, in any spelling, also inside gzip."""
        texts = [data.decode("utf-8", "replace"), *(part.decode("utf-8", "replace") for part in _unzipped(data))]
        return sorted({name for spelling, name in self._spellings for text in texts if spelling in text})


def spellings(value: str) -> Iterable[str]:
    """The ways in which *value* may be written: raw, percent-encoded once and twice, JSON, base64 at any offset."""
    once = quote(value, safe="")
    yield from {value, once, once.lower(), quote(once, safe=""), quote_plus(value), value.replace("/", "\\/")}
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + value.encode()).decode()
        # the letters that depend on nothing but the value
        yield encoded[-(-offset * 8 // 6) :].rstrip("=")[: len(value) * 8 // 6 - 1]


def _unzipped(data: bytes) -> Iterable[bytes]:
    """What gzip members inside *data* hold; base64 of gzip too."""
    for blob in (data, *_base64_runs(data)):
        start = blob.find(b"\x1f\x8b")
        while start >= 0:
            try:
                yield gzip.decompress(blob[start:])
            except (OSError, EOFError, zlib.error):
                try:
                    yield zlib.decompressobj(31).decompress(blob[start:])
                except zlib.error:
                    pass
            start = blob.find(b"\x1f\x8b", start + 1)


def _base64_runs(data: bytes) -> Iterable[bytes]:
    for run in re.findall(rb"H4sI[A-Za-z0-9+/]{12,}={0,2}", data):
        try:
            yield base64.b64decode(run + b"=" * (-len(run) % 4))
        except ValueError:
            continue
