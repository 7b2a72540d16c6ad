"""What each parameter of the Graph API does: questions that differ in it alone, or why it does nothing here."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from .. import found
from ..ask import Ask, time_range
from ..dates import DAY, Span, earliest
from ..expect import ok, refused, same
from ..found import Node
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..target import operation
from ..wire import Answer
from .effects import KIND, Question, Table, register

STATUSES = ("ACTIVE", "PAUSED", "DELETED", "ARCHIVED", "CAMPAIGN_PAUSED", "ADSET_PAUSED")
LISTS = ("ads", "adsets", "campaigns")
OBJECTS = {"adaccount": "account", "campaign": "campaign", "adset": "adset", "ad": "ad"}
TEXT_OPERATORS = (
    "EQUAL", "NOT_EQUAL", "IN", "NOT_IN", "ANY", "ALL", "NONE", "CONTAIN", "NOT_CONTAIN", "CONTAINS_ANY",
    "CONTAINS_ALL", "NOT_CONTAINS_ANY", "STARTS_WITH", "ENDS_WITH", "STEM_MATCH",
)  # fmt: skip

# one is gone, the other is asked for beside publisher_platform alone
ALONE = tuple(
    name
    for name in operation("meta", "insights").parameters["breakdowns"]["items"]["enum"]
    if name not in ("dma", "platform_position")
)

ATTRIBUTION = "Assumed: a world has one attribution setting, so which is used changes nothing."
MIXED = "Documented: action_report_time is disregarded since 10 June 2025."
EXPORTED = "export_format, export_name and export_columns shape the file that an async job leaves, not its rows."
AT_ONCE = "Assumed: a GET is answered at once, whatever async says."
OFFSITE = "Offsite web conversions continue to be returned, but without the value of the breakdown."
LATER = "This contract refuses what Meta serves and it does not: nothing is silently ignored."


def busy(ask: Ask) -> tuple[Node, Span]:
    """An ad account, and its last settled month with delivery."""
    node = found.nodes(ask, "account")[0]
    settled = [month for month in node.months if month[1] <= ask.last_day(node.account)]
    return node, (settled or node.months)[-1]


def insights(name: str, *values: Any, **common: Any) -> Callable[[Ask], Sequence[Question]]:
    """The same month's insights with each of *values* as *name*."""

    def questions(ask: Ask) -> Sequence[Question]:
        node, month = busy(ask)
        asked = {"time_range": time_range(month), **common} if name != "date_preset" else common
        return [Question(f"{node.id}/insights", {**asked, name: value}) for value in values]

    return questions


def since(ask: Ask) -> Sequence[Question]:
    """A month, and the same with the day before."""
    node, month = busy(ask)
    if month[0] <= earliest(ask.today(node.account)):
        raise OutOfScope("nothing was delivered after the first day that may be asked for")
    return [_month(node, month), _month(node, (month[0] - DAY, month[1]))]


def until(ask: Ask) -> Sequence[Question]:
    """A month, and the same with the day after."""
    node, month = busy(ask)
    return [_month(node, month), _month(node, (month[0], month[1] + DAY))]


def increments(ask: Ask) -> Sequence[Question]:
    """A month and the day after, as a whole and by days."""
    node, (first, last) = busy(ask)
    span = time_range((first, last + timedelta(days=1)))
    return [Question(f"{node.id}/insights", {"time_range": span, "time_increment": by}) for by in ("all_days", 1)]


def ranges(*ends: tuple[int, int]) -> Callable[[Ask], Sequence[Question]]:
    """A month as the one of time_ranges, its first and its last day moved by so many days."""

    def questions(ask: Ask) -> Sequence[Question]:
        node, (first, last) = busy(ask)
        if first <= earliest(ask.today(node.account)):
            raise OutOfScope("nothing was delivered after the first day that may be asked for")
        spans = [(first + since * DAY, last + until * DAY) for since, until in ends]
        return [Question(f"{node.id}/insights", {"time_ranges": [time_range(one)]}) for one in spans]

    return questions


