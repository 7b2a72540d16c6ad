"""The one path from a request to a response, for every vendor."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol
from urllib.parse import quote

import orjson

from mockserver.clock import Clock
from mockserver.contract.load import Contract
from mockserver.contract.operation import Operation, ensure
from mockserver.errors import ContractBug, MockError
from mockserver.gate.nonces import Nonces
from mockserver.gate.paging import Page, Records, page
from mockserver.gate.throttle import Budget, Throttle
from mockserver.settings import Settings
from mockserver.world.load import WorldFile
from mockserver.world.now import World

log = logging.getLogger("mockserver")


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


@dataclass(slots=True)
class Exchange:
    """One request on its way: each step fills in what the next one reads."""

    request: Request
    serial: int
    parameters: Mapping[str, Any] = field(default_factory=dict)
    named: Operation | None = None
    subject: Any = None  # what the path names
    caller: Any = None
    arguments: dict[str, Any] = field(default_factory=dict)
    names: tuple[str, ...] | None = None
    summary: Any = None
    summary_names: tuple[str, ...] | None = None
    checked: Any = None  # the body as its schema knows it, where a client gave names of its own

    @property
    def operation(self) -> Operation:
        """The operation, once it is identified."""
        assert self.named is not None
        return self.named


class Runtime:
    """All mutable state of one server; reset() renews it."""

    def __init__(self, settings: Settings, file: WorldFile, clock: Clock) -> None:
        self.settings = settings
        self.file = file
        self.clock = clock
        self.world = World(file, clock)
        self.world.compile()
        self.reset()

    def reset(self) -> None:
        """Forget everything since the start: what happened in the world, throttles, nonces and bugs."""
        self.world.reset()
        self.throttle = Throttle(lambda: self.clock.steady(), self.settings.throttle)
        self.nonces = Nonces(self.settings.nonce_minutes * 60)
        self.serial: Iterator[int] = count(1)
        self.bugs: list[BaseException] = []


@dataclass(frozen=True, slots=True)
class Question:
    """What a handler is asked: of whom (*subject*), by whom (*caller*), with which arguments, in which call."""

    subject: Any
    caller: Any
    arguments: Mapping[str, Any]
    settings: Settings
    call: "Call"


Handler = Callable[[World, Question], Records]


@dataclass(frozen=True, slots=True)
class Call:
    """The call that a question came in: its *request*, and the way in for the requests that it is made of."""

    dialect: "Dialect"
    runtime: Runtime
    request: Request

    def answer(self, request: Request, refusal: MockError | None = None) -> Response:
        """The response to a request within this one: *refusal* where it is refused already."""
        return answer(self.dialect, self.runtime, request, refusal)

    def read(self, request: Request) -> Any:
        """The body of a good answer to a request within this one; raises MockError where it is refused."""
        return _serve(self.dialect, self.runtime, Exchange(request, next(self.runtime.serial)))


class Dialect(Protocol):
    """One vendor: it reads the wire, and it alone words what is written to it."""

    @property
    def contract(self) -> Contract: ...

    @property
    def handlers(self) -> Mapping[str, Handler]: ...

    def identify(self, runtime: Runtime, exchange: Exchange) -> None:
        """Find out which operation is called, with which parameters."""

    def authenticate(self, runtime: Runtime, exchange: Exchange) -> None:
        """Find out who calls, and whether they may."""

    def budgets(self, runtime: Runtime, exchange: Exchange) -> Sequence[Budget]:
        """The limits that the call counts against."""

    def window(self, exchange: Exchange, total: int) -> tuple[int, int | None]:
        """The first record of the page that is asked for, and the one after its last."""

    def success(self, exchange: Exchange, page: Page) -> Any:
        """The body of a good answer."""

    def failure(self, runtime: Runtime, exchange: Exchange, error: MockError) -> tuple[int, dict[str, Any]]:
        """Status and body of a refusal, in the vendor's words."""

    def reply(self, runtime: Runtime, exchange: Exchange, status: int, body: Any) -> Response:
        """The response with the vendor's headers."""


def answer(dialect: Dialect, runtime: Runtime, request: Request, refusal: MockError | None = None) -> Response:
    """Answer *request* in *dialect*; a refusal is worded by it, and a bug of ours says that it is one."""
    exchange = Exchange(request, next(runtime.serial))
    try:
        try:
            if refusal is not None:
                raise refusal
            status, body = 200, _serve(dialect, runtime, exchange)
        except MockError as error:
            status, body = dialect.failure(runtime, exchange, error)
            _check(dialect, exchange, status, body)
        response = dialect.reply(runtime, exchange, status, body)
        _log(exchange, response.status, body)
        return response
    except Exception as bug:
        log.exception("bug of this server in %s %s", request.method, request.path)
        runtime.bugs.append(bug)
        return _bug(bug)


def _serve(dialect: Dialect, runtime: Runtime, exchange: Exchange) -> Any:
    dialect.identify(runtime, exchange)
    dialect.authenticate(runtime, exchange)
    runtime.throttle.admit(dialect.budgets(runtime, exchange))
    operation = exchange.operation
    exchange.arguments = operation.read(exchange.parameters)
    call = Call(dialect, runtime, exchange.request)
    question = Question(exchange.subject, exchange.caller, exchange.arguments, runtime.settings, call)
    records = dialect.handlers[operation.name](runtime.world, question)
    exchange.names, exchange.summary, exchange.summary_names = records.names, records.summary, records.summary_names
    body = dialect.success(exchange, page(records, *dialect.window(exchange, len(records.rows))))
    operation.check(body if exchange.checked is None else exchange.checked)
    return body


def _log(exchange: Exchange, status: int, body: Any) -> None:
    """One line a call: no query, no body and no header, where secrets stand."""
    if not log.isEnabledFor(logging.INFO):
        return
    request, operation = exchange.request, exchange.named.name if exchange.named else None
    path = quote(request.path[:200], safe="/:@")
    body = body if isinstance(body, dict) else {}
    error = body.get("error", body)
    code = (error.get("Code") or error.get("code")) if status >= 400 or body.get("Code", "OK") != "OK" else None
    facts = {"method": request.method, "path": path, "operation": operation, "status": status, "code": code}
    words = " ".join(str(one) for one in (request.method, path, operation, status, code) if one is not None)
    log.info(words, extra={"facts": {name: value for name, value in facts.items() if value is not None}})


def _check(dialect: Dialect, exchange: Exchange, status: int, body: dict[str, Any]) -> None:
    if status < 400:
        exchange.operation.check(body)
    else:
        ensure(dialect.contract.error_validator, body, "error body")


def _bug(bug: Exception) -> Response:
    text = str(bug) if isinstance(bug, ContractBug) else f"{type(bug).__name__}: {bug}"
    header = text.encode("ascii", "backslashreplace").decode().replace("\r", " ").replace("\n", " ")[:500]
    body = orjson.dumps(
        {"mock_bug": "This is a bug of the mock server, not an answer of the vendor.", "detail": header}
    )
    return Response(500, [("Content-Type", "application/json"), ("X-Mock-Bug", header)], body)
