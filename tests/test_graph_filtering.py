"""Filtering by objects and by figures: every operator keeps what a client would keep."""

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.keeps import NUMBER_LISTS, NUMBERS, TEXT_LISTS, TEXTS, TIMES
from tests.adding import COUNTED, M, of_status, sums
from tests.graph import graph_on

GRAPH = graph_on("default")
WORLD = GRAPH.runtime.world
NODE = f"act_{GRAPH.runtime.file.accounts[0].id}"
FEW = settings(max_examples=80, derandomize=True, deadline=None, database=None)
Row = dict[str, Any]
COMPLEMENTS = {
    "EQUAL": "NOT_EQUAL", "GREATER_THAN": "LESS_THAN_OR_EQUAL", "LESS_THAN": "GREATER_THAN_OR_EQUAL",
    "IN_RANGE": "NOT_IN_RANGE", "IN": "NOT_IN",
}  # fmt: skip
FIGURES = (
    "impressions", "reach", "spend", "clicks", "inline_link_clicks", f"{M}delivered", f"{M}read", f"{M}read_rate",
    f"{M}link_btn_click", f"{M}cost_per_delivered", f"{M}sent",
)  # fmt: skip
RATIOS = (f"{M}read_rate", f"{M}cost_per_delivered")  # of which rows tell six decimals
STRICT = ("GREATER_THAN", "LESS_THAN", "NOT_EQUAL")
TEXT_FIELDS = ("name", "id", "effective_status", "objective", "buying_type")
TIME_FIELDS = ("created_time", "updated_time")
ALL_OPERATORS = {*TEXTS, *TEXT_LISTS, *NUMBERS, *NUMBER_LISTS, *TIMES, "TOP"}


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert GRAPH.runtime.bugs == []


def rows(*entries, **parameters) -> list[Row]:
    """The account's rows of any status, filtered by *entries*: field, operator and value."""
    filtering = [{"field": field, "operator": operator, "value": value} for field, operator, value in entries]
    filtering.append(of_status(parameters.get("level", "ad")))
    fields = [*FIGURES, *COUNTED, "ad_id", "adset_id", "campaign_id"]
    asked = {"fields": fields, "level": "ad", "date_preset": "last_90d", "limit": 500}
    return GRAPH.rows(f"/{NODE}/insights", **asked | {"filtering": filtering} | parameters)


def of(row: Row, level: str) -> Any:
    """The object of *level* that *row* belongs to."""
    return WORLD.node(row[f"{level}_id"])


def text_of(row: Row, level: str, name: str) -> str:
    """What the object of *level* says of *name*."""
    if name == "effective_status":
        return WORLD.effective_status(of(row, level))
    return {"objective": "OUTCOME_ENGAGEMENT", "buying_type": "AUCTION"}.get(name) or getattr(of(row, level), name)


def time_of(row: Row, level: str, name: str) -> int:
    """When the object of *level* was made or changed, as Graph tells it."""
    told = GRAPH.read(f"/{row[f'{level}_id']}", fields=name)[name]
    return int(datetime.fromisoformat(told).timestamp())


@pytest.mark.parametrize("level", ["campaign", "ad"])
@pytest.mark.parametrize("name", TEXT_FIELDS)
@pytest.mark.parametrize("operator", [*TEXTS, *TEXT_LISTS])
def test_texts_of_objects_are_matched_as_a_client_would(level, name, operator):
    """
    Every operator on texts keeps the rows of the objects whose text passes, at any level above the rows.
    """
    whole = rows()
    known = sorted({text_of(row, level, name) for row in whole})
    words = [known[0], known[-1], known[0][:3], known[-1][-4:].upper(), "nowhere"]
    for value in words if operator in TEXTS else [words[:1], words, [words[2], words[3]]]:
        keep = (TEXTS | TEXT_LISTS)[operator]
        expected = [row for row in whole if keep(text_of(row, level, name), value)]
        assert rows((f"{level}.{name}", operator, value)) == expected, value


