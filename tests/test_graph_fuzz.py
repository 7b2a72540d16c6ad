"""Whatever is sent is answered: in Graph's shape, without a bug, and never with a status of 500 but Meta's own."""

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mockserver.contract.load import load
from tests.graph import ACCOUNT, AD, assert_graph_error, graph_on, header
from tests.graph_asking import PATHS

GRAPH = graph_on("docs")
OPERATIONS = load("meta").operations
NAMES = sorted({name for operation in OPERATIONS.values() for name in operation.parameters})
NAMES += [
    "access_token",
    "appsecret_proof",
    "method",
    "ids",
    "batch",
    "debug",
    "pretty",
    "x",
    "",
    "fields[]",
    "a[b][c]",
]
NAMES += [
    "time_range[since]",
    "time_range[until]",
    "filtering[0][field]",
    "filtering[0][operator]",
    "filtering[][value]",
]
MANY = settings(max_examples=250, derandomize=True, deadline=None, database=None)

NASTY = [
    "",
    "\0",
    "a\0b",
    "\ud800",
    "\udfff\ud800x",
    "👩‍👩‍👧‍👦",
    "\u202eabc",
    "é" * 5000,
    "x" * 5000,
    "[" * 5000,
    "{" * 300 + "}" * 300,
    "[" * 900 + "]" * 900,
    '{"a":' * 500 + "1" + "}" * 500,
    "9" * 5000,
    "-1",
    "0",
    str(10**9),
    str(10**30),
    "1e309",
    "NaN",
    "null",
    "true",
    "%",
    "%zz",
    "\r\nX-Injected: 1",
    "{0.__class__}",
    "{}",
    "{field}",
    "[{}]",
    "[null]",
    '{"since":"0001-01-01","until":"9999-12-31"}',
    '{"since":"9999-12-31","until":"9999-12-31"}',
    '{"since":"2026-01-01","until":"9999-12-31"}',
    '{"since":null,"until":[]}',
    '[{"field":"action_type","operator":"IN","value":[[[]]]}]',
    '[{"field":"action_type","operator":"CONTAINS_ANY","value":{"a":1}}]',
    '[{"field":"","operator":"EQUAL","value":""}]',
    "insights.date_preset(x){a,b",
    "name{",
    "}{",
    ",,,",
    "__class__",
]
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=30),
    st.text(st.characters(codec=None, categories=["Cs", "Cc", "Lu", "Nd"]), max_size=10),
    st.text("[]{}'\",:\\ 0a", max_size=30),
    st.dates().map(lambda day: json.dumps({"since": str(day), "until": "9999-12-31"})),
    st.sampled_from([value for one in OPERATIONS["insights"].parameters.values() for value in one.get("enum", [])]),
)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(), st.text(max_size=8), texts),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
methods = st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "DELETE", "PUT", "OPTIONS", "TRACE", "x"])
paths = st.sampled_from(
    [*(path.rpartition(" ")[2] for path in PATHS.values()), f"/{AD}/insights", f"/v1.0/{ACCOUNT}/insights"]
)


def judge(response):
    """The property: data or an error in the envelope, and no bug."""
    assert GRAPH.runtime.bugs == []
    if response.status in (200, 304):
        assert header(response, "ETag")
        assert response.status == 304 or isinstance(json.loads(response.body), dict | list)
        return
    error = json.loads(response.body)["error"]
    shape = {"status": response.status, "message": error["message"], "code": error["code"]}
    assert_graph_error(response, **shape, subcode=error.get("error_subcode"), kind=error["type"])
    assert response.status < 500 or (error["code"], error["error_subcode"]) == (1, 99)
    assert all(value.isprintable() and value.isascii() for _, value in response.headers)


