"""The pieces that a span of days is cut into, and which of them touch given days."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from mockserver.world.periods import Span

Run = tuple[int, int]  # the first and the last of some consecutive numbers


class Cut(Protocol):
    """A way to cut *span*: pieces are numbered from 0 on."""

    @property
    def span(self) -> Span: ...

    @property
    def wholes(self) -> tuple[Span, ...]:
        """Spans that hold each day as often as all pieces together do."""

    def touched(self, days: Iterable[Run]) -> Sequence[Run]:
        """The numbers of the pieces that touch *days*: runs of ordinals, in order and apart."""

    def piece(self, number: int) -> Span:
        """The *number*th piece."""


@dataclass(frozen=True, slots=True)
class Every:
    """Pieces of *days* days, the last one may be short; 0 days leave *span* whole."""

    span: Span
    days: int

    @property
    def wholes(self) -> tuple[Span, ...]:
        """The span as it is."""
        return (self.span,)

    def touched(self, days: Iterable[Run]) -> Sequence[Run]:
        """Consecutive runs, none twice."""
        since = self.span.since.toordinal()
        each = self.days or date.max.toordinal()
        return _joined(((low - since) // each, (high - since) // each) for low, high in _clipped(days, self.span))

    def piece(self, number: int) -> Span:
        """Counted from the first day of the span."""
        if not self.days:
            return self.span
        since = self.span.since + timedelta(days=number * self.days)
        return Span(since, since + min(self.span.until - since, timedelta(days=self.days - 1)))


@dataclass(frozen=True, slots=True)
class Monthly:
    """Calendar months, the first and the last clipped to *span*."""

    span: Span

    @property
    def wholes(self) -> tuple[Span, ...]:
        """The span as it is."""
        return (self.span,)

    def touched(self, days: Iterable[Run]) -> Sequence[Run]:
        """Consecutive runs, none twice."""
        return _joined((self._number(low), self._number(high)) for low, high in _clipped(days, self.span))

    def piece(self, number: int) -> Span:
        """Counted from the month of the span's first day."""
        year, month = divmod(self.span.since.year * 12 + self.span.since.month - 1 + number, 12)
        first, last = date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])
        return Span(max(first, self.span.since), min(last, self.span.until))

    def _number(self, ordinal: int) -> int:
        day, since = date.fromordinal(ordinal), self.span.since
        return (day.year - since.year) * 12 + day.month - since.month


@dataclass(frozen=True, slots=True)
class Ranges:
    """Spans as they are; they may overlap."""

    spans: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the earliest day to the latest."""
        return Span(min(one.since for one in self.spans), max(one.until for one in self.spans))

    @property
    def wholes(self) -> tuple[Span, ...]:
        """The spans themselves."""
        return self.spans

    def touched(self, days: Iterable[Run]) -> Sequence[Run]:
        """One run for each span that holds one of the days."""
        runs = tuple(days)
        return [(number, number) for number, span in enumerate(self.spans) if any(_clipped(runs, span))]

    def piece(self, number: int) -> Span:
        """The span of that number."""
        return self.spans[number]


def cut(span: Span, increment: int | str) -> Cut:
    """*span* by *increment*: a number of days, `monthly` or `all_days`."""
    if increment == "monthly":
        return Monthly(span)
    return Every(span, 0 if increment == "all_days" else int(increment))


def united(runs: Iterable[Run]) -> list[Run]:
    """Runs in any order as runs in order, those that touch made one."""
    return _joined(sorted(runs), apart=1)


def _clipped(days: Iterable[Run], span: Span) -> Iterator[Run]:
    since, until = span.since.toordinal(), span.until.toordinal()
    return ((max(low, since), min(high, until)) for low, high in days if low <= until and high >= since)


def _joined(runs: Iterable[Run], apart: int = 0) -> list[Run]:
    found: list[Run] = []
    for low, high in runs:
        if found and low <= found[-1][1] + apart:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found
