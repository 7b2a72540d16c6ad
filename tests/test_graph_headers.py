"""The headers of Graph's answers, as they were recorded."""

import hashlib
import http.client
import json

import pytest

from mockserver.pipeline import Request, answer
from mockserver.running import running
from mockserver.settings import Settings
from tests.graph import ACCOUNT, AD, Graph, graph_on, header

ORDER = (
    "ETag Expires Content-Type facebook-api-version x-fb-request-id Strict-Transport-Security x-fb-trace-id x-fb-rev"
    " Cache-Control Pragma x-fb-rlafr x-app-usage x-ad-account-usage x-business-use-case-usage"
    " x-fb-ads-insights-throttle Access-Control-Allow-Origin X-FB-Debug Date Alt-Svc"
).split()
USAGE = ("x-app-usage", "x-ad-account-usage", "x-business-use-case-usage", "x-fb-ads-insights-throttle")
INSIGHTS = f"/v25.0/{ACCOUNT}/insights"
EMPTY = "1050253aec7b29caff644806927dabfa81406eee"  # recorded as the ETag of {"data":[]}


def test_headers_come_in_the_recorded_order(docs: Graph):
    """
    An answer's headers stand in the order in which Meta's were recorded.
    """
    assert [name for name, _ in docs.get(INSIGHTS).headers] == ORDER


def test_headers_have_the_recorded_values(docs: Graph):
    """
    What never varies is what was recorded; what varies has its length and letters.
    """
    found = dict(docs.get(INSIGHTS).headers)

    assert found["Expires"] == "Sat, 01 Jan 2000 00:00:00 GMT"
    assert found["Content-Type"] == "application/json; charset=UTF-8"
    assert found["facebook-api-version"] == "v25.0"
    assert found["Strict-Transport-Security"] == "max-age=15552000; preload"
    assert found["Cache-Control"] == "private, no-cache, no-store, must-revalidate"
    assert (found["Pragma"], found["x-fb-rlafr"], found["Access-Control-Allow-Origin"]) == ("no-cache", "0", "*")
    assert (len(found["x-fb-request-id"]), found["x-fb-request-id"][0]) == (23, "A")
    assert (len(found["x-fb-trace-id"]), len(found["x-fb-rev"])) == (11, 10)
    assert found["x-fb-rev"].isdecimal()
    assert found["Date"] == "Sat, 21 Nov 2026 12:00:00 GMT"
    assert found["Alt-Svc"].startswith("h3=")


def test_letters_belong_to_the_request():
    """
    Two requests have other letters; the same requests to another server of the same world have the same.
    """
    one, other = graph_on("docs"), graph_on("docs")
    ids = [(header(one.get("/me"), "x-fb-request-id"), header(other.get("/me"), "x-fb-request-id")) for _ in range(5)]

    assert all(here == there for here, there in ids)
    assert len(set(ids)) == 5


@pytest.mark.parametrize("path", [INSIGHTS, f"/{AD}", "/me", f"/{ACCOUNT}/ads", f"/{AD}/insights"])
def test_the_etag_is_the_sha1_of_the_body(docs: Graph, path):
    """
    A recorded ETag is the SHA-1 of its body, and so is ours.
    """
    response = docs.get(path)

    assert header(response, "ETag") == f'"{hashlib.sha1(response.body, usedforsecurity=False).hexdigest()}"'
    assert response.body != b'{"data":[]}' or header(response, "ETag") == f'"{EMPTY}"'


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (f'"{EMPTY}"', 304),
        (f'W/"{EMPTY}"', 304),
        (f'"other", "{EMPTY}"', 304),
        ("*", 304),
        ('"other"', 200),
        (EMPTY, 200),
        ("", 200),
    ],
)
def test_a_body_that_the_client_has_is_not_sent_again(docs: Graph, sent, status):
    """
    If-None-Match with the ETag of the answer gives 304, the same headers, and no body.
    """
    response = docs.send("GET", INSIGHTS, "access_token=EAAtok", {"if-none-match": sent})

    assert response.status == status
    assert response.body == (b"" if status == 304 else b'{"data":[]}')
    assert [name for name, _ in response.headers] == ORDER


def test_an_error_is_never_304(docs: Graph):
    """
    A refusal has no ETag to compare.
    """
    response = docs.send("GET", INSIGHTS, "access_token=EAAtok&fields=x", {"if-none-match": "*"})

    assert response.status == 400
    assert header(response, "ETag") is None


