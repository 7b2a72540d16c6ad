"""The command line: serve, operations, errors, world, and the kit's commands."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import orjson

from mockserver.cli_kit import conformance, drift, ledger, record
from mockserver.defaults import from_pyproject
from mockserver.errors import UserError
from mockserver.settings import RANGES

DEFAULT_PORT = 8086


def main() -> None:
    """Run the command line; a user's mistake is one plain line and exit code 2."""
    try:
        sys.exit(cli(standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except (UserError, click.ClickException) as error:
        text = error.format_message() if isinstance(error, click.ClickException) else str(error)
        click.echo(f"mockserver: {' '.join(text.split())}", err=True)
        sys.exit(2)


def _option(name: str, **how: Any) -> Callable[[Any], Any]:
    """An option that may also stand in the environment."""
    variable = "MOCKSERVER_" + name.removeprefix("--").replace("-", "_").upper()
    return click.option(name, envvar=variable, show_envvar=True, **{"show_default": True, **how})


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="mockserver")
@click.pass_context
def cli(context: click.Context) -> None:
    """A local mock of Meta's Graph API insights and Alibaba Cloud CAMS, told from one world.

    Every option of `serve` may also stand in the environment (MOCKSERVER_PORT=8086) or in
    pyproject.toml under [tool.mockserver]; the command line wins over the environment, which wins over the file.
    """
    context.default_map = {"serve": from_pyproject({str(one.name) for one in serve.params})}


@cli.command()
@_option("--host", default="127.0.0.1", help="Address to listen on.")
@_option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, help="Port; 0 takes a free one.")
@_option("--world", default="default", metavar="NAME|FILE", help="A shipped world (default, docs) or a file.")
@_option("--today", metavar="DATE", help="Hold the world's today still: YYYY-MM-DD, or an instant with its offset.")
@_option(
    "--throttle",
    type=click.FloatRange(*RANGES["throttle"]),
    default=1.0,
    metavar="SCALE",
    help="Scale the documented limits: 0.1 a tenth, 10 tenfold, 0 none.",
)
@_option(
    "--lifetime-before",
    default="2025-03-01",
    metavar="DATE",
    help="Message campaigns created before DATE default to their lifetime, later ones to last_30d.",
)
@_option(
    "--row-budget",
    type=click.IntRange(*RANGES["row_budget"]),
    default=1_000_000,
    help="Insights rows beyond which Graph asks for less data, 0 for none.",
)
@_option("--roas-decimals", type=click.Choice(["2", "6"]), default="2", help="Decimals of website_purchase_roas.")
@_option(
    "--report-seconds",
    type=click.IntRange(*RANGES["report_seconds"]),
    default=0,
    metavar="SECONDS",
    help="How long an async report takes that the world has no rule for.",
)
@_option(
    "--review-seconds",
    type=click.IntRange(*RANGES["review_seconds"]),
    default=86_400,
    metavar="SECONDS",
    help="How long a template is reviewed that was created; 0: it is approved at once.",
)
@_option(
    "--batch-parts",
    type=click.IntRange(*RANGES["batch_parts"]),
    default=50,
    metavar="COUNT",
    help="Parts of a batch that are worked off; the others time out and are null.",
)
@_option(
    "--most-nodes",
    type=click.IntRange(*RANGES["most_nodes"]),
    default=5000,
    help="Objects and rows in one answer with nested fields; more are too much data.",
)
@_option(
    "--timestamp-minutes",
    type=click.IntRange(*RANGES["timestamp_minutes"]),
    default=15,
    help="How far a CAMS request's time may be off.",
)
@_option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="json: one JSON object a line, on standard output.",
)
def serve(host: str, port: int, log_format: str, **options: Any) -> None:
    """Serve both vendors on one port: CAMS at /, the Graph API at /<version>/… and /….

    Prints the world, the addresses, lines to paste into a client, and credentials.
    """
    from mockserver.app import create_app
    from mockserver.banner import announce
    from mockserver.logs import log_to
    from mockserver.server import Server

    app = create_app(_settings(options))
    server = Server(app, host, port)
    log_to(log_format)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: server.stop())
    announce(app.extensions["mockserver"], server.url, log_format)
    server.run()


