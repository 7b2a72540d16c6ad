"""Reads of several ids at once."""

import json

import pytest

from mockserver.running import running
from mockserver.settings import Settings
from tests.graph import ACCOUNT, AD, Graph, assert_graph_error, codes, graph_on, header, usage

ADSET, CAMPAIGN = "120000000000002", "120000000000003"
IDS = [AD, ADSET, CAMPAIGN, ACCOUNT]
LIMITED = {"accounts/0/ads_api_access_tier": "development_access"}


@pytest.mark.parametrize("prefix", ["", "/v26.0", "/v21.0"])
@pytest.mark.parametrize("spelled", [",".join(IDS), json.dumps(IDS), ", ".join(IDS), ",".join(IDS * 2)])
def test_objects_are_keyed_by_their_ids(docs: Graph, prefix, spelled):
    """
    Each object stands under its id once, in the order asked for, as if it were read alone.
    """
    told = docs.read(f"{prefix}/", ids=spelled, fields="id,name,account_id")

    assert list(told) == IDS
    assert told == {id_: docs.read(f"{prefix}/{id_}", fields="id,name,account_id") for id_ in IDS}


@pytest.mark.parametrize("prefix", ["", "/v26.0"])
@pytest.mark.parametrize("edge", ["insights", "ads"])
def test_an_edge_is_read_for_each(prefix, edge):
    """
    Each id has its rows and its own paging, whose links lead to its own next page.
    """
    graph = graph_on("default")
    ids = [f"act_{account.id}" for account in graph.runtime.file.accounts]
    asked = {"limit": "2"} | ({"level": "ad", "fields": "ad_id,spend"} if edge == "insights" else {"fields": "id"})
    told = graph.read(f"{prefix}/{edge}", ids=",".join(ids), **asked)
    alone = {id_: graph.read(f"{prefix}/{id_}/{edge}", **asked) for id_ in ids}

    assert {id_: part["data"] for id_, part in told.items()} == {id_: part["data"] for id_, part in alone.items()}
    assert any("next" in part["paging"] for part in told.values())
    for id_, part in told.items():
        if "next" in part["paging"]:
            assert f"{prefix}/{id_}/{edge}?" in part["paging"]["next"]
            assert graph.follow(part["paging"]["next"])["data"] == graph.follow(alone[id_]["paging"]["next"])["data"]


def test_parameters_may_stand_in_a_body(docs: Graph):
    """
    The Node SDK sends {} with its reads; a JSON body holds the ids as well.
    """
    plain = docs.read("/v26.0/", ids=f"{AD},{CAMPAIGN}", fields="name")
    kind = {"content-type": "application/json"}
    empty = docs.send("GET", "/v24.0/", f"fields=name&ids={AD}%2C{CAMPAIGN}&access_token=EAAtok", kind, b"{}")
    body = json.dumps({"ids": [AD, CAMPAIGN], "fields": ["name"]}).encode()
    by_json = docs.send("GET", "/v26.0/", "", {**kind, "authorization": "Bearer EAAtok"}, body)

    assert json.loads(empty.body) == json.loads(by_json.body) == plain


@pytest.mark.parametrize("path", ["/v26.0/", "/v26.0/insights"])
def test_one_unknown_id_refuses_all(docs: Graph, path):
    """
    The error is that of a read of the unknown id alone.
    """
    told, alone = docs.get(path, ids=f"{AD},404404"), docs.get(path.replace("v26.0/", "v26.0/404404/"))
    messages = [json.loads(one.body)["error"]["message"] for one in (told, alone)]

    assert messages[0] == messages[1]
    assert messages[0].startswith("Unsupported get request. Object with ID '404404' does not exist")


def test_fifty_ids_are_the_most(docs: Graph):
    """
    The 51st id is one too many; the same id twice counts once.
    """
    many = [str(404404 + at) for at in range(51)]
    refused = docs.get("/v26.0/", ids=",".join(many))

    assert_graph_error(refused, status=400, message="(#100) Too many IDs. Maximum: 50. Provided: 51.", code=100)
    assert list(docs.read("/v26.0/", ids=",".join([AD] * 60))) == [AD]


