"""Rows of insights, each worked out when its page is read: a list of them knows where each object's rows begin."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
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
    """One row for each of *senders* and each piece of *cut* in which it delivered something."""

    def __init__(self, senders: Sequence[Sender], cut: Cut, days: Callable[[Sender], Sequence[Run]]) -> None:
        self._cut, self._days = cut, days
        counted = [(one, sum(high - low + 1 for low, high in cut.touched(days(one)))) for one in senders]
        self._senders = [one for one, count in counted if count]
        self._starts = list(accumulate((count for _, count in counted if count), initial=0))

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self._row(one) for one in range(*at.indices(len(self)))]
        return self._row(range(len(self))[at])

    def _row(self, at: int) -> Row:
        number = bisect_right(self._starts, at) - 1
        sender, left = self._senders[number], at - self._starts[number]
        for low, high in self._cut.touched(self._days(sender)):
            if left <= high - low:
                return Row(sender, self._cut.piece(low + left))
            left -= high - low + 1
        raise IndexError(at)
