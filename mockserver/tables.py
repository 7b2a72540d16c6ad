"""The tables of what is served, known and refused, for the command line and the README."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from mockserver.contract.load import VENDORS, load
from mockserver.contract.operation import Operation
from mockserver.vendors.cams import errors as cams
from mockserver.vendors.cams.handlers import WORLD
from mockserver.vendors.meta import errors as meta
from mockserver.vendors.meta.insight_fields import RETIRED

OPERATIONS = ("Vendor", "Operation", "Call", "Permission", "Limit", "Answers from", "Source")
GRAPH_ERRORS = ("Error", "HTTP", "Code", "Subcode", "Type", "Message")
FIELDS = ("Field", "State", "Type")
CAMS_ERRORS = ("Error", "HTTP", "Code", "Message")
STYLES = ("text", "markdown", "json")

Rows = Sequence[Sequence[str]]


def operation_table(style: str) -> str:
    """All operations as `text`, `markdown` or `json`."""
    rows = [_operation(operation) for vendor in VENDORS for operation in load(vendor).operations.values()]
    return printed(OPERATIONS, rows, style)


def error_table(vendor: str, style: str) -> str:
    """All errors of *vendor* as `text`, `markdown` or `json`."""
    if vendor == "meta":
        return printed(GRAPH_ERRORS, [_graph_error(name, row) for name, row in meta.ERRORS.items()], style)
    return printed(CAMS_ERRORS, [_cams_error(name, row) for name, row in cams.ERRORS.items()], style)


def field_table(style: str) -> str:
    """Every insights field of the current SDK: answered from the world, known and left out of rows, or refused."""
    properties = load("meta").operations["insights"].record["properties"]
    return printed(
        FIELDS, [(name, _state(name, part), _type(part)) for name, part in sorted(properties.items())], style
    )


def _state(name: str, part: Mapping[str, Any]) -> str:
    if name in RETIRED:
        return "refused"
    return "from the world" if "x-from" in part else "left out"


def _type(part: Mapping[str, Any]) -> str:
    if "description" in part:
        return str(part["description"])
    return "list<AdsActionStats>" if part["type"] == "array" else str(part["type"])


def printed(headings: Sequence[str], rows: Rows, style: str) -> str:
    """A table in one of STYLES."""
    if style == "json":
        listed = [dict(zip(map(str.lower, headings), row, strict=True)) for row in rows]
        return orjson.dumps(listed, option=orjson.OPT_INDENT_2).decode()
    return _markdown(headings, rows) if style == "markdown" else _text(headings, rows)


def _operation(operation: Operation) -> tuple[str, ...]:
    methods, raw = "|".join(operation.methods), operation.raw
    path = operation.path.replace("{", "<").replace("}", ">")
    call = f"{methods} {path}" if operation.vendor == "meta" else f"{methods} / Action={operation.name}"
    limit = f"{raw['qps']} QPS" if raw["qps"] else "usage headers" if operation.vendor == "meta" else "none documented"
    source = raw["source"]
    page = f"{source['page']} ({source['updated']})" if "updated" in source else source["page"]
    made_up = operation.vendor == "cams" and operation.name not in WORLD
    answers = "generated" if made_up else "world"
    return operation.vendor, operation.name, call, raw["permission"] or "", limit, answers, page


def _graph_error(name: str, row: meta.GraphError) -> tuple[str, ...]:
    return name, str(row.status), str(row.code), str(row.subcode or ""), row.type, _holes(row.message)


def _cams_error(name: str, row: cams.CamsError) -> tuple[str, ...]:
    return name, str(row.status), _holes(row.code or name), _holes(row.message)


def _holes(template: str) -> str:
    """A message with <name> where a detail is filled in."""
    return template.replace("{{", "{").replace("}}", "}").replace("{", "<").replace("}", ">")


def _markdown(headings: Sequence[str], rows: Rows) -> str:
    lines = [headings, ["---"] * len(headings), *([_cell(text) for text in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(text: str) -> str:
    return f"`{text.replace('|', chr(92) + '|')}`" if set(text) & set("<|{_") else text


def _text(headings: Sequence[str], rows: Rows) -> str:
    lines = [headings, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(headings))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
