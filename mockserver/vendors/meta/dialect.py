"""The Graph dialect: it reads a Graph call and writes Graph's answer."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from typing import Any

from mockserver.contract.load import Contract, load
from mockserver.errors import MockError
from mockserver.gate.paging import Page
from mockserver.gate.throttle import Budget
from mockserver.pipeline import Exchange, Handler, Response, Runtime
from mockserver.vendors.meta import (
    auth,
    calls,
    cursor,
    errors,
    export,
    ids,
    limits,
    links,
    modifiers,
    nested,
    objects,
    parameters,
    report_runs,
    route,
)
from mockserver.vendors.meta.batch import batch
from mockserver.vendors.meta.insights import insights

_ROWS = ("insights", "report_run_insights", "export_report")


class GraphDialect:
    """Meta's Graph API: one mock of pipeline.Dialect."""

    contract: Contract
    handlers: Mapping[str, Handler]

    def __init__(self) -> None:
        self.contract = load("meta")
        self.handlers = {
            "insights": insights,
            "insights_async": report_runs.request,
            "report_run": report_runs.read,
            "report_run_insights": report_runs.rows,
            "report_run_delete": report_runs.delete,
            "export_report": export.rows,
            "batch": batch,
            **dict.fromkeys(("ids", "ids_edge"), ids.read),
            **dict.fromkeys(objects.OBJECTS, objects.read),
            **{edge: objects.listed(edge) for edge in objects.EDGES},
        }

    def identify(self, runtime: Runtime, exchange: Exchange) -> None:
        """Take the parameters from wherever they stand; the path is resolved for a known caller only."""
        del runtime
        exchange.parameters = parameters.merged(exchange.request)

    def authenticate(self, runtime: Runtime, exchange: Exchange) -> None:
        """Check the token, then that it may read what the path names."""
        route.ensure_known(exchange.request.method, route.split(exchange.request.path, ""))
        exchange.caller = auth.authenticated(runtime, exchange)
        modifiers.ensure_sound(exchange.parameters)
        called = calls.resolve(runtime, exchange.request, exchange.parameters, exchange.caller)
        exchange.named, exchange.subject = called
        if exchange.operation.raw["permission"] and not auth.may_read(exchange.caller):
            raise MockError("no_permission_ads")

    def budgets(self, runtime: Runtime, exchange: Exchange) -> Sequence[Budget]:
        """The app's calls, those of the account's business use case, and its score."""
        return limits.budgets(runtime, exchange)

    def window(self, exchange: Exchange, total: int) -> tuple[int, int | None]:
        """The rows after or before a cursor, 25 unless a limit is given."""
        del total
        return (0, None) if exchange.operation.raw["paging"] is None else cursor.window(exchange.arguments)

    def success(self, exchange: Exchange, page: Page) -> Any:
        """One object, a page of rows with its cursors, or what becomes of several requests."""
        name, paged = exchange.operation.name, exchange.operation.raw["paging"]
        if name in calls.COMPOSED:
            return list(page.records) if name == "batch" else dict(page.records)
        records = self._told(exchange, page)
        if paged is None and name != "export_report":
            return records[0]
        body: dict[str, Any] = {"data": records}
        if page.records and paged:
            body["paging"] = links.paging(page, links.beside(exchange))
        if exchange.summary is not None:
            body["summary"] = exchange.operation.write(exchange.summary, exchange.summary_names)
        if name not in _ROWS and objects.total_asked(exchange.arguments["summary"]):
            body["summary"] = {"total_count": page.total}
        if exchange.checked is not None:
            exchange.checked = body | {"data": exchange.checked}
        return body

    def _told(self, exchange: Exchange, page: Page) -> list[dict[str, Any]]:
        """The records of *page*, with what is nested in them."""
        if not page.records or not isinstance(page.records[0], objects.Expanded):
            return [exchange.operation.write(record, exchange.names) for record in page.records]
        first = page.records[0]
        teller = nested.teller(exchange, self.handlers, first)
        told = [teller.tell(record) for record in page.records]
        if first.plan.renamed:
            known = [nested.unrenamed(record, first.plan) for record in told]
            exchange.checked = known if exchange.operation.raw["paging"] else known[0]
        return told

    def failure(self, runtime: Runtime, exchange: Exchange, error: MockError) -> tuple[int, dict[str, Any]]:
        """The error table's words."""
        limits.note_error(runtime, exchange, error.name)
        row, message = errors.worded(error)
        return row.status, errors.body(row, message, _letters(runtime, exchange, "fbtrace", 23))

    def reply(self, runtime: Runtime, exchange: Exchange, status: int, body: Any) -> Response:
        """Graph's headers in the order in which they were recorded; 304 where the client has the body."""
        if status >= 400:
            headers = _error_headers(runtime, exchange, body["error"])
            return Response(modifiers.status(exchange, status), headers, modifiers.printed(exchange, body))
        if exchange.operation.name == "export_report":
            return _file(runtime, exchange, export.written(exchange, body))
        data = modifiers.printed(exchange, modifiers.debugged(exchange, body))
        # a recorded ETag is the SHA-1 of its body
        etag = f'"{hashlib.sha1(data, usedforsecurity=False).hexdigest()}"'
        if _known(etag, exchange.request.headers.get("if-none-match", "")):
            status, data = 304, b""
        return Response(status, [("ETag", etag), *_headers(runtime, exchange)], data)


