"""Action breakdowns of Graph insights: link clicks by device and by destination, conversions by type alone."""

from collections import Counter
from decimal import Decimal

from ..ask import Ask
from ..expect import holds, number, same
from ..property import Live, contract
from .meta_actions import LINK, converting
from .meta_breakdowns import recent
from .meta_rows import RECORDED, Row, by_type, every_row

PAGE = "Marketing API, Insights API Breakdowns"
OFFSITE = "Offsite web metrics will continue to be returned from the API, however will not contain the breakdown value."
DESTINATION = "The destination where people go after clicking on your ad. This could be your Facebook Page"
COLUMNS = ("action_device", "action_target_id", "action_destination")
UNTOLD = ("action_reaction", "action_video_type", "action_carousel_card_id", "matched_persona_id")
LISTS = ("actions", "action_values")


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
        for name in LISTS if ask.exact else LISTS[:1]:
            same(by_type(told, name), by_type(whole, name), f"{name} by {column} add up")
        for entry in (one for row in told for one in row.get("actions", ())):
            apart = entry["action_type"] == LINK
            same(column in entry, apart, f"link clicks alone are told apart by {column}") if ask.exact else None
        keys = [[(one["action_type"], one.get(column)) for one in row.get("actions", ())] for row in told]
        holds(all(len(set(one)) == len(one) for one in keys), f"no two entries have the same {column}", keys)


@contract(
    "META-A11", "Without action_type the types are told together", sentence="How to break down action results.",
    page="Marketing API reference, Ad Account Insights, action_breakdowns", kind="metamorphic", live=Live.MOCK,
    calls=3, examples=6,
)  # fmt: skip
def types_together(ask: Ask) -> None:
    """insights(column) has no types, and each of its entries is the sum of those of insights(action_type, column)."""
    node, asked = converting(ask)
    column = ask.one_of((*COLUMNS, *UNTOLD), "action breakdown")
    typed = every_row(ask, f"{node.id}/insights", action_breakdowns=["action_type", column], **asked)
    told = every_row(ask, f"{node.id}/insights", action_breakdowns=column, **asked)
    types = {one["action_type"] for row in told for one in row.get("actions", ()) if "action_type" in one}
    same(types, set(), f"{column} alone tells no types")
    for row, other in zip(told, typed, strict=True):
        same(_by(row, column), _by(other, column), f"an entry by {column} is the sum of its types")


@contract(
    "META-A12", "A click goes to the message's page, on the device that saw the message", sentence=DESTINATION,
    page=PAGE, kind="honoured", live=Live.MOCK, calls=4, examples=4,
)  # fmt: skip
def where_clicks_go(ask: Ask) -> None:
    """action_target_id = the ad set's page, whose name is action_destination; action_device = impression_device."""
    node, asked = recent(ask, "account", "campaign")
    adsets = every_row(ask, f"{node}/adsets", fields="promoted_object")
    pages = {row["id"]: row["promoted_object"]["page_id"] for row in adsets}
    columns = ["action_type", "action_target_id", "action_destination"]
    asked |= {"level": "adset", "fields": "adset_id,actions", "action_breakdowns": columns}
    names: dict[str, str] = {}
    for row in every_row(ask, f"{node}/insights", **asked):
        for one in (one for one in row.get("actions", ()) if one["action_type"] == LINK and row["adset_id"] in pages):
            same(one["action_target_id"], pages[row["adset_id"]], "clicks go to the page of the message")
            same(one["action_destination"], names.setdefault(one["action_target_id"], one["action_destination"]),
                 "a page has one name")  # fmt: skip
    asked |= {"action_breakdowns": ["action_type", "action_device"], "breakdowns": "impression_device"}
    for row in every_row(ask, f"{node}/insights", **asked):
        devices = {one["action_device"] for one in row.get("actions", ()) if one["action_type"] == LINK}
        same(sorted(devices - {row["impression_device"]}), [], "a click is made on the device that saw the message")


@contract(
    "META-A13", "Link clicks are the inline link clicks",
    sentence="Recorded: a filter on action_type that leaves link clicks out makes inline_link_clicks 0.", page=RECORDED,
    kind="identity", live=Live.TOLERANT, calls=1, examples=6,
)  # fmt: skip
def clicks_are_inline(ask: Ask) -> None:
    """actions[link_click] = inline_link_clicks; cost_per_action_type[link_click] = cost_per_inline_link_click."""
    node, asked = converting(ask)
    asked["fields"] = "actions,cost_per_action_type,inline_link_clicks,cost_per_inline_link_click"
    for row in every_row(ask, f"{node.id}/insights", **asked):
        for name, total in (("actions", "inline_link_clicks"), ("cost_per_action_type", "cost_per_inline_link_click")):
            told = by_type([row], name).get(LINK, Decimal(0))
            same(told, number(row.get(total, "0"), total), f"{LINK} in {name} is {total}")


def _by(row: Row, column: str) -> dict[str | None, Decimal]:
    found: Counter[str | None] = Counter()
    for one in row.get("actions", ()):
        found[one.get(column)] += number(one["value"], "actions")  # type: ignore[assignment]
    return dict(found)  # type: ignore[arg-type]
