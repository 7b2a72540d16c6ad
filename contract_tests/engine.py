"""One property asked of one target: Hypothesis draws the examples, and whatever is raised becomes an outcome."""

import math
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.errors import Flaky, HypothesisWarning

from .ask import Ask
from .dates import local_day
from .outcomes import MISSING, Broken, BudgetSpent, Indeterminate, Outcome, OutOfScope, Result
from .property import Live, Property
from .target import Target

EFFORTS = {"quick": 0.15, "default": 1.0, "deep": 25.0}
LIVE_EXAMPLES = {"quick": 1, "default": 3, "deep": 10}
ENOUGH = 20  # answers seen, without which what watches has not been decided
MOST_SHRINKS = 120  # examples tried after the first failure
UNREADABLE = "the answer cannot be read"
_PLACE = "it is asked of mocks only"


@dataclass
class _Run:
    """The examples of one property: the smallest failure so far, and how many examples came after the first."""

    property: Property
    target: Target
    effort: str
    failure: BaseException | None = None
    ask: Ask | None = None
    since: int = 0
    kept: int = 0  # examples that held
    unconfirmed: str = ""  # why a failure could not be asked again
    out: str = ""
    spent: bool = False  # the run's calls
    stopped: str = ""

    def example(self, data: Any) -> None:
        """Ask once; after a spent limit or enough shrinking, ask no more."""
        if self.failure is not None:
            self.since += 1
        if self.stopped or self.since > MOST_SHRINKS:
            return
        ask = Ask(self.target, data, self.effort)
        try:
            self.property.check(ask)
            self.kept += 1
        except (OutOfScope, Indeterminate) as reason:
            self._not_told(reason)
        except Exception as error:
            self.failure, self.ask = error, ask
            raise

    def _not_told(self, reason: Exception) -> None:
        if self.failure is not None:
            self.unconfirmed = str(reason)
        elif isinstance(reason, Indeterminate):
            self.stopped = str(reason)
        else:
            self.out, self.spent = str(reason), self.spent or isinstance(reason, BudgetSpent)


def examples(one: Property, effort: str, *, exact: bool) -> int:
    """How many examples of *one* are drawn: few on a live target, and one where nothing is drawn."""
    count = math.ceil(one.examples * EFFORTS[effort]) if one.examples > 1 else 1
    return count if exact else min(one.examples, LIVE_EXAMPLES[effort])


def run(one: Property, target: Target, *, effort: str = "default", seed: int = 0) -> Result:
    """Ask *one* of *target*: its outcome, with the smallest failing example that was found."""
    started, before = time.perf_counter(), target.manners.calls
    reason = outside(one, target)
    if reason:
        return Result(one.id, Outcome.OUT_OF_SCOPE, 0, 0.0, reason)
    made = _Run(one, target, effort)
    result = _judged(made, seed)
    if result.outcome is Outcome.FAIL and _day_turned(target, started):
        made = _Run(one, target, effort)
        result = _judged(made, seed)
    result = _watched(one, result, target)
    if result.outcome is Outcome.FAIL and not target.exact:
        result = _compared(one, result, target, seed)
    calls, seconds = target.manners.calls - before, time.perf_counter() - started
    return replace(_divergence(result, target), calls=calls, seconds=seconds, seed=seed)


def run_all(
    properties: Iterable[Property], target: Target, *, effort: str = "default", seed: int = 0
) -> Iterator[Result]:
    """The results of *properties*, each of which may watch what the others ask."""
    listed = list(properties)
    target.watch(listed)
    for one in listed:
        yield run(one, target, effort=effort, seed=seed)


def _watched(one: Property, result: Result, target: Target) -> Result:
    """*result*, or what the property has seen in the answers to others."""
    if one.watches is None or (result.outcome is Outcome.FAIL and result.reason != UNREADABLE):
        return result
    if one.id in target.faults:
        broken, answer = target.faults[one.id]
        failed = replace(result, outcome=Outcome.FAIL, reason=broken.what, got=broken.got, expected=broken.expected)
        return replace(failed, answers=(answer,))
    enough = all(target.seen[vendor] >= ENOUGH for vendor in one.vendors)
    return replace(result, outcome=Outcome.PASS, reason="", unasked=False) if enough else result


