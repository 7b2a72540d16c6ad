"""The table of all operations, for the command line and the README."""

from collections.abc import Sequence

import orjson

from mockserver.contract.load import load
from mockserver.contract.operation import Operation

HEADINGS = ("Vendor", "Operation", "Call", "Permission", "Limit", "Source")
VENDORS = ("meta", "cams")


def operation_table(style: str) -> str:
    """All operations as `text`, `markdown` or `json`."""
    rows = [_row(operation) for vendor in VENDORS for operation in load(vendor).operations.values()]
    if style == "json":
        listed = [dict(zip(map(str.lower, HEADINGS), row, strict=True)) for row in rows]
        return orjson.dumps(listed, option=orjson.OPT_INDENT_2).decode()
    return markdown(HEADINGS, rows) if style == "markdown" else _text(rows)


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _row(operation: Operation) -> tuple[str, ...]:
    methods, raw = "|".join(operation.methods), operation.raw
    path = operation.path.replace("{", "<").replace("}", ">")
    call = f"{methods} {path}" if operation.vendor == "meta" else f"{methods} / Action={operation.name}"
    limit = f"{raw['qps']} QPS" if raw["qps"] else "usage headers" if operation.vendor == "meta" else "none documented"
    source = raw["source"]
    page = f"{source['page']} ({source['updated']})" if "updated" in source else source["page"]
    return operation.vendor, operation.name, call, raw["permission"] or "", limit, page


def _text(rows: Sequence[Sequence[str]]) -> str:
    lines = [HEADINGS, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
