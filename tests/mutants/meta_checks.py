"""Graph checks that are left out: what should be refused is mended or dropped."""

from typing import Any

from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import parsed, refused, when_refused
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import around

Row = dict[str, Any]


def _dropped(words: str, *names: str) -> Any:
    """Where a refusal has these *words*, the parameters *names* are dropped and the rest is answered."""

    def better(asked: Asked, error: Row) -> Asked | None:
        there = set(names) & set(asked.parameters)
        return asked.having(**dict.fromkeys(names)) if words in str(error.get("message", "")) and there else None

    return when_refused(better)


def _until_today(asked: Asked, error: Row) -> Asked | None:
    span = parsed(asked.parameters.get("time_range", ""))
    if error.get("code") != 100 or not isinstance(span, dict) or set(span) != {"since"}:
        return None
    return asked.having(time_range=f'{{"since":"{span["since"]}","until":"2026-11-20"}}')


def _in_a_list(asked: Asked, error: Row) -> Asked | None:
    sent = asked.parameters.get("filtering", "")
    return (
        asked.having(filtering=f"[{sent}]")
        if "must be an array" in str(error.get("message")) and sent[:1] == "{"
        else None
    )


def _filters(change: Any) -> Any:
    """A filtering that is refused is answered with each of its entries as *change* has it; None leaves one out."""

    def better(asked: Asked, error: Row) -> Asked | None:
        entries = parsed(asked.parameters.get("filtering", ""))
        if "filter" not in str(error.get("message")).lower() or not isinstance(entries, list):
            return None
        kept = [change(one) for one in entries if isinstance(one, dict)]
        text = str([one for one in kept if one]).replace("'", '"')
        return None if kept == entries else asked.having(filtering=text)

    return when_refused(better)


def _known_keys(entry: Row) -> Row:
    return {name: entry[name] for name in ("field", "operator", "value") if name in entry}


def _object_fields(asked: Asked, error: Row) -> Asked | None:
    return asked.having(fields=None) if "nonexisting field" in str(error.get("message")) else None


def _statuses(asked: Asked, error: Row) -> Asked | None:
    return asked.having(effective_status=None) if "effective_status" in str(error.get("message")) else None


def _field_first(asked: Asked, inner: Inner) -> Reply:
    """What else is wrong is told before the token is looked at."""
    reply = inner(asked)
    if asked.vendor != "meta" or not refused(reply, 190, 104):
        return reply
    other = inner(asked.having(access_token="EAAtok", appsecret_proof=None))
    return other if refused(other) else reply


def _short_version(split: Any, path: str, latest: str) -> Any:
    first, _, rest = path.strip("/").partition("/")
    return split(rest if first[:1] == "v" and first[1:].isdigit() else path, latest)


def _named_alone(asked: Asked, inner: Inner) -> Reply:
    """Of several unknown fields only the first is named."""
    reply = inner(asked)
    if asked.vendor != "meta" or not refused(reply, 100) or " are not valid for fields" not in reply.body.decode():
        return reply
    body = reply.json
    first = body["error"]["message"].partition(",")[0]
    body["error"]["message"] = (
        f"{first} is not valid for fields param.{body['error']['message'].partition('param.')[2]}"
    )
    return reply.holding(body)


def _challenge_kept(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    if asked.vendor != "meta" or reply.status < 400 or not asked.header("if-none-match"):
        return reply
    return Reply(304, reply.headers, b"")


MUTANTS = (
    Mutant("meta-check-until", "refusal", "A time_range without its end goes on to yesterday.", "META-R12",
           when_refused(_until_today)),
    Mutant("meta-check-range-type", "refusal", "A time_range that is no object is taken for none.", "META-R10",
           _dropped("time_range", "time_range")),
    Mutant("meta-check-limit-type", "refusal", "A limit that is no number is taken for none.", "META-R21",
           _dropped("limit must be an integer", "limit")),
    Mutant("meta-check-filter-list", "refusal", "A filter without its list is taken for one.", "META-R24",
           when_refused(_in_a_list)),
    Mutant("meta-check-operator", "refusal", "Filters with unknown operators are left out.", "META-R25",
           _filters(lambda entry: entry if entry.get("operator") in ("IN", "EQUAL") else None)),
    Mutant("meta-check-filter-key", "refusal", "Unknown keys of a filter are left out.", "META-R26",
           _filters(_known_keys)),
    Mutant("meta-check-filter-value", "refusal", "Filters without a value are left out.", "META-R27",
           _filters(lambda entry: entry if "value" in entry else None)),
    Mutant("meta-check-list-filter", "refusal", "Lists leave out filters that they do not take.", "META-R30",
           _dropped("is not supported", "filtering")),
    Mutant("meta-check-status", "refusal", "Unknown statuses are taken for none.", "META-R32", when_refused(_statuses)),
    Mutant("meta-check-deleted", "refusal", "A list asked for what is deleted lists everything else.", "META-R37",
           _dropped("Invalid parameter", "effective_status")),
    Mutant("meta-check-object-field", "refusal", "Unknown fields of an object are taken for none.", "META-R40",
           when_refused(_object_fields)),
    Mutant("meta-check-field-syntax", "refusal", "Fields that cannot be read are taken for none.", "META-R41",
           _dropped("Syntax error", "fields")),
    Mutant("meta-check-gated", "refusal", "Gated fields are left out without a word.", "META-R42",
           _dropped("whitelist", "fields")),
    Mutant("meta-check-breakdown", "refusal", "Unknown breakdowns are taken for none.", "META-R4",
           _dropped("breakdowns param", "breakdowns")),
    Mutant("meta-check-level", "refusal", "An unknown level is taken for none.", "META-R5",
           _dropped("level must", "level")),
    Mutant("meta-check-flag", "refusal", "Flags that are neither true nor false are taken for false.", "META-R8",
           _dropped("must be a boolean", "use_account_attribution_setting", "use_unified_attribution_setting",
                    "default_summary", "async", "summary")),
    Mutant("meta-check-report-time", "refusal", "An unknown action_report_time is taken for none.", "META-R7",
           _dropped("action_report_time", "action_report_time")),
    Mutant("meta-check-version", "refusal", "v26 is taken for a version.", "META-R48",
           around("mockserver.vendors.meta.route:split", _short_version)),
    Mutant("meta-check-order", "refusal", "What else is wrong is told to callers with a bad token.", "META-U11",
           _field_first),
    Mutant("meta-check-fields-named", "words", "Of several unknown fields one is named.", "META-R2", _named_alone),
    Mutant("meta-check-error-304", "status", "A refusal is 304 to a client that has an ETag.", "META-H11",
           _challenge_kept),
)  # fmt: skip
