"""Fixtures: runtimes on the shipped worlds, with a clock that a test moves."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mockserver.cli import main
from mockserver.clock import Clock
from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.world.load import build, load
from tests.cams import Cams
from tests.cams_world import world_file
from tests.graph import Graph
from tests.worlds import edited

pytest_plugins = ["pytester"]
pytest.register_assert_rewrite("tests.clients")
if "PYTEST_XDIST_WORKER" in os.environ:  # coverage measures the workers of a run, not what they start
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: some tests wait, for limits to pass or for other programs."""
    return (os.cpu_count() or 1) + 1


@dataclass
class Hands:
    """A clock's hands: seconds of the wall and of the steady clock, moved by the test."""

    wall: float = field(default_factory=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp())
    steady: float = 1000.0

    def forward(self, seconds: float) -> None:
        """Let *seconds* pass."""
        self.wall += seconds
        self.steady += seconds

    def clock(self, frozen: date | datetime | None = None) -> Clock:
        """A clock with these hands."""
        return Clock(frozen, lambda: self.wall, lambda: self.steady)


@pytest.fixture(scope="module")
def untraced() -> Iterator[None]:
    """Whole runs take twice as long where coverage follows them, and tell it nothing that others do not."""
    mine, others = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]
    yield
    threading.settrace(others)  # type: ignore[arg-type]
    sys.settrace(mine)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def runtime(hands: Hands) -> Callable[..., Runtime]:
    """Makes a runtime: runtime("docs", throttle=0)."""

    def make(world: str = "docs", frozen: date | datetime | None = None, **settings: Any) -> Runtime:
        chosen = replace(Settings(world=world, throttle=0), **settings)
        return Runtime(chosen, load(world), hands.clock(frozen))

    return make


@pytest.fixture
def docs(runtime: Callable[..., Runtime]) -> Iterator[Graph]:
    """A Graph client on the world of the vendors' printed examples, on 2026-11-21."""
    graph = Graph(runtime("docs"))
    yield graph
    assert graph.runtime.bugs == []


@pytest.fixture
def default(runtime: Callable[..., Runtime]) -> Iterator[Graph]:
    """A Graph client on the default world, on 2026-11-21."""
    graph = Graph(runtime("default"))
    yield graph
    assert graph.runtime.bugs == []


@pytest.fixture
def throttled(hands: Hands) -> Iterator[Callable[..., Graph]]:
    """Makes a throttled Graph client: throttled(edits) on the docs world, throttled() on the default one."""
    made: list[Graph] = []

    def make(edits: dict[str, Any] | None = None, scale: float = 1.0) -> Graph:
        file = load("default") if edits is None else build(edited(edits))
        made.append(Graph(Runtime(Settings(throttle=scale), file, hands.clock(date(2026, 11, 21)))))
        return made[-1]

    yield make
    assert all(graph.runtime.bugs == [] for graph in made)


@pytest.fixture
def cams(hands: Hands) -> Iterator[Cams]:
    """A CAMS client on the world of tests/cams_world.py, on 2026-11-21, unthrottled."""
    client = Cams(Runtime(Settings(throttle=0), world_file(), hands.clock()))
    yield client
    assert client.runtime.bugs == []


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Runs the command line in an empty folder: its exit code, output and error output."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("MOCKSERVER_")]:
        monkeypatch.delenv(name)

    def runs(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mockserver", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return runs


@pytest.fixture
def started(monkeypatch):
    """What `serve` would have served: the settings, host and port."""
    found = {}

    class Recorded:
        url = "http://127.0.0.1:1"

        def __init__(self, app, host, port):
            found.update(runtime=app.extensions["mockserver"], host=host, port=port)

        def run(self):
            found["ran"] = True

    monkeypatch.setattr("mockserver.server.Server", Recorded)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(logging.root, "handlers", [])
    level = logging.root.level
    yield found
    logging.root.setLevel(level)
