"""The contract-test kit beside this server: where it lies, and the mocks that it asks."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mockserver.app import WSGI, create_app
from mockserver.clock import Clock, parse_today
from mockserver.resources import folder
from mockserver.settings import Settings
from mockserver.world.load import load

# inside the package when installed, beside it in a checkout
NAME = "mockserver.contract_tests" if folder("contract_tests").parent == Path(__file__).parent else "contract_tests"


def part(name: str) -> Any:
    """A module of the kit by its name, such as `conform`; imported when it is asked for, for Hypothesis is heavy."""
    return importlib.import_module(f"{NAME}.{name}")


def make(world: str, throttle: float, wall: Callable[[], float], steady: Callable[[], float]) -> WSGI:
    """A mock of *world* in this process, by the caller's clocks."""
    settings = Settings(world=world, throttle=throttle)
    app = create_app(settings, clock=Clock(parse_today(load(world).today), wall, steady))
    application: WSGI = app.wsgi_app
    return application
