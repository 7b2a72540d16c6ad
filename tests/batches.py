"""Batches in tests: how they are sent and read."""

import json
from typing import Any

from tests.graph import Graph

CAMPAIGN = "120000000000003"

JSON, FORM = "application/json", "application/x-www-form-urlencoded"

BATCH = "GraphBatchException"

RANGE = '{"since":"2024-06-01","until":"2024-12-31"}'


def sent(graph: Graph, parts: Any, path: str = "/v26.0/", **more: Any) -> Any:
    """The answer to a batch in a JSON body."""
    body = json.dumps({"batch": parts, **more}).encode()
    return graph.send("POST", path, "access_token=EAAtok", {"content-type": JSON}, body)


def parts_of(graph: Graph, parts: Any, path: str = "/v26.0/", **more: Any) -> list[Any]:
    """The answers in the answer to a batch, their bodies read."""
    response = sent(graph, parts, path, **more)
    assert response.status == 200, response.body
    return [one and {**one, "body": one["body"] and json.loads(one["body"])} for one in json.loads(response.body)]


def get(url: str, **more: Any) -> dict[str, Any]:
    """An entry that reads *url*."""
    return {"method": "GET", "relative_url": url, **more}


def error(part: Any) -> tuple[int, int, str]:
    """Status, code and message of a refused part."""
    told = part["body"]["error"]
    return part["code"], told["code"], told["message"]
