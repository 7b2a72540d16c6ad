"""Action breakdowns: clicks on links by device and destination; conversions have their type alone."""

from collections import Counter
from datetime import date

import pytest

from mockserver.contract.load import load
from mockserver.world.new import generate
from tests.adding import of_status
from tests.graph import graph_on

DEFAULT, DOCS = graph_on("default"), graph_on("docs", date(2025, 6, 15))
ACCOUNTS = [f"act_{account.id}" for account in DEFAULT.runtime.file.accounts]
NODES = [(DEFAULT, node) for node in (*ACCOUNTS, next(one for one in DEFAULT.runtime.file.nodes if one[0] != "a"))]
NODES += [(DOCS, f"act_{account.id}") for account in DOCS.runtime.file.accounts]
COLUMNS = ["action_device", "action_target_id", "action_destination"]
KNOWN = load("meta").operations["insights"].parameters["action_breakdowns"]["items"]["enum"]
EVERYWHERE = pytest.mark.parametrize(("graph", "node"), NODES, ids=[node for _, node in NODES])


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert DEFAULT.runtime.bugs + DOCS.runtime.bugs == []


def rows(graph, node, columns="action_type", **parameters):
    """All rows of *node* with action lists by *columns*."""
    asked = {"fields": "actions,action_values,cost_per_action_type,inline_link_clicks,spend", "date_preset": "maximum"}
    return graph.rows(f"/{node}/insights", **asked | {"action_breakdowns": columns, "limit": 500} | parameters)


def entries(found, name="actions"):
    """The entries of the lists *name* of all rows."""
    return [entry for row in found for entry in row.get(name, ())]


def counted(found, *keys, name="actions"):
    """The values of the lists *name*, added up by *keys*."""
    total = Counter()
    for entry in entries(found, name):
        total[tuple(entry.get(key) for key in keys)] += round(float(entry["value"]) * 100)
    return total


def test_link_clicks_are_the_inline_link_clicks():
    """
    link_click comes first in `actions`, as often as inline_link_clicks, and costs what an inline link click costs.
    """
    found = rows(DEFAULT, ACCOUNTS[0], level="ad", fields="actions,cost_per_action_type,cost_per_inline_link_click,"
                 "inline_link_clicks", time_increment=7)  # fmt: skip
    clicked = [row for row in found if row["inline_link_clicks"] != "0"]

    assert len(clicked) > 20
    for row in clicked:
        assert row["actions"][0] == {"action_type": "link_click", "value": row["inline_link_clicks"]}
        cost = {"action_type": "link_click", "value": row["cost_per_inline_link_click"]}
        assert row["cost_per_action_type"][0] == cost


@EVERYWHERE
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("increment", ["all_days", "monthly"])
def test_the_parts_of_an_action_add_up(graph, node, column, increment):
    """
    Every action type counts, with a column beside it, what it counts without; link clicks alone have the column.
    """
    whole = rows(graph, node, time_increment=increment)
    told = rows(graph, node, ["action_type", column], time_increment=increment)

    assert counted(told, "action_type") == counted(whole, "action_type")
    assert counted(told, "action_type", name="action_values") == counted(whole, "action_type", name="action_values")
    assert {(one["action_type"] == "link_click") == (column in one) for one in entries(told)} == {True}


@EVERYWHERE
def test_a_click_is_made_on_the_device_that_saw_the_message(graph, node):
    """
    link_click by action_device is inline_link_clicks by impression_device, and both together are the same again.
    """
    by_action = counted(rows(graph, node, "action_type,action_device"), "action_type", "action_device")
    seen = rows(graph, node, breakdowns="impression_device")
    both = rows(graph, node, "action_type,action_device", breakdowns="impression_device")
    by_impression = {("link_click", row["impression_device"]): int(row["inline_link_clicks"]) * 100 for row in seen}
    clicks = {key: value for key, value in by_action.items() if key[0] == "link_click"}

    assert clicks == {key: value for key, value in by_impression.items() if value}
    assert clicks == {key: n for key, n in counted(both, "action_type", "action_device").items() if key[1]}


