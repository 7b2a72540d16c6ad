"""Whole runs of the kit against the right vendor, each with a seed of its own: nothing is wrong, nothing is found."""

import json
import subprocess
import sys

import pytest

from contract_tests.aim import Aim
from contract_tests.outcomes import Outcome
from mockserver.clock import parse_today
from mockserver.running import running
from mockserver.settings import Settings
from mockserver.world.new import generate
from tests.kit_whole import faults, ran
from tests.worlds import AS_OF

pytestmark = pytest.mark.usefixtures("untraced")


def test_the_default_world_conforms():
    """
    The shipped world keeps every property, and all but one in twenty of them are decided.
    """
    report = ran(Aim(world="default"), effort="quick", seed=99)

    assert faults(report) == []
    assert report.coverage > 0.95
    assert report.exit_code == 0


@pytest.mark.parametrize(("seed", "locale", "size"), [(21, "ja_JP", 5), (3, "ar_EG", 25)])
def test_a_new_world_conforms(tmp_path, seed, locale, size):
    """
    A world of another seed, locale and size keeps every property.
    """
    sizes = {"accounts": 2, "pages": 2, "campaigns": size, "templates": 6}
    path = tmp_path / "world.json"
    path.write_text(json.dumps(generate(seed=seed, locales=(locale,), as_of=AS_OF, name="x", **sizes)), "utf-8")
    report = ran(Aim(world=str(path)), effort="quick", seed=seed)

    assert faults(report) == []
    assert report.coverage > 0.95
    assert report.exit_code == 0


@pytest.mark.parametrize(
    "settings",
    [Settings(throttle=1), Settings(world="docs", throttle=0)],
    ids=["with limits", "docs without"],
)
def test_a_server_at_a_url_conforms(settings):
    """
    Over HTTP the kit finds out which world is served, stays below its limits, and finds nothing wrong.
    """
    with running(settings) as server:
        report = ran(Aim(server.url), effort="quick", seed=settings.throttle)
        server.raise_own_bugs()

    assert faults(report) == []
    assert report.having(Outcome.INDETERMINATE) == []
    assert report.exit_code == 0


@pytest.mark.parametrize("today", ["2026-03-01", "2027-12-31T23:30:00+00:00"])
def test_a_held_today_conforms(today):
    """
    A world that stands still conforms on any day and hour.
    """
    with running(Settings(today=parse_today(today), throttle=0)) as server:
        report = ran(Aim(server.url), effort="quick", vendors=("meta",), seed=int(today[:4]))

    assert faults(report) == []


def test_pytest_runs_the_same_properties(tmp_path):
    """
    `pytest contract_tests` has one test for each property, and writes the same report.
    """
    command = [sys.executable, "-m", "pytest", "contract_tests", "-q", "-p", "no:cacheprovider", "--target", "mock"]
    options = ["--effort", "quick", "--only", "META-T*", "--only", "identity", "--report", str(tmp_path)]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert {path.name for path in tmp_path.iterdir()} == {
        "conformance.html",
        "conformance.json",
        "conformance.md",
        "junit.xml",
    }


def test_pytest_says_plainly_what_it_cannot_run():
    """
    A target that cannot be asked is a usage error of one sentence.
    """
    command = [sys.executable, "-m", "pytest", "contract_tests", "-q", "--target", "moon"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 4
    assert "target is 'moon', expected mock, live or a URL" in done.stdout + done.stderr
