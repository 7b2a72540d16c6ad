"""The headers of every answer of the Graph API: those recorded are there, and say what they should."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from ..composed_meta import JOBS
from ..expect import holds, same
from ..graph import USER_EDGES
from ..property import Live
from ..target import Seen
from ..watched_meta import error_of, graph, parsed, watching, with_body

RECORDED = "Recorded headers of Graph answers, good and bad"
USAGE_PAGE = "Graph API, Rate Limits; Marketing API, Rate Limiting"
HEADERS_PAGE = "Graph API, Using the Graph API"
FIXED = {
    "content-type": "application/json; charset=UTF-8",
    "expires": "Sat, 01 Jan 2000 00:00:00 GMT",
    "pragma": "no-cache",
    "x-fb-rlafr": "0",
    "access-control-allow-origin": "*",
}
PLAIN = {"strict-transport-security": "max-age=15552000; preload", "alt-svc": 'h3=":443"; ma=86400'}
FORMED = {
    "x-fb-request-id": re.compile(r"A[A-Za-z0-9_-]{22}"),
    "x-fb-trace-id": re.compile(r"[A-Za-z0-9_-]{11}"),
    "x-fb-rev": re.compile(r"[0-9]{10}"),
    "x-fb-debug": re.compile(r"[A-Za-z0-9_+/-]{86}=="),
    "date": re.compile(
        r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT"
    ),
}
_VERSION = re.compile(r"v[0-9]{1,3}\.[0-9]{1,2}")
TIERS = ("development_access", "standard_access")
SPENT = ("call_count", "total_cputime", "total_time")
KEYS = {
    "x-app-usage": {*SPENT},
    "x-ad-account-usage": {"acc_id_util_pct", "reset_time_duration", "ads_api_access_tier"},
    "x-fb-ads-insights-throttle": {"app_id_util_pct", "acc_id_util_pct", "ads_api_access_tier"},
}
CASE = {"type", *SPENT, "estimated_time_to_regain_access", "ads_api_access_tier"}
BUC = "x-business-use-case-usage"


def fixed(seen: Seen) -> None:
    """What never varies is what was recorded; HSTS and Alt-Svc are told on plain HTTP alone."""
    answer = graph(seen)
    if answer is None:
        return
    wanted = FIXED | (PLAIN if answer.call.origin.startswith("http:") else {})
    told = {name: answer.headers.get(name) for name in wanted}
    same(told, wanted, "the headers that never vary are those recorded")


def formed(seen: Seen) -> None:
    """What varies has its recorded length and letters."""
    answer = graph(seen)
    for name, pattern in FORMED.items() if answer else ():
        value = answer.headers.get(name, "") if answer else ""
        holds(pattern.fullmatch(value), f"{name} is there and well formed", value, pattern.pattern)


def versioned(seen: Seen) -> None:
    """facebook-api-version is the version that was asked for, and a version where none was."""
    answer = graph(seen)
    if answer is None:
        return
    first = next((part.strip() for part in unquote(answer.call.path).split("/") if part.strip()), "")
    told = answer.headers.get("facebook-api-version", "")
    if _VERSION.fullmatch(first):
        same(told, first, "facebook-api-version is the version asked for")
    else:
        holds(_VERSION.fullmatch(told), "facebook-api-version is a version", told, "v26.0")


def tagged(seen: Seen) -> None:
    """A good answer's ETag is the SHA-1 of its body in quotes; a bad one has none."""
    answer = graph(seen)
    if answer is None:
        return
    told = answer.headers.get("etag")
    if answer.status >= 400:
        same(told, None, "an error has no ETag")
    elif with_body(seen) is None:
        holds(re.fullmatch(r'"[0-9a-f]{40}"', told or ""), "an answer without body has its ETag too", told, '"<sha1>"')
    else:
        wanted = f'"{hashlib.sha1(answer.body, usedforsecurity=False).hexdigest()}"'
        same(told, wanted, "the ETag is the SHA-1 of the body, in quotes")


def sized(seen: Seen) -> None:
    """Content-Length is the length of the body."""
    answer = with_body(seen)
    if answer is not None and "content-length" in answer.headers:
        same(answer.headers["content-length"], str(len(answer.body)), "Content-Length is the length of the body")
    elif answer is not None:
        holds("transfer-encoding" in answer.headers, "an answer tells its Content-Length", None, len(answer.body))


def challenged(seen: Seen) -> None:
    """An error is challenged in its own words and not stored; a good answer is neither, but private."""
    answer = graph(seen)
    if answer is None:
        return
    challenge, control = answer.headers.get("www-authenticate"), answer.headers.get("cache-control")
    if answer.status < 400:
        same(challenge, None, "a good answer has no challenge")
        same(control, "private, no-cache, no-store, must-revalidate", "a good answer is private and not stored")
        return
    same(control, "no-store", "an error is not stored")
    error = error_of(answer)
    kind = "invalid_token" if error.get("code") == 190 else "invalid_request"
    start, message = f'OAuth "Facebook Platform" "{kind}" "', str(error.get("message", ""))
    if answer.call.method == "HEAD":
        holds((challenge or "").startswith('OAuth "Facebook Platform" "invalid_'), "an error is challenged", challenge)
    elif message.isascii() and message.isprintable() and len(message) < 900:
        quoted = message.replace('"', '\\"')
        same(challenge, f'{start}{quoted}"', "an error is challenged in its own words")
    else:
        holds((challenge or "").startswith(start), "an error is challenged", challenge, start)


