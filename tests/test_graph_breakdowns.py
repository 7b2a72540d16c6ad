"""Breakdowns: the parts of what was delivered add up to the whole, whichever way it is cut."""

import json
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.contract.load import load
from mockserver.world.crowds import crowds, roster
from mockserver.world.entities import Ad
from tests.adding import COUNTED, COUNTS, LISTS, M, sums
from tests.graph import ACCOUNT, graph_on

HOURS = ["hourly_stats_aggregated_by_advertiser_time_zone", "hourly_stats_aggregated_by_audience_time_zone"]
BUTTON = f"{M}btn_name"
# the sets that Meta's table prints, of those breakdowns of which a world can tell something
SETS = [
    *(("age",), ("gender",), ("age", "gender"), ("country",), ("region",), ("country", "region")),
    *(("publisher_platform",), ("impression_device",), ("device_platform",), ("comscore_market",)),
    *(("publisher_platform", "platform_position"), ("publisher_platform", "impression_device")),
    *(("publisher_platform", "device_platform"), ("publisher_platform", "platform_position", "impression_device")),
    ("publisher_platform", "platform_position", "device_platform"),
    *((one,) for one in HOURS),
]
OFFSITE_HIDDEN = {"region", *HOURS}
UNIQUE = ("reach", "frequency", "cpp")
KNOWN = load("meta").operations["insights"].parameters["breakdowns"]["items"]["enum"]
SINGLE = [names[0] for names in SETS if len(names) == 1]
TOLD = sorted({name for names in SETS for name in names})
DEFAULT, DOCS = graph_on("default"), graph_on("docs", date(2025, 6, 15))
NODES = [f"act_{account.id}" for account in DEFAULT.runtime.file.accounts]
NODES += [node for node in DEFAULT.runtime.file.nodes if not node.startswith("act_")]
FEW = settings(max_examples=40, derandomize=True, deadline=None, database=None)


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert DEFAULT.runtime.bugs + DOCS.runtime.bugs == []


def rows(node, names=(), graph=DEFAULT, **parameters):
    """All rows of *node* by the breakdowns *names*, with everything that adds up."""
    asked = {"fields": [*COUNTED, *UNIQUE], "limit": 5000, "date_preset": "last_90d", "breakdowns": list(names)}
    return graph.rows(f"/{node}/insights", **asked | parameters)


def told_by(names):
    """What rows by *names* tell of what adds up."""
    without = set(LISTS) if OFFSITE_HIDDEN & set(names) else set()
    return [name for name in COUNTED if name not in without and not (name == "reach" and set(HOURS) & set(names))]


@pytest.mark.parametrize("names", SETS, ids=",".join)
@pytest.mark.parametrize("level", ["account", "campaign", "ad"])
@pytest.mark.parametrize("increment", ["all_days", 7])
def test_the_rows_of_a_breakdown_sum_to_the_whole(names, level, increment):
    """
    For every allowed set, at every level, by days and whole: each count, spend and action is the sum of its parts.
    """
    asked = {"level": level, "time_increment": increment, "date_preset": "last_14d"}
    whole, parts = rows(NODES[0], **asked), rows(NODES[0], names, **asked)
    key = f"{level}_id"
    by_row, by_part = defaultdict(list), defaultdict(list)
    for one in rows(NODES[0], fields=[key, *COUNTED], **asked):
        by_row[one[key], one["date_start"]].append(one)
    for one in rows(NODES[0], names, fields=[key, *COUNTED], **asked):
        by_part[one[key], one["date_start"]].append(one)

    assert sums(parts, told_by(names)) == sums(whole, told_by(names)) != Counter()
    assert by_part.keys() == by_row.keys()
    assert all(sums(by_part[one], told_by(names)) == sums(by_row[one], told_by(names)) for one in by_row)


@given(st.sampled_from(NODES), st.sampled_from(SETS), st.sampled_from(["last_7d", "last_month", "this_year"]))
@FEW
def test_any_object_is_the_sum_of_its_parts(node, names, preset):
    """
    Accounts, campaigns, ad sets and ads of every kind are what their parts are together.
    """
    whole, parts = rows(node, date_preset=preset), rows(node, names, date_preset=preset)

    assert sums(parts, told_by(names)) == sums(whole, told_by(names))
    assert all(any(sums([one], COUNTS).values()) for one in parts)


@pytest.mark.parametrize("names", SETS, ids=",".join)
@pytest.mark.parametrize("increment", ["all_days", "monthly"])
def test_pinned_days_fall_apart_and_sum_to_the_pin(names, increment):
    """
    The vendors' printed numbers, which stand in the world file, are the sum of their parts too.
    """
    asked = {"graph": DOCS, "date_preset": "this_year", "time_increment": increment}
    whole, parts = rows(ACCOUNT, **asked), rows(ACCOUNT, names, **asked)

    assert sums(parts, told_by(names)) == sums(whole, told_by(names)) != Counter()
    assert len(parts) >= len(whole)