@pytest.mark.parametrize("ids", ["[]", ",", ", ,"])
def test_no_ids_are_none(docs: Graph, ids):
    """
    A list of nothing is refused.
    """
    refused = docs.get("/v26.0/", ids=ids)

    assert_graph_error(refused, status=400, message="(#100) param ids must be non-empty.", code=100)


def test_an_id_is_no_path(docs: Graph):
    """
    An edge behind an id, and a word of the API in its place, lead nowhere.
    """
    for ids in (f"{AD}/insights", "insights", "v26.0", "../me"):
        assert docs.get("/v26.0/", ids=ids).status == 400


def test_nobody_is_told_without_a_token(docs: Graph):
    """
    The token is asked for first, and another's objects are none.
    """
    default = graph_on("default")
    theirs = next(one for one in default.runtime.file.accounts if one.id not in
                  default.runtime.file.access_tokens["EAAfirst"].accounts)  # fmt: skip

    assert json.loads(docs.get("/", ids="404404", access_token=None).body)["error"]["code"] == 104
    assert json.loads(default.get("/", ids=f"act_{theirs.id}", access_token="EAAfirst").body)["error"]["code"] == 200


def test_writing_to_several_ids_is_not_served(docs: Graph):
    """
    Only reads take ids.
    """
    refused = docs.send("POST", "/v26.0/insights", f"access_token=EAAtok&ids={AD}")

    assert_graph_error(
        refused, status=400, message="(#100) POST of several ids is not served by this mock server yet.", code=100
    )


def test_each_id_counts_as_a_call(throttled):
    """
    Twenty ids spend twenty of sixty reads, and the headers of the answer tell so.
    """
    graph = throttled(LIMITED)
    told = [graph.get("/v26.0/insights", ids=",".join(IDS)) for _ in range(15)]

    assert [one.status for one in told] == [200] * 15
    assert json.loads(header(told[-1], "x-ad-account-usage"))["acc_id_util_pct"] == 100
    assert json.loads(header(told[-1], "x-fb-ads-insights-throttle"))["acc_id_util_pct"] == 10
    assert codes(graph, f"/{AD}", 1) == [17]
    assert usage(graph, f"/{ACCOUNT}/insights")["type"] == "ads_insights"


def test_the_root_of_the_port_takes_ids():
    """
    On the wire GET /?ids= is Graph's; a call of / without ids stays CAMS's, and so does one with an Action.
    """
    import requests

    with running(Settings(world="docs", throttle=0)) as server:
        graph = requests.get(f"{server.url}/", params={"ids": AD, "access_token": "EAAtok"}, timeout=5)
        plain = requests.get(f"{server.url}/", params={"access_token": "EAAtok"}, timeout=5)
        action = requests.get(f"{server.url}/", params={"ids": AD, "Action": "ListMessageCampaign"}, timeout=5)
        signed = requests.get(f"{server.url}/?ids=1", headers={"Authorization": "ACS3-HMAC-SHA256 x"}, timeout=5)

    assert list(graph.json()) == [AD]
    assert "facebook-api-version" not in plain.headers
    assert "facebook-api-version" not in action.headers
    assert "facebook-api-version" not in signed.headers


@pytest.mark.parametrize(
    ("path", "ids", "message"),
    [
        ("/v26.0/act_1/", '[""]', "(#100) param ids[0] must be non-empty."),
        ("/act_1", "v26.0", "Unsupported get request. Object with ID 'v26.0' does not exist"),
        ("/v26.0/ads_insights/export_report", "ads", "Unsupported get request. Object with ID 'ads' does not exist"),
        ("/v26.0/", "act_2390000000001/insights", "Unsupported get request. Object with ID"),
    ],
)
def test_what_is_no_id_names_nothing(docs: Graph, path, ids, message):
    """
    A version, an edge and an empty text among the ids are refused in words, whatever the path makes of them.
    """
    error = json.loads(docs.get(path, ids=ids).body)["error"]

    assert error["message"].startswith(message)


def test_insights_of_several_ids_are_read_at_once(docs: Graph):
    """
    async=true makes no job of a read of several ids.
    """
    told = docs.read("/v26.0/insights", ids=f"{ACCOUNT},{AD}", **{"async": "true"})

    assert told.keys() == {ACCOUNT, AD}
    assert all("report_run_id" not in part and "data" in part for part in told.values())
