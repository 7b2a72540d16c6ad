"""The operation files of a vendor, read and compiled once at start."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson

from mockserver.contract.operation import BASE, Operation
from mockserver.errors import ContractBug
from mockserver.resources import folder

VENDORS = ("meta", "cams")
_LISTS = ("data", "Data", "ListTemplate", "PhoneNumbers")


@dataclass(frozen=True, slots=True)
class Contract:
    """All operations of one vendor by name, and the validator of its error bodies."""

    vendor: str
    operations: Mapping[str, Operation]
    error_validator: jsonschema_rs.Validator


@cache
def load(vendor: str) -> Contract:
    """The compiled contract of *vendor*; raises ContractBug that names the file and its fault."""
    files = {path.name: _json(path) for path in sorted((folder("schemas") / vendor).glob("*.json"))}
    error_body = files.pop("_error.json")
    rules = jsonschema_rs.validator_for(_json(folder("schemas") / "operation.json"))
    for name, raw in files.items():
        for fault in rules.iter_errors(raw):
            raise ContractBug(f"{vendor}/{name}: {fault.message} at {list(fault.instance_path)}")
    known = _registry(vendor, files)
    operations = [_compile(_resolved(raw, files) if _refers(raw) else raw, known) for raw in files.values()]
    return Contract(vendor, {one.name: one for one in operations}, jsonschema_rs.validator_for(error_body))


def _json(path: Path) -> Any:
    try:
        return orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise ContractBug(f"{path.name}: {error}") from None


def _refers(raw: Any) -> bool:
    """Whether anything in *raw* points to another file; most do not, and copying them costs the start."""
    return b".json#/" in orjson.dumps(raw)


def _registry(vendor: str, files: Mapping[str, Any]) -> jsonschema_rs.Registry:
    """The files as references see them: objects and edges hold each other to any depth."""
    resources = [(f"{BASE}{vendor}/{name}", raw) for name, raw in files.items()]
    return jsonschema_rs.Registry(resources, draft=jsonschema_rs.Draft202012)


def _resolved(value: Any, files: Mapping[str, Any], listed: bool = False) -> Any:
    """*value* with each {"$ref": "file.json#/a/b"} replaced by what it points to.

    A whole answer stays a reference unless it is what is *listed*: it may hold what holds it.
    """
    if isinstance(value, dict):
        reference = value.get("$ref", "")
        if reference.endswith(".json#/response") and not listed:
            return value
        if ".json#/" in reference:
            file, _, pointer = reference.partition("#/")
            target = files[file]
            for key in pointer.split("/"):
                target = target[key]
            return _resolved(target, files)
        return {key: _resolved(part, files, key == "items") for key, part in value.items()}
    return [_resolved(part, files) for part in value] if isinstance(value, list) else value


def _compile(raw: Mapping[str, Any], known: jsonschema_rs.Registry) -> Operation:
    response = raw["response"]
    listing = _listing(response)
    return Operation(
        vendor=raw["vendor"],
        name=raw["name"],
        summary=raw["summary"],
        methods=tuple(raw["http"]["methods"]),
        path=raw["http"]["path"],
        raw=raw,
        listing=listing,
        record=_record(response, listing),
        files=known,
    )


def _record(response: Mapping[str, Any], listing: str | None) -> Mapping[str, Any]:
    """The schema of one record: of an item of the list, else of the whole answer."""
    if response["type"] == "array":
        items: Mapping[str, Any] = response["items"]
        return items
    return response["properties"][listing]["items"] if listing else response


def _listing(response: Mapping[str, Any]) -> str | None:
    """The property that lists the records of an answer, None where the answer is one record itself."""
    properties = response.get("properties", {})
    if "NextPage" in properties:  # it tells more than its list
        return None
    return next((name for name in _LISTS if "properties" in properties.get(name, {}).get("items", {})), None)
