"""The document that the vendor's pages alone would give: a few names and their types, one kind of refusal."""

from typing import Any

from mockserver.openapi.files import Call, File, operations
from mockserver.openapi.schemas import reference

Schema = dict[str, Any]

# "Measure Campaign Performance on Marketing Message API for Messenger": sample requests and parameter table
_INSIGHTS = frozenset({"fields", "time_range", "date_preset", "action_breakdowns", "filtering"})
# its list of fields, sample answers and field reference
_ROW = (
    "marketing_messages_cost_per_delivered marketing_messages_cost_per_link_btn_click marketing_messages_delivered"
    " marketing_messages_link_btn_click marketing_messages_link_btn_click_rate marketing_messages_read_rate"
    " marketing_messages_spend actions action_values website_purchase_roas date_start date_stop"
).split()
# "Graph API, Paginated results", and what each object's page calls it by
_LIST = frozenset({"fields", "limit", "after", "before"})
_OBJECT = ("id", "name", "account_id", "status", "effective_status", "created_time", "currency", "timezone_name")
_ERROR = {"message": "string", "type": "string", "code": "integer", "error_subcode": "integer", "fbtrace_id": "string"}


def parameters(operation: str) -> frozenset[str]:
    """The names of the parameters that the page of *operation* prints."""
    return _INSIGHTS if operation == "insights" else _LIST


def components() -> dict[str, Schema]:
    """Schemas of types alone."""
    told = {name: {"type": kind} for name, kind in _ERROR.items()}
    found = {"error": _object({"error": _object(told)})}
    found |= {file["name"]: _answer(file) for file in operations()}
    return dict(sorted(found.items()))


def responses(call: Call) -> dict[str, Any]:
    """The good answer, and any other."""
    listed = [reference(file["name"]) for file in call.files]
    return {
        "200": _response("The answer.", listed[0] if len(listed) == 1 else {"anyOf": listed}),
        "default": _response("An error.", reference("error")),
    }


def schema(value: Schema) -> Schema:
    """*value* with its types, printed values and defaults, and without its rules."""
    kept: Schema = {name: value[name] for name in ("type", "enum", "default") if name in value}
    if "enum" in value:
        kept["type"] = "string"
    if "items" in value:
        kept["items"] = {"type": schema(value["items"]).get("type", "string")}
    if "properties" in value:
        kept["properties"] = {name: schema(part) for name, part in value["properties"].items()}
    return kept


def _answer(file: File) -> Schema:
    properties = file["response"]["properties"]
    if "data" not in properties:
        return _object({name: {"type": "string"} for name in _OBJECT if name in properties})
    items = properties["data"]["items"]
    listed = reference(items["$ref"].partition(".json")[0]) if "$ref" in items else _row(file["name"], items)
    cursors = _object({"before": {"type": "string"}, "after": {"type": "string"}})
    return _object({"data": {"type": "array", "items": listed}, "paging": _object({"cursors": cursors})})


def _row(operation: str, items: Schema) -> Schema:
    if operation != "insights":
        return _object({name: {"type": "string"} for name in _OBJECT if name in items["properties"]})
    return _object({name: _typed(items["properties"][name]) for name in _ROW})


def _typed(value: Schema) -> Schema:
    if value.get("type") == "array":
        parts = value["items"]["properties"]
        return {"type": "array", "items": _object({name: {"type": "string"} for name in parts})}
    return {"type": "string"}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


def _response(description: str, content: Schema) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": content}}}
