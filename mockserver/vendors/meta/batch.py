"""Batches: up to 50 requests in one, each answered as if it had come alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlencode

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question, Request, Response
from mockserver.vendors.meta import parameters, references, route
from mockserver.world.now import World

MOST = 50
_FORM = "application/x-www-form-urlencoded"
_TEXT = "text/javascript; charset=UTF-8"
# names of headers within a body keep their capitals, which HTTP/2 takes from those of a response
_NAMES = {
    name.lower(): name
    for name in (
        *("Facebook-API-Version", "X-App-Usage", "X-Ad-Account-Usage", "X-Business-Use-Case-Usage"),
        *("X-FB-Ads-Insights-Throttle", "X-FB-Request-ID", "X-FB-Trace-ID", "X-FB-Rev", "WWW-Authenticate"),
    )
}


def batch(_: World, question: Question) -> Records:
    """One answer for each entry, in their order; what is beyond the settable budget timed out and is null."""
    entries = question.arguments["batch"]
    if len(entries) > MOST:
        raise MockError("too_many_batch")
    named = references.dependencies(entries)
    omitted = {name for names in named for name in names}
    with_headers = question.arguments["include_headers"]
    answers: dict[str, Response] = {}

    def answered(number: int) -> Mapping[str, Any] | None:
        entry = entries[number]
        if number >= question.settings.batch_parts:
            return None
        response = _answer(question, number, entry, references.filler(number, named[number], answers))
        name = entry.get("name") if isinstance(entry, dict) else None
        if isinstance(name, str):
            answers[name] = response
            if name in omitted and response.status == 200 and entry.get("omit_response_on_success") is not False:
                return None
        return _printed(response, with_headers)

    return Records(range(len(entries)), answered)


def _answer(question: Question, number: int, entry: Any, fill: Callable[[str], str]) -> Response:
    try:
        request = _request(question.call.request, number, entry, fill)
    except MockError as refusal:
        return question.call.answer(replace(question.call.request, headers={}), refusal)
    return question.call.answer(request)


def _request(outer: Request, number: int, entry: Any, fill: Callable[[str], str]) -> Request:
    """The request that *entry* describes; raises MockError where it describes none."""
    parts = entry if isinstance(entry, dict) else {}
    method, url, body = parts.get("method"), parts.get("relative_url"), parts.get("body")
    if not (isinstance(method, str) and method and isinstance(url, str) and isinstance(body, str | None)):
        raise MockError("batch_entry", number=number)
    if parts.get("attached_files"):
        raise MockError("not_served", what="the attached_files of a batch")
    path, _, query = fill(url).partition("?")
    headers = {"content-type": _FORM, **_headers(parts.get("headers"))}
    data = fill(body or "").encode("utf-8", "replace")
    made = Request(method.upper(), _path(outer, unquote(path)), query, headers, data, outer.origin)
    sent = parameters.merged(made)
    if "batch" in sent:
        raise MockError("batch_entry", number=number)
    return made if "access_token" in sent or "authorization" in headers else _with_token(outer, made)


def _path(outer: Request, path: str) -> str:
    """*path* under the version of the whole batch, unless it has its own."""
    version, rest = route.parted(path)
    version = version or route.parted(outer.path)[0]
    return "/" + "/".join(part for part in (version, *rest) if part)


def _with_token(outer: Request, part: Request) -> Request:
    """*part* with the token and proof of the whole batch, where they stood."""
    sent = parameters.merged(outer)
    pairs = [(name, str(sent[name])) for name in ("access_token", "appsecret_proof") if sent.get(name)]
    query = "&".join(text for text in (part.query, urlencode(pairs, errors="replace")) if text)
    bearer = {name: value for name, value in outer.headers.items() if name == "authorization"}
    return replace(part, query=query, headers={**part.headers, **bearer})


def _headers(listed: Any) -> dict[str, str]:
    """A part's headers: objects with name and value, as the SDKs write them, lines of text, or one object."""
    if isinstance(listed, dict):
        listed = [{"name": name, "value": value} for name, value in listed.items()]
    found = {}
    for one in listed if isinstance(listed, list) else ():
        name, _, value = str(one).partition(":")
        if isinstance(one, dict):
            name, value = str(one.get("name")), str(one.get("value"))
        found[name.strip().lower()] = value.strip()
    return found


def _printed(response: Response, with_headers: bool) -> Mapping[str, Any]:
    headers: Sequence[tuple[str, str]] = response.headers if with_headers else ()
    listed = [
        {"name": _NAMES.get(name, name), "value": _TEXT if name == "Content-Type" else value} for name, value in headers
    ]
    told = {"headers": listed} if with_headers else {}
    return {"code": response.status, **told, "body": response.body.decode() if response.status != 304 else None}
