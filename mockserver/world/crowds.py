"""Crowds: recipients who behave alike. A day of a crowd is a handful of words, one bit for each of its cohorts.

Every campaign sends to a few crowds, so many units of each metric to a cohort. What it did in a range is therefore its
units times the cohorts that acted in the range: a product, whatever the length of the range. Cohorts have an age, a
gender, a device … that never change, so the parts of any breakdown add up to the whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import accumulate, islice, repeat
from operator import add, itemgetter
from struct import pack, unpack
from threading import Lock

from mockserver.world.chance import draws
from mockserver.world.days import Totals
from mockserver.world.traits import COUNTED, TRAITS

THICK, THIN = 64, 8  # cohorts of a crowd
KINDS = 12  # crowds of each size, the thick ones first
CROWDS = 2 * KINDS
_DRAWN, _ALL = 16, (1 << 64) - 1  # words of a day
_MOST_SUMS, _MOST_CLICKERS = 768, 2048
_AHEAD = 127  # days are summed up to the next ordinal of which these bits are set, not one at a time

COLUMNS = (
    *("impressions", "read", "media_view", "link_btn_click", "quick_reply_btn_click", "phone_call_btn_click"),
    *("view_content", "search", "add_to_wishlist", "add_to_cart", "initiate_checkout", "add_payment_info"),
    *("lead", "complete_registration", "custom", "purchase", "purchase_value"),
)
_LINKS, _CLICKS, _MASKS = COLUMNS.index("link_btn_click"), COLUMNS.index("view_content"), len(COLUMNS) + 1
_BY_MESSAGE = ("sent", "reach", "delivered", "spend")  # as often as there are messages
_by_field = itemgetter(*(COLUMNS.index("impressions" if name in _BY_MESSAGE else name) for name in Totals._fields))
_NONE = (0,) * len(Totals._fields)

Columns = tuple["array[int]", ...]  # by COLUMNS: the first n days end at [n]


@dataclass(frozen=True, slots=True)
class Members:
    """Some cohorts of every crowd; only those of *converting* tell what they did after a click."""

    cohorts: tuple[int, ...]
    converting: tuple[int, ...]


@dataclass(slots=True, eq=False)
class Crowds:
    """All crowds of a seed, from the ordinal day *first* on; what is worked out is kept."""

    seed: int
    first: int
    _days: Sequence[Sequence[array[int]]] = field(
        default_factory=lambda: [[array("Q") for _ in range(_MASKS)] for _ in range(CROWDS)]
    )
    _sums: dict[tuple[int, int, int], Columns] = field(default_factory=dict)
    _clickers: dict[tuple[int, int], array[int]] = field(default_factory=dict)
    _members: dict[tuple[tuple[str, ...], tuple[str, ...]], Mapping[tuple[str, ...], Members]] = field(
        default_factory=dict
    )
    _lock: Lock = field(default_factory=Lock)

    def members(
        self, traits: tuple[str, ...] = (), touches: tuple[str, ...] = COUNTED
    ) -> Mapping[tuple[str, ...], Members]:
        """All cohorts, grouped by their *traits*; conversions count where one of *touches* led to them."""
        key = (traits, touches)
        if key not in self._members:
            rosters = [roster(self.seed, crowd) for crowd in range(CROWDS)]
            self._members[key] = _grouped(rosters, traits, touches)
        return self._members[key]

    def acted(self, crowd: int, who: Members, since: int, until: int) -> Sequence[int]:
        """How many cohorts of *who* did what each of Totals' fields counts, on the ordinal days *since* to *until*."""
        if not who.cohorts[crowd]:
            return _NONE
        low, high = max(since - self.first, 0), max(until + 1 - self.first, 0)
        counts: Sequence[int] = _by_field([column[high] - column[low] for column in self._running(crowd, who, until)])
        return counts

    def sums(self, crowd: int, who: Members, until: int) -> Sequence[array[int]]:
        """Running sums of the same from the first day on, field by field; nothing where nobody is of *who*."""
        found: Sequence[array[int]] = _by_field(self._running(crowd, who, until)) if who.cohorts[crowd] else ()
        return found

    def clickers(self, crowd: int, who: Members, until: int) -> array[int]:
        """Running sums of the cohorts of *who* that clicked on a link, as far as the ordinal *until* at least."""
        key = (crowd, who.cohorts[crowd])
        sums = self._clickers.get(key)
        if sums is None or len(sums) < until + 2 - self.first:
            with self._lock:
                acted = self._known(crowd, until | _AHEAD)[_LINKS]
                sums = array("i", accumulate(((day & key[1]).bit_count() for day in acted), initial=0))
                while len(self._clickers) >= _MOST_CLICKERS:
                    del self._clickers[next(iter(self._clickers))]
                self._clickers[key] = sums  # another thread made the same, at most
        return sums

    def _running(self, crowd: int, who: Members, until: int) -> Columns:
        """Running sums, as far as *until* at least."""
        key = (crowd, who.cohorts[crowd], who.converting[crowd])
        sums = self._sums.get(key)
        if sums is None or len(sums[0]) < until + 2 - self.first:
            with self._lock:
                sums = self._sums.get(key)
                if sums is None or len(sums[0]) < until + 2 - self.first:
                    sums = self._summed(key, until | _AHEAD)
                    while len(self._sums) >= _MOST_SUMS:
                        del self._sums[next(iter(self._sums))]
                    self._sums[key] = sums
        return sums

    def _summed(self, key: tuple[int, int, int], until: int) -> Columns:
        crowd, cohorts, converting = key
        days = self._known(crowd, until)
        meant = [cohorts] * _CLICKS + [cohorts & converting] * (len(days) - _CLICKS)
        *counts, worth = [
            [(acted & who).bit_count() for acted in column] for column, who in zip(days, meant, strict=True)
        ]
        counts[-1] = list(map(add, counts[-1], worth))
        return tuple(array("i", accumulate(column, initial=0)) for column in counts)

    def _known(self, crowd: int, until: int) -> Sequence[array[int]]:
        """Who acted, by column, on each day as far as *until* at least; the lock is held."""
        columns = self._days[crowd]
        begun = self.first + len(columns[0])
        if begun <= until:
            for column, acted in zip(columns, _days(self.seed, crowd, range(begun, until + 1)), strict=True):
                column.extend(acted)
        return columns


