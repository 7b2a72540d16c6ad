"""Edges beside campaigns, ad sets and ads: creatives, pixels, pages, and those that are empty in every world."""

import json

import pytest

from mockserver.contract.load import load
from mockserver.vendors.meta.edges import UNSERVED
from tests.adding import whatever_status
from tests.graph import ACCOUNT, AD, Graph, graph_on
from tests.worlds import DEFAULT, edited

OPERATIONS = load("meta").operations
FIRST = f"act_{DEFAULT['accounts'][0]['id']}"
EMPTY = ("activities", "adimages", "adlabels", "advideos", "customaudiences", "customconversions")


def test_each_ad_has_one_creative_and_the_account_has_them_all(default: Graph):
    """
    The creatives of an account are those of its ads, and those of an ad set are those of the ads in it.
    """
    ads = default.rows(f"/{FIRST}/ads", fields="adset_id,creative", limit=500, **whatever_status())
    by_ad = {ad["id"]: [row["id"] for row in default.rows(f"/{ad['id']}/adcreatives")] for ad in ads}

    assert all(by_ad[ad["id"]] == [ad["creative"]["id"]] for ad in ads)
    assert [row["id"] for row in default.rows(f"/{FIRST}/adcreatives", limit=500)] == [
        creative for ad in ads for creative in by_ad[ad["id"]]
    ]
    adset = ads[0]["adset_id"]
    own = [ad["creative"]["id"] for ad in ads if ad["adset_id"] == adset]
    assert [row["id"] for row in default.rows(f"/{adset}/adcreatives", limit=500)] == own


def test_ids_of_creatives_are_lasting_and_nobody_elses(default: Graph):
    """
    A creative has the same id in every run of a world, and no other object has it.
    """
    other = graph_on("default")
    ids = [row["id"] for row in default.rows(f"/{FIRST}/adcreatives", limit=500)]

    assert ids == [row["id"] for row in other.rows(f"/{FIRST}/adcreatives", limit=500)]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & set(default.runtime.file.nodes)


def test_the_pixels_of_an_account_are_those_that_its_ad_sets_promote(default: Graph):
    """
    adspixels are the pixels of promoted_object, each once.
    """
    adsets = default.rows(f"/{FIRST}/adsets", fields="promoted_object{pixel_id}", limit=500, **whatever_status())
    used = {row["promoted_object"]["pixel_id"] for row in adsets if "pixel_id" in row.get("promoted_object", {})}
    pixels = default.rows(f"/{FIRST}/adspixels", limit=500)

    assert used
    assert sorted(row["id"] for row in pixels) == sorted(used)


def test_the_pages_of_an_account_are_those_that_its_creatives_name(default: Graph):
    """
    promote_pages are the actors of the creatives; me/accounts are the pages of all accounts of the token.
    """
    actors = {row["actor_id"] for row in default.rows(f"/{FIRST}/adcreatives", fields="actor_id", limit=500)}
    mine = {row["id"] for row in default.rows("/me/accounts", access_token="EAAfirst")}

    assert {row["id"] for row in default.rows(f"/{FIRST}/promote_pages")} == actors == mine
    assert mine <= {row["id"] for row in default.rows("/me/accounts")}


def test_a_pixel_of_two_accounts_belongs_to_the_first():
    """
    A pixel is listed in each account that uses it; its owner is the first, and is told only to those who may see it.
    """
    document = json.loads(json.dumps(DEFAULT))
    first, second = (one["id"] for one in document["accounts"][:2])
    ours, theirs = (
        next(one for one in document["campaigns"] if one["account_id"] == account) for account in (first, second)
    )
    ours["created_time"], theirs["created_time"] = "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"
    ours["adsets"][0]["pixel_id"] = theirs["adsets"][0]["pixel_id"] = "777"
    document["credentials"]["access_tokens"][0]["accounts"] = [second]
    graph = graph_on(document)

    assert "777" in {row["id"] for row in graph.rows(f"/act_{second}/adspixels")}
    assert graph.read("/777", fields="id,owner_ad_account{name}") == {"id": "777"}
    theirs["created_time"] = "2019-01-01T00:00:00Z"
    assert graph_on(document).read("/777", fields="owner_ad_account")["owner_ad_account"]["id"] == f"act_{second}"


@pytest.mark.parametrize("edge", EMPTY)
def test_edges_of_which_a_world_has_nothing_are_empty(docs: Graph, edge):
    """
    An edge that every world leaves empty is an empty list whose summary is 0, asked for with any field that exists.
    """
    fields = list(OPERATIONS[edge].record["properties"])

    assert docs.read(f"/{ACCOUNT}/{edge}", fields=fields[:20], limit=3) == {"data": []}
    assert docs.read(f"/{ACCOUNT}/{edge}", summary="true") == {"data": [], "summary": {"total_count": 0}}
    assert edge not in docs.read(f"/{ACCOUNT}", fields=f"name,{edge}")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("me/businesses", {"data": []}),
        ("me/businesses?fields=name,owned_ad_accounts.limit(5){id,insights{spend}},client_pages{id}", {"data": []}),
        (f"{ACCOUNT}/advideos?fields=source,thumbnails{{uri}}", {"data": []}),
        (f"{AD}/leads", {"data": []}),
        (
            f"{AD}/leads?fields=field_data,created_time&filtering=[{{field:time_created,operator:GREATER_THAN,value:1}}]",
            {"data": []},
        ),
        (f"{AD}?fields=leads{{field_data}}", {"id": AD}),
        ("120000000000002/activities", {"data": []}),
    ],
)
def test_other_empty_edges(docs: Graph, path, told):
    """
    A user has no businesses, an ad no leads, and nothing was ever changed in an ad set.
    """
    path, _, query = path.partition("?")

    assert json.loads(docs.send("GET", f"/{path}", f"access_token=EAAtok&{query}").body) == told


@pytest.mark.parametrize(
    "path", [f"{ACCOUNT}/adcreatives", f"{ACCOUNT}/promote_pages", "me/accounts", f"{AD}/adcreatives"]
)
def test_edges_have_cursors_and_counts(docs: Graph, path):
    """
    Every edge is paged and counted like the others.
    """
    body = docs.read(f"/{path}", summary="true", limit=1)

    assert body["summary"] == {"total_count": 1}
    assert body["paging"] == {"cursors": {"before": "MAZDZD", "after": "MAZDZD"}}
    assert docs.read(f"/{path}", after="MAZDZD") == {"data": []}


@pytest.mark.parametrize("value", ["NAME", "LAST_FIRED_TIME"])
def test_pixels_are_not_sorted_yet(docs: Graph, value):
    """
    An order that is not served is refused, not ignored.
    """
    error = json.loads(docs.get(f"/{ACCOUNT}/adspixels", sort_by=value).body)["error"]

    assert error["message"] == "(#100) sort_by is not served by this mock server yet."


def test_an_edge_that_is_served_is_not_called_unserved():
    """
    What is served of a kind of object is not in the list of what is not.
    """
    for operation in OPERATIONS.values():
        title = operation.record.get("title", "")
        edges = {name for name, part in operation.record["properties"].items() if "$ref" in part}
        assert not edges & UNSERVED.get(title, frozenset())


def test_a_page_that_no_campaign_uses_is_seen_by_nobody():
    """
    A page of the world file without a campaign belongs to no ad account.
    """
    graph = graph_on(edited({"pages/1": {"id": "2380000000002", "name": "Other"}}))

    assert json.loads(graph.get("/2380000000002").body)["error"]["code"] == 100
    assert [row["id"] for row in graph.rows("/me/accounts")] == ["2380000000001"]
