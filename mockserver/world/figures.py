"""What message campaigns did: units of each ad times the cohorts that acted, ad by ad or all at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import add, mul, sub
from typing import Any

from mockserver.world.buttons import Buttons, buttons
from mockserver.world.crowds import Crowds, Members, crowds
from mockserver.world.days import NOTHING, Totals
from mockserver.world.entities import Ad
from mockserver.world.falling import fallen
from mockserver.world.pieces import Run
from mockserver.world.pinned import Pinned, cohorts, fallen_days, pinned, pinned_days
from mockserver.world.series import Series, plus, running
from mockserver.world.standing import Standing, standing
from mockserver.world.traits import COUNTED
from mockserver.world.units import units

# a crowd, those of it who pressed a button (None: those that a slice means), and the units of each cohort
Part = tuple[int, Members | None, Totals]
Standings = Mapping[tuple[int, Members | None], Standing]  # by the same crowd, and who of it
_MOST_PINNED, _MOST_PARTED = 4096, 8  # slices of ads, and whole ads with pins, that are kept


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of what was delivered: by country, by button, by the *values* of *traits*; *touches* count conversions."""

    country: str | None = None
    button: str | None = None
    traits: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    touches: tuple[str, ...] = COUNTED

    def named(self, trait: str) -> str | None:
        """The value of *trait*; None where the part is not told apart by it."""
        return dict(zip(self.traits, self.values, strict=True)).get(trait)


WHOLE = Slice()


@dataclass(frozen=True, slots=True)
class Plan:
    """When an ad delivers, from the ordinal *first* to *last*, and what it counts for each cohort of its crowds."""

    first: int
    last: int
    each: tuple[Part, ...]


