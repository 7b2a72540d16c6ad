"""No input breaks CAMS: signed or not, whatever stands in a query, header or body is answered in its envelope."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from hypothesis import strategies as st

from mockserver.contract.load import load

from ..ask import Ask
from ..cams import FORM, Prepared
from ..found_cams import ENABLE, LIST, METRIC, WAYS, able, places, valid
from ..hostile import CORE, HEADER_TEXTS, MORE, TEXTS, unharmed
from ..property import Live, contract
from ..signing import v3_headers
from ..strategies import arguments, invalid
from ..wire import Answer
from .fuzz import KINDS, METHODS

PAGE = "Alibaba Cloud OpenAPI, Return results"
SENTENCE = "Recorded: the gateway's errors hold RequestId, Message, Recommend, HostId and Code, in JSON or XML."
HOW: dict[str, Any] = {"sentence": SENTENCE, "page": PAGE, "kind": "fuzz", "live": Live.MOCK}
COMMON = (
    "Action", "Version", "Format", "AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "SignatureType",
    "SignatureNonce", "Timestamp", "SecurityToken", "BearerToken", "RegionId", "Page.Size", "Page.", ".Page", "%00",
)  # fmt: skip
HEADERS = (
    "authorization", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256",
    "x-acs-security-token", "x-acs-accesskey-id", "x-acs-bearer-token", "content-type", "accept", "cookie",
)  # fmt: skip
WORDS = (
    "2020-06-06", "JSON", "xml", "XML", "HMAC-SHA1", "1.0", "ListPageAdAccount", "ACS3-HMAC-SHA256",
    "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=b", "ACS3-RSA-SHA256 Credential=",
    "2026-02-30T25:61:61Z", "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=;;;host;x-acs-date,Signature=",
)  # fmt: skip
SLOW = {METRIC: 12, ENABLE: 3}  # so many calls of what is limited
Send = Callable[[], Answer]


def signed(ask: Ask, action: str, pairs: list[tuple[str, str]]) -> Send:
    """A call of *action* with *pairs*, percent-encoded as they stand, under a V3 signature of exactly that."""
    good = ask.cams.prepare(action, {})
    names = ("authorization", "x-acs-content-sha256")
    headers = {name: value for name, value in good.headers.items() if name not in names}
    query = "&".join(f"{name}={value}" for name, value in sorted(pairs))
    whole = v3_headers(ask.cams.key.secret, ask.cams.key.id, "POST", query, headers, b"")
    return sending(ask, Prepared("POST", f"/?{query}", whole), action)


def sending(ask: Ask, one: Prepared, action: str | None = None) -> Send:
    """Send *one* as it is."""
    return partial(ask.cams.send, one, action)


def sparing(ask: Ask, names: list[str]) -> Iterator[str]:
    """*names* of operations without those that a target with limits would refuse so many times."""
    left = dict(SLOW)
    for name in names:
        left[name] = left.get(name, 1) - (name in SLOW and ask.target.throttle > 0)
        yield name if left[name] > 0 else LIST


@contract("CAMS-Z1", "Any value of any parameter is answered", calls=8, examples=25, **HOW)
def any_value(ask: Ask) -> None:
    """Values that the operation's file allows, and values that it does not, by every way of signing and sending."""
    sends = []
    drawn = [ask.one_of(sorted(load("cams").operations), f"operation {turn}") for turn in range(5)]
    for turn, name in enumerate(_few(ask, drawn)):
        asked = _drawn(ask, name, turn)
        sends.append(sending(ask, ask.cams.prepare(name, asked, **ask.one_of(WAYS, f"way {turn}")), name))
    unharmed(ask, "cams", sends)


def _few(ask: Ask, names: list[str]) -> list[str]:
    """*names*, at most one of them limited where limits are enforced."""
    return [LIST if ask.target.throttle and name in SLOW and at else name for at, name in enumerate(names)]


def _drawn(ask: Ask, name: str, turn: int) -> dict[str, Any]:
    """Parameters of the operation *name*, up to three of which its file refuses."""
    wrong = ask.draw(st.lists(st.sampled_from(sorted(load("cams").operations[name].parameters)), max_size=3))
    spoilt = {one: ask.draw(_wrong(name, one), f"{one} {turn}") for one in wrong}
    return {**ask.draw(_right(name), f"parameters {turn}"), **spoilt}


