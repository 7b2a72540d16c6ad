"""The words in which properties judge: each raises Broken with what was got beside what was expected."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from .outcomes import MISSING, Broken
from .wire import Answer


def same(got: Any, expected: Any, what: str) -> None:
    """*got* equals *expected*."""
    if got != expected:
        raise Broken(what, got, expected)


def holds(condition: Any, what: str, got: Any = MISSING, expected: Any = MISSING) -> None:
    """*condition* is true."""
    if not condition:
        raise Broken(what, got, expected)


def ok(answer: Answer) -> Answer:
    """A request that the vendor documents as valid is answered with HTTP 200 and no error."""
    if answer.status != 200 or "error" in (answer.json or {}):
        got = {"status": answer.status, "body": answer.text[:600]}
        raise Broken("a valid request is refused", got, {"status": 200})
    return answer


def refused(
    answer: Answer,
    code: Any,
    *,
    status: int | Iterable[int] = 400,
    subcode: int | None = None,
    type: str | None = None,  # noqa: A002  # the vendor's word
    message: str | None = None,
) -> None:
    """The answer is this error, whole: HTTP status, code, subcode, type, and *message*, a pattern of the whole text."""
    statuses = (status,) if isinstance(status, int) else tuple(status)
    error = answer.error
    told = {"status": answer.status, "code": error.get("code", error.get("Code"))}
    wanted: dict[str, Any] = {"status": statuses[0] if len(statuses) == 1 else statuses, "code": code}
    text = error.get("message", error.get("Message", ""))
    for name, value in (("error_subcode", subcode), ("type", type)):
        if value is not None:
            told[name], wanted[name] = error.get(name), value
    right = answer.status in statuses and all(told[name] == wanted[name] for name in wanted if name != "status")
    if message is not None:
        told["message"], wanted["message"] = text, f"like {message}"
        right = right and isinstance(text, str) and re.fullmatch(message, text, re.DOTALL) is not None
    holds(right, "a bad request does not get its documented error", told, wanted)


def number(value: Any, where: str) -> Decimal:
    """*value*, a number as the vendors print it, as an exact decimal."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise Broken(f"{where} is no number", value, "digits") from None


def numbers(row: Mapping[str, Any], *names: str) -> list[Decimal]:
    """The values of *names* in *row*."""
    return [number(row.get(name), name) for name in names]


def near(got: Decimal, expected: Decimal, slack: Decimal | int, what: str) -> None:
    """*got* is *expected*, give or take *slack*."""
    if abs(got - expected) > slack:
        raise Broken(what, str(got), f"{expected} ± {slack}" if slack else str(expected))
