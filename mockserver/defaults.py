"""Options that stand in [tool.mockserver] of ./pyproject.toml."""

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from mockserver.errors import UserError


def from_pyproject(known: Collection[str]) -> dict[str, Any]:
    """The options by name; raises UserError for a name that is not *known*, or a file that is not TOML."""
    path = Path("pyproject.toml")
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("mockserver", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"pyproject.toml is not TOML: {error}") from None
    if not isinstance(table, dict):
        raise UserError(f"tool.mockserver in pyproject.toml is {table!r}, expected a table")
    options = {name.replace("-", "_"): value for name, value in table.items()}
    for name in options:
        if name not in known:
            expected = ", ".join(sorted(one.replace("_", "-") for one in known))
            raise UserError(f"[tool.mockserver] in pyproject.toml has {name!r}, expected one of {expected}")
    return {name: str(value) for name, value in options.items()}