def sorts(ask: Ask) -> Sequence[Question]:
    """All months, each way round."""
    for node in found.nodes(ask, "account"):
        if len(node.months) > 1:
            asked = {"time_range": time_range((node.months[0][0], node.months[-1][1])), "time_increment": "monthly"}
            words = ("date_start_ascending", "date_start_descending")
            return [Question(f"{node.id}/insights", {**asked, "sort": word}) for word in words]
    raise OutOfScope("no ad account has delivered in two months")


def windows(ask: Ask) -> Sequence[Question]:
    """The actions of an ad account, in windows and without."""
    [question] = filtered(None)(ask)
    values: Sequence[Any] = ("default", ["1d_click", "28d_click"])
    return [Question(question.where, {**question.asked, "action_attribution_windows": one}) for one in values]


def _month(node: Node, span: Span) -> Question:
    return Question(f"{node.id}/insights", {"time_range": time_range(span)})


def filtered(*entries: dict[str, Any] | None) -> Callable[[Ask], Sequence[Question]]:
    """The actions of an ad account, filtered in each of these ways; `value` None stands for its first action type."""

    def questions(ask: Ask) -> Sequence[Question]:
        for node in found.nodes(ask, "account"):
            asked = {"fields": "actions", "time_range": time_range((node.months[0][0], node.months[-1][1]))}
            row = ask.graph.row(node.id, **asked) or {}
            if row.get("actions"):
                first = [row["actions"][0]["action_type"]]
                chosen = [entry and {"value": first, **entry} for entry in entries]
                return [Question(f"{node.id}/insights", {**asked, "filtering": one and [one]}) for one in chosen]
        raise OutOfScope("no ad account has actions")

    return questions


IN = {"field": "action_type", "operator": "IN"}


def edge(ask: Ask, name: str) -> Question:
    """The longest list of that name, or rows of insights day by day."""
    if name == "adaccounts":
        return Question("me/adaccounts", {})
    if name == "insights":
        node, month = busy(ask)
        return Question(f"{node.id}/insights", {"time_range": time_range(month), "time_increment": 1, "level": "ad"})
    return Question(f"{found.nodes(ask, 'account')[0].id}/{name}", {"effective_status": list(STATUSES)})


def paged(name: str, parameter: str) -> Callable[[Ask], Sequence[Question]]:
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


def listed(name: str, parameter: str, *values: Any) -> Callable[[Ask], Sequence[Question]]:
    """A list with each of *values* as *parameter*."""

    def questions(ask: Ask) -> Sequence[Question]:
        base = edge(ask, name)
        if not ok(ask.graph.call(base.where, {**base.asked, "limit": 1})).rows:
            raise OutOfScope(f"there is none of {name}")
        return [Question(base.where, {**base.asked, parameter: value}) for value in values]

    return questions


def read(name: str) -> Callable[[Ask], Sequence[Question]]:
    """An object with one and with two fields."""

    def questions(ask: Ask) -> Sequence[Question]:
        path = name if name == "me" else found.nodes(ask, OBJECTS[name])[0].id
        return [Question(path, {"fields": fields}) for fields in ("id", "id,name")]

    return questions


def base(ask: Ask, name: str) -> Question:
    """A valid call of the operation *name*."""
    if name == "insights":
        return _month(*busy(ask))
    return read(name)(ask)[0] if name in OBJECTS or name == "me" else edge(ask, name)


def answer(ask: Ask, question: Question) -> Answer:
    """Ask it."""
    return ask.graph.call(question.where, question.asked)


def content(told: Answer) -> Any:
    """All but the trace of an error and the links between pages, which repeat what was asked."""
    body = told.json
    if not isinstance(body, dict):
        return told.text
    error = {name: value for name, value in told.error.items() if name != "fbtrace_id"} if "error" in body else None
    return {"status": told.status, **{name: body[name] for name in body if name != "paging"}, "error": error}


