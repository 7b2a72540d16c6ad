"""Graph refusals that are missing, wrong, or not whole."""

from typing import Any

from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import asking, errors, refused, statuses, when_refused
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import around

Row = dict[str, Any]


def _known_fields(asked: Asked, error: Row) -> Asked | None:
    """The request without what its refusal calls invalid."""
    message = str(error.get("message", ""))
    fields = asked.parameters.get("fields", "").split(",")
    kept = [name for name in fields if name not in message]
    spoken = "not valid for fields" in message or "nonexisting field" in message
    return asked.having(fields=",".join(kept) or "impressions") if spoken and kept != fields else None


def _without_preset(asked: Asked, error: Row) -> Asked | None:
    return asked.having(date_preset=None) if "date_preset" in str(error.get("message")) else None


def _breakdowns_dropped(asked: Asked, error: Row) -> Asked | None:
    combined = "Current combination of data breakdown columns" in str(error.get("message"))
    return asked.having(breakdowns=None, action_breakdowns=None) if combined else None


def _with_200(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    return Reply(200, reply.headers, reply.body) if asked.vendor == "meta" and refused(reply) else reply


def _partial(asked: Asked, inner: Inner) -> Reply:
    """A refusal of insights also holds some rows."""
    reply = inner(asked)
    if asked.operation != "insights" or not refused(reply, 100):
        return reply
    return reply.holding({"data": [{"date_start": "2026-11-01", "date_stop": "2026-11-20"}], **reply.json})


def _text(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    if asked.vendor != "meta" or not refused(reply):
        return reply
    return reply.headed(content_type="text/html; charset=utf-8")


def _bare(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    return reply.holding(reply.json["error"]) if asked.vendor == "meta" and refused(reply) else reply


def _typed(row: Row) -> None:
    row["type"] = "OAuthException"


def _as_code(code: int) -> Any:
    return lambda row: row.update(code=code)


def _unspoken(row: Row) -> None:
    if row["message"].startswith("(#"):
        row["message"] = row["message"].partition(" ")[2]


def _names_dropped(row: Row) -> None:
    if "not valid for fields" in row["message"]:
        row["message"] = "(#100) A field is not valid for fields param."


def _same_trace(row: Row) -> None:
    row["fbtrace_id"] = "AbCdEfGhIjKlMnOpQrStUvW"


def _not_retired(known: Any, fields: Any, *more: Any) -> Any:
    from mockserver.vendors.meta.insight_fields import RETIRED

    return known([name for name in fields if name not in RETIRED], *more)


def _get_of_post(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    writes = asked.vendor == "meta" and asked.method in ("POST", "DELETE", "PUT")
    return inner(asked.told(REQUEST_METHOD="GET")) if writes and refused(reply) else reply


def _html_of_paths(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    if asked.vendor != "meta" or not refused(reply, 2500) or "Unknown path" not in reply.json["error"]["message"]:
        return reply
    return reply.holding(b"<!doctype html><title>404 Not Found</title>", 404).headed(content_type="text/html")


def _first_part(split: Any, path: str, latest: str) -> Any:
    parts = path.strip("/").split("/")
    return split("/".join(parts[:3]), latest)


def _missing(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    missing = asked.vendor == "meta" and refused(reply, 100) and reply.json["error"].get("error_subcode") == 33
    return Reply(404, reply.headers, reply.body) if missing else reply


MUTANTS = (
    Mutant("meta-unknown-field-dropped", "refusal", "Unknown fields are left out without a word.", "META-R1",
           when_refused(_known_fields)),
    Mutant("meta-bad-preset-taken", "refusal", "An unknown date_preset is taken for none.", "META-R6",
           when_refused(_without_preset)),
    Mutant("meta-combination-dropped", "refusal", "Breakdowns that do not combine are ignored.", "META-R61",
           when_refused(_breakdowns_dropped)),
    Mutant("meta-retired-known", "refusal", "Retired fields are left out without a word.", "META-R3",
           around("mockserver.vendors.meta.insight_fields:_known", _not_retired)),
    Mutant("meta-post-answered", "refusal", "A POST is answered like a GET.", "META-D20", _get_of_post),
    Mutant("meta-deep-path", "refusal", "What follows an edge in a path is ignored.", "META-R45",
           around("mockserver.vendors.meta.route:split", _first_part)),
    Mutant("meta-negative-limit", "refusal", "A negative limit is taken for none.", "META-R20",
           asking(lambda sent: {"limit": None} if sent.get("limit", "").startswith("-") else {}, "insights", "ads")),
    Mutant("meta-error-200", "status", "Refusals come with HTTP 200.", "META-S5", _with_200),
    Mutant("meta-error-500", "status", "Bad arguments are answered with HTTP 500.", "META-R11",
           statuses("meta", 500, 100)),
    Mutant("meta-error-422", "status", "A bad cursor is answered with HTTP 422.", "META-R22",
           statuses("meta", 422, 2642)),
    Mutant("meta-error-404", "status", "A missing object is answered with HTTP 404.", "META-R44",
           _missing),
    Mutant("meta-forbidden-401", "status", "A missing permission is answered with HTTP 401.", "META-U7",
           statuses("meta", 401, 200)),
    Mutant("meta-path-html", "status", "An unknown path is answered in HTML, with HTTP 404.", "META-R45",
           _html_of_paths),
    Mutant("meta-code-text", "words", "Error codes are text.", "META-S3",
           errors("meta", lambda row: row.update(code=str(row["code"])))),
    Mutant("meta-cursor-code", "words", "A bad cursor has code 100.", "META-R22", errors("meta", _as_code(100), 2642)),
    Mutant("meta-old-range-code", "words", "A range beyond 37 months has code 100.", "META-R14",
           errors("meta", _as_code(100), 3018)),
    Mutant("meta-subcode-missing", "words", "Refusals have no error_subcode.", "META-U4",
           errors("meta", lambda row: row.pop("error_subcode", None))),
    Mutant("meta-type-missing", "words", "Refusals have no type.", "META-S3",
           errors("meta", lambda row: row.pop("type"))),
    Mutant("meta-type-one", "words", "Every refusal is an OAuthException.", "META-R44", errors("meta", _typed)),
    Mutant("meta-trace-missing", "words", "Refusals have no fbtrace_id.", "META-S3",
           errors("meta", lambda row: row.pop("fbtrace_id"))),
    Mutant("meta-trace-same", "words", "Every refusal has the same fbtrace_id.", "META-H14",
           errors("meta", _same_trace)),
    Mutant("meta-message-bare", "words", "Messages do not begin with their (#code).", "META-R1",
           errors("meta", _unspoken)),
    Mutant("meta-message-vague", "words", "The refusal of a field does not name it.", "META-R1",
           errors("meta", _names_dropped)),
    Mutant("meta-error-bare", "words", "The error stands in the body without its envelope.", "META-S3", _bare),
    Mutant("meta-error-partial", "words", "A refusal comes with rows.", "META-S5", _partial),
    Mutant("meta-error-html-type", "words", "Refusals are JSON said to be HTML.", "META-S6", _text),
)  # fmt: skip
