"""The proofs that a client works, and the table that they make."""

from collections.abc import Callable
from dataclasses import dataclass

from mockserver.running import Running

TABLES = (
    (
        "Graph",
        ("insights", "pages", "nested reads", "async job", "batch", "refusals"),
        ("facebook_business", "facebook-nodejs-business-sdk"),
    ),
    (
        "CAMS",
        ("V3", "V1", "numbers as Graph tells them", "pages", "operations", "refusals"),
        (
            "alibabacloud_cams20200606 5.x",
            "alibabacloud_cams20200606 3.1.0",
            "@alicloud/cams20200606",
            "@alicloud/pop-core",
            "aliyun-python-sdk-core",
        ),
    ),
    (
        "pipeline",
        ("streams", "rows equal the world's", "breakdowns", "next run"),
        ("tap-facebook", "airbyte-source-facebook-marketing", "meltano-tap-facebook", "facebook-ads-reports"),
    ),
)
NONE = "."  # the client has no such thing

Run = Callable[[Running], str]
PROOFS: dict[tuple[str, str], Run] = {}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table: what *client* can do."""

    client: str
    capability: str

    def __str__(self) -> str:
        return f"{self.client}: {self.capability}"


def proves(client: str, capability: str) -> Callable[[Run], Run]:
    """Marks a function that asks a running server with *client*, checks what it got, and returns the cell's text."""

    def register(run: Run) -> Run:
        PROOFS[client, capability] = run
        return run

    return register


def table(cells: dict[tuple[str, str], str]) -> str:
    """The tables in Markdown, with the text of each cell."""
    return "\n\n".join(_one(title, capabilities, clients, cells) for title, capabilities, clients in TABLES)


def _one(title: str, capabilities: tuple[str, ...], clients: tuple[str, ...], cells: dict[tuple[str, str], str]) -> str:
    lines = [_row(title, *capabilities), _row(*["---"] * (len(capabilities) + 1))]
    lines += [_row(f"`{client}`", *(cells.get((client, one), NONE) for one in capabilities)) for client in clients]
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
