"""What the README prints is true."""

import re
import shlex
import tomllib
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from contract_tests import profile_file
from contract_tests.properties import effects_meta
from contract_tests.property import catalogue
from mockserver.running import running
from mockserver.settings import Settings
from mockserver.tables import error_table, field_table, operation_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def between(name: str) -> str:
    """What stands between the marker *name* and the next end marker."""
    match = re.search(rf"<!-- {re.escape(name)} -->\n(.*?)<!-- end -->", README, re.DOTALL)
    assert match is not None, name
    return match[1].strip()


def code(name: str) -> str:
    """The code block between the markers of *name*."""
    return "\n".join(line for line in between(name).splitlines() if not line.startswith("```"))


@pytest.fixture(scope="module")
def docs():
    with running(Settings(world="docs")) as server:
        yield server


def test_the_table_of_operations_is_the_contracts():
    """
    The README lists every operation as `mockserver operations --format markdown` does.
    """
    assert between("operations") == operation_table("markdown")


@pytest.mark.parametrize("vendor", ["meta", "cams"])
def test_the_table_of_errors_is_the_dialects(vendor):
    """
    The README lists every error as `mockserver errors --format markdown` does.
    """
    assert between(f"errors-{vendor}") == error_table(vendor, "markdown")


def test_the_table_of_fields_is_the_contracts():
    """
    The README lists every insights field by state as `mockserver fields --format markdown` does: all 238 of the SDK.
    """
    states = [row.split(" | ")[1] for row in field_table("markdown").splitlines()[2:]]

    assert between("fields") == field_table("markdown")
    assert len(states) == 238
    assert {state: states.count(state) for state in set(states)} == {
        "from the world": 49,
        "left out": 181,
        "refused": 8,
    }


@pytest.mark.parametrize(("state", "known"), [("honoured", effects_meta.EFFECTS), ("ignored", effects_meta.IGNORED)])
def test_every_insights_parameter_is_listed_by_state(state, known):
    """
    The README names each parameter of insights once: as honoured where the kit sees its effect, else as ignored.
    """
    text = re.search(rf"<!-- insights-{state} -->(.*?)<!-- end -->", README, re.DOTALL)[1]

    assert sorted(re.findall(r"`(\w+)`", text)) == sorted(
        name for operation, name in known if operation == "insights" and "." not in name
    )


@pytest.mark.parametrize(
    ("example", "printed"), [("facebook_business", "2755 38.87\n"), ("alibabacloud_cams20200606", "2755\n")]
)
def test_the_client_examples_run(docs, capsys, monkeypatch, example, printed):
    """
    The lines for the vendors' SDKs work as they are, on the world that they name.
    """
    from facebook_business import FacebookSession

    monkeypatch.setattr(FacebookSession, "GRAPH", FacebookSession.GRAPH)
    exec(compile(code(f"example: {example}").replace("127.0.0.1:8086", docs.host), example, "exec"), {})  # noqa: S102

    assert capsys.readouterr().out == printed


def test_the_pytest_example_passes(pytester):
    """
    The test that the README shows passes as it stands.
    """
    pytester.makepyfile(code("example: pytest"))

    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_the_curl_examples_print_what_they_say():
    """
    The answers under the curl lines are those of the default world.
    """
    import requests

    lines = code("example: curl").splitlines()
    with running(Settings(today=date(2026, 11, 21))) as server:
        for asked, answer in zip(lines[::2], lines[1::2], strict=True):
            url = re.search(r"'(http://127.0.0.1:8086[^']*)'", asked)[1].replace("http://127.0.0.1:8086", server.url)
            headers = {"Authorization": "Bearer EAAtok"} if "Bearer" in asked else {}
            body = requests.get(url, headers=headers, timeout=10).text
            assert re.sub(r'"fbtrace_id":"[^"]+"', '"fbtrace_id":"…"', body) == answer


