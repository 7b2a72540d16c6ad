"""Sort: rows in the order of a figure, a name or a date; rows that are equal stay as they were."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.adding import M
from tests.graph import graph_on

GRAPH = graph_on("default")
ACCOUNT = f"act_{GRAPH.runtime.file.accounts[0].id}"
FIGURES = [
    *("impressions", "reach", "spend", "clicks", "ctr", "cpc", "cpm", "cpp", "frequency", "inline_link_clicks"),
    *(f"{M}{name}" for name in ("sent", "delivered", "read", "read_rate", "delivery_rate", "link_btn_click")),
    *(f"{M}{name}" for name in ("link_btn_click_rate", "cost_per_delivered", "cost_per_link_btn_click", "spend")),
]
PURCHASE = "offsite_conversion.fb_pixel_purchase"
Row = dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert GRAPH.runtime.bugs == []


def rows(sort=None, **parameters) -> list[Row]:
    """The account's rows by ad in the order *sort*."""
    fields = [*FIGURES, "actions", "campaign_name", "campaign_id", "ad_id"]
    asked = {"fields": fields, "level": "ad", "date_preset": "last_90d", "limit": 500, "time_increment": 30}
    return GRAPH.rows(f"/{ACCOUNT}/insights", **asked | ({"sort": sort} if sort else {}) | parameters)


def ordered(found: list[Row], key: Callable[[Row], Any], *, down: bool) -> list[Row]:
    """*found* as a client would sort it: what tells no key last, ties as they were."""
    told = sorted((row for row in found if key(row) is not None), key=key, reverse=down)
    return told + [row for row in found if key(row) is None]


def figure(name: str) -> Callable[[Row], float | None]:
    """How much of *name* a row has."""
    return lambda row: float(row[name]) if name in row else None


def purchases(row: Row) -> int | None:
    """How many purchases a row has."""
    return next((int(one["value"]) for one in row.get("actions", []) if one["action_type"] == PURCHASE), 0)


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(("suffix", "down"), [("_ascending", False), ("_descending", True), ("", False)])
def test_figures_sort_as_a_client_would_sort_them(name, suffix, down):
    """
    Ascending, which is also the default, or descending by each figure: the same rows, told by the figure.
    """
    found, plain = rows(f"{name}{suffix}"), rows()
    keys = [row[name] for row in found if name in row]

    assert keys == sorted(keys, key=float, reverse=down)
    assert sorted(map(str, found)) == sorted(map(str, plain))
    assert [name in row for row in found] == sorted((name in row for row in plain), reverse=True)


@pytest.mark.parametrize("down", [False, True])
def test_ties_stay_as_they_were(down):
    """
    Rows with the same date or the same count keep the order that they had.
    """
    suffix = "_descending" if down else "_ascending"
    for name, key in {"date_start": lambda row: row["date_start"], f"{M}read": figure(f"{M}read")}.items():
        assert rows(f"{name}{suffix}") == ordered(rows(), key, down=down)


@pytest.mark.parametrize("name", ["campaign_name", "campaign_id", "date_start", "date_stop", "ad_id"])
def test_names_ids_and_dates_sort(name):
    """
    Ids, names and dates order rows as texts.
    """
    assert rows(f"{name}_descending") == ordered(rows(), lambda row: row[name], down=True)


def test_actions_sort_by_their_type():
    """
    actions:<type>_descending orders by how often the action was taken.
    """
    assert rows(f"actions:{PURCHASE}_descending") == ordered(rows(), purchases, down=True)


@pytest.mark.parametrize("sort", ["spend_sideways", "nonsense_ascending", "actions:x_descending", "actions_ascending"])
def test_a_sort_that_says_nothing_is_ignored(sort):
    """
    An order by what is no figure is ignored, as it was measured on other edges.
    """
    assert rows(sort) == rows()


@pytest.mark.parametrize("spelling", ['["spend_descending"]', "spend_descending", "spend_descending,reach_ascending"])
def test_the_first_word_counts(spelling):
    """
    A sort is one word, or a list whose first word counts.
    """
    assert rows(spelling) == rows(["spend_descending"])


def test_pages_follow_the_order():
    """
    Page by page the rows are those of one page, in the order asked for.
    """
    assert rows("spend_descending", limit=7) == rows("spend_descending")


def test_parts_sort_over_all_objects():
    """
    With breakdowns, rows of all objects are ordered together.
    """
    found = rows("impressions_descending", breakdowns="age,gender", level="campaign")
    keys = [int(row["impressions"]) for row in found]

    assert keys == sorted(keys, reverse=True)
    assert len(keys) > 100


@pytest.mark.parametrize("name", ["created_time", "updated_time"])
@pytest.mark.parametrize("level", ["campaign", "ad"])
def test_rows_can_be_sorted_by_the_age_of_their_objects(name, level):
    """
    By creation or by the last change, either way; rows of an ad account tell neither, and stay as they are.
    """
    asked = {"level": level, "fields": f"{level}_id,{name}", "date_preset": "maximum", "limit": 500}
    up, down = (
        GRAPH.rows(f"/{ACCOUNT}/insights", sort=f"{name}_{way}", **asked) for way in ("ascending", "descending")
    )
    days = [row[name] for row in up]

    assert days == sorted(days)
    assert [row[name] for row in down] == days[::-1]
    assert len(set(days)) > 3
