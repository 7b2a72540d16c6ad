"""The steps of a walk: each asks something, and compares the answer with what was told before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from .. import found
from ..ask import Ask, time_range
from ..dates import DAY
from ..expect import holds, number, ok, same
from ..found_cams import ACCOUNTS, ENABLE, INSIGHTS, LIST, METRIC, campaigns, metric, named, places, switched_on
from ..graph import next_link
from ..outcomes import OutOfScope
from ..strategies import arguments
from ..target import operation
from ..wire import Answer
from . import effects_cams, effects_meta
from .effects import Question, Table

COUNTS = ("marketing_messages_delivered", "marketing_messages_link_btn_click", "marketing_messages_spend")
SPARED = {METRIC: 5, ENABLE: 1}  # calls of what is limited, in one walk
TABLES: Mapping[str, Table] = {"meta": effects_meta.TABLE, "cams": effects_cams.TABLE}


@dataclass(slots=True)
class Open:
    """A list whose pages are turned: its rows so far, page by page."""

    question: Question
    pages: list[list[Any]]
    last: Answer


@dataclass(slots=True)
class Memory:
    """What all walks of a run were *told*; what this one has *asked*, and the lists that it has *open*."""

    told: dict[str, Any]
    asked: list[tuple[str, Question]] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    limited: dict[str, int] = field(default_factory=dict)

    def ask(self, ask: Ask, vendor: str, question: Question) -> Any:
        """The answer to *question*, which is the one that it had before."""
        key = json.dumps([question.where, question.asked], sort_keys=True, default=str)
        content = TABLES[vendor].ask(ask, question)
        self.asked.append((vendor, question))
        same(content, self.told.setdefault(key, content), "a question that was asked before gets the same answer again")
        return content

    def spare(self, ask: Ask, action: str) -> None:
        """Take note of a call of what is limited; out of scope where there were enough."""
        self.limited[action] = self.limited.get(action, 0) + 1
        if ask.target.throttle and self.limited[action] > SPARED[action]:
            raise OutOfScope(f"{action} is limited")


def told_so_far(ask: Ask) -> dict[str, Any]:
    """What was told since the last midnight of any ad account, for today's figures end with the day."""
    assert ask.profile.meta or ask.profile.cams
    days = [str(ask.today(account)) for account in found.accounts(ask)] if ask.profile.meta else []
    told: dict[str, Any] = ask.target.kept.setdefault(f"told {days}", {})
    return told


def ask_plainly(vendors: tuple[str, ...], ask: Ask) -> None:
    """A few questions of every kind, before all walks and after them."""
    memory = Memory(told=told_so_far(ask))
    if "cams" in vendors:
        for place in places(ask)[:3]:
            memory.ask(ask, "cams", Question(ACCOUNTS, place.asked))
            memory.ask(ask, "cams", Question(LIST, {**place.asked, "Page": {"Index": 1, "Size": 100}}))
        for place, row in campaigns(ask)[:3] if ask.exact else ():
            memory.ask(ask, "cams", Question(INSIGHTS, named(place, row)))
    if "meta" in vendors:
        memory.ask(ask, "meta", Question("me/adaccounts", {"fields": "id,name"}))
        for account in found.accounts(ask)[:3]:
            memory.ask(ask, "meta", Question(account.id, {"fields": "id,name,currency,created_time"}))
            memory.ask(ask, "meta", Question(f"{account.id}/ads", {"fields": "id,name,effective_status", "limit": 100}))


def ask_any(vendors: tuple[str, ...], memory: Memory, ask: Ask) -> None:
    """A question of one of *vendors*."""
    vendor = ask.one_of(vendors, "vendor")
    question = graph_question(ask) if vendor == "meta" else cams_question(memory, ask)
    memory.ask(ask, vendor, question)


def graph_question(ask: Ask) -> Question:
    """A read of an object, a list, or of insights of a closed range."""
    node = ask.node()
    kind = ask.one_of(("insights", "object", "campaigns", "adsets", "ads", "me/adaccounts"), "kind")
    if kind == "insights":
        span = time_range(ask.span(node))
        asked = {
            "time_range": span,
            "time_increment": ask.one_of(("all_days", 7, "monthly"), "increment"),
            "limit": 100,
        }
        return Question(f"{node.id}/insights", asked)
    if kind == "object":
        return Question(node.id, {"fields": "id,name,account_id,created_time"})
    path = kind if kind.startswith("me/") else f"{node.account.id}/{kind}"
    return Question(path, {"fields": "id,name", "limit": ask.one_of((1, 5, 100), "limit")})


def cams_question(memory: Memory, ask: Ask) -> Question:
    """A read of any operation of CAMS."""
    settled = (INSIGHTS,) if ask.exact else ()  # live figures of a running campaign still move
    name = ask.one_of((ACCOUNTS, LIST, METRIC, *settled), "operation")
    if name == METRIC:
        memory.spare(ask, METRIC)
        granularity = ask.one_of(("DAILY", "HALF_HOUR"), "granularity")
        return Question(name, metric(ask, ask.draw(st.integers(1, 5), "days"), Granularity=granularity))
    if name == INSIGHTS:
        return Question(name, named(*ask.one_of(campaigns(ask), "campaign")))
    place = ask.one_of(places(ask), "page")
    page = {"Page": {"Index": ask.one_of((1, 2), "index"), "Size": ask.one_of((3, 10, 100), "size")}}
    return Question(name, {**place.asked, **(page if name == LIST else {})})


