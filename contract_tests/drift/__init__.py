"""Record and drift: what a target answers, kept as shapes; what has changed since; when it was last validated."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..target import Target
from . import compare, ledger, text
from .asking import asked
from .finding import Finding, exit_code
from .recording import Recording, read, writable

__all__ = ["Finding", "Recording", "asked", "compare", "confirmed", "exit_code", "ledger", "read", "record", "text"]


def record(target: Target, path: Path) -> Recording:
    """Ask *target* every probe and keep what came in the file *path*; raises ProfileFault."""
    writable(path)
    made = asked(target)
    made.write(path)
    return made


def confirmed(findings: Iterable[Finding], target: Target) -> list[Finding]:
    """*findings* after *target* was asked once more: what it does not show again is not confirmed."""
    listed = list(findings)
    probes = {probe for one in listed for probe in one.again}
    again = asked(target, probes).probes if probes else {}
    shown = {
        (probe, other.key)
        for one in listed
        for probe, judge in one.again.items()
        if probe in again
        for other in judge(again[probe])
    }
    checked = [(one, tuple(probe for probe in one.probes if (probe, one.key) in shown)) for one in listed]
    kept = [replace(one, confirmed=bool(seen), probes=seen or one.probes) for one, seen in checked]
    return sorted(kept, key=lambda one: one.rank)
