"""What people did after a message: action lists, and the filter that chooses among them."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from ..ask import Ask, time_range
from ..expect import holds, same
from ..found import Node
from ..property import Live, contract
from .meta_rows import LISTS, PAGE, RECORDED, Row, busy, by_type, every_row, levels

LINK = "link_click"
PREFIX = "offsite_conversion.fb_pixel_"
TYPES = tuple(
    PREFIX + name
    for name in (
        "purchase", "initiate_checkout", "add_to_cart", "custom", "complete_registration", "search", "view_content",
        "add_payment_info", "add_to_wishlist", "lead",
    )
)  # fmt: skip
PURCHASE = TYPES[0]
EVERY = (LINK, *TYPES)
FILTER = (
    "Use action_breakdowns=action_type and filter for the exact offsite conversion action types you want to return."
)
Keep = Callable[[str, Any], bool]

# operator → what it keeps, given one text
TEXTS: dict[str, Keep] = {
    "EQUAL": lambda kind, value: kind == value,
    "NOT_EQUAL": lambda kind, value: kind != value,
    "CONTAIN": lambda kind, value: value.lower() in kind,
    "NOT_CONTAIN": lambda kind, value: value.lower() not in kind,
    "STARTS_WITH": lambda kind, value: kind.startswith(value),
    "ENDS_WITH": lambda kind, value: kind.endswith(value),
}
# operator → what it keeps, given a list
SETS: dict[str, Keep] = {
    "IN": lambda kind, values: kind in values,
    "NOT_IN": lambda kind, values: kind not in values,
    "ANY": lambda kind, values: kind in values,
    "NONE": lambda kind, values: kind not in values,
    "CONTAINS_ANY": lambda kind, values: any(value in kind for value in values),
    "CONTAINS_ALL": lambda kind, values: all(value in kind for value in values),
    "NOT_CONTAINS_ANY": lambda kind, values: not any(value in kind for value in values),
}
STARTS = (PREFIX + "add_", "add_", PREFIX + "c", "purchase", PREFIX, "fb_pixel_", "link")
ENDS = ("cart", "fb_pixel_", "t", "add_", "purchase", "checkout")
PARTS = ("purchase", "fb_pixel_a", "cart", "add_", "offsite_conversion", "_c", "n", "checkout", "link_click", "lead")


def entry(operator: str, value: Any) -> dict[str, Any]:
    """One entry of the filtering parameter."""
    return {"field": "action_type", "operator": operator, "value": value}


def texts_of(operator: str) -> tuple[str, ...]:
    """Texts that *operator* tells apart."""
    exact = operator in ("EQUAL", "NOT_EQUAL", "IN", "NOT_IN", "ANY", "NONE")
    return {"STARTS_WITH": STARTS, "ENDS_WITH": ENDS}.get(operator, EVERY if exact else PARTS)


def drawn_entry(ask: Ask, operator: str) -> dict[str, Any]:
    """An entry with *operator* and values that keep something and leave something out."""
    values = texts_of(operator)
    if operator in SETS:
        chosen = st.lists(st.sampled_from(values), min_size=1, max_size=4, unique=True)
        return entry(operator, ask.draw(chosen, f"values of {operator}"))
    value = ask.one_of(values, f"value of {operator}")
    # recorded: CONTAIN does not mind case
    return entry(operator, value.upper() if operator == "CONTAIN" and ask.draw(st.booleans(), "in capitals") else value)


def filtered(rows: list[Row], entries: list[dict[str, Any]]) -> list[Row]:
    """*rows* with the action lists that pass all *entries*; an empty list is left out."""
    keeps = [((TEXTS | SETS)[one["operator"]], one["value"]) for one in entries]
    found = []
    for row in rows:
        kept = {name: value for name, value in row.items() if name not in LISTS}
        for name in row.keys() & set(LISTS):
            passing = [one for one in row[name] if all(keep(one["action_type"], value) for keep, value in keeps)]
            kept |= {name: passing} if passing else {}
        found.append(kept)
    return found


def converting(ask: Ask) -> tuple[Node, dict[str, Any]]:
    """An object and what to ask of it so that its rows hold actions, if any object's do."""
    node = ask.node()
    names = (*LISTS, "spend", "marketing_messages_link_btn_click", "marketing_messages_spend")
    level = ask.one_of(levels(node), "level below")
    span = busy(ask, node, 3)
    return node, {"level": level, "fields": names, "time_range": time_range(span), "time_increment": "monthly"}


