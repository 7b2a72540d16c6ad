"""A whole run: which properties, against which target, and what came of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from .engine import examples, outside, run_all
from .outcomes import Outcome, Result
from .profile import ProfileFault
from .property import Property, catalogue
from .target import Target

CONFORMS, DOES_NOT, COULD_NOT_RUN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask: vendors, and patterns of ids or kinds such as META-T* or refusal; all where there are none."""

    vendors: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    effort: str = "default"
    seed: int | None = None


@dataclass(slots=True)
class Report:
    """What a run has found; *results* in the order in which they came."""

    target: str
    effort: str
    seed: int
    started: datetime
    properties: dict[str, Property]
    results: list[Result] = field(default_factory=list)
    calls: int = 0
    seconds: float = 0.0
    arguments: tuple[str, ...] = ()  # of the command line, without which the same is not asked again

    def add(self, result: Result, target: Target) -> None:
        """Keep *result*, and how much has been asked so far."""
        self.results.append(result)
        self.calls, self.seconds = target.seen.total(), (datetime.now(UTC) - self.started).total_seconds()

    def having(self, outcome: Outcome) -> list[Result]:
        """The results with this outcome."""
        return [one for one in self.results if one.outcome is outcome]

    @property
    def divergence(self) -> float:
        """Share of the decided properties that are broken, known divergences among them."""
        broken = len(self.having(Outcome.FAIL)) + len(self.having(Outcome.DIVERGENCE))
        decided = broken + len(self.having(Outcome.PASS))
        return broken / decided if decided else 0.0

    @property
    def coverage(self) -> float:
        """Share of the properties that were decided either way."""
        undecided = len(self.having(Outcome.INDETERMINATE)) + len(self.having(Outcome.OUT_OF_SCOPE))
        return 1 - undecided / len(self.results) if self.results else 0.0

    @property
    def exit_code(self) -> int:
        """0 conforms, 1 does not, 2 could not be told: a mock left anything open, a live target more than half."""
        if self.having(Outcome.FAIL):
            return DOES_NOT
        decided = len(self.having(Outcome.PASS)) + len(self.having(Outcome.DIVERGENCE))
        most_open = decided if self.target == "live" else 0
        return CONFORMS if decided and len(self.having(Outcome.INDETERMINATE)) <= most_open else COULD_NOT_RUN


def chosen(plan: Plan) -> list[Property]:
    """The properties of *plan* in the order of a run; raises ProfileFault if a pattern fits none."""
    every = list(catalogue().values())
    for pattern in plan.only:
        if not any(_fits(one, pattern) for one in every):
            raise ProfileFault(f"--only {pattern!r} fits no property; expected an id, META-*, or a kind")
    fitting = [one for one in every if not plan.only or any(_fits(one, pattern) for pattern in plan.only)]
    return [one for one in fitting if not plan.vendors or set(one.vendors) <= set(plan.vendors)]


def seed_of(plan: Plan, target: Target) -> int:
    """The seed asked for; without one 0 on a mock, and on a live target the date's, so that each day asks anew."""
    if plan.seed is not None:
        return plan.seed
    return 0 if target.exact else datetime.now(UTC).date().toordinal()


def begin(plan: Plan, target: Target, arguments: tuple[str, ...] = ()) -> Report:
    """An empty report of *plan*; *arguments* are those of the command line that say whom to ask."""
    listed = {one.id: one for one in chosen(plan)}
    seed = seed_of(plan, target)
    return Report(target.name, plan.effort, seed, datetime.now(UTC), listed, arguments=arguments)


def results(report: Report, target: Target) -> Iterator[Result]:
    """Ask one property after the other; each result is in *report* when it comes."""
    for result in run_all(report.properties.values(), target, effort=report.effort, seed=report.seed):
        report.add(result, target)
        yield result


def _fits(one: Property, pattern: str) -> bool:
    return fnmatchcase(one.id.lower(), pattern.lower()) or one.kind == pattern.lower()


def listing(report: Report, target: Target) -> list[tuple[str, str, str, int, str]]:
    """What would be asked: id, kind, where it holds, calls at this effort (0 where it is out of scope), title."""
    return [
        (one.id, one.kind, one.live.value, _cost(one, report.effort, target), one.title)
        for one in report.properties.values()
    ]


def _cost(one: Property, effort: str, target: Target) -> int:
    return 0 if outside(one, target) else one.calls * examples(one, effort, exact=target.exact)
