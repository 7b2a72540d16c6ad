"""Rates, costs and returns follow from the counts beside them, in every row, to the printed digit."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from ..ask import Ask, time_range
from ..expect import holds, near, number, numbers, same
from ..property import Live, contract
from .meta_rows import ESTIMATED, INCREMENTS, PAGE, RECORDED, SENT, Row, busy, every_row, levels

DELIVERED, CLICKED, SPEND = ESTIMATED
PLACES = 6


@dataclass(frozen=True, slots=True)
class Ratio:
    """*field* = *scale* · *part* / *whole*; *live* says how far the live figure may be off, in hundredths of it."""

    id: str
    field: str
    part: str
    whole: str
    scale: int
    sentence: str
    live: int = 2


RATIOS = (
    Ratio(
        "META-I1", "marketing_messages_link_btn_click_rate", CLICKED, DELIVERED, 100,
        "The percentage of delivered messages that received a link click out of the total number of messages"
        " delivered.", 100,  # regions are left out of clicks that are not left out of delivered
    ),
    Ratio(
        "META-I2", "marketing_messages_cost_per_link_btn_click", SPEND, CLICKED, 1,
        "The average cost for each message link click.", 100,
    ),
    Ratio(
        "META-I3", "marketing_messages_cost_per_delivered", SPEND, DELIVERED, 1,
        "The average cost per message delivered.",
    ),
    Ratio(
        "META-I4", "marketing_messages_read_rate", "marketing_messages_read", DELIVERED, 100,
        "The number of messages read divided by the number of messages delivered.",
    ),
    Ratio(
        "META-I5", "marketing_messages_delivery_rate", DELIVERED, SENT, 100,
        "Assumed: the percentage of sent messages that were delivered; 0 where what was sent is not recorded.", 100,
    ),
    Ratio(
        "META-I6", "marketing_messages_quick_reply_btn_click_rate", "marketing_messages_quick_reply_btn_click",
        DELIVERED, 100, "Assumed: the percentage of delivered messages that received a quick reply.", 100,
    ),
)  # fmt: skip


def some_rows(ask: Ask, *fields: str) -> list[Row]:
    """Rows of any level below a drawn object, over some months, in drawn pieces of time."""
    node = ask.node()
    level = ask.one_of(levels(node), "level below")
    span = busy(ask, node, 3)
    increment = ask.one_of(INCREMENTS[::-1], "increment")
    asked = {"level": level, "time_range": time_range(span), "time_increment": increment, "fields": fields}
    return every_row(ask, f"{node.id}/insights", **asked)


def printed(value: Decimal, places: int = PLACES) -> str:
    """*value* half up with *places* decimals; nothing prints as 0."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return str(rounded) if rounded else "0"


def _ratio_holds(ratio: Ratio, ask: Ask) -> None:
    for row in some_rows(ask, ratio.field, ratio.part, ratio.whole):
        part = number(row.get(ratio.part), ratio.part)
        whole = number(row.get(ratio.whole, "0" if ratio.whole == SENT else None), ratio.whole)
        wanted = part * ratio.scale / whole if whole else Decimal(0)
        what = f"{ratio.field} is {ratio.part} by {ratio.whole}"
        if ask.exact:
            same(row.get(ratio.field), printed(wanted), what)
        else:
            near(number(row.get(ratio.field, "0"), ratio.field), wanted, wanted * ratio.live / 100 + 1, what)


for _ratio in RATIOS:
    contract(
        _ratio.id,
        f"{_ratio.field} follows from its counts",
        sentence=_ratio.sentence,
        page=PAGE,
        kind="identity",
        live=Live.TOLERANT if _ratio.part in ESTIMATED and _ratio.whole in ESTIMATED else Live.MOCK,
        calls=1,
        examples=15,
    )(partial(_ratio_holds, _ratio))


