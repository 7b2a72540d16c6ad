"""The README's table of clients is what a run of each of them gives."""

import os
from pathlib import Path

import pytest

from mockserver.running import running
from mockserver.settings import Settings
from tests.clients.places import Missing
from tests.clients.proof import NONE, PROOFS, TABLES

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def server():
    with running(Settings(throttle=0)) as started:
        yield started
        started.raise_own_bugs()


def printed(client, capability):
    """The cell of the README."""
    for title, capabilities, clients in TABLES:
        if client in clients:
            head = README.index(f"| {title} | {capabilities[0]} |")
            row = README[README.index(f"| `{client}` |", head) :].partition("\n")[0]
            return row.split(" | ")[1 + capabilities.index(capability)].removesuffix(" |")
    raise AssertionError(client)


@pytest.mark.parametrize(("client", "capability"), sorted(PROOFS))
def test_a_client_can_do_what_the_readme_says(server, client, capability):
    """
    A cell of the table is what a run of that client gives.
    """
    server.reset()
    try:
        got = PROOFS[client, capability](server)
    except Missing as missing:
        if os.environ.get("MOCKSERVER_CLIENTS") == "all":
            raise
        pytest.skip(str(missing))

    assert printed(client, capability) == got


def test_a_cell_without_a_proof_is_empty():
    """
    The table says nothing that no run has shown.
    """
    cells = {(client, one): printed(client, one) for _, names, clients in TABLES for client in clients for one in names}

    assert set(PROOFS) == {cell for cell, text in cells.items() if text != NONE}
