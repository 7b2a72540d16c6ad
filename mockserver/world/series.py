"""Running sums over days: a range costs one difference, whatever its length."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import add, sub

from mockserver.world.days import Totals

_WIDTH = len(Totals._fields)


@dataclass(frozen=True, slots=True)
class Series:
    """Running sums of Totals: the first n days from *first*, an ordinal day, end at *sums[n × fields]*."""

    first: int
    sums: array[int]

    @property
    def last(self) -> int:
        """The ordinal of the last day; before *first* where there are no days."""
        return self.first + len(self.sums) // _WIDTH - 2

    def total(self, since: int, until: int) -> Totals:
        """The totals of the ordinal days *since* to *until*, both included."""
        low = (min(max(since, self.first), self.last + 1) - self.first) * _WIDTH
        high = max((min(until, self.last) + 1 - self.first) * _WIDTH, low)
        return Totals._make(map(sub, self.sums[high : high + _WIDTH], self.sums[low : low + _WIDTH]))


def running(first: int, columns: Iterable[Iterable[int]]) -> Series:
    """The series of days from the ordinal *first* on, given field by field."""
    sums = zip(*(accumulate(column, initial=0) for column in columns), strict=True)
    return Series(first, packed(chain.from_iterable(sums)))


def packed(counts: Iterable[int]) -> array[int]:
    """*counts* in an array, of small numbers if they are."""
    known = list(counts)
    return array("i" if max(known, default=0) < 1 << 31 else "q", known)


def plus(one: Totals, other: Totals) -> Totals:
    """The sum of two totals."""
    return Totals._make(map(add, one, other))
