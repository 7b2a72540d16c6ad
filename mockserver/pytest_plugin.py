"""The fixture `mockserver`: a running mock server, started once and reset before each test."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mockserver.running import Running


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "mockserver_world", "the world that the fixture `mockserver` serves: a name or a file", default="default"
    )
    parser.addini("mockserver_throttle", "scales the documented limits in tests; 0 switches them off", default="1")


@pytest.fixture(scope="session")
def mockserver_running(pytestconfig: pytest.Config) -> Iterator["Running"]:
    """The server itself, for fixtures of a wider scope than a test; `mockserver` resets it."""
    from mockserver.running import running
    from mockserver.settings import Settings

    world, throttle = pytestconfig.getini("mockserver_world"), float(pytestconfig.getini("mockserver_throttle"))
    with running(Settings(world=world, throttle=throttle)) as server:
        yield server


@pytest.fixture
def mockserver(mockserver_running: "Running") -> Iterator["Running"]:
    """A mock server at `mockserver.url`, as new; a bug of its own fails the test that met it."""
    mockserver_running.reset()
    yield mockserver_running
    mockserver_running.raise_own_bugs()
