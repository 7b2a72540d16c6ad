"""A completed report as a file: what Meta's web site offers for download."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import StringIO
from typing import Any
from urllib.parse import quote

import orjson

from mockserver.errors import NotServed
from mockserver.gate.paging import Records
from mockserver.pipeline import Exchange, Question
from mockserver.vendors.meta import report_runs
from mockserver.world.now import World

CONTENT = "text/csv; charset=UTF-8"


def rows(world: World, question: Question) -> Records:
    """The rows of the report, all of them, without what sums them up."""
    if question.arguments["format"] == "xls":
        raise NotServed("the xls format of an exported report")
    return replace(report_runs.rows(world, question), summary=None)


def written(exchange: Exchange, body: Mapping[str, Any]) -> bytes:
    """The rows of *body* with a line of names above them; what is no plain text stands there as JSON."""
    columns = _columns(exchange)
    sheet = StringIO(newline="")
    table = csv.writer(sheet, lineterminator="\n")
    table.writerow(columns)
    table.writerows([_cell(row.get(name, "")) for name in columns] for row in body["data"])
    return sheet.getvalue().encode()


def disposition(exchange: Exchange) -> tuple[str, str]:
    """The name of the file: as asked for here, when the job was created, or the job's id."""
    report = exchange.subject
    name = exchange.arguments.get("name") or report.arguments.get("export_name") or report.id
    return "Content-Disposition", f"attachment; filename*=UTF-8''{quote(name, safe='', errors='replace')}.csv"


def _columns(exchange: Exchange) -> Sequence[str]:
    """All columns of the report, or those that the job was created to export."""
    chosen = exchange.subject.arguments.get("export_columns") or ()
    names = exchange.names or ()
    return [name for name in chosen if name in names] or names


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
