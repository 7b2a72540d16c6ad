"""The kit and servers whose reports take their time."""

from contract_tests import engine
from contract_tests.aim import Aim, aimed
from contract_tests.outcomes import Outcome
from contract_tests.property import catalogue
from mockserver.app import create_app
from mockserver.kit import make
from mockserver.server import Server
from mockserver.settings import Settings
from tests.conftest import Hands

JOBS = [f"META-J{number}" for number in (1, 3, 6)]


def outcomes(seconds, hands):
    """What properties of reports come to where a report takes so many *seconds*; waiting moves the clock."""
    server = Server(create_app(Settings(throttle=0, report_seconds=seconds), clock=hands.clock()), "127.0.0.1", 0)
    server.start()
    try:
        with aimed(Aim(server.url), make) as target:
            target.manners.sleep = hands.forward
            chosen = [catalogue()[name] for name in JOBS]
            return [one.outcome for one in engine.run_all(chosen, target, effort="quick", seed=0)]
    finally:
        server.stop()


def test_a_slow_report_is_waited_for(hands: Hands):
    """
    Where a report takes some seconds the kit looks again until it is done, and finds nothing wrong.
    """
    assert outcomes(5, hands) == [Outcome.PASS] * len(JOBS)


def test_a_report_that_never_ends_decides_nothing(hands: Hands):
    """
    Half a minute is waited for; a job that takes longer is no fault.
    """
    assert set(outcomes(80_000, hands)) == {Outcome.INDETERMINATE}
