"""What is signed cannot be changed on the way, and a wrong secret signs nothing: every part, on every operation."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from ..ask import Ask
from ..bad_cams import Bad, Row, deliver, host, parameters, refuse, rehashed, shaped, with_headers, with_parameters
from ..cams import Prepared
from ..expect import holds, same
from ..found_cams import ACCOUNTS, LIST, NAMES, WAYS, spread, valid
from ..profile import Key
from ..property import Live, contract
from ..signing import encoded, query
from ..words_cams import GATEWAY, refused_as, told
from .cams_auth import V3_PAGE

MISMATCH = "SignatureDoesNotMatch"
ELSEWHERE = "signed for another host"
_HOW: dict[str, Any] = {"kind": "refusal", "examples": 1}
Tamper = tuple[str, Callable[[Prepared], Prepared]]


def _other(text: str) -> str:
    """*text* with its last sign changed."""
    return text[:-1] + ("1" if text[-1:] != "1" else "2")


def _with(name: str, value: Callable[[str], str]) -> Callable[[Prepared], Prepared]:
    def tamper(prepared: Prepared) -> Prepared:
        sent = parameters(prepared)
        return with_parameters(prepared, {**sent, name: value(sent[name])})

    return tamper


def _without(name: str) -> Callable[[Prepared], Prepared]:
    return lambda one: with_parameters(one, {key: value for key, value in parameters(one).items() if key != name})


def _added(prepared: Prepared) -> Prepared:
    return with_parameters(prepared, {**parameters(prepared), "Extra": "1"})


def _added_to_query(prepared: Prepared) -> Prepared:
    mark = "&" if "?" in prepared.target else "?"
    return replace(prepared, target=f"{prepared.target}{mark}IsvCode=1")


def _method(prepared: Prepared) -> Prepared:
    return replace(prepared, method="GET" if prepared.method == "POST" else "POST")


def tampered(name: str, way: Mapping[str, str], sent: Row, another_key: str) -> Iterator[Tamper]:
    """Every part of a signed call of *name* that somebody on the way could change."""
    first = next(one for one, value in sent.items() if value is not None)
    yield from ((f"{first} changed", _with(first, _other)), ("a parameter removed", _without(first)))
    yield from (("a parameter added", _added), ("a parameter added to the query", _added_to_query))
    yield "a parameter swapped", lambda one: with_parameters(one, {**parameters(one), first: "cams-other-owner"})
    if way["place"] == "query":
        yield "the method changed", _method
    yield from _of_headers(name, way, another_key) if way["scheme"] == "v3" else _of_parameters(name, another_key)


def _of_headers(name: str, way: Mapping[str, str], another_key: str) -> Iterator[Tamper]:
    def header(one: str, change: Callable[[str], str]) -> Callable[[Prepared], Prepared]:
        return lambda prepared: with_headers(prepared, **{one: change(prepared.headers[one.replace("_", "-")])})

    yield "the action changed", header("x_acs_action", lambda _: LIST if name != LIST else ACCOUNTS)
    yield "the date changed", header("x_acs_date", lambda text: text[:-2] + ("1Z" if text[-2] != "1" else "2Z"))
    yield "the nonce changed", header("x_acs_signature_nonce", _other)
    yield "the body's hash changed", header("x_acs_content_sha256", _other)
    yield "the hash of another body", header("x_acs_content_sha256", lambda _: sha256(b"x").hexdigest())
    yield "the signature changed", header("authorization", _other)
    yield "the signature cut", header("authorization", lambda text: text[:-1])
    yield (
        "another key named",
        header("authorization", lambda text: re.sub("Credential=[^,]+", f"Credential={another_key}", text)),
    )
    yield ELSEWHERE, lambda one: one
    if way["place"] == "form":
        yield "the content type changed", header("content_type", lambda text: f"{text}; charset=utf-8")
        yield "a parameter added, and the body hashed anew", lambda one: rehashed(_added(one))


def _of_parameters(name: str, another_key: str) -> Iterator[Tamper]:
    yield "the action changed", _with("Action", lambda _: LIST if name != LIST else ACCOUNTS)
    yield "the time changed", _with("Timestamp", lambda text: text[:-2] + ("1Z" if text[-2] != "1" else "2Z"))
    yield "the nonce changed", _with("SignatureNonce", _other)
    yield "the format respelt", _with("Format", lambda _: "json")
    yield "the signature changed", _with("Signature", lambda text: ("A" if text[0] != "A" else "B") + text[1:])
    yield "the signature cut", _with("Signature", lambda text: text[:-2])
    yield "the signature in small letters", _with("Signature", str.lower)
    yield "another key named", _with("AccessKeyId", lambda _: another_key)


@contract(
    "CAMS-U5", "No part of a signed call can be changed",
    sentence="SignatureDoesNotMatch. Recorded: with one tampered parameter 0 of 181 signatures verify", page=V3_PAGE,
    live=Live.MOCK, calls=400, **_HOW,
)  # fmt: skip
def tampering_is_noticed(ask: Ask) -> None:
    """A parameter, header, method, action, body or signature changed: SignatureDoesNotMatch, on every operation."""
    assert ask.profile.cams
    another_key = next((key.id for kind, key in ask.profile.cams.keys.items() if kind == "other_owner"), "")
    cases = [
        (name, way, *tamper)
        for name in NAMES
        for way in WAYS
        for tamper in tampered(name, way, shaped(ask, name), another_key)
        if another_key or tamper[0] != "another key named"
    ]
    for name, way, what, tamper in spread(ask, cases, 60):
        away = what == ELSEWHERE
        prepared = ask.cams.prepare(
            name, shaped(ask, name), common={"host": "cams.example.com"} if away else None, **way
        )
        changed = with_headers(prepared, host=host(ask)) if away else tamper(prepared)
        answer = deliver(ask, changed, name)
        holds(
            told(answer).get("Code") != "OK",
            f"a signed call is refused with {what} ({name}, {way})",
            answer.text[:300],
            MISMATCH,
        )
        refused_as(ask, answer, MISMATCH)


@contract(
    "CAMS-U6", "A common header that the signature leaves out is refused",
    sentence="Every common header but Authorization that is there must be signed. Assumed: IncompleteSignature",
    page=V3_PAGE, live=Live.MOCK, calls=20, **_HOW,
)  # fmt: skip
def common_headers_are_signed(ask: Ask) -> None:
    """host or an x-acs-* header outside SignedHeaders, or a signed one that is absent: IncompleteSignature."""
    for name in spread(ask, NAMES, 3):
        for out in ("host", "x-acs-action", "x-acs-date", "x-acs-signature-nonce"):
            prepared = ask.cams.prepare(name, shaped(ask, name))
            text = prepared.headers["authorization"]
            without = re.sub(rf"(?<=[=;]){out};|;{out}(?=,)", "", text, count=1)
            refused_as(ask, deliver(ask, with_headers(prepared, authorization=without), name), "IncompleteSignature")
        prepared = with_headers(ask.cams.prepare(name, shaped(ask, name)), x_acs_extra="1")
        refused_as(ask, deliver(ask, prepared, name), "IncompleteSignature")
        text = prepared.headers["authorization"].replace("SignedHeaders=", "SignedHeaders=x-absent;")
        refused_as(ask, deliver(ask, with_headers(prepared, authorization=text), name), "IncompleteSignature")


@contract(
    "CAMS-U7", "A call that is signed with a wrong secret is refused",
    sentence="Recorded: SignatureDoesNotMatch, Specified signature does not match our calculation", page=V3_PAGE,
    live=Live.SAFE, calls=1, **_HOW,
)  # fmt: skip
def a_wrong_secret_is_refused(ask: Ask) -> None:
    """One call with the right key and another secret: SignatureDoesNotMatch."""
    key = replace(ask.cams.key, secret=f"{ask.cams.key.secret}x")
    refused_as(ask, ask.cams.call(ACCOUNTS, valid(ask, ACCOUNTS), key=key), MISMATCH)


@contract(
    "CAMS-U8", "A wrong secret is refused on every operation, in every scheme, method and place",
    sentence="Recorded: with a wrong secret 0 of 181 signatures verify", page=V3_PAGE, live=Live.MOCK, calls=150,
    **_HOW,
)  # fmt: skip
def wrong_secrets_are_refused(ask: Ask) -> None:
    """Cut, longer, in another case, empty, or another key's: SignatureDoesNotMatch."""
    assert ask.profile.cams
    right = ask.cams.key
    wrong = [f"{right.secret}x", right.secret[:-1], right.secret.swapcase(), "", f"{right.secret}&"]
    wrong += sorted({key.secret for key in ask.profile.cams.keys.values()} - {right.secret})[:1]
    cases = [(name, way, secret) for secret in wrong if secret != right.secret for way in WAYS for name in NAMES]
    how = [(name, {**way, "key": Key(right.id, secret)}) for name, way, secret in spread(ask, cases, 36)]
    refuse(ask, (Bad(name, MISMATCH, "", {}, one, early=True) for name, one in how))


