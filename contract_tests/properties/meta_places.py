"""The same request in other places: query, form or JSON body, token in a header, with or without version and slash."""

import json
from typing import Any
from urllib.parse import urlencode

from ..ask import Ask, time_range
from ..expect import ok, same
from ..property import Live, contract
from ..target import as_text
from .meta_rows import RECORDED, busy
from .meta_spelling import credentials

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
VERSIONS = ("v1.0", "v9.0", "v19.0", "v21.0", "v24.0", "v25.0", "v26.0", "v100.0")


def _questions(ask: Ask) -> list[tuple[str, dict[str, Any]]]:
    """A path and its parameters, one of each kind, none with a next page."""
    node = ask.node()
    asked = {"fields": "marketing_messages_spend,impressions", "time_range": time_range(busy(ask, node))}
    whole = {"limit": 5000, "fields": "id,name"}
    return [
        (f"{node.id}/insights", asked | {"level": "ad", "time_increment": "monthly", "limit": 5000}),
        (node.id, {"fields": "id,name,created_time"}),
        (f"{node.account.id}/campaigns", whole | {"effective_status": ["PAUSED", "ACTIVE"]}),
        ("me/adaccounts", whole),
    ]


@contract(
    "META-Q6",
    "Version and trailing slash do not matter",
    sentence="Meta's page calls objects without a version; SDKs put a trailing slash on object reads."
    " Assumed: any vNN.N is served alike.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.MOCK,
    calls=44,
    examples=1,
)
def versions_and_slashes(ask: Ask) -> None:
    """/v26.0/1/insights = /1/insights = /v26.0/1/insights/ = /v19.0/1/insights."""
    for path, parameters in ask.some(_questions(ask), 2):
        plain = ask.graph.ok(path, parameters).json
        for version in (None, *ask.some(VERSIONS, 2)):
            for slash in ("", "/"):
                told = ask.graph.ok(path + slash, parameters, version=version).json
                same(told, plain, f"{path}{slash} of version {version} is that of the latest")


@contract(
    "META-Q7",
    "A parameter may stand in the query, a form body or a JSON body",
    sentence="Seen in the wild: the same parameter from query, form body or JSON body; a GET with a body of two bytes.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.MOCK,
    calls=28,
    examples=1,
)
def bodies(ask: Ask) -> None:
    """GET ?x=1 = GET with the form x=1 = GET with the JSON {"x": 1}, lists and objects as such included."""
    for path, parameters in ask.some(_questions(ask), 2):
        texts = {name: as_text(value) for name, value in parameters.items()}
        plain = ask.graph.ok(path, parameters).json
        ways = {
            "a form": (FORM, urlencode(texts)),
            "a form with its charset": (f"{FORM};charset=utf-8", urlencode(texts)),
            "JSON": (JSON, json.dumps(parameters)),
            "JSON of texts": (f"{JSON}; charset=UTF-8", json.dumps(texts)),
        }
        for way, (kind, body) in ways.items():
            told = ask.graph.ok(path, {}, headers={"Content-Type": kind}, body=body.encode()).json
            same(told, plain, f"parameters may travel as {way}")
        told = ask.graph.ok(path, parameters, headers={"Content-Type": JSON}, body=b"{}").json
        same(told, plain, "a body of two bytes says nothing")


@contract(
    "META-Q9",
    "The query wins over the body",
    sentence="Assumed: of a parameter in both, the query's counts.",
    page=RECORDED,
    kind="honoured",
    live=Live.MOCK,
    calls=3,
    examples=2,
)
def query_over_body(ask: Ask) -> None:
    """GET ?x=1 with the body {"x": 2} = GET ?x=1."""
    path, parameters = _questions(ask)[0]
    plain = ask.graph.ok(path, parameters).json
    other = {"fields": "account_id", "level": "account", "limit": 1, "time_increment": 3, "date_preset": "today"}
    other["time_range"] = {"since": "2001-01-01", "until": "2001-01-01"}
    texts = {name: as_text(value) for name, value in other.items()}
    for kind, body in ((JSON, json.dumps(other)), (FORM, urlencode(texts))):
        told = ask.graph.ok(path, parameters, headers={"Content-Type": kind}, body=body.encode()).json
        same(told, plain, "the query wins over the body")


@contract(
    "META-Q8",
    "A token may stand in the query, a body or the Authorization header",
    sentence='-H "Authorization: Bearer <SYSTEM_USER_ACCESS_TOKEN>"',
    page="Measure Campaign Performance on Marketing Message API for Messenger",
    kind="metamorphic",
    live=Live.SAFE,
    calls=6,
    examples=1,
)
def tokens_anywhere(ask: Ask) -> None:
    """access_token in the query = Authorization: Bearer = Authorization: OAuth = access_token in a form body."""
    token = ask.graph.token.token
    for path, parameters in _questions(ask)[: 4 if ask.exact else 1]:
        plain = ask.graph.ok(path, parameters).json
        for scheme in ("Bearer", "OAuth", "bearer") if ask.exact else ("Bearer",):
            headers = {"Authorization": f"{scheme} {token}"}
            proof = dict(pair.split("=") for pair in credentials(ask.graph).split("&")[1:])
            told = ask.graph.ok(path, {**parameters, **proof}, token=None, headers=headers).json
            same(told, plain, f"a token may stand after {scheme}")
        if ask.exact:
            body = credentials(ask.graph).encode()
            answer = ask.graph.call(path, parameters, token=None, headers={"Content-Type": FORM}, body=body)
            same(ok(answer).json, plain, "a token may stand in the body")
