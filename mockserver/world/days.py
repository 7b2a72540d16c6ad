"""What one message campaign did on one day: counts that nest by construction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from mockserver.world.chance import ONE, between, draws, part
from mockserver.world.entities import Ad, AdSet

# "This metric doesn't include messages delivered to Europe and Japan."
# — Meta, Measure Campaign Performance on Marketing Message API for Messenger
EUROPE = frozenset(
    "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT"
    " NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK".split()
)
UNCOUNTED = EUROPE | {"JP"}
# "This metric doesn't include messages sent to Europe, Argentina, Turkey, South Korea and Japan." — same page
UNCLICKED = UNCOUNTED | {"AR", "TR", "KR"}


class Totals(NamedTuple):
    """Counts of any span of days; *spend* and *purchase_value* are in hundredths of the account's currency."""

    sent: int = 0
    impressions: int = 0
    reach: int = 0
    delivered: int = 0
    read: int = 0
    media_view: int = 0
    link_btn_click: int = 0
    quick_reply_btn_click: int = 0
    phone_call_btn_click: int = 0
    spend: int = 0
    view_content: int = 0
    search: int = 0
    add_to_wishlist: int = 0
    add_to_cart: int = 0
    initiate_checkout: int = 0
    add_payment_info: int = 0
    purchase: int = 0
    lead: int = 0
    complete_registration: int = 0
    custom: int = 0
    purchase_value: int = 0


NOTHING = Totals()


@dataclass(frozen=True, slots=True)
class Nature:
    """What stays the same over all days of an ad: budget a day, prices, shares and rates (65,536ths)."""

    budget: int  # hundredths a day
    price: int  # thousandths of a hundredth, a message
    weekend: int
    counted: int  # per cent of the audience
    clickable: int  # per cent of the audience
    read: int
    click: int
    order: int  # hundredths, a purchase


def day_budget(adset: AdSet) -> int:
    """What the ad set may spend on one day, in hundredths."""
    if adset.daily_budget is not None:
        return adset.daily_budget
    assert adset.lifetime_budget is not None
    assert adset.end_date is not None
    return adset.lifetime_budget // ((adset.end_date - adset.start_date).days + 1)


@lru_cache(maxsize=16384)
def nature(seed: int, ad: Ad, siblings: int) -> Nature:
    """The lasting nature of *ad*, which shares its ad set's budget with *siblings* ads."""
    draw = draws(seed, ad.id)
    audience = ad.adset.audience
    return Nature(
        budget=day_budget(ad.adset) // siblings,
        price=between(800, 3000, draw[0]),
        weekend=between(ONE * 5 // 10, ONE * 9 // 10, draw[1]),
        counted=sum(share for country, share in audience.items() if country not in UNCOUNTED),
        clickable=sum(share for country, share in audience.items() if country not in UNCLICKED),
        read=between(ONE * 50 // 100, ONE * 85 // 100, draw[2]),
        click=between(ONE * 3 // 100, ONE * 14 // 100, draw[3]),
        order=between(1500, 12000, draw[4]),
    )


def day_totals(seed: int, ad: Ad, of: Nature, day: date) -> Totals:
    """The generated numbers of *ad* on *day*."""
    draw = iter(draws(seed, ad.id, day.toordinal()))
    messages = _messages(of, day, next(draw))
    delivered = messages * of.counted // 100
    clicked = part(messages * of.clickable // 100, _near(of.click, next(draw)), next(draw))
    reachable = messages * of.clickable // 100
    return Totals(
        sent=messages + part(messages, between(ONE // 50, ONE // 10, next(draw)), 0),
        impressions=messages,
        reach=messages - part(messages, between(0, ONE // 20, next(draw)), 0),
        delivered=delivered,
        read=part(delivered, _near(of.read, next(draw)), next(draw)),
        media_view=part(delivered, between(ONE // 10, ONE // 2, next(draw)), next(draw)),
        link_btn_click=clicked,
        quick_reply_btn_click=part(reachable, between(ONE // 100, ONE // 20, next(draw)), next(draw)),
        phone_call_btn_click=part(reachable, between(ONE // 500, ONE // 100, next(draw)), next(draw)),
        spend=messages * of.price // 1000,
        **(_conversions(clicked, of.order, draw) if ad.adset.pixel_id else {}),
    )


def pinned_totals(pin: dict[str, int]) -> Totals:
    """The numbers of a pinned day; impressions and reach default to what was delivered."""
    return Totals(**{"impressions": pin["delivered"], "reach": pin["delivered"]} | pin)


def _messages(of: Nature, day: date, draw: int) -> int:
    use = between(ONE * 45 // 100, ONE, draw)
    if day.weekday() >= 5:
        use = use * of.weekend >> 16
    return (of.budget * 1000 // of.price) * use >> 16


def _near(rate: int, draw: int) -> int:
    """*rate*, give or take a sixth, never above one."""
    return min(ONE, between(rate * 5 // 6, rate * 7 // 6, draw))


def _conversions(clicked: int, order: int, draw: Iterator[int]) -> dict[str, int]:
    viewed = part(clicked, between(ONE // 2, ONE * 9 // 10, next(draw)), next(draw))
    carted = part(viewed, between(ONE // 8, ONE // 3, next(draw)), next(draw))
    begun = part(carted, between(ONE // 3, ONE * 2 // 3, next(draw)), next(draw))
    bought = part(begun, between(ONE // 3, ONE * 2 // 3, next(draw)), next(draw))
    return {
        "view_content": viewed,
        "search": part(clicked, ONE // 12, next(draw)),
        "add_to_wishlist": part(viewed, ONE // 30, next(draw)),
        "add_to_cart": carted,
        "initiate_checkout": begun,
        "add_payment_info": part(begun, ONE * 4 // 5, next(draw)),
        "purchase": bought,
        "lead": part(clicked, ONE // 25, next(draw)),
        "complete_registration": part(clicked, ONE // 50, next(draw)),
        "custom": part(clicked, ONE // 15, next(draw)),
        "purchase_value": bought * between(order * 2 // 3, order * 4 // 3, next(draw)),
    }