@pytest.mark.parametrize("extra", [{}, {"fields": "x"}, {"limit": 0}, {"after": "x"}, {"breakdowns": "age"}])
def test_usage_is_told_on_every_insights_answer(docs: Graph, extra):
    """
    Good or refused, an insights answer tells the usage of the app, the account and the business use case, as JSON.
    """
    response = docs.get(INSIGHTS, **extra)
    usage = {name: json.loads(header(response, name)) for name in USAGE}
    spent = {"call_count": 0, "total_cputime": 0, "total_time": 0}
    tier = {"ads_api_access_tier": "standard_access"}

    assert usage == {
        "x-app-usage": spent,
        "x-ad-account-usage": {"acc_id_util_pct": 0.0, "reset_time_duration": 300} | tier,
        "x-business-use-case-usage": {
            ACCOUNT[4:]: [{"type": "ads_insights"} | spent | {"estimated_time_to_regain_access": 0} | tier]
        },
        "x-fb-ads-insights-throttle": {"app_id_util_pct": 0.0, "acc_id_util_pct": 0.0} | tier,
    }


@pytest.mark.parametrize(
    ("path", "told"),
    [(f"/{AD}", USAGE[:3]), (f"/{ACCOUNT}/ads", USAGE[:3]), ("/me", USAGE[:1]), ("/404404", USAGE[:1])],
)
def test_usage_is_that_of_what_was_asked_about(docs: Graph, path, told):
    """
    Objects and lists tell their account's management usage; what is about no account tells the app's alone.
    """
    response = docs.get(path)
    case = json.loads(header(response, "x-business-use-case-usage") or f'{{"{ACCOUNT[4:]}":[{{"type":null}}]}}')

    assert tuple(name for name, _ in response.headers if name in USAGE) == told
    assert case[ACCOUNT[4:]][0]["type"] == ("ads_management" if len(told) == 3 else None)


def test_nobody_has_no_usage(docs: Graph):
    """
    Without a good token there is no app whose usage could be told.
    """
    assert not set(USAGE) & {name for name, _ in docs.get(INSIGHTS, access_token="x").headers}


@pytest.mark.parametrize("path", [INSIGHTS, f"{INSIGHTS}/x"])
def test_over_tls_nothing_binds_the_browser(docs: Graph, path):
    """
    On an https origin HSTS and Alt-Svc are left out: they would bind a developer's localhost to TLS and port 443.
    """
    request = Request("GET", path, "access_token=EAAtok", {}, b"", "https://localhost:8086")
    names = {name for name, _ in answer(docs.dialect, docs.runtime, request).headers}

    assert not names & {"Strict-Transport-Security", "Alt-Svc"}
    assert {"Strict-Transport-Security", "Alt-Svc"} <= {name for name, _ in docs.get(path).headers}


def test_a_refusal_is_challenged_and_not_stored(docs: Graph):
    """
    An error begins with its challenge and no-store, and leaves out the ETag and the good answer's Cache-Control.
    """
    response = docs.get(INSIGHTS, fields="x", level="ad")
    names = [name for name, _ in response.headers]
    kept = [name for name in ORDER if name not in ("ETag", "Cache-Control")]

    assert names == ["www-authenticate", "Cache-Control", *kept]
    assert header(response, "Cache-Control") == "no-store"


@pytest.mark.parametrize(("token", "kind"), [("nonsense", "invalid_token"), (None, "invalid_request")])
def test_the_challenge_tells_a_bad_token_from_none(docs: Graph, token, kind):
    """
    Only 190 is an invalid token; every other refusal is an invalid request.
    """
    challenge = header(docs.get(INSIGHTS, access_token=token), "www-authenticate")

    assert challenge.startswith(f'OAuth "Facebook Platform" "{kind}" "')


def test_headers_reach_the_client():
    """
    Over the wire each recorded header is there once; the server may write their names in another case and order.
    """
    with running(Settings(world="docs")) as server:
        connection = http.client.HTTPConnection(server.host)
        connection.request("GET", f"{INSIGHTS}?access_token=EAAtok")
        response = connection.getresponse()
        names = [name.lower() for name, _ in response.getheaders()]
        connection.close()

    assert sorted(names) == sorted([*map(str.lower, ORDER), "content-length"])
    assert response.getheader("Content-Length") == "11"
