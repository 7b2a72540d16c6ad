"""Recordings of right and of faulty vendors, for tests of record and drift."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contract_tests import drift
from contract_tests.aim import Aim, aimed
from contract_tests.target import Target
from mockserver.kit import make
from mockserver.world.new import generate
from tests.mutants.bend import Bend, bent
from tests.worlds import AS_OF

_FOLDER = TemporaryDirectory()


@cache
def small() -> str:
    """The file of a small world with something of everything, whose today stands still."""
    sizes = {"seed": 2, "locales": ["en_US"], "accounts": 1, "campaigns": 6, "templates": 3, "pages": 1}
    world = generate(**sizes, as_of=AS_OF, name="small")
    path = Path(_FOLDER.name) / "small.json"
    path.write_text(json.dumps({**world, "today": AS_OF.isoformat()}), "utf-8")
    return str(path)


def faulty(bend: Bend) -> Callable[..., Any]:
    """Makes mocks as *bend* makes them."""
    return lambda *how: bent(make(*how), bend)


@contextmanager
def asking(bend: Bend | None = None, world: str | None = None) -> Iterator[Target]:
    """A mock in this process, right or as *bend* makes it, of the small world by default."""
    with aimed(Aim(world=world or small()), faulty(bend) if bend else make) as target:
        yield target


def recorded(bend: Bend | None = None, world: str | None = None) -> drift.Recording:
    """What such a mock answers to the probes."""
    with asking(bend, world) as target:
        return drift.asked(target)


@cache
def right() -> drift.Recording:
    """What a right mock answers."""
    return recorded()
