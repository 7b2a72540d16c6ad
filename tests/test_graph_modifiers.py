"""Parameters that change how any Graph call is made or printed: method, suppress_http_code, debug, pretty."""

import hashlib
import json

import pytest

from tests.graph import ACCOUNT, AD, Graph, assert_graph_error, header

INSIGHTS = f"/v26.0/{ACCOUNT}/insights"


def messages(graph: Graph, path: str, **parameters: str) -> list[tuple[str, str]]:
    """Type and text of the debug messages."""
    told = graph.read(path, **parameters)["__debug__"]["messages"]
    return [(one["type"], one["message"]) for one in told]


@pytest.mark.parametrize("method", ["get", "GET", "Get"])
@pytest.mark.parametrize("sent", ["GET", "POST"])
def test_a_method_parameter_wins_over_the_method(docs: Graph, sent, method):
    """
    POST with method=get reads, wherever the parameter stands.
    """
    plain = docs.get(INSIGHTS, fields="spend").body
    by_query = docs.send(sent, INSIGHTS, f"access_token=EAAtok&fields=spend&method={method}")
    form = {"content-type": "application/x-www-form-urlencoded"}
    by_form = docs.send(sent, INSIGHTS, "access_token=EAAtok&fields=spend", form, f"method={method}".encode())

    assert by_query.body == by_form.body == plain


def test_get_may_write(docs: Graph):
    """
    GET with method=post asks for a report, and with method=delete throws it away.
    """
    run = docs.read(INSIGHTS, method="post")["report_run_id"]

    assert docs.read(f"/{run}", method="delete") == {"success": True}
    assert_graph_error(
        docs.get(f"/{run}", method="POST"),
        status=400,
        message=f"Unsupported post request. Object with ID '{run}' does not exist, cannot be loaded due to missing"
        " permissions, or does not support this operation. Please read the Graph API documentation at"
        " https://developers.facebook.com/docs/graph-api",
        code=100,
        subcode=33,
        kind="GraphMethodException",
    )


def test_a_method_that_is_none_is_refused(docs: Graph):
    """
    PATCH is no method that a parameter may name.
    """
    refused = docs.get(f"/{AD}", method="patch")

    assert_graph_error(
        refused, status=400, message="(#100) method must be one of the following values: GET, POST, DELETE", code=100
    )


@pytest.mark.parametrize(
    ("path", "status"), [("/404404", 400), (f"/{AD}/nonsense", 400), ("/me?access_token=x", 401), (f"/{AD}", 200)]
)
@pytest.mark.parametrize("value", ["1", "true"])
def test_the_status_can_be_suppressed(docs: Graph, path, status, value):
    """
    suppress_http_code answers 200 with the body of the refusal, whatever its status would be.
    """
    path, _, query = path.partition("?")
    token = query.removeprefix("access_token=") or "EAAtok"
    told, plain = docs.get(path, access_token=token, suppress_http_code=value), docs.get(path, access_token=token)
    parts = [{**json.loads(one.body).get("error", {}), "fbtrace_id": ""} for one in (told, plain)]

    assert (told.status, plain.status) == (200, status)
    assert parts[0] == parts[1]


@pytest.mark.parametrize("path", [f"/v26.0/{AD}", INSIGHTS, f"/v26.0/{ACCOUNT}/ads", "/v26.0/404404"])
def test_pretty_is_the_same_on_several_lines(docs: Graph, path):
    """
    pretty=1 indents the same JSON, and the ETag is that of what is sent; pretty=0 is the default.
    """
    plain, compact, pretty = (docs.get(path, pretty=value) for value in (None, "0", "1"))
    whole = [{**json.loads(one.body), "error": None, "paging": None} for one in (plain, pretty)]

    assert whole[0] == whole[1]
    assert pretty.body.startswith(b'{\n  "')
    assert b"\n" not in plain.body
    assert b"\n" not in compact.body
    if plain.status == 200:
        digest = hashlib.sha1(pretty.body, usedforsecurity=False).hexdigest()
        assert header(pretty, "ETag") == f'"{digest}"'


@pytest.mark.parametrize("name", ["pretty", "suppress_http_code"])
@pytest.mark.parametrize("value", ["yes", "2", "[1]"])
def test_a_flag_is_a_flag(docs: Graph, name, value):
    """
    What is neither yes nor no is refused, and counts for nothing in the refusal.
    """
    refused = docs.get(f"/{AD}", **{name: value})

    assert_graph_error(
        refused, status=400, message=f"(#100) Param {name} must be a boolean. Instead, got "
        f"{'float' if value == '2' else 'string'}.", code=100,
    )  # fmt: skip


def test_debug_tells_what_was_ignored(docs: Graph):
    """
    debug=all names unknown and disregarded parameters and a missing version, in a list beside the answer.
    """
    told = messages(docs, f"/{ACCOUNT}/insights", debug="all", breakdown="age", action_report_time="mixed")

    assert told == [
        ("warning", "The parameter breakdown is unknown here and was ignored."),
        ("warning", "The parameter action_report_time is disregarded."),
        ("info", "The call named no version of the API."),
    ]


@pytest.mark.parametrize(("level", "kinds"), [("all", 2), ("info", 2), ("warning", 1)])
def test_debug_has_levels(docs: Graph, level, kinds):
    """
    debug=warning leaves the infos out.
    """
    assert len(messages(docs, f"/{AD}", debug=level, nonsense="1")) == kinds
    assert messages(docs, f"/v26.0/{AD}", debug=level, locale="en_US", format="json") == []


def test_debug_changes_nothing_else(docs: Graph):
    """
    The answer beside the messages is the answer; an error has no messages.
    """
    plain, told = docs.read(INSIGHTS, level="ad"), docs.read(INSIGHTS, level="ad", debug="all")

    assert {**told, "paging": plain.get("paging"), "__debug__": None} == {
        **plain,
        "paging": plain.get("paging"),
        "__debug__": None,
    }
    assert list(json.loads(docs.get("/404404", debug="all").body)) == ["error"]


def test_a_level_of_debug_that_is_none_is_refused(docs: Graph):
    """
    There are three levels.
    """
    refused = docs.get(f"/{AD}", debug="verbose")

    assert_graph_error(
        refused, status=400, message="(#100) debug must be one of the following values: all, info, warning", code=100
    )
