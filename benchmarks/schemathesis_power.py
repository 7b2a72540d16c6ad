"""What Schemathesis finds of the faulty vendors that the kit's properties find: its default checks, and tuned.

    python -m benchmarks.schemathesis_power [--every N] [--examples N] [--workers N] [--seed N] [--keep FILE]

Only faults of the Graph half are asked for. A fault is found where Schemathesis says something that it does not say
of the right mock: its own baseline, made with three seeds, silences the false alarms, and tests/schemathesis_hooks.py
what negative_data_rejection says of blank values, which count as absent. A fault takes two minutes of CPU: --every 3
asks for each third one, --examples has fewer than Schemathesis's own 100 drawn for each operation (its coverage phase
enumerates as ever), and --keep writes what is known to a file, and goes on from there.
"""

import argparse
import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mockserver.app import create_app
from mockserver.clock import Clock
from mockserver.openapi import document
from mockserver.server import Server
from mockserver.settings import Settings
from tests.fuzzed import aimed, narrowed, schemathesis
from tests.mutants.bend import bent
from tests.mutants.catalogue import Mutant, catalogue
from tests.mutants.patch import Patch, patched
from tests.mutants.run import MOMENT, judged

Found = dict[str, list[str]]
WAYS = ("strict", "loose", "tuned")
BECAUSE = {
    "ignored_auth": "a missing token is refused with 400 and code 104 or 2500; the check wants 401 or 403",
    "missing_required_header": "the same of a missing Authorization header, which is not the only place of a token",
    "unsupported_method": "another method is refused with 400 and code 100; the check wants 405",
    "positive_data_acceptance": "no schema can say which cursors or fields of which object there are, what is not"
    " served yet, or that since comes before until",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way of running Schemathesis: on which document, tuned or as it comes, with the failures already known."""

    name: str
    baseline: Path
    seed: int
    examples: int = 100

    def run(self, world: str, url: str, *options: str, seed: int = 0) -> tuple[int, dict[str, Any]]:
        """Exit code and JSON report."""
        tuned = self.name == "tuned"
        told = aimed(document(strict=self.name != "loose"), world)
        with TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            known = ("--baseline", str(self.baseline), "--report-json-path", str(report), "--continue-on-failure")
            plain = ("--exclude-checks", "accepted_or_explained", "--max-examples", str(self.examples))
            chosen = ("--seed", str(seed or self.seed), "--no-shrink", *(() if tuned else plain), *known, *options)
            ended = schemathesis(narrowed(told) if tuned else told, url, Path(folder), *chosen, tuned=tuned)
            if not report.is_file() or not report.stat().st_size:
                raise RuntimeError(ended.stdout + ended.stderr)
            return ended.returncode, json.loads(report.read_bytes())


@contextmanager
def served(mutant: Mutant | None) -> Iterator[str]:
    """The address of the mock that *mutant* makes, or of the right one, without limits, from the moment on."""
    how = mutant.how if mutant else ()
    patches = () if callable(how) else (how,) if isinstance(how, Patch) else how
    offset = MOMENT.timestamp() - time.time()
    with patched(*patches):
        settings = Settings(world=mutant.world if mutant else "default", throttle=0)
        app = create_app(settings, clock=Clock(None, lambda: time.time() + offset)).wsgi_app
        server = Server(bent(app, how) if callable(how) else app, "127.0.0.1", 0)
        server.start()
        logging.getLogger("waitress").disabled = True  # some faults raise
        try:
            yield server.url
        finally:
            server.stop()


def recorded(way: Way) -> Way:
    """*way*, once its baseline holds what it says of the right mock."""
    for seed in range(way.seed, way.seed + 3):
        with served(None) as url:
            way.run("default", url, "--baseline-update", seed=seed)
    with served(None) as url:
        code, _ = way.run("default", url)
    assert code == 0, f"{way.name}: more false alarms than three seeds show"
    return way


def asked(mutant_id: str, ways: Iterable[Way]) -> tuple[str, Found]:
    """Who finds the fault, and how: each way, and the kit at its quickest."""
    mutant = catalogue()[mutant_id]
    found: Found = {}
    for way in ways:
        with served(mutant) as url:
            code, report = way.run(mutant.world, url, "--max-failures", "1")
        found[way.name] = sorted({one["type"] for one in report["failures"]} or {"an error"}) if code else []
    killed_by = judged(mutant).killed_by
    return mutant_id, {**found, "kit": [killed_by] if killed_by else []}


def false_alarms(way: Way) -> Counter[str]:
    """How many operations each check complains of on the right mock."""
    entries = json.loads(way.baseline.read_bytes())["entries"] if way.baseline.is_file() else []
    return Counter(check for check, _ in {(one["check"], one["operation"].split(" ")[1]) for one in entries})


def table(found: dict[str, Found]) -> Iterator[str]:
    """Faults found by kind."""
    mutants = catalogue()
    kinds = sorted({mutants[name].kind for name in found})
    yield "| kind of fault | faults | strict document | loose document | tuned | properties |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for kind in [*kinds, "all"]:
        rows = [told for name, told in found.items() if kind in ("all", mutants[name].kind)]
        counts = [sum(bool(told[way]) for told in rows) for way in (*WAYS, "kit")]
        yield f"| {kind} | {len(rows)} | {' | '.join(map(str, counts))} |"


def main() -> None:
    """Print the false alarms, then the table, then what only Schemathesis finds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("--every", 1), ("--examples", 100), ("--workers", 2), ("--seed", 1)):
        parser.add_argument(name, type=int, default=default)
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    if find_spec("schemathesis") is None:
        sys.exit("Schemathesis is not installed: pip install -e '.[test]' brings it.")
    names = [one.id for one in catalogue().values() if one.vendor == "meta"][:: chosen.every]
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(chosen.workers, mp_context=get_context("spawn")) as pool,
    ):
        ways = [Way(name, Path(folder) / f"{name}.json", chosen.seed, chosen.examples) for name in WAYS]
        list(pool.map(recorded, ways))
        print_alarms(ways)
        found = dict(answers(pool, ways, names, chosen.keep))
    print("\n".join(table(found)))
    print("\nMissed by the properties at their quickest:", [name for name, told in found.items() if not told["kit"]])


def answers(
    pool: ProcessPoolExecutor, ways: list[Way], names: list[str], keep: Path | None
) -> Iterator[tuple[str, Found]]:
    """What is found of each fault, as soon as it is known."""
    known: dict[str, Found] = json.loads(keep.read_bytes()) if keep and keep.is_file() else {}
    rest = [name for name in names if name not in known]
    yield from ((name, known[name]) for name in names if name in known)
    for count, (name, told) in enumerate(pool.map(asked, rest, [ways] * len(rest)), 1):
        print(f"\r{count}/{len(rest)} {name:60}", end="", file=sys.stderr, flush=True)
        known[name] = told
        if keep:
            keep.write_text(json.dumps(known, indent=1), encoding="utf-8")
        yield name, told


def print_alarms(ways: Iterable[Way]) -> None:
    """What Schemathesis says of the right mock."""
    print("| false alarm on the right mock | strict | loose | tuned | because |")
    print("| --- | ---: | ---: | ---: | --- |")
    alarms = [false_alarms(way) for way in ways]
    for check in sorted(set().union(*alarms)):
        print(f"| {check} | {' | '.join(str(one[check]) for one in alarms)} | {BECAUSE.get(check, '?')} |")
    print(flush=True)


if __name__ == "__main__":
    main()
