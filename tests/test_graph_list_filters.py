"""Filters and other choices of the lists of campaigns, ad sets and ads: the matrix measured on the live API."""

import json
from datetime import datetime
from itertools import product

import pytest

from contract_tests.keeps import KEEPS
from tests.adding import whatever_status
from tests.graph import graph_on
from tests.graph_refusals import OPERATORS as WORDS
from tests.worlds import DEFAULT

GRAPH = graph_on("default")
ACCOUNT = f"act_{DEFAULT['accounts'][0]['id']}"
EDGES = {"campaigns": "campaign", "adsets": "adset", "ads": "ad"}
OPERATORS = WORDS.split(", ")
SAME = {"EQUAL", "NOT_EQUAL", "IN", "NOT_IN"}
SIZE = {"GREATER_THAN", "LESS_THAN", "IN_RANGE", "NOT_IN_RANGE"}
MATRIX = {
    **dict.fromkeys(("id", "status", "effective_status", "optimization_goal", "bid_strategy"), SAME),
    "name": {"EQUAL", "CONTAIN", "NOT_CONTAIN"},
    **dict.fromkeys(("created_time", "updated_time", "start_time"), SIZE),
    "end_time": SIZE - {"NOT_IN_RANGE"},
    **dict.fromkeys(("daily_budget", "lifetime_budget", "bid_amount"), SIZE),
}
REFUSED = (
    *("configured_status", "adset.campaign_id", "ad.adset_id", "ad.campaign_id", "ad.creative_id"),
    *("adset.budget_remaining", "adset.destination_type", "adset.promoted_object", "adset.is_dynamic_creative"),
    *("ad.source_ad_id", "nonsense"),
)
TOLD = {
    "campaigns": "start_time,stop_time",
    "adsets": "start_time,end_time,optimization_goal,bid_strategy,daily_budget,lifetime_budget",
    "ads": "adset{start_time,end_time}",
}
CELLS = [(field, operator) for field, operator in product(MATRIX, OPERATORS)]


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert GRAPH.runtime.bugs == []


def rows(edge, *entries, **parameters):
    """The ids that the list tells, filtered by *entries*: field, operator and value."""
    filtering = [{"field": field, "operator": operator, "value": value} for field, operator, value in entries]
    if parameters.pop("whatever", True):
        filtering += whatever_status()["filtering"]
    return [row["id"] for row in GRAPH.rows(f"/{ACCOUNT}/{edge}", filtering=filtering, limit=500, **parameters)]


def everything(edge, **parameters):
    """All objects of a list with what they may be filtered by."""
    fields = "id,name,status,effective_status,created_time,updated_time," + TOLD[edge]
    return GRAPH.rows(f"/{ACCOUNT}/{edge}", fields=fields, **{"limit": 500, **whatever_status(), **parameters})


