"""What may come of asking a property: nothing raised is a pass, these are the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from .wire import Answer

MISSING = "(nothing)"


class Outcome(Enum):
    """One word for each property at the end of a run."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    DIVERGENCE = "known divergence"
    INDETERMINATE = "indeterminate"
    OUT_OF_SCOPE = "out of scope"


class Broken(AssertionError):
    """The answer breaks the property: *what* in one sentence, and what was *got* beside what was *expected*."""

    def __init__(self, what: str, got: Any = MISSING, expected: Any = MISSING) -> None:
        super().__init__(what)
        self.what, self.got, self.expected = what, got, expected

    def __str__(self) -> str:
        return f"{self.what}; got {self.got!r}, expected {self.expected!r}"


class OutOfScope(Exception):
    """The target, its profile or its manners leave the property nothing to ask."""


class Indeterminate(Exception):
    """Neither kept nor broken: a timeout, a lost connection, a spent limit."""


class BudgetSpent(OutOfScope):
    """The run's calls are used up."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one property: for a failure the broken sentence, its calls, and how to make it happen again."""

    property_id: str
    outcome: Outcome
    calls: int
    seconds: float
    reason: str = ""
    got: Any = MISSING
    expected: Any = MISSING
    answers: tuple[Answer, ...] = ()
    drawn: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    until: date | None = None  # of a known divergence
    unasked: bool = False  # in part or whole, because the run's calls were used up
