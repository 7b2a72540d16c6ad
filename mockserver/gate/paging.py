"""A page is a slice of the whole: its cost does not grow with its depth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Records:
    """What a handler answers with: *rows*, cheap to slice, and how to *render* one of them as a record."""

    rows: Sequence[Any]
    render: Callable[[Any], Any]
    names: tuple[str, ...] | None = None  # the properties asked for, in order; None: all
    summary: Any = None  # a record that tells all rows together
    summary_names: tuple[str, ...] | None = None  # the properties of it, in order


@dataclass(frozen=True, slots=True)
class Page:
    """The records *first* to *first* + len(*records*) - 1 of *total*."""

    records: Sequence[Any]
    first: int
    total: int

    @property
    def last(self) -> bool:
        """Whether nothing comes after this page."""
        return self.first + len(self.records) >= self.total


def page(records: Records, first: int, stop: int | None) -> Page:
    """The records from *first* up to, but not including, *stop*; None stands for the end."""
    rows = records.rows[first:stop]
    return Page([records.render(row) for row in rows], first, len(records.rows))
