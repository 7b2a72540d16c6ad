"""The kit inside pytest: `pytest contract_tests --target …`; the plugin loads this where the kit is asked for."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from . import conform, engine, report
from .aim import Aim, Make, aimed
from .outcomes import Outcome, Result
from .profile import ProfileFault
from .property import Property
from .secrets import Mask
from .target import Target

SKIPPED = (Outcome.OUT_OF_SCOPE, Outcome.INDETERMINATE, Outcome.DIVERGENCE)


@dataclass
class Kit:
    """One session: its target, and the report that grows with each property."""

    target: Target
    report: conform.Report
    stack: ExitStack = field(default_factory=ExitStack)

    def run(self, one: Property) -> Result:
        """Ask one property, and keep what came of it."""
        result = engine.run(one, self.target, effort=self.report.effort, seed=self.report.seed)
        self.report.add(result, self.target)
        return result


KIT = pytest.StashKey[Kit]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a run; `mockserver conformance` has the same."""
    group = parser.getgroup("conformance", "the contract-test kit")
    group.addoption("--target", default="mock", help="mock (its own, in process), a URL, or live")
    group.addoption("--world", help="the world that a mock serves: a shipped one or a file")
    group.addoption("--profile", help="a TOML file with base URLs, ids and where to find the secrets")
    group.addoption("--vendor", action="append", choices=["meta", "cams"], help="ask this vendor alone")
    group.addoption("--effort", default="default", choices=list(engine.EFFORTS), help="how many examples to draw")
    group.addoption("--only", action="append", help="ids or patterns such as META-T*, or kinds such as refusal")
    group.addoption("--report", metavar="DIR", help="write conformance.html, junit.xml, conformance.json and .md there")
    group.addoption("--allow-writes", action="store_true", help="let properties write to a live vendor")
    group.addoption("--max-calls", type=int, help="the run's budget of calls")
    group.addoption("--seed", type=int, dest="kit_seed", help="the seed of all draws")


def begin(config: pytest.Config, make: Make) -> None:
    """Open the target of this session; raises pytest.UsageError with a plain sentence."""
    option = config.getoption
    writes, most = option("--allow-writes"), option("--max-calls")
    aim = Aim(option("--target"), option("--world"), option("--profile"), writes, most)
    plan = conform.Plan(
        tuple(option("--vendor") or ()), tuple(option("--only") or ()), option("--effort"), option("kit_seed")
    )
    stack = ExitStack()
    try:
        target = stack.enter_context(aimed(aim, make))
        kit = Kit(target, conform.begin(plan, target, aim.arguments()), stack)
    except ProfileFault as fault:
        raise pytest.UsageError(str(fault)) from None
    target.watch(kit.report.properties.values())
    config.stash[KIT] = kit


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each property."""
    if "one" in metafunc.fixturenames and KIT in metafunc.config.stash:
        properties = metafunc.config.stash[KIT].report.properties.values()
        metafunc.parametrize("one", properties, ids=[one.id for one in properties])


@pytest.fixture
def kit(pytestconfig: pytest.Config) -> Kit:
    """The session's target and report."""
    return pytestconfig.stash[KIT]


def judged(result: Result, mask: Mask) -> None:
    """Fail or skip the running test as *result* says."""
    if result.outcome is Outcome.FAIL:
        told = f"{result.reason}\n     got: {result.got!r}\nexpected: {result.expected!r}"
        pytest.fail(mask.text(told), pytrace=False)
    if result.outcome in SKIPPED:
        pytest.skip(mask.text(f"{result.outcome.value}: {result.reason}"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the report that --report asks for."""
    kit = session.config.stash.get(KIT, None)
    folder = session.config.getoption("--report")
    if kit is None or not kit.report.results:
        return
    if folder:
        report.write(kit.report, kit.target.mask, Path(folder))
    if session.exitstatus == pytest.ExitCode.OK and kit.report.exit_code == conform.COULD_NOT_RUN:
        session.exitstatus = pytest.ExitCode.INTERRUPTED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The same table that `mockserver conformance` prints."""
    kit = config.stash.get(KIT, None)
    if kit is not None and kit.report.results:
        terminalreporter.write_line(report.terminal.summary(kit.report, kit.target.mask))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the session's target."""
    kit = config.stash.get(KIT, None)
    if kit is not None:
        kit.stack.close()
