"""What callers set: of a phone number, a space, an instance, or a template in one language."""

from collections.abc import Mapping
from typing import Any

from mockserver.world.ledger import Changed
from mockserver.world.now import World


def of(world: World, *subject: str) -> Mapping[str, Any]:
    """What was set of *subject*, by the names under which change() kept it."""
    return world.made.settings.get(subject, {})


def change(world: World, subject: tuple[str, ...], values: Mapping[str, Any]) -> None:
    """Set *values* of *subject*, beside what else was set of it."""
    world.record(lambda _: Changed(subject, values))


def named(asked: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """What of *names* is *asked*, under the names of our own that they lead to."""
    return {own: asked[name] for name, own in names.items() if name in asked}
