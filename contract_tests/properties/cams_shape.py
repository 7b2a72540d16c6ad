"""The shape of every CAMS answer of a run, good or bad: schema, types, envelope, headers, ids."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from mockserver.contract.load import load

from ..ask import Ask
from ..expect import holds, same
from ..found_cams import NAMES, UNKNOWN, able, valid
from ..outcomes import Broken
from ..property import Live, contract
from ..target import Seen
from ..wire import Answer, Call
from ..words_cams import BUSINESS, ERRORS, FIELDS, GATEWAY, PRODUCT, document, documented, told

UUID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
TYPES = {"json": "application/json;charset=utf-8", "xml": "text/xml;charset=utf-8"}
HEADERS = {
    "x-acs-trace-id": r"[0-9a-f]{32}",
    "etag": r'"?[0-9A-Za-z+/=_-]+"?',
    "access-control-allow-origin": r"\*",
    "access-control-expose-headers": r"\*",
}
STYLES = {"count": r"0|[1-9]\d*", "money": r"0|(?!0\.0+$)\d+\.\d{2}", "ratio": r"0|(?!0\.0+$)\d+\.\d{6}"}
MILLISECONDS = range(10**12, 10**13)
_METHODS = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
_PRINTABLE = re.compile(r"[!-~]{1,8000}")
# what an HTTP server answers for itself, ahead of the gateway
_TRANSFER = frozenset({"connection", "content-length", "expect", "te", "trailer", "transfer-encoding", "upgrade"})
_HOW: dict[str, Any] = {"kind": "shape", "calls": 8, "examples": 1}


def good_and_bad(ask: Ask) -> list[Answer]:
    """A good call of every operation, and bad ones of some: what watches has something to see."""
    reads = [ask.cams.call(name, valid(ask, name)) for name in able(ask, *NAMES[:4])]
    bad = [
        ask.cams.call("ListPageAdAccount", {"PageId": UNKNOWN}),
        ask.cams.call("ListMessageCampaigns", {}),
        ask.cams.call("ListPageAdAccount", {}, version="2020-06-07"),
    ]
    if ask.exact:
        paged = {**valid(ask, "ListMessageCampaign"), "Page": "first"}
        bad += [ask.cams.call("ListMessageCampaign", paged), ask.cams.call("ListPageAdAccount", scheme="v1")]
        bad += [ask.cams.call("ListPageAdAccount", scheme="v1", common={"Format": None})]
    return [*reads, *bad]


def judged(check: Callable[[Answer, Mapping[str, Any]], None]) -> Callable[[Seen], None]:
    """*check*, of every answer to a request that reaches the gateway, with the answer's fields."""

    def watch(seen: Seen) -> None:
        if _reaches_the_gateway(seen.answer.call):
            _readably(check, seen.answer, seen.answer, told(seen.answer))

    return watch


def _reaches_the_gateway(call: Call) -> bool:
    plain = all(value.isascii() and value.isprintable() and len(value) < 4000 for value in call.headers.values())
    own = plain and not _TRANSFER & {name.lower() for name in call.headers}
    return own and call.method in _METHODS and call.path == "/" and _PRINTABLE.fullmatch(call.target) is not None


def _readably(check: Callable[..., None], answer: Answer, *of: Any) -> None:
    try:
        check(*of)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise Broken("an answer can be read", f"{answer.text[:300]} ({type(error).__name__}: {error})") from None


def known(check: Callable[[Any, Any], None]) -> Callable[[Seen], None]:
    """*check*, of the body of every JSON answer with HTTP 200 to an operation that has a file."""

    def watch(seen: Seen) -> None:
        if seen.operation is not None and seen.answer.status == BUSINESS and document(seen.answer) is None:
            _readably(check, seen.answer, seen.operation, seen.answer.json)

    return watch


def _faults(one: Any, body: Any, *, undocumented: bool) -> None:
    holds(isinstance(body, dict), f"the body of {one.name} is a JSON object", body, "an object")
    whole = {name: value for name, value in body.items() if value is not None}
    if one.response_validator.is_valid(whole):
        return
    for error in one.response_validator.iter_errors(whole):
        if (error.kind.name == "additionalProperties") is undocumented:
            where = "/".join(map(str, error.instance_path)) or "the body"
            raise Broken(f"an answer of {one.name} matches its schema", error.message, f"as documented, at {where}")


@contract(
    "CAMS-S1", "Every answer has the documented elements, of the documented types",
    sentence="Response elements: Element, Type, Description, Example", page=PRODUCT, live=Live.SAFE,
    watches=known(lambda one, body: _faults(one, body, undocumented=False)), **_HOW,
)  # fmt: skip
def answers_match_their_schema(ask: Ask) -> None:
    """The body of every HTTP 200 fits its operation's schema."""
    good_and_bad(ask)


@contract(
    "CAMS-S2", "No answer has an element that is not documented",
    sentence="Response elements: Element, Type, Description, Example", page=PRODUCT, live=Live.MOCK,
    watches=known(lambda one, body: _faults(one, body, undocumented=True)), **_HOW,
)  # fmt: skip
def nothing_undocumented(ask: Ask) -> None:
    """The body of every HTTP 200 has no element beyond its operation's schema."""
    good_and_bad(ask)


