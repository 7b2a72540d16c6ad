"""Paths of the Graph API: versions, slashes, edges and methods."""

import json

import pytest

from tests.graph import ACCOUNT, AD, Graph, assert_graph_error, header

CAMPAIGN = "120000000000003"


@pytest.mark.parametrize("path", ["me", ACCOUNT, CAMPAIGN, AD, f"{AD}/insights", f"{ACCOUNT}/ads", "me/adaccounts"])
@pytest.mark.parametrize("before", ["/", "/v1.0/", "/v26.0/", "/v999.99/", "//"])
@pytest.mark.parametrize("behind", ["", "/"])
def test_any_version_or_none_and_a_trailing_slash(docs: Graph, path, before, behind):
    """
    SDKs put a slash behind objects, and any version in front; the answer is the same, and names the version.
    """
    response = docs.get(before + path + behind)
    version = before.strip("/") or "v26.0"

    assert response.body == docs.get(f"/{path}").body
    assert header(response, "facebook-api-version") == version


@pytest.mark.parametrize("path", ["v26/me", "v26.0.1/me", "V26.0/me", "v٢٦.٠/me", "26.0/me"])
def test_what_is_no_version_is_an_id(docs: Graph, path):
    """
    Only v, digits, a dot and digits make a version.
    """
    error = json.loads(docs.get(f"/{path}").body)["error"]

    assert (error["code"], error["error_subcode"]) == (100, 33)


@pytest.mark.parametrize("path", [AD, f"{ACCOUNT}/insights", "404404"])
def test_head_is_get_without_its_body(docs: Graph, path):
    """
    HEAD has the status and the headers of GET, up to the letters of the request itself.
    """
    asked = {name: docs.send(name, f"/{path}", "access_token=EAAtok") for name in ("GET", "HEAD")}

    assert asked["HEAD"].status == asked["GET"].status
    assert [name for name, _ in asked["HEAD"].headers] == [name for name, _ in asked["GET"].headers]
    assert header(asked["HEAD"], "ETag") == header(asked["GET"], "ETag")


@pytest.mark.parametrize(
    "path",
    [
        *("me/permissions", f"{AD}/copies", f"{ACCOUNT}/users", "search", "oauth/access_token", "ads_archive"),
        *("2380000000001/feed", "330000000000001/stats", "120237521950668685/previews"),
    ],
)
def test_edges_of_meta_that_are_not_served_say_so(docs: Graph, path):
    """
    An edge that Meta has is not called unknown.
    """
    message = f"(#100) GET /{path} is not served by this mock server yet."

    assert_graph_error(docs.get(f"/{path}"), status=400, message=message, code=100)


@pytest.mark.parametrize(
    "path",
    [
        "me/nonsense",
        f"{AD}/ads",
        f"{AD}/campaigns",
        "120000000000002/adsets",
        f"{AD}/a/b",
        "120000000000003/adcreatives",
    ],
)
def test_edges_that_an_object_has_not_are_unknown(docs: Graph, path):
    """
    An ad has no ads, an ad set no ad sets: the path components are unknown.
    """
    message = "Unknown path components: /" + path.partition("/")[2]

    assert_graph_error(docs.get(f"/{path}"), status=400, message=message, code=2500)


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT", "PATCH", "OPTIONS"])
def test_writes_are_not_served_yet(docs: Graph, method):
    """
    Nothing is written; what exists is told from what does not.
    """
    refused = docs.send(method, f"/{AD}", "access_token=EAAtok&status=PAUSED")
    missing = docs.send(method, "/404404", "access_token=EAAtok")

    assert_graph_error(
        refused, status=400, message=f"(#100) {method} /{AD} is not served by this mock server yet.", code=100
    )
    assert json.loads(missing.body)["error"]["message"].startswith(f"Unsupported {method.lower()} request. Object with")
    assert docs.read(f"/{AD}", fields="status")["status"] == "ACTIVE"
