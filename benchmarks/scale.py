"""An ad account of 10,000 campaigns and 37 months: what a question costs, and how that grows with range and depth.

    python -m benchmarks.scale [--campaigns 10000]

Prints times side by side with the same questions to a world of a hundredth of the size; read the ratios.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from mockserver.clock import Clock
from mockserver.pipeline import Request, Runtime, answer
from mockserver.settings import Settings
from mockserver.vendors.meta.dialect import GraphDialect
from mockserver.world.load import load
from mockserver.world.new import generate

TODAY = date(2028, 6, 1)  # so that 37 months begin after March 2025, the first that insights tell by dates
FIRST = date(2025, 5, 1)


def document(campaigns: int) -> dict[str, Any]:
    """A world with one ad account, whose campaigns begin on any day of 37 months."""
    sizes = {"accounts": 1, "campaigns": campaigns, "templates": 1, "pages": 2, "months": 37}
    return generate(seed=7, locales=["en_US"], as_of=TODAY, name="scale", **sizes)


class Asker:
    """Asks the Graph dialect of one world."""

    def __init__(self, path: str) -> None:
        self.runtime = Runtime(Settings(world=path, throttle=0, row_budget=0), load(path), Clock(TODAY))
        self.dialect = GraphDialect()
        self.account = f"act_{self.runtime.file.accounts[0].id}"

    def __call__(self, query: str, edge: str = "insights") -> Any:
        request = Request("GET", f"/v26.0/{self.account}/{edge}", f"access_token=EAAtok&{query}")
        response = answer(self.dialect, self.runtime, request)
        assert response.status == 200, response.body
        return json.loads(response.body)


def span(since: date, until: date) -> str:
    return f'time_range={{"since":"{since}","until":"{until}"}}'


def timed(ask: Callable[[], Any], repeats: int = 15) -> tuple[float, float]:
    """Milliseconds of the first time, and the median of the following ones."""
    found = []
    for _ in range(repeats + 1):
        begun = time.perf_counter()
        ask()
        found.append((time.perf_counter() - begun) * 1000)
    return found[0], median(found[1:])


def questions(ask: Asker) -> dict[str, tuple[float, float]]:
    """Each question with its first and its following times."""
    spans = [(TODAY - timedelta(days=back), TODAY) for back in (1, 30, 365, 1126)]
    found = {f"account total, {(u - s).days} days": timed(lambda s=s, u=u: ask(span(s, u))) for s, u in spans}
    fresh = iter(span(FIRST + timedelta(days=n), TODAY - timedelta(days=n)) for n in range(1, 40))
    found["account total, ever another range"] = timed(lambda: ask(next(fresh)))
    whole = f"{span(FIRST, TODAY)}&level=campaign&fields=campaign_id,impressions,spend"
    depths = {"first page": 0, "page in the middle": 0.5, "last page": 1}
    for name, increment in (("all days", "all_days"), ("day by day", "1")):
        total = _rows(ask, f"{whole}&time_increment={increment}")
        for where, share in depths.items():
            after = _cursor(int((total - 26) * share))
            query = f"{whole}&time_increment={increment}&limit=25&after={after}"
            found[f"campaigns, {name}, {where} of {total} rows"] = timed(lambda query=query: ask(query))
    found["campaigns by spend, first page"] = timed(
        lambda: ask(f"{span(TODAY - timedelta(days=30), TODAY)}&level=campaign&sort=spend_descending")
    )
    found["account by age and gender"] = timed(lambda: ask(f"{span(FIRST, TODAY)}&breakdowns=age,gender"))
    found["list of campaigns, first page"] = timed(lambda: ask("fields=id,name", "campaigns"))
    return found


def _cursor(index: int) -> str:
    from mockserver.vendors.meta.cursor import encode

    return encode(max(index, 0))


def _rows(ask: Asker, query: str) -> int:
    """How many rows there are, by asking past the end of halves."""
    low, high = 0, 64_000_000
    while low < high:
        middle = (low + high) // 2
        if ask(f"{query}&limit=1&after={_cursor(middle)}")["data"]:
            low = middle + 1
        else:
            high = middle
    return low + 1


def one(path: str) -> None:
    """Ask all questions of the world at *path*, and print them as JSON."""
    begun = time.perf_counter()
    ask = Asker(path)
    loaded = (time.perf_counter() - begun) * 1000
    print(json.dumps({"loaded": loaded, "asked": questions(ask), "memory": _memory()}))


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--campaigns", type=int, default=10_000)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(options.one)
        return
    told = []
    for count in (options.campaigns, max(options.campaigns // 100, 1)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "world.json"
            path.write_text(json.dumps(document(count)))
            made = subprocess.run(
                [sys.executable, "-m", "benchmarks.scale", "--one", str(path)],
                capture_output=True,
                check=True,
                text=True,
            )
            told.append((count, json.loads(made.stdout)))
    _print(*told)


def _print(large: tuple[int, Any], small: tuple[int, Any]) -> None:
    for count, of in (large, small):
        print(f"{count} campaigns: loaded in {of['loaded']:.0f} ms, {of['memory']:.0f} MiB at the end")
    print(f"\n{'question':52}{'cold ms':>10}{'warm ms':>10}{'of the small world':>20}")
    for (name, (cold, warm)), (_, other) in zip(large[1]["asked"].items(), small[1]["asked"].values(), strict=True):
        print(f"{name:52}{cold:10.2f}{warm:10.2f}{warm / other:19.1f}x")


if __name__ == "__main__":
    main()
