"""A middleware between the kit and a right vendor, which bends what is asked or what is answered."""

import hashlib
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
EDGES = ("insights", "campaigns", "adsets", "ads", "adaccounts", "me")
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request; *kept* is what the faulty server remembers from one request to the next."""

    environ: dict[str, Any]
    kept: dict[str, Any]
    body: bytes = b""

    @property
    def method(self) -> str:
        """GET and the like."""
        return str(self.environ["REQUEST_METHOD"])

    @property
    def path(self) -> str:
        """The path without the query, decoded as WSGI does it."""
        return str(self.environ["PATH_INFO"])

    @property
    def parts(self) -> list[str]:
        """The components of a Graph path after its version: an id, and perhaps an edge."""
        parts = [part for part in self.path.split("/") if part]
        return parts[1:] if parts and parts[0][:1] == "v" and parts[0][1:].replace(".", "").isdigit() else parts

    @property
    def vendor(self) -> str:
        """CAMS owns /, Meta every other path."""
        return "cams" if self.path == "/" else "meta"

    @property
    def operation(self) -> str:
        """The CAMS action; the edge of a Graph path, or `object` for a read of one."""
        if self.vendor == "cams":
            return self.header("x-acs-action") or self.parameters.get("Action", "")
        last = self.parts[-1] if self.parts else ""
        return last if last in EDGES else "object"

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the query and of a form, decoded."""
        form = self.body.decode("utf-8", "replace") if self.header("content-type").startswith(FORM) else ""
        both = f"{form}&{self.environ.get('QUERY_STRING', '')}"
        return dict(parse_qsl(both, keep_blank_values=True, errors="surrogateescape"))

    def header(self, name: str) -> str:
        """The value of a header, empty where there is none."""
        key = name.upper().replace("-", "_")
        return str(self.environ.get(key if key == "CONTENT_TYPE" else f"HTTP_{key}", ""))

    def having(self, **changes: str | None) -> "Asked":
        """The same request with other query parameters; None leaves one out."""
        whole = {**self.parameters, **changes}
        kept = {name: value for name, value in whole.items() if value is not None}
        return self.told(QUERY_STRING=urlencode(kept, quote_via=quote, errors="surrogateescape"))

    def told(self, **environ: str) -> "Asked":
        """The same request with other entries of its WSGI environment."""
        return replace(self, environ={**self.environ, **environ})


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def good(self) -> bool:
        """Whether the request has been answered and not refused."""
        body = self.json
        return self.status == 200 and (not isinstance(body, dict) or body.get("Code", "OK") == "OK")

    @property
    def rows(self) -> list[Any]:
        """The listed records, which may be edited and written back; empty where there are none."""
        body = self.json if self.good else None
        found = (body.get("data") or body.get("Data")) if isinstance(body, dict) else None
        return found if isinstance(found, list) else []

    def header(self, name: str) -> str:
        """The value of a header, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def headed(self, **headers: str | None) -> "Reply":
        """The same answer with other headers, - written _; None leaves one out."""
        changed = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        kept = [pair for pair in self.headers if pair[0].lower() not in changed]
        return replace(self, headers=(*kept, *((name, value) for name, value in changed.items() if value is not None)))

    def holding(self, body: Any, status: int | None = None) -> "Reply":
        """The same answer with another body, JSON unless it is bytes, and the length and ETag that belong to it."""
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        made = replace(self, body=data, status=status or self.status).headed(content_length=str(len(data)))
        tag = self.header("etag")
        if not tag:
            return made
        digest = hashlib.sha1(data, usedforsecurity=False) if len(tag) == 42 else hashlib.blake2b(data, digest_size=16)
        return made.headed(etag=f'"{digest.hexdigest()}"')

    def listing(self, rows: list[Any]) -> "Reply":
        """The same answer with other rows."""
        name = "data" if "data" in self.json else "Data"
        return self.holding({**self.json, name: rows})


Inner = Callable[[Asked], Reply]
Bend = Callable[[Asked, Inner], Reply]


def bent(app: WSGI, bend: Bend) -> WSGI:
    """*app* as *bend* makes it; what is under /_mock, and is no vendor's, stays as it is."""
    kept: dict[str, Any] = {}

    def inner(asked: Asked) -> Reply:
        told: list[Any] = []
        environ = {**asked.environ, "wsgi.input": io.BytesIO(asked.body), "CONTENT_LENGTH": str(len(asked.body))}
        chunks = app(environ, lambda status, headers, *_: told.extend((int(status[:3]), tuple(headers))))
        return Reply(told[0], told[1], b"".join(chunks))

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith("/_mock"):
            return app(environ, start_response)
        body = environ["wsgi.input"].read() if environ.get("CONTENT_LENGTH") not in (None, "", "0") else b""
        reply = bend(Asked(environ, kept, body), inner)
        start_response(f"{reply.status} Bent", list(reply.headers))
        return (reply.body,)

    return application