def test_the_graph_examples_print_what_they_say():
    """
    Breakdowns, nested fields, a report and a batch answer on a fresh server what stands under their curl lines.
    """
    import requests

    lines = code("example: graph").splitlines()
    form = {"content-type": "application/x-www-form-urlencoded"}
    with running(Settings(today=date(2026, 11, 21))) as server:
        for asked, answer in zip(lines[::2], lines[1::2], strict=True):
            words = shlex.split(asked)
            url = words[-1].replace("http://127.0.0.1:8086", server.url)
            data = "&".join(text for flag, text in pairwise(words) if flag == "-d")
            got = requests.post(url, data=data, headers=form, timeout=10) if data else requests.get(url, timeout=10)

            assert got.text.replace(server.url, "http://127.0.0.1:8086") == answer


@pytest.mark.parametrize("name", ["serve-command", "test-command"])
def test_each_command_is_one_line(name):
    """
    Serving and testing take one line each, which makes its own virtual environment.
    """
    (line,) = code(name).splitlines()

    assert line.startswith("python3 -m venv .venv && ")


def test_the_credentials_are_those_of_the_shipped_worlds():
    """
    Each token, key and id that the README names exists.
    """
    worlds = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "fixtures/worlds").glob("*.json"))
    named = set(re.findall(r"`((?:EAA|LTAI|STS\.|CAIS|bear-|cams-docs|1[12]0000)[^` ]*)`", README))

    assert len(named) > 10
    assert all(f'"{name}"' in worlds for name in named)


def test_each_option_that_the_readme_sets_exists():
    """
    The settings table of the README is one that `serve` takes.
    """
    from mockserver.cli import serve

    block = re.search(r"```toml\n(.*?)```", README, re.DOTALL)[1]
    options = tomllib.loads(block)["tool"]["mockserver"]

    assert set(options) <= {parameter.name for parameter in serve.params}


def test_every_path_that_the_readme_names_exists():
    """
    The map of the repository points at what is there.
    """
    section = README[README.index("## Where things are") :]
    paths = re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \|", section, re.MULTILINE)
    named = [path for cell in paths for path in re.findall(r"`([^`]+)`", cell)]

    assert named
    assert all((ROOT / path).exists() for path in named)


def test_the_profile_of_the_readme_is_one(tmp_path, monkeypatch):
    """
    The profile that the README prints is read as it stands, once its ids and secrets are filled in.
    """
    monkeypatch.setenv("META_ACCESS_TOKEN", "t0ken")
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "k3y")
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s3cret")
    path = tmp_path / "profile.toml"
    path.write_text(code("profile").replace("pass show", "echo"), "utf-8")
    profile = profile_file.read(str(path))

    assert (profile.meta.token.token, profile.meta.token.app_secret) == ("t0ken", "meta/app-secret")
    assert profile.cams.key.id == "k3y"
    assert profile.divergences[0].property in catalogue()


def test_the_commands_of_the_kit_are_there(run):
    """
    Each command line that the README prints for the kit is one that the command line understands.
    """
    lines = [line.split("#")[0].split() for line in code("conformance").splitlines() if "$ mockserver" in line]
    for words in lines:
        code_of, _, err = run(*words[2:], "--help")
        assert (code_of, err) == (0, "")
    assert len(lines) == 4


def test_the_printed_run_is_of_this_catalogue():
    """
    The conformance run that the README prints has each property of the catalogue, in its vendor and kind.
    """
    rows = re.findall(r"^(both|cams|meta) +(\w+)((?: +[\d.]+){5})$", README, re.MULTILINE)
    told = {(vendor, kind): sum(int(cell) for cell in cells.split() if cell != ".") for vendor, kind, cells in rows}
    there = Counter((one.vendors[0] if len(one.vendors) == 1 else "both", one.kind) for one in catalogue().values())

    assert told == there
    assert f"mock: {len(catalogue())} properties, " in README


def test_the_mutants_that_are_told_of_are_those_of_the_table():
    """
    The README tells as many faults, and as many caught at quick effort, as the table of mutants has.
    """
    table = (ROOT / "contract_tests/MUTANTS.md").read_text(encoding="utf-8")
    rows = [line for line in table.splitlines() if line.endswith(("| quick |", "| default |", "| deep |"))]
    quick = sum(line.endswith("| quick |") for line in rows)

    assert f"in {len(rows)} ways" in README
    assert f"{quick} of them at `--effort quick`" in README