@pytest.mark.parametrize("level", ["campaign", "ad"])
@pytest.mark.parametrize("name", TIME_FIELDS)
@pytest.mark.parametrize("operator", [*NUMBERS, *TIMES, *NUMBER_LISTS])
def test_times_of_objects_are_compared_as_a_client_would(level, name, operator):
    """
    created_time and updated_time are UNIX seconds, compared as numbers and as times.
    """
    whole = rows()
    times = {row["ad_id"]: time_of(row, level, name) for row in whole}
    known = sorted(set(times.values()))
    middle = known[len(known) // 2]
    value = [known[0], middle] if operator in NUMBER_LISTS else middle
    keep = (NUMBERS | TIMES | NUMBER_LISTS)[operator]

    assert rows((f"{level}.{name}", operator, value)) == [row for row in whole if keep(times[row["ad_id"]], value)]


@pytest.mark.parametrize(
    ("name", "operator"),
    [(name, one) for name in FIGURES for one in (*NUMBERS, *NUMBER_LISTS) if name not in RATIOS or one in STRICT],
)
@pytest.mark.parametrize("prefix", ["", "ad."])
def test_figures_are_compared_as_a_client_would(name, operator, prefix):
    """
    A figure, bare or with the level of the rows before it, keeps the rows whose figure passes; one not told never does.
    """
    whole = rows()
    known = sorted(float(row[name]) for row in whole if name in row)
    middle = known[len(known) // 2] if name not in RATIOS else round(known[len(known) // 2], 2)
    value = [known[2], middle] if operator in NUMBER_LISTS else middle
    keep = (NUMBERS | NUMBER_LISTS)[operator]

    assert rows((f"{prefix}{name}", operator, value)) == [
        row for row in whole if name in row and keep(float(row[name]), value)
    ]


@given(st.sampled_from(["spend", "impressions", "reach"]), st.sampled_from(sorted(COMPLEMENTS)), st.integers(0, 40))
@FEW
def test_a_filter_and_its_complement_share_the_rows_out(name, operator, at):
    """
    What passes and what does not are all rows, none twice, and together they are the whole.
    """
    whole = rows(time_increment="monthly")
    number = float(whole[at % len(whole)][name])
    value = [number / 2, number] if operator in NUMBER_LISTS else number
    inside = rows((name, operator, value), time_increment="monthly")
    outside = rows((name, COMPLEMENTS[operator], value), time_increment="monthly")

    assert sorted(map(str, inside + outside)) == sorted(map(str, whole))
    assert sums(inside) + sums(outside) == sums(whole)


@pytest.mark.parametrize("level", ["campaign", "adset", "ad"])
def test_figures_of_another_level_choose_its_objects(level):
    """
    A figure with a level before it is that of the whole range, whatever the level and the pieces of the rows.
    """
    spend = {row[f"{level}_id"]: float(row["spend"]) for row in rows(level=level)}
    limit = sorted(spend.values())[len(spend) // 2]
    kept = {one for one, value in spend.items() if value > limit}
    found = rows((f"{level}.spend", "GREATER_THAN", limit))

    assert found == [row for row in rows() if row[f"{level}_id"] in kept]
    if level != "campaign":
        parts = rows((f"{level}.spend", "GREATER_THAN", limit), level="campaign")
        assert sums(parts) == sums(found)


@pytest.mark.parametrize("count", [0, 1, 3, 1000])
@pytest.mark.parametrize("name", ["spend", "ad.impressions", "campaign.spend"])
def test_top_keeps_the_largest(count, name):
    """
    TOP keeps so many rows or objects, those with most of the figure.
    """
    level, _, bare = name.rpartition(".")
    key = f"{level or 'ad'}_id"
    figures = {row[key]: float(row[bare]) for row in rows(level=level or "ad")}
    most = sorted(figures, key=lambda one: -figures[one])[:count]

    assert {row[key] for row in rows((name, "TOP", count))} == set(most)


def test_filters_stand_beside_each_other():
    """
    Rows pass all entries: on texts, on figures and on action types.
    """
    text, figure = ("campaign.name", "CONTAIN", "a"), ("spend", "GREATER_THAN", 500)
    both = rows(text, figure, ("action_type", "CONTAIN", "purchase"))
    wanted = {row["ad_id"] for row in rows(text)} & {row["ad_id"] for row in rows(figure)}

    assert {row["ad_id"] for row in both} == wanted
    assert {one["action_type"] for row in both for one in row.get("actions", [])} <= {
        "offsite_conversion.fb_pixel_purchase"
    }


def test_parts_are_filtered_by_their_own_figures():
    """
    With breakdowns a bare figure is that of the part.
    """
    whole = rows(breakdowns="age,gender")

    assert rows(("impressions", "LESS_THAN", 5000), breakdowns="age,gender") == [
        row for row in whole if int(row["impressions"]) < 5000
    ]


def test_a_choice_of_one_object_is_not_that_of_another():
    """
    The largest ads of a campaign are not those of its account, whichever is asked first.
    """
    campaign = rows(level="campaign")[-1]["campaign_id"]
    asked = {"fields": "spend,ad_id", "level": "ad", "date_preset": "last_90d"}
    asked["filtering"] = [{"field": "ad.spend", "operator": "TOP", "value": 1}]
    of_account = GRAPH.rows(f"/{NODE}/insights", **asked)
    of_campaign = GRAPH.rows(f"/{campaign}/insights", **asked)

    assert len(of_account) == len(of_campaign) == 1
    assert GRAPH.rows(f"/{NODE}/insights", **asked) == of_account


@pytest.mark.parametrize(
    "field",
    ["effective_status", "campaign_id", "campaign.status", "name", "account.name", "ad.nonsense", "actions", "ad.", ""],
)
def test_other_fields_are_no_filters(field):
    """
    What insights cannot be filtered by is refused by its name.
    """
    entry = {"field": field, "operator": "EQUAL", "value": "x"}
    error = json.loads(GRAPH.get(f"/{NODE}/insights", filtering=[entry]).body)["error"]

    assert error["message"] == f"(#100) Filtering field {field} is invalid"


@pytest.mark.parametrize("kind", ["action_type", "campaign.name", "spend", "ad.updated_time"])
@pytest.mark.parametrize("operator", sorted(ALL_OPERATORS))
def test_operators_that_do_not_fit_are_refused(kind, operator):
    """
    Each operator of the contract is either understood of a kind of value or refused with it; none is ignored.
    """
    numbers = {*NUMBERS, *NUMBER_LISTS}
    fitting = {"spend": numbers | {"TOP"}, "ad.updated_time": numbers | {*TIMES}}.get(kind, {*TEXTS, *TEXT_LISTS})
    value: Any = [1, 2] if "RANGE" in operator else 1 if "." not in kind[:3] and kind == "spend" else "1"
    answer = GRAPH.get(f"/{NODE}/insights", filtering=[{"field": kind, "operator": operator, "value": value}])

    assert answer.status == (200 if operator in fitting else 400)
    if operator not in fitting:
        error = json.loads(answer.body)["error"]
        assert error["message"] == (
            f"(#100) Filtering field '{kind}' with operation '{operator.lower()}' is not supported"
        )
        assert error["error_subcode"] == 1487390


def test_link_clicks_are_silenced_with_their_action_type():
    """
    "non-matching metrics such as inline_link_clicks become 0": a filter without link_click leaves none of them.
    """
    asked = {"fields": "inline_link_clicks,inline_link_click_ctr,clicks", "time_increment": "monthly"}
    plain = rows(**asked)
    named = rows(("action_type", "IN", ["link_click"]), **asked)
    other = rows(("action_type", "IN", ["offsite_conversion.fb_pixel_purchase"]), **asked)

    assert named == plain
    assert {row["inline_link_clicks"] for row in other} == {"0"}
    assert [row["clicks"] for row in other] == [row["clicks"] for row in plain]


@pytest.mark.parametrize("name", ["ctr", "cpm", "frequency", f"{M}read_rate"])
def test_a_ratio_is_compared_as_it_is_printed(name):
    """
    A filter for exactly the figure that a row prints keeps that row.
    """
    for row in rows(fields=f"{name},campaign_id", level="campaign")[:5]:
        assert row in rows((name, "EQUAL", row[name]), fields=f"{name},campaign_id", level="campaign")


@pytest.mark.parametrize("value", ["1_0", "٣", "1e5", "nan", "inf", "0x10", "", " ", "9" * 40])
def test_what_is_no_plain_number_is_refused(value):
    """
    A number is digits, with a sign and a point at most.
    """
    answer = GRAPH.get(f"/{NODE}/insights", filtering=[{"field": "spend", "operator": "EQUAL", "value": value}])

    assert json.loads(answer.body)["error"]["message"].startswith("(#100) Param filtering[0][value] must be a number.")
