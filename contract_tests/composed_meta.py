"""Calls that are made of calls, or are jobs: how a property asks for reports, batches and reads of several ids."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import found
from .expect import holds, ok
from .outcomes import Indeterminate, OutOfScope
from .wire import Answer

if TYPE_CHECKING:
    from .ask import Ask

JOBS = ("insights_async", "report_run", "report_run_insights", "report_run_delete", "export_report")
SEVERAL = ("ids", "ids_edge")
COMPOSED = (*JOBS, *SEVERAL, "batch")
EXPORT = "ads/ads_insights/export_report"
_RUN = "a report run"
_LOOKS = 30
_UNDONE = ("Job Not Started", "Job Started", "Job Running")


@dataclass(frozen=True, slots=True)
class Plain:
    """A valid call of one of COMPOSED."""

    path: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    method: str = "GET"
    unversioned: bool = False


def start(ask: "Ask", node: str, **asked: Any) -> Answer:
    """Ask for a report of *node*."""
    return ask.graph.call(f"{node}/insights", asked, method="POST")


def run_of(ask: "Ask", node: str, **asked: Any) -> str:
    """The id of a new report of *node*, once its job is done; Indeterminate where it takes half a minute."""
    run = begun(ask, node, **asked)
    for _ in range(_LOOKS):
        if ask.graph.ok(run, {"fields": "async_status"}).json.get("async_status") not in _UNDONE:
            return run
        ask.target.manners.sleep(1)
    raise Indeterminate(f"a report is not done after {_LOOKS} looks, a second apart")


def begun(ask: "Ask", node: str, **asked: Any) -> str:
    """The id of a new report of *node*, whose job may go on; on a live target a report is a write."""
    if not ask.target.allow_writes:
        raise OutOfScope("it writes; --allow-writes lets it")
    told = ok(start(ask, node, **asked)).json
    run = told.get("report_run_id")
    holds(isinstance(run, str) and run.isdecimal(), "a report run has an id of digits", told, {"report_run_id": "…"})
    return str(run)


def kept_run(ask: "Ask") -> str:
    """The id of a report of an ad account's spend, asked for once in a run."""
    if _RUN not in ask.target.kept:
        account = found.accounts(ask)[0].id
        ask.target.kept[_RUN] = run_of(ask, account, fields="spend,impressions", date_preset="maximum")
    return str(ask.target.kept[_RUN])


def batch(ask: "Ask", parts: Sequence[Any], **asked: Any) -> list[Any]:
    """The answers of a valid batch, the bodies of its parts read; reads that timed out are sent again, as is advised.

    A part whose answer only others use is None.
    """
    found: dict[int, Any] = {}
    for _ in range(len(parts) + 1):
        left = [at for at in range(len(parts)) if at not in found]
        if not left:
            return [
                part and {**part, "body": part["body"] and json.loads(part["body"])}
                for _, part in sorted(found.items())
            ]
        told = answered([parts[at] for at in left], ask.graph.call("", _sent(parts, left, asked), method="POST"))
        done = {at: part for at, part in zip(left, told, strict=True) if part is not None or _is_omitted(parts[at])}
        if len(done) < len(left) and not all(map(_is_repeatable, parts)):
            raise Indeterminate("parts of a batch timed out, and they cannot be sent again alone")
        found |= done
    raise Indeterminate("parts of a batch time out again and again")


def answered(parts: Sequence[Any], answer: Answer) -> list[Any]:
    """The answers to *parts*, as they were sent."""
    told = ok(answer).json
    whole = isinstance(told, list) and len(told) == len(parts)
    holds(whole, "a batch has one answer for each part", told, f"{len(parts)} answers")
    return list(told)


def _sent(parts: Sequence[Any], chosen: Sequence[int], asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"batch": json.dumps([parts[at] for at in chosen]), **asked}


def _is_omitted(part: Any) -> bool:
    """Whether a part may have no answer where it succeeds, for others use it."""
    return isinstance(part, dict) and "name" in part and part.get("omit_response_on_success") is not False


def _is_repeatable(part: Any) -> bool:
    """Whether a part may be sent again by itself: it changes nothing, and has to do with no other."""
    return not isinstance(part, dict) or (part.get("method") in (None, "GET") and "name" not in part)


def read(path: str, **more: Any) -> dict[str, Any]:
    """A part of a batch that reads *path*."""
    return {"method": "GET", "relative_url": path, **more}


def plain(ask: "Ask", name: str) -> Plain:
    """A valid call of the operation *name*."""
    account = found.accounts(ask)[0].id
    match name:
        case "insights_async":
            return Plain(f"{account}/insights", {"fields": "spend"}, "POST")
        case "report_run" | "report_run_insights" | "report_run_delete":
            run = kept_run(ask)
            return Plain(
                f"{run}/insights" if name == "report_run_insights" else run,
                method="DELETE" if name == "report_run_delete" else "GET",
            )
        case "export_report":
            return Plain(EXPORT, {"report_run_id": kept_run(ask)}, unversioned=True)
        case "batch":
            return Plain("", {"batch": "[]"}, "POST")
    return Plain("" if name == "ids" else "insights", {"ids": f"{account},{found.nodes(ask, 'ad')[0].id}"})


def call(ask: "Ask", of: Plain, parameters: Mapping[str, Any] | None = None, **how: Any) -> Answer:
    """Call *of* with *parameters* beside or instead of its own."""
    sent = {**of.parameters, **(parameters or {})}
    how = {"method": of.method, "version": None if of.unversioned else "", **sent.pop("_how", {}), **how}
    return ask.graph.call(of.path, sent, **how)
