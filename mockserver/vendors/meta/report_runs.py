"""Async reports: a job that is asked for, looked at, and read once it is completed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.meta import cursor, route, spans
from mockserver.vendors.meta.errors import REPORT_FAILURE, REPORT_FAILURES
from mockserver.vendors.meta.insights import insights
from mockserver.vendors.meta.plans import planned
from mockserver.world import report_runs
from mockserver.world.entities import ReportPlan
from mockserver.world.load import Node, level_of
from mockserver.world.now import World
from mockserver.world.periods import Span
from mockserver.world.reports import Report

# "Job Not Started, Job Started, Job Running, Job Completed, Job Failed, Job Skipped"
STATUSES = {
    state: f"Job {state.replace('_', ' ').title()}"
    for state in ("not_started", "started", "running", "completed", "failed", "skipped")
}
DEFAULT_FIELDS = (
    "id", "account_id", "time_ref", "time_completed", "async_status", "async_percent_completion", "is_running",
    "date_start", "date_stop",
)  # fmt: skip
# "from v25 a failed job also shows" these
ERROR_FIELDS = ("error_code", "error_subcode", "error_message", "error_user_title", "error_user_msg")
_ERRORS_SINCE = 25
# "-3/1504045: report too large / out of memory"
_TOO_LARGE = ReportPlan(outcome="failed", error_code=-3, error_subcode=1504045)
_MORE_ROWS = 10
_OF_THE_JOB = ("async", "export_format", "export_name", "export_columns")
_OF_THE_READ = ("limit", "after", "before", "summary", "default_summary")


def request(world: World, question: Question) -> Records:
    """A job with the arguments of an insights read, refused where the read would be; presets are resolved now."""
    node, arguments = question.subject, question.arguments
    fits = _fits(world, question)
    cursor.window(arguments)
    level = arguments.get("level") or level_of(node)
    span = _span(world, node, question)
    plan = ReportPlan(seconds=question.settings.report_seconds) if fits else _TOO_LARGE
    report = report_runs.request(world, node, level, arguments, span, plan)
    return Records(({"report_run_id": report.id},), lambda record: record)


def _fits(world: World, question: Question) -> bool:
    """Whether a job can make so many rows: ten times what a read may; raises MockError where a read is refused."""
    settings = replace(question.settings, row_budget=question.settings.row_budget * _MORE_ROWS)
    try:
        insights(world, replace(question, arguments=_sync(question.arguments), settings=settings))
    except MockError as error:
        if error.name != "too_much_data":
            raise
        return False
    return True


def read(world: World, question: Question) -> Records:
    """How far a job is."""
    asked = question.arguments.get("fields", ())
    names = planned(route.operations()["report_run"], asked).names if asked else _default(question)
    return Records((question.subject,), lambda report: _record(world, report, question), names)


def rows(world: World, question: Question) -> Records:
    """The rows of a completed job: those that an insights read gave on the day on which it was asked for."""
    report, asked = question.subject, question.arguments
    if report_runs.how_far(world, report).state != "completed":
        raise MockError("report_not_ready")
    view = report_runs.as_of(world, report)
    settings = replace(question.settings, row_budget=0)
    job = replace(question, subject=report.node, arguments=_sync(report.arguments), settings=settings)
    whole = insights(view, job)
    named = asked.get("fields") or ()
    # fields of which no row tells anything were there all the same
    known = tuple(dict.fromkeys((*report.arguments.get("fields", ()), *(whole.names or ()))))
    _ensure_there(named, known, "report_field_missing", "report_fields_missing")
    _ensure_there(asked.get("summary") or (), job.arguments.get("summary") or (), "report_summary_missing")
    changed = {name: asked[name] for name in _OF_THE_READ if asked.get(name)} | ({"fields": named} if named else {})
    return insights(view, replace(job, arguments={**job.arguments, **changed})) if changed else whole


def delete(world: World, question: Question) -> Records:
    """The job is thrown away."""
    report_runs.delete(world, question.subject)
    return Records(({"success": True},), lambda record: record)


def _sync(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What of a job's *arguments* a read has too."""
    return {name: value for name, value in arguments.items() if name not in _OF_THE_JOB}


def _span(world: World, node: Node, question: Question) -> Span | None:
    """All the days that the job is about."""
    cut = spans.cut_of(world, node, question.arguments, question.settings)
    return cut.span if cut else None


def _ensure_there(asked: Sequence[str], known: Sequence[str], one: str, several: str = "") -> None:
    """Raise MockError, *one* or *several*, for what of *asked* is not *known*."""
    if missing := [name for name in dict.fromkeys(asked) if name not in known]:
        raise MockError(
            (several or one) if len(missing) > 1 else one, fields=", ".join(missing), known=", ".join(known)
        )


def _default(question: Question) -> tuple[str, ...]:
    tells = route.version_of(question) >= _ERRORS_SINCE
    return (*DEFAULT_FIELDS, *(ERROR_FIELDS if tells else ()))


def _record(world: World, report: Report, question: Question) -> dict[str, Any]:
    known = route.operations()["report_run"].served
    far, arguments, span = report_runs.how_far(world, report), report.arguments, report.span
    started = int(report.at.timestamp())
    over = far.state in ("completed", "failed", "skipped")
    return {
        **{name: arguments.get(name) for name in known},
        "id": report.id,
        "account_id": report.account.id,
        "async_status": STATUSES[far.state],
        "async_percent_completion": far.percent,
        "is_running": far.running,
        "time_ref": started,
        "time_completed": started + int(report.plan.seconds) if over else None,
        "date_start": span and span.since.isoformat(),
        "date_stop": span and span.until.isoformat(),
        "friendly_name": arguments.get("export_name"),
        "is_async_export": int("export_format" in arguments),
        "is_bookmarked": False,
        "async_report_url": _address(question, report) if far.state == "completed" else None,
        "time_increment": str(arguments["time_increment"]),
        **(_failure(report) if far.state in ("failed", "skipped") else dict.fromkeys(ERROR_FIELDS)),
    }


def _failure(report: Report) -> dict[str, Any]:
    plan = report.plan
    code, subcode = (plan.error_code, plan.error_subcode) if plan.error_code is not None else REPORT_FAILURE
    message, title, words = REPORT_FAILURES.get((code, subcode), REPORT_FAILURES[REPORT_FAILURE])
    return dict(zip(ERROR_FIELDS, (code, subcode, plan.error_message or message, title, words), strict=True))


def _address(question: Question, report: Report) -> str:
    origin = question.call.request.origin
    return f"{origin}/ads/ads_insights/export_report?report_run_id={report.id}&format=csv"
