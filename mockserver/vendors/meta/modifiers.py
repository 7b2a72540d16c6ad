"""Parameters that change how a call is made or printed, whatever it asks: method, suppress_http_code, debug, pretty."""

from collections.abc import Mapping
from typing import Any

import orjson

from mockserver.errors import InvalidArguments, MockError, Problem
from mockserver.pipeline import Exchange, Request
from mockserver.vendors.meta import route

METHODS = ("GET", "POST", "DELETE")
# "all: all available messages; info: types info and warning; warning: type warning alone"
DEBUG = {"all": ("info", "warning"), "info": ("info", "warning"), "warning": ("warning",)}
# what any call may carry, and no operation file lists
TRANSPORT = frozenset(
    "access_token appsecret_proof appsecret_time method pretty debug suppress_http_code format locale ids batch"
    " include_headers __paging_token graph_cache cpas_only product_id_limit".split()
)
_FLAGS = {"1": True, "true": True, "0": False, "false": False, "": False}
_VERSIONS = "https://developers.facebook.com/docs/graph-api/guides/versioning"
_CHANGES = "https://developers.facebook.com/docs/marketing-api/marketing-api-changelog"


def given(sent: Mapping[str, Any], name: str) -> bool:
    """Whether *name* asks for anything."""
    return sent.get(name) not in (None, "", "0", "false", 0, False)


def method(request: Request, sent: Mapping[str, Any]) -> str:
    """The method that counts: the parameter of that name wins over the request's own; raises MockError."""
    if not given(sent, "method"):
        return request.method
    asked = str(sent["method"]).upper()
    if asked not in METHODS:
        raise MockError("bad_enum", parameter="method", values=", ".join(METHODS))
    return request.method if request.method == "HEAD" and asked == "GET" else asked


def ensure_sound(sent: Mapping[str, Any]) -> None:
    """Raise MockError for a modifier that says nothing known."""
    for name in ("pretty", "suppress_http_code"):
        if flag(sent.get(name)) is None:
            raise InvalidArguments([Problem(name, "type", sent[name], expected=["boolean"])])
    if given(sent, "debug") and str(sent["debug"]) not in DEBUG:
        raise MockError("bad_enum", parameter="debug", values=", ".join(DEBUG))


def status(exchange: Exchange, meant: int) -> int:
    """200 where the client wants no other; else what was *meant*."""
    return 200 if flag(exchange.parameters.get("suppress_http_code")) else meant


def printed(exchange: Exchange, body: Any) -> bytes:
    """*body* on one line, or indented where pretty asks for it."""
    return orjson.dumps(body, option=orjson.OPT_INDENT_2 if flag(exchange.parameters.get("pretty")) else None)


def debugged(exchange: Exchange, body: Any) -> Any:
    """*body* with the messages that debug asks for; an array has no place for them."""
    wanted = DEBUG.get(str(exchange.parameters.get("debug")), ())
    if not wanted or not isinstance(body, dict):
        return body
    return {**body, "__debug__": {"messages": [one for one in _messages(exchange) if one["type"] in wanted]}}


def _messages(exchange: Exchange) -> list[dict[str, str]]:
    sent, known = exchange.parameters, exchange.operation.parameters.keys() | TRANSPORT
    ignored = [_message(f"The parameter {name} is unknown here and was ignored.") for name in sent if name not in known]
    if "action_report_time" in sent:
        ignored.append(_message("The parameter action_report_time is disregarded.", _CHANGES))
    if not route.parted(exchange.request.path)[0]:
        ignored.append(_message("The call named no version of the API.", _VERSIONS, "info"))
    return ignored


def _message(text: str, link: str = "", kind: str = "warning") -> dict[str, str]:
    return {"message": text, "type": kind, **({"link": link} if link else {})}


def flag(value: Any) -> bool | None:
    """What a flag says; None for what is none."""
    if isinstance(value, (bool, type(None))):
        return bool(value)
    return _FLAGS.get(str(value).strip().lower()) if isinstance(value, (str, int)) else None