def _grouped(
    rosters: Sequence[Sequence[Mapping[str, str]]], traits: tuple[str, ...], touches: tuple[str, ...]
) -> Mapping[tuple[str, ...], Members]:
    converting = tuple(_bits(cohort["touch"] in touches for cohort in one) for one in rosters)
    named = [[tuple(cohort[trait] for trait in traits) for cohort in one] for one in rosters]
    return {
        key: Members(tuple(_bits(name == key for name in one) for one in named), converting)
        for key in sorted({name for one in named for name in one})
    }


def _bits(chosen: Iterator[bool]) -> int:
    return sum(1 << at for at, one in enumerate(chosen) if one)


@lru_cache(maxsize=4)
def crowds(seed: int, first: int) -> Crowds:
    """The crowds of worlds of *seed* whose first day is *first*: they depend on nothing else."""
    return Crowds(seed, first)


@cache
def roster(seed: int, crowd: int) -> tuple[Mapping[str, str], ...]:
    """The cohorts of *crowd*, each with its traits."""
    size = THICK if crowd < KINDS else THIN
    drawn = {trait: draws(seed, "crowd", crowd, trait) + draws(seed, "crowd", crowd, trait, 2) for trait in TRAITS}
    return tuple({trait: _drawn(trait, drawn[trait][at]) for trait in TRAITS} for at in range(size))


def _drawn(trait: str, draw: int) -> str:
    ends = accumulate(TRAITS[trait].values())
    return next(islice((name for name, end in zip(TRAITS[trait], ends, strict=True) if draw < end), 1))


def _days(seed: int, crowd: int, days: range) -> Iterator[Sequence[int]]:
    """Which cohorts did what on each of *days*, by COLUMNS, and which of the buyers bought for more.

    A word of 64 bits is a day, so that all days are worked out at once. Nobody acts on nothing.
    """
    drawn = array("Q", b"".join(_drawn_words(seed, crowd, days)))
    w = [int.from_bytes(drawn[at::_DRAWN].tobytes(), "little") for at in range(_DRAWN)]
    size, last = THICK if crowd < KINDS else THIN, _apart(w[-1], len(days))
    sent = _busy(days, last, w) & _joint(repeat((1 << size) - 1, len(days))) | _joint(1 << one % size for one in last)
    clicked = sent & w[3] & w[4]
    viewed = clicked & (w[5] | w[6])
    carted = viewed & (w[7] | w[8]) & w[9]
    begun = carted & w[10]
    bought = begun & w[11]
    columns = (
        sent,
        sent & (w[5] | w[7] | w[9]),
        sent & w[8],
        clicked,
        sent & w[10] & w[11],
        sent & w[11] & w[12] & w[13] & w[14],
        viewed,
        clicked & w[12] & w[13],
        viewed & w[13] & w[14],
        carted,
        begun,
        begun & (w[12] | w[14]),
        clicked & w[13] & w[10],
        clicked & w[14] & w[9],
        clicked & w[7] & w[14],
        bought,
        bought,
        bought & w[13],
    )
    return (_apart(column, len(days)) for column in columns)


def _drawn_words(seed: int, crowd: int, days: range) -> Iterator[bytes]:
    """16 even words for each day, in two halves."""
    halves = [blake2b(key=str(seed).encode()[:64], person=person) for person in (b"one", b"two")]
    for day in days:
        at = f"{crowd}:{day}".encode()
        for half in halves:
            drawn = half.copy()
            drawn.update(at)
            yield drawn.digest()


def _busy(days: range, last: Sequence[int], w: Sequence[int]) -> int:
    """Five eighths to seven eighths of all cohorts, half of them on a weekend."""
    kinds = [None if (day - 1) % 7 >= 5 else one >> 62 for day, one in zip(days, last, strict=True)]
    few, many, most = (_joint(_ALL * (kind in meant) for kind in kinds) for meant in ((0,), (1, 2, 3), (3,)))
    return w[0] | w[1] & (w[2] & few | many) | w[2] & most


def _joint(words: Iterable[int]) -> int:
    """*words* of 64 bits in one, the first one lowest."""
    each = tuple(words)
    return int.from_bytes(pack(f"<{len(each)}Q", *each), "little")


def _apart(joint: int, count: int) -> tuple[int, ...]:
    """The words of which *joint* is made."""
    return unpack(f"<{count}Q", joint.to_bytes(8 * count, "little"))
