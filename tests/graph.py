"""A Graph client for tests, in process, and the one assertion that every Graph error must pass."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from mockserver.clock import Clock
from mockserver.pipeline import Request, Response, Runtime, answer
from mockserver.settings import Settings
from mockserver.vendors.meta.dialect import GraphDialect
from mockserver.world.load import build, load

ORIGIN = "http://graph.test:8086"
ACCOUNT, AD = "act_2390000000001", "120000000000001"  # of the world docs


@dataclass
class Graph:
    """Calls the Graph dialect with *token*, unless a call brings its own or None for no token."""

    runtime: Runtime
    token: str | None = "EAAtok"
    dialect: GraphDialect = field(default_factory=GraphDialect)

    def send(
        self, method: str, path: str, query: str = "", headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Response:
        """Send exactly this."""
        return answer(self.dialect, self.runtime, Request(method, path, query, dict(headers or {}), body, ORIGIN))

    def get(self, path: str, /, **parameters: Any) -> Response:
        """GET *path*; parameters that are not text travel as JSON."""
        parameters.setdefault("access_token", self.token)
        sent = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in parameters.items()
            if value is not None
        }
        return self.send("GET", path, urlencode(sent))

    def read(self, path: str, /, **parameters: Any) -> Any:
        """The body of a good answer."""
        response = self.get(path, **parameters)
        assert response.status == 200, response.body
        return json.loads(response.body)

    def rows(self, path: str, /, **parameters: Any) -> list[dict[str, Any]]:
        """All rows, page by page."""
        found: list[dict[str, Any]] = []
        while True:
            body = self.read(path, **parameters)
            found += body["data"]
            if "next" not in body.get("paging", {}):
                return found
            parameters["after"] = body["paging"]["cursors"]["after"]

    def follow(self, link: str) -> Any:
        """The body of a good answer to a link, opened verbatim."""
        parts = urlsplit(link)
        response = self.send("GET", unquote(parts.path), parts.query)
        assert response.status == 200, response.body
        return json.loads(response.body)


def graph_on(world: Any = "docs", today: date | datetime = date(2026, 11, 21), **settings: Any) -> Graph:
    """A Graph client on a shipped world, or on a world document, with its today held still; unthrottled."""
    file = load(world) if isinstance(world, str) else build(world)
    return Graph(Runtime(replace(Settings(throttle=0), **settings), file, Clock(today)))


def codes(graph: Graph, path: str, count: int) -> list[int]:
    """The error codes of *count* calls of *path*, 0 for a good answer."""
    return [json.loads(graph.get(path).body).get("error", {}).get("code", 0) for _ in range(count)]


def usage(graph: Graph, path: str, name: str = "x-business-use-case-usage") -> dict[str, Any]:
    """A usage header of the next answer to *path*; of a business use case, its own part."""
    told: dict[str, Any] = json.loads(header(graph.get(path), name) or "{}")
    return told if name != "x-business-use-case-usage" else next(iter(told.values()))[0]


def header(response: Response, name: str) -> str | None:
    """The value of a header, by its name in any case."""
    return next((value for key, value in response.headers if key.lower() == name.lower()), None)


def assert_graph_error(
    response: Response,
    *,
    status: int,
    message: str,
    code: int,
    subcode: int | None = None,
    kind: str = "OAuthException",
) -> dict[str, Any]:
    """The whole shape of a Graph error: status, headers, and a body with nothing but its error object."""
    body = json.loads(response.body)
    error = body["error"]
    optional = {"error_subcode", "is_transient", "error_user_title", "error_user_msg"}

    assert list(body) == ["error"]
    assert (response.status, error["message"], error["type"], error["code"]) == (status, message, kind, code)
    assert error.get("error_subcode") == subcode
    assert set(error) - optional == {"message", "type", "code", "fbtrace_id"}
    assert 11 <= len(error["fbtrace_id"]) <= 23
    assert header(response, "Content-Type") == "application/json; charset=UTF-8"
    assert header(response, "Cache-Control") == "no-store"
    challenge = header(response, "www-authenticate") or ""
    assert challenge.startswith('OAuth "Facebook Platform" "invalid_' + ("token" if code == 190 else "request"))
    assert header(response, "ETag") is None
    return error
