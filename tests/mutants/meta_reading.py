"""A Graph API that reads requests otherwise than it should: places, spellings, methods."""

# a wrapper has the arguments of what it stands for

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.mutants.bend import FORM, Asked, Inner, Reply
from tests.mutants.bends import asking, each, errors, headers, refused, rows, worked_out
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import argument, around
from tests.mutants.words import M

Row = dict[str, Any]


def _bodiless(asked: Asked, inner: Inner) -> Reply:
    """A body is never read."""
    return inner(asked.told(CONTENT_TYPE="text/plain")) if asked.vendor == "meta" else inner(asked)


def _no_json(asked: Asked, inner: Inner) -> Reply:
    json = asked.vendor == "meta" and "json" in asked.header("content-type")
    return inner(asked.told(CONTENT_TYPE="text/plain") if json else asked)


def _body_wins(asked: Asked, inner: Inner) -> Reply:
    """What stands in a form counts, not the query."""
    if asked.vendor != "meta" or not asked.header("content-type").startswith(FORM):
        return inner(asked)
    form = dict(parse_qsl(asked.body.decode("utf-8", "replace"), keep_blank_values=True))
    return inner(asked.having(**form))


def _first_wins(asked: Asked, inner: Inner) -> Reply:
    """Of a repeated parameter the first counts."""
    if asked.vendor != "meta":
        return inner(asked)
    pairs = parse_qsl(asked.environ["QUERY_STRING"], keep_blank_values=True, errors="surrogateescape")
    return inner(asked.told(QUERY_STRING=urlencode(dict(pairs[::-1]), errors="surrogateescape")))


def _strict(asked: Asked, inner: Inner) -> Reply:
    """A parameter that nobody knows is refused."""
    known = {
        "fields",
        "level",
        "limit",
        "after",
        "before",
        "access_token",
        "appsecret_proof",
        "date_preset",
        "filtering",
        "time_range",
        "time_range[since]",
        "time_range[until]",
        "time_increment",
        "effective_status",
        "summary",
    }
    strange = [name for name in asked.parameters if name not in known]
    if asked.vendor != "meta" or not strange or refused(inner(asked)):
        return inner(asked)
    return inner(asked.having(level="no_such_level"))


def _exact_path(asked: Asked, inner: Inner) -> Reply:
    """A path with a slash at its end is unknown."""
    slashed = asked.vendor == "meta" and asked.path.endswith("/")
    return inner(asked.told(PATH_INFO=f"{asked.path}unknown") if slashed else asked)


