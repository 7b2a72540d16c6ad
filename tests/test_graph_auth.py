"""Who may read what: access tokens, where they stand, and what they see."""

import hashlib
import hmac
import json
from datetime import datetime

import pytest

from tests.graph import ACCOUNT, AD, Graph, assert_graph_error, graph_on
from tests.worlds import DEFAULT, edited

JSON, FORM = {"content-type": "application/json"}, {"content-type": "application/x-www-form-urlencoded"}
PROOF = hmac.new(b"s3cr3t", b"EAAtok", hashlib.sha256).hexdigest()
PROOF_998 = hmac.new(b"s3cr3t998", b"EAAproof", hashlib.sha256).hexdigest()
OTHER = f"act_{DEFAULT['accounts'][1]['id']}"
THEIRS = next(one for one in DEFAULT["campaigns"] if f"act_{one['account_id']}" == OTHER)


@pytest.mark.parametrize(
    ("query", "headers", "body"),
    [
        ("access_token=EAAtok", {}, b""),
        ("", FORM, b"access_token=EAAtok"),
        ("", JSON, b'{"access_token":"EAAtok"}'),
        ("", {"authorization": "Bearer EAAtok"}, b""),
        ("", {"authorization": "OAuth EAAtok"}, b""),
        ("", {"authorization": "bearer  EAAtok "}, b""),
        ("access_token=", {"authorization": "Bearer EAAtok"}, b""),
    ],
)
def test_a_token_may_stand_anywhere(docs: Graph, query, headers, body):
    """
    In the query, in a form, in JSON, or after Bearer or OAuth in a header, a token is the same token.
    """
    response = docs.send("GET", f"/{AD}", query, headers, body)

    assert (response.status, json.loads(response.body)) == (200, {"id": AD})


@pytest.mark.parametrize(
    ("query", "headers", "body"),
    [
        ("access_token=nonsense", {"authorization": "Bearer EAAtok"}, b""),
        ("access_token=nonsense", FORM, b"access_token=EAAtok"),
        ("access_token=nonsense", JSON, b'{"access_token":"EAAtok"}'),
        ("", JSON | {"authorization": "Bearer EAAtok"}, b'{"access_token":"nonsense"}'),
    ],
)
def test_the_query_comes_before_the_body_and_the_body_before_the_header(docs: Graph, query, headers, body):
    """
    Of two tokens one counts: the query's, else the body's, else the header's.
    """
    assert docs.send("GET", f"/{AD}", query, headers, body).status == 401


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer ", "Basic EAAtok", "EAAtok", "Token EAAtok"])
def test_a_header_without_a_token_is_no_token(docs: Graph, authorization):
    """
    Another scheme, or a scheme alone, brings no token.
    """
    response = docs.send("GET", f"/{AD}", "", {"authorization": authorization})
    message = "An access token is required to request this resource."

    assert_graph_error(response, status=400, message=message, code=104)


@pytest.mark.parametrize("path", ["me", "me/", "v26.0/me", "v26.0/me/adaccounts", "me/nonsense"])
def test_without_a_token_there_is_no_current_user(docs: Graph, path):
    """
    Whatever is asked about me needs an active token, in words of its own.
    """
    response = docs.get(f"/{path}", access_token=None)
    message = "An active access token must be used to query information about the current user."

    assert_graph_error(response, status=400, message=message, code=2500)


@pytest.mark.parametrize("token", ["EAAto", "EAAtokk", "eaatok", "EAATOK", "EAAtok ", "ÉAAtok", "EAAtok\0", "[]"])
def test_a_token_is_exact(docs: Graph, token):
    """
    A token that is shorter, longer or in another case is nobody's.
    """
    response = docs.get(f"/{AD}", access_token=token)
    message = "Invalid OAuth access token - Cannot parse access token"

    assert_graph_error(response, status=401, message=message, code=190)


@pytest.mark.parametrize(
    ("now", "valid"),
    [("2023-12-31T23:59:59+00:00", True), ("2024-01-01T00:00:00+00:00", False), ("2026-11-21T18:00:00+00:00", False)],
)
def test_a_token_expires_at_its_instant(now, valid):
    """
    Until its instant a token is valid; then the error tells both times as Facebook writes them, in its own time zone.
    """
    response = graph_on("docs", datetime.fromisoformat(now)).get("/me", access_token="EAAexpired")
    told = response.body.decode()

    assert (response.status == 200) is valid
    assert valid or "Session has expired on Sunday, 31-Dec-23 16:00:00 PST. The current time is" in told
    assert "2026" not in now or "The current time is Saturday, 21-Nov-26 10:00:00 PST." in told


