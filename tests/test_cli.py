"""The command line: what it prints, and how it refuses."""

import json
import logging
import os
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from mockserver.cli import main
from mockserver.errors import UserError


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Runs the command line in an empty folder: its exit code, output and error output."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("MOCKSERVER_")]:
        monkeypatch.delenv(name)

    def runs(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mockserver", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return runs


@pytest.fixture
def started(monkeypatch):
    """What `serve` would have served: the settings, host and port."""
    found = {}

    class Recorded:
        url = "http://127.0.0.1:1"

        def __init__(self, app, host, port):
            found.update(runtime=app.extensions["mockserver"], host=host, port=port)

        def run(self):
            found["ran"] = True

    monkeypatch.setattr("mockserver.server.Server", Recorded)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(logging.root, "handlers", [])
    level = logging.root.level
    yield found
    logging.root.setLevel(level)


@pytest.mark.parametrize(
    "command", [(), ("serve",), ("operations",), ("errors",), ("world",), ("world", "new"), ("world", "check")]
)
def test_every_command_explains_itself(run, command):
    """
    --help says what a command does and what each option means.
    """
    code, printed, _ = run(*command, "--help")

    assert code == 0
    assert printed.startswith("Usage: ")
    assert len(printed.splitlines()) > 5


@pytest.mark.parametrize("style", ["text", "markdown", "json"])
def test_operations_are_listed(run, style):
    """
    The table of operations names each one, as text, Markdown or JSON.
    """
    code, printed, _ = run("operations", "--format", style)

    assert code == 0
    assert all(name in printed for name in ("insights", "ListMessageCampaign", "GetChatappTemplateMetric", "50 QPS"))
    assert style != "json" or len(json.loads(printed)) == 15


@pytest.mark.parametrize(
    ("vendor", "words"), [("meta", "(#2642) Invalid cursors values"), ("cams", "SignatureNonceUsed")]
)
def test_errors_are_listed(run, vendor, words):
    """
    The table of errors shows a vendor's own words.
    """
    code, printed, _ = run("errors", vendor)

    assert code == 0
    assert words in printed


def test_a_new_world_is_sound_and_repeatable(run, tmp_path):
    """
    The same arguments write the same world, and check finds no fault in it.
    """
    arguments = ("world", "new", "--seed", "3", "--locale", "de_DE", "--campaigns", "5", "--accounts", "2")
    first = run(*arguments, "-o", "one.json")
    second = run(*arguments)
    checked = run("world", "check", "one.json")

    assert (first[0], second[0]) == (0, 0)
    assert (tmp_path / "one.json").read_text(encoding="utf-8") == second[1]
    assert checked == (0, "one.json: no faults\n", "")


def test_each_fault_of_a_world_is_named(run, tmp_path):
    """
    check prints every fault with its JSON path, and ends with 2.
    """
    run("world", "new", "--campaigns", "3", "-o", "one.json")
    document = json.loads((tmp_path / "one.json").read_text())
    document["campaigns"][0]["page_id"] = "7"
    document["accounts"][0]["timezone_name"] = "Mars/Olympus"
    (tmp_path / "one.json").write_text(json.dumps(document))
    code, printed, _ = run("world", "check", "one.json")

    assert code == 2
    assert "$.campaigns[0].page_id: " in printed
    assert "'Mars/Olympus'" in printed or '"Mars/Olympus"' in printed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("serve", "--prot", "1"), "'--port'"),
        (("serve", "--port", "70000"), "70000 is not in the range 0<=x<=65535"),
        (("serve", "--today", "soon"), "today is 'soon', expected YYYY-MM-DD"),
        (("serve", "--today", "0001-01-01T00:00:00+23:00"), "today is '0001-01-01T00:00:00+23:00', expected"),
        (("serve", "--lifetime-before", "March"), "'March', expected YYYY-MM-DD"),
        (("serve", "--throttle", "-1"), "-1.0 is not in the range x>=0"),
        (("serve", "--world", "nowhere"), "world 'nowhere' is neither shipped (default, docs) nor a readable file"),
        (("serve", "--host", "no.such.host.invalid"), "cannot listen on no.such.host.invalid:8086"),
        (("world", "check", "gone.json"), "'gone.json' is neither shipped"),
        (("world", "new", "--locale", "xx_XX"), "xx_XX"),
        (("world", "new", "--as-of", "today"), "as-of is 'today', expected YYYY-MM-DD"),
        (("world", "new", "-o", "no/such/folder.json"), "cannot write no/such/folder.json"),
        (("wrold",), "wrold"),
        (("errors", "google"), "'google' is not one of 'meta', 'cams'"),
    ],
)
def test_a_mistake_is_one_plain_line(run, arguments, words):
    """
    A wrong option, value, file or command is one line that names it, and exit code 2.
    """
    code, printed, said = run(*arguments)

    assert (code, printed) == (2, "")
    assert words in said
    assert said.startswith("mockserver: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "words"), [("{", "is not JSON"), ("[1]", "$: "), ('{"name": "x"}', "$"), ("\x00", "is not JSON")]
)
def test_a_bad_world_file_is_one_plain_line(run, tmp_path, content, words):
    """
    serve names the first fault of a world file that it cannot use.
    """
    (tmp_path / "bad.json").write_text(content)
    code, _, said = run("serve", "--world", "bad.json")

    assert code == 2
    assert words in said
    assert said.count("\n") == 1


def test_a_port_in_use_is_one_plain_line(run):
    """
    A port that somebody else listens on is named.
    """
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, said = run("serve", "--port", str(port))

    assert (code, said) == (2, f"mockserver: cannot listen on 127.0.0.1:{port}: Address already in use\n")


def test_serve_says_what_it_loaded(run, started):
    """
    serve prints the world, the addresses, lines to paste, ids and credentials.
    """
    code, printed, _ = run("serve", "--world", "docs")

    assert code == 0
    assert started["ran"]
    for words in (
        "World 'docs'",
        "1 message campaigns",
        "http://127.0.0.1:1/v26.0",
        "FacebookSession.GRAPH",
        "cams-docs",
    ):
        assert words in printed
    for credential in ("'999', 's3cr3t', 'EAAtok'", "testid / testsecret", "act_2390000000001", "120000000000001"):
        assert credential in printed


def test_options_come_from_line_environment_and_file(run, started, monkeypatch, tmp_path):
    """
    The command line wins over the environment, which wins over [tool.mockserver].
    """
    (tmp_path / "pyproject.toml").write_text(
        '[tool.mockserver]\nport = 1111\nworld = "docs"\nthrottle = 0.5\nroas-decimals = 6\ntoday = "2026-01-02"\n'
    )
    monkeypatch.setenv("MOCKSERVER_PORT", "2222")
    monkeypatch.setenv("MOCKSERVER_THROTTLE", "3")
    run("serve", "--throttle", "7")
    settings = started["runtime"].settings

    assert started["port"] == 2222
    assert (settings.world, settings.throttle, settings.roas_decimals) == ("docs", 7, 6)
    assert started["runtime"].clock.frozen == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[tool.mockserver]\nprot = 1\n", "[tool.mockserver] in pyproject.toml has 'prot', expected one of host, "),
        ("[tool.mockserver\n", "pyproject.toml is not TOML"),
        ('[tool.mockserver]\nport = "many"\n', "'many' is not a valid integer range"),
    ],
)
def test_a_bad_settings_file_is_one_plain_line(run, tmp_path, content, words):
    """
    A fault of pyproject.toml is named with what was expected.
    """
    (tmp_path / "pyproject.toml").write_text(content)
    code, _, said = run("serve")

    assert code == 2
    assert words in said
    assert said.count("\n") == 1


