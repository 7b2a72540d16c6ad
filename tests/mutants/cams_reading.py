"""CAMS requests that are read otherwise than they should be, and limits and nonces that count wrongly."""

# a wrapper has the arguments of what it stands for

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from mockserver.errors import MockError
from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import each, rows
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, argument, around
from tests.mutants.words import ACCOUNTS, CAMPAIGNS, INSIGHTS, METRIC, P

Row = dict[str, Any]
PARAMETERS, SIGNATURE = "mockserver.vendors.cams.parameters", "mockserver.vendors.cams.signature"
AUTH, BUDGETS = "mockserver.vendors.cams.auth", "mockserver.vendors.cams.dialect:CamsDialect.budgets"
HALF_HOUR = 1_800_000


def _merged(change: Any) -> Patch:
    """*change* has the parameters as they were sent, and the request (None for V1)."""

    def wrapper(merged: Any, sent: Any, request: Any) -> Any:
        return change(merged(sent, request), request)

    return around(f"{PARAMETERS}:merged", wrapper)


def _form_unread(texts: Any, request: Any) -> Any:
    """A form is not read where a V3 header signs it."""
    v3 = request.headers.get("authorization", "").startswith("ACS3-")
    return texts(replace(request, body=b"")) if v3 else texts(request)


def _body_wins(found: Row, request: Any) -> Row:
    kind = request.headers.get("content-type", "") if request else ""
    form = dict(parse_qsl(request.body.decode("utf-8", "replace"))) if "form" in kind else {}
    return {**found, **{name: value for name, value in form.items() if "." not in name and name != "Page"}}


def _no_json(found: Row, request: Any) -> Row:
    """A JSON body is not read."""
    if request is None or "json" not in request.headers.get("content-type", ""):
        return found
    return {name: value for name, value in found.items() if name in dict(parse_qsl(request.query))}


def _isv_code(found: Row, request: Any) -> Row:
    """An IsvCode is refused."""
    del request
    if "IsvCode" in found:
        raise MockError("Invalid", parameter="IsvCode")
    return found


def _owner(found: Row, request: Any) -> Row:
    """OwnerId chooses whose spaces are asked."""
    del request
    return {name: value for name, value in found.items() if name != "CustSpaceId" or "OwnerId" not in found}


def _posts_only(asked: Asked, inner: Inner) -> Reply:
    """A GET is refused."""
    reply = inner(asked)
    if asked.vendor != "cams" or asked.method != "GET" or not reply.good or reply.json is None:
        return reply
    error = {"Code": "UnsupportedHTTPMethod", "Message": "This http method not supported.", "HostId": "cams"}
    return reply.holding({"RequestId": reply.json["RequestId"], "Recommend": "", **error}, 400)


def _no_plus(canonical_query: Any, query: str) -> Any:
    """A + in a query is not a space to the signature."""
    return canonical_query(query.replace("+", "%2B"))


def _hex_nonces(signed: Any, runtime: Any, made: Any) -> Any:
    """Nonces that are not 32 hexadecimal digits are used."""
    if len(made.nonce.replace("-", "")) != 32:
        raise MockError("SignatureNonceUsed")
    return signed(runtime, made)


def _short_memory(use: Any, nonces: Any, account: str, nonce: str, now: float) -> bool:
    """Only the last ten nonces are remembered."""
    while len(nonces._used) > 10:
        nonces._used.popitem(last=False)
    return bool(use(nonces, account, nonce, now))


def _minute(made: Any) -> Any:
    def created(nonces: Any, seconds: float) -> None:
        del seconds
        made(nonces, 60.0)

    return created


def _no_temporary(key: Any, file: Any, made: Any) -> Any:
    """Temporary keys are unknown."""
    if made.security_token:
        raise MockError("InvalidAccessKeyId.NotFound")
    return key(file, made)


def _each_key(budgets: Any, dialect: Any, runtime: Any, exchange: Any) -> Any:
    caller = getattr(exchange.caller, "id", "") + str(getattr(exchange.caller, "security_token", ""))
    return [replace(one, key=(*one.key, caller)) for one in budgets(dialect, runtime, exchange)]


def _limited_too(budgets: Any, dialect: Any, runtime: Any, exchange: Any) -> Any:
    from mockserver.gate.throttle import Budget

    found = budgets(dialect, runtime, exchange)
    return found or [Budget(("cams", exchange.operation.name), 20, 1.0, "System.LimitControl")]


def _floored(found: Row) -> None:
    for name in ("Start", "End"):
        if name in found:
            found[name] -= found[name] % HALF_HOUR


def _future(asked: Asked, inner: Inner) -> Reply:
    """The last bucket goes on to End, even if that is tomorrow."""
    reply = inner(asked)
    if asked.operation != METRIC or not reply.rows:
        return reply
    *before, last = reply.rows
    return reply.listing([*before, {**last, "End": max(last["End"], int(asked.parameters.get("End", 0)))}])


