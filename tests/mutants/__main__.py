"""`python -m tests.mutants`: ask the kit of every faulty vendor; it exits 1 if any of them survives."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatch
from functools import partial
from multiprocessing import get_context

import click

from tests.mutants import table
from tests.mutants.run import EFFORTS, Verdict, mutants, verdict


@click.command(help="Ask the contract-test kit of vendors that are faulty on purpose.")
@click.option("--only", multiple=True, metavar="ID", help="these mutants, or patterns of ids such as meta-preset-*")
@click.option("--effort", type=click.Choice(EFFORTS), help="at this effort alone; otherwise the least that will do")
@click.option("--seed", default=0, help="the seed of all draws")
@click.option("--all-properties", "every", is_flag=True, help="ask the whole kit, and count what else is broken")
@click.option("--write", is_flag=True, help=f"write {table.FILE.name}")
def main(only: tuple[str, ...], effort: str | None, seed: int, every: bool, write: bool) -> None:
    names = [name for name in mutants() if not only or any(fnmatch(name, pattern) for pattern in only)]
    efforts = (effort,) if effort else EFFORTS
    verdicts = {}
    for found in verdicts_of(names, efforts, seed, every=every):
        verdicts[found.mutant] = found
        click.echo(_line(found, every=every))
    survivors = [name for name, found in verdicts.items() if not found.caught]
    click.echo(f"{len(verdicts) - len(survivors)} of {len(verdicts)} are caught")
    if write and len(verdicts) == len(mutants()):
        table.FILE.write_text(table.whole(verdicts), encoding="utf-8")
    sys.exit(1 if survivors or not names else 0)


def verdicts_of(names: list[str], efforts: tuple[str, ...], seed: int, *, every: bool) -> Iterator[Verdict]:
    """The verdicts of *names* in their order, from as many processes as there are cores."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(verdict, efforts=efforts, seed=seed, every=every), names, chunksize=4)


def _line(found: Verdict, *, every: bool) -> str:
    mutant = mutants()[found.mutant]
    meant = [name for name in found.broken if name in mutant.meant.split()]
    caught = ", ".join(meant) or f"SURVIVES {mutant.meant}"
    if found.bugs:
        caught = f"BREAKS in the server, {found.bugs} times"
    others = f" and {len(found.broken) - len(meant)} others" if every else ""
    seen = f"{found.effort}, {found.calls} calls, {found.seconds:.1f} s: {found.sentence}"
    return f"{mutant.id:38} {mutant.kind:11} {mutant.vendor:5} {caught}{others} ({seen})"


if __name__ == "__main__":
    main()
