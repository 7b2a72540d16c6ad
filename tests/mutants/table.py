"""The table of all mutants, as it stands in the repository."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.mutants.catalogue import KINDS, Mutant
from tests.mutants.run import MOMENT, Verdict, known, mutants

FILE = Path(__file__).parents[2] / "contract_tests" / "MUTANTS.md"
COMMAND = "python -m tests.mutants --write"
_HEAD = """# Faulty vendors

{count} servers that are faulty on purpose. Each is the right one with one fault, put between it and the kit, and each
must be caught by the property that is there for it. Made by

```bash
{command}
```

in a checkout; `tests/mutants/` says how each is made. *Effort* is the least at which the property caught it with seed
0, on a mock whose clock begins at {moment}.
"""


def rows(verdicts: Mapping[str, Verdict] | None = None) -> list[tuple[str, ...]]:
    """A row for each mutant, the effort in its last column, which is empty where there is no verdict."""
    return [_row(one, verdicts[one.id] if verdicts else None) for one in mutants().values()]


def whole(verdicts: Mapping[str, Verdict]) -> str:
    """The file."""
    head = _HEAD.format(count=len(verdicts), command=COMMAND, moment=f"{MOMENT:%Y-%m-%d %H:%M} UTC")
    counts = _table(("Kind", "Meta", "CAMS", "Caught"), _counts(verdicts))
    every = _table(("Mutant", "Vendor", "Kind", "What is wrong", "Caught by", "Effort"), rows(verdicts))
    return f"{head}\n## By kind\n\n{counts}\n## All\n\n{every}"


def read(text: str) -> list[tuple[str, ...]]:
    """The rows of the last table in *text*, without the effort."""
    lines = text.rpartition("| --- |")[2].splitlines()[1:]
    return [tuple(cell.strip() for cell in line.strip("|").split(" | "))[:-1] for line in lines if line.startswith("|")]


def _row(one: Mutant, verdict: Verdict | None) -> tuple[str, ...]:
    caught = "; ".join(f"{name} {known()[name].title}" for name in one.meant.split())
    effort = "" if verdict is None else verdict.effort if verdict.caught else "survives"
    return (f"`{one.id}`", one.vendor, one.kind, one.fault, caught, effort)


def _counts(verdicts: Mapping[str, Verdict]) -> list[tuple[str, ...]]:
    made = Counter((one.kind, one.vendor) for one in mutants().values())
    caught = Counter(mutants()[one.mutant].kind for one in verdicts.values() if one.caught)
    told = [(kind, made[kind, "meta"], made[kind, "cams"], caught[kind]) for kind in KINDS]
    whole = ("all", *(sum(row[at] for row in told) for at in (1, 2, 3)))  # type: ignore[misc]
    return [tuple(map(str, row)) for row in (*told, whole)]


def _table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    listed = [tuple(head), *map(tuple, lines)]
    listed.insert(1, ("---",) * len(listed[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in listed)
