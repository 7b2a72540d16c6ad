"""The shape of every answer of the Graph API, good or bad, whoever asked for it."""

from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from mockserver.contract.load import load
from mockserver.contract.operation import Operation

from ..bad_meta import OBJECTS
from ..expect import holds, same
from ..property import Live
from ..target import Seen, operation
from ..watched_meta import error_of, good, graph, paging_of, parsed, rows_of, watching, with_body
from .meta_printed import metric_formats, metric_texts

INSIGHTS_PAGE = "Measure Campaign Performance on Marketing Message API for Messenger"
ERROR_PAGE = "Graph API, Handling Errors"
PAGING = "Graph API, Paginated Results"
EXAMPLE = 'Example response: { "data": [ { "marketing_messages_delivered": "2755", … "date_start": "2024-05-01", …'


def fault(one: Operation, body: Any) -> str:
    """What is wrong with *body* as an answer of *one*; nothing if it is right."""
    if one.response_validator.is_valid(body):
        return ""
    error = next(iter(one.response_validator.iter_errors(body)))
    return f"{error.message} at {list(error.instance_path)}"[:300]


def conforms(seen: Seen) -> None:
    """A good answer matches the response schema of its operation; that of a single object, of one of its kinds."""
    body = good(seen)
    if body is None or seen.answer.call.method != "GET":
        return
    kinds = [seen.operation] if seen.operation else [operation("meta", name) for name in (*OBJECTS, "report_run")]
    faults = [fault(one, body) for one in kinds]
    holds("" in faults, f"a good answer matches the schema of {kinds[0].name}", faults[0], "no fault")


def enveloped(seen: Seen) -> None:
    """A good answer is an object; what is listed in it is a list of objects."""
    answer = with_body(seen)
    if answer is None or answer.status != 200:
        return
    body = parsed(answer.body)
    holds(isinstance(body, dict), "a good answer is a JSON object", answer.text[:200], "{…}")
    if seen.operation and seen.operation.raw["paging"]:
        rows = body.get("data")
        whole = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
        holds(whole, "data is a list of objects", type(rows).__name__, "a list of objects")


def told_as_error(seen: Seen) -> None:
    """A bad answer is {"error": {message, type, code, fbtrace_id, …}}; too much data asked has no type and trace."""
    answer = with_body(seen)
    if answer is None or answer.status < 400:
        return
    error = error_of(answer)
    kinds: dict[str, type] = {"message": str, "code": int}
    kinds |= {} if error.get("code") == 1 and "error_subcode" not in error else {"type": str, "fbtrace_id": str}
    for name, kind in kinds.items():
        value = error.get(name)
        right = isinstance(value, kind) and not isinstance(value, bool) and value != ""
        holds(right, f"an error's {name} is {kind.__name__} and not empty", value, kind.__name__)


def exact_error(seen: Seen) -> None:
    """A bad answer matches the error schema whole, with message, type, code and trace, none of them empty."""
    answer = with_body(seen)
    if answer is None or answer.status < 400:
        return
    found = next(iter(load("meta").error_validator.iter_errors(parsed(answer.body))), None)
    told = "" if found is None else f"{found.message} at {list(found.instance_path)}"[:300]
    same(told, "", "a bad answer matches the error schema")
    error = error_of(answer)
    missing = {"message", "type", "code", "fbtrace_id"} - set(error)
    holds(not missing, "an error has message, type, code and fbtrace_id", sorted(error), sorted(missing))
    same([name for name, value in error.items() if value in ("", None)], [], "nothing in an error is empty")


def honest_status(seen: Seen) -> None:
    """An error never comes with a good status, nor data with a bad one; a good one is 200, or 304 where asked for."""
    answer = graph(seen)
    if answer is None:
        return
    told = answer.status in (200, 304) or 400 <= answer.status < 600
    holds(told, "the status is 200, 304, 4xx or 5xx", answer.status, "one of them")
    body = parsed(answer.body)
    if isinstance(body, dict):
        erring = answer.status >= 400
        holds(erring or "error" not in body, "an error never comes with a good status", answer.status, "4xx")
        holds(not erring or "data" not in body, "an error comes without data", answer.text[:200], '{"error": {…}}')
    if answer.status == 304:
        asked = any(name.lower() == "if-none-match" for name in answer.call.headers)
        holds(asked, "304 answers only a call that names an ETag", 304, 200)
        same(answer.body, b"", "304 has no body")


def content_type(seen: Seen) -> None:
    """Good and bad answers say that they are JSON, and are."""
    answer = with_body(seen)
    if answer is None:
        return
    told = answer.headers.get("content-type", "")
    kind = told.partition(";")[0].strip().lower()
    holds(kind == "application/json", "the content type is JSON", told, "application/json")
    whole = answer.body.lstrip()[:1] in (b"{", b"[") and parsed(answer.body) is not None
    holds(whole, "the body is JSON", answer.text[:200], "JSON")


