"""What the gateway reads of a call before it knows who calls: which operation, and how to answer."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from mockserver.contract.operation import Operation
from mockserver.errors import MockError
from mockserver.pipeline import Exchange, Request

VERSION = "2020-06-06"


@dataclass(slots=True)
class Call:
    """A call as the gateway sees it: the ids of its answer, its *texts*, and headers that a refusal adds."""

    request: Request
    request_id: str
    trace_id: str
    texts: Mapping[str, str] = field(default_factory=dict)
    headers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def headed(self) -> bool:
        """Whether headers name the operation, as V3 does, and not parameters, as V1 does."""
        headers = self.request.headers
        if headers.get("authorization", "").startswith("ACS3-"):
            return True
        return "x-acs-action" in headers and not self.by_parameters

    @property
    def by_parameters(self) -> bool:
        """Whether parameters alone are signed, as V1 does it: neither headers nor a JSON body count then."""
        return "Signature" in self.texts and not self.request.headers.get("authorization", "").startswith("ACS3-")

    @property
    def format(self) -> str:
        """JSON for V3; for V1 whatever it asks for, in capitals."""
        # "The default format is XML." — Alibaba Cloud, Return results
        return "JSON" if self.headed else (self.texts.get("Format") or "XML").upper()


def received(seed: int, exchange: Exchange) -> Call:
    """The call of *exchange*, not yet read; its ids belong to this request of this server's run."""
    draw = hashlib.blake2b(f"{seed}:{exchange.serial}".encode(), digest_size=32).digest()
    return Call(exchange.request, str(UUID(bytes=draw[:16], version=5)).upper(), draw[16:].hex())


def operation(call: Call, served: Mapping[str, Operation]) -> Operation:
    """The operation that *call* names, one of those *served*; raises MockError."""
    if call.format not in ("JSON", "XML"):
        raise MockError("InvalidParameter.Format")
    if call.request.method not in ("GET", "POST"):
        raise MockError("UnsupportedHTTPMethod")
    action, version = _common(call, "Action"), _common(call, "Version")
    if version != VERSION:
        raise MockError("InvalidVersion")
    if action not in served or call.request.path != "/":
        raise MockError("InvalidAction.NotFound")
    return served[action]


def _common(call: Call, name: str) -> str:
    """A parameter that V3 sends as a header, and some V1 clients send in both places."""
    header = f"x-acs-{name.lower()}"
    first, second = call.request.headers.get(header), call.texts.get(name)
    if call.by_parameters:
        first = None
    value = (first or second) if call.headed else (second or first)
    if not value:
        raise MockError("Missing", parameter=header if call.headed else name)
    return value
