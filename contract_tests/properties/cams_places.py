"""Where a CAMS parameter may stand, and which parameters change nothing: the answer is the same."""

import json
from collections.abc import Mapping
from typing import Any

from ..ask import Ask
from ..bad_cams import in_json, with_headers
from ..cams import FORM, Prepared
from ..expect import holds, same
from ..found_cams import (
    ACCOUNTS,
    ENABLE,
    INSIGHTS,
    LIST,
    METRIC,
    NAMES,
    WAYS,
    able,
    campaigns,
    spread,
    valid,
)
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..signing import query, v3_headers
from ..wire import Answer
from ..words_cams import told
from .cams_envelope import without_id

PAGE = "Alibaba Cloud, Request structure (RPC)"
READS = [name for name in NAMES if name != ENABLE]
IGNORED: tuple[tuple[str, str], ...] = (
    ("OwnerId", "1"), ("OwnerId", "1000000000000001"), ("ResourceOwnerAccount", "somebody"), ("ResourceOwnerId", "7"),
    ("RegionId", "ap-southeast-1"), ("RegionId", "nowhere"), ("Lang", "zh"), ("NoSuchParameter", "x"), ("page", "{}"),
    ("custSpaceId", "cams-nobody"), ("PAGEID", "1"), ("campaignid", "1"), ("Limit", "1"), ("PageSize", "1"),
)  # fmt: skip
PAGES = (
    '{"Index":2,"Size":3}', '{"Size":3,"Index":2}', ' { "Size" : 3 , "Index" : 2 } ', '{"Index":"2","Size":"3"}',
    '{"\\u0049ndex":2,"Size":3}', '{"Index":2,"Size":3,"Total":9}', "{\n\t\"Index\": 2,\n\t\"Size\": 3\n}",
)  # fmt: skip
_HOW: dict[str, Any] = {"kind": "honoured", "examples": 1, "page": PAGE}


def _same(answer: Answer, plain: Mapping[str, Any], what: str) -> None:
    body = told(answer)
    holds(
        body.get("Code") == "OK", f"{what} is accepted", {"status": answer.status, "body": answer.text[:300]}, "Code OK"
    )
    same(without_id(body), plain, f"{what} is answered as ever")


@contract(
    "CAMS-P1", "Query, form and JSON body, GET and POST, V1 and V3 ask the same question",
    sentence="Recorded: the gateway accepts GET and POST; parameters stand in the query or the form. Assumed for"
    " JSON", live=Live.MOCK, calls=45, **_HOW,
)  # fmt: skip
def places_are_equal(ask: Ask) -> None:
    """Every reading operation, with values in any script where it takes them."""
    for name in able(ask, *READS):
        asked = [valid(ask, name)]
        if name == LIST:
            asked += _telling(ask)
        for one in asked:
            plain = without_id(ask.cams.ok(name, one))
            for way in WAYS if name != METRIC else WAYS[1::2]:
                _same(ask.cams.call(name, one, **way), plain, f"{name} by {' '.join(way.values())}")
            _same(ask.cams.send(in_json(ask, name, one), name), plain, f"{name} with a JSON body")


def _telling(ask: Ask) -> list[dict[str, Any]]:
    """Questions by name that list something, in several scripts."""
    try:
        known = campaigns(ask)
    except OutOfScope:
        return []
    hard = sorted(known, key=lambda one: (one[1]["CampaignName"].isascii(), one[1]["CampaignName"].isalnum()))
    page = {"Page": {"Index": 1, "Size": 9}}
    return [{**place.asked, **page, "CampaignName": row["CampaignName"]} for place, row in hard[:3]]


@contract(
    "CAMS-P2", "Parameters may be spread over query and body", live=Live.MOCK, calls=24,
    sentence="Recorded: SDKs up to 3.1.0 send some parameters in the form, some in the query", **_HOW,
)  # fmt: skip
def parameters_may_be_spread(ask: Ask) -> None:
    """Half of them in the query, half in a form or a JSON body."""
    for name in able(ask, ACCOUNTS, LIST, INSIGHTS):
        asked = valid(ask, name)
        plain = without_id(ask.cams.ok(name, asked))
        texts = {one: value if isinstance(value, str) else json.dumps(value) for one, value in asked.items()}
        for at, one in enumerate(texts):
            outside = {one: texts[one]}
            inside = {key: value for key, value in asked.items() if key != one}
            _same(ask.cams.send(in_json(ask, name, inside, outside), name), plain, f"{name} with {one} in its query")
            rest = {key: value for key, value in texts.items() if key != one}
            formed = _formed(ask, name, rest, outside) if at % 2 else _formed(ask, name, outside, rest)
            _same(ask.cams.send(formed, name), plain, f"{name} over query and form")


