"""The README's tables of clients are what a run of each of them gives."""

import os
from pathlib import Path

import pytest

from mockserver.running import running
from mockserver.settings import Settings
from tests.clients.everyone import ALL
from tests.clients.places import Missing
from tests.clients.proof import NONE, cells, printed, table

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SAID = printed(README)


@pytest.fixture(scope="module")
def server():
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
