"""What is told of a span of days: counts as they are, rates and costs from sums, never summed."""

from collections.abc import Callable
from typing import Any

from mockserver.world.chance import between, draws
from mockserver.world.days import Totals

Measure = Callable[[Totals], Any]
Ratio = tuple[int, int]  # numerator and denominator; a denominator of 0 makes the ratio 0
ZERO: Ratio = (0, 1)

CONVERSIONS = (
    "purchase",
    "initiate_checkout",
    "add_to_cart",
    "custom",
    "complete_registration",
    "search",
    "view_content",
    "add_payment_info",
    "add_to_wishlist",
    "lead",
)


def _percent(part: int, whole: int) -> Ratio:
    return (part * 100, whole) if whole else ZERO


def _price(spend: int, count: int) -> Ratio:
    return (spend, count * 100) if count else ZERO


def _recorded_sent(totals: Totals) -> int | None:
    # the vendor's own example shows a delivery rate of 0 beside 2755 delivered: sent was not recorded
    return totals.sent if totals.sent >= totals.delivered else None


def _clicks(totals: Totals) -> int:
    return totals.link_btn_click + totals.quick_reply_btn_click + totals.phone_call_btn_click


def _ratio(part: int, whole: int) -> Ratio | None:
    """A ratio that is not told where there is nothing to divide by."""
    return (part, whole) if whole else None


MEASURES: dict[str, Measure] = {
    **{name: (lambda totals, at=at: totals[at]) for at, name in enumerate(Totals._fields)},  # type: ignore[misc]
    "sent": _recorded_sent,
    "delivery_rate": lambda t: _percent(t.delivered, _recorded_sent(t) or 0),
    "read_rate": lambda t: _percent(t.read, t.delivered),
    "media_view_rate": lambda t: _percent(t.media_view, t.delivered),
    "link_btn_click_rate": lambda t: _percent(t.link_btn_click, t.delivered),
    "quick_reply_btn_click_rate": lambda t: _percent(t.quick_reply_btn_click, t.delivered),
    "phone_call_btn_click_rate": lambda t: _percent(t.phone_call_btn_click, t.delivered),
    "cost_per_delivered": lambda t: _price(t.spend, t.delivered),
    "cost_per_link_btn_click": lambda t: _price(t.spend, t.link_btn_click),
    "clicks": _clicks,
    "ctr": lambda t: _ratio(_clicks(t) * 100, t.impressions),
    "cpc": lambda t: _ratio(t.spend, _clicks(t) * 100),
    "cpm": lambda t: _ratio(t.spend * 1000, t.impressions * 100),
    "cpp": lambda t: _ratio(t.spend * 1000, t.reach * 100),
    "frequency": lambda t: _ratio(t.impressions, t.reach),
    "inline_link_clicks": lambda t: t.link_btn_click,
    "inline_link_click_ctr": lambda t: _ratio(t.link_btn_click * 100, t.impressions),
    "cost_per_inline_link_click": lambda t: _ratio(t.spend, t.link_btn_click * 100),
    "purchase_roas": lambda t: _ratio(t.purchase_value, t.spend),
}


def benchmarks(seed: int, account_id: str) -> dict[str, Ratio]:
    """What messages like those of an ad account usually reach: a read rate and a click rate, in per cent."""
    draw = draws(seed, account_id, "benchmarks")
    return {
        "read_rate_benchmark": (between(5500, 8000, draw[0]), 100),
        "click_rate_benchmark": (between(400, 1100, draw[1]), 100),
    }
