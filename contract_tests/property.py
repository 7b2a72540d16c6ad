"""The catalogue: every property with the vendor's sentence that it tests, where it must hold, and what it costs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .ask import Ask

Check = Callable[["Ask"], None]
KINDS = (
    "shape", "refusal", "fuzz", "honoured", "metamorphic", "identity", "cams", "across", "throttle", "effect",
    "stateful",
)  # fmt: skip


class Live(Enum):
    """Where a property holds."""

    SAFE = "live-safe"  # true of the live API as it stands
    TOLERANT = "live with tolerance"  # true of it but for what the vendor calls estimated or in development
    MOCK = "mock only"  # never to be asked of a live API


@dataclass(frozen=True, slots=True)
class Property:
    """One property: *calls* is the cost of one example, *examples* how many are drawn at the default effort.

    A property with *watches* is also judged by every answer of the run, whatever asked for it.
    """

    id: str
    title: str
    sentence: str
    page: str
    kind: str
    vendors: tuple[str, ...]
    live: Live
    calls: int
    check: Check
    examples: int = 12
    writes: bool = False
    watches: Callable[[Any], None] | None = None
    last: bool = False  # it leaves the target in a state that disturbs others, such as a spent limit


CATALOGUE: dict[str, Property] = {}


def contract(
    id: str,  # noqa: A002  # the field's word
    title: str,
    *,
    sentence: str,
    page: str,
    kind: str,
    live: Live,
    calls: int,
    vendors: tuple[str, ...] | None = None,
    **more: Any,
) -> Callable[[Check], Check]:
    """Put the decorated function into the catalogue; its vendor follows from the id: META-…, CAMS-…, BOTH-…."""
    if id in CATALOGUE:
        raise ValueError(f"two properties are called {id}")
    if kind not in KINDS or not isinstance(live, Live):
        raise ValueError(f"{id}: kind {kind!r} or place {live!r} is unknown")
    prefix = id.partition("-")[0]
    found = vendors or {"META": ("meta",), "CAMS": ("cams",), "BOTH": ("meta", "cams")}[prefix]

    def put(check: Check) -> Check:
        CATALOGUE[id] = Property(id, title, sentence, page, kind, found, live, calls, check, **more)
        return check

    return put


def catalogue() -> dict[str, Property]:
    """Every property by id, in the order of a run: cheap ones of every kind first, what disturbs others last."""
    from . import properties

    for module in walk_packages(properties.__path__, properties.__name__ + "."):
        import_module(module.name)
    return {one.id: one for one in _breadth_first()}


def _breadth_first() -> Iterator[Property]:
    """The cheapest of each kind and vendor, then the second of each, so that a small budget says most.

    What watches comes last of all, when every answer has been seen.
    """
    queues: dict[tuple[str, tuple[str, ...]], list[Property]] = {}
    for one in sorted(CATALOGUE.values(), key=lambda one: (one.calls, one.id)):
        if not one.last and one.watches is None:
            queues.setdefault((one.kind, one.vendors), []).append(one)
    longest = max(map(len, queues.values()), default=0)
    for turn in range(longest):
        yield from (queue[turn] for _, queue in sorted(queues.items()) if turn < len(queue))
    yield from (one for one in CATALOGUE.values() if one.last)
    yield from (one for one in CATALOGUE.values() if one.watches is not None and not one.last)
