"""The right mock under Schemathesis, which is made to say only what is true of the Graph API."""

import json
import tomllib
from datetime import date
from importlib.util import find_spec

import pytest

from mockserver.app import create_app
from mockserver.clock import Clock, parse_today
from mockserver.openapi import document
from mockserver.running import running
from mockserver.server import Server
from mockserver.settings import Settings
from tests.fuzzed import CONFIG, TODAY, aimed, narrowed, schemathesis

SEED = "20260522"  # the same cases each time; other seeds pass too
pytestmark = pytest.mark.usefixtures("untraced")


@pytest.fixture(autouse=True)
def _installed():
    assert find_spec("schemathesis"), "Schemathesis is not installed; pip install -e '.[test]' brings it"


@pytest.fixture
def served():
    """Serves an application until the test ends: its address."""
    servers = []

    def serve(application):
        servers.append(Server(application, "127.0.0.1", 0))
        servers[-1].start()
        return servers[-1].url

    yield serve
    for server in servers:
        server.stop()


def test_the_right_mock_withstands_it(tmp_path):
    """
    No generated request, well-formed or not, gets a 5xx, an undocumented status, header, type or schema, or a refusal
    that nothing explains.
    """
    settings = Settings(throttle=0, today=date.fromisoformat(TODAY))
    with running(settings) as mock:
        run = schemathesis(narrowed(aimed(document())), mock.url, tmp_path, "--seed", SEED)
        mock.raise_own_bugs()

    assert run.returncode == 0, run.stdout + run.stderr
    assert "Tested: 12" in run.stdout
    assert "No issues found" in run.stdout


def test_a_faulty_mock_does_not(tmp_path, served):
    """
    Tuned as it is, it still finds a number where the contract has a text.
    """
    right = create_app(Settings(throttle=0), clock=Clock(parse_today(TODAY)))

    def faulty(environ, start_response):
        head = []
        body = b"".join(right.wsgi_app(environ, lambda *told: head.append(told)))
        status, headers = head[0]
        if environ["PATH_INFO"].endswith("/insights") and status.startswith("200"):
            told = json.loads(body)
            body = json.dumps({"data": [{**row, "date_stop": 20261121} for row in told["data"]]}).encode()
        start_response(status, [pair for pair in headers if pair[0] != "Content-Length"])
        return [body]

    options = ("--phases", "examples", "--include-operation-id", "insights", "--seed", SEED)
    run = schemathesis(narrowed(aimed(document())), served(faulty), tmp_path, *options)

    assert run.returncode == 1, run.stdout + run.stderr
    assert "Response violates schema" in run.stdout


def test_each_check_is_on_or_has_its_reason():
    """
    A check that Schemathesis has by default is switched off only by name, with a reason beside it.
    """
    from schemathesis.checks import CHECKS, load_all_checks

    load_all_checks()
    text = CONFIG.read_text(encoding="utf-8")
    checks = tomllib.loads(text)["checks"]
    off = {name for name, one in checks.items() if one.get("enabled") is False}
    table = "\n".join(line for line in text.splitlines() if line.startswith("# |"))

    assert off <= set(CHECKS.get_all_names())
    assert set(checks) <= {name for name in CHECKS.get_all_names() if name in table}
    assert off.isdisjoint({"not_a_server_error", "response_schema_conformance", "negative_data_rejection"})
