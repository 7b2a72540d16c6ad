"""The command line: serve, operations, errors, world."""

import signal
import sys
import tomllib
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
import orjson

from mockserver.errors import UserError

DEFAULT_PORT = 8086


def _plainly(command: Callable[..., Any]) -> Callable[..., Any]:
    """A user's mistake is one plain line and exit code 2."""

    @wraps(command)
    def wrapped(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except UserError as error:
            click.echo(f"mockserver: {error}", err=True)
            sys.exit(2)

    return wrapped


def _defaults(context: click.Context) -> None:
    """[tool.mockserver] of ./pyproject.toml stands in for options that are not given."""
    path = Path("pyproject.toml")
    if not path.is_file():
        return
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("mockserver", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"pyproject.toml is not TOML: {error}") from None
    options = {name.replace("-", "_"): value for name, value in table.items()}
    known = {parameter.name for parameter in serve.params}
    for name in options:
        if name not in known:
            expected = ", ".join(sorted(str(one).replace("_", "-") for one in known))
            raise UserError(f"[tool.mockserver] in pyproject.toml has {name!r}, expected one of {expected}")
    context.default_map = {"serve": {name: _text(value) for name, value in options.items()}}


def _text(value: Any) -> Any:
    return value if isinstance(value, bool) else str(value)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="mockserver")
@click.pass_context
@_plainly
def main(context: click.Context) -> None:
    """A local mock of Meta's Graph API insights and Alibaba Cloud CAMS, told from one world.

    Every option of `serve` may also stand in the environment (MOCKSERVER_PORT=8086) or in
    pyproject.toml under [tool.mockserver]; the command line wins over the environment, which wins over the file.
    """
    _defaults(context)


@main.command(context_settings={"auto_envvar_prefix": "MOCKSERVER"})
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--world",
    default="default",
    show_default=True,
    metavar="NAME|FILE",
    help="A shipped world (default, docs) or a file.",
)
@click.option(
    "--today", metavar="DATE", help="Hold the world's today still: YYYY-MM-DD, or an instant with its offset."
)
@click.option(
    "--throttle",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    metavar="SCALE",
    help="Scale the documented limits: 0.1 a tenth, 10 tenfold, 0 none.",
)
@click.option(
    "--lifetime-before",
    default="2025-03-01",
    show_default=True,
    metavar="DATE",
    help="Message campaigns created before DATE default to their lifetime, later ones to last_30d.",
)
@click.option(
    "--roas-decimals",
    type=click.Choice(["2", "6"]),
    default="2",
    show_default=True,
    help="Decimals of website_purchase_roas.",
)
@click.option(
    "--timestamp-minutes",
    type=click.IntRange(1, 1440),
    default=15,
    show_default=True,
    help="How far a CAMS request's time may be off.",
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json: one JSON object a line, on standard output.",
)
@_plainly
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
    announce(app.extensions["mockserver"], server.url, log_format)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: server.stop())
    server.run()


def _settings(options: dict[str, Any]) -> Any:
    from datetime import date

    from mockserver.clock import parse_today
    from mockserver.settings import Settings

    before = parse_today(options["lifetime_before"])
    if type(before) is not date:
        raise UserError(f"lifetime-before is {options['lifetime_before']!r}, expected YYYY-MM-DD")
    return Settings(
        world=options["world"],
        today=parse_today(options["today"]),
        throttle=options["throttle"],
        lifetime_before=before,
        roas_decimals=int(options["roas_decimals"]),
        timestamp_minutes=options["timestamp_minutes"],
    )


_style = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to print the table.",
)


@main.command()
@_style
@_plainly
def operations(style: str) -> None:
    """List what is served: operation, how it is called, permission, limit, source."""
    from mockserver.tables import operation_table

    click.echo(operation_table(style))


@main.command()
@click.argument("vendor", type=click.Choice(["meta", "cams"]))
@_style
@_plainly
def errors(vendor: str, style: str) -> None:
    """List the errors that a vendor's calls are refused with: HTTP status, code, words."""
    from mockserver.tables import error_table

    click.echo(error_table(vendor, style))


@main.group()
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
@click.option("--campaigns", type=click.IntRange(1, 100_000), default=40, show_default=True, help="Message campaigns.")
@click.option("--templates", type=click.IntRange(0, 10_000), default=12, show_default=True, help="WhatsApp templates.")
@click.option(
    "--as-of",
    default="2026-11-21",
    show_default=True,
    metavar="DATE",
    help="The day around which campaigns start and end.",
)
@click.option("--name", default="new", show_default=True, help="The world's name.")
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
@_plainly
def new(as_of: str, output: str | None, **options: Any) -> None:
    """Write a world file with names by Faker; everything countable follows from its seed when it is served."""
    from datetime import date

    from mockserver.clock import parse_today
    from mockserver.world.new import generate

    day = parse_today(as_of)
    if type(day) is not date:
        raise UserError(f"as-of is {as_of!r}, expected YYYY-MM-DD")
    text = orjson.dumps(generate(as_of=day, **options), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        Path(output).write_bytes(text)
    except OSError as error:
        raise UserError(f"cannot write {output}: {error.strerror}") from None


@world.command("check")
@click.argument("file")
@_plainly
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


if __name__ == "__main__":
    main()
