"""Where the data that ships with the package lies: inside it when installed, beside it in a checkout."""

from functools import cache
from pathlib import Path


@cache
def folder(name: str) -> Path:
    """The folder *name* (schemas, fixtures, contract_tests) of this installation."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name