@contract(
    "META-A1",
    "A filter by action type leaves the lists that a client would filter",
    sentence=FILTER,
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=len(TEXTS | SETS) + 1,
    examples=6,
)
def filters_like_a_client(ask: Ask) -> None:
    """insights(filtering) = insights() with its action lists filtered here, for each operator."""
    node, asked = converting(ask)
    rows = every_row(ask, f"{node.id}/insights", **asked)
    for operator in ask.some(TEXTS | SETS, 5):
        entries = [drawn_entry(ask, operator)]
        told = every_row(ask, f"{node.id}/insights", filtering=entries, **asked)
        same(told, filtered(rows, entries), f"{operator} keeps what a client would keep")


@contract(
    "META-A2",
    "IN and NOT_IN split the actions between them",
    sentence=FILTER,
    page=PAGE,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=3,
    examples=8,
)
def in_and_not_in(ask: Ask) -> None:
    """insights(IN x) and insights(NOT_IN x) share no type and together are insights()."""
    node, asked = converting(ask)
    values = ask.draw(st.lists(st.sampled_from(EVERY), min_size=1, max_size=9, unique=True), "values")
    rows = every_row(ask, f"{node.id}/insights", **asked)
    kept, left = (
        every_row(ask, f"{node.id}/insights", filtering=[entry(one, values)], **asked) for one in ("IN", "NOT_IN")
    )
    told = sorted(by_type(kept, "actions"))
    holds(set(told) <= set(values), "IN keeps nothing else", told, values)
    for name in LISTS[:2] if ask.exact else LISTS[:1]:
        same(by_type([*kept, *left], name), by_type(rows, name), f"IN and NOT_IN split {name} between them")


@contract(
    "META-A3",
    "Several filters apply together",
    sentence="Recorded: entries of filtering are ANDed.",
    page=RECORDED,
    kind="honoured",
    live=Live.MOCK,
    calls=4,
    examples=10,
)
def filters_and(ask: Ask) -> None:
    """insights(filtering=[f, g]) = insights() filtered by f and by g."""
    node, asked = converting(ask)
    operators = ask.draw(st.lists(st.sampled_from(list(TEXTS | SETS)), min_size=2, max_size=3), "operators")
    entries = [drawn_entry(ask, operator) for operator in operators]
    rows = every_row(ask, f"{node.id}/insights", **asked)
    told = every_row(ask, f"{node.id}/insights", filtering=entries, **asked)
    same(told, filtered(rows, entries), f"{' and '.join(operators)} apply together")
    backwards = every_row(ask, f"{node.id}/insights", filtering=entries[::-1], **asked)
    same(backwards, told, "the order of filters does not matter")


@contract(
    "META-A4",
    "Each action type can be asked for alone",
    sentence=FILTER,
    page=PAGE,
    kind="effect",
    live=Live.TOLERANT,
    calls=len(EVERY) + 1,
    examples=4,
)
def each_type_alone(ask: Ask) -> None:
    """insights(action_type = t) holds t alone, with the value that it has among others, for every t."""
    node, asked = converting(ask)
    rows = every_row(ask, f"{node.id}/insights", **asked)
    for kind in ask.some(EVERY, 3):
        told = every_row(ask, f"{node.id}/insights", filtering=[entry("EQUAL", kind)], **asked)
        same(told, filtered(rows, [entry("EQUAL", kind)]), f"{kind} alone is what it is among others")


@contract(
    "META-A8",
    "A filter drops no row and no other figure",
    sentence="Recorded: a filter by action_type keeps rows but filters the action lists.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=2,
    examples=6,
)
def filters_keep_rows(ask: Ask) -> None:
    """insights(filtering) without its lists = insights() without its lists, even where nothing passes."""
    node, asked = converting(ask)
    asked |= {"fields": "spend,impressions,marketing_messages_link_btn_click_rate", "time_increment": 7}
    value = ask.one_of(("link_click", PURCHASE), "value")
    told = every_row(ask, f"{node.id}/insights", filtering=[entry("IN", [value])], **asked)
    same(told, every_row(ask, f"{node.id}/insights", **asked), "a filter by action type drops no row and no figure")


@contract(
    "META-A9",
    "Every text operator keeps what a client would keep, for every text",
    sentence=FILTER,
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=70,
    examples=1,
)
def every_text(ask: Ask) -> None:
    """insights(filtering) = insights() filtered here, for each operator, each text, and the same in capitals."""
    node = ask.node("account")
    asked = {"date_preset": "maximum", "fields": LISTS}
    rows = every_row(ask, f"{node.id}/insights", **asked)
    for operator in TEXTS:
        # recorded: CONTAIN does not mind case
        capitals = [text.upper() for text in texts_of(operator)] if operator == "CONTAIN" else []
        for text in ask.some([*texts_of(operator), *capitals], 3):
            told = every_row(ask, f"{node.id}/insights", filtering=[entry(operator, text)], **asked)
            same(told, filtered(rows, [entry(operator, text)]), f"{operator} {text} keeps what a client would keep")
