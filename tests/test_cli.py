"""The command line: what it prints, and how it refuses."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from mockserver.contract.load import VENDORS, load


@pytest.mark.parametrize(
    "command",
    [(), ("serve",), ("operations",), ("errors",), ("fields",), ("world",), ("world", "new"), ("world", "check")],
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
    assert style != "json" or len(json.loads(printed)) == sum(len(load(vendor).operations) for vendor in VENDORS)


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
