"""Clicks on links, told apart by the device that saw a message and by the page that sent it."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import add

from mockserver.world.days import Totals
from mockserver.world.entities import Ad, Page
from mockserver.world.figures import Figures, Slice
from mockserver.world.now import FEW, World
from mockserver.world.rows import Row
from mockserver.world.series import packed

_LINKS = Totals._fields.index("link_btn_click")
Cell = tuple[Page | None, str | None]  # a page and a device, None where clicks are not told apart by it


@dataclass(frozen=True, slots=True)
class Running:
    """Running sums of clicks: the first n days from the ordinal *first* end at *sums[n]*."""

    first: int
    sums: array[int]

    def total(self, since: int, until: int) -> int:
        """The clicks from *since* to *until*, both included."""
        last = self.first + len(self.sums) - 1
        low, high = (min(max(day, self.first), last) - self.first for day in (since, until + 1))
        return max(self.sums[high] - self.sums[low], 0)


def told_apart(world: World, row: Row, *, device: bool, page: bool) -> Mapping[Cell, int]:
    """The clicks of *row* by *device*, by *page* or by both; together they are all of its clicks."""
    figures, ads, found = world.figures, row.sender.ads, Counter[Cell]()
    today = world.today(row.sender.node).toordinal()
    since, until = row.span.since.toordinal(), min(row.span.until.toordinal(), today)
    # of many ads running sums are kept, so that a row costs no more than it tells
    kept: dict[Slice, Mapping[Cell, Running]] = (
        world.once(("clicks", row.sender.key, device, page, today), dict) if len(ads) > FEW else {}
    )
    for part in row.parts:
        if len(ads) > FEW:
            tables = kept.get(part) or kept.setdefault(part, _tables(figures, ads, part, device, page, today))
            found.update({cell: table.total(since, until) for cell, table in tables.items()})
        else:
            for cell, some, piece in _cells(figures, ads, part, device, page):
                found[cell] += sum(_total(figures, ad, piece, since, until) for ad in some)
    return +found


def _tables(
    figures: Figures, ads: Sequence[Ad], part: Slice, device: bool, page: bool, today: int
) -> Mapping[Cell, Running]:
    cells = _cells(figures, ads, part, device, page)
    return {cell: _running(figures, some, piece, today) for cell, some, piece in cells}


def _cells(
    figures: Figures, ads: Sequence[Ad], part: Slice, device: bool, page: bool
) -> Iterator[tuple[Cell, Sequence[Ad], Slice]]:
    """The cells of *part*, each with the ads and the slice that make it."""
    pieces = _by_device(figures, part) if device else [part]
    for own, some in (_by_page(ads) if page else {None: ads}).items():
        for piece in pieces:
            yield (own, piece.named("device") if device else None), some, piece


def _by_page(ads: Sequence[Ad]) -> Mapping[Page | None, Sequence[Ad]]:
    found: dict[Page, list[Ad]] = defaultdict(list)
    for ad in ads:
        found[ad.campaign.page].append(ad)
    return {page: found[page] for page in sorted(found, key=lambda page: page.id)}


def _by_device(figures: Figures, part: Slice) -> Sequence[Slice]:
    if "device" in part.traits:
        return [part]
    traits = (*part.traits, "device")
    values = (one for one in figures.crowds.members(traits) if one[:-1] == part.values)
    return [replace(part, traits=traits, values=one) for one in values]


def _total(figures: Figures, ad: Ad, piece: Slice, since: int, until: int) -> int:
    """The clicks of one ad."""
    plan = figures.plan(ad)
    first, last = max(since, plan.first), min(until, plan.last)
    if ad.pins is not None:
        return figures.pinned(ad, piece).total(first, last).link_btn_click
    if first > last:
        return 0
    total, who = 0, figures.crowds.members(piece.traits)[piece.values]
    for crowd, pressed, of in figures.parts(ad, plan, piece):
        sums = figures.crowds.clickers(crowd, pressed or who, last)
        total += of.link_btn_click * (sums[last + 1 - figures.first] - sums[first - figures.first])
    return total


def _running(figures: Figures, ads: Sequence[Ad], piece: Slice, today: int) -> Running:
    """The running sums of many ads up to *today*: of each crowd the clicks that its units make from day to day."""
    first = min((figures.plan(ad).first for ad in ads), default=today)
    days, who = [0] * max(today + 1 - first, 0), figures.crowds.members(piece.traits)[piece.values]
    for (crowd, pressed), of in figures.standing(ads, piece, today).items():
        counts = of.counts(_LINKS, figures.crowds.clickers(crowd, pressed or who, today), figures.first)
        begun = of.first - first
        days[begun : begun + len(counts)] = map(add, days[begun : begun + len(counts)], counts)
    for ad in (ad for ad in ads if ad.pins is not None):
        told, last = figures.pinned(ad, piece), min(figures.plan(ad).last, today)
        for day in (one for one in told.days if first <= one <= last):
            days[day - first] += told.total(day, day).link_btn_click
    return Running(first, packed(accumulate(days, initial=0)))
