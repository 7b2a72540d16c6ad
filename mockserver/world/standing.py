"""The units of many ads, day by day: an ad brings its units on its first day and takes them away after its last."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import mul, sub

from mockserver.world.days import Totals
from mockserver.world.series import packed


@dataclass(frozen=True, slots=True)
class Standing:
    """The units of one crowd on each day from the ordinal *first* on, by the place of their field in Totals."""

    first: int
    columns: Mapping[int, array[int]]  # without fields of which there are none

    def counts(self, at: int, sums: Sequence[int], begun: int) -> list[int]:
        """What cohorts whose running *sums* begin on the ordinal *begun* count with the units of one field."""
        low, units = self.first - begun, self.columns.get(at, ())
        acted = map(sub, sums[low + 1 : low + 1 + len(units)], sums[low : low + len(units)])
        return list(map(mul, units, acted))


def standing(changes: Mapping[int, Totals], until: int) -> Standing:
    """The units that *changes* by ordinal days leave on each day from the first of them to *until*."""
    first = min(changes)
    known = sorted((day - first, change) for day, change in changes.items() if day <= until)
    columns = {}
    for at, changed in enumerate(zip(*(change for _, change in known), strict=True)):
        if any(changed):
            days = [0] * (until + 1 - first)
            for (day, _), change in zip(known, changed, strict=True):
                days[day] = change
            columns[at] = packed(accumulate(days))
    return Standing(first, columns)
