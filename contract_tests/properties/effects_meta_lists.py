"""What each parameter of the Graph API's lists does: questions that differ in it alone."""

from collections.abc import Callable, Sequence
from typing import Any

from .. import found
from ..ask import Ask, time_range
from ..dates import DAY, Span, earliest
from ..expect import ok
from ..found import Node
from ..graph import ASSETS, EMPTY, LEADS, USER_EDGES
from ..outcomes import OutOfScope
from ..target import operation
from .effects import Question

STATUSES = ("ACTIVE", "PAUSED", "ARCHIVED", "CAMPAIGN_PAUSED", "ADSET_PAUSED")
LISTS = ("ads", "adsets", "campaigns")
NONE = ("businesses", "business_users", *EMPTY, LEADS)  # of which every world has none
FULL = (*LISTS, *ASSETS, *(name for name in USER_EDGES if name not in NONE))

Recipe = Callable[[Ask], Sequence[Question]]


def busy(ask: Ask) -> tuple[Node, Span]:
    """An ad account, and its last settled month with delivery."""
    node = found.nodes(ask, "account")[0]
    settled = [month for month in node.months if month[1] <= ask.last_day(node.account)]
    return node, (settled or node.months)[-1]


def edge(ask: Ask, name: str) -> Question:
    """The longest list of that name, or rows of insights day by day."""
    if name in USER_EDGES:
        return Question(f"me/{name}", {})
    if name == "insights":
        node, month = busy(ask)
        return Question(f"{node.id}/insights", {"time_range": time_range(month), "time_increment": 1, "level": "ad"})
    owner = found.nodes(ask, "ad" if name == LEADS else "account")[0].id
    return Question(f"{owner}/{name}", {"effective_status": list(STATUSES)} if name in LISTS else {})


def paged(name: str, parameter: str) -> Recipe:
    """Pages of a list that differ in limit, after or before; its paging links, which repeat them, do not count."""

    def questions(ask: Ask) -> Sequence[Question]:
        base = edge(ask, name)
        first = ok(ask.graph.call(base.where, {**base.asked, "limit": 2}))
        if len(first.rows) < 2:
            raise OutOfScope(f"no list of {name} has two rows")
        last = first.json["paging"]["cursors"]["after"]
        values = {"limit": (1, 2), "after": (None, first.json["paging"]["cursors"]["before"]), "before": (None, last)}
        return [Question(base.where, {"limit": 2, **base.asked, parameter: value}) for value in values[parameter]]

    return questions


def listed(name: str, parameter: str, *values: Any) -> Recipe:
    """A list with each of *values* as *parameter*."""

    def questions(ask: Ask) -> Sequence[Question]:
        base = edge(ask, name)
        if not ok(ask.graph.call(base.where, {**base.asked, "limit": 1})).rows:
            raise OutOfScope(f"there is none of {name}")
        return [Question(base.where, {**base.asked, parameter: value}) for value in values]

    return questions


def dated(name: str, *parameters: str) -> Recipe:
    """The insights of each object in a list, for a month and for a day more at one of its ends."""

    def questions(ask: Ask) -> Sequence[Question]:
        asked = {**edge(ask, name).asked, "fields": "insights{impressions}", "limit": 500}
        node, (first, last) = busy(ask)
        if "date_preset" in parameters:
            return [Question(f"{node.id}/{name}", {**asked, "date_preset": one}) for one in ("maximum", "yesterday")]
        if "since" in parameters and first <= earliest(ask.today(node.account)):
            raise OutOfScope("nothing was delivered after the first day that may be asked for")
        other = (first - DAY, last) if "since" in parameters else (first, last + DAY)
        return [
            Question(f"{node.id}/{name}", {**asked, "time_range": time_range(one)}) for one in ((first, last), other)
        ]

    return questions


def chosen(name: str, *parts: dict[str, Any] | None) -> Recipe:
    """A list without a filter (None), or with one: IN its first id, but for *parts*."""

    def questions(ask: Ask) -> Sequence[Question]:
        base = edge(ask, name)
        rows = ok(ask.graph.call(base.where, {**base.asked, "limit": 1})).rows
        if not rows:
            raise OutOfScope(f"there is none of {name}")
        own = {"field": "id", "operator": "IN", "value": [rows[0]["id"]]}
        entries = [None if one is None else [{**own, **one}] for one in parts]
        return [Question(base.where, {**base.asked, "filtering": one}) for one in entries]

    return questions


def completed(name: str, end: str) -> Recipe:
    """A list with and without what goes on; out of scope where nothing does."""

    def questions(ask: Ask) -> Sequence[Question]:
        base, account = edge(ask, name), found.nodes(ask, "account")[0].account
        rows = ok(ask.graph.call(base.where, {**base.asked, "fields": end, "limit": 500})).rows
        if all(row.get(end, "9")[:10] < ask.today(account).isoformat() for row in rows):
            raise OutOfScope(f"all {name} are completed")
        return listed(name, "is_completed", "false", "true")(ask)

    return questions


def existing(name: str) -> Recipe:
    """A list of which every world has none, with a field that exists and one that does not."""
    first = next(iter(operation("meta", name).record["properties"]))
    return lambda ask: [Question(edge(ask, name).where, {"fields": one}) for one in (first, "nonsense")]


def counted(name: str) -> Recipe:
    """A list without and with its count."""
    return lambda ask: [Question(edge(ask, name).where, {"summary": one}) for one in ("false", "true")]


LIST_EFFECTS: dict[tuple[str, str], Recipe] = {
    **{(name, one): paged(name, one) for name in FULL for one in ("limit", "after", "before")},
    **{(name, "fields"): listed(name, "fields", "id", "id,name") for name in FULL},
    **{(name, "summary"): listed(name, "summary", "false", "true") for name in FULL},
    **{(name, "fields"): existing(name) for name in NONE},
    **{(name, "summary"): counted(name) for name in NONE},
    **{(name, "date_preset"): dated(name, "date_preset") for name in LISTS},
    **{(name, "time_range"): dated(name, "until") for name in LISTS},
    **{(name, f"time_range.{end}"): dated(name, end) for name in LISTS for end in ("since", "until")},
    **{(name, "filtering"): chosen(name, None, {"operator": "NOT_IN"}) for name in LISTS},
    **{(name, "filtering.field"): chosen(name, {}, {"field": "no_such_field"}) for name in LISTS},
    **{(name, "filtering.operator"): chosen(name, {}, {"operator": "NOT_IN"}) for name in LISTS},
    **{(name, "filtering.value"): chosen(name, {}, {"value": ["0"]}) for name in LISTS},
    ("adsets", "is_completed"): completed("adsets", "end_time"),
    ("campaigns", "is_completed"): completed("campaigns", "stop_time"),
    **{(name, "updated_since"): listed(name, "updated_since", 0, 2**33) for name in ("ads", "adsets")},
    **{(name, "effective_status"): listed(name, "effective_status", *([one] for one in STATUSES)) for name in LISTS},
}