def _no_head(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    head = asked.vendor == "meta" and asked.method == "HEAD"
    return Reply(405, (("Content-Length", "0"), ("Allow", "GET")), b"") if head else reply


def _header_wins(sent_token: Any, exchange: Any) -> str:
    """The token of the header counts before that of the query."""
    _, _, found = exchange.request.headers.get("authorization", "").partition(" ")
    return found.strip() or str(sent_token(exchange))


def _once_each(asked: Asked, inner: Inner) -> Reply:
    """A field that is named twice is refused."""
    fields = asked.parameters.get("fields", "").split(",")
    twice = asked.operation == "insights" and len(set(fields)) < len(fields)
    return inner(asked.having(fields="named_twice") if twice else asked)


def _json_only(asked: Asked, inner: Inner) -> Reply:
    """A filter in single quotes is ignored."""
    quoted = asked.operation == "insights" and "'" in asked.parameters.get("filtering", "")
    return inner(asked.having(filtering=None) if quoted else asked)


def _rows_with_actions(found: list[Row], asked: Asked) -> list[Row] | None:
    filtered = "filtering" in asked.parameters and "actions" not in asked.parameters.get("fields", "")
    return [row for row in found if row.get("spend", "1").endswith(("0", "2", "4", "6", "8"))] if filtered else None


def _by_time(found: list[Row], asked: Asked) -> list[Row]:
    del asked
    return sorted(found, key=lambda row: str(row["date_start"]))


def _thirty(found: Row) -> None:
    if isinstance(found.get("time_increment"), int):
        found["time_increment"] = min(found["time_increment"], 30)


def _cents_apart(row: Row) -> None:
    name = f"{M}spend"
    if "spend" in row and name in row and row[name] != "0":
        row[name] = f"{float(row[name]) + 0.01:.2f}"


def _empty_paging(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    body = reply.json
    if asked.vendor != "meta" or not reply.good or not isinstance(body, dict) or body.get("data") != []:
        return reply
    return reply.holding({**body, "paging": {"cursors": {"before": "", "after": ""}}})


def _page_past_end(asked: Asked, inner: Inner) -> Reply:
    """A cursor beyond the last row is refused."""
    reply = inner(asked)
    past = (
        asked.vendor == "meta" and "after" in asked.parameters and reply.good and (reply.json or {}).get("data") == []
    )
    return inner(asked.having(after="nonsense")) if past else reply


def _not_today(total: Any, world: Any, row: Any) -> Any:
    """Today does not count before it is over."""
    last = world.today(row.sender.node) - timedelta(days=1)
    return total(world, row._replace(span=replace(row.span, until=min(row.span.until, last))))


def _accounted(reply: Reply, asked: Asked) -> dict[str, str | None]:
    del asked
    name = "x-business-use-case-usage"
    told = reply.header(name)
    return {"x_business_use_case_usage": told.replace('{"', '{"act_', 1)} if told else {}


MUTANTS = (
    Mutant("meta-read-no-body", "parameter", "Parameters in a body are not seen.", "META-Q7", _bodiless),
    Mutant("meta-read-no-json", "parameter", "Parameters in a JSON body are not seen.", "META-Q7", _no_json),
    Mutant("meta-read-body-wins", "parameter", "A form wins over the query.", "META-Q9", _body_wins),
    Mutant("meta-read-first-wins", "parameter", "Of a repeated parameter the first counts.", "META-Q5", _first_wins),
    Mutant("meta-read-strict", "parameter", "Unknown parameters are refused.", "META-Q4", _strict),
    Mutant("meta-read-slash", "parameter", "A slash at the end of a path is an unknown path.", "META-Q6", _exact_path),
    Mutant("meta-read-head", "status", "HEAD is answered with HTTP 405.", "META-H13", _no_head),
    Mutant("meta-read-header-token", "credential", "The header's token wins over the query's.", "META-U12",
           around("mockserver.vendors.meta.auth:sent_token", _header_wins)),
    Mutant("meta-read-fields-twice", "parameter", "A field named twice is refused.", "META-Q1", _once_each),
    Mutant("meta-read-filter-quotes", "parameter", "A filter in single quotes, as documented, is ignored.", "META-Q3",
           _json_only),
    Mutant("meta-read-filter-rows", "filter", "A filter drops rows.", "META-A8", rows(_rows_with_actions, "insights")),
    Mutant("meta-read-rows-by-time", "order", "Rows go by time, not by object.", "META-B5", rows(_by_time, "insights")),
    Mutant("meta-read-increment-30", "time", "A time_increment above 30 is taken for 30.", "META-B6",
           argument("insights", _thirty)),
    Mutant("meta-read-spend-twice", "count", "The two names of the spend differ by a cent.", "META-I10",
           each(_cents_apart, "insights")),
    Mutant("meta-read-sent-missing", "count", "What was sent is never told.", "META-F4",
           each(lambda row: row.pop(f"{M}sent", None), "insights")),
    Mutant("meta-read-benchmark", "count", "The benchmark of the read rate is the read rate.", "META-I12",
           worked_out(f"{M}read_rate_benchmark", lambda row: row.get(f"{M}read_rate", "0"), (f"{M}read_rate",))),
    Mutant("meta-read-empty-paging", "page", "An empty page has empty cursors.", "META-S11", _empty_paging),
    Mutant("meta-read-past-end", "cursor", "A cursor of the last row is refused.", "META-P7", _page_past_end),
    Mutant("meta-read-not-today", "time", "Today does not count.", "META-T9",
           around("mockserver.world.now:World.total", _not_today)),
    Mutant("meta-read-report-time", "parameter", "action_report_time=mixed, which is documented, is refused.",
           "META-D18",
           asking(lambda sent: {"level": "mixed"} if sent.get("action_report_time") == "mixed" else {}, "insights")),
    Mutant("meta-read-attribution", "parameter", "use_account_attribution_setting leaves the newest row out.",
           "META-D16",
           rows(lambda found, asked: found[1:] if "use_account_attribution_setting" in asked.parameters else None,
                "insights")),
    Mutant("meta-read-error-key", "words", "Refusals hold a key that nobody knows.", "META-S4",
           errors("meta", lambda row: row.update(error_hint="see the documentation"))),
    Mutant("meta-read-usage-account", "header", "Usage is told of act_<id>, not of the number.", "META-H8",
           headers("meta", _accounted)),
    Mutant("meta-read-date", "header", "The Date is no HTTP date.", "META-H3",
           headers("meta", lambda reply, asked: {"date": "2026-11-21T04:00:00Z"})),
)  # fmt: skip
