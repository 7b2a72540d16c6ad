"""Action breakdowns of Graph insights: link clicks by device and by destination, conversions by type alone."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ..ask import Ask
from ..expect import holds, near, number, same
from ..property import Live, contract
from .meta_actions import LINK, converting
from .meta_breakdowns import recent
from .meta_rows import LISTS, RECORDED, Row, by_type, every_row
from .meta_windows import WINDOWS

PAGE = "Marketing API, Insights API Breakdowns"
PARAMETERS = "Marketing API reference, Ad Account Insights, "
OFFSITE = "Offsite web metrics will continue to be returned from the API, however will not contain the breakdown value."
DESTINATION = "The destination where people go after clicking on your ad. This could be your Facebook Page"
INLINE = "Recorded: a filter on action_type that leaves link clicks out makes inline_link_clicks 0."
COLUMNS = ("action_device", "action_target_id", "action_destination")
UNTOLD = ("action_reaction", "action_video_type", "action_carousel_card_id", "matched_persona_id")
ACTIONS, COSTS = "actions", "cost_per_action_type"
MILLIONTH = Decimal("0.000001")


@contract(
    "META-A10", "Action breakdowns tell link clicks apart, and add up to what is told without them", sentence=OFFSITE,
    page=PAGE, kind="metamorphic", live=Live.TOLERANT, calls=1 + len(COLUMNS), examples=6,
)  # fmt: skip
def told_apart(ask: Ask) -> None:
    """Σ insights(action_type, column) = insights(); each link click has the column, no conversion has it."""
    node, asked = converting(ask)
    whole = every_row(ask, f"{node.id}/insights", **asked)
    for column in ask.some(COLUMNS, 2):
        told = every_row(ask, f"{node.id}/insights", action_breakdowns=["action_type", column], **asked)
        for name in LISTS[:2] if ask.exact else LISTS[:1]:
            same(by_type(told, name), by_type(whole, name), f"{name} by {column} add up")
        for row in told:
            _apart(ask, row, column)


def _apart(ask: Ask, row: Row, column: str) -> None:
    """Entries of *row* are told apart by *column* where they are link clicks, and cost the spend by their count."""
    keys = [(one["action_type"], one.get(column)) for one in row.get(ACTIONS, ())]
    same(len(set(keys)), len(keys), f"no two entries have the same {column}")
    if not ask.exact:
        return
    wrong = [key for key in keys if (key[0] == LINK) != (key[1] is not None)]
    same(wrong, [], f"link clicks alone are told apart by {column}")
    costs = {(one["action_type"], one.get(column)): one["value"] for one in row.get(COSTS, ())}
    for one in row.get(ACTIONS, ()) if number(row["spend"], "spend") else ():
        count, cost = (
            number(text, column) for text in (one["value"], costs.get((one["action_type"], one.get(column))))
        )
        near(cost * count, number(row["spend"], "spend"), count * MILLIONTH, f"a cost by {column} is spend by count")


@contract(
    "META-A11", "Without action_type the types are told together",
    sentence="action_breakdowns: How to break down action results. Default value is [action_type].",
    page=f"{PARAMETERS}action_breakdowns", kind="metamorphic", live=Live.MOCK, calls=3, examples=6,
)  # fmt: skip
def types_together(ask: Ask) -> None:
    """insights(column) has no types; each entry and each of its windows is the sum of insights(action_type, column)."""
    node, asked = converting(ask)
    column = ask.one_of((*COLUMNS, *UNTOLD), "action breakdown")
    asked |= {"action_attribution_windows": list(WINDOWS)}
    typed = every_row(ask, f"{node.id}/insights", action_breakdowns=["action_type", column], **asked)
    told = every_row(ask, f"{node.id}/insights", action_breakdowns=column, **asked)
    types = {one["action_type"] for row in told for one in row.get(ACTIONS, ()) if "action_type" in one}
    same(types, set(), f"{column} alone tells no types")
    for row, other in zip(told, typed, strict=True):
        same(_by(row, column), _by(other, column), f"an entry by {column} is the sum of its types")


def _by(row: Row, column: str) -> dict[Any, Decimal]:
    """What `actions` of *row* count by *column*, and within each window."""
    found: Counter[Any] = Counter()
    for one in row.get(ACTIONS, ()):
        for window in ("value", *WINDOWS):
            found[one.get(column), window] += number(one.get(window, "0"), ACTIONS)  # type: ignore[assignment]
    return {key: count for key, count in found.items() if count}  # type: ignore[misc]


@contract(
    "META-A12", "A click goes to the message's page, on the device that saw the message", sentence=DESTINATION,
    page=PAGE, kind="honoured", live=Live.MOCK, calls=5, examples=4,
)  # fmt: skip
def where_clicks_go(ask: Ask) -> None:
    """action_target_id = the ad set's page, action_destination = its name; action_device = impression_device."""
    node, asked = recent(ask, "account")
    adsets = every_row(ask, f"{node}/adsets", fields="promoted_object")
    pages = {row["id"]: row["promoted_object"]["page_id"] for row in adsets}
    names = {row["id"]: row["name"] for row in every_row(ask, f"{node}/promote_pages", fields="name")}
    asked |= {"level": "adset", "fields": "adset_id,actions"}
    columns = ["action_type", "action_target_id", "action_destination"]
    rows = every_row(ask, f"{node}/insights", action_breakdowns=columns, **asked)
    for row in (row for row in rows if row["adset_id"] in pages):
        page = pages[row["adset_id"]]
        for one in _clicks(row):
            same([one[name] for name in columns[1:]], [page, names[page]], "clicks go to the page of the message")
    columns = ["action_type", "action_device"]
    for row in every_row(ask, f"{node}/insights", action_breakdowns=columns, breakdowns="impression_device", **asked):
        devices = {one["action_device"] for one in _clicks(row)}
        same(sorted(devices - {row["impression_device"]}), [], "a click is made on the device that saw the message")


