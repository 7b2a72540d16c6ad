"""What the parameters of jobs, batches and reads of several ids do: a job by its rows, its fields or its file."""

from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

from .. import found
from ..ask import Ask, time_range
from ..composed_meta import COMPOSED, EXPORT, JOBS, Plain, call, kept_run, plain, run_of
from ..outcomes import OutOfScope
from ..wire import Answer
from .effects import Key, Question

__all__ = ["COMPOSED", "EFFECTS", "JOBS", "add_jobs", "answer", "asynchronous", "base"]

ROWS, TOLD, FILE = "the rows of a job: ", "what a job tells: ", "the file of a job: "
_OF_THE_READER = ("limit", "after", "before", "async", "export_name", "export_columns", "export_format")
_READ = '[{"method":"GET","relative_url":"me?fields=id"}]'

Recipe = Callable[[Ask], Sequence[Question]]


def answer(ask: Ask, question: Question) -> Answer:
    """Ask it; of a job what its rows, its fields or its file say, or the refusal to make it."""
    where, asked = question.where, question.asked
    for of in (ROWS, TOLD, FILE):
        if where.startswith(of):
            path = where.removeprefix(of)
            made = ask.graph.call(path, asked, method="POST")
            run = (made.json or {}).get("report_run_id")
            return made if run is None else _told(ask, of, run)
    if where in COMPOSED:
        own = plain(ask, where)
        return call(ask, Plain(own.path, asked, own.method, own.unversioned))
    return ask.graph.call(where, asked)


def _told(ask: Ask, of: str, run: str) -> Answer:
    if of == FILE:
        return ask.graph.call(EXPORT, {"report_run_id": run}, version=None)
    return ask.graph.call(f"{run}/insights" if of == ROWS else run, {} if of == ROWS else _FIELDS)


_FIELDS = {"fields": "is_async_export,friendly_name"}


def base(ask: Ask, name: str, busy: tuple[found.Node, Any]) -> Question:
    """A valid call of one of COMPOSED."""
    if name == "insights_async":
        node, month = busy
        return Question(f"{ROWS}{node.id}/insights", {"time_range": time_range(month)})
    return Question(name, plain(ask, name).parameters)


def add_jobs(table: MutableMapping[Key, Any]) -> None:
    """What a parameter does to a read it does to a job as well."""
    for (operation, parameter), known in list(table.items()):
        if operation == "insights" and parameter not in _OF_THE_READER:
            table["insights_async", parameter] = _of_job(known) if callable(known) else known


def _of_job(recipe: Recipe) -> Recipe:
    return lambda ask: [Question(ROWS + one.where, one.asked) for one in recipe(ask)]


def asynchronous(ask: Ask) -> Sequence[Question]:
    """A read, and the job that it becomes; on a live target a job is a write."""
    if not ask.target.allow_writes:
        raise OutOfScope("it writes; --allow-writes lets it")
    return [Question(f"{found.accounts(ask)[0].id}/insights", {"async": value}) for value in ("false", "true")]


def _exported(of: str, name: str, *values: Any) -> Recipe:
    def questions(ask: Ask) -> Sequence[Question]:
        path = f"{of}{found.accounts(ask)[0].id}/insights"
        return [Question(path, {"fields": "spend,reach", "date_preset": "maximum", name: value}) for value in values]

    return questions


def _own(name: str, *sent: dict[str, Any]) -> Recipe:
    """Calls of the operation *name* with each of *sent*; <run> stands for a job, <account> and <ad> for objects."""

    def questions(ask: Ask) -> Sequence[Question]:
        return [Question(name, {**plain(ask, name).parameters, **one}) for one in sent]

    return questions


def _ids(name: str) -> Recipe:
    def questions(ask: Ask) -> Sequence[Question]:
        ids = [found.accounts(ask)[0].id, found.nodes(ask, "ad")[0].id]
        return [Question(name, {"ids": ",".join(chosen)}) for chosen in (ids, ids[:1])]

    return questions


def _runs(ask: Ask) -> Sequence[Question]:
    other = run_of(ask, found.accounts(ask)[0].id, fields="reach")
    return [Question("export_report", {"report_run_id": run}) for run in (kept_run(ask), other)]


def _pages(parameter: str) -> Recipe:
    def questions(ask: Ask) -> Sequence[Question]:
        asked = {"level": "ad", "time_increment": 1, "date_preset": "maximum"}
        run = run_of(ask, found.nodes(ask, "account")[0].id, **asked)
        first = ask.graph.ok(f"{run}/insights", {"limit": 2})
        if len(first.rows) < 2:
            raise OutOfScope("no report has two rows")
        at = first.json["paging"]["cursors"]
        values = {"limit": (1, 2), "after": (None, at["before"]), "before": (None, at["after"])}[parameter]
        return [Question(f"{run}/insights", {"limit": 2, parameter: value}) for value in values]

    return questions


EFFECTS: dict[Key, Recipe] = {
    ("insights_async", "export_format"): _exported(TOLD, "export_format", None, "csv"),
    ("insights_async", "export_name"): _exported(TOLD, "export_name", None, "mine"),
    ("insights_async", "export_columns"): _exported(FILE, "export_columns", None, "reach"),
    ("report_run", "fields"): _own("report_run", {"fields": "id"}, {"fields": "async_status"}),
    ("report_run_insights", "fields"): _own("report_run_insights", {"fields": "date_start"}, {"fields": "spend"}),
    ("report_run_insights", "summary"): _own("report_run_insights", {}, {"summary": "spend"}),
    ("report_run_insights", "default_summary"): _own("report_run_insights", {}, {"default_summary": "true"}),
    **{("report_run_insights", one): _pages(one) for one in ("limit", "after", "before")},
    ("export_report", "report_run_id"): _runs,
    ("export_report", "format"): _own("export_report", {"format": "csv"}, {"format": "xls"}),
    ("batch", "batch"): _own("batch", {"batch": "[]"}, {"batch": _READ}),
    ("batch", "include_headers"): _own(
        "batch", {"batch": _READ, "include_headers": "true"}, {"batch": _READ, "include_headers": "false"}
    ),
    ("ids", "ids"): _ids("ids"),
    ("ids_edge", "ids"): _ids("ids_edge"),
}
