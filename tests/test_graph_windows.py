"""Attribution windows: keys beside `value`, each counting what its window holds."""

from datetime import date
from decimal import Decimal

import pytest

from mockserver.contract.load import load
from tests.adding import LISTS, WINDOWS, sums
from tests.graph import ACCOUNT, graph_on

DEFAULT, DOCS = graph_on("default"), graph_on("docs", date(2025, 6, 15))
NODE = f"act_{DEFAULT.runtime.file.accounts[0].id}"
KNOWN = load("meta").operations["insights"].parameters["action_attribution_windows"]["items"]["enum"]
BOTH = pytest.mark.parametrize(("graph", "node"), [(DEFAULT, NODE), (DOCS, ACCOUNT)], ids=["default", "docs"])
ALL = (*LISTS, "cost_per_action_type", "website_purchase_roas")


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert DEFAULT.runtime.bugs + DOCS.runtime.bugs == []


def rows(graph=DEFAULT, node=NODE, windows=WINDOWS, **parameters):
    """Rows by ad and month with every action list."""
    asked = {"fields": [*ALL, "spend"], "level": "ad", "date_preset": "this_year", "time_increment": "monthly"}
    sent = {"action_attribution_windows": list(windows), "limit": 900}
    return graph.rows(f"/{node}/insights", **asked | sent | parameters)


def entries(found, *names):
    """The entries of the action lists *names* in *found*; a window that counts nothing is not told."""
    nothing = dict.fromkeys(WINDOWS, Decimal(0))
    told = [entry for row in found for name in names or LISTS for entry in row.get(name, [])]
    return [nothing | {key: Decimal(value) for key, value in entry.items() if key != "action_type"} for entry in told]


@BOTH
def test_windows_nest(graph, node):
    """
    A longer window counts what a shorter one does, and more.
    """
    found = entries(rows(graph, node))

    assert all(one["1d_click"] <= one["7d_click"] <= one["28d_click"] for one in found)
    assert found


@BOTH
def test_value_is_seven_days_after_a_click_and_one_after_a_view(graph, node):
    """
    "default = 7d_click + 1d_view": the value beside the windows is the sum of these two.
    """
    assert all(one["value"] == one["7d_click"] + one["1d_view"] for one in entries(rows(graph, node)))


def test_windows_differ():
    """
    Somewhere each window counts something that the next shorter one does not.
    """
    found = entries(rows())

    assert any(one["1d_click"] < one["7d_click"] for one in found)
    assert any(one["7d_click"] < one["28d_click"] for one in found)
    assert any(one["1d_view"] for one in found)


@BOTH
def test_windows_change_no_value(graph, node):
    """
    Without the keys of the windows the rows are those that were told without asking for windows.
    """
    plain = rows(graph, node, ())
    asked = rows(graph, node)
    bare = [
        {name: [{key: entry[key] for key in ("action_type", "value")} for entry in told if told_by_default(entry)]
         if isinstance(told, list) else told for name, told in row.items()}
        for row in asked
    ]  # fmt: skip

    assert [{name: told for name, told in row.items() if told} for row in bare] == plain


def told_by_default(entry):
    """Whether the default windows count anything of *entry*."""
    return Decimal(entry["value"]) > 0


@pytest.mark.parametrize("window", WINDOWS)
def test_a_window_alone_is_what_it_is_among_all(window):
    """
    Which windows are asked for beside it does not change what a window counts.
    """
    alone, among = (sums(rows(windows=one), ["actions"]) for one in ([window], WINDOWS))
    own = {key: value for key, value in among.items() if key.endswith(window)}

    assert {key: value for key, value in alone.items() if key.endswith(window)} == own
    assert not any(key.endswith(other) for key in alone for other in WINDOWS if other != window)


@pytest.mark.parametrize("window", [one for one in KNOWN if one not in WINDOWS])
def test_other_windows_are_known_and_tell_nothing(window):
    """
    7d_view and 28d_view return nothing since 12 January 2026; the others count nothing of these campaigns.
    """
    assert rows(windows=[window], date_preset="last_30d") == rows(windows=(), date_preset="last_30d")


def test_windows_add_up_over_parts():
    """
    What a window counts is the sum over breakdowns and over days.
    """
    asked = {"level": "account", "date_preset": "last_30d"}
    whole = sums(rows(**asked, time_increment="all_days"))

    assert whole == sums(rows(**asked, time_increment=1))
    assert whole == sums(rows(**asked, time_increment="all_days", breakdowns="age,gender"))


def test_costs_and_returns_follow_the_window():
    """
    The cost of an action within a window is the spend by its count there; the return is its value by the spend.
    """
    for row in rows():
        counted = {one["action_type"]: one for one in row.get("actions", [])}
        for one in row.get("cost_per_action_type", []):
            for window in WINDOWS:
                if Decimal(counted[one["action_type"]].get(window, 0)):
                    cost = Decimal(row["spend"]) / Decimal(counted[one["action_type"]][window])
                    assert abs(Decimal(one[window]) - cost) < Decimal("0.000001")
        for one, value in zip(row.get("website_purchase_roas", []), row.get("action_values", []), strict=True):
            for window in WINDOWS:
                if window in one:
                    exact = Decimal(value.get(window, "0")) / Decimal(row["spend"])
                    assert abs(Decimal(one[window]) - exact) < Decimal("0.01")
