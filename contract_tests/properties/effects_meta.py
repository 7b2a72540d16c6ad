"""What each parameter of the Graph API does: questions that differ in it alone, or why it does nothing here."""

from collections.abc import Callable, Sequence
from typing import Any

from .. import found
from ..ask import Ask
from ..bad_meta import OTHERS, places
from ..expect import refused, same
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..target import operation
from ..wire import Answer
from . import effects_composed as composed
from .effects import KIND, Question, Table, register
from .effects_meta_insights import (
    IN,
    acted,
    filtered,
    increments,
    insights,
    month_of,
    ranges,
    since,
    sorts,
    until,
    windows,
)
from .effects_meta_lists import LIST_EFFECTS, LISTS, NONE, busy, edge, paged
from .meta_lists import LISTABLE

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
OF_EXPORTS = "Documented: export_name and export_columns are of async exports alone."
OF_THE_READER = "Assumed: the page of a report is that of its reader, whatever its job was asked."
NOTHING = "Assumed: a world has none of these, so every page is the empty list."
EXPORTED = "export_format, export_name and export_columns shape the file that an async job leaves, not its rows."
LATER = "This contract refuses what Meta serves and it does not: nothing is silently ignored."


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
        return month_of(*busy(ask))
    if name in composed.COMPOSED:
        return composed.base(ask, name, busy(ask))
    return read(name)(ask)[0] if name in (*OBJECTS, *OTHERS, "me") else edge(ask, name)


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
    ("insights", "action_breakdowns"): acted("action_breakdowns", "action_type", "action_device", "action_target_id"),
    ("insights", "summary_action_breakdowns"): acted("summary_action_breakdowns", "action_type", "action_device"),
    ("insights", "action_attribution_windows"): windows,
    ("insights", "sort"): sorts,
    ("insights", "summary"): insights("summary", None, "spend", ["impressions", "spend"]),
    ("insights", "default_summary"): insights("default_summary", "false", "true"),
    ("insights", "filtering"): filtered(None, {**IN, "operator": "NOT_IN"}),
    ("insights", "filtering.field"): filtered(IN, {**IN, "field": "no_such_field"}),
    ("insights", "filtering.operator"): filtered(IN, {**IN, "operator": "NOT_IN"}),
    ("insights", "async"): composed.asynchronous,
    ("insights", "filtering.value"): filtered(IN, {**IN, "value": ["no_such_type"]}),
    **{("insights", one): paged("insights", one) for one in ("limit", "after", "before")},
    **{(name, "fields"): read(name) for name in ("me", *OBJECTS, *OTHERS)},
    **LIST_EFFECTS,
}
IGNORED = {
    ("insights", "action_report_time"): MIXED,
    ("insights", "export_format"): EXPORTED,
    ("insights", "use_account_attribution_setting"): ATTRIBUTION,
    ("insights", "use_unified_attribution_setting"): ATTRIBUTION,
    **{("insights", name): OF_EXPORTS for name in ("export_name", "export_columns")},
    ("export_report", "name"): "Assumed: it names the file and changes nothing in it.",
    **{(name, parameter): NOTHING for name in NONE for parameter in ("limit", "after", "before")},
}
REFUSED_VALUES: dict[str, Sequence[Any]] = {
    "sort_by": ("NAME", "LAST_FIRED_TIME"),
}
REFUSED = {
    ("adspixels", "sort_by"): LATER,
}
SERVED: dict[tuple[str, str], Sequence[str]] = {
    ("insights", "breakdowns"): ALONE,
    ("insights", "filtering.operator"): TEXT_OPERATORS,
    **{(name, "filtering.operator"): () for name in LISTS},  # of action_type, by which no list is filtered
    **{(name, "effective_status"): LISTABLE for name in LISTS},  # not DELETED
    ("adspixels", "sort_by"): (),
    ("export_report", "format"): ("csv",),
    ("insights_async", "export_format"): ("csv", "xls"),
}
for _known in (EFFECTS, IGNORED, REFUSED, SERVED):
    composed.add_jobs(_known)
EFFECTS |= composed.EFFECTS
IGNORED |= {("insights_async", name): OF_THE_READER for name in ("limit", "after", "before", "async")}
TABLE = Table(
    vendor="meta",
    answer=composed.answer,
    content=content,
    effects=EFFECTS,
    ignored=IGNORED,
    ignored_values={
        "action_report_time": "conversion",
        "export_format": "csv",
        "use_account_attribution_setting": "true",
        "use_unified_attribution_setting": "true",
        "export_name": "x",
        "export_columns": "spend",
        "name": "x",
        "limit": 3,
        "after": "MAZDZD",
        "before": "MQZDZD",
        "async": "true",
    },
    refused=REFUSED,
    refused_values=REFUSED_VALUES,
    served=SERVED,
    base=base,
    mock_only=frozenset((*composed.JOBS, "batch")),  # a batch is posted, whatever it asks
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
                refused(TABLE.answer(ask, Question(question.where, {**question.asked, parameter: value})), 100)
    question = base(ask, "insights")
    nothing = {"breakdowns": "[]", "sort": "[]", "summary": "[]", "default_summary": "false"}
    spoken = TABLE.ask(ask, Question(question.where, {**question.asked, **nothing, "action_breakdowns": "action_type"}))
    same(spoken, TABLE.ask(ask, question), "a parameter that asks for nothing counts as absent")