@pytest.mark.parametrize(
    ("fine", "coarse"),
    [
        (("age", "gender"), ("age",)),
        (("age", "gender"), ("gender",)),
        (("country", "region"), ("country",)),
        (("country", "region"), ("region",)),
        (("publisher_platform", "platform_position", "impression_device"), ("impression_device",)),
        (("publisher_platform", "device_platform"), ("device_platform",)),
    ],
)
@pytest.mark.parametrize(("graph", "node"), [(DEFAULT, NODES[0]), (DOCS, ACCOUNT)], ids=["default", "docs"])
def test_marginals_agree(graph, node, fine, coarse):
    """
    Rows by two breakdowns, added up over one of them, are the rows by the other.
    """
    asked = {"graph": graph, "date_preset": "last_90d"}
    added = defaultdict(list)
    for row in rows(node, fine, **asked):
        added[tuple(row[name] for name in coarse)].append(row)
    alone = {tuple(row[name] for name in coarse): [row] for row in rows(node, coarse, **asked)}

    assert added.keys() == alone.keys()
    assert all(sums(added[key], told_by(fine)) == sums(alone[key], told_by(fine)) for key in alone)


@pytest.mark.parametrize("names", SETS, ids=",".join)
def test_a_fresh_world_has_the_same_parts(names):
    """
    What a part is depends on the world's seed alone, not on what was asked before.
    """
    known = rows(NODES[1], names)
    crowds.cache_clear()
    roster.cache_clear()

    assert rows(NODES[1], names, graph=graph_on("default")) == known


@pytest.mark.parametrize("names", SETS, ids=",".join)
def test_rows_are_keyed_by_their_breakdowns(names):
    """
    The columns of the breakdowns stand after the dates, in the order asked for; no two rows have the same.
    """
    found = rows(NODES[0], names, fields="spend")
    turned = rows(NODES[0], names[::-1], fields="spend")

    assert {tuple(row) for row in found} == {("spend", "date_start", "date_stop", *names)}
    assert len({tuple(row[name] for name in names) for row in found}) == len(found)
    assert sorted(map(str, turned)) == sorted(
        str({name: row[name] for name in ("spend", "date_start", "date_stop", *names[::-1])}) for row in found
    )


def test_values_are_as_meta_prints_them():
    """
    Ages, genders, devices and hours are Meta's words, countries are those of the audiences.
    """
    values = {name: {row[name] for row in rows(NODES[0], [name])} for name in SINGLE}
    ads = [node for node in DEFAULT.runtime.file.nodes.values() if isinstance(node, Ad)]
    audiences = {country for ad in ads for country in ad.adset.audience}

    assert values["age"] == {"18-24", "25-34", "35-44", "45-54", "55-64", "65+"}
    assert values["gender"] <= {"male", "female", "unknown"}
    assert values["country"] <= audiences
    assert values["impression_device"] <= {"android_smartphone", "iphone", "ipad", "desktop", "android_tablet"}
    assert values["device_platform"] == {"mobile_app", "desktop"}
    assert values["publisher_platform"] == {"messenger"}
    assert all(values[name] <= {f"{hour:02}:00:00 - {hour:02}:59:59" for hour in range(24)} for name in HOURS)


def test_parts_nest_as_the_whole_does():
    """
    In every part delivered are at least as many as read or clicked, and impressions as many as reached.
    """
    for names in (("age", "gender"), ("country", "region"), ("impression_device",)):
        for graph, node in ((DEFAULT, NODES[0]), (DOCS, ACCOUNT)):
            for row in rows(node, names, graph=graph, time_increment=1, date_preset="last_30d"):
                count = {name: int(row[name]) for name in COUNTS if name in row and "spend" not in name}
                assert count["impressions"] >= count["reach"]
                assert count["impressions"] >= count[f"{M}delivered"] >= count[f"{M}read"]
                assert count["clicks"] >= count["inline_link_clicks"] == count[f"{M}link_btn_click"]


@pytest.mark.parametrize("name", sorted(OFFSITE_HIDDEN))
def test_hours_and_regions_tell_no_offsite_conversions(name):
    """
    "The Insights API will not return unsupported offsite metrics", nor reach with hours.
    """
    fields = [*LISTS, "cost_per_action_type", "website_purchase_roas", *UNIQUE, "spend"]
    found = rows(NODES[0], [name], fields=fields)
    told = {key for row in found for key in row}
    clicks = {"spend", "actions", "cost_per_action_type"}

    assert any("action_values" in row for row in rows(NODES[0], ["country"], fields=fields))
    assert told & set(fields) == clicks | (set() if name in HOURS else set(UNIQUE))
    assert {one["action_type"] for row in found for one in row.get("actions", [])} == {"link_click"}


