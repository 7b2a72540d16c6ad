"""The fixture `mockserver`: a running mock server, started once and reset before each test; and the door to the kit."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.resources import folder
from mockserver.settings import RANGES

if TYPE_CHECKING:
    from mockserver.running import Running


COUNTS = ("row_budget", "report_seconds", "review_seconds", "batch_parts", "most_nodes")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "mockserver_world", "the world that the fixture `mockserver` serves: a name or a file", default="default"
    )
    parser.addini("mockserver_throttle", "scales the documented limits in tests; 0 switches them off", default="1")
    parser.addini("mockserver_today", "holds the world's today still: YYYY-MM-DD, or an instant with its offset")
    for name in COUNTS:
        parser.addini(f"mockserver_{name}", f"as --{name.replace('_', '-')} of mockserver serve")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: Sequence[str]) -> None:
    """`pytest contract_tests` has options of its own, which must not get in the way of any other session."""
    if _asks_for_the_kit(args, early_config.invocation_params.dir):
        from mockserver import kit

        early_config.pluginmanager.register(kit.part("pytest_kit"), "mockserver-kit")


def _asks_for_the_kit(args: Sequence[str], where: Path) -> bool:
    named = [arg.partition("::")[0] for arg in args if not arg.startswith("-")]
    if "--pyargs" in args and any(arg.startswith("mockserver.contract_tests") for arg in named):
        return True
    ours = folder("contract_tests")
    return any((where / arg).resolve().is_relative_to(ours) for arg in [*named, "."])


def pytest_configure(config: pytest.Config) -> None:
    """Open the target of the kit, if the kit is asked for."""
    session = config.pluginmanager.get_plugin("mockserver-kit")
    if session is not None:
        from mockserver.kit import make

        session.begin(config, make)


@pytest.fixture(scope="session")
def mockserver_running(pytestconfig: pytest.Config) -> Iterator["Running"]:
    """The server itself, for fixtures of a wider scope than a test; `mockserver` resets it."""
    from mockserver.clock import parse_today
    from mockserver.running import running
    from mockserver.settings import Settings

    texts = {name: pytestconfig.getini(f"mockserver_{name}") for name in COUNTS}
    counts: dict[str, Any] = {name: count(name, text) for name, text in texts.items() if text}
    settings = Settings(
        world=pytestconfig.getini("mockserver_world"),
        throttle=throttle(pytestconfig.getini("mockserver_throttle")),
        today=parse_today(pytestconfig.getini("mockserver_today") or None),
        **counts,
    )
    with running(settings) as server:
        yield server


def count(name: str, text: str) -> int:
    """The setting *name*; raises UsageError where *text* is none."""
    least, most = RANGES[name]
    if not text.isdecimal() or not least <= int(text) <= (most or int(text)):
        expected = f"from {least} to {most}" if most else f"from {least} on"
        raise pytest.UsageError(f"mockserver_{name} is {text!r}, expected a whole number {expected}")
    return int(text)


def throttle(text: str) -> float:
    """The scale of limits; raises UsageError where *text* is none."""
    try:
        scale = float(text)
    except ValueError:
        scale = -1
    least, most = RANGES["throttle"]
    if not least <= scale <= (most or scale):
        raise pytest.UsageError(f"mockserver_throttle is {text!r}, expected a number from {least} to {most}")
    return scale


@pytest.fixture
def mockserver(mockserver_running: "Running") -> Iterator["Running"]:
    """A mock server at `mockserver.url`, as new; a bug of its own fails the test that met it."""
    mockserver_running.reset()
    yield mockserver_running
    mockserver_running.raise_own_bugs()