def _file(runtime: Runtime, exchange: Exchange, data: bytes) -> Response:
    return Response(200, [*_headers(runtime, exchange, export.CONTENT), export.disposition(exchange)], data)


def _known(etag: str, sent: str) -> bool:
    """Whether *sent*, an If-None-Match, names *etag*; weak and strong tags are one here."""
    return sent.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in sent.split(","))


def _headers(
    runtime: Runtime, exchange: Exchange, content: str = "application/json; charset=UTF-8"
) -> list[tuple[str, str]]:
    request = exchange.request
    version = route.split(request.path, runtime.settings.latest_version).version
    # over TLS these would bind a browser's localhost to TLS and to port 443; over plain HTTP they are ignored
    plain = not request.origin.startswith("https:")
    return [
        ("Expires", "Sat, 01 Jan 2000 00:00:00 GMT"),
        ("Content-Type", content),
        ("facebook-api-version", version),
        ("x-fb-request-id", "A" + _letters(runtime, exchange, "request", 22)),
        *([("Strict-Transport-Security", "max-age=15552000; preload")] if plain else []),
        ("x-fb-trace-id", _letters(runtime, exchange, "trace", 11)),
        ("x-fb-rev", "1028811234"),
        ("Cache-Control", "private, no-cache, no-store, must-revalidate"),
        ("Pragma", "no-cache"),
        ("x-fb-rlafr", "0"),
        *(limits.usage_headers(runtime, exchange) if exchange.caller is not None else ()),
        ("Access-Control-Allow-Origin", "*"),
        ("X-FB-Debug", _letters(runtime, exchange, "debug", 86) + "=="),
        ("Date", format_datetime(runtime.clock.now(), usegmt=True)),
        *([("Alt-Svc", 'h3=":443"; ma=86400')] if plain else []),
    ]


def _error_headers(runtime: Runtime, exchange: Exchange, error: Mapping[str, Any]) -> list[tuple[str, str]]:
    kind = "invalid_token" if error["code"] == 190 else "invalid_request"
    message = error["message"].encode("ascii", "backslashreplace").decode()
    message = "".join(mark for mark in message.replace('"', '\\"') if mark.isprintable())[:1000]
    headers = [pair for pair in _headers(runtime, exchange) if pair[0] != "Cache-Control"]
    challenge = f'OAuth "Facebook Platform" "{kind}" "{message}"'
    return [("www-authenticate", challenge), ("Cache-Control", "no-store"), *headers]


def _letters(runtime: Runtime, exchange: Exchange, what: str, count: int) -> str:
    """*count* URL-safe letters that belong to this request of this server's run."""
    text = f"{runtime.file.seed}:{exchange.serial}:{what}".encode()
    return base64.urlsafe_b64encode(hashlib.blake2b(text).digest() * 2).decode()[:count]