def ask_again(memory: Memory, ask: Ask) -> None:
    """One of the questions that were asked before."""
    vendor, question = ask.one_of(memory.asked, "question")
    if question.where in SPARED:
        memory.spare(ask, question.where)
    memory.ask(ask, vendor, question)


def ask_badly(vendors: tuple[str, ...], memory: Memory, ask: Ask) -> None:
    """A question that cannot be answered."""
    vendor = ask.one_of(vendors, "vendor")
    if vendor == "meta":
        node = ask.one_of(found.accounts(ask), "account")
        bad = ({"fields": "no_such_field"}, {"limit": 0}, {"after": "no cursor"}, {"time_range": "yesterday"})
        question = Question(f"{node.id}/insights", ask.one_of(bad, "bad"))
    else:
        question = Question(ask.one_of((ACCOUNTS, LIST, INSIGHTS), "operation"), {"PageId": "1"})
    content = memory.ask(ask, vendor, question)
    holds(content["status"] >= 400, "a bad question is refused every time", content, "an error")


def ask_anything(vendors: tuple[str, ...], memory: Memory, ask: Ask) -> None:
    """A question with any arguments that the operation's file allows; what comes of it, comes of it again."""
    vendor = ask.one_of(vendors, "vendor")
    name = ask.one_of(
        ("insights", "ads", "adsets", "campaigns") if vendor == "meta" else (ACCOUNTS, LIST, INSIGHTS), "name"
    )
    asked = ask.draw(arguments(operation(vendor, name)), "arguments")
    where = f"{ask.one_of(found.accounts(ask), 'account').id}/{name}" if vendor == "meta" else name
    memory.ask(ask, vendor, Question(where, asked))


def open_list(memory: Memory, ask: Ask) -> None:
    """The first page of a list of some account."""
    account = ask.one_of(found.accounts(ask), "account")
    path = f"{account.id}/{ask.one_of(('ads', 'adsets', 'campaigns'), 'list')}"
    question = Question(path, {"fields": "id,name", "limit": ask.draw(st.integers(2, 9), "limit")})
    answer = ok(ask.graph.call(question.where, question.asked))
    memory.open.append(Open(question, [answer.rows], answer))


def turn_page(memory: Memory, ask: Ask) -> None:
    """The next page; after the last one all rows together are the whole list."""
    one = ask.one_of(memory.open, "open list")
    following = next_link(one.last)
    if following is None:
        memory.open.remove(one)
        whole = ok(ask.graph.call(one.question.where, {**one.question.asked, "limit": 500}))
        rows = [row for page in one.pages for row in page]
        same(rows, whole.rows, "pages that were turned one by one, with other calls between, are the whole list")
        return
    one.last = ok(ask.graph.send("GET", following, {}))
    back = next_link(one.last, "previous")
    holds(back, "a page that is not the first has a page before it", back, "paging.previous")
    same(
        ok(ask.graph.send("GET", str(back), {})).rows, one.pages[-1], "the page before is the one that was read before"
    )
    one.pages.append(one.last.rows)


def adds_up(memory: Memory, ask: Ask) -> None:
    """f[a,c] = f[a,b] + f[b+1,c]."""
    node = ask.node()
    since, until = ask.span(node)
    cut = since + timedelta(days=ask.draw(st.integers(0, (until - since).days), "cut"))
    spans = [(since, until), (since, cut), *([(cut + DAY, until)] if cut < until else [])]
    path, fields = f"{node.id}/insights", ",".join(COUNTS)
    asked = [Question(path, {"fields": fields, "time_range": time_range(span)}) for span in spans]
    rows = [(memory.ask(ask, "meta", question)["data"] or [{}])[0] for question in asked]
    for name in COUNTS:
        whole, *parts = (number(row.get(name, "0"), name) for row in rows)
        slack = 0 if ask.exact else len(parts)
        total = sum(parts, Decimal(0))
        holds(abs(whole - total) <= slack, f"{name} of a range is the sum of its parts", str(whole), str(total))
    clicks, delivered = (number(rows[0].get(name, "0"), name) for name in (COUNTS[1], COUNTS[0]))
    holds(not ask.exact or clicks <= delivered, "clicks are at most the delivered", str(clicks), str(delivered))


def enable(memory: Memory, ask: Ask) -> None:
    """EnableWhatsappROIMetric of a space, which tells nothing but OK."""
    memory.spare(ask, ENABLE)
    assert ask.profile.cams
    space = ask.one_of([switched_on(ask), *ask.profile.cams.spaces], "space")
    same(ask.cams.ok(ENABLE, {"CustSpaceId": space.id})["Code"], "OK", "enabling again and again is answered with OK")
