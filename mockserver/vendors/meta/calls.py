"""Which operation a Graph call names: by its path, and by the parameters that make many calls of one, or a job."""

from collections.abc import Mapping
from typing import Any

from mockserver.contract.operation import Operation
from mockserver.errors import MockError, NotServed
from mockserver.pipeline import Request, Runtime
from mockserver.vendors.meta import ids, modifiers, parameters, route
from mockserver.world import report_runs
from mockserver.world.entities import AccessToken
from mockserver.world.reports import Report

COMPOSED = frozenset({"batch", "ids", "ids_edge"})  # made of calls that count for themselves
RUNS = frozenset({"insights_async", "report_run", "report_run_insights", "report_run_delete", "export_report"})
INSIGHTS = RUNS | {"insights"}
_READS = ("GET", "HEAD")
_EXPORT = ("ads", "ads_insights/export_report")
_CAMS = ("action", "signature", "signatureversion")


def of_graph(request: Request) -> bool:
    """Whether a call of / is a Graph call: it has a batch or ids, and nothing by which CAMS knows its own."""
    if not any(word in request.query or word.encode() in request.body for word in ("batch", "ids")):
        return False
    if "x-acs-action" in request.headers or request.headers.get("authorization", "").startswith("ACS"):
        return False
    names = {name.lower() for name in parameters.merged(request)}
    return bool(names & {"batch", "ids"}) and not names & set(_CAMS)


def resolve(runtime: Runtime, request: Request, sent: Mapping[str, Any], caller: AccessToken) -> tuple[Operation, Any]:
    """The operation and what it is about; raises MockError."""
    world, known = runtime.world, route.operations()
    path, method = route.split(request.path, runtime.settings.latest_version), modifiers.method(request, sent)
    if modifiers.given(sent, "batch"):
        if method != "POST":
            raise MockError("unsupported_request", method=method.lower())
        return known["batch"], None
    if modifiers.given(sent, "ids"):
        if method not in _READS:
            raise NotServed(f"{method} of several ids")
        return known["ids_edge" if path.id else "ids"], ids.nodes(world, ids.asked(sent), caller.accounts)
    if (path.id, path.edge) == _EXPORT:
        return known["export_report"], _run(runtime, str(sent.get("report_run_id", "")), method, caller)
    if report_runs.find(world, path.id) is not None:
        return _of_run(path.edge, method), _run(runtime, path.id, method, caller)
    if path.edge == "insights" and (method == "POST" or modifiers.flag(sent.get("async"))):
        return known["insights_async"], _node(runtime, path, method, caller)
    return route.resolve(world, method, path, caller.accounts)


def _node(runtime: Runtime, path: route.Path, method: str, caller: AccessToken) -> Any:
    """What a read of *path* would be about."""
    try:
        return route.resolve(runtime.world, "GET", path, caller.accounts)[1]
    except MockError as error:
        if error.name == "object_missing":
            error.details["method"] = method.lower()
        raise


def _run(runtime: Runtime, run_id: str, method: str, caller: AccessToken) -> Report:
    """The report run of that id; one of an ad account that the caller may not see is none."""
    report = report_runs.find(runtime.world, run_id)
    if report is None or report.account.id not in caller.accounts or method not in (*_READS, "DELETE"):
        raise MockError("object_missing", method=method.lower(), id=run_id)
    return report


def _of_run(edge: str, method: str) -> Operation:
    if edge not in ("", "insights"):
        raise MockError("unknown_path", path=f"/{edge}")
    if edge and method == "DELETE":
        raise NotServed("DELETE of the insights of a report run")
    name = "report_run_insights" if edge else "report_run_delete" if method == "DELETE" else "report_run"
    return route.operations()[name]
