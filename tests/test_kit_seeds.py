"""Whole runs of the kit with many seeds, side by side."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from contract_tests.aim import Aim
from tests.kit_whole import faults, ran

SEEDS = range(3)


def seeded(seed: int) -> tuple[list[str], float, int]:
    """What a run with *seed* holds against its target, its coverage and its exit code."""
    report = ran(Aim(), effort="quick", seed=seed)
    return [repr(fault) for fault in faults(report)], report.coverage, report.exit_code


@pytest.fixture(scope="module")
def runs():
    """Runs with many seeds, side by side."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield {seed: pool.submit(seeded, seed) for seed in SEEDS}
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_seed_raises_a_false_alarm(seed, runs):
    """
    Runs with different seeds find nothing wrong with the mock, and decide every property but one in twenty.
    """
    found, coverage, exit_code = runs[seed].result()

    assert found == []
    assert coverage > 0.95
    assert exit_code == 0
