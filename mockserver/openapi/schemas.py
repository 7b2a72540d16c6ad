"""The answers' schemas as components, shared between operations as the operation files share them."""

from typing import Any

from mockserver.openapi.files import Call, files, operations

Schema = dict[str, Any]
_PREFIX = "#/components/schemas/"


def components() -> dict[str, Schema]:
    """The error body, and for each operation its answer, with its page's row and cursors apart."""
    found = {"error": plain({name: part for name, part in files()["_error"].items() if name != "$schema"})}
    for file in operations():
        answer = plain(file["response"])
        parts = answer["properties"]
        if "paging" in parts:
            found["paging"] = parts["paging"]
            parts["paging"] = reference("paging")
        if "properties" in parts.get("data", {}).get("items", {}):
            found[f"{file['name']}_row"] = parts["data"]["items"]
            parts["data"]["items"] = reference(f"{file['name']}_row")
        found[file["name"]] = answer
    return dict(sorted(found.items()))


def answer(call: Call) -> Schema:
    """The schema of a good answer: of one kind of object, or of any."""
    listed = [reference(file["name"]) for file in call.files]
    return listed[0] if len(listed) == 1 else {"anyOf": listed}


def reference(name: str) -> Schema:
    """The component *name*."""
    return {"$ref": _PREFIX + name}


def plain(value: Any) -> Any:
    """*value* without the keywords of our own, its references led to the components."""
    if isinstance(value, dict):
        if ".json#/" in value.get("$ref", ""):
            return _followed(value["$ref"])
        return {name: plain(part) for name, part in value.items() if not name.startswith("x-")}
    return [plain(part) for part in value] if isinstance(value, list) else value


def _followed(led: str) -> Any:
    """An answer or its row as the component, any other part of an operation file as it stands there."""
    file, _, pointer = led.partition(".json#/")
    if pointer == "response":
        return reference(file)
    if pointer == "response/properties/data/items":
        return reference(f"{file}_row")
    part: Any = files()[file]
    for key in pointer.split("/"):
        part = part[key]
    return plain(part)


def row(file: dict[str, Any]) -> Schema:
    """The schema of one record of the answer, references followed."""
    response: Schema = file["response"]
    if "data" not in response["properties"]:
        return response
    items: Schema = response["properties"]["data"]["items"]
    return row(files()[items["$ref"].partition(".json")[0]]) if "$ref" in items else items
