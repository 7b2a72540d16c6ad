"""What is in the action lists of a row: documented types, each once, which add up, of ad sets with a pixel."""

from ..ask import Ask
from ..expect import holds, number, same
from ..outcomes import OutOfScope
from ..property import Live, contract
from .meta_actions import EVERY, LINK, PURCHASE, converting
from .meta_lists import listed
from .meta_rows import LISTS, PAGE, by_type, every_row


@contract(
    "META-A5",
    "Actions are link clicks and documented conversions, none twice, and none empty",
    sentence="If an offsite conversion action type has no attributed events in the selected date range, it may be"
    " omitted from the response.",
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=1,
    examples=12,
)
def documented_types(ask: Ask) -> None:
    """Link clicks, then types in the order of the page, each once, with a count above 0; values of purchases only."""
    node, asked = converting(ask)
    for row in every_row(ask, f"{node.id}/insights", **asked):
        told = [one["action_type"] for one in row.get("actions", ())]
        same(told, [kind for kind in EVERY if kind in told], "actions are of known types, in order, none twice")
        for name in LISTS:
            holds(name not in row or row[name], f"an empty {name} is left out", row.get(name))
            for one in row.get(name, ()):
                same(set(one), {"action_type", "value"}, f"an entry of {name}")
                holds(isinstance(one["value"], str), f"a value in {name} is a text", one)
                events = number(one["value"], name) > 0 or name == LISTS[2]
                holds(events, f"a type without events is left out of {name}", one)
        for name in LISTS[1:3]:
            kinds = [one["action_type"] for one in row.get(name, ())]
            same(kinds, [PURCHASE] * (name in row), f"{name} tell of purchases alone")
        holds("action_values" not in row or PURCHASE in told, "no value without a purchase", row)


@contract(
    "META-A6",
    "Each action type adds up over time",
    sentence="actions returns conversion counts. action_values returns attributed conversion values for value-bearing"
    " events, such as purchases.",
    page=PAGE,
    kind="metamorphic",
    live=Live.MOCK,
    calls=3,
    examples=10,
)
def actions_add_up(ask: Ask) -> None:
    """Σ actions[piece][t] = actions[range][t] for every type, and so with values."""
    node, asked = converting(ask)
    asked |= {"level": node.level, "fields": "actions,action_values"}
    whole = every_row(ask, f"{node.id}/insights", **(asked | {"time_increment": "all_days"}))
    for increment in (1, "monthly"):
        parts = every_row(ask, f"{node.id}/insights", **(asked | {"time_increment": increment}))
        for name in LISTS[:2]:
            same(by_type(parts, name), by_type(whole, name), f"{name} in pieces of {increment} add up")


@contract(
    "META-A7",
    "Conversions are told of ad sets with a pixel only",
    sentence="If the marketing messages campaign is configured for pixel attribution, you can query website conversion"
    " metrics attributed to the campaign.",
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=2,
    examples=3,
)
def pixels_convert(ask: Ask) -> None:
    """Conversions of an ad set <=> promoted_object.pixel_id, where there were clicks by the thousand."""
    node = ask.node("account")
    adsets = listed(ask, node.account, "adsets", fields="promoted_object")
    pixels = {row["id"] for row in adsets if "pixel_id" in row.get("promoted_object", {})}
    asked = {"level": "adset", "date_preset": "maximum", "fields": "adset_id,actions,marketing_messages_link_btn_click"}
    rows = every_row(ask, f"{node.id}/insights", **asked)
    if not rows:
        raise OutOfScope("no ad set has delivered")
    pinned = _pinned(ask)
    for row in rows:
        sure = int(row["marketing_messages_link_btn_click"]) > 1000 and row["adset_id"] not in pinned
        converted = any(one["action_type"] != LINK for one in row.get("actions", ()))
        if converted or sure:
            same(converted, row["adset_id"] in pixels, "conversions are told of ad sets with a pixel only")


def _pinned(ask: Ask) -> set[str]:
    """The ad sets of which somebody chose the numbers; all, where no world file tells."""
    if ask.profile.world is None:
        raise OutOfScope("only a world file tells who chose its numbers")
    adsets = [one for campaign in ask.profile.world["campaigns"] for one in campaign["adsets"]]
    return {one["id"] for one in adsets if any("pins" in ad for ad in one["ads"])}
