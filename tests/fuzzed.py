"""Schemathesis, and the OpenAPI document as it needs it: with ids that exist, and without what is not served."""

import os
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import orjson

from mockserver.contract.load import load as contract
from mockserver.vendors.meta.breakdowns import COLUMNS
from mockserver.world.load import LEVELS, level_of, load

TODAY = "2026-11-21"
CONFIG = Path(__file__).with_name("schemathesis.toml")
HOOKS = Path(__file__).with_name("schemathesis_hooks.py")
_OWNERS = {
    "campaigns": ("account",),
    "adsets": ("account", "campaign"),
    "ads": ("account", "campaign", "adset"),
    "adcreatives": ("account", "adset", "ad"),
    "activities": ("account", "adset"),
}
_KINDS = ("ad", "adset", "campaign", "adaccount")
# as empty as adlabels, which stands for them
_ALIKE = frozenset(
    "activities adimages advideos business_users businesses customaudiences customconversions leads".split()
)
# whose words a text of any kind is refused in, or which make a job of a read
_APART = frozenset({"async"})
_DAYS = {"since": ["2026-08-01", "2026-10-15", "2026-11-01"], "until": ["2026-11-01", "2026-11-20", TODAY]}
_ACTION_TYPES = [f"offsite_conversion.fb_pixel_{name}" for name in ("purchase", "add_to_cart", "lead", "rate")]


def aimed(document: dict[str, Any], world: str = "default") -> dict[str, Any]:
    """*document* with the path's parameters limited to a version and ids of *world*, and no unknown shared ones."""
    found = deepcopy(document)
    for operation in _operations(found):
        operation["parameters"] = [_followed(found, one) for one in operation["parameters"]]
        for one in operation["parameters"]:
            if one["in"] == "path":
                known = ["v26.0"] if one["name"] == "version" else _ids(world, operation["operationId"])
                one["schema"] = {"enum": known}
    return found


def narrowed(document: dict[str, Any]) -> dict[str, Any]:
    """*document* with what is served alone, so that most well-formed requests are answered and looked into."""
    found = deepcopy(document)
    found["paths"] = {path: item for path, item in found["paths"].items() if item["get"]["operationId"] not in _ALIKE}
    for operation in _operations(found):
        links = operation["responses"]["200"].get("links", {})
        for name in _ALIKE & set(links):
            del links[name]
        name = operation["operationId"]
        refused = _APART if name == "insights" else frozenset()
        operation["parameters"] = [one for one in operation["parameters"] if one["name"] not in refused]
        for one in operation["parameters"]:
            if one["name"] == "fields":
                one["schema"]["items"] = {"enum": _served(name) or ["id"]}
            if one["name"] == "time_range":
                _narrow_days(one["content"]["application/json"])
        if name == "insights":
            _narrow_insights({one["name"]: one for one in operation["parameters"]})
    return found


def _narrow_days(days: dict[str, Any]) -> None:
    days["schema"]["properties"] = {name: {"enum": values} for name, values in _DAYS.items()}
    days.pop("examples", None)


def _narrow_insights(parameters: dict[str, Any]) -> None:
    parameters["action_breakdowns"]["schema"]["items"] = {"enum": ["action_type"]}
    parameters["breakdowns"]["schema"]["items"] = {"enum": sorted(COLUMNS)}
    parameters["summary"]["schema"]["items"] = {"enum": _served("insights")}
    days = parameters["time_ranges"]["content"]["application/json"]
    days["schema"]["items"]["properties"] = {name: {"enum": values} for name, values in _DAYS.items()}
    days.pop("examples", None)
    entry = parameters["filtering"]["content"]["application/json"]["schema"]["items"]["properties"]
    entry["field"] = {"enum": ["action_type"]}
    entry["operator"] = {"enum": ["IN", "NOT_IN", "ANY", "NONE", "CONTAINS_ANY", "CONTAINS_ALL", "NOT_CONTAINS_ANY"]}
    entry["value"] = {"type": "array", "items": {"enum": _ACTION_TYPES}}


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (operation for item in document["paths"].values() for operation in item.values())


def _followed(document: dict[str, Any], parameter: dict[str, Any]) -> dict[str, Any]:
    name = parameter.get("$ref", "").rpartition("/")[2]
    followed: dict[str, Any] = deepcopy(document["components"]["parameters"][name]) if name else parameter
    return followed


def _ids(world: str, operation: str) -> list[str]:
    """One id of each level that *operation* takes: the first ad account with an ad, and what stands above that ad."""
    levels = _OWNERS.get(operation, LEVELS if operation in ("insights", "object") else ("account",))
    nodes = load(world).nodes
    return [next(name for name, node in nodes.items() if level_of(node) == level) for level in levels]


def _served(operation: str) -> list[str]:
    operations = contract("meta").operations
    names = _KINDS if operation == "object" else (operation,)
    return sorted({field for name in names for field in operations[name].served})


def schemathesis(
    document: dict[str, Any], url: str, folder: Path, *options: str, tuned: bool = True
) -> subprocess.CompletedProcess[str]:
    """Schemathesis on *document* against *url*, tuned or as it comes, with what it leaves behind in *folder*."""
    file = folder / "openapi.json"
    file.write_bytes(orjson.dumps(document))
    command = [sys.executable, "-m", "schemathesis.cli", *(["--config-file", str(CONFIG)] if tuned else [])]
    arguments = ["run", str(file), "--url", url, "-H", "Authorization: Bearer EAAtok", "--generation-database", "none"]
    without = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE_"))}
    return subprocess.run(
        [*command, *arguments, *options],
        cwd=folder,
        env={**without, "SCHEMATHESIS_HOOKS": str(HOOKS), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
