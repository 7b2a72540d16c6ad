"""time_ranges: one result set for each range, which may overlap."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adding import COUNTED
from tests.graph import graph_on

TODAY = date(2026, 11, 21)
GRAPH = graph_on("default", TODAY)
NODES = [f"act_{account.id}" for account in GRAPH.runtime.file.accounts]
NODES += [node for node in GRAPH.runtime.file.nodes if not node.startswith("act_")]
FEW = settings(max_examples=60, derandomize=True, deadline=None, database=None)
ranges = st.lists(
    st.tuples(st.dates(TODAY - timedelta(days=500), TODAY), st.integers(0, 100)).map(
        lambda one: {"since": str(one[0]), "until": str(one[0] + timedelta(days=one[1]))}
    ),
    min_size=1,
    max_size=5,
)


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert GRAPH.runtime.bugs == []


def rows(node, **parameters):
    """All rows with everything that adds up, and whose they are."""
    return GRAPH.rows(f"/{node}/insights", **{"fields": [*COUNTED, "ad_id"], "limit": 500} | parameters)


@given(st.sampled_from(NODES), ranges, st.sampled_from([{}, {"breakdowns": "age"}, {"level": "ad"}]))
@FEW
def test_each_range_is_what_it_is_alone(node, asked, how):
    """
    The rows of several ranges are those that each range has alone, object by object, whether they overlap or not.
    """
    apart = [row for one in asked for row in rows(node, time_range=one, **how)]
    found = rows(node, time_ranges=asked, **how)

    assert sorted(map(str, found)) == sorted(map(str, apart))


@given(ranges)
@FEW
def test_rows_stand_in_the_order_of_the_ranges(asked):
    """
    An object's rows follow the order in which the ranges were named, also where one is named twice.
    """
    spans = [(one["since"], one["until"]) for one in (*asked, asked[0])]
    found = [(row["date_start"], row["date_stop"]) for row in rows(NODES[0], time_ranges=[*asked, asked[0]])]

    assert found == [span for span in spans if span in found]


def test_ranges_win_over_the_other_dates():
    """
    "overrides date_preset, time_range and time_increment"
    """
    one = {"since": "2026-09-01", "until": "2026-09-30"}
    others = {"date_preset": "yesterday", "time_range": {"since": "2026-01-01", "until": "2026-01-02"}}

    assert rows(NODES[0], time_ranges=[one], **others, time_increment=1) == rows(NODES[0], time_range=one)


@pytest.mark.parametrize(
    "spelling",
    [
        "[{'since':'2026-09-01','until':'2026-09-30'}]",
        "[{since:2026-09-01,until:2026-09-30}]",
        '[{"until":"2026-09-30","since":"2026-09-01"}]',
    ],
)
def test_ranges_are_read_however_they_are_written(spelling):
    """
    Quotes of either kind, none at all, and keys in any order are understood.
    """
    one = {"since": "2026-09-01", "until": "2026-09-30"}

    assert rows(NODES[0], time_ranges=spelling) == rows(NODES[0], time_range=one)
