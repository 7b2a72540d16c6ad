"""What each part of a batch has of its own: token, headers, ETag, modifiers, its place in the limits."""

import hashlib
import hmac
import json
from urllib.parse import urlencode

import pytest

from mockserver.running import running
from mockserver.settings import Settings
from tests.batches import CAMPAIGN, RANGE, error, get, parts_of, sent
from tests.graph import AD, Graph, codes, graph_on


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
