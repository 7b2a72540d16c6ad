"""Batches: many requests in one."""

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from mockserver.running import running
from mockserver.settings import Settings
from mockserver.vendors.meta.references import values
from tests.graph import ACCOUNT, AD, Graph, assert_graph_error, codes, graph_on, header
from tests.graph_refusals import MISSING

CAMPAIGN = "120000000000003"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
BATCH = "GraphBatchException"


def sent(graph: Graph, parts: Any, path: str = "/v26.0/", **more: Any) -> Any:
    """The answer to a batch in a JSON body."""
    body = json.dumps({"batch": parts, **more}).encode()
    return graph.send("POST", path, "access_token=EAAtok", {"content-type": JSON}, body)


def parts_of(graph: Graph, parts: Any, path: str = "/v26.0/", **more: Any) -> list[Any]:
    """The answers in the answer to a batch, their bodies read."""
    response = sent(graph, parts, path, **more)
    assert response.status == 200, response.body
    return [one and {**one, "body": one["body"] and json.loads(one["body"])} for one in json.loads(response.body)]


def get(url: str, **more: Any) -> dict[str, Any]:
    """An entry that reads *url*."""
    return {"method": "GET", "relative_url": url, **more}


def error(part: Any) -> tuple[int, int, str]:
    """Status, code and message of a refused part."""
    told = part["body"]["error"]
    return part["code"], told["code"], told["message"]


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


RANGE = '{"since":"2024-06-01","until":"2024-12-31"}'


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
    assert list(told) == [name for name, _ in alone.headers]
    assert told["Content-Type"] == "text/javascript; charset=UTF-8"
    assert told.get("ETag") == header(alone, "ETag")


def test_the_version_of_a_batch_is_that_of_its_parts(docs: Graph):
    """
    A part without a version has the batch's; a part with one keeps it.
    """
    told = parts_of(docs, [get(AD), get(f"v21.0/{AD}")], "/v25.0")
    versions = [{one["name"]: one["value"] for one in part["headers"]}["facebook-api-version"] for part in told]

    assert versions == ["v25.0", "v21.0"]


