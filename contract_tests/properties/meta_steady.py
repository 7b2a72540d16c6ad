"""One question, one answer: asked again, at once by several, after an error, or among other questions."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from hypothesis import strategies as st

from ..ask import Ask, time_range
from ..expect import same
from ..found import LEVELS, Node, nodes
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..wire import Answer
from .meta_lists import EVERY
from .meta_rows import RECORDED, busy, served

Question = tuple[str, dict[str, Any]]


def questions(ask: Ask, node: Node | None = None) -> list[Question]:
    """Questions that differ in one parameter each, so that a parameter kept from one would show in another."""
    node = node or ask.node()
    span = {"time_range": time_range(busy(ask, node))}
    path, account = f"{node.id}/insights", node.account.id
    purchases = [{"field": "action_type", "operator": "IN", "value": ["offsite_conversion.fb_pixel_purchase"]}]
    return [
        (path, span),
        (path, {}),
        (path, span | {"fields": served() if ask.exact else "marketing_messages_spend"}),
        (path, span | {"fields": "actions,spend"}),
        (path, span | {"fields": "actions,spend", "filtering": purchases}),
        (path, span | {"level": "ad", "limit": 2}),
        (path, span | {"level": "ad", "limit": 2, "after": "MAZDZD"}),
        (path, span | {"time_increment": "monthly"}),
        (path, {"date_preset": "last_90d"}),
        (f"{account}/insights", span | {"level": "campaign"}),
        (f"{account}/ads", {"limit": 3, "fields": "name,effective_status"}),
        (f"{account}/ads", {"effective_status": EVERY, "limit": 3, "summary": "true"}),
        (f"{account}/campaigns", {}),
        (node.id, {"fields": "name"}),
        (node.id, {}),
        ("me/adaccounts", {"limit": 1}),
    ]


WRONG: tuple[dict[str, Any], ...] = (
    {"fields": "no_such_field"},
    {"date_preset": "lifetime"},
    {"time_range": "{}"},
    {"level": "nothing"},
    {"after": "nonsense"},
    {"filtering": "5"},
    {"limit": "many"},
)


def told(answer: Answer) -> Any:
    """What an answer says but for the name of its trace."""
    body = answer.json
    if answer.status >= 400:
        body = {**answer.error, "fbtrace_id": ""}
    return answer.status, body


@contract(
    "META-N1",
    "Asked twice, the same answer",
    sentence="Closed ranges: figures are final after 28 days; a GET changes nothing.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=32,
    examples=3,
)
def asked_twice(ask: Ask) -> None:
    """Every question gets its first answer again, asked in another order."""
    every = ask.some(questions(ask), 3)
    first = [told(ask.graph.call(*one)) for one in every]
    order = ask.draw(st.permutations(range(len(every))), "order")
    for at in order:
        same(told(ask.graph.call(*every[at])), first[at], f"{every[at][0]} is answered as before")


@contract(
    "META-N2",
    "An error in between changes nothing",
    sentence="A refused request has no effect.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.MOCK,
    calls=21,
    examples=3,
)
def error_in_between(ask: Ask) -> None:
    """answer, refusal, the same answer."""
    path, parameters = ask.one_of(questions(ask)[:10], "question")
    before = told(ask.graph.call(path, parameters))
    for wrong in ask.some(WRONG, 3):
        refusal = ask.graph.call(path, wrong)
        same(refusal.status >= 400, True, f"{wrong} is refused")
        same(told(ask.graph.call(path, parameters)), before, f"after {wrong} the answer is what it was")


@contract(
    "META-N3",
    "Asked by several at once, the same answer",
    sentence="Callers do not disturb each other.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.MOCK,
    calls=64,
    examples=2,
)
def asked_at_once(ask: Ask) -> None:
    """Four callers at once, each with its own order of questions, are answered as one alone."""
    every = ask.some(questions(ask), 4)
    alone = [told(ask.graph.call(*one)) for one in every]
    orders = [ask.draw(st.permutations(range(len(every))), "order") for _ in range(4)]

    def answers(order: list[int]) -> list[Any]:
        found = {at: told(ask.graph.call(*every[at])) for at in order}
        return [found[at] for at in range(len(every))]

    with ThreadPoolExecutor(len(orders)) as callers:
        for mine in callers.map(answers, orders):
            for at, one in enumerate(every):
                same(mine[at], alone[at], f"{one[0]} is answered to several as to one")


@contract(
    "META-N4",
    "An answer does not depend on who else may ask",
    sentence="Assumed: a token that sees fewer ad accounts is told the same of those that it sees.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.MOCK,
    calls=31,
    examples=2,
)
def another_token(ask: Ask) -> None:
    """The narrow token's answers about its own ad account are the wide token's."""
    narrow = ask.profile.meta.tokens.get("narrow") if ask.profile.meta else None
    if narrow is None:
        raise OutOfScope("there is no token that sees fewer ad accounts")
    own = {row["id"] for row in ask.graph.call("me/adaccounts", token=narrow).rows}
    level = ask.one_of(LEVELS, "level")
    node = ask.one_of([one for one in nodes(ask, level) if one.account.id in own], "node that it sees")
    for path, parameters in ask.some(questions(ask, node)[:-1], 3):
        wide = ask.graph.ok(path, parameters)
        few = ask.graph.ok(path, parameters, token=narrow)
        same(_linkless(few), _linkless(wide), f"both tokens are told the same by {path}")


def _linkless(answer: Answer) -> Any:
    """The body of *answer* without the links to other pages, which hold the token."""
    return {name: value for name, value in answer.json.items() if name != "paging"}
