"""The report for a terminal: one line a property while it runs, and a summary at the end."""

import shutil
from collections import Counter
from collections.abc import Iterable

from ..conform import Report
from ..outcomes import MISSING, Outcome, Result
from ..property import Property
from ..secrets import Mask
from . import legible
from .evidence import Evidence, Shown, gather

_NARROWEST = 80
_MOST_LINES = 20  # of properties that were not decided
_COLUMNS = {
    Outcome.PASS: "pass", Outcome.FAIL: "fail", Outcome.DIVERGENCE: "known div.", Outcome.INDETERMINATE: "indeterm.",
    Outcome.OUT_OF_SCOPE: "out of scope",
}  # fmt: skip
_COLOURS = {
    Outcome.PASS: 32,
    Outcome.FAIL: 31,
    Outcome.DIVERGENCE: 33,
    Outcome.INDETERMINATE: 35,
    Outcome.OUT_OF_SCOPE: 2,
}


def summary(report: Report, mask: Mask, *, colour: bool = False, width: int | None = None) -> str:
    """The whole run: a table by vendor and kind, both scores, what is broken and what could not be told."""
    shown = gather(report, mask)
    wide = max(width or shutil.get_terminal_size((100, 24)).columns, _NARROWEST)
    parts = [_table(shown, colour), _scores(shown)]
    parts += [_failure(one, wide, colour) for one in shown.having(Outcome.FAIL)]
    for outcome in (Outcome.DIVERGENCE, Outcome.INDETERMINATE):
        listed = shown.having(outcome)
        lines = [_cut(f"{outcome.value}: {one.id} {one.reason}", wide) for one in listed[:_MOST_LINES]]
        lines += [f"and {len(listed) - _MOST_LINES} more"] if len(listed) > _MOST_LINES else []
        parts += ["\n".join(_painted(text, outcome, colour) for text in lines)] if lines else []
    worst = Outcome.FAIL if shown.exit_code else Outcome.PASS
    return "\n\n".join([*parts, _painted(shown.verdict, worst, colour)])


def line(result: Result, one: Property, mask: Mask, *, colour: bool = False) -> str:
    """One property: its outcome, cost, id and title, and the reason where it did not pass."""
    outcome = _painted(f"{result.outcome.value:16}", result.outcome, colour)
    reason = "" if result.outcome is Outcome.PASS else f": {mask.text(result.reason)}"
    text = legible.clean(f"{mask.known(one.id):10} {mask.known(one.title)}{reason}").replace("\n", " ")
    return f"{outcome} {result.calls:6,} calls {result.seconds:7.2f} s  {text}"


def listing(rows: Iterable[tuple[str, str, str, int, str]]) -> str:
    """What a run would ask: id, kind, where it holds, calls, title; and how many calls in all."""
    listed = list(rows)
    lines = [f"{one:11} {kind:12} {live:20} {calls:7,}  {title}" for one, kind, live, calls, title in listed]
    total = sum(calls for _, _, _, calls, _ in listed)
    return "\n".join([f"{'id':11} {'kind':12} {'where':20} {'calls':>7}  title", *lines, f"about {total:,} calls"])


def _table(shown: Shown, colour: bool) -> str:
    groups: dict[tuple[str, str], Counter[Outcome]] = {}
    for one in shown.all:
        groups.setdefault((one.vendor, one.kind), Counter())[one.outcome] += 1
    head = f"{'vendor':7} {'kind':12}" + "".join(f"{name:>{_width(name)}}" for name in _COLUMNS.values())
    rows = [_row(vendor, kind, groups[vendor, kind], colour) for vendor, kind in sorted(groups)]
    total = Counter(one.outcome for one in shown.all)
    seconds = f"{len(shown.all)} properties, {shown.calls:,} calls, {shown.seconds:.1f} s, seed {shown.seed}"
    return "\n".join(
        [f"{shown.target}: {seconds}, effort {shown.effort}", "", head, *rows, _row("all", "", total, colour)]
    )


def _row(vendor: str, kind: str, counts: Counter[Outcome], colour: bool) -> str:
    cells = (
        _painted(f"{counts[outcome] or '.':>{_width(name)}}", outcome, colour and counts[outcome] > 0)
        for outcome, name in _COLUMNS.items()
    )
    return f"{vendor:7} {kind:12}" + "".join(cells)


def _width(name: str) -> int:
    return max(len(name) + 2, 8)


def _scores(shown: Shown) -> str:
    return "\n".join(f"{name:10} {share:7.1%}  {what}" for name, share, what in shown.scores)


def _failure(one: Evidence, wide: int, colour: bool) -> str:
    """Three lines: what, why, and how to see it."""
    got, expected = one.brief
    room = max((wide - len(one.reason) - 20) // 2, 32)
    why = f"  {one.reason}; got {_cut(got, room)}" + (
        f", expected {_cut(expected, room)}" if expected != MISSING else ""
    )
    how = one.exchanges[-1].request.text if one.exchanges else one.command
    return "\n".join([_painted(f"FAIL {one.id} {one.title}", Outcome.FAIL, colour), why.replace("\n", " "), f"  {how}"])


def _cut(text: str, wide: int) -> str:
    flat = text.replace("\n", " ")
    return flat if len(flat) <= wide else flat[: wide - 1] + "…"


def _painted(text: str, outcome: Outcome, colour: bool) -> str:
    return f"\x1b[{_COLOURS[outcome]}m{text}\x1b[0m" if colour else text
