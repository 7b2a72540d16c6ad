"""Paging forwards: every page size gives the same rows once each, and links repeat the request."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from hypothesis import strategies as st

from ..ask import Ask, time_range
from ..dates import DAY
from ..expect import holds, ok, same
from ..graph import next_link
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..wire import Answer
from .meta_lists import EVERY
from .meta_rows import RECORDED, Row, busy, every_row, span_of

PAGE = "Graph API, Paginated results"
SENTENCE = "Recorded: `next` only when there is more, `previous` only when not first; default limit 25."
MOST_ROWS, MOST_PAGES = 40, 50
SOURCES = ("insights", "ads", "days of an ad", "ads of a campaign", "campaigns", "adsets", "adaccounts")


@dataclass(frozen=True, slots=True)
class List:
    """A list that can be paged through, and all of its rows."""

    name: str
    path: str
    parameters: dict[str, Any]
    rows: list[Row]


def lists(ask: Ask, few: int = 2) -> Iterator[List]:
    """Every kind of list that has two rows or more; two of them at the quick effort and live."""
    found = 0
    for name in ask.some(SOURCES, few):
        try:
            what = _list(ask, name)
        except OutOfScope:
            continue
        found += 1
        yield what
    if not found:
        raise OutOfScope("no list has two rows to page through")


def _list(ask: Ask, name: str) -> List:
    path, parameters = _insights(ask, name) if name in ("insights", "days of an ad") else _objects(ask, name)
    rows = every_row(ask, path, **parameters)
    if len(rows) > MOST_ROWS and "time_range" in parameters:
        days = {span_of(row)[0] for row in rows}
        span = min(days), min(days) + max((max(days) - min(days)).days * MOST_ROWS // len(rows), 1) * DAY
        parameters |= {"time_range": time_range(span)}
        rows = every_row(ask, path, **parameters)
    if len(rows) < 2:
        raise OutOfScope(f"no {name} to page through")
    return List(name, path, parameters, rows)


def _insights(ask: Ask, name: str) -> tuple[str, dict[str, Any]]:
    node = ask.node("account" if name == "insights" else "ad")
    asked = {"level": "ad", "time_increment": 1, "fields": "ad_id,impressions,spend"}
    return f"{node.id}/insights", asked | {"time_range": time_range(busy(ask, node))}


def _objects(ask: Ask, name: str) -> tuple[str, dict[str, Any]]:
    if name == "adaccounts":
        return "me/adaccounts", {"fields": "id,name"}
    asked = {"fields": "id,name,created_time", "effective_status": EVERY}
    edge, _, below = name.partition(" of a ")
    account = ask.account()
    if not below:
        return f"{account.id}/{edge}", asked
    rows = every_row(ask, f"{account.id}/{edge}", fields=f"{below}_id", effective_status=EVERY)
    parents = [row[f"{below}_id"] for row in rows]
    return f"{ask.one_of([one for one in dict.fromkeys(parents) if parents.count(one) > 1], below)}/{edge}", asked


def pages(ask: Ask, what: List, limit: int) -> list[Answer]:
    """The pages of *what* by their `next`, at most fifty of them (three live)."""
    found = [ask.graph.ok(what.path, what.parameters | {"limit": limit})]
    while (link := next_link(found[-1])) and len(found) < (MOST_PAGES if ask.exact else 3):
        found.append(ok(ask.graph.send("GET", link, {})))
    return found


def sizes(ask: Ask, count: int) -> list[int]:
    """Page sizes around every edge of a list of *count* rows; live one that makes two or three pages."""
    if not ask.exact:
        return [max(count // 2, 1)]
    return list(dict.fromkeys([*(size for size in (1, 2, 3, 7) if size < count), count - 1, count, count + 1]))


@contract(
    "META-P1",
    "Every page size gives the same rows, once each, in the same order",
    sentence=SENTENCE,
    page=PAGE,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=300,
    examples=1,
)
def pages_are_the_whole(ask: Ask) -> None:
    """The pages of any size, one after the other, are the whole; all are full but the last."""
    for what in lists(ask):
        count = len(what.rows)
        for limit in ask.some(sizes(ask, count), 2):
            found = pages(ask, what, limit)
            if ask.exact:
                wanted = [what.rows[at : at + limit] for at in range(0, count, limit)][:MOST_PAGES]
                same([answer.rows for answer in found], wanted, f"pages of {limit} {what.name}")
            holds(all(len(answer.rows) <= limit for answer in found), f"no page holds more than {limit} rows")
            told = [repr(row) for answer in found for row in answer.rows]
            holds(len(set(told)) == len(told), f"none of the {what.name} comes twice", len(told), len(set(told)))


@contract(
    "META-P2",
    "A page holds 25 rows unless asked for",
    sentence="limit: 25 by default.",
    page=PAGE,
    kind="honoured",
    live=Live.SAFE,
    calls=20,
    examples=1,
)
def twenty_five(ask: Ask) -> None:
    """list() is its first 25 rows, and the next page the next 25."""
    for what in lists(ask):
        plain = ask.graph.ok(what.path, what.parameters)
        same(len(plain.rows), min(len(what.rows), 25), f"a page holds 25 {what.name} unless asked for")
        same(next_link(plain) is None, len(what.rows) <= 25, "there is a next page if there are more than 25 rows")
        if ask.exact:
            same(plain.rows, what.rows[:25], "the first page holds the first rows")
        if ask.exact and (link := next_link(plain)):
            same(ok(ask.graph.send("GET", link, {})).rows, what.rows[25:50], "the next page holds the next 25 rows")


@contract(
    "META-P4",
    "Links repeat the request, and change nothing in it but the cursor",
    sentence="Recorded: next is absolute and echoes every query parameter, access_token included, limit and after.",
    page=RECORDED,
    kind="honoured",
    live=Live.TOLERANT,
    calls=25,
    examples=2,
)
def links_repeat(ask: Ask) -> None:
    """next and previous are on the same host and path, with the same parameters, limit and the page's own cursor."""
    for what in lists(ask):
        limit = ask.draw(st.integers(1, len(what.rows) - 1), "limit")
        odd = {"unknown": "ünknown ✓&=+"} if ask.exact else {}
        first = ask.graph.ok(what.path, what.parameters | {"limit": limit} | odd)
        link = next_link(first)
        holds(link, "a page that is not the last has a next one", link, "a link")
        second = ok(ask.graph.send("GET", link or "", {}))
        _link_repeats(first, first, "next", "after")
        _link_repeats(second, first, "previous", "before")


def _link_repeats(answer: Answer, first: Answer, direction: str, name: str) -> None:
    """The link of *answer* in this *direction* asks what *first* asked, from the page's own cursor."""
    paging = answer.json["paging"]
    holds(direction in paging, f"this page has a {direction} one", paging, direction)
    link = urlsplit(paging[direction])
    same(f"{link.scheme}://{link.netloc}{link.path}", first.call.origin + first.call.path, f"`{direction}` stays there")
    wanted = first.call.query | {name: paging["cursors"][name]}
    same(dict(parse_qsl(link.query, keep_blank_values=True)), wanted, f"`{direction}` repeats the request")
