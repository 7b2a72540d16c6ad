"""Rows of insights, each worked out when its page is read: a list of them knows where each object's rows begin."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, overload

from mockserver.world.figures import WHOLE, Slice
from mockserver.world.periods import Span
from mockserver.world.pieces import Cut, Run
from mockserver.world.senders import Sender


class Row(NamedTuple):
    """What *sender* did in *span*: the *parts* of it together."""

    sender: Sender
    span: Span
    parts: tuple[Slice, ...] = (WHOLE,)


class Rows(Sequence[Row]):
    """One row for each of *senders*, who delivered on the days beside them, and each piece of *cut* of those days."""

    def __init__(self, senders: Sequence[tuple[Sender, Sequence[Run]]], cut: Cut) -> None:
        self._cut, self._senders = cut, senders
        counts = (sum(high - low + 1 for low, high in cut.touched(days)) for _, days in senders)
        self._ends = array("q", accumulate(counts))
        self._last: tuple[int, Sequence[Run]] = (-1, ())  # the sender of the last row, and the pieces that it touches

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self._row(one) for one in range(*at.indices(len(self)))]
        return self._row(range(len(self))[at])

    def _row(self, at: int) -> Row:
        number = bisect_right(self._ends, at)
        left = at - (self._ends[number - 1] if number else 0)
        for low, high in self._touched(number):
            if left <= high - low:
                return Row(self._senders[number][0], self._cut.piece(low + left))
            left -= high - low + 1
        raise IndexError(at)

    def _touched(self, number: int) -> Sequence[Run]:
        known, runs = self._last
        if known != number:
            runs = self._cut.touched(self._senders[number][1])
            self._last = (number, runs)
        return runs