def usage_numbers(seen: Seen) -> None:
    """Usage headers are JSON whose numbers are not negative."""
    answer = graph(seen)
    for name in (*KEYS, BUC) if answer else ():
        text = answer.headers.get(name) if answer else None
        if text is not None:
            _not_negative(_usage(name, text), name)


def _usage(name: str, text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    holds(isinstance(value, dict) and value, f"{name} is a JSON object", text, "{…}")
    return value


def _not_negative(value: Any, name: str) -> None:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        _not_negative(part, name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        holds(value >= 0, f"the numbers of {name} are not negative", value, "0 or more")


def usage_keys(seen: Seen) -> None:
    """Usage headers have the documented keys, whole per cent up to 100, and a known tier."""
    answer = graph(seen)
    if answer is None:
        return
    for name, keys in KEYS.items():
        if name in answer.headers:
            _keyed(_usage(name, answer.headers[name]), keys, name)
    for account, cases in _usage(BUC, answer.headers[BUC]).items() if BUC in answer.headers else ():
        holds(account.isdigit(), f"{BUC} is told by the ad account's number", account, "digits")
        holds(isinstance(cases, list) and cases, f"{BUC} lists use cases", cases, "[{…}]")
        for case in cases:
            _keyed(case, CASE, BUC)
            holds(case["type"] in ("ads_insights", "ads_management"), f"{BUC} names its use case", case["type"])


def _keyed(told: Any, keys: set[str], name: str) -> None:
    same(sorted(told), sorted(keys), f"{name} has the documented keys")
    for key, value in told.items():
        if key == "ads_api_access_tier":
            holds(value in TIERS, f"{name} tells a tier", value, TIERS)
        elif key != "type":
            whole = isinstance(value, (int, float) if key.endswith("_pct") else int)
            holds(whole and not isinstance(value, bool), f"{key} of {name} is a number", value, "a number")
            holds(
                not key.endswith(("_pct", "count", "cputime", "total_time")) or value <= 100,
                f"{key} is at most 100",
                value,
            )


_THROTTLE = "x-fb-ads-insights-throttle"


def usage_told(seen: Seen) -> None:
    """Every good answer tells its app's usage; one about an ad account also the account's, and on insights theirs."""
    answer = graph(seen)
    if answer is None or answer.status >= 400 or (seen.operation is None and answer.call.method not in ("GET", "HEAD")):
        return
    name = seen.operation.name if seen.operation else "object"
    wanted = {"x-app-usage"}
    body = parsed(answer.body)
    # a page has no ad account, and by its id alone it is told apart by what it tells
    little = not answer.body or (isinstance(body, dict) and set(body) <= {"id", "name", "picture", "tasks"})
    page = name == "object" and little and BUC not in answer.headers
    if name not in ("me", "page", *USER_EDGES) and not page:
        wanted |= {"x-ad-account-usage", BUC}
    # a report run is read under a number, like any object
    of_insights = name in ("insights", *JOBS) or (name == "object" and _THROTTLE in answer.headers)
    if of_insights:
        wanted.add(_THROTTLE)
    same(
        sorted({*KEYS, BUC} & set(answer.headers)),
        sorted(wanted),
        f"an answer of {name} tells the usage that concerns it",
    )
    if BUC in wanted:
        types = {case["type"] for cases in _usage(BUC, answer.headers[BUC]).values() for case in cases}
        same(types, {"ads_insights" if of_insights else "ads_management"}, f"{BUC} tells the use case of {name}")


_TABLE: tuple[tuple[str, str, Callable[[Seen], None], str, str, Live], ...] = (
    ("META-H1", "The version asked for is the version told", versioned,
     "Recorded: facebook-api-version: v10.0; any vNN.N prefix, and no prefix", HEADERS_PAGE, Live.TOLERANT),
    ("META-H2", "The headers that never vary are there", fixed, RECORDED, HEADERS_PAGE, Live.MOCK),
    ("META-H3", "Ids, trace, revision and date are there and well formed", formed,
     "Recorded: x-fb-request-id (23 chars, A…), x-fb-trace-id (11 chars), x-fb-rev (10 digits)", HEADERS_PAGE,
     Live.MOCK),
    ("META-H4", "The ETag is the SHA-1 of the body", tagged,
     'Recorded: the ETag of {"data":[]} is "1050253aec7b29caff644806927dabfa81406eee", its SHA-1', HEADERS_PAGE,
     Live.TOLERANT),
    ("META-H5", "Content-Length is the length of the body", sized, RECORDED, HEADERS_PAGE, Live.MOCK),
    ("META-H6", "Errors are challenged and not stored, good answers private", challenged,
     'Recorded: www-authenticate: OAuth "Facebook Platform" "invalid_request" "<message>", invalid_token for 190',
     HEADERS_PAGE, Live.MOCK),
    ("META-H7", "Usage headers are JSON without negative numbers", usage_numbers,
     "Usage headers: all JSON strings, percentages and minutes", USAGE_PAGE, Live.SAFE),
    ("META-H8", "Usage headers have the documented keys", usage_keys,
     'x-app-usage {"call_count":28,"total_cputime":25,"total_time":25}, and the others', USAGE_PAGE, Live.MOCK),
    ("META-H9", "Every good answer tells the usage that concerns it", usage_told,
     "x-fb-ads-insights-throttle on every /insights answer; x-app-usage, x-ad-account-usage, x-business-use-case-usage",
     USAGE_PAGE, Live.MOCK),
)  # fmt: skip

for _id, _title, _watches, _sentence, _page, _live in _TABLE:
    watching(_id, _title, _watches, sentence=_sentence, page=_page, live=_live)
