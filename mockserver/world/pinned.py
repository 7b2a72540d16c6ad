"""Pinned days: exactly the counts that a world file gives, and the cohorts that they fall to."""

from collections.abc import Mapping, Sequence

from mockserver.world.chance import draws
from mockserver.world.crowds import KINDS, roster
from mockserver.world.days import Totals
from mockserver.world.entities import Ad


def pinned_totals(pin: Mapping[str, int]) -> Totals:
    """The numbers of a pinned day; impressions and reach default to what was delivered."""
    return Totals(**{"impressions": pin["delivered"], "reach": pin["delivered"], **pin})


def cohorts(seed: int, ad: Ad) -> Sequence[tuple[str, Mapping[str, str]]]:
    """The countries of *ad* by the cohorts of one crowd."""
    crowd = draws(seed, ad.id)[9] % KINDS
    return [(country, cohort) for country in ad.adset.audience for cohort in roster(seed, crowd)]
