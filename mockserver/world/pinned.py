"""Pinned days: exactly the counts that a world file gives, and the cohorts that they fall to."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import sub

from mockserver.world.chance import draws
from mockserver.world.crowds import KINDS, roster
from mockserver.world.days import NOTHING, Totals
from mockserver.world.entities import Ad
from mockserver.world.falling import Cell, counting, fallen
from mockserver.world.series import plus

Cohort = tuple[str, Mapping[str, str]]  # a country, and traits


@dataclass(frozen=True, slots=True)
class Pinned:
    """Running sums over the ordinal *days* that are pinned: the first n of them end at *sums[n]*."""

    days: Sequence[int]
    sums: Sequence[Totals]

    def total(self, since: int, until: int) -> Totals:
        """The totals of the days from *since* to *until*, both included."""
        low, high = bisect_left(self.days, since), bisect_right(self.days, until)
        return Totals._make(map(sub, self.sums[max(low, high)], self.sums[low]))


def pinned(days: Sequence[int], each: Iterable[Totals]) -> Pinned:
    """The running sums of *each* of *days*."""
    return Pinned(days, tuple(accumulate(each, plus, initial=NOTHING)))


def pinned_days(ad: Ad) -> Mapping[int, Totals]:
    """The numbers of each pinned day of *ad* by its ordinal; impressions and reach default to what was delivered."""
    pins = sorted((ad.pins or {}).items())
    return {
        day.toordinal(): Totals(**{"impressions": pin["delivered"], "reach": pin["delivered"], **pin})
        for day, pin in pins
    }


def cohorts(seed: int, ad: Ad, days: Mapping[int, Totals]) -> Sequence[Cohort]:
    """The countries of *ad* in which all that is pinned is counted, by the cohorts of one crowd."""
    everything = NOTHING
    for day in days.values():
        everything = plus(everything, day)
    crowd = draws(seed, ad.id)[9] % KINDS
    countries = counting(ad.adset.audience, everything)
    return [(country, cohort) for country in countries for cohort in roster(seed, crowd)]


def fallen_days(ad: Ad, days: Mapping[int, Totals], into: Sequence[Cohort]) -> Sequence[Sequence[Totals]]:
    """What falls to each of the cohorts *into* on each of *days*."""
    cells: list[Cell] = [(country, ad.adset.audience[country]) for country, _ in into]
    return [tuple(fallen(day, cells)) for day in days.values()]
