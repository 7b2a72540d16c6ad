"""The row budget: where the live API says "Please reduce the amount of data you're asking for"."""

import json

import pytest

from tests.graph import assert_graph_error, graph_on

MESSAGE = "Please reduce the amount of data you're asking for, then retry your request"
WHOLE = graph_on("default")
NODE = f"act_{WHOLE.runtime.file.accounts[0].id}"
DAILY = {"level": "ad", "time_increment": 1, "date_preset": "last_90d", "fields": "spend", "limit": 500}
RICH = {"filtering": [{"field": "spend", "operator": "GREATER_THAN", "value": 1}]}


def count(**parameters) -> int:
    """How many rows there are."""
    return len(WHOLE.rows(f"/{NODE}/insights", **DAILY | parameters))


def status(budget: int, **parameters) -> int:
    """How a server with that *budget* answers."""
    return graph_on("default", row_budget=budget).get(f"/{NODE}/insights", **DAILY | parameters).status


def test_a_row_more_than_the_budget_is_too_much():
    """
    As many rows as the budget are answered, one more is refused with HTTP 500 and code 1, and nothing else.
    """
    rows = count()
    refused = graph_on("default", row_budget=rows - 1).get(f"/{NODE}/insights", **DAILY)
    error = assert_graph_error(refused, status=500, message=MESSAGE, code=1)

    assert status(rows) == 200
    assert set(error) == {"message", "type", "code", "fbtrace_id"}


@pytest.mark.parametrize("how", [{"sort": "spend_descending"}, {"breakdowns": "age"}, RICH])
def test_rows_that_must_all_be_looked_at_count_tenfold(how):
    """
    Sorted, filtered by figures or cut into parts, a tenth of the rows is too much.
    """
    rows = count() * (6 if "breakdowns" in how else 1)

    assert status(rows * 10, **how) == 200
    assert status(rows * 10 - 10, **how) == 500


def test_without_a_budget_nothing_is_too_much():
    """
    A budget of 0 refuses nothing.
    """
    assert status(0, breakdowns="age") == 200


def test_a_narrower_question_is_answered():
    """
    What is too much at one level is not at a higher one, or over fewer days.
    """
    budget = count() - 1

    assert status(budget) == 500
    assert status(budget, level="account") == status(budget, date_preset="last_30d") == 200


def test_pages_do_not_help():
    """
    The budget is about all rows that are asked for, not about those of a page.
    """
    assert status(count() - 1, limit=1) == 500


@pytest.mark.parametrize("budget", [1, 5, 9, 10])
def test_a_small_budget_is_a_budget(budget):
    """
    Rows that must all be looked at are too many for any budget of less than ten times their number.
    """
    graph = graph_on("default", row_budget=budget)
    answer = graph.get(f"/act_{graph.runtime.file.accounts[0].id}/insights", breakdowns="age,gender")

    assert (answer.status, json.loads(answer.body)["error"]["code"]) == (500, 1)