def seen(row, field):
    """The value that a filter compares: UNIX seconds, hundredths, or text."""
    told = {**row.get("adset", {}), **row, **({"end_time": row["stop_time"]} if "stop_time" in row else {})}
    value = told.get(field)
    if value is not None and field.endswith("_time"):
        return int(datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z").timestamp())
    return int(value) if value is not None and field.endswith("_budget") else value


def wanted(operator, values):
    """A value of the right kind for *operator*, taken from those that there are."""
    values = sorted(set(values))
    middle = values[len(values) // 2]
    if "RANGE" in operator:
        return [values[len(values) // 4], middle]
    if operator in ("IN", "NOT_IN"):
        return values[: 1 + len(values) // 3]
    return middle[1:4].swapcase() if operator.endswith("CONTAIN") else middle


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize(("field", "operator"), CELLS)
def test_each_cell_of_the_matrix(edge, field, operator):
    """
    A field takes the operators that it was measured to take and then keeps what a client would keep, newest first;
    every other operator is refused with its name in lower case.
    """
    if operator not in MATRIX[field]:
        refused = [{"field": field, "operator": operator, "value": "1"}]
        error = json.loads(GRAPH.get(f"/{ACCOUNT}/{edge}", filtering=refused).body)["error"]
        words = f"(#100) Filtering field '{field}' with operation '{operator.lower()}' is not supported"
        assert (error["message"], error["error_subcode"]) == (words, 1487390)
        return
    listed = [(row["id"], seen(row, field)) for row in everything(edge)]
    values = [value for _, value in listed if value is not None]
    value = wanted(operator, values) if values else [1, 2] if "RANGE" in operator else 1 if operator in SIZE else "x"
    kept = [one for one, found in listed if found is not None and KEEPS[operator](found, value)]

    assert rows(edge, (field, operator, value)) == kept
    assert rows(edge, (f"{EDGES[edge]}.{field}", operator, value)) == kept


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("field", REFUSED)
def test_each_field_that_was_measured_to_be_refused(edge, field):
    """
    A field that lists are never filtered by is refused whatever the operator, after the operator is read.
    """
    asked = [{"field": field, "operator": "EQUAL", "value": "1"}]
    error = json.loads(GRAPH.get(f"/{ACCOUNT}/{edge}", filtering=asked).body)["error"]

    assert (error["message"], error["code"]) == (f"(#100) Filtering field '{field}' is not supported", 100)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("field", ["id", "status", "effective_status"])
def test_in_and_not_in_share_a_list_out(edge, field):
    """
    What IN leaves out, NOT_IN keeps, and nothing is in both.
    """
    some = sorted({row[field] for row in everything(edge)})[::2]
    inside, outside = rows(edge, (field, "IN", some)), rows(edge, (field, "NOT_IN", some))

    assert inside
    assert not set(inside) & set(outside)
    assert {*inside, *outside} == set(rows(edge))


@pytest.mark.parametrize("edge", EDGES)
def test_entries_are_anded(edge):
    """
    Two entries keep what each of them keeps, in the order of the list.
    """
    names = [row["name"] for row in everything(edge)]
    one, other = ("name", "CONTAIN", names[0][:2]), ("effective_status", "IN", ["ACTIVE"])
    both = rows(edge, one, other)

    assert both == [each for each in rows(edge, one) if each in rows(edge, other)]
    assert both == rows(edge, other, one)


def test_objects_are_chosen_by_what_is_above_and_below_them():
    """
    campaign.status chooses ads by their campaign, ad.name campaigns by any of their ads.
    """
    campaigns = {row["id"]: row["status"] for row in everything("campaigns")}
    ads = GRAPH.rows(f"/{ACCOUNT}/ads", fields="name,campaign_id", limit=500, **whatever_status())
    name = ads[0]["name"]
    paused = [ad["id"] for ad in ads if campaigns[ad["campaign_id"]] == "PAUSED"]

    assert paused
    assert rows("ads", ("campaign.status", "EQUAL", "PAUSED")) == paused
    assert set(rows("campaigns", ("ad.name", "EQUAL", name))) == {ad["campaign_id"] for ad in ads if ad["name"] == name}


def test_a_filter_on_status_says_which_statuses_are_listed():
    """
    Deleted objects are listed where a filter asks for them; filters on anything else leave them out.
    """
    told = {"whatever": False}
    deleted = rows("campaigns", ("effective_status", "IN", ["DELETED"]), **told)

    assert deleted
    assert rows("campaigns", ("campaign.status", "EQUAL", "DELETED"), **told) == deleted
    assert not set(deleted) & set(rows("campaigns", ("created_time", "GREATER_THAN", 0), **told))


@pytest.mark.parametrize("edge", EDGES)
def test_a_summary_counts_what_the_filters_leave(edge):
    """
    summary.total_count is the length of the filtered list.
    """
    entry = {"field": "effective_status", "operator": "IN", "value": ["ACTIVE"]}
    body = GRAPH.read(f"/{ACCOUNT}/{edge}", filtering=[entry], summary="true", limit=1)

    assert body["summary"] == {"total_count": len(rows(edge, ("effective_status", "IN", ["ACTIVE"])))}
    assert body["summary"]["total_count"] < len(rows(edge))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("yesterday", "filtering[0][value] must be an integer. Instead, got string."),
        (1.5, "filtering[0][value] must be an integer. Instead, got float."),
        ({"from": 1}, "filtering[0][value] must be an integer. Instead, got object."),
    ],
)
def test_a_time_is_a_whole_number_of_seconds(value, message):
    """
    What is no UNIX time is refused with its place and its type.
    """
    asked = [{"field": "created_time", "operator": "GREATER_THAN", "value": value}]
    error = json.loads(GRAPH.get(f"/{ACCOUNT}/ads", filtering=asked).body)["error"]

    assert error["message"] == f"(#100) Param {message}"


@pytest.mark.parametrize(
    ("value", "got"), [(1, "an array. Instead, got integer"), ([1], "an array. Instead, got array")]
)
def test_a_range_has_two_ends(value, got):
    """
    IN_RANGE takes a list of two numbers.
    """
    asked = [{"field": "created_time", "operator": "IN_RANGE", "value": value}]
    error = json.loads(GRAPH.get(f"/{ACCOUNT}/ads", filtering=asked).body)["error"]

    assert error["message"] == f"(#100) Param filtering[0][value] must be {got}."


def test_times_and_ids_are_read_as_text_and_as_numbers():
    """
    A UNIX time may be sent as text, an id as a number.
    """
    listed = everything("ads")
    middle = seen(listed[len(listed) // 2], "created_time")

    assert rows("ads", ("created_time", "LESS_THAN", str(middle))) == rows("ads", ("created_time", "LESS_THAN", middle))
    assert rows("ads", ("id", "IN", [int(listed[0]["id"])])) == [listed[0]["id"]]


@pytest.mark.parametrize("edge", ["ads", "adsets"])
def test_updated_since_keeps_what_was_updated_then_or_later(edge):
    """
    updated_since=t keeps the ads and ad sets whose updated_time is not before t.
    """
    listed = [(row["id"], seen(row, "updated_time")) for row in everything(edge)]
    since = sorted(at for _, at in listed)[len(listed) // 2]

    assert rows(edge, updated_since=since) == [one for one, at in listed if at >= since]


@pytest.mark.parametrize("field", ["objective", "campaign.objective"])
def test_campaigns_are_filtered_by_their_objective(field):
    """
    Every campaign of a world has one objective; ad sets and ads are filtered by it under the campaign's name alone.
    """
    every = rows("campaigns")

    assert rows("campaigns", (field, "IN", ["OUTCOME_ENGAGEMENT", "OUTCOME_LEADS"])) == every
    assert rows("campaigns", (field, "NOT_EQUAL", "OUTCOME_ENGAGEMENT")) == []
    assert rows("adsets", ("campaign.objective", "EQUAL", "OUTCOME_ENGAGEMENT")) == rows("adsets")
    filtering = [{"field": "objective", "operator": "EQUAL", "value": "OUTCOME_ENGAGEMENT"}]
    assert GRAPH.get(f"/{ACCOUNT}/adsets", filtering=filtering).status == 400


@pytest.mark.parametrize(("edge", "level"), EDGES.items())
def test_deliveries_share_the_objects_out(edge, level):
    """
    Each object has one delivery; paused ones are inactive, and a filter on it says itself which statuses are listed.
    """
    words = ["active", "scheduled", "completed", "inactive", "archived", "deleted"]
    status = {row["id"]: row["effective_status"] for row in everything(edge)}
    found = {word: rows(edge, (f"{level}.delivery_info", "IN", [word]), whatever=False) for word in words}

    assert sorted(one for ids in found.values() for one in ids) == sorted(status)
    assert found["inactive"] == [one for one in status if status[one].endswith("PAUSED")]
    assert found["archived"] == [one for one in status if status[one] == "ARCHIVED"]
    assert found["active"]
    assert found["completed"]


@pytest.mark.parametrize(
    ("adsets", "told"),
    [
        ([("2026-09-25", "2026-10-01", "ACTIVE"), ("2026-12-01", "2026-12-20", "ACTIVE")], "scheduled"),
        ([("2026-09-25", "2026-10-01", "ACTIVE"), ("2026-11-01", "2026-12-20", "ACTIVE")], "active"),
        ([("2026-09-25", "2026-10-01", "ACTIVE"), ("2026-12-01", "2026-12-20", "PAUSED")], "completed"),
    ],
)
def test_a_delivery_is_that_of_what_is_below(adsets, told):
    """
    A campaign delivers while any of its living ad sets does, and is scheduled while one has yet to begin.
    """
    document = json.loads(json.dumps(DEFAULT))
    campaign = next(
        one for one in document["campaigns"] if one["status"] == "ACTIVE" and one["account_id"] == ACCOUNT[4:]
    )
    first = campaign["adsets"][0]
    campaign["adsets"] = []
    for at, (since, until, status) in enumerate(adsets):
        ad = {**first["ads"][0], "id": f"9990{at}", "status": "ACTIVE"}
        ad = {name: value for name, value in ad.items() if name not in ("pins", "stopped_on")}
        ad |= {"stopped_on": since} if status == "PAUSED" else {}
        adset = {**first, "id": f"999{at}", "start_date": since, "end_date": until, "status": status, "ads": [ad]}
        campaign["adsets"].append(adset)
    graph = graph_on(document)
    filtering = [{"field": "delivery_info", "operator": "EQUAL", "value": told}]
    found = [row["id"] for row in graph.rows(f"/{ACCOUNT}/campaigns", filtering=filtering, limit=500)]

    assert campaign["id"] in found


@pytest.mark.parametrize("edge", EDGES)
def test_a_list_may_travel_as_text(edge):
    """
    "[1,2]" and "[\"a\"]", JSON within a text, are lists; a name in brackets is a name.
    """
    ids = [row["id"] for row in everything(edge)][:2]

    assert rows(edge, ("id", "IN", f"[{','.join(ids)}]")) == ids == rows(edge, ("id", "IN", json.dumps(ids)))
    assert rows(edge, ("id", "IN", "[" * 500 + "]" * 500)) == []
    assert rows(edge, ("daily_budget", "IN_RANGE", "[0, 100000000]")) == rows(
        edge, ("daily_budget", "IN_RANGE", [0, 100000000])
    )
    assert rows(edge, ("id", "IN", "[SALE]")) == []


@pytest.mark.parametrize("edge", ["campaigns", "adsets"])
def test_completed_objects_have_their_last_day_behind_them(edge):
    """
    is_completed=true lists what has ended; false lists everything, as without it.
    """
    ended = [row["id"] for row in everything(edge) if (seen(row, "end_time") or 2**60) < GRAPH_NOW]

    assert ended
    assert rows(edge, is_completed="true") == ended
    assert rows(edge, is_completed="false") == rows(edge)


GRAPH_NOW = GRAPH.runtime.clock.instant().timestamp() - 86400


@pytest.mark.parametrize("sort", ["name", "created_time_ascending", ["name_descending"]])
def test_sort_changes_nothing(sort):
    """
    Measured: sort has no effect on lists, which are newest first.
    """
    assert rows("campaigns", sort=sort) == rows("campaigns")


def test_the_dates_of_a_list_are_those_of_its_insights():
    """
    date_preset and time_range are for the insights in each object; insights that name their own dates keep them.
    """
    span = {"since": "2026-10-01", "until": "2026-10-07"}
    own = GRAPH.rows(f"/{ACCOUNT}/ads", fields=f"insights.time_range({json.dumps(span)}){{spend}}", limit=500)
    listed = GRAPH.rows(f"/{ACCOUNT}/ads", fields="insights{spend}", time_range=span, limit=500)
    both = GRAPH.rows(
        f"/{ACCOUNT}/ads", fields="insights.date_preset(last_7d){spend}", date_preset="maximum", limit=500
    )

    assert any("insights" in row for row in own)
    assert [row.get("insights", {}).get("data") for row in listed] == [
        row.get("insights", {}).get("data") for row in own
    ]
    assert both == GRAPH.rows(f"/{ACCOUNT}/ads", fields="insights.date_preset(last_7d){spend}", limit=500)
