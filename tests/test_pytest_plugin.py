"""The fixture that a user's own tests get."""

import subprocess
import sys

import pytest

from mockserver import pytest_plugin

USES = """
    import requests

    def call(mockserver, path, **parameters):
        return requests.get(mockserver.url + path, params={"access_token": "EAAtok", **parameters}, timeout=10)
"""


def run(pytester, tests: str, *arguments: str):
    """Run *tests* in a process of their own."""
    pytester.makepyfile(USES + tests)
    return pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider", *arguments)


def test_the_fixture_serves_a_world(pytester):
    """
    A test gets a running server and its runtime by naming the fixture.
    """
    done = run(
        pytester,
        """
    def test_it(mockserver):
        assert len(call(mockserver, "/me/adaccounts").json()["data"]) == 3
        assert mockserver.host in mockserver.url
        assert mockserver.runtime.file.name == "default"
    """,
    )

    done.assert_outcomes(passed=1)


def test_settings_choose_world_and_limits(pytester):
    """
    The world and the scale of the limits are options of pytest's own configuration.
    """
    pytester.makeini("[pytest]\nmockserver_world = docs\nmockserver_throttle = 0.000005\n")
    done = run(
        pytester,
        """
    def test_it(mockserver):
        codes = [call(mockserver, "/120000000000001").status_code for _ in range(3)]
        assert codes == [200, 403, 403]
    """,
    )

    done.assert_outcomes(passed=1)


def test_each_test_finds_the_server_as_new(pytester):
    """
    What one test has spent or switched on is not there for the next one.
    """
    pytester.makeini("[pytest]\nmockserver_throttle = 0.000005\n")
    done = run(
        pytester,
        """
    def test_one(mockserver):
        assert call(mockserver, "/me").status_code == 200
        assert call(mockserver, "/me").status_code == 403

    def test_two(mockserver):
        assert call(mockserver, "/me").status_code == 200
    """,
    )

    done.assert_outcomes(passed=2)


def test_a_bug_of_the_server_fails_the_test_that_met_it(pytester):
    """
    An answer that breaks the server's own contract is raised again in the test.
    """
    done = run(
        pytester,
        """
    def test_it(mockserver, monkeypatch):
        from mockserver.world import measures

        monkeypatch.setitem(measures.MEASURES, "impressions", lambda _: "many")
        account = mockserver.runtime.file.accounts[0].id
        call(mockserver, f"/act_{account}/insights", fields="impressions")
    """,
    )

    done.assert_outcomes(passed=1, errors=1)
    done.stdout.fnmatch_lines(["*ContractBug: insights: *"])


@pytest.mark.parametrize("module", ["flask", "waitress", "jsonschema_rs", "faker"])
def test_loading_the_plugin_is_cheap(module):
    """
    A test session that does not use the fixture does not import what it needs.
    """
    script = f"import mockserver.pytest_plugin, sys; sys.exit({module!r} in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_fixture_holds_today(pytester):
    """
    With mockserver_today the world's today stands still.
    """
    pytester.makeini("[pytest]\nmockserver_today = 2025-07-01\n")
    done = run(
        pytester,
        """
    def test_it(mockserver):
        row = call(mockserver, "/act_8296791296031066/insights", date_preset="yesterday").json()["data"][0]
        assert row["date_start"] == "2025-06-30"
    """,
    )

    done.assert_outcomes(passed=1)


def test_options_of_the_kit_get_in_nobodys_way(pytester):
    """
    A project that has a --target and a folder contract_tests of its own keeps them.
    """
    pytester.makeconftest("def pytest_addoption(parser): parser.addoption('--target', default='own')")
    pytester.mkdir("contract_tests").joinpath("test_own.py").write_text(
        "def test_it(pytestconfig): assert pytestconfig.getoption('--target') == 'theirs'"
    )
    done = pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider", "contract_tests", "--target", "theirs")

    done.assert_outcomes(passed=1)


def test_the_fixture_takes_the_other_settings(pytester):
    """
    What `mockserver serve` takes as a count, pytest's own configuration takes too.
    """
    pytester.makeini(
        "[pytest]\nmockserver_row_budget = 1\nmockserver_report_seconds = 9\nmockserver_review_seconds = 0\n"
    )
    done = run(
        pytester,
        """
    def test_it(mockserver):
        settings = mockserver.runtime.settings
        assert (settings.row_budget, settings.report_seconds, settings.batch_parts) == (1, 9, 50)
        assert settings.review_seconds == 0
    """,
    )

    done.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("most_nodes", "many", "a whole number from 1 to 1000000"),
        ("batch_parts", "51", "a whole number from 1 to 50"),
        ("row_budget", "-1", "a whole number from 0 on"),
        ("throttle", "nan", "a number from 0 to 1000000"),
        ("throttle", "fast", "a number from 0 to 1000000"),
    ],
)
def test_a_setting_that_serve_refuses_is_named(name, value, expected):
    """
    A setting that is no number, or out of its range, is named with what was expected.
    """
    with pytest.raises(pytest.UsageError, match=f"mockserver_{name} is '{value}', expected {expected}"):
        pytest_plugin.throttle(value) if name == "throttle" else pytest_plugin.count(name, value)


def test_a_setting_that_is_refused_fails_the_test(pytester):
    """
    The test that wants the fixture fails with the sentence.
    """
    pytester.makeini("[pytest]\nmockserver_batch_parts = 0\n")
    done = run(
        pytester,
        """
    def test_it(mockserver):
        pass
    """,
    )

    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["*mockserver_batch_parts is '0', expected a whole number from 1 to 50"])