def test_a_bad_environment_variable_is_named(run, monkeypatch):
    """
    A wrong value in the environment is refused with the variable's name.
    """
    monkeypatch.setenv("MOCKSERVER_PORT", "many")
    code, _, said = run("serve")

    assert code == 2
    assert "MOCKSERVER_PORT" in said


def test_a_frozen_today_of_the_world_file_is_heeded(run, started, tmp_path):
    """
    A world file's own today holds, and --today wins over it.
    """
    run("world", "new", "--campaigns", "2", "-o", "one.json")
    document = json.loads((tmp_path / "one.json").read_text())
    (tmp_path / "one.json").write_text(json.dumps({**document, "today": "2026-05-05"}))

    run("serve", "--world", "one.json")
    assert started["runtime"].clock.frozen == date(2026, 5, 5)
    run("serve", "--world", "one.json", "--today", "2026-06-06")
    assert started["runtime"].clock.frozen == date(2026, 6, 6)


def test_a_frozen_today_must_be_a_day_or_an_instant():
    """
    An instant without an offset is refused, because it is a different moment everywhere.
    """
    from mockserver.clock import parse_today

    with pytest.raises(UserError, match="with an offset"):
        parse_today("2026-11-21T09:00:00")


def test_the_module_runs_as_the_command():
    """
    python -m mockserver.cli is the command itself.
    """
    ran = subprocess.run(
        [sys.executable, "-m", "mockserver.cli", "--version"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent,
    )

    assert "mockserver" in ran.stdout or "0.1.0" in ran.stdout


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_each_call_is_one_log_line_without_secrets(tmp_path, log_format):
    """
    A call is logged with method, path, operation, status and code; its token and its query are not.
    """
    import requests

    command = [sys.executable, "-m", "mockserver.cli", "serve", "--port", "0", "--log-format", log_format]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=tmp_path)
    assert process.stdout is not None
    line = next(line for line in process.stdout if "http://127.0.0.1:" in line)
    url = "http://127.0.0.1:" + line.split("http://127.0.0.1:")[1].split('"')[0].split()[0]
    requests.get(url + "/v26.0/me/adaccounts", params={"access_token": "EAAtok"}, timeout=10)
    requests.get(url + "/v26.0/me", params={"access_token": "EAAsecret"}, timeout=10)
    process.terminate()
    said = process.communicate(timeout=10)[0]

    if log_format == "json":
        good, bad = (json.loads(line) for line in said.splitlines() if "/v26.0/me" in line)
        assert (good["method"], good["path"], good["operation"], good["status"]) == (
            "GET",
            "/v26.0/me/adaccounts",
            "adaccounts",
            200,
        )
        assert (bad["status"], bad["code"], bad["level"]) == (401, 190, "info")
    else:
        assert "INFO GET /v26.0/me/adaccounts adaccounts 200\n" in said
        assert "INFO GET /v26.0/me 401 190\n" in said
    assert "EAAsecret" not in said
