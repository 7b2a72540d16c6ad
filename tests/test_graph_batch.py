"""Batches: many requests in one."""

import json
from urllib.parse import quote, urlencode

import pytest

from tests.batches import BATCH, CAMPAIGN, FORM, JSON, RANGE, error, get, parts_of, sent
from tests.graph import ACCOUNT, AD, Graph, assert_graph_error, header
from tests.graph_refusals import MISSING


@pytest.mark.parametrize("path", ["/", "/v26.0", "/v26.0/", "/me", "/v26.0/me"])
@pytest.mark.parametrize("carried", ["query", "form", "json", "json text", "multipart"])
def test_a_batch_may_stand_anywhere(docs: Graph, path, carried):
    """
    The array is a JSON text in query or form, as the Python SDK sends it, an array in JSON, as Node does, or curl's -F.
    """
    parts = [get(f"{AD}?fields=name%2Cstatus"), get(f"/v26.0/{CAMPAIGN}/?fields=name")]
    text = json.dumps(parts)
    match carried:
        case "query":
            answer = docs.send("POST", path, urlencode({"access_token": "EAAtok", "batch": text}))
        case "form":
            answer = docs.send(
                "POST", path, "access_token=EAAtok", {"content-type": FORM}, urlencode({"batch": text}).encode()
            )
        case "multipart":
            body = "".join(
                f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                for name, value in (("access_token", "EAAtok"), ("batch", text))
            )
            kind = {"content-type": "multipart/form-data; boundary=B"}
            answer = docs.send("POST", path, "", kind, f"{body}--B--\r\n".encode())
        case _:
            body = json.dumps({"batch": parts if carried == "json" else text}).encode()
            answer = docs.send("POST", path, "access_token=EAAtok", {"content-type": JSON}, body)

    assert answer.status == 200
    assert header(answer, "Content-Type") == "application/json; charset=UTF-8"
    assert [json.loads(one["body"]) for one in json.loads(answer.body)] == [
        docs.read(f"/v26.0/{AD}", fields="name,status"), docs.read(f"/v26.0/{CAMPAIGN}", fields="name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        f"{AD}",
        f"/{AD}/?fields=id,name",
        f"v21.0/{AD}?fields=id%2Cname",
        f"{AD}/insights?time_range={RANGE}&fields=spend",
        f"{AD}/insights?time_range={quote(RANGE)}&fields=spend",
        f"{ACCOUNT}/insights?fields=spend&level=ad&date_preset=maximum&limit=1",
        "me/adaccounts?fields=name&limit=1",
        "404404",
        f"{AD}/insights?fields=nonsense",
    ],
)
def test_a_part_is_answered_like_a_single_call(docs: Graph, url):
    """
    Status, ETag and body are those of the call alone, whether its URL is encoded or raw; headers but for its type too.
    """
    path, _, query = url.partition("?")
    versioned = path.lstrip("/") if path.startswith("v") else f"v26.0/{path.lstrip('/')}"
    alone = docs.send("GET", f"/{versioned}", f"{query}&access_token=EAAtok".lstrip("&"))
    (part,) = json.loads(sent(docs, [get(url)]).body)
    bodies = [{**json.loads(one), "error": None} for one in (alone.body, part["body"])]
    told = {one["name"]: one["value"] for one in part["headers"]}

    assert part["code"] == alone.status
    assert bodies[0] == bodies[1]
    assert [name.lower() for name in told] == [name.lower() for name, _ in alone.headers]
    assert {"Facebook-API-Version", "X-App-Usage", "Content-Type"} <= set(told)
    assert told["Content-Type"] == "text/javascript; charset=UTF-8"
    assert told.get("ETag") == header(alone, "ETag")


def test_the_version_of_a_batch_is_that_of_its_parts(docs: Graph):
    """
    A part without a version has the batch's; a part with one keeps it.
    """
    told = parts_of(docs, [get(AD), get(f"v21.0/{AD}")], "/v25.0")
    versions = [{one["name"]: one["value"] for one in part["headers"]}["Facebook-API-Version"] for part in told]

    assert versions == ["v25.0", "v21.0"]


def test_bad_parts_spoil_nothing(docs: Graph):
    """
    Each part has its own status and error, and all others are answered.
    """
    entries = [
        get(AD), get("404404"), 5, None, {"method": "GET"}, {"relative_url": AD}, get(AD, body=7), get(AD, method=5),
        get("?fields=id"), get(f"?batch={quote('[]')}"), get(AD, attached_files="x"), get(f"{AD}/nonsense"), get(AD),
    ]  # fmt: skip
    told = parts_of(docs, entries)

    assert [part["code"] for part in told] == [200, *[400] * 11, 200]
    assert error(told[1]) == (400, 100, MISSING)
    for at in (2, 3, 4, 5, 6, 7, 9):
        words = f"Request {at} must be an object with a method, a relative_url and no batch of its own."
        assert error(told[at]) == (400, 100, words)
        assert told[at]["body"]["error"]["type"] == BATCH
    assert error(told[10])[2] == "(#100) the attached_files of a batch is not served by this mock server yet."
    assert error(told[11])[2] == "Unknown path components: /nonsense"


@pytest.mark.parametrize("value", ["", "null", {}, [], False, None])
def test_what_sdks_send_for_nothing_is_nothing(docs: Graph, value):
    """
    Node sends attachedFiles "" and the Java SDK null for what it has not.
    """
    (part,) = parts_of(docs, [get(AD, attachedFiles=value, attached_files="", name=None, headers=None, body=None)])

    assert part["code"] == 200


def test_fifty_parts_are_the_most(docs: Graph):
    """
    The 51st part refuses the batch; fifty are answered in their order.
    """
    refused = sent(docs, [get(AD)] * 51)
    told = parts_of(docs, [get(f"{AD}?fields={'name' if at % 2 else 'status'}") for at in range(50)])

    assert_graph_error(
        refused,
        status=400,
        message="Too many requests in batch message. Maximum batch size is 50",
        code=100,
        kind=BATCH,
    )
    assert ["name" in part["body"] for part in told] == [at % 2 == 1 for at in range(50)]


@pytest.mark.parametrize("value", ["nonsense", "{}", "5", '{"method":"GET"}', {"a": 1}, 5, True])
def test_a_batch_is_an_array(docs: Graph, value):
    """
    Nothing but a JSON array is a batch; an empty one has an empty answer.
    """
    assert_graph_error(
        sent(docs, value), status=400, message="batch parameter must be a JSON array", code=100, kind=BATCH
    )
    assert parts_of(docs, []) == []


def test_a_batch_is_posted(docs: Graph):
    """
    GET with a batch is no request that there is, but with method=post it is.
    """
    text = json.dumps([get(AD)])

    assert_graph_error(
        docs.get("/v26.0/", batch=text),
        status=400,
        message="Unsupported get request. Please read the Graph API documentation at"
        " https://developers.facebook.com/docs/graph-api",
        code=100,
        kind="GraphMethodException",
    )
    assert [one["code"] for one in docs.read("/v26.0/", batch=text, method="post")] == [200]