def _clicks(row: Row) -> Sequence[Row]:
    return [one for one in row.get(ACTIONS, ()) if one["action_type"] == LINK]


@contract(
    "META-A13", "Link clicks are the inline link clicks", sentence=INLINE, page=RECORDED, kind="identity",
    live=Live.MOCK, calls=3, examples=6,
)  # fmt: skip
def clicks_are_inline(ask: Ask) -> None:
    """actions[link_click] = inline_link_clicks, also by region and by button, and so with what one costs."""
    node, asked = recent(ask, "account", "campaign")
    asked["fields"] = f"{ACTIONS},{COSTS},inline_link_clicks,cost_per_inline_link_click"
    for names in (None, "region", "marketing_messages_btn_name"):
        for row in every_row(ask, f"{node}/insights", breakdowns=names, **asked):
            same(by_type([row], ACTIONS).get(LINK, 0), number(row["inline_link_clicks"], LINK), "inline_link_clicks")
            if "cost_per_inline_link_click" in row:
                cost = number(row["cost_per_inline_link_click"], COSTS)
                same(by_type([row], COSTS).get(LINK), cost, f"a {LINK} costs what an inline link click costs")


@contract(
    "META-A14", "A summary tells apart what its rows tell apart",
    sentence="summary_action_breakdowns: Similar to action_breakdowns, but applies to summary.",
    page=f"{PARAMETERS}summary_action_breakdowns", kind="metamorphic", live=Live.MOCK, calls=2, examples=6,
)  # fmt: skip
def summaries_told_apart(ask: Ask) -> None:
    """summary(column) = Σ rows(column); and the summary is by type where nothing else is asked for."""
    node, asked = recent(ask, "account", "campaign")
    names = ask.one_of((None, "impression_device", "publisher_platform"), "breakdowns")
    column = ask.one_of(COLUMNS, "column")
    asked |= {"fields": ACTIONS, "summary": ACTIONS, "breakdowns": names, "time_increment": "monthly", "limit": 5000}
    by = {"action_breakdowns": ["action_type", column], "summary_action_breakdowns": ["action_type", column]}
    apart = ask.graph.ok(f"{node}/insights", asked | by)
    plain = ask.graph.ok(f"{node}/insights", asked | {"action_breakdowns": ["action_type", column]})
    added: Counter[Any] = Counter()
    for row in apart.rows:
        added.update(_by(row, column))
    same(_by(apart.json.get("summary", {}), column), dict(added), f"a summary by {column} is the sum of its rows")
    told = {name for one in plain.json.get("summary", {}).get(ACTIONS, ()) for name in one}
    holds(column not in told, f"a summary tells {column} where it is asked for alone", sorted(told))
