"""The command line of the contract-test kit: conformance, ledger, record, drift."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import click

_EFFORTS = click.Choice(["quick", "default", "deep"])


def _aimed(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say whom to ask."""
    for option in (
        click.option("--max-calls", type=click.IntRange(min=1), help="The run's budget of calls; most telling first."),
        click.option("--allow-writes", is_flag=True, help="Let properties write to a live vendor."),
        click.option("--profile", metavar="FILE", help="Base URLs, ids and where to find the secrets, as TOML."),
        click.option("--world", metavar="NAME|FILE", help="The world that a mock serves: its ids and credentials."),
        click.option(
            "--target",
            default="mock",
            show_default=True,
            metavar="mock|live|URL",
            help="Whom to ask: a mock of its own in this process, the live vendors, or any base URL.",
        ),
    ):
        command = option(command)
    return command


@contextmanager
def _target(**aim: Any) -> Any:
    """The target that the options say; whatever makes it impossible is one plain line and exit code 2."""
    from mockserver.kit import make, part

    faults = part("profile").ProfileFault
    try:
        with part("aim").aimed(part("aim").Aim(**aim), make) as target:
            yield target
    except faults as fault:
        raise click.ClickException(str(fault)) from None


@click.command()
@_aimed
@click.option("--vendor", "vendors", multiple=True, type=click.Choice(["meta", "cams"]), help="Ask this vendor alone.")
@click.option("--effort", type=_EFFORTS, default="default", show_default=True, help="How many examples to draw.")
@click.option("--only", multiple=True, metavar="PATTERN", help="Ids such as META-T1 or META-*, or a kind (refusal).")
@click.option("--seed", type=int, help="The seed of all draws: 0 on a mock, the date's on a live target.")
@click.option("--report", metavar="DIR", help="Write conformance.html, junit.xml, conformance.json and conformance.md.")
@click.option("--ledger", metavar="FILE", help="Keep there when each property was last validated live.")
@click.option("--verbose", "-v", is_flag=True, help="Print each property as it is decided.")
@click.option(
    "--list", "listed", is_flag=True, help="List what would be asked, and how many calls it takes; ask nothing."
)
def conformance(
    vendors: tuple[str, ...],
    effort: str,
    only: tuple[str, ...],
    seed: int | None,
    report: str | None,
    ledger: str | None,
    verbose: bool,
    listed: bool,
    **aim: Any,
) -> None:
    """Ask a target whether it keeps the vendors' contracts: 0 it does, 1 it does not, 2 it could not be told.

    `--target live` calls the vendors: it reads only, slowly, and also needs MOCKSERVER_ALLOW_LIVE=1.
    """
    from mockserver.kit import part

    conform, reports = part("conform"), part("report")
    with _target(**aim) as target:
        arguments = part("aim").Aim(**aim).arguments()
        made = conform.begin(conform.Plan(vendors, only, effort, seed), target, arguments)
        if listed:
            click.echo(reports.terminal.listing(conform.listing(made, target)))
            return
        _asked(made, target, verbose)
        if report is not None:
            for path in reports.write(made, target.mask, Path(report)):
                click.echo(f"wrote {path}")
        if ledger is not None:
            part("drift").ledger.update(Path(ledger), made, target)
    sys.exit(made.exit_code if len(made.results) == len(made.properties) else 130)


def _asked(made: Any, target: Any, verbose: bool) -> None:
    """Ask what the run *made* is to ask, and tell what came of it."""
    from mockserver.kit import part

    conform, terminal = part("conform"), part("report").terminal
    with suppress(KeyboardInterrupt):  # what was found until then is told and written all the same
        for result in _progress(conform.results(made, target), len(made.properties), target, hidden=verbose):
            if verbose:
                one = made.properties[result.property_id]
                click.echo(terminal.line(result, one, target.mask, colour=sys.stdout.isatty()))
    click.echo(terminal.summary(made, target.mask, colour=sys.stdout.isatty()))


def _progress(results: Iterable[Any], length: int, target: Any, *, hidden: bool) -> Iterator[Any]:
    """*results*, with a bar on a terminal while they come."""
    label = target.mask.text(f"asking {target.name}")
    hidden = hidden or not sys.stderr.isatty()
    with click.progressbar(results, length, label, file=sys.stderr, hidden=hidden) as bar:
        yield from bar


@click.command()
@_aimed
@click.option("--output", "-o", required=True, metavar="FILE", help="Where to write the recording.")
def record(output: str, **aim: Any) -> None:
    """Record the shapes of a target's answers, without values and secrets, to compare them later with `drift`."""
    from mockserver.kit import part

    with _target(**aim) as target:
        made = part("drift").record(target, Path(output))
        click.echo(f"wrote {output}: {len(made.probes)} probes of {target.name}")


@click.command()
@click.argument("file")
@click.option("--days", type=click.IntRange(min=0), default=30, show_default=True, help="What counts as long ago.")
def ledger(file: str, days: int) -> None:
    """List the properties that no live run has validated for so many days, as FILE of `conformance --ledger` has it."""
    from mockserver.kit import part

    ledgers = part("drift").ledger
    with _target():
        click.echo(ledgers.table(ledgers.stale(Path(file), days)))


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW|mock|live|URL|contract", default="contract")
@click.option("--profile", metavar="FILE", help="Base URLs, ids and where to find the secrets, as TOML.")
@click.option("--world", metavar="NAME|FILE", help="The world that a mock serves.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def drift(old: str, new: str, profile: str | None, world: str | None, as_json: bool) -> None:
    """Say what changed between two recordings, or between one and what a target answers now, or the contract.

    Exit code 0: nothing, or new fields only; 1: something is gone or different; 2: could not be told.
    What is asked now is asked once more before it is called drift.
    """
    from mockserver.kit import part

    drifts = part("drift")
    now = new in ("mock", "live") or "://" in new
    with _target(target=new if now else "mock", profile=profile, world=world) as target:
        before = drifts.read(Path(old))
        if new == "contract":
            findings = drifts.compare.contract(before)
        elif now:
            findings = drifts.confirmed(drifts.compare.recordings(before, drifts.asked(target)), target)
        else:
            findings = drifts.compare.recordings(before, drifts.read(Path(new)))
    click.echo(drifts.text.as_json(findings) if as_json else drifts.text.table(findings))
    sys.exit(drifts.exit_code(findings))
