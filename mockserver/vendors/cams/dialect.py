"""The CAMS dialect: it reads a signed RPC call and writes what the gateway or the product answers."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from mockserver.contract.load import Contract, load
from mockserver.contract.operation import Operation
from mockserver.errors import MockError
from mockserver.gate.paging import Page
from mockserver.gate.throttle import Budget
from mockserver.pipeline import Exchange, Handler, Response, Runtime
from mockserver.vendors.cams import auth, errors, gateway, paged, parameters, xml
from mockserver.vendors.cams.handlers import WORLD, handlers


class CamsDialect:
    """Alibaba Cloud's Chat App Message Service: one mock of pipeline.Dialect."""

    contract: Contract
    handlers: Mapping[str, Handler]

    def __init__(self) -> None:
        self.contract = load("cams")
        self.handlers = handlers(self.contract)
        self._actions = _actions(self.contract)

    def identify(self, runtime: Runtime, exchange: Exchange) -> None:
        """Read the call, then find the operation that it names and its parameters."""
        call = exchange.subject = gateway.received(runtime.file.seed, exchange)
        try:
            call.texts = parameters.texts(exchange.request)
        except MockError:
            call.texts = parameters.how(exchange.request)
            raise
        exchange.named = gateway.operation(call, self._actions)
        exchange.parameters = parameters.merged(call.texts, None if call.by_parameters else exchange.request)

    def authenticate(self, runtime: Runtime, exchange: Exchange) -> None:
        """Check the signature or the bearer token, then the permission."""
        exchange.caller = auth.authenticated(runtime, exchange)

    def budgets(self, runtime: Runtime, exchange: Exchange) -> Sequence[Budget]:
        """The operation's documented calls a second for each account."""
        del runtime
        operation = exchange.operation
        qps = operation.raw["qps"]
        # "This API is limited to 50 queries per second (QPS) for each user. If you exceed this limit, API calls are
        # throttled" — Alibaba Cloud, GetChatappTemplateMetric
        key = ("cams", exchange.caller.owner_id, operation.name)
        return [Budget(key, qps, 1.0, "System.LimitControl")] if qps else []

    def window(self, exchange: Exchange, total: int) -> tuple[int, int | None]:
        """The page of that Index, counted from 1, and Size."""
        del total
        if exchange.operation.raw["paging"] is None:
            return 0, None
        index, size = paged.numbered(exchange.arguments)
        return (index - 1) * size, index * size

    def success(self, exchange: Exchange, page: Page) -> dict[str, Any]:
        """The operation's body, with nothing in it that the operation has not."""
        operation = exchange.operation
        possible: dict[str, Any] = {
            "RequestId": exchange.subject.request_id,
            "Code": "OK",
            "Message": "OK",
            "Success": True,
            "Total": page.total,
            "TotalCount": page.total,
        }
        has = _properties(operation)
        return {name: value for name, value in possible.items() if name in has} | _told(operation, page)

    def failure(self, runtime: Runtime, exchange: Exchange, error: MockError) -> tuple[int, dict[str, Any]]:
        """The error table's words: in the gateway's body, or for a business failure in the operation's."""
        del runtime
        call, words = exchange.subject, errors.worded(error)
        call.headers += errors.headers(error)
        if words.status != errors.BUSINESS:
            return words.status, errors.body(words, call.request_id, error.details.get("denied"))
        body = {"RequestId": call.request_id, "Code": words.code, "Message": words.message}
        return words.status, body | ({"Success": False} if "Success" in _properties(exchange.operation) else {})

    def reply(self, runtime: Runtime, exchange: Exchange, status: int, body: dict[str, Any]) -> Response:
        """JSON or XML, with the headers that the gateway sends."""
        del runtime
        call = exchange.subject
        # SDKs read XML only if the content type is exactly this
        content_type = "application/json;charset=utf-8" if call.format == "JSON" else "text/xml;charset=utf-8"
        if call.format == "JSON":
            data = orjson.dumps(body)
        else:
            data = xml.error(body) if status >= 400 else xml.answer(exchange.operation.name, body)
        headers = [
            ("content-type", content_type),
            ("access-control-allow-origin", "*"),
            ("access-control-expose-headers", "*"),
            ("x-acs-request-id", call.request_id),
            ("x-acs-trace-id", call.trace_id),
            ("etag", f'"{hashlib.blake2b(data, digest_size=16).hexdigest()}"'),
        ]
        return Response(status, [*headers, *call.headers], data)


def _actions(contract: Contract) -> dict[str, Operation]:
    """The operations under every name by which they are called."""
    return {
        name: operation
        for operation in contract.operations.values()
        for name in (operation.name, *operation.raw["http"].get("aliases", ()))
    }


def _told(operation: Operation, page: Page) -> dict[str, Any]:
    """What the records say: a list of them, or the parts of one."""
    write = operation.write if operation.name in WORLD else _as_it_is
    if operation.listing is not None:
        return {operation.listing: [write(record) for record in page.records]}
    return write(page.records[0]) if page.records else {}


def _as_it_is(record: Any) -> Any:
    return record


def _properties(operation: Operation) -> Mapping[str, Any]:
    properties: Mapping[str, Any] = operation.raw["response"]["properties"]
    return properties
