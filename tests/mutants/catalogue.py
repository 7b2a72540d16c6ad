"""What a mutant is, and all of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from tests import mutants
from tests.mutants.bend import Bend
from tests.mutants.patch import Patch

KINDS = (
    "type", "format", "rounding", "rate", "count", "row", "order", "page", "cursor", "parameter", "default", "preset",
    "time", "filter", "level", "status", "refusal", "words", "header", "credential", "state", "template", "switch",
    "xml", "across", "throttle", "robustness", "example",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One faulty vendor: *fault* says what is wrong, *meant* names the property that is there to catch it."""

    id: str
    kind: str
    fault: str
    meant: str
    how: Bend | Patch | tuple[Patch, ...]
    world: str = "default"

    @property
    def vendor(self) -> str:
        """meta or cams."""
        return self.id.partition("-")[0]


def catalogue() -> dict[str, Mutant]:
    """Every mutant by id, in the order of the modules' names."""
    found = list(_all())
    twice = [name for name, count in Counter(one.id for one in found).items() if count > 1]
    assert not twice, twice
    assert all(one.kind in KINDS and one.vendor in ("meta", "cams") for one in found)
    return {one.id: one for one in found}


def _all() -> Iterator[Mutant]:
    for module in iter_modules(mutants.__path__):
        if module.name.startswith(("meta_", "cams_", "both_")):
            yield from import_module(f"{mutants.__name__}.{module.name}").MUTANTS
