"""Documented limits are counted exactly, whatever the clock does."""

from itertools import count
from threading import Thread

import pytest

from mockserver.errors import MockError
from mockserver.gate.nonces import Nonces
from mockserver.gate.throttle import Budget, Throttle

FIFTY = Budget(("cams", "owner", "GetChatappTemplateMetric"), 50, 1.0, "System.LimitControl")


class Limiter:
    """A throttle with a clock that each call sets."""

    def __init__(self, scale: float = 1.0) -> None:
        self.now = 0.0
        self.throttle = Throttle(lambda: self.now, scale)

    def admits(self, now: float, *budgets: Budget) -> bool:
        """Whether a call at *now* is admitted; budgets default to fifty a second."""
        self.now = now
        return admits(self.throttle, *budgets)

    def admitted(self, times: list[float], *budgets: Budget) -> int:
        """How many of the calls at *times* are admitted."""
        return sum(self.admits(now, *budgets) for now in times)


def admits(throttle: Throttle, *budgets: Budget) -> bool:
    """Whether a call is admitted now."""
    try:
        throttle.admit(budgets or [FIFTY])
    except MockError:
        return False
    return True


@pytest.mark.parametrize("rate", [60, 200, 2000])
def test_a_threaded_client_gets_the_documented_rate_over_thirty_seconds(rate):
    """
    Eight threads that ask too often for 30 seconds are admitted 50 times a second, to one per cent.
    """
    ticks, found = count(), []
    throttle = Throttle(lambda: next(ticks) / rate)

    def hammer() -> None:
        for _ in range(30 * rate // 8):
            found.append(admits(throttle))

    threads = [Thread(target=hammer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(found) == pytest.approx(1500, rel=0.01)


def test_no_second_holds_more_than_the_limit():
    """
    Any window of one second, wherever it starts, holds at most 50 admitted calls.
    """
    limiter = Limiter()
    times = [at / 500 for at in range(3000) if limiter.admits(at / 500)]

    assert max(sum(start <= at < start + 1 for at in times) for start in times) == 50


def test_the_limit_is_all_there_at_once():
    """
    50 calls in one instant are admitted, the 51st is refused and told how long to wait.
    """
    limiter = Limiter()
    first = limiter.admitted([7.0] * 50)
    limiter.now = 7.25
    with pytest.raises(MockError) as refused:
        limiter.throttle.admit([FIFTY])

    assert first == 50
    assert refused.value.name == "System.LimitControl"
    assert refused.value.details["wait"] == pytest.approx(0.75)


def test_a_clock_step_back_locks_nobody_out():
    """
    After the clock has stepped back an hour, the next call is admitted at once.
    """
    limiter = Limiter()
    limiter.admitted([3600.0] * 60)

    assert limiter.admits(0.0)


def test_a_block_lasts_as_long_as_documented():
    """
    A spent score blocks for its 300 seconds, and then lets calls through again.
    """
    limiter, score = Limiter(), Budget(("score",), 60, 300.0, "user_limit", block=300.0)
    spent = limiter.admitted([0.0] * 61, score)

    assert spent == 60
    assert not limiter.admits(299.9, score)
    assert limiter.admits(300.1, score)


def test_one_callers_excess_never_touches_another():
    """
    A caller is admitted while another one is over the limit.
    """
    limiter, other = Limiter(), Budget(("cams", "other", "GetChatappTemplateMetric"), 50, 1.0, "System.LimitControl")
    limiter.admitted([0.0] * 80)

    assert limiter.admitted([0.0] * 50, other) == 50


def test_a_refused_call_counts_against_no_budget():
    """
    When the second of two budgets refuses, the first one is not charged.
    """
    limiter, one = Limiter(), Budget(("one",), 10, 1.0, "first")
    limiter.admitted([0.0] * 50)
    refused = not limiter.admits(0.0, one, FIFTY)

    assert refused
    assert limiter.throttle.usage(one).percent == 0


@pytest.mark.parametrize(("scale", "expected"), [(0.1, 5), (1, 50), (2, 100), (0.001, 1)])
def test_limits_scale(scale, expected):
    """
    A scale stretches the limit, and never below one call.
    """
    assert Limiter(scale).admitted([0.0] * 300) == expected


def test_a_scale_of_zero_switches_limits_off():
    """
    Without limits everything is admitted and nothing is ever spent.
    """
    limiter = Limiter(0)

    assert limiter.admitted([0.0] * 300) == 300
    assert limiter.throttle.usage(FIFTY).percent == 0


def test_usage_reaches_one_hundred_exactly_when_calls_are_refused():
    """
    The 50th of 50 calls fills the budget; the next one is refused.
    """
    limiter = Limiter()
    percents = []
    for _ in range(50):
        limiter.admits(0.0)
        percents.append(limiter.throttle.usage(FIFTY).percent)

    assert percents[24] == 50
    assert percents[-1] == 100
    assert not limiter.admits(0.0)


def test_a_nonce_is_fresh_once_in_its_time():
    """
    A nonce is refused for the account that used it, and for that one only, until its time is over.
    """
    nonces = Nonces(900)

    assert nonces.use("a", "n", 0.0)
    assert not nonces.use("a", "n", 899.0)
    assert nonces.use("b", "n", 899.0)
    assert nonces.use("a", "n", 1800.0)


def test_a_clock_step_back_forgets_nonces():
    """
    Nonces of the future do not lock out a caller whose clock, like the server's, has stepped back.
    """
    nonces = Nonces(900)
    nonces.use("a", "n", 7200.0)

    assert nonces.use("a", "n", 10.0)
