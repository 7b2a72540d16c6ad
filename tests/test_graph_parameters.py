"""Parameters are read from wherever and however real clients write them."""

import http.client
import json
from collections import Counter
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest

from mockserver.pipeline import Request
from mockserver.resources import folder
from mockserver.running import running
from mockserver.settings import Settings
from mockserver.vendors.meta import parameters
from tests.graph import AD, ORIGIN, Graph, graph_on, header
from tests.worlds import edited

INSIGHTS = f"/v26.0/{AD}/insights"
SINCE, UNTIL = "2024-06-01", "2024-12-31"
RANGE = f'{{"since":"{SINCE}","until":"{UNTIL}"}}'
PURCHASE = "offsite_conversion.fb_pixel_purchase"
PURCHASES = f'[{{"field":"action_type","operator":"IN","value":["{PURCHASE}"]}}]'
RECORDED = json.loads((folder("fixtures") / "wire" / "meta.json").read_text())
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
recorded = pytest.mark.parametrize("sent", RECORDED, ids=lambda sent: sent["name"])


def body(graph: Graph, query: str, path: str = INSIGHTS) -> bytes:
    """The body of the answer to *query*, which travels as it stands."""
    response = graph.send("GET", path, f"access_token=EAAtok&{query}")
    assert response.status == 200, response.body
    return response.body


@pytest.mark.parametrize(
    ("spelled", "plain"),
    [
        ('fields=["spend","reach"]', "fields=spend,reach"),
        ("fields=['spend', 'reach']", "fields=spend,reach"),
        ("fields=[spend,reach]", "fields=spend,reach"),
        ("fields=%5B%22spend%22%2C%22reach%22%5D", "fields=spend,reach"),
        ("fields=spend%2Creach", "fields=spend,reach"),
        ("fields=spend,+reach,", "fields=spend,reach"),
        ("fields[]=spend&fields[]=reach", "fields=spend,reach"),
        ("fields[0]=spend&fields[1]=reach", "fields=spend,reach"),
        ("fields[0]=spend&fields%5B1%5D=reach", "fields=spend,reach"),
        ('fields="spend"', "fields=spend"),
        ("fields='spend'", "fields=spend"),
        ("fields=[]", ""),
        ("fields=", ""),
        ("action_breakdowns=[action_type]", ""),
        ("action_breakdowns=action_type", ""),
        ('action_breakdowns=["action_type"]', ""),
        ("breakdowns=[]", ""),
        (f"time_range={{'since':'{SINCE}','until':'{UNTIL}'}}", f"time_range={RANGE}"),
        (f"time_range={{since:{SINCE},until:{UNTIL}}}", f"time_range={RANGE}"),
        (f"time_range={{'since':{SINCE},'until':{UNTIL}}}", f"time_range={RANGE}"),
        (f"time_range={{ 'until' : '{UNTIL}' , 'since' : '{SINCE}', }}", f"time_range={RANGE}"),
        (f"time_range[since]={SINCE}&time_range[until]={UNTIL}", f"time_range={RANGE}"),
        (f"time_range%5Bsince%5D={SINCE}&time_range%5Buntil%5D={UNTIL}", f"time_range={RANGE}"),
        (f"time_range={quote(RANGE)}", f"time_range={RANGE}"),
        (f"filtering=[{{field:'action_type',operator:'IN',value:['{PURCHASE}']}},]", f"filtering={PURCHASES}"),
        (f"filtering=[{{field:action_type,operator:IN,value:[{PURCHASE}]}},]", f"filtering={PURCHASES}"),
        (
            "filtering[0][field]=action_type&filtering[0][operator]=IN&filtering[0][value][]=" + PURCHASE,
            f"filtering={PURCHASES}",
        ),
        ("filtering=[]", ""),
        ("limit= 3 ", "limit=3"),
        ("time_increment=all_days", ""),
        ("default_summary=0&use_unified_attribution_setting=TRUE&async=false", ""),
        ("suppress_http_code=0&debug=false&ids=&method=get&batch=", ""),
        ("id=1&order_by=x&breakdown=age&sort_by=y&foo[bar]=baz&__paging_token=z", ""),
        ("pretty=0&format=json&locale=en_US&export_name=x&graph_cache=true&cpas_only=1&product_id_limit=5", ""),
    ],
)
def test_every_spelling_of_a_real_client_is_read(docs: Graph, spelled, plain):
    """
    JSON, what passes for it, PHP's brackets, commas and unknown names answer as the plain spelling does.
    """
    rest = "" if "fields" in spelled else "&fields=actions,spend"

    assert body(docs, spelled + rest) == body(docs, plain + rest)


@pytest.mark.parametrize("written", [{"fields": ["actions"], "limit": 1, "level": "ad"}, {"fields": "spend,actions"}])
@pytest.mark.parametrize("kind", [JSON, f"{JSON}; charset=UTF-8", "Application/JSON", FORM, f"{FORM};charset=utf-8"])
def test_a_parameter_may_stand_in_query_form_or_json(docs: Graph, written, kind):
    """
    The same parameters in the query, in a form body and in a JSON body answer alike.
    """
    written = written | {"time_range": {"since": SINCE, "until": UNTIL}, "filtering": json.loads(PURCHASES)}
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in written.items()}
    travels = json.dumps(written) if "json" in kind.lower() else urlencode(texts)
    in_body = docs.send("GET", INSIGHTS, "access_token=EAAtok", {"content-type": kind}, travels.encode())

    assert in_body.status == 200
    assert in_body.body == body(docs, urlencode(texts))


