"""The report as JSON in the shape of CTRF (Common Test Report Format, https://ctrf.io).

    reportFormat, specVersion, generatedBy, timestamp
    results.tool          name, version
    results.summary       tests, passed, failed, skipped, pending, other, start, stop, duration (milliseconds),
                          extra: verdict, exit_code, calls, divergence, coverage, outcomes (how many of each)
    results.environment   testEnvironment (the target), extra: effort, seed
    results.tests[]       name (id and title), status, rawStatus, duration, suite (vendor, kind), tags, message, trace,
                          extra: id, title, sentence, page, kind, vendor, live, outcome, calls, seconds, and where the
                          property is broken also got, expected, drawn, seed, command, until, left_out and requests:
                          for each call of the failing example curl, notes, status, headers, body, ids

A pass is passed, a fail failed, out of scope skipped; known divergences and what is indeterminate are other, and
rawStatus tells them apart. Divergence and coverage are two shares between 0 and 1. All texts are masked; got and
expected are texts, for they are shortened.
"""

import json
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ..outcomes import Outcome
from .curl import Line
from .evidence import BROKEN, Evidence, Exchange, Shown
from .junit import story

_STATUS = {Outcome.PASS: "passed", Outcome.FAIL: "failed", Outcome.OUT_OF_SCOPE: "skipped"}
_STATUSES = ("passed", "failed", "skipped", "pending", "other")


def written(shown: Shown) -> bytes:
    """The run as JSON."""
    document = {
        "reportFormat": "CTRF",
        "specVersion": "1.0.0",
        "generatedBy": "mockserver conformance",
        "timestamp": shown.ended.isoformat(timespec="seconds"),
        "results": {
            "tool": {"name": "mockserver conformance", "version": _version()},
            "summary": _summary(shown),
            "tests": [_test(one) for one in shown.all],
            "environment": {
                "testEnvironment": shown.target,
                "extra": {"effort": shown.effort, "seed": shown.seed},
            },
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode()


def _summary(shown: Shown) -> dict[str, Any]:
    statuses = [_status(one) for one in shown.all]
    return {
        "tests": len(shown.all),
        **{status: statuses.count(status) for status in _STATUSES},
        "start": _milliseconds(shown.started.timestamp()),
        "stop": _milliseconds(shown.ended.timestamp()),
        "duration": _milliseconds(shown.seconds),
        "extra": {
            "verdict": shown.verdict,
            "exit_code": shown.exit_code,
            "calls": shown.calls,
            "divergence": shown.divergence,
            "coverage": shown.coverage,
            "outcomes": {outcome.value: len(shown.having(outcome)) for outcome in Outcome},
        },
    }


def _test(one: Evidence) -> dict[str, Any]:
    test = {
        "name": f"{one.id} {one.title}",
        "status": _status(one),
        "rawStatus": one.outcome.value,
        "duration": one.milliseconds,
        "suite": [one.vendor, one.kind],
        "tags": [one.kind, one.live],
        "type": "contract",
        "extra": _extra(one),
    }
    if one.outcome is not Outcome.PASS:
        test["message"] = one.reason
    return {**test, "trace": story(one)} if one.outcome in BROKEN else test


def _extra(one: Evidence) -> dict[str, Any]:
    names = ["id", "title", "sentence", "page", "kind", "vendor", "live", "calls", "seconds"]
    broken = ["got", "expected", "seed", "command", "left_out"] if one.outcome in BROKEN else []
    extra = {name: getattr(one, name) for name in [*names, *broken]}
    extra["outcome"] = one.outcome.value
    if broken:
        extra["drawn"] = dict(one.drawn)
        extra["until"] = one.until.isoformat() if one.until else None
        extra["requests"] = [_exchange(each) for each in one.exchanges]
    return extra


def _exchange(one: Exchange) -> dict[str, Any]:
    line: Line = one.request
    told = {"curl": line.text, "notes": list(line.notes), "status": one.status, "headers": one.headers.split("\n")}
    return {**told, "body": one.body, "ids": dict(one.ids)}


def _status(one: Evidence) -> str:
    return _STATUS.get(one.outcome, "other")


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _version() -> str:
    try:
        return version("mockserver")
    except PackageNotFoundError:
        return "unknown"
