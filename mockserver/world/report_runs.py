"""Report runs in a world: asked for, found, thrown away, and read as of the day on which they were asked for."""

from collections.abc import Mapping
from typing import Any

from mockserver.world.chance import draws
from mockserver.world.entities import ReportPlan
from mockserver.world.load import Node
from mockserver.world.now import World
from mockserver.world.periods import Span
from mockserver.world.reports import LIFETIME, Progress, Report, ReportDeleted, progress


def request(
    world: World, node: Node, level: str, arguments: Mapping[str, Any], span: Span | None, otherwise: ReportPlan
) -> Report:
    """Ask for a report, from now, of which the world's own rules say what becomes, or *otherwise* does."""
    account, clock = world.account(node), world.clock
    rules = (rule.plan for rule in world.file.report_runs if rule.applies(account, level))
    plan = next(rules, otherwise)
    day = world.today(node)
    at, wall = clock.instant(), clock.now()
    report = Report(_free_id(world), node, account, arguments, span, plan, at, day, wall, world.made)
    world.ledger.append(report)
    return report


def find(world: World, run_id: str) -> Report | None:
    """The report of that id; None once it is thrown away, or 30 days old."""
    report = world.ledger.reports.get(run_id)
    return report if report is not None and age(world, report) < LIFETIME else None


def delete(world: World, report: Report) -> None:
    """Throw *report* away."""
    world.ledger.append(ReportDeleted(report.id))


def how_far(world: World, report: Report) -> Progress:
    """How far *report* is now."""
    return progress(report.plan, age(world, report))


def age(world: World, report: Report) -> float:
    """Seconds since *report* was asked for: by the wall, which moves while today is held still, or by a moved today."""
    clock = world.clock
    passed = max(clock.now() - report.wall, clock.instant() - report.at)
    return max(passed.total_seconds(), 0.0)


def as_of(world: World, report: Report) -> World:
    """*world* when *report* was asked for: that day, and what there was then."""
    if world.today(report.node) == report.day and world.made.version == report.made.version:
        return world
    key = ("as of", report.day, report.made.version, id(world.ledger))
    return world.once(key, lambda: world.on(report.day, report.made))


def _free_id(world: World) -> str:
    """A number of the seed and of how many reports came before, which nothing else has."""
    place = draws(world.file.seed, "report runs")[0] % 10_000
    while True:
        run_id = f"60{place:04d}{next(world.ledger.serials):09d}"
        if world.node(run_id) is None:
            return run_id
