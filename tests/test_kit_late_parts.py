"""The kit and servers that let parts of a batch time out."""

import pytest

from contract_tests import engine
from contract_tests.aim import Aim, aimed
from contract_tests.conform import Plan, chosen
from contract_tests.outcomes import Outcome
from mockserver.kit import make
from mockserver.running import running
from mockserver.settings import Settings

BATCHES = chosen(Plan(only=("META-V*",)))


def outcomes(parts):
    """What the properties of batches come to where so many of its parts are worked off."""
    with running(Settings(throttle=0, batch_parts=parts)) as server, aimed(Aim(server.url), make) as target:
        return {one.property_id: one.outcome for one in engine.run_all(BATCHES, target, effort="quick", seed=0)}


@pytest.mark.parametrize("parts", [2, 7])
def test_parts_that_timed_out_are_sent_again(parts):
    """
    Where only the first few parts are answered, the others are sent again until all are, and nothing is wrong.
    """
    assert set(outcomes(parts).values()) == {Outcome.PASS}


def test_a_part_that_waits_for_another_decides_nothing():
    """
    A part that uses the answer to another cannot be sent again alone: that property is left open, all others hold.
    """
    told = outcomes(1)

    assert told.pop("META-V6") is Outcome.INDETERMINATE
    assert set(told.values()) == {Outcome.PASS}