def test_bad_parts_spoil_nothing(docs: Graph):
    """
    Each part has its own status and error, and all others are answered.
    """
    entries = [
        get(AD), get("404404"), 5, None, {"method": "GET"}, {"relative_url": AD}, get(AD, body=7), get(AD, method=5),
        get("?fields=id"), get(f"?batch={quote('[]')}"), get(AD, attached_files="file1"), get(f"{AD}/nonsense"), get(AD),
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


@pytest.mark.parametrize(("token", "code"), [(None, 104), ("nonsense", 190), ("EAAexpired", 190), ("EAAproof", 100)])
def test_the_whole_batch_has_a_token(docs: Graph, token, code):
    """
    Without a sound token of its own nothing of a batch is answered, whatever its parts bring.
    """
    query = urlencode(
        {"batch": json.dumps([get(f"{AD}?access_token=EAAtok")]), **({"access_token": token} if token else {})}
    )
    refused = docs.send("POST", "/", query)

    assert json.loads(refused.body)["error"]["code"] == code


def test_a_part_may_have_its_own_token():
    """
    A part's own token counts for it alone, in its URL or its body; the others have the batch's and its proof.
    """
    graph = graph_on("docs")
    proof = hmac.new(b"s3cr3t998", b"EAAproof", hashlib.sha256).hexdigest()
    parts = [
        get("me"), get("me?access_token=EAAtok"), get("me?access_token=nonsense"), get("me?access_token=EAAproof"),
        {"method": "POST", "relative_url": "me?method=get", "body": "access_token=EAApassword"},
    ]  # fmt: skip
    by_query = graph.send(
        "POST", "/", urlencode({"access_token": "EAAproof", "appsecret_proof": proof, "batch": json.dumps(parts)})
    )
    by_header = graph.send(
        "POST",
        "/",
        urlencode({"appsecret_proof": proof, "batch": json.dumps(parts)}),
        {"authorization": "OAuth EAAproof"},
    )
    told = [[json.loads(one["body"]) for one in json.loads(answer.body)] for answer in (by_query, by_header)]

    for one in told:
        assert [part.get("error", {}).get("code") for part in one] == [None, None, 190, 100, 190]
    assert graph.runtime.bugs == []


def test_headers_may_be_left_out(docs: Graph):
    """
    include_headers=false leaves code and body.
    """
    for value in ("false", False, "0"):
        assert [list(one) for one in parts_of(docs, [get(AD), get("404404")], include_headers=value)] == [
            ["code", "body"],
            ["code", "body"],
        ]
    assert json.loads(sent(docs, [get(AD)], include_headers="x").body)["error"]["code"] == 100


@pytest.mark.parametrize("shape", ["objects", "lines", "object"])
def test_a_part_has_its_own_etag(docs: Graph, shape):
    """
    If-None-Match in a part's headers, however they are written, answers 304 without a body, and only where it fits.
    """
    (first,) = parts_of(docs, [get(AD)])
    tag = {one["name"]: one["value"] for one in first["headers"]}["ETag"]
    written = {
        "objects": [{"name": "If-None-Match", "value": tag}],
        "lines": ["nonsense", f"If-None-Match: {tag}", 5],
        "object": {"If-None-Match": tag},
    }[shape]
    told = parts_of(docs, [get(AD, headers=written), get(CAMPAIGN, headers=written)])

    assert [part["code"] for part in told] == [304, 200]
    assert told[0]["body"] is None


def test_a_part_may_write(docs: Graph):
    """
    A posted part has its parameters in its body, encoded or raw, and asks for a report like a single call.
    """
    told = parts_of(
        docs,
        [
            {"method": "POST", "relative_url": f"{AD}/insights", "body": f"fields=spend&time_range={RANGE}"},
            {
                "method": "POST",
                "relative_url": f"{AD}/insights",
                "body": urlencode({"fields": '["spend"]', "time_range": RANGE}),
            },
            {"method": "POST", "relative_url": f"{AD}/insights", "body": "fields=nonsense"},
        ],
    )
    rows = [docs.read(f"/{part['body']['report_run_id']}/insights")["data"] for part in told[:2]]

    assert rows[0] == rows[1] == docs.read(f"/{AD}/insights", fields="spend", time_range=RANGE)["data"]
    assert error(told[2])[0] == 400


def test_modifiers_of_a_part_are_its_own(docs: Graph):
    """
    suppress_http_code, pretty and method in a part's URL change that part alone; pretty of the batch changes the batch.
    """
    response = sent(docs, [get("404404?suppress_http_code=1"), get(f"{AD}?pretty=1"), get(AD)], pretty="1")
    told = json.loads(response.body)

    assert [one["code"] for one in told] == [200, 200, 200]
    assert [("\n" in one["body"]) for one in told] == [False, True, False]
    assert response.body.startswith(b"[\n  {")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$.a", [{"b": [{"c": 1}, {"c": 2}]}]),
        ("$.a.b[0].c", [1]),
        ("$.a.b.*.c", [1, 2]),
        ("$.a.b[*].c", [1, 2]),
        ("$['a']['b'][1].c", [2]),
        ("$.a.b[2].c", []),
        ("$.x", []),
        ("$.a.b.c", []),
        ("$..c", []),
        ("$.a[b]", []),
        ("$", [{"a": {"b": [{"c": 1}, {"c": 2}]}}]),
    ],
)
def test_paths_find_values(path, found):
    """
    Names, places and stars lead to values; what leads nowhere, and what is no such path, finds nothing.
    """
    assert values({"a": {"b": [{"c": 1}, {"c": 2}]}}, path) == found


