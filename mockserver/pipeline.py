"""The one path from a request to a response, for every vendor."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request as it came: *path* decoded, *query* raw, *headers* with lower-case names.

    *origin* is the scheme and host under which the client sees this server, e.g. http://127.0.0.1:8080.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    origin: str = "http://localhost"


@dataclass(slots=True)
class Response:
    """An HTTP response: status, headers in order, body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
