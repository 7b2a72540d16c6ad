"""The proofs that a client works, and the tables that they make."""

from collections.abc import Callable, Mapping

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
        ("reads insights by", "streams", "rows equal the world's, day by day", "breakdowns sum to them", "next run"),
        ("tap-facebook", "airbyte-source-facebook-marketing", "meltano-tap-facebook", "facebook-ads-reports"),
    ),
)
NONE = "."  # the client has no such thing
BEGIN, END = "<!-- clients -->\n", "\n<!-- end -->"

Run = Callable[[Running], tuple[str, ...] | str]
Cells = Mapping[tuple[str, str], str]
PROOFS: dict[tuple[str, tuple[str, ...]], Run] = {}


def proves(client: str, *capabilities: str) -> Callable[[Run], Run]:
    """Marks a function that asks a running server with *client*, checks what it got, and returns the texts of cells."""

    def register(run: Run) -> Run:
        PROOFS[client, capabilities] = run
        return run

    return register


def cells(client: str, capabilities: tuple[str, ...], server: Running) -> dict[tuple[str, str], str]:
    """What a run gives for some cells."""
    got = PROOFS[client, capabilities](server)
    texts = (got,) if isinstance(got, str) else got
    return {(client, capability): text for capability, text in zip(capabilities, texts, strict=True)}


def table(found: Cells) -> str:
    """The tables in Markdown, with the text of each cell."""
    return "\n\n".join(_one(title, capabilities, clients, found) for title, capabilities, clients in TABLES)


def printed(readme: str) -> dict[tuple[str, str], str]:
    """The cells that the README's tables have."""
    text = readme[readme.index(BEGIN) + len(BEGIN) :].partition(END)[0]
    rows = [line[2:-2].split(" | ") for line in text.splitlines() if line]
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        if not row[0].startswith(("`", "-")):
            heads = row[1:]
        elif row[0].startswith("`"):
            found |= {(row[0].strip("`"), head): cell for head, cell in zip(heads, row[1:], strict=True)}
    return found


def _one(title: str, capabilities: tuple[str, ...], clients: tuple[str, ...], found: Cells) -> str:
    lines = [_row(title, *capabilities), _row(*["---"] * (len(capabilities) + 1))]
    lines += [_row(f"`{client}`", *(found.get((client, one), NONE) for one in capabilities)) for client in clients]
    return "\n".join(lines)


def _row(*texts: str) -> str:
    return "| " + " | ".join(texts) + " |"