def dated(seen: Seen) -> None:
    """Every row of insights has its first and last day as YYYY-MM-DD, in this order."""
    if seen.operation is None or seen.operation.name != "insights":
        return
    rows = [row for row in rows_of(seen) if isinstance(row, dict)]
    for days in {(str(row.get("date_start")), str(row.get("date_stop"))) for row in rows}:
        ordered = all(map(_is_date, days)) and days[0] <= days[1]
        holds(ordered, "date_start is not after date_stop, both YYYY-MM-DD", days, "two days in order")


@lru_cache(maxsize=4096)
def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def cursors(seen: Seen) -> None:
    """Where there are rows there are paging.cursors, before and after."""
    if rows_of(seen) and seen.operation and seen.operation.raw["paging"]:
        told = paging_of(seen).get("cursors")
        both = isinstance(told, dict) and all(isinstance(told.get(at), str) and told[at] for at in ("before", "after"))
        holds(both, "an answer with rows has paging.cursors before and after", told, '{"before": …, "after": …}')


def ended(seen: Seen) -> None:
    """Where there are no rows there is no cursor to go on from."""
    if seen.operation and seen.operation.raw["paging"] and good(seen) is not None and not rows_of(seen):
        same(paging_of(seen), {}, "an answer without rows has no paging")


def linked(seen: Seen) -> None:
    """next and previous are whole addresses of the same path on the same host, with the cursor and the limit."""
    call, paging = seen.answer.call, paging_of(seen)
    proxied = {"host", "x-forwarded-host", "x-forwarded-proto"} & {name.lower() for name in call.headers}
    for name, cursor in (("next", "after"), ("previous", "before")):
        link = paging.get(name)
        if link is None or proxied:
            continue
        holds(isinstance(link, str), f"{name} is an address", link, "https://…")
        parts = urlsplit(link)
        same(f"{parts.scheme}://{parts.netloc}", call.origin, f"{name} stays on its host")
        same(unquote(parts.path), unquote(call.path), f"{name} keeps the path")
        asked = dict(parse_qsl(parts.query))
        cursors = paging.get("cursors")
        told = cursors.get(cursor) if isinstance(cursors, dict) else None
        same(asked.get(cursor), told, f"{name} goes on from the cursor `{cursor}`")
        holds(asked.get("limit", "").isdigit(), f"{name} repeats the limit", asked.get("limit"), "a number")


_TABLE: tuple[tuple[str, str, Any, str, str, Live], ...] = (
    ("META-S1", "Every good answer matches its operation's response schema",
     conforms, "The response schema of each operation file, without undocumented keys", INSIGHTS_PAGE, Live.MOCK),
    ("META-S2", "A good answer is an object, and what it lists are objects",
     enveloped, EXAMPLE, INSIGHTS_PAGE, Live.SAFE),
    ("META-S3", "Every bad answer is an error with message, type, code and trace",
     told_as_error, "Body {error: {message, type, code, error_subcode?, …, fbtrace_id}}", ERROR_PAGE, Live.SAFE),
    ("META-S4", "Every bad answer matches the error schema whole",
     exact_error, "Body {error: {message, type, code, error_subcode?, is_transient?, error_user_title?, …}}",
     ERROR_PAGE, Live.MOCK),
    ("META-S5", "An error never comes with a good status, nor data with a bad one",
     honest_status, "Full table with HTTP status and evidence: every error is 4xx or 5xx", ERROR_PAGE, Live.SAFE),
    ("META-S6", "Every answer is JSON and says so",
     content_type, "On success, your app receives a JSON object", INSIGHTS_PAGE, Live.SAFE),
    ("META-S7", "Every metric is a text of digits", metric_texts, EXAMPLE, INSIGHTS_PAGE, Live.SAFE),
    ("META-S8", "Counts, money and rates have their own decimals",
     metric_formats, '"marketing_messages_spend": "38.87", "marketing_messages_read_rate": "79.419238", … "0"',
     INSIGHTS_PAGE, Live.MOCK),
    ("META-S9", "Every row has its days in order",
     dated, "Recorded: date_start and date_stop are always in every row, YYYY-MM-DD", INSIGHTS_PAGE, Live.SAFE),
    ("META-S10", "Where there are rows there are cursors",
     cursors, '"paging": { "cursors": { "before": "MAZDZD", "after": "MAZDZD" } }', INSIGHTS_PAGE, Live.SAFE),
    ("META-S11", "Where there are no rows there is nothing to go on from",
     ended, 'Recorded: past the end: 200 {"data":[]} without cursors.after', PAGING, Live.MOCK),
    ("META-S12", "next and previous are whole addresses of the same path",
     linked, "Recorded: next is absolute, scheme and host of the API, same path, plus limit and after", PAGING,
     Live.TOLERANT),
)  # fmt: skip

for _id, _title, _watches, _sentence, _page, _live in _TABLE:
    watching(_id, _title, _watches, sentence=_sentence, page=_page, live=_live)
