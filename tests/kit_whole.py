"""Whole runs of the kit, for the tests."""

from contract_tests import conform
from contract_tests.aim import Aim, aimed
from contract_tests.outcomes import Outcome
from mockserver.kit import make


def ran(aim: Aim, **plan) -> conform.Report:
    """The report of a whole run."""
    with aimed(aim, make) as target:
        report = conform.begin(conform.Plan(**plan), target)
        list(conform.results(report, target))
        return report


def faults(report: conform.Report) -> list[tuple[str, str, object, object]]:
    """What the run holds against its target."""
    return [(one.property_id, one.reason, one.got, one.expected) for one in report.having(Outcome.FAIL)]
