"""What is answered: good pages with their headers and links, 304, and every documented refusal as an example."""

from typing import Any

from mockserver.openapi.files import OBJECT, Call, calls, slug
from mockserver.openapi.schemas import answer, reference
from mockserver.vendors.meta import errors

Part = dict[str, Any]

_TRACE = "AbCdEfGhIjKlMnOpQrStUvW"
_PERCENT = {"type": "number", "minimum": 0}
_TIER = {"enum": ["development_access", "standard_access"]}
_SPENT = {"call_count": _PERCENT, "total_cputime": _PERCENT, "total_time": _PERCENT}


def _object(properties: Part) -> Part:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def _json(schema: Part) -> Part:
    """A header's text that is JSON."""
    return {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}


# name → schema; each was recorded on the live service
HEADERS: dict[str, Part] = {
    "ETag": {"type": "string", "pattern": '^"[0-9a-f]{40}"$'},
    "Expires": {"const": "Sat, 01 Jan 2000 00:00:00 GMT"},
    "facebook-api-version": {"type": "string", "pattern": r"^v[0-9]{1,3}\.[0-9]{1,2}$"},
    "x-fb-request-id": {"type": "string", "pattern": "^A[A-Za-z0-9_-]{22}$"},
    "x-fb-trace-id": {"type": "string", "pattern": "^[A-Za-z0-9_-]{11}$"},
    "x-fb-rev": {"type": "string", "pattern": "^[0-9]{10}$"},
    "Cache-Control": {"enum": ["private, no-cache, no-store, must-revalidate"]},
    "Pragma": {"const": "no-cache"},
    "x-fb-rlafr": {"type": "string"},
    "Access-Control-Allow-Origin": {"const": "*"},
    "X-FB-Debug": {"type": "string", "pattern": "^[A-Za-z0-9+/_-]{86}==$"},
    "x-app-usage": _json(_object(_SPENT)),
    "x-ad-account-usage": _json(
        _object({"acc_id_util_pct": _PERCENT, "reset_time_duration": _PERCENT, "ads_api_access_tier": _TIER})
    ),
    "x-business-use-case-usage": _json(
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {
                "type": "array",
                "minItems": 1,
                "items": _object(
                    {
                        "type": {"enum": ["ads_insights", "ads_management"]},
                        **_SPENT,
                        "estimated_time_to_regain_access": _PERCENT,
                        "ads_api_access_tier": _TIER,
                    }
                ),
            },
        }
    ),
    "x-fb-ads-insights-throttle": _json(
        _object({"app_id_util_pct": _PERCENT, "acc_id_util_pct": _PERCENT, "ads_api_access_tier": _TIER})
    ),
    "www-authenticate": {"type": "string", "pattern": '^OAuth "Facebook Platform" "invalid_(request|token)" ".*"$'},
}
_ACCOUNT = ("x-ad-account-usage", "x-business-use-case-usage")
_INSIGHTS = "x-fb-ads-insights-throttle"
# an error has a challenge in place of the tag, no-store in place of the rest, and usage where the caller is known
_NOT_ON_ERRORS = frozenset({"ETag", "Cache-Control", "x-app-usage", *_ACCOUNT, _INSIGHTS})


def responses(call: Call) -> Part:
    """The responses of *call* by status."""
    good = {
        "description": "The answer.",
        "headers": _headers(call),
        "content": {"application/json": {"schema": answer(call), **_printed(call)}},
        **_links(call),
    }
    statuses = sorted({errors.ERRORS[name].status for name in call.errors})
    return {
        "200": good,
        "304": {"description": "The answer has the ETag that If-None-Match names.", "headers": _headers(call)},
        **{str(status): _refusals(call, status) for status in statuses},
    }


def components(listed: list[Call]) -> Part:
    """The shared headers and the refusals by name."""
    refused = sorted({name for call in listed for name in call.errors})
    headers = {name: {"required": True, "schema": schema} for name, schema in HEADERS.items()}
    no_store = {"required": True, "schema": {"const": "no-store"}}
    return {
        "headers": dict(sorted({**headers, "no-store": no_store}.items())),
        "examples": {name: _refusal(name) for name in refused},
    }


def _headers(call: Call) -> Part:
    """The headers of a good answer: usage of the ad account where there is one, of insights where they are asked."""
    without = {"www-authenticate"}
    if "id}" not in call.path:
        without |= {*_ACCOUNT}
    if call.id != "insights":
        without.add(_INSIGHTS)
    told = {name: _header(name) for name in HEADERS if name not in without}
    if call.id != OBJECT:
        return told
    # of a page, which has no ad account, none is told
    return {**told, **{name: {"required": False, "schema": HEADERS[name]} for name in _ACCOUNT}}


def _header(name: str) -> Part:
    return {"$ref": f"#/components/headers/{name}"}


def _refusals(call: Call, status: int) -> Part:
    named = [name for name in call.errors if errors.ERRORS[name].status == status]
    examples = {name: {"$ref": f"#/components/examples/{name}"} for name in named}
    headers = {name: _header(name) for name in HEADERS if name not in _NOT_ON_ERRORS}
    return {
        "description": f"Refused: {', '.join(named)}.",
        "headers": {**headers, "Cache-Control": _header("no-store")},
        "content": {"application/json": {"schema": reference("error"), "examples": examples}},
    }


def _refusal(name: str) -> Part:
    row = errors.ERRORS[name]
    message = row.message.replace("{{", "\0").replace("}}", "\1").replace("{", "<").replace("}", ">")
    message = message.replace("\0", "{").replace("\1", "}")
    return {"summary": f"{row.code}: {name}", "value": errors.body(row, message, _TRACE)}


def _printed(call: Call) -> Part:
    """The vendor's printed answers."""
    printed = [example for file in call.files for example in file["examples"]]
    if not printed:
        return {}
    return {"examples": {slug(one["title"]): {"summary": one["title"], "value": one["response"]} for one in printed}}


def _links(call: Call) -> Part:
    """To the next page, and from a listed object to what is asked of it."""
    if not call.paged:
        return {}
    links = {"next_page": _link(call.id, **_path(call), after="$response.body#/paging/cursors/after")}
    for other in calls():
        if call.id != "insights" and other.id != call.id and _leads(call, other):
            first = dict.fromkeys(_path(other), "$response.body#/data/0/id")
            links[other.id] = _link(other.id, **{**first, "version": "$request.path.version"})
    return {"links": links}


def _link(to: str, **parameters: str) -> Part:
    return {"operationId": to, "parameters": parameters}


def _path(call: Call) -> dict[str, str]:
    """The parameters of the path, as they were sent."""
    return {name: f"$request.path.{name}" for name in call.in_path}


def _leads(call: Call, other: Call) -> bool:
    """Every object has itself and its insights; an ad account has the lists too."""
    return other.id in (OBJECT, "insights") or (call.id == "adaccounts" and other.path != "/{version}/me")