def _no_prefix(found: Row) -> None:
    if str(found.get("AdAccountId", "")).startswith("act_"):
        found["AdAccountId"] = "0"


def _double(row: Row) -> None:
    for name in ("SentCount", "DeliveredCount", "ReadCount"):
        row[name] *= 2
    for button in row["Cliented"]:
        button["Count"] *= 2


def _halves(row: Row) -> None:
    name = f"{P}ReadRate"
    if row[name] != "0":
        row[name] = f"{float(row[name]) - 0.000003:.6f}"


def _refuse_second(handler: Any, world: Any, question: Any) -> Any:
    from mockserver.vendors.cams import spaces

    if all(world.roi_metric_enabled_at(space) for space in spaces.usable(world, question)):
        raise MockError("Invalid", parameter="CustSpaceId")
    return handler(world, question)


MUTANTS = (
    Mutant("cams-read-v3-form", "parameter", "Forms are not read in V3.", "CAMS-P1",
           around(f"{PARAMETERS}:texts", _form_unread)),
    Mutant("cams-read-body-wins", "parameter", "A form wins over the query.", "CAMS-P3", _merged(_body_wins)),
    Mutant("cams-read-no-json", "parameter", "JSON bodies are not read.", "CAMS-P1", _merged(_no_json)),
    Mutant("cams-read-isv-code", "parameter", "An IsvCode is refused.", "CAMS-P6", _merged(_isv_code)),
    Mutant("cams-read-owner", "parameter", "Beside an OwnerId, CustSpaceId is not seen.", "CAMS-P5", _merged(_owner)),
    Mutant("cams-read-post-only", "parameter", "GET is refused.", "CAMS-U2", _posts_only),
    Mutant("cams-read-plus", "credential", "A + in a query is signed as a plus sign.", "CAMS-U3",
           around(f"{SIGNATURE}:_canonical_query", _no_plus)),
    Mutant("cams-read-nonce-form", "credential", "Nonces that are no UUIDs are refused.", "CAMS-U32",
           around(f"{AUTH}:_signed", _hex_nonces)),
    Mutant("cams-nonce-ten", "credential", "Only the last ten nonces are remembered.", "CAMS-U31",
           around("mockserver.gate.nonces:Nonces.use", _short_memory)),
    Mutant("cams-nonce-minute", "credential", "A nonce is forgotten after a minute.", "CAMS-U35",
           Patch("mockserver.gate.nonces:Nonces.__init__", _minute)),
    Mutant("cams-sts-refused", "credential", "Temporary keys are unknown.", "CAMS-U21",
           around(f"{AUTH}:_key", _no_temporary)),
    Mutant("cams-limit-keys", "throttle", "Each key of a user has a limit of its own.", "CAMS-TH2",
           around(BUDGETS, _each_key)),
    Mutant("cams-limit-others", "throttle", "Operations without a documented limit have one of 20.", "CAMS-TH8",
           around(BUDGETS, _limited_too)),
    Mutant("cams-metric-floored", "template", "Start and End are rounded down to the half hour.", "CAMS-M11",
           argument(METRIC, _floored)),
    Mutant("cams-metric-future", "template", "The last bucket ends at End, though that is still to come.", "CAMS-M13",
           _future),
    Mutant("cams-metric-double", "template", "Every count is twice what the world says.", "CAMS-M17",
           each(_double, METRIC)),
    Mutant("cams-read-rate-off", "rounding", "Read rates are no shares of whole messages.", "CAMS-I2",
           each(_halves, INSIGHTS)),
    Mutant("cams-list-page-id", "row", "Campaigns tell another page than the one asked for.", "CAMS-L5",
           each(lambda row: row.update(PageId=f"{row['PageId']}0"), CAMPAIGNS)),
    Mutant("cams-list-act", "parameter", "An AdAccountId with act_ is unknown.", "CAMS-L9",
           argument(CAMPAIGNS, _no_prefix)),
    Mutant("cams-list-budget-type", "format", "BudgetTypes are in capitals.", "CAMS-L10",
           each(lambda row: row.update(BudgetType=row["BudgetType"].upper()), CAMPAIGNS)),
    Mutant("cams-accounts-twice", "row", "The first ad account of a page is told twice.", "CAMS-L12",
           rows(lambda found, asked: [found[0], *found], ACCOUNTS)),
    Mutant("cams-insights-paused", "row", "Campaigns that no longer run have no insights.", "CAMS-I5",
           rows(lambda found, asked: found if found[0]["DateStop"] >= "2026-11-20" else [], INSIGHTS)),
    Mutant("cams-switch-again", "switch", "Enabling what is enabled is refused.", "CAMS-E1",
           around("mockserver.vendors.cams.handlers:WORLD[EnableWhatsappROIMetric]", _refuse_second)),
)  # fmt: skip
