"""Pinned days: exactly the counts that a world file gives, and how they fall to the cohorts of a crowd."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from mockserver.world.chance import draws
from mockserver.world.crowds import KINDS, roster
from mockserver.world.days import CONVERTED, UNCLICKED, UNCOUNTED, Totals
from mockserver.world.entities import Ad

Cell = tuple[str, Mapping[str, str]]  # a country and a cohort
# each count, and the count that it is a part of: what nests for the whole nests for every cell
_PART_OF = {
    "reach": "impressions",
    "read": "delivered",
    "media_view": "delivered",
    "link_btn_click": "delivered",
    "quick_reply_btn_click": "delivered",
    "phone_call_btn_click": "delivered",
    **dict.fromkeys(Totals._fields[CONVERTED:-1], "link_btn_click"),
    "purchase_value": "purchase",
}


def pinned_totals(pin: Mapping[str, int]) -> Totals:
    """The numbers of a pinned day; impressions and reach default to what was delivered."""
    return Totals(**{"impressions": pin["delivered"], "reach": pin["delivered"], **pin})


def cells(seed: int, ad: Ad) -> Sequence[Cell]:
    """The countries of *ad* by the cohorts of one crowd."""
    crowd = draws(seed, ad.id)[9] % KINDS
    return [(country, cohort) for country in ad.adset.audience for cohort in roster(seed, crowd)]


def fallen(day: Totals, ad: Ad, into: Sequence[Cell]) -> Iterator[Totals]:
    """The totals of *day* as they fall *into* cells; together they are the day."""
    ends: dict[str, list[int]] = {}
    for name in Totals._fields:
        whole = _PART_OF.get(name) or ("impressions" if name == "delivered" and _everywhere(ad, UNCOUNTED) else None)
        whole = None if whole == "delivered" and "click" in name and not _everywhere(ad, UNCLICKED) else whole
        ends[name] = (
            _cut(ends[whole], getattr(day, whole), getattr(day, name)) if whole else _roots(day, name, ad, into)
        )
    before = (0,) * len(Totals._fields)
    for after in zip(*ends.values(), strict=True):
        yield Totals._make(b - a for a, b in zip(before, after, strict=True))
        before = after


def _everywhere(ad: Ad, without: frozenset[str]) -> bool:
    return not without & ad.adset.audience.keys()


def _cut(ends: Sequence[int], whole: int, count: int) -> list[int]:
    """Where the cells end in *count*, which is part of *whole*, in which they end at *ends*."""
    return [end * count // whole if whole else 0 for end in ends]


def _roots(day: Totals, name: str, ad: Ad, into: Sequence[Cell]) -> list[int]:
    without = UNCLICKED if "click" in name else UNCOUNTED if name == "delivered" else frozenset[str]()
    weights = [0 if country in without else ad.adset.audience[country] for country, _ in into]
    if not any(weights):
        weights = [ad.adset.audience[country] for country, _ in into]
    return _cut(list(accumulate(weights)), sum(weights), getattr(day, name))