def test_clicks_of_an_account_go_to_the_pages_of_its_campaigns():
    """
    The clicks of an ad account by page are those of its campaigns, page by page; a destination is a page's name.
    """
    world = DEFAULT.runtime.file
    several = 0
    for account in world.accounts:
        wanted, names = Counter(), {}
        for campaign in (one for one in world.nodes.values() if getattr(one, "account", None) is account):
            if hasattr(campaign, "page"):
                clicks = sum(int(row["inline_link_clicks"]) for row in rows(DEFAULT, campaign.id))
                wanted[campaign.page.id] += clicks * 100
                names[campaign.page.id] = campaign.page.name
        found = rows(DEFAULT, f"act_{account.id}", ["action_type", "action_target_id", "action_destination"])
        told = counted(found, "action_target_id", "action_destination")
        several += len(+wanted) > 1

        assert {key: n for key, n in told.items() if key[0]} == {(id_, names[id_]): n for id_, n in (+wanted).items()}
    assert several


@pytest.mark.parametrize("column", [name for name in KNOWN if name != "action_type"])
def test_without_action_type_types_are_told_together(column):
    """
    Each entry is the sum of those that it would be with types; one is told of what has no such column.
    """
    typed, told = (rows(DEFAULT, ACCOUNTS[0], columns) for columns in (["action_type", column], [column]))

    assert {"action_type" in one for one in entries(told)} == {False}
    assert counted(told, column) == counted(typed, column)
    assert all(len(entries([row])) == len(counted([row], column)) for row in told)


@pytest.mark.parametrize("column", [name for name in KNOWN if name not in (*COLUMNS, "action_type")])
def test_other_action_breakdowns_add_no_key(column):
    """
    Of reactions, videos, cards and the like the world knows nothing: the lists are those of action_type alone.
    """
    assert rows(DEFAULT, ACCOUNTS[0], ["action_type", column]) == rows(DEFAULT, ACCOUNTS[0])


def test_a_cost_is_the_spend_by_the_clicks_of_its_entry():
    """
    cost_per_action_type has an entry for each of `actions`, which costs the row's spend by its count.
    """
    for row in rows(DEFAULT, ACCOUNTS[0], ["action_type", "action_device"], level="campaign"):
        for cost, counts in zip(row.get("cost_per_action_type", []), row.get("actions", []), strict=True):
            assert {**cost, "value": ""} == {**counts, "value": ""}
            assert abs(float(cost["value"]) - float(row["spend"]) / int(counts["value"])) < 0.000001


def test_every_click_is_within_the_windows_of_clicks():
    """
    link_click has 1d_click, 7d_click and 28d_click as its value, device by device, and no 1d_view.
    """
    windows = ["1d_click", "7d_click", "28d_click", "1d_view"]
    found = rows(DEFAULT, ACCOUNTS[0], ["action_type", "action_device"], action_attribution_windows=windows)
    clicks = [one for one in found[0]["actions"] if one["action_type"] == "link_click"]

    assert len(clicks) > 3
    assert all(one["value"] == one["1d_click"] == one["7d_click"] == one["28d_click"] for one in clicks)
    assert not any("1d_view" in one for one in clicks)


def test_a_summary_has_action_breakdowns_of_its_own():
    """
    The summary's lists are by summary_action_breakdowns, action_type unless asked, and add up to those of the rows.
    """
    path, asked = f"/{ACCOUNTS[0]}/insights", {"fields": "actions", "date_preset": "last_90d", "level": "campaign"}
    device = ["action_type", "action_device"]
    plain = DEFAULT.read(path, summary="actions", action_breakdowns=device, **asked)
    apart = DEFAULT.read(path, summary="actions", summary_action_breakdowns=device, **asked)

    assert not any("action_device" in one for one in plain["summary"]["actions"])
    assert not any("action_device" in one for one in entries(apart["data"]))
    assert counted([apart["summary"]], *device) == counted(
        DEFAULT.rows(path, action_breakdowns=device, **asked), *device
    )


