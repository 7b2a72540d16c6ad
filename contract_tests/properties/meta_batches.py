"""Batches: each part is answered as if it had come alone."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from .. import found
from ..ask import Ask, time_range
from ..bad_meta import places
from ..composed_meta import answered, batch, read
from ..expect import holds, same
from ..property import Live, contract
from ..wire import Answer
from ..words_meta import refused_with

PAGE = "Graph API, Batch Requests"
HOW: dict[str, Any] = {"page": PAGE, "examples": 1}
ALONE = "Each part is a logical HTTP request with its own code, headers and body"
FIFTY = "Batch requests are limited to 50 requests per batch."
NOBODY = "404404404404404"
VARYING = ("paging", "error")


def body_of(answer: Answer) -> dict[str, Any]:
    """What the answer to a single call says, without links and traces."""
    return {name: value for name, value in (answer.json or {}).items() if name not in VARYING}


def _headers(part: Mapping[str, Any]) -> dict[str, str]:
    """The headers of a part by their names in small letters."""
    return {one["name"].lower(): one["value"] for one in part["headers"]}


@contract("META-V1", "A part of a batch equals the single call", sentence=ALONE, kind="identity", live=Live.MOCK,
          calls=20, **HOW)  # fmt: skip
def equals_the_single(ask: Ask) -> None:
    """Every operation in one batch: code and body of each part are those of the call alone, its URL encoded or raw."""
    listed = places(ask)
    account = found.nodes(ask, "account")[0]
    asked = {"fields": "spend", "time_range": json.dumps(time_range(account.months[0]))}
    queries: list[tuple[str, dict[str, Any]]] = [(place.path, {}) for place in listed]
    queries += [(f"{account.id}/insights", asked), (NOBODY, {})]
    raw = [f"{path}?" + "&".join(f"{name}={value}" for name, value in query.items()) for path, query in queries]
    encoded = [f"/{path}?" + urlencode(query, quote_via=quote) for path, query in queries]
    for urls in (raw, encoded):
        parts = batch(ask, [read(url) for url in urls])
        for (path, query), part in zip(queries, parts, strict=True):
            alone = ask.graph.call(path, query)
            body = {name: value for name, value in part["body"].items() if name not in VARYING}
            same((part["code"], body), (alone.status, body_of(alone)), f"{path} in a batch is {path} alone")


@contract(
    "META-V2", "A bad part spoils no other", kind="metamorphic", live=Live.MOCK, calls=4, **HOW,
    sentence="One of your requested operations may throw an error; the other requests should still complete.",
)  # fmt: skip
def bad_parts(ask: Ask) -> None:
    """Between good parts each bad one has its own code and error."""
    account = found.accounts(ask)[0].id
    good, bad = read(f"{account}?fields=name"), [read(NOBODY), read(f"{account}/insights?fields=nonsense"), 5, {}]
    told = batch(ask, [good, *(one for pair in zip(bad, [good] * 4, strict=True) for one in pair)])
    (alone,) = batch(ask, [good])
    for at, part in enumerate(told):
        if at % 2:
            holds(part["code"] >= 400 and "error" in part["body"], "a bad part has its own error", part, "an error")
        else:
            same((part["code"], part["body"]), (200, alone["body"]), "a good part is answered among bad ones")


@contract("META-V3", "A part has its own ETag", sentence="If-None-Match → 304, empty", kind="shape", live=Live.MOCK,
          calls=3, **HOW)  # fmt: skip
def own_etag(ask: Ask) -> None:
    """Each part has the ETag of its body, and is 304 where its own headers name it."""
    account = found.accounts(ask)[0].id
    (first,) = batch(ask, [read(f"{account}?fields=name")])
    tag = _headers(first).get("etag", "")
    headers = [{"name": "If-None-Match", "value": tag}]
    urls = (f"{account}?fields=name", f"{account}?fields=id")
    told = batch(ask, [read(url, headers=headers) for url in urls])
    same([part["code"] for part in told], [304, 200], "a part that the client has is not sent again")
    holds(not told[0]["body"], "304 has no body", told[0]["body"], None)


@contract(
    "META-V4", "Headers come unless they are declined", kind="honoured", live=Live.MOCK, calls=2, **HOW,
    sentence="To remove header information, set include_headers to false.",
)  # fmt: skip
def headers(ask: Ask) -> None:
    """With headers a part says that it is text/javascript; with include_headers=false it has none."""
    (whole,), (bare,) = batch(ask, [read("me")]), batch(ask, [read("me")], include_headers="false")
    told = _headers(whole)
    same(told.get("content-type"), "text/javascript; charset=UTF-8", "a part is text/javascript")
    holds(not bare.get("headers"), "headers may be left out", bare.get("headers"), "none")
    same(bare["body"], whole["body"], "the body is the same without headers")


@contract("META-V5", "A batch has at most fifty parts and is an array", sentence=FIFTY, kind="refusal", live=Live.MOCK,
          calls=8, **HOW)  # fmt: skip
def fifty(ask: Ask) -> None:
    """Fifty parts are answered in their order; the 51st, and what is no array, is refused whole."""
    account = found.accounts(ask)[0].id
    told = batch(ask, [read(f"{account}?fields={'name' if at % 2 else 'currency'}") for at in range(50)])
    same(["name" in part["body"] for part in told], [bool(at % 2) for at in range(50)], "answers come in order")
    for sent, error in (
        (json.dumps([read("me")] * 51), "too_many_batch"), ("nonsense", "batch_not_array"), ("{}", "batch_not_array"),
        (json.dumps([read("me", depends_on="late"), read("me", name="late")]), "batch_dependency"),
    ):  # fmt: skip
        refused_with(ask, ask.graph.call("", {"batch": sent}, method="POST"), error)


@contract(
    "META-V6", "A part may use the answer to another", kind="honoured", live=Live.MOCK, calls=3, **HOW,
    sentence='{"relative_url":"?ids={result=get-friends:$.data.*.id}"}; omit_response_on_success',
)  # fmt: skip
def references(ask: Ask) -> None:
    """Ids of a list are read in the same batch; the list itself is left out unless it is wanted."""
    account = found.accounts(ask)[0].id
    listing = read(f"{account}/ads?fields=id&limit=3", name="ads")
    ids = [row["id"] for row in ask.graph.ok(f"{account}/ads", {"fields": "id", "limit": 3}).rows]
    for keep in (True, False):
        first = {**listing, "omit_response_on_success": not keep}
        told = batch(ask, [first, read("?ids={result=ads:$.data.*.id}&fields=id")])
        same(list(told[1]["body"]), ids, "what another part has found is read")
        holds((told[0] is not None) == keep, "a used answer is left out unless it is wanted", told[0], keep)


@contract(
    "META-V7", "A part may have a token of its own", kind="honoured", live=Live.MOCK, calls=2, **HOW,
    sentence="Individual requests can specify their own access tokens; the top level token is a fallback.",
)  # fmt: skip
def own_token(ask: Ask) -> None:
    """A bad token of one part spoils that part alone."""
    told = batch(ask, [read("me"), read("me?access_token=nonsense"), read("me")])
    same([part["code"] for part in told], [200, 401, 200], "a part's own token counts for it alone")


@contract("META-V8", "A batch travels in many ways", kind="identity", live=Live.MOCK, calls=5, sentence=ALONE, **HOW)
def many_ways(ask: Ask) -> None:
    """As a text in query or form, as an array in JSON, with and without a version and a trailing slash."""
    parts = [read("me"), read("me/adaccounts?limit=1&fields=id")]
    text = json.dumps(parts)
    form, kind = {"Content-Type": "application/x-www-form-urlencoded"}, {"Content-Type": "application/json"}
    told = [
        ask.graph.call("", {"batch": text}, method="POST"),
        ask.graph.call("", method="POST", headers=form, body=urlencode({"batch": text}).encode()),
        ask.graph.call("", method="POST", headers=kind, body=json.dumps({"batch": parts}).encode()),
        ask.graph.call("", {"batch": text}, method="POST", version=None),
    ]
    bodies = [[part and (part["code"], _bare(part["body"])) for part in answered(parts, answer)] for answer in told]
    for one in bodies[1:]:
        same(one, bodies[0], "a batch is the same however it travels")


def _bare(text: str) -> Any:
    return {name: value for name, value in json.loads(text).items() if name not in VARYING}
