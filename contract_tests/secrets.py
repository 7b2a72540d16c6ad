"""Secrets by value: whatever is printed, written or shown passes through a Mask."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from .encodings import RUN, alike, decoded, levels, mapped, packed, readable, spellings, unpacked
from .profile import ProfileFault

_SHORTEST = 4  # a shorter value hides nothing and would blot out words
_HALVED = 16  # of a value this long, half tells too much
_DEEPEST = 8  # encodings in one another
HIDDEN = "HIDDEN"
_PART = "_PART"

_IS = r"""(?:=|["']\s*[:=]\s*["'])(?!\$[A-Z])"""
_VALUE = r"""[^&\s"',;<>\\]"""
_KEYED = re.compile(
    r"\b(?:appsecret_proof|app_secret|client_secret|access_?key_?secret|signature|security_?token|bearer_?token"
    rf"|x-acs-(?:security|bearer)-token){_IS}({_VALUE}+)"
    rf"|\b(?:access_token|input_token|fb_exchange_token){_IS}({_VALUE}{{16,}})"
    r"""|\bauthorization["']?\s*[:=]\s*["']?(?!ACS3-)(?:[A-Z]+ )?+(?!\$[A-Z])([^\s"'][^"'\r\n]*)"""
    r"""|\b(?:x-acs-(?:security|bearer)-token|(?:set-)?cookie)["']?:\s*["']?(?!\$[A-Z])([^\s"'][^"'\r\n]*)"""
    r"""|\bbearer ([\w.~+/|=-]{16,})"""
    r"""|://[^/\s:@"']*:(?!\$[A-Z])([^/\s@"']+)@""",
    re.IGNORECASE,
)
Span = tuple[int, int, str]


class SecretLeft(ProfileFault):
    """What was to be written still holds a secret; the message says where and which, never its value."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The name of an appsecret_proof, and the names of the token and the secret that make it."""

    name: str
    token: str
    secret: str


@dataclass(frozen=True)
class Mask:
    """Replaces each secret by its name, in every spelling in which it may travel."""

    secrets: Mapping[str, str]  # the value and the name that stands for it
    spent: Mapping[str, str] = field(default_factory=dict)  # such as signatures, which nobody packs into anything

    def also(self, spent: Mapping[str, str]) -> "Mask":
        """The same, hiding what a call has spent as well."""
        return replace(self, spent={**self.spent, **spent})

    def text(self, text: str) -> str:
        """*text* without any secret."""
        return _named(self.parts(text))

    def known(self, text: str) -> str:
        """*text* of the kit's own without any secret that the mask knows; what merely looks like one stays."""
        return _named(self.parts(text, keyed=False))

    def parts(self, text: str, *, keyed: bool = True) -> list[tuple[str, str]]:
        """*text* in pieces, each with the name of the secret that it is, or "" where it is none."""
        if not self._in_text(text, _DEEPEST) and not (keyed and any(map(_KEYED.search, levels(text)))):
            return [(text, "")] if text else []
        pieces = _pieces(text, list(self._spans(text, keyed)))
        left = self._in_text(_named(pieces), _DEEPEST)
        return [(text, min(left))] if left else pieces

    def survivors(self, data: bytes) -> list[str]:
        """The names of the secrets that *data* still holds: in any spelling, in base64, hex or gzip, one in another."""
        found = self._in_text(data.decode("utf-8", "surrogateescape"), _DEEPEST) | self._in_packed(data, _DEEPEST)
        return sorted(name for name in found if name.removesuffix(_PART) not in found or not name.endswith(_PART))

    @cached_property
    def proofs(self) -> dict[str, Proof]:
        """The appsecret_proof of every token by every app's secret."""
        token, secret = "META_ACCESS_TOKEN", "META_APP_SECRET"
        return {
            hmac.new(by.encode(), of.encode(), hashlib.sha256).hexdigest(): Proof(
                f"META_APPSECRET_PROOF{mine.removeprefix(token)}{its.removeprefix(secret)}", mine, its
            )
            for by, its in self.secrets.items()
            if its.startswith(secret)
            for of, mine in self.secrets.items()
            if mine.startswith(token)
        }

    @cached_property
    def _needles(self) -> list[tuple[str, str]]:
        proofs = {value: proof.name for value, proof in self.proofs.items()}
        values = {value: name for value, name in self.secrets.items() if len(value) >= _SHORTEST}
        found = {**self.spent, **proofs, **{one: name for value, name in values.items() for one in spellings(value)}}
        return sorted((pair for pair in found.items() if len(pair[0]) >= _SHORTEST), key=lambda pair: len(pair[0]))

    @cached_property
    def _halves(self) -> list[tuple[str, str, str]]:
        values = [(value, name) for value, name in self.secrets.items() if len(value) >= _HALVED]
        return [(half, value, name) for value, name in values for half in (_head(value), _tail(value))]

    def _direct(self, plain: str) -> Iterator[Span]:
        """Where *plain* holds a secret or a telling part of one: parts first, then the shorter spellings."""
        for half, value, name in self._halves:
            if half in plain:
                yield from _partly(plain, half, value, name + _PART)
        for needle, name in self._needles:
            if needle in plain:
                yield from ((at, at + len(needle), name) for at in _places(plain, needle))

    def _in_text(self, text: str, depth: int) -> set[str]:
        if not self._needles:
            return set()
        found = {name for data, _ in packed(text) for name in self._in_packed(data, depth)}
        for plain in levels(text):
            found.update(name for _, _, name in self._direct(plain))
            if depth:
                blobs = [blob for run in RUN.finditer(plain) for blob in decoded(run[0])]
                found |= self._in_bytes(b"\0".join(blobs), depth - 1) if blobs else set()
        return found

    def _in_bytes(self, data: bytes, depth: int) -> set[str]:
        return self._in_text(readable(data), depth) | self._in_packed(data, depth)

    def _in_packed(self, data: bytes, depth: int) -> set[str]:
        found: set[str] = set()
        for blob in unpacked(data) if depth else ():
            found |= self._in_text(blob.decode("utf-8", "surrogateescape"), depth - 1)
            found |= self._in_packed(blob, depth - 1)
        return found

    def _spans(self, text: str, keyed: bool) -> Iterator[Span]:
        """Where *text* holds a secret; the surest last, so that its name wins."""
        views = list(mapped(text))
        for find in (_keyed, self._nested, self._direct) if keyed else (self._nested, self._direct):
            for plain, starts in views:
                yield from ((starts[first], starts[last], name) for first, last, name in find(plain))

    def _nested(self, plain: str) -> Iterator[Span]:
        """The runs of base64 or hex that hold a secret inside, and all that follows on a packed one."""
        for run in RUN.finditer(plain):
            names = self._in_bytes(b"\0".join(decoded(run[0])), _DEEPEST - 1)
            if names:
                yield run.start(), run.end(), min(names)
        for data, start in packed(plain):
            names = self._in_packed(data, _DEEPEST - 1)
            if names:
                yield start, len(plain), min(names)


def _named(pieces: list[tuple[str, str]]) -> str:
    return "".join(f"${name}" if name else plain for plain, name in pieces)


def _keyed(plain: str) -> Iterator[Span]:
    """What stands where secrets stand, whatever it is."""
    for found in _KEYED.finditer(plain):
        group = found.lastindex or 0
        yield found.start(group), found.end(group), HIDDEN


def _head(value: str) -> str:
    return value[: len(value) // 2]


def _tail(value: str) -> str:
    return value[len(value) // 2 :]


def _places(plain: str, part: str) -> Iterator[int]:
    at = plain.find(part)
    while at >= 0:
        yield at
        at = plain.find(part, at + 1)


def _partly(plain: str, half: str, value: str, name: str) -> Iterator[Span]:
    """Where *plain* holds this *half* of *value*, with as much more of it as is there."""
    ahead = value.startswith(half)
    for at in _places(plain, half):
        first, last = at, at + len(half)
        if ahead:
            last += alike(plain[last : at + len(value)], value[len(half) :])
        else:
            before = plain[max(0, last - len(value)) : at][::-1]
            first -= alike(before, value[: -len(half)][::-1])
        yield first, last, name


def _pieces(text: str, spans: list[Span]) -> list[tuple[str, str]]:
    """*text* cut at *spans*, of which the later win; what only looks like a secret and is very short stays."""
    owners = [""] * len(text)
    for first, last, name in spans:
        owners[first:last] = [name] * (last - first)
    pieces, at = [], 0
    for name, run in groupby(owners):
        end = at + sum(1 for _ in run)
        pieces.append((text[at:end], "" if name == HIDDEN and end - at < _SHORTEST else name))
        at = end
    return pieces
