"""Signatures of both schemes: right ones are accepted whatever they sign and however they travel."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from ..ask import Ask
from ..bad_cams import (
    deliver,
    host,
    parameters,
    required,
    with_headers,
)
from ..cams import FORM, Prepared
from ..expect import same
from ..found_cams import ACCOUNTS, ENABLE, LIST, NAMES, WAYS, able, often, spread, valid
from ..property import Live, contract
from ..signing import query
from ..words_cams import refused_as, told
from .cams_envelope import without_id

V3_PAGE = "Alibaba Cloud, V3 request structure and signature"
V1_PAGE = "Alibaba Cloud, Signature (RPC)"
MISMATCH = "SignatureDoesNotMatch"
HARD = (
    "two words", "a+b", "a*b~c", "it's (here)", '"quoted"', "100%", "%20", "%2B", "a/b", "a&b=c", "?#:,;@!$", "[1]{2}",
    "back\\slash", "Ünïcödé", "漢字かな", "😀", "مرحبا", "tab\tline\n", "  spaced  ", "=&=", "+%2B +",
)  # fmt: skip
SIGNS = "".join(sorted({*"".join(HARD), *"azAZ09-._~<>^`|\x00\x7f\u00a0\u200f\u2028\ufeff\ufffd"}))
# what the SDKs leave raw in a query, or escape needlessly
SPELLINGS: tuple[tuple[str, str, str], ...] = (
    ("a space as +", "%20", "+"), ("a raw quote", "%27", "'"), ("raw brackets", "%28", "("), ("a raw star", "%2A", "*"),
    ("a raw colon", "%3A", ":"), ("a raw comma", "%2C", ","), ("a raw !", "%21", "!"), ("lower-case hex", "%C3", "%c3"),
    ("a needless escape", "test", "%74est"), ("an escaped ~", "~", "%7E"),
)  # fmt: skip
_HOW: dict[str, Any] = {"kind": "refusal", "examples": 1}
Tamper = tuple[str, Callable[[Prepared], Prepared]]


@contract(
    "CAMS-U1", "A right signature is accepted whatever characters it signs", kind="honoured", examples=1,
    sentence="All but A-Z a-z 0-9 - _ . ~ is escaped; a space as %20", page=V1_PAGE, live=Live.SAFE, calls=12,
)  # fmt: skip
def hard_values_are_signed(ask: Ask) -> None:
    """Names of hard characters, in every scheme, method and place, are searched for and not found."""
    cases = [(value, way) for value in HARD for way in (WAYS if ask.exact else WAYS[:1])]
    for value, way in spread(ask, cases, 20 if ask.exact else 3):
        _searched(ask, value, way)


@contract(
    "CAMS-U11", "A right signature is accepted for any text at all", kind="honoured", examples=10,
    sentence="All but A-Z a-z 0-9 - _ . ~ is escaped; a space as %20", page=V1_PAGE, live=Live.MOCK, calls=1,
)  # fmt: skip
def any_value_is_signed(ask: Ask) -> None:
    """A drawn text, in a drawn scheme, method and place."""
    _searched(ask, ask.draw(st.text(SIGNS, max_size=30), "CampaignName"), ask.one_of(WAYS, "way"))


def _searched(ask: Ask, text: str, way: Mapping[str, str]) -> None:
    body = ask.cams.ok(LIST, {**valid(ask, LIST), "CampaignName": f"{text}\u2603"}, **way)
    same(body["Total"], 0, "a name that no campaign has lists nothing, and is signed right")


@contract(
    "CAMS-U2", "A right signature is accepted on every operation, by GET and POST, in query and form",
    kind="honoured", sentence="Recorded: 181 of 181 signatures of the SDKs verify", page=V3_PAGE, live=Live.MOCK,
    calls=30, examples=1,
)  # fmt: skip
def every_way_is_accepted(ask: Ask) -> None:
    """Both schemes, with a hard value in a parameter that changes nothing."""
    for name in often(ask):
        plain = without_id(ask.cams.ok(name, valid(ask, name)))
        for number, way in enumerate(spread(ask, WAYS, 3) if name != ENABLE else WAYS[1::2]):
            hard = {"ResourceOwnerAccount": HARD[number % len(HARD)], "strange name + é": "".join(HARD)}
            body = ask.cams.ok(name, {**valid(ask, name), **hard}, **way)
            same(without_id(body), plain, f"{name} answers the same whichever way it is signed and sent")


@contract(
    "CAMS-U3", "A query may be escaped in any way that decodes to what was signed", kind="honoured", examples=1,
    sentence="Recorded: SDKs send + or %20 for a space, and leave some of !'()*:, raw", page=V3_PAGE, live=Live.MOCK,
    calls=20,
)  # fmt: skip
def escapes_do_not_matter(ask: Ask) -> None:
    """The signature covers the decoded query, in both schemes."""
    asked = {**valid(ask, LIST), "CampaignName": "it's (a) *test*: é, all ~ of it!"}
    cases = [(*one, scheme) for scheme in ("v3", "v1") for one in SPELLINGS]
    for what, escaped, written, scheme in spread(ask, cases, 7):
        prepared = ask.cams.prepare(LIST, asked, scheme=scheme, method="GET")
        head, mark, rest = prepared.target.partition("CampaignName=")
        value, end, tail = rest.partition("&")
        spelled = replace(prepared, target=head + mark + value.replace(escaped, written) + end + tail)
        answer = ask.cams.send(spelled, LIST)
        same(
            (answer.status, told(answer).get("Code")), (200, "OK"), f"a query with {what} is what was signed ({scheme})"
        )


@contract(
    "CAMS-U4", "A header that no signature needs to cover may be there unsigned", kind="honoured", examples=1,
    sentence="Recorded: aiohttp adds an unsigned Content-Type; node signs neither accept nor user-agent",
    page=V3_PAGE, live=Live.MOCK, calls=4,
)  # fmt: skip
def unsigned_headers_are_fine(ask: Ask) -> None:
    """User-Agent, Accept and an unsigned Content-Type do not break a signature."""
    changes: tuple[dict[str, str | None], ...] = (
        {"user_agent": "AlibabaCloud (linux) Python/3"}, {"accept": None}, {"accept": "*/*"},
        {"content_type": "application/octet-stream"},
    )  # fmt: skip
    for change in changes:
        answer = ask.cams.send(with_headers(ask.cams.prepare(ACCOUNTS, valid(ask, ACCOUNTS)), **change), ACCOUNTS)
        same((answer.status, told(answer).get("Code")), (200, "OK"), f"an unsigned header changes nothing: {change}")


@contract(
    "CAMS-U10", "V1 signs query and form together", kind="honoured", examples=1,
    sentence="Sort all request parameters alphabetically by the parameter name, excluding the Signature parameter",
    page=V1_PAGE, live=Live.MOCK, calls=5,
)  # fmt: skip
def query_and_form_are_one(ask: Ask) -> None:
    """Some of the signed parameters in the query, the rest in the form: accepted, and answered as ever."""
    for name in able(ask, *[one for one in NAMES if one != ENABLE]):
        sent = parameters(ask.cams.prepare(name, valid(ask, name), scheme="v1", place="form"))
        inside = {one: value for one, value in sent.items() if one in required(name) or one == "Signature"}
        outside = {one: value for one, value in sent.items() if one not in inside}
        prepared = Prepared("POST", f"/?{query(outside)}", {"content-type": FORM}, query(inside).encode())
        body = told(ask.cams.send(with_headers(prepared, host=host(ask)), name))
        same(body.get("Code"), "OK", f"{name} signed over query and form is accepted")
        same(without_id(body), without_id(ask.cams.ok(name, valid(ask, name))), f"{name} reads query and form as one")


@contract(
    "CAMS-U12", "V1 reads nothing that it does not sign",
    sentence="Recorded: headers never take part in V1's signature. Assumed: what is not signed is not read",
    page=V1_PAGE, live=Live.MOCK, calls=12, **_HOW,
)  # fmt: skip
def what_v1_does_not_sign(ask: Ask) -> None:
    """A header x-acs-action or a JSON body beside a V1 signature changes nothing and stands in for nothing."""
    for name in able(ask, *[one for one in NAMES if one != ENABLE]):
        asked = valid(ask, name)
        plain = without_id(ask.cams.ok(name, asked))
        header = {"x_acs_action": "NoSuchAction", "x_acs_version": "1", "content_type": "application/json"}
        prepared = with_headers(ask.cams.prepare(name, asked, scheme="v1"), **header)
        changed = replace(
            prepared, body=b'{"CustSpaceId":"cams-nobody","PageId":"1","CampaignName":"x","Language":"xx"}'
        )
        same(
            without_id(told(ask.cams.send(changed, name))), plain, f"{name} by V1 reads what is signed and nothing else"
        )
        without = ask.cams.prepare(None, asked, scheme="v1")
        refused_as(ask, deliver(ask, with_headers(without, x_acs_action=name), name), "Missing", "Action")
        one = required(name)[0]
        bare = ask.cams.prepare(name, {**asked, one: None}, scheme="v1")
        filled = replace(
            with_headers(bare, content_type="application/json"), body=json.dumps({one: asked[one]}).encode()
        )
        refused_as(ask, ask.cams.send(filled, name), "Missing", one)
