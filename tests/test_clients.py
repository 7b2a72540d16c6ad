"""The README's tables of clients are what a run of each of them gives."""

import os
from pathlib import Path

import pytest

from mockserver.running import running
from mockserver.settings import Settings
from tests.clients import places
from tests.clients.everyone import ALL
from tests.clients.places import Missing
from tests.clients.proof import NONE, cells, printed, table

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SAID = printed(README)
pytestmark = pytest.mark.usefixtures("untraced")


@pytest.fixture(scope="module")
def server(untraced):
    with running(Settings(throttle=0)) as started:
        yield started


@pytest.mark.filterwarnings("ignore:campaigns does not allow field")  # the SDK warns, and sends it all the same
@pytest.mark.parametrize(("client", "capabilities"), ALL, ids=lambda part: part if isinstance(part, str) else part[0])
def test_a_client_can_do_what_the_readme_says(server, client, capabilities):
    """
    What the README says of a client is what a run of it gives, and no answer was a bug of the server.
    """
    server.reset()
    try:
        got = cells(client, capabilities, server)
    except Missing as missing:
        if os.environ.get("MOCKSERVER_CLIENTS") == "all":
            raise
        pytest.skip(str(missing))

    server.raise_own_bugs()
    assert {cell: SAID[cell] for cell in got} == got


def test_the_tables_are_made_by_the_run():
    """
    The README has the tables as a run writes them, and says nothing that no run has shown.
    """
    shown = {(client, one) for client, capabilities in ALL for one in capabilities}

    assert table(SAID) in README
    assert {cell for cell, text in SAID.items() if text != NONE} <= shown


@pytest.mark.skipif(os.name != "posix", reason="places of clients are built on POSIX systems only")
def test_a_client_that_cannot_be_installed_says_why(monkeypatch, tmp_path):
    """
    What stands in the skip of a client is what its installer said, or its exit code where it said nothing.
    """
    program = tmp_path / "npm"
    monkeypatch.setattr(places, "HOME", tmp_path / "clients")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    for script, why in {"echo no network >&2; exit 1": "no network", "exit 7": "exit code 7"}.items():
        program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        program.chmod(0o755)
        with pytest.raises(Missing, match=why):
            places.node()
