"""The kit's own speed: properties and calls a second, in this process and over HTTP, and what a live run would cost.

python benchmarks/kit.py [quick|default|deep …]
"""

import sys

from contract_tests import conform
from contract_tests.aim import Aim, aimed
from contract_tests.outcomes import Outcome
from mockserver.kit import make
from mockserver.running import running
from mockserver.settings import Settings


def run(aim: Aim, effort: str) -> conform.Report:
    """One whole run."""
    with aimed(aim, make) as target:
        report = conform.begin(conform.Plan(effort=effort), target)
        list(conform.results(report, target))
    return report


def live_calls(effort: str) -> tuple[int, int]:
    """How many properties a live run would ask, and about how many calls it would make."""
    with aimed(Aim(), make) as target:
        target.exact = target.allow_writes = False
        report = conform.begin(conform.Plan(effort=effort), target)
        costs = [calls for *_, calls, _ in conform.listing(report, target)]
    return sum(cost > 0 for cost in costs), sum(costs)


def main(efforts: list[str]) -> None:
    """Print one row for each effort and way."""
    print("| effort | way | properties | calls | seconds | properties/s | calls/s | failed |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for effort in efforts:
        with running(Settings(throttle=0)) as free, running(Settings()) as limited:
            ways = {"in process": Aim(), "HTTP, no limits": Aim(free.url), "HTTP, its limits on": Aim(limited.url)}
            for way, aim in ways.items():
                made = run(aim, effort)
                count, speed = len(made.results), made.calls / made.seconds
                failed = len(made.having(Outcome.FAIL))
                print(
                    f"| {effort} | {way} | {count} | {made.calls:,} | {made.seconds:.1f} |"
                    f" {count / made.seconds:.1f} | {speed:.0f} | {failed} |",
                    flush=True,
                )
    for effort in ("quick", "default", "deep"):
        properties, calls = live_calls(effort)
        print(f"live, {effort}: about {calls:,} calls for {properties} properties")


if __name__ == "__main__":
    main(sys.argv[1:] or ["quick", "default"])
