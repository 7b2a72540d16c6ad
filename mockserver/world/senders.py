"""Who sends: an object of the hierarchy with those of its ads that are asked for."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from mockserver.world.entities import Ad
from mockserver.world.load import Node


@dataclass(frozen=True, slots=True)
class Choice:
    """Some ads of a world: equal *key*s choose the same."""

    key: Hashable
    takes: Callable[[Ad], bool] = field(compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Sender:
    """*node*, of which only *ads* count; *key* says which they are."""

    node: Node
    key: Hashable
    ads: tuple[Ad, ...]
