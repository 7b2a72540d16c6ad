"""Filters of lists: what a client would choose of the whole list itself, in the same order."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from ..ask import Ask
from ..dates import iso_instant
from ..expect import holds, same
from ..found import Account
from ..keeps import KEEPS
from ..outcomes import OutOfScope
from ..property import Live, contract
from .meta_lists import EVERY, LEVEL, PAGE, edges
from .meta_rows import Row, every_row

SENTENCE = "Measured on the live lists: entries AND; CONTAIN does not mind case; bare fields are the list's own."
SAME, SIZE = ("EQUAL", "NOT_EQUAL", "IN", "NOT_IN"), ("GREATER_THAN", "LESS_THAN", "IN_RANGE", "NOT_IN_RANGE")
TAKEN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("id", "status", "effective_status"), SAME),
    "name": ("EQUAL", "CONTAIN", "NOT_CONTAIN"),
    **dict.fromkeys(("created_time", "updated_time"), SIZE),
}


def whole(ask: Ask, account: Account, edge: str, *entries: Row, **more: Any) -> list[Row]:
    """The list with what it may be filtered by, whatever its statuses, filtered by *entries*."""
    asked = {"fields": ",".join(TAKEN), "effective_status": EVERY, **({"filtering": entries} if entries else {})}
    return every_row(ask, f"{account.id}/{edge}", **{**asked, **more})


def some_list(ask: Ask) -> tuple[Account, str, list[Row]]:
    """A list of an ad account, and its rows; raises OutOfScope where there are none."""
    account, edge = ask.one_of(list(edges(ask)), "list")
    rows = whole(ask, account, edge)
    if not rows:
        raise OutOfScope(f"there is none of {edge}")
    return account, edge, rows


def seen(row: Row, field: str) -> Any:
    """The value that a filter compares: times in UNIX seconds."""
    return int(iso_instant(row[field]).timestamp()) if field.endswith("_time") else row[field]


def entry(ask: Ask, rows: list[Row], field: str, operator: str) -> Row:
    """A filter of *field* by *operator* with a value that some of *rows* have."""
    values = sorted({seen(row, field) for row in rows})
    one, other = (ask.one_of(values, f"{field} {which}") for which in ("one", "other"))
    if operator.endswith("RANGE"):
        return {"field": field, "operator": operator, "value": sorted((one, other))}
    if operator in ("IN", "NOT_IN"):
        return {"field": field, "operator": operator, "value": sorted({one, other})}
    text = operator.endswith("CONTAIN")
    return {"field": field, "operator": operator, "value": one[:3].swapcase() if text else one}


@contract(
    "META-E10", "A list filtered is what a client would keep of it", sentence=SENTENCE, page=PAGE,
    kind="metamorphic", live=Live.TOLERANT, calls=110, examples=1,
)  # fmt: skip
def filtered_as_a_client_would(ask: Ask) -> None:
    """ads(filter) = [ad for ad in ads() if it passes], for every field and operator, bare and with its prefix."""
    for account, edge in edges(ask):
        rows = whole(ask, account, edge)
        cases = [(field, operator) for field, operators in TAKEN.items() for operator in operators]
        for field, operator in ask.some(cases, 2) if rows else ():
            one = entry(ask, rows, field, operator)
            wanted = [row for row in rows if KEEPS[operator](seen(row, field), one["value"])]
            dotted = {**one, "field": f"{LEVEL[edge]}.{field}"}
            for spelt in (one, dotted) if ask.exact else (one,):
                same(
                    whole(ask, account, edge, spelt),
                    wanted,
                    f"{edge} whose {spelt['field']} is {operator} {one['value']}",
                )


@contract(
    "META-E11", "IN and NOT_IN share a list out, and entries are ANDed", sentence=SENTENCE, page=PAGE,
    kind="identity", live=Live.TOLERANT, calls=8, examples=3,
)  # fmt: skip
def shared_out(ask: Ask) -> None:
    """ads(IN s) and ads(NOT_IN s) have nothing in common and are all together; two entries keep what both keep."""
    account, edge, rows = some_list(ask)
    field = ask.draw(st.sampled_from(("id", "status", "effective_status")), "field")
    inside = entry(ask, rows, field, "IN")
    outside = {**inside, "operator": "NOT_IN"}
    both = [whole(ask, account, edge, one) for one in (inside, outside)]
    same(sorted(row["id"] for part in both for row in part), sorted(row["id"] for row in rows), "IN and NOT_IN share")
    name = entry(ask, rows, "name", "CONTAIN")
    named = {row["id"] for row in whole(ask, account, edge, name)}
    wanted = [row for row in both[0] if row["id"] in named]
    same(whole(ask, account, edge, inside, name), wanted, "two entries keep what each of them keeps")


@contract(
    "META-E12", "A count is that of the filtered list", page=PAGE, kind="honoured", live=Live.TOLERANT, calls=8,
    examples=2, sentence="Recorded: summary.total_count; several filters AND.",
)  # fmt: skip
def counted(ask: Ask) -> None:
    """summary.total_count = |the filtered list|, and a page of it is its slice."""
    account, edge, rows = some_list(ask)
    one = entry(ask, rows, "effective_status", "IN")
    kept = whole(ask, account, edge, one)
    asked = {"filtering": [one], "effective_status": EVERY, "summary": "true", "limit": 1, "fields": "id"}
    body = ask.graph.ok(f"{account.id}/{edge}", asked).json
    same(body.get("summary"), {"total_count": len(kept)}, "the count is that of the filtered list")
    same([row["id"] for row in body["data"]], [row["id"] for row in kept[:1]], "a page is a slice of the filtered list")


@contract(
    "META-E13", "updated_since and is_completed choose by time", page=PAGE, kind="honoured", live=Live.MOCK, calls=8,
    examples=1, sentence="updated_since: Time since the Ad has been updated. is_completed: completed objects alone.",
)  # fmt: skip
def chosen_by_time(ask: Ask) -> None:
    """ads and adsets(updated_since=t) = those updated at t or later; completed campaigns and ad sets have ended."""
    account = ask.account()
    for edge in ("ads", "adsets"):
        if listed := whole(ask, account, edge):
            since = ask.one_of([seen(row, "updated_time") for row in listed], "since")
            wanted = [row for row in listed if seen(row, "updated_time") >= since]
            same(whole(ask, account, edge, updated_since=since), wanted, f"{edge} that were updated since")
    for edge, end in (("campaigns", "stop_time"), ("adsets", "end_time")):
        fields = f"id,{end}"
        rows = whole(ask, account, edge, fields=fields)
        done = whole(ask, account, edge, fields=fields, is_completed="true")
        today = ask.today(account)
        ended = [row for row in rows if end in row and _last_day(row[end]) < today]
        late = [row for row in done if row not in ended]
        holds(not late, f"completed {edge} have their last day behind them", late, [])
        missing = [row for row in ended if row not in done and (today - _last_day(row[end])).days > 1]
        holds(not missing, f"{edge} whose last day is over are completed", missing, [])


def _last_day(end: str) -> date:
    """The day of an instant where its ad account is."""
    return date.fromisoformat(end[:10])