@cache
def _right(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return arguments(load("cams").operations[name])


@cache
def _wrong(name: str, parameter: str) -> st.SearchStrategy[Any]:
    return invalid(load("cams").operations[name].parameters[parameter])


@contract("CAMS-Z2", "Every parameter bears every nasty text", calls=700, examples=1, **HOW)
def each_nasty_text(ask: Ask) -> None:
    """NUL, halves of letters, invalid UTF-8, emoji, right-to-left, 5 and 60 kB, deep nesting, numbers at bounds."""
    cases = ask.some(list(_nasty(able(ask))), 60)
    names = list(sparing(ask, [name for name, _, _ in cases]))
    good = {name: {one: quote(_text(value)) for one, value in valid(ask, name).items()} for name in set(names)}
    for at in range(0, len(cases), 150):
        chunk = list(zip(names, cases, strict=True))[at : at + 150]
        sends = [signed(ask, name, [*{**good[name], one: text}.items()]) for name, (_, one, text) in chunk]
        unharmed(ask, "cams", sends)


def _nasty(names: list[str]) -> Iterator[tuple[str, str, str]]:
    """Each parameter with all of CORE and some of MORE, on each of its operations in turn."""
    homes: dict[str, list[str]] = {}
    for name in names:
        for parameter in load("cams").operations[name].parameters:
            homes.setdefault(parameter, []).append(name)
    for turn, (parameter, operations) in enumerate(homes.items()):
        texts = (*CORE, *MORE[turn % 5 :: 5])
        yield from ((operations[at % len(operations)], parameter, text) for at, text in enumerate(texts))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@contract("CAMS-Z3", "Any call that is not signed is answered", calls=10, examples=20, **HOW)
def any_unsigned(ask: Ask) -> None:
    """Common parameters of any text, in a query or a form, with any method."""
    sends = []
    for turn in range(8):
        names = ask.draw(st.lists(st.sampled_from(COMMON), max_size=5, unique=True), f"names {turn}")
        texts = st.sampled_from([quote(word) for word in WORDS]) | TEXTS
        query = "&".join(f"{name}={ask.draw(texts, f'{name} {turn}')}" for name in names)
        form = ask.draw(st.booleans(), f"form {turn}")
        one = (
            Prepared("POST", "/", {"content-type": FORM}, query.encode()) if form else Prepared("GET", f"/?{query}", {})
        )
        sends.append(sending(ask, replace(one, method=ask.one_of(METHODS[:7] if not form else ("POST", "PUT")))))
    unharmed(ask, "cams", sends)


@contract("CAMS-Z4", "Any body is answered", calls=10, examples=15, **HOW)
def any_body(ask: Ask) -> None:
    """Signed calls whose bodies call themselves JSON or a form and need be neither."""
    sends = []
    for turn in range(8):
        body = ask.draw(st.binary(max_size=40) | TEXTS.map(unquote_to_bytes) | _json_bodies(), f"body {turn}")
        kind = ask.one_of(KINDS, f"type {turn}")
        good = ask.cams.prepare(LIST, {}, common={"content-type": kind})
        headers = {name: value for name, value in good.headers.items() if name not in ("authorization",)}
        whole = v3_headers(ask.cams.key.secret, ask.cams.key.id, "POST", "", headers, body)
        sends.append(sending(ask, Prepared("POST", "/", whole, body), LIST))
    unharmed(ask, "cams", sends)


@cache
def _json_bodies() -> st.SearchStrategy[bytes]:
    return (_right(LIST) | _wrong(LIST, "Page").map(lambda page: {"Page": page})).map(
        lambda one: json.dumps(one).encode()
    )


@contract("CAMS-Z5", "Any header is answered", calls=10, examples=15, **HOW)
def any_header(ask: Ask) -> None:
    """Signed calls with some headers of any text, so that most are signed no more."""
    sends = []
    for turn in range(8):
        good = ask.cams.prepare(LIST, valid(ask, LIST))
        names = ask.draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=3, unique=True), f"names {turn}")
        odd = {name: ask.draw(st.sampled_from(WORDS) | HEADER_TEXTS, f"{name} {turn}") for name in names}
        sends.append(sending(ask, replace(good, headers={**good.headers, **odd}), LIST))
    unharmed(ask, "cams", sends)


@contract("CAMS-Z6", "Any query and any method is answered", calls=20, examples=4, **HOW)
def any_query(ask: Ask) -> None:
    """Parameters repeated, empty, dotted, by the thousand, and queries that are none."""
    junk = ask.draw(st.lists(TEXTS, min_size=4, max_size=4), "queries")
    queries = [
        *junk, "", "?", "&&&===&=", "Action", "Action=ListPageAdAccount&Action=x&Version=2020-06-06", "=x",
        "Action=ListMessageCampaign&Version=2020-06-06&Format=JSON&Page.Size.Size=1&Page.=2&.Page=3&Page=x",
        "&".join(f"p{number}={number}" for number in range(3000)), "x=" + "%F0%9F%91%A9" * 5000,
    ]  # fmt: skip
    sends = [sending(ask, Prepared(ask.one_of(METHODS, "method"), f"/?{query}", {})) for query in queries]
    good = ask.cams.prepare(LIST, valid(ask, LIST))
    sends += [sending(ask, replace(good, method=method), LIST) for method in METHODS]
    unharmed(ask, "cams", sends)


@contract("CAMS-Z7", "Odd but harmless values are answered live too", sentence=SENTENCE, page=PAGE, kind="fuzz",
          live=Live.SAFE, calls=8, examples=1)  # fmt: skip
def harmless(ask: Ask) -> None:
    """A list of one's own campaigns, filtered by odd names."""
    asked = {**places(ask)[0].asked, "Page": {"Index": 1, "Size": 1}}
    names = ("👩‍👩‍👧‍👦", "\u202eabc", "é" * 900, "a\u0000b", "%", "x" * 5000)
    sends = [partial(ask.cams.call, LIST, {**asked, "CampaignName": name}) for name in names]
    unharmed(ask, "cams", sends)
