"""Reports that were asked for: what a job is, what becomes of it, and how far it is after so many seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mockserver.world.entities import Account, ReportPlan
from mockserver.world.load import Node
from mockserver.world.periods import Span

if TYPE_CHECKING:
    from mockserver.world.made import Made

LIFETIME = 30 * 86_400  # "report_run_id ... expires after 30 days"
LINGERS = 1  # seconds for which a completed job still says that it is running


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A report was asked for, of *node* with *arguments*: *at* in the world's time, on *day*, at *wall* by the wall."""

    id: str
    node: Node
    account: Account
    arguments: Mapping[str, Any]
    span: Span | None
    plan: ReportPlan
    at: datetime
    day: date
    wall: datetime
    made: "Made"  # what there was by then


@dataclass(frozen=True, slots=True)
class ReportDeleted:
    """A report was thrown away."""

    id: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: its *state*, per cent done, and whether it says that it is running."""

    state: str  # not_started, started, running, completed, failed or skipped
    percent: int
    running: bool


def progress(plan: ReportPlan, age: float) -> Progress:
    """How far a job is *age* seconds after it was asked for."""
    if age < plan.seconds:
        return _under_way(age / plan.seconds)
    match plan.outcome:
        case "completed":
            return Progress("completed", 100, age < plan.seconds + LINGERS)
        case "stuck":
            return Progress("running", 99, True)
    return Progress(plan.outcome, 0, False)


def _under_way(part: float) -> Progress:
    """Running at 100 per cent is a known race, so the last tenth of the time is spent there."""
    if part <= 0:
        return Progress("not_started", 0, False)
    if part < 0.1:
        return Progress("started", 0, True)
    return Progress("running", min(int(part * 100 / 0.9), 100), True)
