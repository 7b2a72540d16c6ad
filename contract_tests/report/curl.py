"""A call as a line for a shell: secrets as variables of its environment, everything else as it was sent."""

import json
import re
import shlex
from dataclasses import dataclass
from itertools import chain, groupby
from urllib.parse import parse_qsl, quote, urlsplit

from ..secrets import HIDDEN, Mask
from ..wire import Call
from .legible import fit, masked

_WORD = 4000  # characters of one word of the line
_FORM = 1 << 16  # bytes of a body that are read as a form
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_SIGNED = {
    "Action", "Version", "Format", "AccessKeyId", "SignatureMethod", "SignatureVersion", "SignatureNonce", "Timestamp",
    "SecurityToken", "Signature", "SignatureType", "BearerToken",
}  # fmt: skip
Pieces = list[tuple[str, str]]
SIGNATURE = "SIGNATURE"  # the name of a spent one


@dataclass(frozen=True, slots=True)
class Line:
    """A curl line, and what else it takes to repeat the call."""

    text: str
    notes: tuple[str, ...] = ()


def line(call: Call, mask: Mask) -> Line:
    """*call* as a curl line."""
    target = masked(call.target, mask)
    body = masked(call.body.decode("utf-8", "surrogateescape"), mask)
    headers = [masked(text, mask) for text in _headers(call)]
    origin = mask.parts(call.origin)
    words = [_method(call), *(["--path-as-is"] if "/." in call.path else [])]
    words += [f"-H {_word(_kept(pieces))}" for pieces in headers]
    words += [f"--data-raw {_word(_kept(body))}"] if call.body else []
    words.append(_word(_kept(origin + target)))
    names = {name for _, name in [*origin, *target, *body, *(piece for one in headers for piece in one)] if name}
    encoded = {name for _, name in target if name}
    text = " ".join(["curl -gsi", *(word for word in words if word)])
    return Line(text, (*_notes(mask, names, encoded), *_limits(call), *_signing(call, mask)))


def _method(call: Call) -> str:
    if call.method == "HEAD":
        return "--head"
    implied = "POST" if call.body else "GET"
    return "" if call.method == implied else f"-X {shlex.quote(call.method)}"


def _headers(call: Call) -> list[str]:
    """The headers that curl would not send by itself, and the one that it would send and must not."""
    host = urlsplit(call.origin).netloc
    sent = [(name, value) for name, value in call.headers.items() if (name.lower(), value) != ("host", host)]
    typed = not call.body or any(name.lower() == "content-type" for name, _ in sent)
    return [
        *(f"{name}: {value}" if value else f"{name};" for name, value in sent),
        *([] if typed else ["content-type:"]),
    ]


def _kept(pieces: Pieces) -> Pieces:
    """*pieces*, cut off where the word gets too long."""
    kept: Pieces = []
    left = _WORD
    for text, name in pieces:
        kept.append((text, name) if name else (text[:left], ""))
        left -= 0 if name else len(text)
        if left < 0:
            return [*kept, ("…", "")]
    return kept


def _word(pieces: Pieces) -> str:
    """One word of the shell: text as it is, secrets as variables."""
    words = (
        [f'"${name}"' for _, name in run] if secret else [_quoted("".join(text for text, _ in run))]
        for secret, run in groupby(pieces, lambda piece: bool(piece[1]))
    )
    return "".join(chain.from_iterable(words))


def _quoted(text: str) -> str:
    if not _CONTROL.search(text):
        return shlex.quote(text)
    plain = text.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + _CONTROL.sub(lambda found: "".join(f"\\x{one:02x}" for one in _octets(found[0])), plain) + "'"


def _octets(char: str) -> bytes:
    return bytes([ord(char) - 0xDC00]) if "\udc80" <= char <= "\udcff" else char.encode("utf-8", "surrogatepass")


def _notes(mask: Mask, names: set[str], encoded: set[str]) -> list[str]:
    """How to set the variables *names*, of which *encoded* stand in the address."""
    values = {name: value for value, name in mask.secrets.items()}
    notes = [
        f'{proof.name}=$(printf %s "${proof.token}" | openssl dgst -sha256 -hmac "${proof.secret}" -r | cut -d" " -f1)'
        for proof in mask.proofs.values()
        if proof.name in names
    ]
    hard = [name for name in sorted(encoded) if quote(value := values.get(name, ""), safe="") != value]
    notes += [f"{name} goes into the address percent-encoded" for name in hard]
    return [*notes, f"{HIDDEN} is a credential that the environment does not have"] if HIDDEN in names else notes


def _limits(call: Call) -> list[str]:
    """What the line cannot tell."""
    notes = []
    if max(len(call.target), len(call.body), *map(len, call.headers.values()), 0) > _WORD:
        notes.append(f"shortened: the address has {len(call.target):,} characters, the body {len(call.body):,} bytes")
    if b"\0" in call.body:
        notes.append("the body holds a NUL, which no command line can carry")
    return notes


def _signing(call: Call, mask: Mask) -> list[str]:
    """What to sign again, where the call is one that CAMS takes only once."""
    headers = {name.lower(): value for name, value in call.headers.items()}
    form = dict(parse_qsl(call.body[:_FORM].decode("utf-8", "replace"), keep_blank_values=True, errors="replace"))
    given = call.query | form
    if "x-acs-action" not in headers and not {"Action", "SignatureNonce", "SignatureMethod"} & given.keys():
        return []
    action = headers.get("x-acs-action", given.get("Action", "(none)"))
    parameters = {name: value for name, value in given.items() if name not in _SIGNED}
    told = fit(json.dumps(parameters, ensure_ascii=False), mask, _WORD)
    return [f"CAMS takes a signed request once and for 15 minutes; sign again: {fit(action, mask, 200)} {told}"]