@pytest.mark.parametrize("breakdowns", ["impression_device", "publisher_platform", "marketing_messages_btn_name"])
def test_a_summary_of_parts_tells_their_clicks_once(breakdowns):
    """
    A summary's link clicks by page are its inline_link_clicks, whatever rows it sums up.
    """
    asked = {"fields": "actions", "date_preset": "maximum", "breakdowns": breakdowns}
    apart = {"summary": "actions,inline_link_clicks", "summary_action_breakdowns": "action_type,action_target_id"}
    for account in ACCOUNTS:
        summary = DEFAULT.read(f"/{account}/insights", **asked, **apart)["summary"]
        clicks = counted([summary], "action_type")[("link_click",)]

        assert clicks == int(summary["inline_link_clicks"]) * 100 > 0


@pytest.mark.parametrize(("breakdowns", "columns"), [
    ("", "action_device,action_reaction"), ("", "action_carousel_card_id,action_video_type"),
    ("country", "action_device"), ("marketing_messages_btn_name", "action_device"),
])  # fmt: skip
def test_action_breakdowns_of_a_summary_combine_as_those_of_rows(breakdowns, columns):
    """
    What may not stand together among action breakdowns may not in a summary either.
    """
    for name in ("action_breakdowns", "summary_action_breakdowns"):
        answer = DEFAULT.get(f"/{ACCOUNTS[0]}/insights", breakdowns=breakdowns, **{name: columns})

        assert answer.status == 400
        assert "Current combination of data breakdown columns" in answer.body.decode()


def test_many_ads_are_told_apart_as_their_parts_are():
    """
    What a large account tells by device and page is what its campaigns tell, added up, on any range.
    """
    large = graph_on(generate(seed=3, locales=["en_US"], as_of=date(2026, 11, 21), name="large", accounts=1, pages=3,
                              campaigns=90, templates=1))  # fmt: skip
    columns = ["action_type", "action_device", "action_target_id"]
    account = f"act_{large.runtime.file.accounts[0].id}"
    for asked in (
        {},
        {"time_range": {"since": "2026-09-05", "until": "2026-10-02"}},
        {"breakdowns": "impression_device"},
    ):
        whole = rows(large, account, columns, level="account", **asked)
        parts = rows(large, account, columns, level="campaign", filtering=[of_status("campaign")], **asked)

        assert len(large.runtime.world.sender(large.runtime.world.node(account)).ads) > 64
        assert counted(whole, *columns) == counted(parts, *columns)
        assert len({key[2] for key in counted(whole, *columns)} - {None}) == 3
    assert large.runtime.bugs == []


def test_a_filter_chooses_among_the_parts():
    """
    A filter on link_click leaves its parts alone, and one on anything else leaves none of them.
    """
    only, rest = (
        rows(DEFAULT, ACCOUNTS[0], "action_type,action_device",
             filtering=[{"field": "action_type", "operator": operator, "value": "link_click"}])
        for operator in ("EQUAL", "NOT_EQUAL")
    )  # fmt: skip

    assert {(one["action_type"], "action_device" in one) for one in entries(only)} == {("link_click", True)}
    assert not any("action_device" in one for one in entries(rest))


def test_rows_can_be_sorted_by_link_clicks():
    """
    sort=actions:link_click_… sorts by what `actions` tells of link clicks; where it tells none, the row comes last.
    """
    for word, down in (("descending", True), ("ascending", False)):
        asked = {"level": "ad", "time_increment": 1, "date_preset": "last_14d", "sort": f"actions:link_click_{word}"}
        found = [int(row["inline_link_clicks"]) for row in rows(DEFAULT, ACCOUNTS[0], **asked)]
        clicks = [count for count in found if count]

        assert found == sorted(clicks, reverse=down) + [0] * (len(found) - len(clicks))
        assert len(set(clicks)) > 3
        assert 0 in found


def test_a_sort_by_what_is_not_told_changes_nothing():
    """
    Rows by region tell no purchases, so a sort by them leaves their order alone.
    """
    asked = {"breakdowns": "region", "date_preset": "last_30d"}
    sort = "actions:offsite_conversion.fb_pixel_purchase_descending"

    assert rows(DEFAULT, ACCOUNTS[0], sort=sort, **asked) == rows(DEFAULT, ACCOUNTS[0], **asked)