@dataclass(slots=True, eq=False)
class Figures:
    """The figures of one world, from *first*, its first day; what follows from the file is worked out once."""

    seed: int
    first: int
    siblings: Callable[[Ad], int]  # how many ads spend the budget that an ad spends
    crowds: Crowds = field(init=False)
    _plans: dict[Ad, Plan] = field(default_factory=dict)
    _countries: dict[Ad, dict[str, list[Part]]] = field(default_factory=dict)
    _pinned: dict[tuple[Ad, Slice], Pinned] = field(default_factory=dict)
    _parted: dict[Ad, Sequence[Sequence[Totals]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.crowds = crowds(self.seed, self.first)

    def days(self, ad: Ad, today: int) -> Iterator[Run]:
        """The days up to *today* on which *ad* delivered something, as runs of ordinals."""
        plan = self.plan(ad)
        last = min(plan.last, today)
        if ad.pins is not None:
            whole = self.pinned(ad, WHOLE)
            yield from ((day, day) for day in whole.days if day <= last and any(whole.total(day, day)))
        elif plan.each and plan.first <= last:
            yield plan.first, last

    def total(self, ads: Iterable[Ad], piece: Slice, since: int, until: int) -> Totals:
        """What *ads* did together from *since* to *until* (ordinals, the end not after today)."""
        total: Sequence[int] = NOTHING
        who = self.crowds.members(piece.traits, piece.touches)[piece.values]
        for ad in ads:
            plan = self.plan(ad)
            first, last = max(since, plan.first), min(until, plan.last)
            if ad.pins is not None:
                total = tuple(map(add, total, self.pinned(ad, piece).total(since, last)))
            elif first <= last:
                for crowd, pressed, of in self.parts(ad, plan, piece):
                    acted = self.crowds.acted(crowd, pressed or who, first, last)
                    total = tuple(map(add, total, map(mul, of, acted)))
        return Totals._make(total)

    def standing(self, ads: Iterable[Ad], piece: Slice, today: int) -> Standings:
        """The units of many ads on each day, in the country or of the button of *piece*."""
        found: dict[tuple[int, Members | None], dict[int, Totals]] = {}
        for ad in ads:
            plan = self.plan(ad)
            first, last = plan.first, min(plan.last, today)
            if ad.pins is None and first <= last:
                for crowd, who, of in self.parts(ad, plan, piece):
                    changes = found.setdefault((crowd, who), {})
                    changes[first] = plus(changes.get(first, NOTHING), of)
                    changes[last + 1] = Totals._make(map(sub, changes.get(last + 1, NOTHING), of))
        return {key: standing(changes, today) for key, changes in found.items()}

    def together(self, ads: Iterable[Ad], units: Standings, piece: Slice, today: int) -> Series:
        """The running sums of many ads, who have so many *units*."""
        pins = [(self.pinned(ad, piece), self.plan(ad).last) for ad in ads if ad.pins is not None]
        starts = [one.first for one in units.values()] + [told.days[0] for told, _ in pins if told.days]
        first = min(starts, default=today + 1)
        columns = [[0] * max(today - first + 1, 0) for _ in Totals._fields]
        who = self.crowds.members(piece.traits, piece.touches)[piece.values]
        for (crowd, pressed), of in units.items():
            sums = self.crowds.sums(crowd, pressed or who, today)
            for at in of.columns if sums else ():
                counts = of.counts(at, sums[at], self.first)
                columns[at][of.first - first :] = map(add, columns[at][of.first - first :], counts)
        for told, last in pins:
            for day in (one for one in told.days if one <= min(last, today)):
                for column, count in zip(columns, told.total(day, day), strict=True):
                    column[day - first] += count
        return running(first, columns)

    def pinned(self, ad: Ad, piece: Slice) -> Pinned:
        """The running sums of an ad with pins."""
        known = self._pinned.get((ad, piece))
        if known is None:
            days = pinned_days(ad)
            each = days.values() if piece == WHOLE else self._fallen(ad, days, piece)
            known = pinned(tuple(days), each)
            _keep(self._pinned, (ad, piece), known, _MOST_PINNED)
        return known

    def plan(self, ad: Ad) -> Plan:
        """When *ad* delivers, and what."""
        known = self._plans.get(ad)
        if known is None:
            each = units(self.seed, ad, self.siblings(ad)) if ad.pins is None else {}
            first, last = max(ad.adset.start_date.toordinal(), self.first), last_day(ad, date.max.toordinal())
            known = self._plans[ad] = Plan(first, last, tuple((crowd, None, of) for crowd, of in each.items()))
        return known

    def parts(self, ad: Ad, plan: Plan, piece: Slice) -> Iterable[Part]:
        """What of the *plan* of *ad*, which has no pins, is in the country or of the button of *piece*."""
        if piece.button is not None:
            return (
                (crowd, who, Totals(**{only: getattr(of, only)}))
                for who, only in self._pressed(ad, piece)
                for crowd, _, of in plan.each
            )
        return plan.each if piece.country is None else self._within(ad, plan).get(piece.country, ())

    def _within(self, ad: Ad, plan: Plan) -> Mapping[str, Sequence[Part]]:
        """The parts of *ad* by country."""
        known = self._countries.get(ad)
        if known is None:
            audience = ad.adset.audience
            known = {country: [] for country in audience}
            for crowd, _, of in plan.each:
                for country, part in zip(audience, fallen(of, list(audience.items())), strict=True):
                    known[country].append((crowd, None, part))
            self._countries[ad] = known
        return known

    def _pressed(self, ad: Ad, piece: Slice) -> Iterator[tuple[Members, str]]:
        """Who of *piece* may have pressed its button, where *ad* has it, and which count tells it."""
        of = buttons(self.seed, ad)
        for (half, *values), who in self.crowds.members(("button", *piece.traits)).items():
            if tuple(values) == piece.values and of.links[int(half) % len(of.links)] == piece.button:
                yield who, "link_btn_click"
        everybody = self.crowds.members(piece.traits)[piece.values]
        if of.reply == piece.button:
            yield everybody, "quick_reply_btn_click"
        if of.call == piece.button:
            yield everybody, "phone_call_btn_click"

    def _fallen(self, ad: Ad, days: Mapping[int, Totals], piece: Slice) -> Iterator[Totals]:
        """What of each of the pinned *days* falls into *piece*."""
        into, of = cohorts(self.seed, ad, days), buttons(self.seed, ad)
        parts = self._parted.get(ad)
        if parts is None:
            parts = fallen_days(ad, days, into)
            _keep(self._parted, ad, parts, _MOST_PARTED)
        meant = [
            (at, cohort)
            for at, (country, cohort) in enumerate(into)
            if piece.country in (None, country) and tuple(cohort[one] for one in piece.traits) == piece.values
        ]
        for day in parts:
            found = NOTHING
            for at, cohort in meant:
                found = plus(found, _counted(day[at], piece, cohort, of))
            yield found


def _keep(known: dict[Any, Any], key: Any, value: Any, most: int) -> None:
    while len(known) >= most:
        known.pop(next(iter(known)), None)
    known[key] = value


def _counted(part: Totals, piece: Slice, cohort: Mapping[str, str], of: Buttons) -> Totals:
    """What of a cohort's *part* counts: by button the clicks on it, else all but conversions of another touch."""
    if piece.button is not None:
        link = of.links[int(cohort["button"]) % len(of.links)] == piece.button
        return Totals(
            link_btn_click=part.link_btn_click * link,
            quick_reply_btn_click=part.quick_reply_btn_click * (of.reply == piece.button),
            phone_call_btn_click=part.phone_call_btn_click * (of.call == piece.button),
        )
    # all conversions of a pinned day are within the default windows
    touch = "7d_click" if cohort["touch"] == "28d_click" else cohort["touch"]
    return part if touch in piece.touches else Totals(*part[: Totals._fields.index("view_content")])


def last_day(ad: Ad, until: int) -> int:
    """The last day of *ad* up to *until*, as ordinals."""
    ends = (end.toordinal() for end in (ad.adset.end_date, ad.stopped_on) if end is not None)
    return min((until, *ends))


def runs(ad: Ad, today: date) -> bool:
    """Whether *today* is one of the days of *ad*."""
    return ad.adset.start_date <= today and last_day(ad, today.toordinal()) == today.toordinal()