@pytest.mark.parametrize("written", [urlencode, json.dumps])
def test_a_body_without_a_type_is_a_form_or_an_object(docs: Graph, written):
    """
    A body that names no type is read as the form or the JSON that it is.
    """
    asked = {"fields": "impressions,spend", "level": "ad"}
    response = docs.send("POST", INSIGHTS, "access_token=EAAtok&method=get", {}, written(asked).encode())

    assert response.body == body(docs, urlencode(asked))


@pytest.mark.parametrize("kind", ["image/png", "text/plain", "application/xml"])
def test_a_body_of_another_type_is_ignored(docs: Graph, kind):
    """
    What is neither a form nor JSON changes nothing, and no link repeats it.
    """
    response = docs.send("GET", INSIGHTS, "access_token=EAAtok", {"content-type": kind}, b"<a>level=account&fields=x")

    assert response.body == body(docs, "")


def test_the_query_wins_over_the_body(docs: Graph):
    """
    A parameter that stands in both is the query's.
    """
    response = docs.send(
        "GET", INSIGHTS, "access_token=EAAtok&fields=spend", {"content-type": JSON}, b'{"fields":"reach","level":"ad"}'
    )

    assert response.body == body(docs, "fields=spend")


@pytest.mark.parametrize("sent", [b"{}", b"[]", b'""', b"{", b"\xff\xfe", b'{"a":' * 2000])
def test_a_body_that_says_nothing_is_read_and_ignored(docs: Graph, sent):
    """
    The two bytes that Meta's Node SDK sends with each GET change nothing, nor does a body that is no object.
    """
    response = docs.send("GET", INSIGHTS, "access_token=EAAtok", {"content-type": JSON, "content-length": "2"}, sent)

    assert response.body == body(docs, "")


def test_a_get_with_a_body_keeps_the_connection_usable():
    """
    After a GET with a two-byte body, the next request on the same connection is understood.
    """
    with running(Settings(world="docs")) as server:
        connection = http.client.HTTPConnection(server.host)
        statuses = []
        for _ in range(3):
            connection.request("GET", f"{INSIGHTS}?access_token=EAAtok", "{}", {"Content-Type": JSON})
            response = connection.getresponse()
            statuses.append((response.status, json.loads(response.read())["data"][0]["spend"]))
        connection.close()

    assert statuses == [(200, "38.87")] * 3


def as_sent(sent) -> Request:
    """A recorded request."""
    parts = urlsplit(sent["target"])
    headers = {name.lower(): value for name, value in sent["headers"]}
    return Request(sent["method"], parts.path, parts.query, headers, sent["body"].encode(), ORIGIN)


@recorded
def test_recorded_parameters_arrive_as_recorded(sent):
    """
    What a recorded request carries, read by other means, is what the server reads.
    """
    request = as_sent(sent)
    kind = request.headers.get("content-type", "")
    carried = json.loads(sent["body"]) if "json" in kind and sent["body"] else dict(parse_qsl(sent["body"]))
    carried |= dict(parse_qsl(request.query, keep_blank_values=True))

    assert parameters.merged(request) == carried
    assert carried["access_token"].startswith("EAAtok")


@recorded
def test_recorded_requests_are_answered_in_graphs_shape(docs: Graph, sent):
    """
    Whatever the SDKs send is answered, with data or with an error in Graph's envelope.
    """
    request = as_sent(sent)
    response = docs.send(request.method, request.path, request.query, request.headers, request.body)
    answer = json.loads(response.body)

    assert response.status < 500
    assert "json" in header(response, "Content-Type")
    assert isinstance(answer, list) or ("error" in answer) == (response.status >= 400)


def test_recorded_requests_are_told_apart():
    """
    In a world with the recorded ids, what is served answers, and what is not says so; nothing is silently ignored.
    """
    ids = {"accounts/0/id": "123", "campaigns/0/account_id": "123", "campaigns/0/id": "2000"}
    ids |= {"campaigns/0/adsets/0/ads/0/id": "120200000000001"}
    ids |= {f"spaces/{at}/accounts": ["123"] for at in range(3)}
    ids |= {f"credentials/access_tokens/{at}/accounts": ["123"] for at in range(7)}
    graph = graph_on(edited(ids))
    told = Counter()
    for sent in RECORDED:
        request = as_sent(sent)
        response = graph.send(request.method, request.path, request.query, request.headers, request.body)
        answer = json.loads(response.body)
        message = "data" if isinstance(answer, list) else answer.get("error", {}).get("message", "data")
        told[sent["name"].split("#")[0], message.replace(" is not served by this mock server yet.", "")] += 1

    assert graph.runtime.bugs == []
    assert {name: message for (name, message) in told if not message.startswith("Unsupported get")} == {
        "node_01_get_insights_sync": "An unknown error occurred",
        "node_02_insights_async": "data",
        "node_03_campaign_get": "data",
        "node_04_get_campaigns": "data",
        "node_06_batch": "data",
        "node_07_update_delete": "(#100) DELETE /2000",
        "node_08_show_header": "data",
        "node_10_batch_post_and_json": "data",
        "node_11_app_id_debug_token": "(#100) GET /debug_token",
        "py_01_get_insights_sync": "An unknown error occurred",
        "py_02_get_insights_no_params": "data",
        "py_03_get_insights_async_poll": "data",
        "py_04_async_is_async_fields_in_params": "data",
        "py_05_cursor_account_campaigns": "data",
        "py_06_campaign_api_get": "data",
        "py_07_me_adaccounts": "data",
        "py_08_batch": "data",
        "py_10_write_message_campaign": "(#100) POST /act_123/message_campaign",
        "py_11_update_delete": "(#100) DELETE /2000",
        "py_12_no_app_secret_and_version": "Invalid OAuth access token - Cannot parse access token",
        "py_14_delivery_estimate": "(#100) GET /act_123/message_delivery_estimate",
    }