def _compared(one: Property, result: Result, target: Target, seed: int) -> Result:
    """*result* of a live target with what a mock makes of the same property: there it may shrink."""
    if target.another is None:
        return result
    with target.another("default", 0) as mock:
        own = run(one, mock, seed=seed)
    told = f"{own.outcome.value}" + (f": {own.reason}" if own.reason else "")
    return replace(result, reason=f"{result.reason} (asked of the mock server: {told})")


def outside(one: Property, target: Target) -> str | None:
    """Why *one* is not to be asked of *target*; None where it is."""
    if one.live is Live.MOCK and not target.exact:
        return _PLACE
    if one.writes and not target.allow_writes:
        return "it writes; --allow-writes lets it"
    return target.in_scope(one.vendors)


def _judged(made: _Run, seed: int) -> Result:
    result = Result(made.property.id, Outcome.PASS, 0, 0.0)
    try:
        _hypothesis(made, seed)()
    except Flaky as error:
        if made.failure is None:
            made.failure = None if made.stopped else error
        elif not made.target.exact and not made.unconfirmed:
            made.stopped, made.failure = f"broken once, and not when asked again: {made.failure}", None
    except Exception as error:
        made.failure = made.failure or error
    if made.failure is not None:
        return _failed(result, made)
    if made.stopped:
        return replace(result, outcome=Outcome.INDETERMINATE, reason=made.stopped)
    if made.out and not made.kept:
        return replace(result, outcome=Outcome.OUT_OF_SCOPE, reason=made.out, unasked=made.spent)
    return replace(result, unasked=made.spent)


def _hypothesis(made: _Run, seed: int) -> Callable[[], None]:
    exact = made.target.exact
    chosen = settings(
        max_examples=examples(made.property, made.effort, exact=exact),
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink) if exact else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )

    def example(data: Any) -> None:
        made.example(data)

    test: Callable[[], None] = seeded(seed)(chosen(given(st.data())(example)))

    def quietly() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", HypothesisWarning)
            test()

    return quietly


def _failed(result: Result, made: _Run) -> Result:
    error, ask = made.failure, made.ask
    answers = tuple(ask.answers) if ask else ()
    drawn = dict(ask.drawn) if ask else {}
    result = replace(result, outcome=Outcome.FAIL, answers=answers, drawn=drawn)
    if isinstance(error, Broken):
        doubt = f" (not confirmed: {made.unconfirmed})" if made.unconfirmed and not made.target.exact else ""
        return replace(result, reason=error.what + doubt, got=error.got, expected=error.expected)
    what = UNREADABLE if not isinstance(error, Flaky) else "the same question is answered differently"
    return replace(result, reason=what, got=f"{type(error).__name__}: {error}", expected=MISSING)


def _day_turned(target: Target, started: float) -> bool:
    """Whether midnight may have passed in an ad account's time zone since *started*, a reading of perf_counter."""
    seconds = time.perf_counter() - started
    zones = {account.timezone_name for account in target.kept.get("accounts", ())}
    now = target.now().timestamp()
    moments = [datetime.fromtimestamp(at, UTC) for at in (now - seconds - 1, now)]
    return any(len({local_day(moment, name) for moment in moments}) > 1 for name in zones)


def _divergence(result: Result, target: Target) -> Result:
    """A failure that the profile knows, and that is not yet out of date, is a known divergence."""
    if result.outcome is not Outcome.FAIL:
        return result
    for known in target.profile.divergences:
        if known.property == result.property_id and target.now().date() <= known.until:
            reason = f"{result.reason} (known until {known.until}: {known.reason})"
            return replace(result, outcome=Outcome.DIVERGENCE, reason=reason, until=known.until)
    return result
