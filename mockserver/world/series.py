"""Prefix sums: a range of days costs one difference, whatever its length."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from operator import add, sub

from mockserver.world.days import NOTHING, Totals


def plus(one: Totals, other: Totals) -> Totals:
    """The sum of two totals."""
    return Totals._make(map(add, one, other))


@dataclass(frozen=True, slots=True)
class Series:
    """Running sums over days: *sums[n]* holds the first n days from *first*, an ordinal day."""

    first: int
    sums: Sequence[Totals]

    @property
    def last(self) -> int:
        """The ordinal of the last day; before *first* where there are no days."""
        return self.first + len(self.sums) - 2

    def total(self, since: int, until: int) -> Totals:
        """The totals of the ordinal days *since* to *until*, both included."""
        low = min(max(since, self.first), self.last + 1) - self.first
        high = max(min(until, self.last) + 1 - self.first, low)
        return Totals._make(map(sub, self.sums[high], self.sums[low]))


EMPTY = Series(date.min.toordinal(), (NOTHING,))


def running(first: int, days: Sequence[Totals]) -> Series:
    """The series of *days*, the first of which is the ordinal *first*."""
    return Series(first, tuple(accumulate(days, plus, initial=NOTHING)))


def together(parts: Sequence[Series]) -> Series:
    """The sum of several series."""
    parts = [part for part in parts if part.last >= part.first]
    if len(parts) < 2:
        return parts[0] if parts else EMPTY
    first, last = min(part.first for part in parts), max(part.last for part in parts)
    days = [NOTHING] * (last - first + 1)
    for part in parts:
        for at, (before, after) in enumerate(pairwise(part.sums), part.first - first):
            days[at] = Totals._make(map(add, days[at], map(sub, after, before)))
    return running(first, days)
