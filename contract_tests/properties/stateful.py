"""Long random walks over all operations: whatever was asked, refused, opened or enabled, answers stay the same."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from ..ask import Ask
from ..outcomes import Indeterminate, OutOfScope
from ..property import Live, contract
from . import stateful_steps as steps

SENTENCE = "Measured and assumed: nothing that is read, refused or enabled changes what was told before."
STEPS = {"quick": 25, "default": 40, "deep": 40}
WALKS = {"quick": 2, "default": 4, "deep": 4}  # of one seed; Hypothesis makes the first as simple as can be
SEEDS = {"quick": 1, "default": 3, "deep": 100}
LIVE_STEPS, LIVE_WALKS = 12, 2
MOST_SHRINKS = 25  # walks after the first failure
MOST_OPEN = 4


@dataclass(slots=True)
class Walks:
    """The walks of one example: what stopped or broke them."""

    outer: Ask
    vendors: tuple[str, ...]
    stopped: str = ""
    failure: Exception | None = None
    since: int = 0

    @property
    def over(self) -> bool:
        """Whether no more is to be asked."""
        return bool(self.stopped) or self.since > MOST_SHRINKS


class Walk(RuleBasedStateMachine):
    """One walk: its rules ask, and compare with what it remembers."""

    walks: ClassVar[Walks]

    def __init__(self) -> None:
        super().__init__()
        self.memory = steps.Memory(told=steps.told_so_far(self.walks.outer))
        self.walks.since += self.walks.failure is not None
        self.walks.outer.answers.clear()

    def step(self, data: Any, do: Callable[[steps.Memory, Ask], None]) -> None:
        """One step; what is out of scope is left out, and a spent limit ends all walks."""
        outer = self.walks.outer
        if self.walks.over:
            return
        try:
            do(self.memory, Ask(outer.target, data, outer.effort, outer.answers))
        except OutOfScope:
            pass
        except Indeterminate as reason:
            self.walks.stopped = str(reason)
        except Exception as error:
            self.walks.failure = error
            raise

    @rule(data=st.data())
    def ask_something(self, data: Any) -> None:
        """A question of any operation."""
        self.step(data, partial(steps.ask_any, self.walks.vendors))

    @precondition(lambda self: self.memory.asked)
    @rule(data=st.data())
    def ask_again(self, data: Any) -> None:
        """A question that was asked before."""
        self.step(data, steps.ask_again)

    @rule(data=st.data())
    def ask_badly(self, data: Any) -> None:
        """A question that is refused, always in the same words."""
        self.step(data, partial(steps.ask_badly, self.walks.vendors))

    @precondition(lambda self: self.walks.outer.target.exact)
    @rule(data=st.data())
    def ask_anything(self, data: Any) -> None:
        """A question of any operation with arguments that nobody would think of."""
        self.step(data, partial(steps.ask_anything, self.walks.vendors))

    @precondition(lambda self: "meta" in self.walks.vendors and len(self.memory.open) < MOST_OPEN)
    @rule(data=st.data())
    def open_list(self, data: Any) -> None:
        """The first page of a list, which is kept open."""
        self.step(data, steps.open_list)

    @precondition(lambda self: self.memory.open)
    @rule(data=st.data())
    def turn_page(self, data: Any) -> None:
        """The next page of a list that was opened a while ago, and the page before it once more."""
        self.step(data, steps.turn_page)

    @precondition(lambda self: "meta" in self.walks.vendors)
    @rule(data=st.data())
    def add_up(self, data: Any) -> None:
        """A range is the sum of two parts, and counts nest."""
        self.step(data, steps.adds_up)

    @precondition(lambda self: "cams" in self.walks.vendors and self.walks.outer.target.exact)
    @rule(data=st.data())
    def enable(self, data: Any) -> None:
        """Switch template metrics on for some space."""
        self.step(data, steps.enable)


def walk(ask: Ask, *vendors: str) -> None:
    """Walks of one seed: run by Hypothesis's own state machine, whose failure is shrunk before it is told."""
    walks = Walks(ask, vendors)
    chosen = ask.draw(st.integers(0, SEEDS[ask.effort] - 1), "seed of the walks")
    machine = seed(chosen)(type("Walk", (Walk,), {"walks": walks}))
    phases = (Phase.generate, Phase.shrink) if ask.exact else (Phase.generate,)
    how = settings(
        max_examples=WALKS[ask.effort] if ask.exact else LIVE_WALKS,
        stateful_step_count=STEPS[ask.effort] if ask.exact else LIVE_STEPS,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        verbosity=Verbosity.quiet,
    )
    steps.ask_plainly(vendors, ask)
    try:
        run_state_machine_as_test(machine, settings=how)
    except Exception:
        if walks.failure is None:
            raise
    if walks.failure is not None:
        raise walks.failure
    if walks.stopped:
        raise Indeterminate(walks.stopped)
    steps.ask_plainly(vendors, ask)


HOW: dict[str, Any] = {"sentence": SENTENCE, "page": "the vendors' pages", "kind": "stateful", "calls": 50}


@contract("BOTH-W1", "A long walk over both vendors keeps all answers the same", live=Live.MOCK, examples=3, **HOW)
def both(ask: Ask) -> None:
    """Questions, errors, pages kept open and enabling, of both vendors in any order."""
    walk(ask, "meta", "cams")


@contract("META-W1", "A long walk over the Graph API keeps all answers the same", live=Live.TOLERANT, examples=2, **HOW)
def graph_alone(ask: Ask) -> None:
    """Questions, errors, sums and pages kept open, in any order."""
    walk(ask, "meta")


@contract("CAMS-W1", "A long walk over CAMS keeps all answers the same", live=Live.TOLERANT, examples=2, **HOW)
def cams_alone(ask: Ask) -> None:
    """Questions, errors and enabling, in any order."""
    walk(ask, "cams")