@contract(
    "META-I7",
    "Rates of views and phone calls come from whole counts, which add up",
    sentence="Rates are not additive: for time_increment > 1 recompute from counts.",
    page=RECORDED,
    kind="identity",
    live=Live.MOCK,
    calls=2,
    examples=15,
)
def hidden_counts(ask: Ask) -> None:
    """rate · delivered / 100 is a whole number, and that of a range the sum of those of its pieces."""
    node = ask.node()
    span = busy(ask, node, 3)
    fields = ("marketing_messages_media_view_rate", "marketing_messages_phone_call_btn_click_rate")
    asked = {"time_range": time_range(span), "fields": (*fields, DELIVERED)}
    pieces = ask.graph.insights(node.id, time_increment=ask.one_of((1, 7, "monthly"), "increment"), **asked)
    whole = ask.graph.insights(node.id, **asked)
    for name in fields:
        parts = [_count(row, name) for row in pieces]
        same([_count(row, name) for row in whole], [sum(parts)], f"the count behind {name} adds up")


def _count(row: Row, name: str) -> int:
    rate, delivered = numbers(row, name, DELIVERED)
    exact = rate * delivered / 100
    count = exact.to_integral_value(ROUND_HALF_UP)
    near(exact, count, delivered / 100 * Decimal("0.0000006"), f"{name} comes from a whole count")
    holds(count <= delivered, f"{name} is at most 100", str(rate), "<= 100")
    return int(count)


@contract(
    "META-I8",
    "The return on ad spend is the purchases' value by the spend",
    sentence="website_purchase_roas: This is based on the value of website purchase events recorded by the Meta Pixel"
    " or Conversions API on your website and attributed to your ads. This metric is estimated.",
    page=PAGE,
    kind="identity",
    live=Live.TOLERANT,
    calls=1,
    examples=15,
)
def return_on_spend(ask: Ask) -> None:
    """website_purchase_roas = action_values of purchases / spend, with two decimals or six."""
    for row in some_rows(ask, "action_values", "website_purchase_roas", SPEND):
        values = {one["action_type"]: number(one["value"], "action_values") for one in row.get("action_values", ())}
        spend = number(row.get(SPEND), SPEND)
        told = {one["action_type"]: one["value"] for one in row.get("website_purchase_roas", ())}
        same(sorted(told), sorted(values) if spend else [], "a return is told of each value where something was spent")
        for kind, roas in told.items():
            places = len(roas.partition(".")[2]) or 2
            if ask.exact:
                holds(places in (2, 6), "a return has two decimals or six", roas)
                same(roas, printed(values[kind] / spend, places), "the return is the value by the spend")
            else:
                wanted = values[kind] / spend
                near(number(roas, "website_purchase_roas"), wanted, wanted / 10, "the return is the value by the spend")


@contract(
    "META-I9",
    "Rates of a union come from summed counts",
    sentence="Rates are not additive: for time_increment > 1 recompute from counts.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=2,
    examples=12,
)
def rates_of_unions(ask: Ask) -> None:
    """read rate[a,c] = the delivered-weighted mean over the pieces of [a,c], and so with clicks and costs."""
    node = ask.node()
    span = busy(ask, node, 4)
    fields = sorted({name for one in RATIOS[:4] for name in (one.field, one.whole)})
    asked = {"time_range": time_range(span), "fields": fields}
    pieces = ask.graph.insights(node.id, time_increment=ask.one_of(("monthly", 7), "increment"), **asked)
    whole = ask.graph.insights(node.id, **asked)
    holds(len(whole) == 1, "a range with delivery has one row", len(whole), 1)
    for ratio in RATIOS[:4]:
        told = [numbers(row, ratio.field, ratio.whole) for row in pieces]
        over = sum((weight for _, weight in told), Decimal(0))
        wanted = sum((rate * weight for rate, weight in told), Decimal(0)) / (over or 1)
        slack = Decimal("0.000002") if ask.exact else wanted * ratio.live / 100 + 1
        union = number(whole[0].get(ratio.field), ratio.field)
        near(union, wanted, slack, f"{ratio.field} of a union is the weighted mean of its parts")


@contract(
    "META-I10",
    "Both names of the spend tell the same",
    sentence="marketing_messages_spend: The total amount of money you've spent on your campaign, set or message during"
    " its schedule.",
    page=PAGE,
    kind="identity",
    live=Live.TOLERANT,
    calls=1,
    examples=10,
)
def one_spend(ask: Ask) -> None:
    """marketing_messages_spend = spend."""
    for row in some_rows(ask, SPEND, "spend"):
        near(number(row.get(SPEND), SPEND), number(row.get("spend"), "spend"), 0 if ask.exact else 1, "one spend")
