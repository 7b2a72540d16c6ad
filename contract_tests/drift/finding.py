"""What has changed, how much it matters, and which line of the contract to change."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from .places import Place
from .recording import Answered

NO_DRIFT, DRIFT, COULD_NOT_RUN = 0, 1, 2


class Severity(Enum):
    """How much a finding matters, the gravest first."""

    ERROR = "error"  # a client that reads the old answer fails on the new one
    WARNING = "warning"  # a client may miss something
    INFO = "info"  # there is more than there was


NEW, GONE, RETYPED, RECODED = "new field", "gone", "retyped", "re-coded"
GROWN, WORDS, STATUS, LIMIT = "enum grown", "words", "status", "limit"
HEADER_NEW, HEADER_GONE, REFERENCE, NOT_ASKED = "header new", "header gone", "reference", "not asked"
SEVERITIES: Mapping[str, Severity] = {
    **dict.fromkeys((RETYPED, RECODED, STATUS), Severity.ERROR),
    **dict.fromkeys((GONE, GROWN, WORDS, LIMIT, HEADER_GONE, REFERENCE, NOT_ASKED), Severity.WARNING),
    **dict.fromkeys((NEW, HEADER_NEW), Severity.INFO),
}
_RANK = {severity: rank for rank, severity in enumerate(Severity)}

Judge = Callable[[Answered], Sequence["Finding"]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One change, with the probes that saw it and the lines of the contract that say otherwise.

    *again* judges another answer to one of the probes; a finding that such an answer did not show is not *confirmed*.
    """

    vendor: str
    kind: str
    path: str
    old: str
    new: str
    places: tuple[Place, ...]
    probes: tuple[str, ...]
    severity: Severity
    confirmed: bool = True
    again: Mapping[str, Judge] = field(default_factory=dict, repr=False, compare=False)

    @property
    def file(self) -> str:
        """The operation file to change first."""
        return self.places[0].file

    @property
    def line(self) -> int:
        """The line to change in it."""
        return self.places[0].line

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two findings one: a record is the same alone and in a list."""
        path = self.path.removeprefix("data[].").removeprefix("Data[].")
        return self.vendor, self.severity, self.kind, path, self.old, self.new

    @property
    def rank(self) -> tuple[Any, ...]:
        """The gravest first, then by place."""
        return not self.confirmed, _RANK[self.severity], self.places, self.kind, self.path, self.new


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """*findings* in the order of their ranks, each change once however many probes saw it."""
    found: dict[tuple[Any, ...], Finding] = {}
    for one in findings:
        known = found.get(one.key)
        found[one.key] = one if known is None else _both(known, one)
    return sorted(found.values(), key=lambda one: one.rank)


def _both(one: Finding, other: Finding) -> Finding:
    places = tuple(sorted({*one.places, *other.places}))
    probes = tuple(dict.fromkeys((*one.probes, *other.probes)))
    return replace(one, places=places, probes=probes, again={**one.again, **other.again})


def exit_code(findings: Iterable[Finding]) -> int:
    """1 where something confirmed is more than new, else 0."""
    grave = (one for one in findings if one.confirmed and one.severity is not Severity.INFO)
    return DRIFT if any(grave) else NO_DRIFT
