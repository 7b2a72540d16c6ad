"""One mutant asked by the kit: which properties it breaks, and after how many calls."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from unittest import mock

from contract_tests import engine
from contract_tests.aim import Aim, aimed
from contract_tests.outcomes import Outcome, Result
from contract_tests.property import Property
from contract_tests.property import catalogue as properties
from contract_tests.target import Target
from mockserver.app import create_app
from mockserver.clock import Clock
from mockserver.settings import Settings
from tests.mutants.bend import WSGI, bent
from tests.mutants.catalogue import Mutant, catalogue
from tests.mutants.patch import Patch, patched

# a Saturday on which the shipped ad accounts are not all on the same day
MOMENT = datetime(2026, 11, 21, 4, tzinfo=UTC)
EFFORTS = ("quick", "default")
Tick = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one mutant: the properties that it broke, and the calls until the first of them did."""

    mutant: str
    effort: str
    broken: tuple[str, ...]
    sentence: str  # how the first of them says it
    calls: int
    seconds: float
    bugs: int = 0  # answers that broke in the server: a fault that does not run as meant

    @property
    def caught(self) -> bool:
        """Whether a property was broken by the fault, and not by a bug of its making."""
        return bool(self.broken) and not self.bugs


@dataclass(slots=True)
class Servers:
    """Makes right servers; one of each world is kept, as good as new, for mutants that only bend what it says."""

    kept: dict[str, tuple[Any, dict[str, Tick]]] = field(default_factory=dict)

    def new(self, world: str, throttle: float, wall: Tick, steady: Tick) -> WSGI:
        """A server of its own."""
        return create_app(Settings(world=world, throttle=throttle), clock=Clock(None, wall, steady)).wsgi_app

    def again(self, world: str, wall: Tick, steady: Tick) -> WSGI:
        """The kept server of *world*, unthrottled, which has forgotten all that happened."""
        if world not in self.kept:
            hands = {"wall": wall, "steady": steady}
            clock = Clock(None, lambda: hands["wall"](), lambda: hands["steady"]())
            self.kept[world] = create_app(Settings(world=world, throttle=0), clock=clock), hands
        app, hands = self.kept[world]
        hands.update(wall=wall, steady=steady)
        app.extensions["mockserver"].reset()
        found: WSGI = app.wsgi_app
        return found


SERVERS = Servers()
known = cache(properties)
mutants = cache(catalogue)


def verdict(name: str, *, efforts: Iterable[str] = EFFORTS, seed: int = 0, every: bool = False) -> Verdict:
    """What comes of the mutant *name*; see judged()."""
    return judged(mutants()[name], efforts=efforts, seed=seed, every=every)


def judged(mutant: Mutant, *, efforts: Iterable[str] = EFFORTS, seed: int = 0, every: bool = False) -> Verdict:
    """Ask the properties meant for *mutant*, at one effort after the other, until one is broken; or *every* one."""
    meant = [known()[one] for one in mutant.meant.split()]
    chosen = [*meant, *(one for one in known().values() if one not in meant)] if every else meant
    found = Verdict(mutant.id, "", (), "", 0, 0.0)
    for effort in efforts:
        found = asked(mutant, chosen, effort, seed, every=every)
        if found.broken or found.bugs:
            break
    return found


def asked(mutant: Mutant, chosen: Iterable[Property], effort: str, seed: int, *, every: bool = False) -> Verdict:
    """The verdict of *chosen*, asked until the first of them is broken, or to the last."""
    started, broken, calls = time.perf_counter(), list[Result](), 0
    with faulty(mutant) as (target, counted, bugs):
        for result in engine.run_all(chosen, target, effort=effort, seed=seed):
            if result.outcome is not Outcome.FAIL:
                continue
            calls = calls or sum(counted)
            broken.append(result)
            if not every:
                break
    names = tuple(one.property_id for one in broken)
    seconds = time.perf_counter() - started
    return Verdict(mutant.id, effort, names, broken[0].reason if broken else "", calls, seconds, len(bugs))


@contextmanager
def faulty(mutant: Mutant) -> Iterator[tuple[Target, list[int], list[str]]]:
    """The target that *mutant* makes of a mock, at the MOMENT, its calls and its bugs; failures are not shrunk."""
    patches = () if callable(mutant.how) else (mutant.how,) if isinstance(mutant.how, Patch) else mutant.how
    counted: list[int] = []
    bugs: list[str] = []

    def make(world: str, throttle: float, wall: Tick, steady: Tick) -> WSGI:
        only_bends = not patches and not counted and not throttle
        app = SERVERS.again(world, wall, steady) if only_bends else SERVERS.new(world, throttle, wall, steady)
        counted.append(0)
        watched = _watched(app, bugs)
        return _counting(bent(watched, mutant.how) if callable(mutant.how) else watched, counted, len(counted) - 1)

    with (
        patched(*patches),
        mock.patch.object(engine, "MOST_SHRINKS", 0),
        aimed(Aim(world=mutant.world), make) as target,
    ):
        assert target.forward
        target.forward(MOMENT.timestamp() - time.time())
        yield target, counted, bugs


def _watched(app: WSGI, bugs: list[str]) -> WSGI:
    """*app*, whose answers with X-Mock-Bug are noted."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def started(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            bugs.extend(value for name, value in headers if name.lower() == "x-mock-bug")
            return start_response(status, headers, *more)

        return app(environ, started)

    return application


def _counting(app: WSGI, counted: list[int], at: int) -> WSGI:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        counted[at] += 1
        return app(environ, start_response)

    return application