def _formed(ask: Ask, name: str, inside: Mapping[str, str], outside: Mapping[str, str]) -> Prepared:
    """A V3 call with *inside* in its form and *outside* in its query."""
    first = ask.cams.prepare(name, {}).headers
    kept = {key: value for key, value in first.items() if key not in ("authorization", "x-acs-content-sha256")}
    body, text = query(inside).encode(), query(outside)
    key = ask.cams.key
    signed = v3_headers(key.secret, key.id, "POST", text, {**kept, "content-type": FORM}, body)
    return Prepared("POST", f"/?{text}", signed, body)


@contract(
    "CAMS-P3", "The query wins over the body", live=Live.MOCK, calls=6,
    sentence="Assumed: parameters in the body are read; the query wins", **_HOW,
)  # fmt: skip
def the_query_wins(ask: Ask) -> None:
    """A parameter that stands in both places has the query's value."""
    for name in able(ask, ACCOUNTS, LIST):
        asked = valid(ask, name)
        plain = without_id(ask.cams.ok(name, asked))
        outside = {"CustSpaceId": asked["CustSpaceId"], "PageId": asked["PageId"]}
        inside = {**asked, "CustSpaceId": "cams-nobody", "PageId": "1"}
        _same(ask.cams.send(in_json(ask, name, inside, outside), name), plain, f"{name} with JSON beside its query")
        texts = {one: value if isinstance(value, str) else json.dumps(value) for one, value in inside.items()}
        _same(ask.cams.send(_formed(ask, name, texts, outside), name), plain, f"{name} with a form beside its query")


@contract(
    "CAMS-P4", "Page may be JSON in any spelling, or dotted",
    sentence="Recorded: {\"Index\":7,\"Size\":55}, {\"Size\": 55, \"Index\": 7}; hand-written clients send Page.Size",
    live=Live.MOCK, calls=60, **_HOW,
)  # fmt: skip
def pages_may_be_spelled(ask: Ask) -> None:
    """Key order, spaces, escapes, numbers as texts, and Page.Index beside Page.Size, in every place."""
    asked = {**valid(ask, LIST), "Page": None}
    plain = without_id(ask.cams.ok(LIST, {**asked, "Page": {"Index": 2, "Size": 3}}))
    spelled: list[dict[str, Any]] = [{"Page": page} for page in PAGES] + [{"Page.Index": "2", "Page.Size": "3"}]
    for one in spelled:
        for way in spread(ask, WAYS, 2):
            _same(ask.cams.call(LIST, {**asked, **one}, **way), plain, f"Page as {one}")
    bare = {name: value for name, value in asked.items() if name != "Page"}
    for body in (
        {"Page": {"Index": 2, "Size": 3}},
        {"Page": {"Index": "2", "Size": "3"}},
        {"Page.Index": 2, "Page.Size": 3},
    ):
        _same(ask.cams.send(in_json(ask, LIST, {**bare, **body}), LIST), plain, f"Page in a JSON body as {body}")


@contract(
    "CAMS-P5", "Parameters that are documented as ignored, and unknown ones, change nothing",
    sentence="Recorded: OwnerId, ResourceOwnerAccount, ResourceOwnerId are accepted by every SDK and undocumented;"
    " ignored", live=Live.MOCK, calls=60, **_HOW,
)  # fmt: skip
def ignored_parameters_change_nothing(ask: Ask) -> None:
    """Each of them on every reading operation, in both schemes."""
    for name in able(ask, *READS):
        plain = without_id(ask.cams.ok(name, valid(ask, name)))
        for number, (one, value) in enumerate(spread(ask, IGNORED, 4) if name != METRIC else IGNORED[::5]):
            way = WAYS[number % 6]
            _same(ask.cams.call(name, {**valid(ask, name), one: value}, **way), plain, f"{name} with {one}={value}")


@contract(
    "CAMS-P6", "IsvCode changes nothing", live=Live.MOCK, calls=4,
    sentence="IsvCode: the ISV verification code. Assumed: read, and changes nothing", **_HOW,
)  # fmt: skip
def isv_codes_change_nothing(ask: Ask) -> None:
    """IsvCode with GetChatappTemplateMetric."""
    for name in able(ask, METRIC):
        plain = without_id(ask.cams.ok(name, valid(ask, name)))
        for code in ("skdi3kksloslikd", "another"):
            _same(ask.cams.call(name, {**valid(ask, name), "IsvCode": code}), plain, f"{name} with IsvCode={code}")


@contract(
    "CAMS-P7", "What the client says that it accepts changes nothing", live=Live.MOCK, calls=8,
    sentence="Recorded: SDKs send accept: application/json; the Format parameter decides in V1, V3 is JSON", **_HOW,
)  # fmt: skip
def accept_does_not_matter(ask: Ask) -> None:
    """Accept: text/xml, text/html or nothing at all."""
    for name in able(ask, ACCOUNTS, LIST):
        plain = without_id(ask.cams.ok(name, valid(ask, name)))
        for accept in ("text/xml", "text/html", "*/*", None):
            prepared = with_headers(ask.cams.prepare(name, valid(ask, name)), accept=accept)
            _same(ask.cams.send(prepared, name), plain, f"{name} with Accept: {accept}")
