"""The document: one path item for each path of the Graph contract."""

from typing import Any

from mockserver.openapi import answers, loose, parameters, schemas
from mockserver.openapi.files import OBJECT, Call, calls
from mockserver.settings import Settings

SECURITY = {
    "access_token": {
        "type": "apiKey",
        "in": "query",
        "name": "access_token",
        "description": "In the query; a form or JSON body and an Authorization header are read too.",
    },
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "Authorization: Bearer <token>. Some apps also require appsecret_proof in the query.",
    },
}


def document(*, strict: bool = True, server: str = "http://127.0.0.1:8086") -> dict[str, Any]:
    """The OpenAPI document; *strict* says all that the contract knows, else what the vendor's pages print."""
    listed = calls()
    schemes = SECURITY if strict else {"bearer": SECURITY["bearer"]}
    shared = parameters.shared(listed, strict)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Graph API: insights of marketing messages",
            "version": Settings().latest_version,
            "summary": "What this server answers as Meta's Graph API.",
            "description": _scope(strict),
        },
        "servers": [{"url": server}],
        "security": [{name: []} for name in schemes],
        "tags": _tags(listed),
        "paths": {
            one.path: {method.lower(): _operation(one, strict, shared) for method in one.methods} for one in listed
        },
        "components": {
            "schemas": schemas.components() if strict else loose.components(),
            "parameters": shared,
            **(answers.components(listed) if strict else {}),
            "securitySchemes": dict(schemes),
        },
    }


def _scope(strict: bool) -> str:
    if not strict:
        return "Made from the vendor's pages alone: the documented parameters and fields, with their types."
    return "Derived from the contract of this server: the operation files under schemas/meta and the table of errors."


def _tags(listed: list[Call]) -> list[dict[str, str]]:
    """A tag for each operation file, so that none is lost where several share a path."""
    found = {file["name"]: file["summary"] for one in listed for file in one.files}
    return [{"name": name, "description": found[name]} for name in sorted(found)]


def _operation(call: Call, strict: bool, shared: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": call.id,
        "tags": [file["name"] for file in call.files],
        "summary": _summary(call),
        "description": "\n\n".join(_source(file) for file in call.files),
        "parameters": parameters.listed(call, strict, shared),
        "responses": answers.responses(call) if strict else loose.responses(call),
    }


def _summary(call: Call) -> str:
    if call.id == OBJECT:
        return f"An object by its id: {', '.join(file['name'] for file in call.files)}."
    return str(call.files[0]["summary"])


def _source(file: dict[str, Any]) -> str:
    source = file["source"]
    updated = f", updated {source['updated']}" if "updated" in source else ""
    note = f" ({source['note']})" if "note" in source else ""
    permission = f" Needs {file['permission']}." if file["permission"] else ""
    return f"{file['name']}: {file['summary']} Source: {source['page']}{updated}{note}.{permission}"