def test_buttons_sum_to_the_clicks():
    """
    Rows by button tell clicks alone, and together all of them.
    """
    for node, graph in ((NODES[0], DEFAULT), (ACCOUNT, DOCS)):
        asked = {"graph": graph, "date_preset": "last_90d", "time_increment": "monthly"}
        parts, clicks = rows(node, [BUTTON], **asked), [name for name in COUNTS if "click" in name]
        assert sums(parts, COUNTS) == sums(rows(node, **asked), clicks)
        assert {key for row in parts for key in row} <= {*clicks, "actions", BUTTON, "date_start", "date_stop"}
        pressed = [entry for row in parts for entry in row.get("actions", ())]
        assert {entry["action_type"] for entry in pressed} <= {"link_click"}
        assert sum(int(entry["value"]) for entry in pressed) == sums(parts)["inline_link_clicks"]
        assert len({(row["date_start"], row[BUTTON]) for row in parts}) == len(parts)


@pytest.mark.parametrize("name", [name for name in KNOWN if name not in (*TOLD, BUTTON, "dma")])
def test_of_what_the_world_does_not_know_there_are_no_rows(name):
    """
    A breakdown of which nothing is delivered here is known, and answered with no rows.
    """
    assert DEFAULT.read(f"/{NODES[0]}/insights", breakdowns=name, date_preset="last_90d") == {"data": []}


@pytest.mark.parametrize("names", list(combinations(TOLD, 2)), ids=",".join)
def test_two_breakdowns_stand_together_only_as_the_table_says(names):
    """
    "Due to storage constraints, only some permutations of breakdowns are available": the others are refused.
    """
    allowed = any(set(names) == set(one) for one in SETS)
    answer = DEFAULT.get(f"/{NODES[0]}/insights", breakdowns=list(names), date_preset="last_7d")
    columns = ", ".join(sorted(["action_type", *names]))

    assert answer.status == (200 if allowed else 400)
    if not allowed:
        assert json.loads(answer.body)["error"]["message"] == (
            f"(#100) Current combination of data breakdown columns ({columns}) is invalid"
        )


@pytest.mark.parametrize(
    ("names", "actions", "allowed"),
    [
        ((), "action_device", True),
        ((), "action_reaction", True),
        ((), "action_device,action_reaction", False),
        (("age",), "action_type,action_destination", True),
        (("age",), "action_device", False),
        (("impression_device",), "action_device", True),
        (("publisher_platform", "platform_position"), "action_device", True),
        (("age", "gender"), "action_carousel_card_id", True),
        (("region",), "action_carousel_card_id", False),
        (("country",), "action_reaction", False),
        (("age", "country"), "action_type", False),
        (("platform_position",), "", False),
    ],
)
def test_action_breakdowns_stand_beside_breakdowns_as_the_table_says(names, actions, allowed):
    """
    An action breakdown changes no figure but the action lists, and it may be one too many.
    """
    asked = {"date_preset": "last_14d", "action_breakdowns": actions}
    answer = DEFAULT.get(f"/{NODES[0]}/insights", breakdowns=",".join(names), fields="actions,spend", **asked)
    columns = ", ".join(sorted([*names, *(actions or "action_type").split(",")]))

    if allowed:
        assert rows(NODES[0], names, fields="spend", **asked) == rows(
            NODES[0], names, fields="spend", date_preset="last_14d"
        )
    else:
        assert f"({columns}) is invalid" in json.loads(answer.body)["error"]["message"]


def test_old_ranges_do_not_tell_reach_by_parts():
    """
    Reach, frequency and cpp are not told by parts where the range begins more than 13 months ago; otherwise they are.
    """
    spans = {"old": ("2025-10-20", "2026-11-01"), "new": ("2025-10-21", "2026-11-01")}
    for age, (since, until) in spans.items():
        asked = {"time_range": {"since": since, "until": until}, "fields": ["spend", *UNIQUE]}
        by_part = {name for row in rows(NODES[0], ["age"], **asked) for name in row} & set(UNIQUE)
        assert by_part == (set() if age == "old" else set(UNIQUE))
        assert set(UNIQUE) <= set(rows(NODES[0], **asked)[0])


@pytest.mark.parametrize("name", HOURS)
def test_hours_are_kept_for_13_months(name):
    """
    Rows by hour that begin earlier than 13 months ago are gone, later ones are there.
    """
    asked = {"time_range": {"since": "2025-10-15", "until": "2025-10-25"}, "time_increment": 1, "fields": "spend"}
    days = {row["date_start"] for row in rows(NODES[0], [name], **asked)}
    all_days = {row["date_start"] for row in rows(NODES[0], **asked)}

    assert days == {day for day in all_days if day >= "2025-10-21"} < all_days
