"""Findings as a user reads them, and as a program does."""

import json
from collections.abc import Iterable
from typing import Any

from .finding import Finding, Severity, exit_code

_LONGEST = 70


def table(findings: Iterable[Finding]) -> str:
    """One line for each finding, the gravest first, and how many there are."""
    listed = sorted(findings, key=lambda one: one.rank)
    lines = [_row(one) for one in listed]
    widths = [max(len(row[at]) for row in lines) for at in range(4)] if lines else []
    drawn = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in lines]
    return "\n".join([*drawn, _summary(listed)])


def _row(one: Finding) -> list[str]:
    severity = one.severity.value if one.confirmed else "not confirmed"
    what = f"{one.path}: {_short(one.old)} → {_short(one.new)}" if one.path else _short(one.new)
    place = f"{one.places[0]}{_more(len(one.places) - 1, 'place')}"
    return [severity, one.kind, what, f"{place}  ({one.probes[0]}{_more(len(one.probes) - 1, 'probe')})"]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _more(count: int, thing: str) -> str:
    return f" and {count} more {thing}{'s' if count > 1 else ''}" if count else ""


def _summary(listed: list[Finding]) -> str:
    if not listed:
        return "no drift"
    sure = [one for one in listed if one.confirmed]
    counts = [(sum(one.severity is kind for one in sure), kind.value) for kind in Severity]
    parts = [f"{count} {word}{'s' if count > 1 and word != 'info' else ''}" for count, word in counts if count]
    unsure = len(listed) - len(sure)
    return ", ".join(parts + ([f"{unsure} not confirmed: seen once, and not when asked again"] if unsure else []))


def as_json(findings: Iterable[Finding]) -> str:
    """The same as JSON, nothing cut short."""
    listed = sorted(findings, key=lambda one: one.rank)
    whole = {"exit_code": exit_code(listed), "findings": [_entry(one) for one in listed]}
    return json.dumps(whole, indent=1, ensure_ascii=False)


def _entry(one: Finding) -> dict[str, Any]:
    return {
        "severity": one.severity.value,
        "kind": one.kind,
        "confirmed": one.confirmed,
        "vendor": one.vendor,
        "path": one.path,
        "old": one.old,
        "new": one.new,
        "file": one.file,
        "line": one.line,
        "places": [{"file": place.file, "line": place.line} for place in one.places],
        "probes": list(one.probes),
    }