def _settings(options: dict[str, Any]) -> Any:
    from mockserver.clock import parse_day, parse_today
    from mockserver.settings import Settings

    if options["throttle"] != options["throttle"]:
        raise UserError("throttle is nan, expected a number from 0 to 1000000")
    return Settings(
        world=options["world"],
        today=parse_today(options["today"]),
        throttle=options["throttle"],
        lifetime_before=parse_day("lifetime-before", options["lifetime_before"]),
        row_budget=options["row_budget"],
        roas_decimals=int(options["roas_decimals"]),
        most_nodes=options["most_nodes"],
        timestamp_minutes=options["timestamp_minutes"],
        report_seconds=options["report_seconds"],
        review_seconds=options["review_seconds"],
        batch_parts=options["batch_parts"],
    )


@cli.command()
@click.option("--loose", is_flag=True, help="Only what the vendor's pages print: no patterns, few fields.")
@click.option("--server", default=f"http://127.0.0.1:{DEFAULT_PORT}", show_default=True, help="The server's URL.")
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
def openapi(loose: bool, server: str, output: str | None) -> None:
    """Print an OpenAPI 3.1 document of the Graph half, derived from the operation files."""
    from mockserver.openapi import document

    made = document(strict=not loose, server=server)
    _write(orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE), output)


def _write(text: bytes, output: str | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        Path(output).write_bytes(text)
    except OSError as error:
        raise UserError(f"cannot write {output}: {error.strerror}") from None


_style = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to print the table.",
)


@cli.command()
@_style
def operations(style: str) -> None:
    """List what is served: operation, how it is called, permission, limit, source."""
    from mockserver.tables import operation_table

    click.echo(operation_table(style))


@cli.command()
@click.argument("vendor", type=click.Choice(["meta", "cams"]))
@_style
def errors(vendor: str, style: str) -> None:
    """List the errors that a vendor's calls are refused with: HTTP status, code, words."""
    from mockserver.tables import error_table

    click.echo(error_table(vendor, style))


@cli.command()
@_style
def fields(style: str) -> None:
    """List every insights field that the Graph API knows: from the world, left out of rows, or refused."""
    from mockserver.tables import field_table

    click.echo(field_table(style))


@cli.group()
def world() -> None:
    """Make and check world files."""


@world.command("new")
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed makes the same world.")
@click.option(
    "--locale",
    "locales",
    multiple=True,
    default=("en_US",),
    show_default=True,
    metavar="LOCALE",
    help="Faker locale of the names, such as de_DE; may be given several times.",
)
@click.option("--accounts", type=click.IntRange(1, 1000), default=3, show_default=True, help="Ad accounts.")
@click.option("--pages", type=click.IntRange(1, 1000), default=3, show_default=True, help="Messenger pages.")
@click.option("--campaigns", type=click.IntRange(1, 100_000), default=40, show_default=True, help="Campaigns of ads.")
@click.option("--templates", type=click.IntRange(0, 10_000), default=12, show_default=True, help="WhatsApp templates.")
@click.option(
    "--as-of",
    default="2026-11-21",
    show_default=True,
    metavar="DATE",
    help="The day around which campaigns start and end.",
)
@click.option(
    "--months", type=click.IntRange(1, 120), default=20, show_default=True, help="Campaigns are this old at most."
)
@click.option("--name", default="new", show_default=True, help="The world's name.")
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
def new(as_of: str, output: str | None, **options: Any) -> None:
    """Write a world file with names by Faker; everything countable follows from its seed when it is served."""
    from mockserver.clock import parse_day
    from mockserver.world.new import generate

    day = parse_day("as-of", as_of)
    text = orjson.dumps(generate(as_of=day, **options), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    _write(text, output)


@world.command("check")
@click.argument("file")
def check(file: str) -> None:
    """Name each fault of a world file with its JSON path; exit code 2 if there is any.

    FILE is a world file, or the name of a shipped world.
    """
    from mockserver.world.check import faults
    from mockserver.world.load import read_document

    found = faults(read_document(file))
    for fault in found:
        click.echo(fault)
    if found:
        sys.exit(2)
    click.echo(f"{file}: no faults")


for command in (conformance, ledger, record, drift):
    cli.add_command(command)


if __name__ == "__main__":
    main()
