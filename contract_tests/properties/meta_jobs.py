"""Async reports: what is read from a completed job is what a read would have answered."""

from typing import Any

from ..ask import Ask, time_range
from ..bad_meta import FAMILIES, places, send
from ..composed_meta import batch, begun, call, kept_run, plain, read, run_of, start
from ..expect import holds, ok, same
from ..found import LEVELS
from ..property import Live, contract
from ..tokens_meta import specimen
from ..words_meta import refused_with

PAGE = "Marketing API, Insights, Asynchronous Jobs"
HOW: dict[str, Any] = {"page": PAGE, "live": Live.MOCK, "writes": True}
FIELDS = "account_id,campaign_id,campaign_name,spend,impressions,actions,marketing_messages_delivered"
DEFAULT = (
    "id", "account_id", "time_ref", "time_completed", "async_status", "async_percent_completion", "is_running",
    "date_start", "date_stop",
)  # fmt: skip
STATUSES = ("Job Not Started", "Job Started", "Job Running", "Job Completed", "Job Failed", "Job Skipped")
EQUALS = "POST <id>/insights takes the parameters of GET <id>/insights; its rows are those of the read."


@contract("META-J1", "A report equals the read", sentence=EQUALS, kind="identity", calls=4, examples=20, **HOW)
def equals_the_read(ask: Ask) -> None:
    """With drawn range, level, increment and fields the rows of the job are those of the read, to the letter."""
    node = ask.node()
    asked: dict[str, Any] = {
        "time_range": time_range(ask.span(node)),
        "level": ask.one_of(LEVELS[LEVELS.index(node.level) :], "level of the rows"),
        "time_increment": ask.one_of(("all_days", 1, 7, "monthly"), "increment"),
        **ask.one_of(({}, {"fields": FIELDS}, {"fields": "actions"}), "fields"),
    }
    rows = ask.graph.insights(run_of(ask, node.id, **asked))
    same(rows, ask.graph.insights(node.id, **asked), "the rows of a report are those of the read")


@contract(
    "META-J2", "Relative ranges of a report are those of the read", sentence=EQUALS, kind="identity", calls=20,
    examples=1, **HOW,
)  # fmt: skip
def equals_every_preset(ask: Ask) -> None:
    """Presets, the default range and a filter say the same to a job as to a read."""
    node = ask.node("account")
    questions: list[dict[str, Any]] = [{"date_preset": one} for one in ("today", "yesterday", "last_90d", "maximum")]
    only = [{"field": "action_type", "operator": "CONTAIN", "value": "purchase"}]
    questions += [{}, {"filtering": only, "fields": "actions", "date_preset": "maximum"}]
    for asked in questions:
        rows = ask.graph.insights(run_of(ask, node.id, level="ad", **asked))
        same(rows, ask.graph.insights(node.id, level="ad", **asked), "the rows of a report are those of the read")


@contract(
    "META-J3", "Pages of a report are slices of it",
    sentence="GET <run>/insights takes limit, after and before; paging is that of a read.", kind="identity", calls=12,
    examples=4, **HOW,
)  # fmt: skip
def pages_are_slices(ask: Ask) -> None:
    """Following `next` finds each row once, in the order of the whole; cursors are those of the read."""
    node = ask.node("account")
    asked: dict[str, Any] = {"level": "ad", "fields": "ad_id,spend", "date_preset": "maximum"}
    run, limit = run_of(ask, node.id, **asked), ask.one_of((3, 7, 25), "limit")
    pages = list(ask.graph.pages(f"{run}/insights", {"limit": limit}))
    read_first = ask.graph.ok(f"{node.id}/insights", {**asked, "limit": limit}).json
    same([row for page in pages for row in page.rows], ask.graph.insights(run), "the pages together are the whole")
    cursors = (pages[0].json.get("paging") or {}).get("cursors"), (read_first.get("paging") or {}).get("cursors")
    same(cursors[0], cursors[1], "a report's cursors are the read's")


@contract(
    "META-J4", "A job tells how far it is", kind="shape", calls=4, examples=1,
    sentence="Default fields: id, account_id, time_ref, time_completed, async_status, async_percent_completion, …",
    **HOW,
)  # fmt: skip
def tells_how_far(ask: Ask) -> None:
    """Its fields are the default ones or those that are asked for; before it is completed its rows are refused."""
    node = ask.node("account")
    run = begun(ask, node.id, fields="spend")
    told = ask.graph.ok(f"{run}/").json
    holds(told.get("async_status") in STATUSES, "a job has one of six statuses", told.get("async_status"), STATUSES)
    same(told.get("id"), run, "a job has the id that it was given")
    same(told.get("account_id"), node.account.number, "a job belongs to its ad account")
    if told["async_status"] == "Job Completed":
        same(set(told), set(DEFAULT), "a completed job has its nine default fields")
        same(told["async_percent_completion"], 100, "a completed job is done to 100 per cent")
    else:
        refused_with(ask, ask.graph.call(f"{run}/insights"), "report_not_ready")
    few = ask.graph.ok(run, {"fields": "async_status,async_percent_completion"}).json
    same(set(few), {"id", "async_status", "async_percent_completion"}, "a job tells what is asked for, and its id")


@contract(
    "META-J5", "A job is refused as the read is", kind="refusal", calls=120, examples=1,
    sentence="Assumed: the arguments of a job are judged when it is asked for, in the words of a read", **HOW,
)  # fmt: skip
def refused_as_the_read(ask: Ask) -> None:
    """The bad requests of a read, posted, get the same errors."""
    listed = places(ask, "insights")
    for at, family in enumerate(one for one in FAMILIES if "insights" in one.operations):
        place = listed[at % len(listed)]
        for bad in [one for one in family.cases(ask, place) if not (one.path or one.headers or one.body)][:2]:
            told = send(ask, place, bad)
            job = ask.graph.call(place.path, bad.parameters, token=bad.token, version=bad.version, method="POST")
            same((job.status, _words(job)), (told.status, _words(told)), "a job is refused in the words of the read")