EFFECTS: dict[tuple[str, str], Callable[[Ask], Sequence[Question]]] = {
    ("insights", "fields"): insights("fields", "impressions", "spend"),
    ("insights", "level"): insights("level", "account", "campaign", "adset", "ad"),
    ("insights", "date_preset"): insights("date_preset", "maximum", "yesterday"),
    ("insights", "time_range"): until,
    ("insights", "time_range.since"): since,
    ("insights", "time_range.until"): until,
    ("insights", "time_increment"): increments,
    ("insights", "time_ranges"): ranges((0, 0), (-1, 0)),
    ("insights", "time_ranges.since"): ranges((0, 0), (-1, 0)),
    ("insights", "time_ranges.until"): ranges((0, 0), (0, 1)),
    ("insights", "breakdowns"): insights("breakdowns", None, "age", ["age", "gender"], "marketing_messages_btn_name"),
    ("insights", "action_breakdowns"): insights("action_breakdowns", "action_type", "action_device,action_reaction"),
    ("insights", "action_attribution_windows"): windows,
    ("insights", "sort"): sorts,
    ("insights", "summary"): insights("summary", None, "spend", ["impressions", "spend"]),
    ("insights", "default_summary"): insights("default_summary", "false", "true"),
    ("insights", "filtering"): filtered(None, {**IN, "operator": "NOT_IN"}),
    ("insights", "filtering.field"): filtered(IN, {**IN, "field": "no_such_field"}),
    ("insights", "filtering.operator"): filtered(IN, {**IN, "operator": "NOT_IN"}),
    ("insights", "filtering.value"): filtered(IN, {**IN, "value": ["no_such_type"]}),
    **{
        (name, one): paged(name, one)
        for name in ("insights", "adaccounts", *LISTS)
        for one in ("limit", "after", "before")
    },
    **{(name, "fields"): read(name) for name in ("me", *OBJECTS)},
    **{(name, "fields"): listed(name, "fields", "id", "id,name") for name in ("adaccounts", *LISTS)},
    **{(name, "summary"): listed(name, "summary", "false", "true") for name in ("adaccounts", *LISTS)},
    **{(name, "effective_status"): listed(name, "effective_status", *([one] for one in STATUSES)) for name in LISTS},
}
IGNORED = {
    ("insights", "action_report_time"): MIXED,
    ("insights", "summary_action_breakdowns"): OFFSITE,
    ("insights", "export_format"): EXPORTED,
    ("insights", "export_name"): EXPORTED,
    ("insights", "export_columns"): EXPORTED,
    ("insights", "async"): AT_ONCE,
    ("insights", "use_account_attribution_setting"): ATTRIBUTION,
    ("insights", "use_unified_attribution_setting"): ATTRIBUTION,
}
REFUSED_VALUES: dict[str, Sequence[Any]] = {
    "filtering": ([{"field": "name", "operator": "CONTAIN", "value": "a"}],),
}
REFUSED = {
    **{(name, f"filtering{part}"): LATER for name in LISTS for part in ("", ".field", ".operator", ".value")},
}
TABLE = Table(
    vendor="meta",
    answer=answer,
    content=content,
    effects=EFFECTS,
    ignored=IGNORED,
    ignored_values={
        "action_report_time": "conversion",
        "summary_action_breakdowns": "action_device",
        "export_format": "csv",
        "export_name": "rows",
        "export_columns": "spend",
        "async": "true",
        "use_account_attribution_setting": "true",
        "use_unified_attribution_setting": "true",
    },
    refused=REFUSED,
    refused_values=REFUSED_VALUES,
    served={
        ("insights", "breakdowns"): ALONE,
        ("insights", "filtering.operator"): TEXT_OPERATORS,
        **{(name, "filtering.operator"): () for name in LISTS},
    },
    base=base,
)
register(TABLE)


@contract(
    "META-D17", "What is not served is refused, never ignored", sentence=LATER, page="README.md, What is served",
    kind=KIND, live=Live.MOCK, calls=20, examples=1,
)  # fmt: skip
def never_ignored(ask: Ask) -> None:
    """Each parameter that this contract leaves out is refused with 100; without a value it counts as absent."""
    for name, parameter in TABLE.refused:
        if "." not in parameter:
            question = base(ask, name)
            for value in REFUSED_VALUES[parameter]:
                refused(answer(ask, Question(question.where, {**question.asked, parameter: value})), 100)
    question = base(ask, "insights")
    nothing = {"breakdowns": "[]", "sort": "[]", "summary": "[]", "default_summary": "false", "async": "false"}
    spoken = TABLE.ask(ask, Question(question.where, {**question.asked, **nothing, "action_breakdowns": "action_type"}))
    same(spoken, TABLE.ask(ask, question), "a parameter that asks for nothing counts as absent")