@pytest.mark.parametrize("keep", [None, True, False])
def test_a_part_may_use_the_answer_to_another(docs: Graph, keep):
    """
    {result=name:path} stands for values of an earlier answer, which is itself left out unless that is forbidden.
    """
    omit = {} if keep is None else {"omit_response_on_success": keep}
    told = parts_of(
        docs,
        [
            get(f"{ACCOUNT}/campaigns?fields=id&limit=5", name="mine", **omit),
            get("?ids={result=mine:$.data.*.id}&fields=id,name"),
            get("{result=mine:$.data[0].id}/insights?fields=spend"),
            {
                "method": "POST",
                "relative_url": f"{ACCOUNT}/ads?method=get",
                "body": "limit=1&fields={result=mine:$.data[0].nothing}",
            },
        ],
    )
    ids = [one["id"] for one in docs.read(f"/{ACCOUNT}/campaigns", fields="id", limit=5)["data"]]

    assert told[0] is None if keep is not False else told[0]["code"] == 200
    assert list(told[1]["body"]) == ids
    assert told[2]["body"]["data"] == docs.read(f"/{ids[0]}/insights", fields="spend")["data"]
    assert error(told[3])[2].startswith(
        "Request 3 was not made: the answer to the request with name mine does not give"
    )


def test_a_reference_may_be_encoded(docs: Graph):
    """
    An SDK encodes what it takes for a value.
    """
    told = parts_of(docs, [get(AD, name="ad"), get(f"?ids={quote('{result=ad:$.id}')}&fields=name")])

    assert list(told[1]["body"]) == [AD]


def test_what_depends_on_a_refused_part_is_not_made(docs: Graph):
    """
    The refusal itself is told, and so is why the dependent was not made; the rest is answered.
    """
    told = parts_of(docs, [get("404404", name="gone"), get(AD, depends_on="gone"), get("{result=gone:$.id}"), get(AD)])

    assert [part["code"] for part in told] == [400, 400, 400, 200]
    assert [error(part)[2][:32] for part in told[1:3]] == [
        "Request 1 was not made: the answ",
        "Request 2 was not made: the answ",
    ]


@pytest.mark.parametrize(
    "entry", [get(AD, depends_on="late"), get("{result=late:$.id}"), get(f"{AD}?fields={{result=late:$.x}}")]
)
def test_parts_depend_on_those_before_them_alone(docs: Graph, entry):
    """
    A name that stands nowhere before refuses the batch, in recorded words.
    """
    refused = sent(docs, [get(AD), entry, get(AD, name="late")])
    words = "Request 1 cannot depend on an  unresolved request with  name late."
    words += " Requests can only depend on preceding requests"

    assert_graph_error(refused, status=400, message=words, code=100, kind=BATCH)


def test_what_is_beyond_the_budget_is_null():
    """
    With a budget of two parts the others time out; asked for again they are answered.
    """
    graph = graph_on("docs", batch_parts=2)
    told = parts_of(graph, [get(AD)] * 5)

    assert [one and one["code"] for one in told] == [200, 200, None, None, None]
    assert [one and one["code"] for one in parts_of(graph, [get(AD)])] == [200]


def test_each_part_counts_as_a_call(throttled):
    """
    A batch of forty spends forty of sixty reads; the next one is refused part by part from the 21st on.
    """
    graph = throttled({"accounts/0/ads_api_access_tier": "development_access"})
    first, second = (parts_of(graph, [get(f"{AD}?fields=id")] * 40) for _ in range(2))

    assert {part["code"] for part in first} == {200}
    assert [part["body"].get("error", {}).get("code", 0) for part in second] == [0] * 20 + [17] * 20
    assert codes(graph, "/me", 1) == [0]


def test_on_the_wire_the_root_takes_batches():
    """
    POST / with a batch is Graph's, in a form, in JSON and in a multipart form; any other POST / stays CAMS's.
    """
    import requests

    text = json.dumps([get(AD), get("404404")])
    with running(Settings(world="docs", throttle=0)) as server:
        url = f"{server.url}/?access_token=EAAtok"
        told = [
            requests.post(url, data={"batch": text}, timeout=5),
            requests.post(url, json={"batch": json.loads(text)}, timeout=5),
            requests.post(url, files={"batch": (None, text)}, timeout=5),
        ]
        plain = requests.post(url, data={"x": "batches"}, timeout=5)
        action = requests.post(url, data={"batch": text, "Action": "ListMessageCampaign"}, timeout=5)

    assert [[one["code"] for one in answer.json()] for answer in told] == [[200, 400]] * 3
    assert "facebook-api-version" not in plain.headers
    assert "facebook-api-version" not in action.headers