@contract(
    "CAMS-U9", "SignatureDoesNotMatch tells the text that the server signed",
    sentence="Recorded: server string to sign is:<StringToSign>; server StringToSign is […] server CanonicalRequest"
    " is […]", page=GATEWAY, live=Live.MOCK, calls=12, **_HOW,
)  # fmt: skip
def the_signed_text_is_told(ask: Ask) -> None:
    """V1: exactly what the client signed, after the first colon; V3: the hash of the canonical request that is told."""
    key = Key(ask.cams.key.id, "wrong")
    for way in WAYS:
        prepared = ask.cams.prepare(LIST, {**valid(ask, LIST), "CampaignName": "it's 100% + é"}, key=key, **way)
        message = told(ask.cams.send(prepared, LIST)).get("Message", "")
        if way["scheme"] == "v1":
            sent = {name: value for name, value in parameters(prepared).items() if name != "Signature"}
            text = f"{way['method']}&%2F&{encoded(query(sent))}"
            same(message.partition(":")[2], text, "the message tells the string to sign")
            continue
        found = re.search(r"\[ACS3-HMAC-SHA256\n([0-9a-f]{64})\].*\[(.*)\]", message, re.DOTALL)
        holds(found, "the message tells string to sign and canonical request", message, "both in brackets")
        assert found
        same(found[1], sha256(found[2].encode()).hexdigest(), "the string to sign is the hash of the canonical request")
        lines = found[2].split("\n")
        in_query = "" if way["place"] == "form" else query(parameters(prepared))
        same(lines[:3], [way["method"], "/", in_query], "the canonical request is what was asked")