@pytest.mark.parametrize(
    ("token", "sent", "status"),
    [
        ("EAAtok", PROOF, 200),
        ("EAAtok", None, 200),
        ("EAAtok", PROOF_998, 400),
        ("EAAtok", PROOF.upper(), 400),
        ("EAAtok", "", 400),
        ("EAAtok", "é", 400),
        ("EAAproof", PROOF_998, 200),
        ("EAAproof", None, 400),
        ("EAAproof", PROOF, 400),
    ],
)
def test_a_proof_is_checked_when_sent_and_demanded_by_the_app(docs: Graph, token, sent, status):
    """
    appsecret_proof is the token's HMAC under its own app's secret; one app demands it, the other does not.
    """
    assert docs.get(f"/{AD}", access_token=token, appsecret_proof=sent).status == status


def test_a_proof_may_stand_in_the_body(docs: Graph):
    """
    Like any parameter the proof may travel in a form or in JSON.
    """
    form = f"access_token=EAAproof&appsecret_proof={PROOF_998}".encode()
    as_json = json.dumps({"access_token": "EAAproof", "appsecret_proof": PROOF_998}).encode()

    assert docs.send("GET", f"/{AD}", "", FORM, form).status == 200
    assert docs.send("GET", f"/{AD}", "", JSON, as_json).status == 200


@pytest.mark.parametrize("path", [OTHER, f"{OTHER}/insights", f"{OTHER}/campaigns", f"{OTHER}/insights/"])
def test_an_account_that_a_token_does_not_see_is_forbidden(default: Graph, path):
    """
    An ad account of others is refused with 200, and tells nothing of its usage.
    """
    response = default.get(f"/{path}", access_token="EAAfirst")
    message = "(#200) Ad account owner has NOT grant ads_management or ads_read permission"

    assert_graph_error(response, status=403, message=message, code=200)
    assert {name for name, _ in response.headers if "usage" in name} == {"x-app-usage"}
    assert default.get(f"/{path}").status == 200


@pytest.mark.parametrize("edge", ["", "/insights", "/ads", "/nonsense"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_object_that_a_token_does_not_see_does_not_exist(default: Graph, edge, method):
    """
    A campaign of others is answered as an id that nobody has, to the letter.
    """
    node = THEIRS["id"]
    theirs = default.send(method, f"/{node}{edge}", "access_token=EAAfirst")
    nobodys = default.send(method, f"/404404{edge}", "access_token=EAAfirst")
    told, known = (json.loads(response.body)["error"] for response in (theirs, nobodys))

    assert (theirs.status, told["code"], told["error_subcode"]) == (400, 100, 33)
    assert told["message"] == known["message"].replace("404404", node)


@pytest.mark.parametrize(
    ("permissions", "status"),
    [([], 403), (["pages_messaging"], 403), (["ads_read"], 200), (["ads_management"], 200)],
)
def test_ads_read_or_ads_management_opens_ads(permissions, status):
    """
    One of two permissions is enough for ads and insights; me needs none.
    """
    graph = graph_on(edited({"credentials/access_tokens/0/permissions": permissions}))
    paths = (ACCOUNT, AD, f"{AD}/insights", f"{ACCOUNT}/ads", "me/adaccounts")

    assert {graph.get(f"/{path}").status for path in paths} == {status}
    assert graph.get("/me").status == 200


def test_a_bad_token_is_refused_before_anything_else(docs: Graph):
    """
    Who is unknown learns neither which ids exist nor what is wrong with a parameter.
    """
    paths = [AD, "404404", f"{AD}/nonsense", f"{AD}/insights?date_preset=nonsense", "me?ids=1"]
    messages = set()
    for path in paths:
        bare, _, query = path.partition("?")
        response = docs.send("GET", f"/{bare}", f"access_token=nonsense&{query}")
        messages.add(json.loads(response.body)["error"]["message"])

    assert len(messages) == 1


def test_secrets_are_in_no_answer(docs: Graph):
    """
    Neither token nor proof nor the app's secret is told back, but in the links of a page.
    """
    for path in (AD, f"{ACCOUNT}/ads", f"{AD}/insights", "me", "404404", f"{AD}/x", f"{AD}/insights/"):
        for extra in ({}, {"fields": "x"}, {"appsecret_proof": PROOF}):
            response = docs.get(f"/{path}", **extra)
            told = response.body.decode() + str(response.headers)

            assert not any(secret in told for secret in ("EAAtok", PROOF, "s3cr3t"))
