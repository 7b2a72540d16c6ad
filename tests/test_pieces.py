"""The pieces that a range is cut into, and which of them touch days with delivery."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.world.periods import Span
from mockserver.world.pieces import Cut, Ranges, Run, cut, united

MANY = settings(max_examples=200, derandomize=True, deadline=None, database=None)
EVER = Span(date.min, date.max)
EVER_ENDS = (date.min, date.max)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
spans = st.tuples(days, st.integers(0, 400)).map(lambda one: Span(one[0], one[0] + timedelta(days=one[1])))
increments = st.integers(1, 90) | st.sampled_from(["monthly", "all_days"])
runs = st.lists(st.tuples(days, st.integers(0, 60)).map(lambda one: (one[0].toordinal(), one[0].toordinal() + one[1])))


def touched(by: Cut, delivered: list[Run]) -> list[Span]:
    """The pieces of *by* that touch the days *delivered*."""
    return [by.piece(number) for low, high in by.touched(delivered) for number in range(low, high + 1)]


def whole(span: Span, increment: int | str) -> list[Span]:
    """All pieces of *span*."""
    return touched(cut(span, increment), [(span.since.toordinal(), span.until.toordinal())])


def meets(span: Span, delivered: list[Run]) -> bool:
    """Whether one of the days *delivered* lies in *span*."""
    return any(low <= span.until.toordinal() and high >= span.since.toordinal() for low, high in delivered)


@given(spans, increments)
@MANY
def test_pieces_tile_the_range(span, increment):
    """
    Pieces start at since, end at until and follow each other without gap or overlap.
    """
    pieces = whole(span, increment)

    assert (pieces[0].since, pieces[-1].until) == (span.since, span.until)
    assert all(after.since - before.until == timedelta(days=1) for before, after in pairwise(pieces))


@given(spans, st.integers(1, 90))
@MANY
def test_only_the_last_piece_of_days_may_be_short(span, increment):
    """
    A piece has as many days as the increment, but for the last one, which has fewer where the range ends.
    """
    lengths = [(piece.until - piece.since).days + 1 for piece in whole(span, increment)]

    assert set(lengths[:-1]) <= {increment}
    assert 1 <= lengths[-1] <= increment


@given(spans)
@MANY
def test_months_are_the_calendars(span):
    """
    Monthly pieces are calendar months, clipped to the range.
    """
    pieces = whole(span, "monthly")

    assert all(piece.since.day == 1 for piece in pieces[1:])
    assert all((piece.until + timedelta(days=1)).day == 1 for piece in pieces[:-1])
    assert all((piece.since.year, piece.since.month) == (piece.until.year, piece.until.month) for piece in pieces)


@given(spans, increments, runs)
@MANY
def test_a_piece_is_touched_where_it_has_a_day_of_delivery(span, increment, delivered):
    """
    Of all pieces of a range exactly those are touched in which something was delivered, once and in order.
    """
    delivered = united(delivered)

    assert touched(cut(span, increment), delivered) == [one for one in whole(span, increment) if meets(one, delivered)]


@given(st.lists(spans, min_size=1, max_size=5), runs)
@MANY
def test_ranges_are_kept_as_they_are(ranges, delivered):
    """
    Ranges may overlap and stand in any order; those with delivery are touched, and together they span them all.
    """
    by, delivered = Ranges(tuple(ranges)), united(delivered)

    assert touched(by, delivered) == [one for one in ranges if meets(one, delivered)]
    assert (by.span.since, by.span.until) == (min(one.since for one in ranges), max(one.until for one in ranges))


@given(runs)
@MANY
def test_united_runs_hold_the_same_days_apart(delivered):
    """
    United runs hold each day that one of the runs holds, in order, with a day without between two of them.
    """
    found = united(delivered)
    told = [day for low, high in found for day in range(low, high + 1)]

    assert told == sorted({day for low, high in delivered for day in range(low, high + 1)})
    assert all(before[1] + 1 < after[0] for before, after in pairwise(found))


@pytest.mark.parametrize("increment", [1, 7, 90, "monthly", "all_days"])
def test_a_huge_range_costs_no_more_than_its_days_with_delivery(increment):
    """
    From year 1 to year 9999 only the pieces that touch the days of delivery are made.
    """
    first, last = date(2026, 5, 1), date(2026, 5, 10)
    pieces = touched(cut(EVER, increment), [(first.toordinal(), last.toordinal())])
    ends = [(day.toordinal(), day.toordinal()) for day in (date.min, date.max)]

    assert len(pieces) <= 10
    assert pieces[0].since <= first <= pieces[0].until
    assert pieces[-1].since <= last <= pieces[-1].until
    assert (touched(cut(EVER, increment), ends)[0].since, touched(cut(EVER, increment), ends)[-1].until) == EVER_ENDS
