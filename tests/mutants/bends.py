"""The bends that most mutants are made of, each for a few words."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from tests.mutants.bend import Asked, Bend, Inner, Reply

Row = dict[str, Any]


def rows(edit: Callable[[list[Row], Asked], list[Row] | None], *operations: str) -> Bend:
    """*edit* changes the rows of good answers, in place or by returning others."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        found = reply.rows if asked.operation in operations else []
        if not found:
            return reply
        changed = edit(found, asked)
        return reply.listing(found if changed is None else changed)

    return bend


def each(edit: Callable[[Row], Any], *operations: str) -> Bend:
    """*edit* changes every row of good answers in place."""

    def all_rows(found: list[Row], asked: Asked) -> None:
        del asked
        for row in found:
            edit(row)

    return rows(all_rows, *operations)


def values(names: Iterable[str], change: Callable[[Any], Any], *operations: str) -> Bend:
    """*change* is made to the values of *names* wherever a row has them."""
    listed = tuple(names)

    def edit(row: Row) -> None:
        row.update({name: change(row[name]) for name in listed if name in row})

    return each(edit, *operations)


def worked_out(name: str, formula: Callable[[Row], Any], needed: Iterable[str]) -> Bend:
    """The insights value of *name* follows by *formula* from fields that are asked for behind the scenes."""
    listed = tuple(needed)

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.operation != "insights" or not reply.rows or name not in reply.rows[0]:
            return reply
        whole = inner(asked.having(fields=",".join([*listed, name]))).rows
        return reply.listing([{**row, name: formula(full)} for row, full in zip(reply.rows, whole, strict=True)])

    return bend


def objects(edit: Callable[[Row], Any]) -> Bend:
    """*edit* changes every ad account, campaign, ad set and ad, read alone or in a list."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.vendor != "meta" or asked.operation in ("insights", "me") or not reply.good:
            return reply
        body = reply.json
        for row in body.get("data", [body]):
            edit(row)
        return reply.holding(body)

    return bend


def bodies(edit: Callable[[Row, Asked], Any], *operations: str) -> Bend:
    """*edit* changes the whole body of good JSON answers in place."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.operation not in operations or not reply.good or not isinstance(reply.json, dict):
            return reply
        body = reply.json
        edit(body, asked)
        return reply.holding(body)

    return bend


def errors(vendor: str, edit: Callable[[Row], Any], *codes: Any) -> Bend:
    """*edit* changes the error object of refusals in place, of *codes* alone where there are any."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.vendor != vendor or not refused(reply, *codes):
            return reply
        body = reply.json
        edit(body.get("error", body))
        return reply.holding(body)

    return bend


def refused(reply: Reply, *codes: Any) -> bool:
    """Whether *reply* is a refusal in JSON, with one of *codes* where there are any."""
    body = reply.json
    if reply.good or not isinstance(body, dict):
        return False
    error = body.get("error", body)
    return not codes or error.get("code", error.get("Code")) in codes


def statuses(vendor: str, status: int, *codes: Any) -> Bend:
    """Refusals, of *codes* alone where there are any, have another HTTP status."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.vendor != vendor or not refused(reply, *codes):
            return reply
        return Reply(status, reply.headers, reply.body)

    return bend


def headers(vendor: str, change: Callable[[Reply, Asked], dict[str, str | None]]) -> Bend:
    """The answers of *vendor* have other headers; None leaves one out."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        return reply.headed(**change(reply, asked)) if asked.vendor == vendor else reply

    return bend


def asking(change: Callable[[dict[str, str]], dict[str, str | None]], *operations: str) -> Bend:
    """A Graph request reaches the server with other query parameters; None leaves one out."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        if asked.operation not in operations:
            return inner(asked)
        changes = change(asked.parameters)
        return inner(asked.having(**changes) if changes else asked)

    return bend


def when_refused(change: Callable[[Asked, Row], Asked | None], vendor: str = "meta") -> Bend:
    """A bad Graph request that *change* knows how to make good is answered as the good one."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.vendor != vendor or not refused(reply):
            return reply
        better = change(asked, reply.json.get("error", reply.json))
        return reply if better is None else inner(better)

    return bend


def parsed(text: str) -> Any:
    """A parameter's value as JSON; None where it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return None
