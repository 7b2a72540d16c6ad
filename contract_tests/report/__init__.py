"""The report of a run: HTML to read, JUnit XML and JSON for machines, Markdown for a comment, text for a terminal."""

import os
from datetime import UTC, datetime
from pathlib import Path

from ..conform import Report
from ..outcomes import Outcome, Result
from ..profile import ProfileFault
from ..property import Live, Property
from ..secrets import Mask, SecretLeft
from . import html, json_, junit, markdown, terminal
from .evidence import Shown, gather

__all__ = ["terminal", "write"]

_WRITERS = {
    "conformance.html": html.written,
    "junit.xml": junit.written,
    "conformance.json": json_.written,
    "conformance.md": markdown.written,
}


def write(report: Report, target_mask: Mask, folder: Path) -> list[Path]:
    """Write *report* into *folder*; raises SecretLeft, with nothing written, if a secret would be in it."""
    made = _rendered(gather(report, target_mask))
    for name, data in made.items():
        left = set(target_mask.survivors(data))
        if left and (left := left - _own_words(target_mask)):
            raise SecretLeft(f"{name} would hold {', '.join(sorted(left))}; nothing is written")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _moved(folder, made)
    except OSError as error:
        raise ProfileFault(f"cannot write the report to {folder}: {error.strerror}") from None


def _rendered(shown: Shown) -> dict[str, bytes]:
    return {name: written(shown) for name, written in _WRITERS.items()}


def _own_words(mask: Mask) -> set[str]:
    """The secrets that are words of the reports themselves, whatever was asked: such as test, which is no secret."""
    blank = Property("", "", "", "", "", ("meta",), Live.SAFE, 0, lambda _: None)
    results = [Result("", outcome, 0, 0.0) for outcome in Outcome]
    empty = Report("", "", 0, datetime(2001, 1, 1, tzinfo=UTC), {"": blank}, results)
    return {name for data in _rendered(gather(empty, Mask({}))).values() for name in mask.survivors(data)}


def _moved(folder: Path, made: dict[str, bytes]) -> list[Path]:
    """The files, each moved to its place when all are complete."""
    waiting = {folder / name: folder / f".{name}.{os.getpid()}" for name in made}
    try:
        for beside, data in zip(waiting.values(), made.values(), strict=True):
            beside.write_bytes(data)
        for path, beside in waiting.items():
            beside.replace(path)
    finally:
        for beside in waiting.values():
            beside.unlink(missing_ok=True)
    return list(waiting)