def _envelope(one: Any, body: Any) -> None:
    properties, code = one.raw["response"]["properties"], body.get("Code")
    good = code == "OK"
    promised = one.raw["response"].get("then", {}).get("required", ())
    owed = [name for name in ("Data", "Total", "Success") if name in promised and (good or name == "Success")]
    holds(
        all(name in body for name in owed),
        f"Code {code} of {one.name} comes with {' and '.join(owed)}",
        list(body),
        owed,
    )
    if "Success" in properties:
        same(body["Success"], good, f"Success of {one.name} is true exactly where Code is OK")
    if not good:
        leaked = sorted({"Data", "Total"} & set(body))
        holds(not leaked, "what fails has no Data and no Total", leaked, "neither")


@contract(
    "CAMS-S3", "Code OK, Success true and Data come together",
    sentence="A value of OK indicates that the request was successful. Indicates whether the operation was"
    " successful.", page="Chat App Message Service: ListMessageCampaign", live=Live.SAFE, watches=known(_envelope),
    **_HOW,
)  # fmt: skip
def envelopes_are_whole(ask: Ask) -> None:
    """Code OK: Data, Total and Success true where the operation has them; another Code: Success false, no Data."""
    good_and_bad(ask)


def _exact(schema: Any, value: Any, where: str) -> None:
    holds(value is not None, f"{where} is told, or left out", value, "no null")
    if isinstance(value, list):
        for one in value:
            _exact(schema.get("items", {}), one, where)
    elif isinstance(value, dict):
        for name, part in value.items():
            _exact(schema.get("properties", {}).get(name, {}), part, f"{where}.{name}")
    elif schema.get("type") == "integer":
        holds(type(value) is int and value >= 0, f"{where} is a whole number", value, "digits, not below 0")
    style = schema.get("x-style")
    if style == "milliseconds":
        holds(value in MILLISECONDS, f"{where} is a time in milliseconds", value, "13 digits")
    elif style == "date":
        same(str(date.fromisoformat(value)), value, f"{where} is a date as YYYY-MM-DD")
    elif style in STYLES:
        holds(re.fullmatch(STYLES[style], str(value)), f"{where} is printed as {style}s are", value, STYLES[style])


@contract(
    "CAMS-S4", "Numbers, money, rates, dates and times are printed exactly",
    sentence="This is a UNIX timestamp. Unit: milliseconds. MarketingMessagesSpend: string, 38.87; 79.419238",
    page=PRODUCT, live=Live.MOCK, watches=known(lambda one, body: _exact(one.raw["response"], body, one.name)),
    **_HOW,
)  # fmt: skip
def figures_are_exact(ask: Ask) -> None:
    """Whole numbers as numbers, money with 2 decimals, rates with 6, zero as 0, times with 13 digits."""
    good_and_bad(ask)


def _error_whole(answer: Answer, body: Mapping[str, Any]) -> None:
    if answer.status < 400:
        return
    missing = [name for name in FIELDS if not isinstance(body.get(name), str) or not body[name].strip()]
    holds(not missing, "a gateway error is whole", answer.text[:600], f"with {', '.join(FIELDS)}")
    strange = sorted(set(body) - {*FIELDS, "AccessDeniedDetail"})
    holds(not strange, "a gateway error has nothing else", strange, FIELDS)
    hint = body["Recommend"]
    told_of = f"q={body['Code']}&" in hint and f"requestId={body['RequestId']}" in hint
    holds(told_of and hint.startswith("https://"), "Recommend names the code and the request", hint, body["Code"])
    if document(answer) is None:
        rules = load("cams").error_validator
        holds(rules.is_valid(body), "a gateway error matches its schema", answer.text[:600], "schemas/cams/_error.json")


@contract(
    "CAMS-S5",
    "A gateway error is whole: RequestId, HostId, Code, Message, and a Recommend that names code and request",
    sentence="Recorded:"
    " {\"RequestId\":\"…\",\"Message\":\"…\",\"Recommend\":\"https://api.aliyun.com/troubleshoot?q=…\",\"HostId\":\"…\"}",
    page=GATEWAY, live=Live.SAFE, watches=judged(_error_whole), **_HOW,
)  # fmt: skip
def errors_are_whole(ask: Ask) -> None:
    """Every answer with HTTP 4xx is a gateway error as it was recorded."""
    bad = [one for one in good_and_bad(ask) if one.status >= 400]
    holds(bad, "bad calls are refused", [one.status for one in ask.answers], "HTTP 4xx")


def _code_fits(answer: Answer, body: Mapping[str, Any]) -> None:
    code, message = body.get("Code"), str(body.get("Message"))
    if answer.status == BUSINESS and code == "OK":
        holds(message.strip() and body.get("Message"), "a good answer has a Message", body.get("Message"), "OK")
        return
    if answer.status == BUSINESS and set(body) == {"RequestId"}:  # all that ChangeResourceGroup ever says
        return
    name, parameter = documented(str(code)) or ("", "")
    holds(name, "every Code is documented", {"status": answer.status, "Code": code}, "OK, or one of the error codes")
    words = ERRORS[name]
    got, wanted = {"status": answer.status, "Message": message}, {"status": words.status, "Message": words.message}
    right = answer.status == words.status and re.fullmatch(words.text(parameter), message, re.DOTALL)
    holds(right, f"{code} comes with its own status and words", got, wanted)


@contract(
    "CAMS-S6", "Every Code comes with its documented HTTP status and message, and OK with 200 alone",
    sentence="HTTP status code, Error code, Error message: 400, Product.Unsubscript, You have not subscribed to the"
    " specified product.", page=PRODUCT, live=Live.MOCK, watches=judged(_code_fits), **_HOW,
)  # fmt: skip
def codes_fit_their_status(ask: Ask) -> None:
    """HTTP 200 and OK belong together; every other Code has the one status and the words of the table."""
    good_and_bad(ask)
