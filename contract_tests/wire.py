"""A call as it goes over the wire, and the answer to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request: *target* is the path with its query as sent, percent-encoded."""

    method: str
    origin: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path without the query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> dict[str, str]:
        """The decoded query parameters; of a repeated name the last."""
        return dict(_query(self.target.partition("?")[2]))


@lru_cache(maxsize=16)
def _query(text: str) -> Mapping[str, str]:
    """Taken apart once for all that look at a call."""
    return dict(parse_qsl(text, keep_blank_values=True, errors="replace"))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to *call*: header names in lower case."""

    call: Call
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The listed records, under data or Data; empty where there are none."""
        body = self.json
        if not isinstance(body, dict):
            return []
        listed = body.get("data", body.get("Data"))
        return listed if isinstance(listed, list) else []

    @property
    def error(self) -> dict[str, Any]:
        """The error of a Graph answer, or a CAMS answer's body; empty where there is none."""
        body = self.json
        if not isinstance(body, dict):
            return {}
        found = body.get("error", body)
        return found if isinstance(found, dict) else {}
