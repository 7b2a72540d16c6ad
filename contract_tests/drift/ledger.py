"""The ledger: when each property was last validated live, by which kit and against which version of the API."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs

from ..conform import Report
from ..outcomes import Outcome
from ..profile import ProfileFault
from ..property import Live, catalogue
from ..target import Target
from .asking import api
from .recording import document, kit_version, put, writable

LIVE = "live"
_DECIDED = (Outcome.PASS, Outcome.FAIL, Outcome.DIVERGENCE)
_DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
_SCHEMA = jsonschema_rs.validator_for(
    {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": False,
            "required": ["asked", "outcome", "validated", "api", "kit"],
            "properties": {
                "asked": _DAY,
                "outcome": {"enum": [one.value for one in _DECIDED]},
                "validated": {"anyOf": [_DAY, {"type": "null"}]},
                "api": {"type": "object", "additionalProperties": {"type": "string"}},
                "kit": {"type": "string"},
            },
        },
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one property: when it was *asked* live with a clear *outcome*, and when it last held there."""

    asked: str
    outcome: str
    validated: str | None
    api: Mapping[str, str]
    kit: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A property that was validated live too long ago, or never."""

    property_id: str
    validated: date | None
    outcome: str  # of the last time it was asked; empty if it never was


def read(path: Path) -> dict[str, Entry]:
    """The entries of the ledger *path* by property; none where there is no such file yet; raises ProfileFault."""
    if not path.exists():
        return {}
    table = document(path, "ledger")
    for fault in _SCHEMA.iter_errors(table):
        at = "/".join(map(str, fault.instance_path)) or "its top"
        raise ProfileFault(f"{path} is no ledger: {fault.message[:200]} at {at}")
    try:
        for part in table.values():
            date.fromisoformat(part["asked"])
            date.fromisoformat(part["validated"] or part["asked"])
    except ValueError as error:
        raise ProfileFault(f"{path} is no ledger: {error}") from None
    return {name: Entry(**part) for name, part in table.items()}


def update(path: Path, report: Report, target: Target | None = None) -> int:
    """Note what *report* of *target* has decided, if that was live; how many properties it is; raises ProfileFault.

    What was indeterminate or out of scope leaves the entry as it was.
    """
    entries = read(path)
    decided = [one for one in report.results if one.outcome in _DECIDED] if report.target == LIVE else []
    today, versions = report.started.date().isoformat(), api(target) if target else {}
    for result in decided:
        name = result.property_id
        known, vendors = entries.get(name), report.properties[name].vendors
        held = today if result.outcome is Outcome.PASS else known.validated if known else None
        told = {vendor: version for vendor, version in versions.items() if vendor in vendors}
        entries[name] = Entry(today, result.outcome.value, held, told, kit_version())
    if decided:
        _write(path, entries)
    return len(decided)


def stale(path: Path, days: int, today: date | None = None) -> list[Stale]:
    """The properties that may be asked live and were not validated there within *days*, the oldest first."""
    entries = read(path)
    now = today or datetime.now(UTC).date()
    found = [_stale(name, entries.get(name)) for name, one in catalogue().items() if one.live is not Live.MOCK]
    old = [one for one in found if one.validated is None or (now - one.validated).days > days]
    return sorted(old, key=lambda one: (one.validated or date.min, one.property_id))


def table(listed: list[Stale], today: date | None = None) -> str:
    """One line for each property, and how many there are."""
    now = today or datetime.now(UTC).date()
    width = max((len(one.property_id) for one in listed), default=0)
    lines = [f"{one.property_id.ljust(width)}  {_since(one, now)}" for one in listed]
    count = len(listed)
    return "\n".join([*lines, f"{count} {'property is' if count == 1 else 'properties are'} to be validated live"])


def _since(one: Stale, now: date) -> str:
    last = "never asked live" if not one.outcome else f"last outcome: {one.outcome}"
    if one.validated is None:
        return last if not one.outcome else f"never validated live; {last}"
    return f"validated {one.validated}, {(now - one.validated).days} days ago; {last}"


def _stale(name: str, entry: Entry | None) -> Stale:
    if entry is None:
        return Stale(name, None, "")
    return Stale(name, date.fromisoformat(entry.validated) if entry.validated else None, entry.outcome)


def _write(path: Path, entries: Mapping[str, Entry]) -> None:
    rows: dict[str, Any] = {name: asdict(entries[name]) for name in sorted(entries)}
    writable(path)
    try:
        put(path, (json.dumps(rows, indent=1) + "\n").encode())
    except OSError as error:
        raise ProfileFault(f"cannot write {path}: {error.strerror}") from None
