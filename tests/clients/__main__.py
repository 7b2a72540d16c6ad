"""`python -m tests.clients` runs every client, and writes the README's tables anew."""

import sys
from pathlib import Path

from mockserver.running import running
from mockserver.settings import Settings
from tests.clients.everyone import ALL
from tests.clients.proof import BEGIN, END, cells, table

README = Path(__file__).parent.parent.parent / "README.md"


def main() -> None:
    """Runs all proofs against one server."""
    found: dict[tuple[str, str], str] = {}
    with running(Settings(throttle=0)) as server:
        for client, capabilities in ALL:
            sys.stderr.write(f"{client}: {', '.join(capabilities)}\n")
            server.reset()
            found |= cells(client, capabilities, server)
            server.raise_own_bugs()
    text = README.read_text("utf-8")
    start = text.index(BEGIN) + len(BEGIN)
    README.write_text(text[:start] + table(found) + text[text.index(END, start) :], "utf-8")


main()
