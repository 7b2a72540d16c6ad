"""What each parameter of the Graph API does: questions that differ in it alone, or why it does nothing here."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from .. import found
from ..ask import Ask, time_range
from ..bad_meta import OTHERS, places
from ..dates import DAY, Span, earliest
from ..expect import refused, same
from ..found import Node
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..wire import Answer
from .effects import KIND, Question, Table, register
from .effects_meta_lists import LIST_EFFECTS, LISTS, NONE, busy, edge, paged

OBJECTS = {"adaccount": "account", "campaign": "campaign", "adset": "adset", "ad": "ad"}
TEXT_OPERATORS = (
    "EQUAL", "NOT_EQUAL", "IN", "NOT_IN", "ANY", "NONE", "CONTAIN", "NOT_CONTAIN", "CONTAINS_ANY", "CONTAINS_ALL",
    "NOT_CONTAINS_ANY", "STARTS_WITH", "ENDS_WITH",
)  # fmt: skip

ATTRIBUTION = "Assumed: a world has one attribution setting, so which is used changes nothing."
MIXED = "Documented: action_report_time is disregarded since 10 June 2025."
NOTHING = "Assumed: a world has none of these, so every page is the empty list."
LATER = "This contract refuses what Meta serves and it does not: nothing is silently ignored."


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


def read(name: str) -> Callable[[Ask], Sequence[Question]]:
    """An object with one and with two fields."""

    def questions(ask: Ask) -> Sequence[Question]:
        return [Question(_path(ask, name), {"fields": fields}) for fields in ("id", "id,name")]

    return questions


def _path(ask: Ask, name: str) -> str:
    """The id of an object of that kind."""
    if name in OBJECTS:
        return found.nodes(ask, OBJECTS[name])[0].id
    at = places(ask, name)
    if not at:
        raise OutOfScope(f"there is no {name}")
    return at[0].path


def base(ask: Ask, name: str) -> Question:
    """A valid call of the operation *name*."""
    if name == "insights":
        return _month(*busy(ask))
    return read(name)(ask)[0] if name in (*OBJECTS, *OTHERS, "me") else edge(ask, name)


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
    ("insights", "filtering"): filtered(None, {**IN, "operator": "NOT_IN"}),
    ("insights", "filtering.field"): filtered(IN, {**IN, "field": "no_such_field"}),
    ("insights", "filtering.operator"): filtered(IN, {**IN, "operator": "NOT_IN"}),
    ("insights", "filtering.value"): filtered(IN, {**IN, "value": ["no_such_type"]}),
    **{("insights", one): paged("insights", one) for one in ("limit", "after", "before")},
    **{(name, "fields"): read(name) for name in ("me", *OBJECTS, *OTHERS)},
    **LIST_EFFECTS,
}
IGNORED = {
    ("insights", "action_report_time"): MIXED,
    ("insights", "use_account_attribution_setting"): ATTRIBUTION,
    ("insights", "use_unified_attribution_setting"): ATTRIBUTION,
    **{(name, parameter): NOTHING for name in NONE for parameter in ("limit", "after", "before")},
}
REFUSED_VALUES: dict[str, Sequence[Any]] = {
    "action_breakdowns": ("action_device", ["action_type", "action_device"]),
    "action_attribution_windows": ("1d_click", ["default", "7d_click"]),
    "breakdowns": ("age", "marketing_messages_btn_name", ["age", "gender"]),
    "time_ranges": ([{"since": "2026-01-01", "until": "2026-01-31"}],),
    "sort": ("spend_descending", ["impressions_ascending"]),
    "summary": ("spend", ["impressions", "spend"]),
    "default_summary": ("true",),
    "summary_action_breakdowns": ("action_type",),
    "export_format": ("xls", "csv"),
    "async": ("true",),
    "sort_by": ("NAME", "LAST_FIRED_TIME"),
}
REFUSED = {
    **{("insights", name): LATER for name in REFUSED_VALUES if name != "sort_by"},
    ("adspixels", "sort_by"): LATER,
}
TABLE = Table(
    vendor="meta",
    answer=answer,
    content=content,
    effects=EFFECTS,
    ignored=IGNORED,
    ignored_values={
        "action_report_time": "conversion",
        "use_account_attribution_setting": "true",
        "use_unified_attribution_setting": "true",
        "limit": 3,
        "after": "MAZDZD",
        "before": "MQZDZD",
    },
    refused=REFUSED,
    refused_values=REFUSED_VALUES,
    served={
        ("insights", "action_breakdowns"): ("action_type",),
        ("insights", "action_attribution_windows"): ("default",),
        ("insights", "breakdowns"): (),
        ("insights", "filtering.operator"): TEXT_OPERATORS,
        **{(name, "filtering.operator"): () for name in LISTS},  # of action_type, by which no list is filtered
        ("adspixels", "sort_by"): (),
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
