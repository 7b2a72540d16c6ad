"""Lists of campaigns, ad sets, ads and ad accounts."""

import json
from itertools import pairwise

import pytest

from mockserver.contract.load import load
from tests.adding import whatever_status
from tests.graph import Graph, assert_graph_error, graph_on
from tests.worlds import DEFAULT

OPERATIONS = load("meta").operations
FIRST = f"act_{DEFAULT['accounts'][0]['id']}"
EDGES = ["campaigns", "adsets", "ads"]


@pytest.mark.parametrize("edge", EDGES)
def test_lists_are_newest_first(default: Graph, edge):
    """
    Campaigns, ad sets and ads are listed by the time of their creation, the newest first.
    """
    times = [row["created_time"] for row in default.rows(f"/{FIRST}/{edge}", fields="created_time", limit=500)]
    utc = [time[:19] for time in times]

    assert len(times) > 20
    assert all(after <= before for before, after in pairwise(utc))


def test_a_campaign_is_as_old_as_itself_not_as_its_newest_ad(default: Graph):
    """
    A new ad in an old campaign does not move the campaign up its list.
    """
    campaigns = json.loads(json.dumps(DEFAULT))
    ours = [one for one in campaigns["campaigns"] if one["account_id"] == FIRST[4:] and one["status"] == "ACTIVE"]
    ours[0]["adsets"][0]["ads"][0]["created_time"] = "2026-11-20T12:00:00Z"
    found = graph_on(campaigns).rows(f"/{FIRST}/campaigns", limit=500)

    assert found == default.rows(f"/{FIRST}/campaigns", limit=500)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("account", [f"act_{one['id']}" for one in DEFAULT["accounts"]])
def test_deleted_and_archived_objects_are_listed_when_asked_for(default: Graph, account, edge):
    """
    A list leaves out what is deleted or archived; asked for, each status has its own, and all together are all.
    """
    statuses = {"ACTIVE", "PAUSED", "DELETED", "ARCHIVED", "CAMPAIGN_PAUSED", "ADSET_PAUSED"}
    own = OPERATIONS[edge].raw["request"]["properties"]["effective_status"]["items"]["enum"]
    by_default = default.rows(f"/{account}/{edge}", fields="effective_status", limit=500)
    by_status = {
        status: default.rows(f"/{account}/{edge}", fields="effective_status", **whatever_status(status), limit=500)
        for status in own
    }

    assert {row["effective_status"] for row in by_default} <= {"ACTIVE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED"}
    assert all({row["effective_status"] for row in rows} <= {status} for status, rows in by_status.items())
    assert {status for status, rows in by_status.items() if rows} <= statuses
    for status in set(own) - {"DELETED"}:
        asked = default.rows(f"/{account}/{edge}", fields="effective_status", effective_status=[status], limit=500)
        assert asked == by_status[status]
    everything = default.rows(f"/{account}/{edge}", fields="effective_status", **whatever_status(), limit=500)
    assert len(everything) == sum(map(len, by_status.values()))
    assert {row["id"] for row in by_default} <= {row["id"] for row in everything}


@pytest.mark.parametrize("edge", [*EDGES, "adcreatives", "adspixels"])
def test_a_limit_of_nothing_counts_alone(default: Graph, edge):
    """
    With limit=0 a list has no rows and no paging, and its summary the whole count, in a field of its parent too.
    """
    count = default.read(f"/{FIRST}/{edge}", summary="total_count", limit=1)["summary"]
    nested = default.read(f"/{FIRST}", fields=f"{edge}.limit(0).summary(total_count){{id}}")

    assert default.read(f"/{FIRST}/{edge}", limit=0, summary="total_count") == {"data": [], "summary": count}
    assert nested[edge] == {"data": [], "summary": count}
    assert default.read(f"/{FIRST}/{edge}", limit=0) == {"data": []}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("summary", ["true", "True", "1", "total_count", '["total_count"]'])
def test_a_summary_counts_the_whole_list(default: Graph, edge, summary):
    """
    summary.total_count is how many there are, whatever the page.
    """
    count = len(default.rows(f"/{FIRST}/{edge}", limit=500))

    assert default.read(f"/{FIRST}/{edge}", summary=summary, limit=2)["summary"] == {"total_count": count}
    assert "summary" not in default.read(f"/{FIRST}/{edge}", summary="false")
    assert "summary" not in default.read(f"/{FIRST}/{edge}")


def test_a_summary_is_asked_for_in_json_too(default: Graph):
    """
    summary: true in a JSON body is summary=true; what else could be summed up is not served yet.
    """
    body = default.send(
        "GET", f"/{FIRST}/ads", "access_token=EAAtok", {"content-type": "application/json"}, b'{"summary":true}'
    ).body
    refused = default.get(f"/{FIRST}/campaigns", summary="insights")

    assert json.loads(body)["summary"]["total_count"] > 25
    assert_graph_error(
        refused, status=400, message="(#100) the summary insights is not served by this mock server yet.", code=100
    )


def test_edges_below_a_campaign_and_an_ad_set(default: Graph):
    """
    Campaigns list their ad sets and ads, ad sets their ads, and together they are the account's.
    """
    every = {**whatever_status(), "limit": 500}
    ads = [row["id"] for row in default.rows(f"/{FIRST}/ads", **every)]
    by_campaign, by_adset = [], []
    for campaign in default.rows(f"/{FIRST}/campaigns", **every):
        by_campaign += [row["id"] for row in default.rows(f"/{campaign['id']}/ads", **every)]
        for adset in default.rows(f"/{campaign['id']}/adsets", **every):
            by_adset += [row["id"] for row in default.rows(f"/{adset['id']}/ads", **every)]

    assert sorted(ads) == sorted(by_campaign) == sorted(by_adset)


@pytest.mark.parametrize("token", ["EAAtok", "EAAfirst"])
def test_a_user_has_the_accounts_of_the_token(default: Graph, token):
    """
    me/adaccounts lists the ad accounts that the token may see, and no other.
    """
    seen = default.runtime.file.access_tokens[token].accounts
    body = default.read("/me/adaccounts", access_token=token, summary="true", fields="account_id")

    assert {row["account_id"] for row in body["data"]} == seen
    assert body["summary"] == {"total_count": len(seen)}
    assert len(seen) == (3 if token == "EAAtok" else 1)
