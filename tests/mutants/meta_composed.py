"""Reports, batches, reads of several ids and modifiers of the Graph API that are not what a single read is."""

# a wrapper has the arguments of what it stands for

from dataclasses import replace
from typing import Any

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.world.now import World
from mockserver.world.reports import Progress
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, argument, around

META = "mockserver.vendors.meta"
RUNS = "mockserver.world.report_runs"


def _less(name: str) -> Patch:
    """A job forgets one of its arguments."""

    def wrapper(request: Any, world: World, node: Any, level: str, arguments: Any, *rest: Any) -> Any:
        kept = {key: value for key, value in arguments.items() if key != name}
        default = {"time_increment": "all_days", "filtering": []}
        return request(world, node, level, {**kept, **({name: default[name]} if name in default else {})}, *rest)

    return around(f"{RUNS}:request", wrapper)


def _backwards(rows: Any, world: Any, question: Any) -> Records:
    found = rows(world, question)
    return replace(found, rows=list(found.rows)[::-1])


def _anyhow(function: Any, *arguments: Any) -> None:
    del function, arguments


def _unchecked(insights: Any, world: Any, question: Any) -> Any:
    try:
        return insights(world, question)
    except MockError:
        return Records((), lambda row: row, ())


def _progress(**changed: Any) -> Any:
    told = {"state": "completed", "percent": 100, "running": True, **changed}
    return lambda _: lambda world, report: Progress(**told)


def _spoilt(batch: Any, world: Any, question: Any) -> Records:
    found = batch(world, question)
    parts = [found.render(row) for row in found.rows]
    bad = any(part is None or part["code"] >= 400 for part in parts)
    error = {"code": 500, "body": '{"error":{"message":"x","code":1}}'}
    return Records([{**part, **error} if bad and part else part for part in parts], lambda row: row)


def _reordered(batch: Any, world: Any, question: Any) -> Records:
    found = batch(world, question)
    return Records([found.render(row) for row in found.rows][::-1], lambda row: row)


def _without_conditions(made: Any, *arguments: Any) -> Any:
    request = made(*arguments)
    return replace(
        request, headers={name: request.headers[name] for name in request.headers if name != "if-none-match"}
    )


def _first_found(values: Any, document: Any, path: str) -> Any:
    return values(document, path)[:1]


def _outer_token(made: Any, *arguments: Any) -> Any:
    request = made(*arguments)
    return replace(request, query=f"{request.query}&access_token=EAAtok&appsecret_proof=")


MUTANTS = (
    Mutant("meta-job-increment", "parameter", "A job forgets its increment.", "META-J1", _less("time_increment")),
    Mutant("meta-job-level", "parameter", "A job forgets its level.", "META-J1", _less("level")),
    Mutant("meta-job-fields", "parameter", "A job forgets its fields.", "META-J1", _less("fields")),
    Mutant("meta-job-filter", "parameter", "A job forgets its filters.", "META-J2", _less("filtering")),
    Mutant("meta-job-range", "preset", "A job forgets its preset.", "META-J2", _less("date_preset")),
    Mutant("meta-job-order", "order", "The rows of a report are in reverse order.", "META-J3 META-J1",
           around(f"{META}.dialect:report_runs.rows", _backwards)),
    Mutant("meta-job-unchecked", "refusal", "A job with bad arguments is taken.", "META-J5",
           around(f"{META}.report_runs:insights", _unchecked)),
    Mutant("meta-job-status", "format", "A completed job says that it is running.", "META-J4",
           Patch(f"{META}.report_runs:STATUSES[completed]", lambda _: "Job Running")),
    Mutant("meta-job-percent", "count", "A completed job is done to 99 per cent.", "META-J4",
           Patch(f"{RUNS}:how_far", _progress(percent=99))),
    Mutant("meta-job-fields-open", "refusal", "Fields that a job has not may be read.", "META-J6",
           around(f"{META}.report_runs:_ensure_there", _anyhow)),
    Mutant("meta-job-undead", "state", "A deleted job is still there.", "META-J7", around(f"{RUNS}:delete", _anyhow)),
    Mutant("meta-job-shared", "state", "Every report has the id of the first.", "META-J8",
           Patch(f"{RUNS}:_free_id", lambda _: lambda world: "601")),
    Mutant("meta-batch-spoilt", "robustness", "A bad part spoils a batch.", "META-V2",
           around(f"{META}.dialect:batch", _spoilt)),
    Mutant("meta-batch-order", "order", "The parts of a batch are in reverse order.", "META-V5",
           around(f"{META}.dialect:batch", _reordered)),
    Mutant("meta-batch-etag", "header", "The headers of a part are ignored.", "META-V3",
           around(f"{META}.batch:_request", _without_conditions)),
    Mutant("meta-batch-headers", "parameter", "include_headers is ignored.", "META-V4",
           argument("batch", lambda found: found.update(include_headers=True))),
    Mutant("meta-batch-most", "refusal", "A batch of 51 parts is taken.", "META-V5",
           Patch(f"{META}.batch:MOST", lambda most: most + 1)),
    Mutant("meta-batch-reference", "parameter", "A reference finds its first value alone.", "META-V6",
           around(f"{META}.references:values", _first_found)),
    Mutant("meta-batch-token", "credential", "The token of a part is ignored.", "META-V7",
           around(f"{META}.batch:_request", _outer_token)),
    Mutant("meta-ids-most", "refusal", "51 ids are taken.", "META-L3",
           Patch(f"{META}.ids:MOST", lambda most: most + 1)),
    Mutant("meta-ids-order", "order", "Several ids are answered in reverse order.", "META-L1",
           around(f"{META}.ids:asked", lambda asked, sent: asked(sent)[::-1])),
    Mutant("meta-ids-limit", "parameter", "Reads of several ids forget the limit.", "META-L2",
           Patch(f"{META}.ids:_OF_THE_WHOLE", lambda names: (*names, "limit"))),
    Mutant("meta-method-ignored", "parameter", "The method parameter is ignored.", "META-M1",
           around(f"{META}.modifiers:method", lambda method, request, sent: request.method)),
    Mutant("meta-suppress-ignored", "parameter", "suppress_http_code is ignored.", "META-M2",
           around(f"{META}.modifiers:status", lambda status, exchange, meant: meant)),
    Mutant("meta-pretty-always", "format", "Every answer stands on several lines.", "META-M3",
           around(f"{META}.modifiers:printed",
                  lambda printed, exchange, body: printed(replace(exchange, parameters={"pretty": "1"}), body))),
    Mutant("meta-debug-silent", "parameter", "debug is ignored.", "META-M4",
           around(f"{META}.modifiers:debugged", lambda debugged, exchange, body: body)),
)  # fmt: skip
