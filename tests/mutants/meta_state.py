"""A Graph API that remembers what it should not, or fails now and then."""

from typing import Any

from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import refused
from tests.mutants.catalogue import Mutant
from tests.mutants.words import M


def _counted(asked: Asked, name: str = "calls") -> int:
    asked.kept[name] = asked.kept.get(name, 0) + 1
    return int(asked.kept[name])


def _fields_stay(asked: Asked, inner: Inner) -> Reply:
    if asked.operation != "insights":
        return inner(asked)
    fields = asked.parameters.get("fields") or asked.kept.get("fields")
    asked.kept["fields"] = fields
    return inner(asked.having(fields=fields))


def _limit_stays(asked: Asked, inner: Inner) -> Reply:
    if asked.operation not in ("campaigns", "adsets", "ads"):
        return inner(asked)
    limit = asked.kept["limit"] = asked.parameters.get("limit") or asked.kept.get("limit")
    return inner(asked.having(limit=limit))


def _empty_after_error(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    failed = asked.kept.get("failed")
    asked.kept["failed"] = asked.vendor == "meta" and refused(reply)
    return reply.listing(reply.rows[1:]) if failed and asked.operation == "insights" and reply.rows else reply


def _error_again(asked: Asked, inner: Inner) -> Reply:
    """A refusal is kept and given to the next request of the same path too."""
    if asked.vendor != "meta":
        return inner(asked)
    kept = asked.kept.pop(asked.path, None)
    reply = inner(asked)
    if kept is None and refused(reply):
        asked.kept[asked.path] = reply
    return kept or reply


def _grows(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    name = f"{M}delivered"
    if asked.operation != "insights" or not reply.rows or name not in reply.rows[0]:
        return reply
    more = _counted(asked)
    return reply.listing([{**row, name: str(int(row[name]) + more)} for row in reply.rows])


def _every(turn: int, operation: str, change: Any) -> Any:
    """Every so many calls of *operation* the answer is another."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.operation != operation or not reply.good or _counted(asked) % turn:
            return reply
        changed: Reply = change(reply)
        return changed

    return bend


def _row_lost(reply: Reply) -> Reply:
    return reply.listing(reply.rows[:-1]) if reply.rows else reply


def _broken(reply: Reply) -> Reply:
    return reply.holding({"error": {"message": "An unknown error occurred", "type": "OAuthException", "code": 1}}, 500)


def _truncated(reply: Reply) -> Reply:
    return reply.holding(reply.body[: len(reply.body) * 2 // 3])


def _cached(*, without: tuple[str, ...]) -> Any:
    """Good answers to insights are kept by address, but for some parameters."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        if asked.operation not in ("insights", "adaccounts"):
            return inner(asked)
        sent = {name: value for name, value in asked.parameters.items() if name not in without}
        key = repr((asked.path, sorted(sent.items())))
        if key not in asked.kept:
            reply = inner(asked)
            if not reply.good:
                return reply
            asked.kept[key] = reply
        kept: Reply = asked.kept[key]
        return kept

    return bend


def _last_caller(asked: Asked, inner: Inner) -> Reply:
    """A call is answered as for the caller before, if both are known."""
    if asked.vendor != "meta" or "access_token" not in asked.parameters:
        return inner(asked)
    before = asked.kept.get("caller")
    reply = inner(asked)
    sent = {name: asked.parameters.get(name) for name in ("access_token", "appsecret_proof")}
    if reply.good:
        asked.kept["caller"] = sent
    return inner(asked.having(**before)) if before and before != sent and reply.good else reply


MUTANTS = (
    Mutant("meta-state-fields", "state", "Without fields those of the call before are told.", "META-F5", _fields_stay),
    Mutant("meta-state-limit", "state", "Without a limit that of the list before counts.", "META-P2", _limit_stays),
    Mutant("meta-state-after-error", "state", "After a refusal the next answer lacks its first row.", "META-N2",
           _empty_after_error),
    Mutant("meta-state-error-again", "state", "A refusal is repeated to the next request of the same path.", "META-N2",
           _error_again),
    Mutant("meta-state-grows", "state", "Delivered messages grow with every call.", "META-N1", _grows),
    Mutant("meta-state-cache-range", "state", "Answers are cached without minding dates.", "META-T3",
           _cached(without=("time_range", "date_preset"))),
    Mutant("meta-state-cache-fields", "state", "Answers are cached without minding fields.", "META-F1",
           _cached(without=("fields",))),
    Mutant("meta-state-cache-caller", "state", "Answers are cached without minding who asks.", "META-U15",
           _cached(without=("access_token", "appsecret_proof"))),
    Mutant("meta-state-last-caller", "state", "A caller is taken for the one before.", "META-U15", _last_caller),
    Mutant("meta-state-third-row", "state", "Every third answer lacks its last row.", "META-N1",
           _every(3, "insights", _row_lost)),
    Mutant("meta-state-seventh", "state", "Every seventh answer is HTTP 500.", "META-N1",
           _every(7, "insights", _broken)),
    Mutant("meta-state-fifth-cut", "state", "Every fifth answer is cut off.", "META-N1",
           _every(5, "insights", _truncated)),
)  # fmt: skip
