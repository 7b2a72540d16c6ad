"""How each parameter travels: in the path, as words with commas, as JSON, or as plain text."""

from typing import Any

import orjson

from mockserver.contract.styles import read
from mockserver.openapi import loose
from mockserver.openapi.files import Call, File, slug
from mockserver.openapi.schemas import plain, row

Parameter = dict[str, Any]

_PATH: dict[str, tuple[str, str]] = {
    "version": (r"^v[0-9]{1,3}\.[0-9]{1,2}$", "A version of the API, such as v26.0."),
    "id": (r"^(act_)?[0-9]+$", "The id of an object; an ad account's begins with act_."),
    "ad_id": (r"^[0-9]+$", "The id of an ad."),
    "adaccount_id": (r"^act_[0-9]+$", "The id of an ad account, with act_ before it."),
}
_HEADER = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of an answer that is known already.",
    "schema": {"type": "string"},
}
_DAY = {"type": "string", "format": "date"}
# what the vendor's pages and errors say of a value beyond the operation file's schema
_BEYOND: dict[str, dict[str, Any]] = {
    # "Must be a date representation in the format YYYY-MM-DD"
    "time_range": {"properties": {"since": _DAY, "until": _DAY}},
    # "time_increment must be an integer between 1 and 90, or one of the following values: monthly, all_days"
    "time_increment": {
        "type": ["integer", "string"],
        "anyOf": [{"type": "integer", "minimum": 1, "maximum": 90}, {"enum": ["monthly", "all_days"]}],
    },
}


def listed(call: Call, strict: bool, common: dict[str, Parameter]) -> list[Parameter]:
    """Those of the path first; what is *common* is referred to."""
    return [_reference(one) if common.get(one["name"]) == one else one for one in _own(call, strict)]


def shared(calls: list[Call], strict: bool) -> dict[str, Parameter]:
    """The parameters that stand in several operations, by name; of those that share a name the most frequent."""
    alike: dict[bytes, list[Parameter]] = {}
    for one in (one for call in calls for one in _own(call, strict)):
        alike.setdefault(orjson.dumps(one), []).append(one)
    repeated = sorted((group for group in alike.values() if len(group) > 1), key=len)
    return dict(sorted((group[0]["name"], group[0]) for group in repeated))


def _reference(parameter: Parameter) -> Parameter:
    return {"$ref": f"#/components/parameters/{parameter['name']}"}


def _own(call: Call, strict: bool) -> list[Parameter]:
    in_path = [_of_path(name, strict) for name in call.in_path]
    in_query = [_of_query(call, name, schema, strict) for name, schema in _asked(call, strict).items()]
    return [*in_path, *in_query, *([_HEADER] if strict else [])]


def _of_path(name: str, strict: bool) -> Parameter:
    pattern, description = _PATH[name]
    schema = {"type": "string", "pattern": pattern} if strict else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


def _asked(call: Call, strict: bool) -> dict[str, Any]:
    """The request properties by name."""
    properties = {name: schema for file in call.files for name, schema in file["request"]["properties"].items()}
    if strict:
        return properties
    return {name: properties[name] for name in properties if name in loose.parameters(call.files[0]["name"])}


def _of_query(call: Call, name: str, schema: dict[str, Any], strict: bool) -> Parameter:
    required = name in call.files[0]["request"].get("required", ())
    told: Parameter = {"name": name, "in": "query", "required": required}
    written = {
        "schema": _schema(call, name, schema) if strict else loose.schema(schema),
        **_printed(call, name, schema),
    }
    match schema.get("x-style"):
        case "json" | "lenient":
            return {**told, "description": "Travels as JSON.", "content": {"application/json": written}}
        case "csv":
            return {**told, "description": "Words with commas between.", "style": "form", "explode": False, **written}
    return {**told, **written}


def _printed(call: Call, name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """What the vendor's sample requests send, read as it is read by the server."""
    requests = {one["title"]: one["request"] for file in call.files for one in file["examples"] if "request" in one}
    found = {title: {"value": read(sent[name], schema)} for title, sent in requests.items() if name in sent}
    return {"examples": {slug(title): value for title, value in found.items()}} if found else {}


def _schema(call: Call, name: str, schema: dict[str, Any]) -> dict[str, Any]:
    written: dict[str, Any] = {**plain(schema), **_BEYOND.get(name, {})}
    return {**written, "items": {"enum": _fields(call.files)}} if name == "fields" else written


def _fields(files: tuple[File, ...]) -> list[str]:
    """Every field that the vendor knows, whether this server answers it or not."""
    return sorted({name for file in files for name in row(file)["properties"]})
