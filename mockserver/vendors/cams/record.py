"""Records for operations of which much is known to the vendor and little to a world."""

from collections.abc import Iterable, Mapping
from typing import Any

from mockserver.gate.paging import Records


class Sparse(dict[str, Any]):
    """A record that has None wherever it has nothing, and so leaves it out of an answer."""

    def __missing__(self, key: str) -> None:
        return None


def sparse(value: Any) -> Any:
    """*value* with every object in it sparse."""
    if isinstance(value, Mapping):
        return Sparse({name: sparse(part) for name, part in value.items()})
    return [sparse(part) for part in value] if isinstance(value, list | tuple) else value


def one(**values: Any) -> Records:
    """An answer that is one record of *values*."""
    return Records((sparse(values),), lambda record: record)


def many(rows: Iterable[Any]) -> Records:
    """An answer that lists *rows*, all of them worked out."""
    return Records([sparse(row) for row in rows], lambda record: record)


NOTHING = one()