def _words(answer: Any) -> dict[str, Any]:
    error = {name: value for name, value in answer.error.items() if name != "fbtrace_id"}
    return {**error, "message": str(error.get("message", "")).replace("post request", "get request")}


@contract(
    "META-J6", "Only fields of the job may be read", kind="refusal", calls=6, examples=1,
    sentence="Recorded: Cannot include X, Y in fields param because they weren't there while creating the report run.",
    **HOW,
)  # fmt: skip
def fields_of_the_job(ask: Ask) -> None:
    """Fewer fields than the job's are read, others are refused, one and several in their own words."""
    run = kept_run(ask)
    rows = ask.graph.insights(run, fields="spend")
    for row in rows:
        same(set(row), {"spend", "date_start", "date_stop"}, "a part of the job's fields may be read")
    known = "spend, impressions, date_start, date_stop"
    for fields, error in (("reach", "report_field_missing"), ("reach,clicks", "report_fields_missing")):
        quoted = {"fields": fields.replace(",", ", "), "known": known}
        refused_with(ask, ask.graph.call(f"{run}/insights", {"fields": fields}), error, quoted)
    quoted = {"fields": "spend", "known": ""}
    refused_with(ask, ask.graph.call(f"{run}/insights", {"summary": "spend"}), "report_summary_missing", quoted)


@contract(
    "META-J7", "A deleted job is gone, and belongs to its ad account alone", kind="honoured", calls=10, examples=1,
    sentence="DELETE /<run> → {\"success\": true}; assumed: a run is seen by who sees its ad account", **HOW,
)  # fmt: skip
def deleted(ask: Ask) -> None:
    """After DELETE neither the job nor its rows are there; who may not see the ad account never saw it."""
    node = ask.node("account")
    run, other = run_of(ask, node.id), run_of(ask, node.id)
    narrow = specimen(ask, "powerless")
    if narrow is not None:
        hidden = ask.graph.call(run, token=narrow)
        holds(hidden.status >= 400, "who may not read ads sees no job", hidden.status, "an error")
    same(ok(ask.graph.call(run, method="DELETE")).json, {"success": True}, "a job is deleted")
    quoted = {"method": "get", "id": run}
    for path in (run, f"{run}/insights"):
        refused_with(ask, ask.graph.call(path), "object_missing", quoted)
    ask.graph.ok(other)


@contract(
    "META-J8", "A job may be asked for in many ways", kind="identity", calls=12, examples=1,
    sentence="POST by form, JSON or in a batch, GET with async=true (Meta's Postman collection, SDKs)", **HOW,
)  # fmt: skip
def many_ways(ask: Ask) -> None:
    """Each way makes a job of its own, with the same rows."""
    node = ask.node("account")
    path, asked = f"{node.id}/insights", {"fields": "spend", "level": "campaign", "date_preset": "last_90d"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = b"fields=%5B%22spend%22%5D&level=campaign&date_preset=last_90d"
    json_body = b'{"fields":["spend"],"level":"campaign","date_preset":"last_90d","id":"x"}'
    ways = [
        start(ask, node.id, **asked),
        ask.graph.call(path, method="POST", headers=form, body=body),
        ask.graph.call(path, method="POST", headers={"Content-Type": "application/json"}, body=json_body),
        ask.graph.call(path, {**asked, "async": "true"}),
        ask.graph.call(path, {**asked, "method": "post"}),
    ]
    runs = [ok(one).json.get("report_run_id") for one in ways]
    (part,) = batch(ask, [{"method": "POST", "relative_url": path, "body": body.decode()}])
    runs.append(part["body"].get("report_run_id"))
    same(len(set(runs)), len(runs), "each call makes a job of its own")
    wanted = ask.graph.insights(node.id, **asked)
    for run in runs:
        same(ask.graph.insights(run), wanted, "the rows do not depend on how the job was asked for")


@contract(
    "META-J9", "A report is exported with its rows", kind="identity", calls=4, examples=1,
    sentence="https://www.facebook.com/ads/ads_insights/export_report?report_run_id=&name=&format=", **HOW,
)  # fmt: skip
def exported(ask: Ask) -> None:
    """The file has a line of names, and one for each row."""
    answer = ok(call(ask, plain(ask, "export_report")))
    lines = answer.text.splitlines()
    same(lines[0], "spend,impressions,date_start,date_stop", "the first line names the fields of the report")
    rows = [",".join(row.get(name, "") for name in lines[0].split(",")) for row in ask.graph.insights(kept_run(ask))]
    same(lines[1:], rows, "the other lines are the rows of the report")


@contract(
    "META-J10", "A report run is read in a batch and among ids", kind="identity", calls=4, examples=1,
    sentence="Batch and ids take any read", **HOW,
)  # fmt: skip
def within_others(ask: Ask) -> None:
    """Its fields and rows are the same there as alone."""
    run = kept_run(ask)
    status, rows = (part["body"] for part in batch(ask, [read(f"{run}?fields=async_status"), read(f"{run}/insights")]))
    alone = ask.graph.ok(run, {"fields": "async_status"}).json
    same(status, alone, "a part of a batch tells what the job tells alone")
    same(rows["data"], ask.graph.ok(f"{run}/insights").rows, "a part of a batch has the job's rows")
    same(ask.graph.ok("", {"ids": run, "fields": "async_status"}).json, {run: alone}, "among ids it is the same")
