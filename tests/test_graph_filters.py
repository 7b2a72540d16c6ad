"""Filtering on action_type: it filters the action lists, never the rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.world.measures import CONVERSIONS
from tests.graph import graph_on

GRAPH = graph_on("default")
ACCOUNT = f"act_{GRAPH.runtime.file.accounts[0].id}"
PREFIX = "offsite_conversion.fb_pixel_"
TYPES = ["link_click", *(PREFIX + name for name in CONVERSIONS)]
LISTS = ("actions", "action_values", "website_purchase_roas")
SOME = [PREFIX + "purchase", PREFIX + "lead"]
MANY = settings(max_examples=60, derandomize=True, deadline=None, database=None)


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert GRAPH.runtime.bugs == []


def rows(*entries, **parameters):
    """The account's rows by ad, filtered by *entries*: operator and value."""
    filtering = [{"field": "action_type", "operator": operator, "value": value} for operator, value in entries]
    asked = {"fields": [*LISTS, "marketing_messages_delivered"], "level": "ad", "date_preset": "last_90d"}
    return GRAPH.rows(f"/{ACCOUNT}/insights", **asked | {"filtering": filtering, "limit": 500} | parameters)


def kept(row, chosen):
    """*row* with the action types of *chosen* alone, as a client would filter it."""
    lists = {name: [one for one in row.get(name, []) if one["action_type"] in chosen] for name in LISTS}
    rest = {name: value for name, value in row.items() if name not in LISTS}
    return rest | {name: value for name, value in lists.items() if value}


def types(*entries):
    """The action types that the filtered rows tell of."""
    return {one["action_type"] for row in rows(*entries) for one in row.get("actions", [])}


def all_but(*names):
    """The types that are left without *names*, as the table below calls them."""
    return [name for name in ("link_click", *CONVERSIONS) if name not in names]


@pytest.mark.parametrize(
    ("operator", "value", "chosen"),
    [
        ("EQUAL", PREFIX + "lead", ["lead"]),
        ("EQUAL", [PREFIX + "lead"], ["lead"]),
        ("EQUAL", "link_click", ["link_click"]),
        ("EQUAL", "lead", []),
        ("EQUAL", PREFIX + "LEAD", []),
        ("NOT_EQUAL", PREFIX + "lead", all_but("lead")),
        ("IN", SOME, ["purchase", "lead"]),
        ("IN", PREFIX + "lead", ["lead"]),
        ("IN", [], []),
        ("IN", ["link_click", *SOME], ["link_click", "purchase", "lead"]),
        ("NOT_IN", SOME, all_but("purchase", "lead")),
        ("NOT_IN", [], all_but()),
        ("ANY", SOME, ["purchase", "lead"]),
        ("NONE", SOME, all_but("purchase", "lead")),
        ("CONTAIN", "add_to", ["add_to_cart", "add_to_wishlist"]),
        ("CONTAIN", "ADD_To", ["add_to_cart", "add_to_wishlist"]),
        ("NOT_CONTAIN", "add", all_but("add_to_cart", "add_to_wishlist", "add_payment_info")),
        ("CONTAINS_ANY", ["search", "CHECKOUT"], ["initiate_checkout", "search"]),
        ("CONTAINS_ALL", ["add", "cart"], ["add_to_cart"]),
        ("NOT_CONTAINS_ANY", ["a", "e"], ["link_click"]),
        ("NOT_CONTAINS_ANY", ["_", "x"], []),
        ("STARTS_WITH", PREFIX, CONVERSIONS),
        ("STARTS_WITH", "purchase", []),
        ("ENDS_WITH", "_cart", ["add_to_cart"]),
    ],
)
def test_each_operator_keeps_what_a_client_would_keep(operator, value, chosen):
    """
    The filtered rows are the unfiltered ones, all of them, with the chosen action types alone.
    """
    wanted = {name if name == "link_click" else PREFIX + name for name in chosen}

    assert rows((operator, value)) == [kept(row, wanted) for row in rows()]
    assert types((operator, value)) == wanted


@given(st.lists(st.sampled_from(TYPES)))
@MANY
def test_in_and_not_in_share_everything_out(chosen):
    """
    What IN leaves out, NOT_IN keeps, and nothing is in both.
    """
    inside, outside = types(("IN", chosen)), types(("NOT_IN", chosen))

    assert inside == set(chosen)
    assert inside | outside == set(TYPES)
    assert not inside & outside


@given(st.lists(st.sampled_from(TYPES)), st.sampled_from(["a", "cart", "fb_pixel", "PURCHASE", "x"]))
@MANY
def test_entries_are_anded(chosen, part):
    """
    Two entries keep what each of them keeps.
    """
    both = types(("IN", chosen), ("CONTAIN", part))

    assert both == types(("IN", chosen)) & types(("CONTAIN", part))


def test_a_filter_leaves_every_other_number_alone():
    """
    Rows do not disappear, and delivered messages are what they were.
    """
    plain, filtered = rows(), rows(("IN", ["nothing_at_all"]))

    assert len(plain) == len(filtered) > 10
    assert [row["marketing_messages_delivered"] for row in filtered] == [
        row["marketing_messages_delivered"] for row in plain
    ]
    assert all(not set(LISTS) & set(row) for row in filtered)


def test_values_and_return_follow_the_purchases():
    """
    Without purchases among the chosen types there is neither value nor return.
    """
    for row in rows(("IN", [PREFIX + "lead", PREFIX + "search"])):
        assert "action_values" not in row
        assert "website_purchase_roas" not in row


def test_action_types_have_an_order_of_their_own():
    """
    The order in which a filter names types does not change the order in which they are told.
    """
    assert rows(("IN", SOME)) == rows(("IN", SOME[::-1]))


@pytest.mark.parametrize("asked", ["action_type", ["action_type"], "[action_type]", [], ""])
def test_action_type_is_the_default_breakdown_of_actions(asked):
    """
    action_breakdowns=action_type, or none of them, changes nothing however it is spelled.
    """
    assert rows(action_breakdowns=asked) == rows()


@pytest.mark.parametrize("asked", ["default", ["default"], "[]"])
def test_the_default_attribution_window_is_the_only_value(asked):
    """
    The default window, named or not, adds no key beside value.
    """
    found = rows(action_attribution_windows=asked, action_report_time="mixed", use_unified_attribution_setting="true")

    assert found == rows()
    assert {tuple(one) for row in found for one in row.get("actions", [])} == {("action_type", "value")}