@given(methods, paths, st.dictionaries(st.sampled_from(NAMES), texts, max_size=4))
@MANY
def test_any_text_in_any_parameter(method, path, sent):
    """
    NUL, halves of letters, emoji, 5 kB, deep nesting, huge numbers and dates: each parameter bears everything.
    """
    query = urlencode({"access_token": "EAAtok", **sent}, errors="surrogatepass")
    judge(GRAPH.send(method, path, query))


@pytest.mark.parametrize("name", NAMES)
def test_each_parameter_bears_each_nasty_text(name):
    """
    Every known parameter with every text that has broken a server before, on an edge and on an object.
    """
    for text in NASTY:
        for path in (PATHS["insights"], PATHS["ads"], PATHS["ad"]):
            judge(GRAPH.send("GET", path, urlencode({"access_token": "EAAtok", name: text}, errors="surrogatepass")))


@given(paths, st.text(max_size=40) | texts)
@example(PATHS["insights"], "access_token=EAAtok&" * 2000)
@example(PATHS["insights"], "access_token=EAAtok&fields=\ud800")
@example(PATHS["insights"], "access_token=EAAtok&level=ad&limit=1&x=\ud800")
@MANY
def test_any_query(path, query):
    """
    A query need not be one.
    """
    judge(GRAPH.send("GET", path, query))
    judge(GRAPH.send("GET", path, "access_token=EAAtok&" + query))


@given(methods, st.text(max_size=30) | texts)
@MANY
def test_any_path(method, path):
    """
    A path may be anything, with an id before or behind it.
    """
    for whole in (path, f"/{path}", f"/{AD}/{path}", f"/v26.0/{path}/insights", f"/me/{path}"):
        judge(GRAPH.send(method, whole, "access_token=EAAtok"))


@given(
    st.sampled_from(["authorization", "content-type", "if-none-match", "cookie", "x-forwarded-host"]),
    texts,
    st.booleans(),
)
@MANY
def test_any_header(name, value, known):
    """
    No header can break an answer.
    """
    judge(GRAPH.send("GET", PATHS["insights"], "access_token=EAAtok" if known else "", {name: value}, b"{}"))
    judge(GRAPH.send("GET", PATHS["insights"], "", {"authorization": f"Bearer {value}"}))


@given(paths, st.binary(max_size=60) | texts.map(lambda text: text.encode("utf-8", "surrogatepass")))
@MANY
def test_any_body(path, body):
    """
    Bytes that call themselves a form or JSON need be neither.
    """
    for kind in ("application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"):
        judge(GRAPH.send("GET", path, "access_token=EAAtok", {"content-type": kind}, body))


@given(paths, st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), json_values, max_size=4))
@example(PATHS["insights"], {"limit": 3.0, "level": "ad"})
@example(PATHS["insights"], {"limit": 10**30, "time_increment": 1e300})
@example(f"/{ACCOUNT}/insights", {"x": [[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]})
@MANY
def test_any_json_body(path, sent):
    """
    Values of any JSON type in any parameter are read or refused.
    """
    body = json.dumps(sent).encode("utf-8", "surrogatepass")
    judge(GRAPH.send("GET", path, "access_token=EAAtok", {"content-type": "application/json"}, body))


@pytest.mark.parametrize("limit", [1, 25, 10**9, 10**18])
def test_any_range_and_limit_is_cheap_enough(limit):
    """
    The longest range that is kept, cut into days, and any limit, is a page like every other.
    """
    span = {"since": "2023-10-21", "until": "9999-12-31"}
    body = GRAPH.read(f"/{ACCOUNT}/insights", level="ad", time_range=span, time_increment=1, limit=limit)

    assert len(body["data"]) == min(limit, 10)


def test_a_deep_link_is_still_a_link():
    """
    A path of 5 kB in letters of any script is an error as long as it, in an envelope.
    """
    judge(GRAPH.send("GET", "/" + quote("ü" * 5000), "access_token=EAAtok"))
    judge(GRAPH.send("GET", "/" + "ü" * 5000, "access_token=EAAtok"))
