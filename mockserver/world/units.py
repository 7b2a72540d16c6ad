"""What a message campaign counts for each cohort of its crowds: its nature, the same on every day."""

from collections.abc import Mapping
from typing import NamedTuple

from mockserver.world.chance import ONE, between, draws, part
from mockserver.world.crowds import KINDS, THICK, THIN
from mockserver.world.days import UNCLICKED, UNCOUNTED, Totals
from mockserver.world.entities import Ad, AdSet
from mockserver.world.falling import by_country

_MAIN = 80  # of so many messages, each cohort of the main crowd gets one; the rest go to the side crowd


class Nature(NamedTuple):
    """Prices (a message in thousandths of a hundredth, a purchase in hundredths) and rates (65,536ths)."""

    price: int
    retry: int
    reach: int
    read: int
    media: int
    click: int
    reply: int
    call: int
    order: int


def day_budget(adset: AdSet) -> int:
    """What the ad set may spend on one day, in hundredths."""
    if adset.daily_budget is not None:
        return adset.daily_budget
    assert adset.lifetime_budget is not None
    assert adset.end_date is not None
    return adset.lifetime_budget // ((adset.end_date - adset.start_date).days + 1)


def units(seed: int, ad: Ad, siblings: int) -> Mapping[int, Totals]:
    """What *ad*, one of *siblings* that spend their ad set's budget, counts for each cohort of its crowds, by crowd.

    Nothing where the budget buys no message.
    """
    draw = draws(seed, ad.id)
    of = _nature(draw)
    most = day_budget(ad.adset) // siblings * 1000 // of.price
    main = most // _MAIN
    sizes = {draw[9] % KINDS: main, KINDS + draw[10] % KINDS: (most - main * THICK) // THIN}
    return {crowd: _units(of, ad, size, draws(seed, ad.id, crowd)) for crowd, size in sizes.items() if size}


def _nature(draw: tuple[int, ...]) -> Nature:
    return Nature(
        price=between(1000, 3000, draw[0]),
        retry=between(ONE // 50, ONE // 10, draw[1]),
        reach=between(0, ONE // 20, draw[2]),
        read=between(ONE * 60 // 100, ONE * 95 // 100, draw[3]),
        media=between(ONE * 20 // 100, ONE * 80 // 100, draw[4]),
        click=between(ONE * 12 // 100, ONE * 56 // 100, draw[5]),
        reply=between(ONE * 4 // 100, ONE * 20 // 100, draw[6]),
        call=between(ONE * 3 // 100, ONE * 16 // 100, draw[7]),
        order=between(1000, 8000, draw[8]),
    )


def _units(of: Nature, ad: Ad, messages: int, draw: tuple[int, ...]) -> Totals:
    delivered, reachable = _counted(messages, ad.adset.audience)
    clicked = part(reachable, of.click, draw[0])
    return Totals(
        sent=messages + part(messages, of.retry, draw[1]),
        impressions=messages,
        reach=messages - part(messages, of.reach, 0),
        delivered=delivered,
        read=part(delivered, of.read, draw[2]),
        media_view=part(delivered, of.media, draw[3]),
        link_btn_click=clicked,
        quick_reply_btn_click=part(reachable, of.reply, draw[4]),
        phone_call_btn_click=part(reachable, of.call, draw[5]),
        spend=messages * of.price // 1000,
        **(_conversions(clicked, of.order, draw) if ad.adset.pixel_id else {}),
    )


def _counted(messages: int, audience: Mapping[str, int]) -> tuple[int, int]:
    """How many of *messages* count as delivered, and in how many clicks count."""
    if UNCLICKED.isdisjoint(audience):
        return messages, messages
    reached = by_country(messages, audience)
    delivered = sum(count for country, count in reached.items() if country not in UNCOUNTED)
    return delivered, sum(count for country, count in reached.items() if country not in UNCLICKED)


def _conversions(clicked: int, order: int, draw: tuple[int, ...]) -> dict[str, int]:
    viewed = part(clicked, ONE * 85 // 100, draw[6])
    carted = part(viewed, between(ONE // 3, ONE * 9 // 10, draw[7]), draw[8])
    begun = part(carted, between(ONE // 2, ONE, draw[9]), draw[10])
    bought = part(begun, between(ONE // 2, ONE, draw[11]), draw[12])
    return {
        "view_content": viewed,
        "search": part(clicked, ONE // 3, draw[13]),
        "add_to_wishlist": part(viewed, ONE // 5, draw[14]),
        "add_to_cart": carted,
        "initiate_checkout": begun,
        "add_payment_info": part(begun, ONE * 4 // 5, draw[15]),
        "purchase": bought,
        "lead": part(clicked, ONE // 4, draw[16]),
        "complete_registration": part(clicked, ONE // 6, draw[17]),
        "custom": part(clicked, ONE // 4, draw[18]),
        "purchase_value": bought * order,
    }
