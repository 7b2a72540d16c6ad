"""What a world document gets wrong about the pinned days of its ads: outside the delivery, or not nesting."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from mockserver.world.days import UNCLICKED, UNCOUNTED
from mockserver.world.measures import CONVERSIONS

CLICKS = ("link_btn_click", "quick_reply_btn_click", "phone_call_btn_click")

AT_MOST = {  # each count, and the count that it is a part of
    "reach": "impressions",
    "read": "delivered",
    "media_view": "delivered",
    "link_btn_click": "delivered",
    "quick_reply_btn_click": "delivered",
    "phone_call_btn_click": "delivered",
    **dict.fromkeys(CONVERSIONS, "link_btn_click"),
}


def pin_faults(at: str, adset: dict[str, Any], ad: dict[str, Any]) -> Iterator[str]:
    """The faults of the pinned days of *ad*, which stands at the JSON path *at*."""
    yield from _sent_faults(at, ad.get("pins", {}))
    first = adset["start_date"]
    last = min(filter(None, (adset.get("end_date"), ad.get("stopped_on"))), default=None)
    for day, pin in ad.get("pins", {}).items():
        here = f"{at}.pins.{day}"
        if day < first or (last is not None and day > last):
            window = f"from {first} to {last}" if last else f"from {first} on"
            yield f"{here}: is outside the delivery, expected a day {window}"
        yield from _nesting_faults(here, pin)
        yield from _audience_faults(here, pin, adset["audience"])
        yield from _conversion_faults(here, pin, "pixel_id" in adset)


def _sent_faults(at: str, pins: dict[str, Any]) -> Iterator[str]:
    """`sent` on some days only would make a range less than the sum of its days."""
    without = [day for day, pin in pins.items() if "sent" not in pin and pin["delivered"]]
    if without and any("sent" in pin for pin in pins.values()):
        yield f"{at}.pins.{without[0]}.sent: is missing, expected on all pinned days or on none"


def spend_faults(at: str, adset: dict[str, Any]) -> Iterator[str]:
    """Pinned days on which the ads of *adset* spend more than its budget."""
    spent: Counter[str] = Counter()
    for ad in adset["ads"]:
        for day, pin in ad.get("pins", {}).items():
            spent[day] += pin.get("spend", 0)
    daily, lifetime, total = adset.get("daily_budget"), adset.get("lifetime_budget"), spent.total()
    pinned, every = sum("pins" in ad for ad in adset["ads"]), len(adset["ads"])
    if daily is not None and pinned < every:  # the others spend their shares
        daily = daily * pinned // every
    for day, spend in spent.items():
        if daily is not None and spend > daily:
            yield f"{at}.daily_budget: is {daily}, expected at least the {spend} pinned on {day}"
    if lifetime is not None and total > lifetime:
        yield f"{at}.lifetime_budget: is {lifetime}, expected at least the {total} pinned in all"


def _nesting_faults(here: str, pin: dict[str, int]) -> Iterator[str]:
    for whole in ("sent", "impressions"):
        if pin["delivered"] > pin.get(whole, pin["delivered"]):
            yield f"{here}.delivered: is {pin['delivered']}, expected at most the {pin[whole]} {whole}"
    counts = {"impressions": pin["delivered"], **pin}
    for part, whole in AT_MOST.items():
        if counts.get(part, 0) > counts.get(whole, 0):
            yield f"{here}.{part}: is {counts[part]}, expected at most the {counts.get(whole, 0)} {whole}"


def _audience_faults(here: str, pin: dict[str, int], audience: dict[str, int]) -> Iterator[str]:
    """Counts that are not made in any country of the audience."""
    for names, without in ((("delivered",), UNCOUNTED), (CLICKS, UNCLICKED)):
        for name in names:
            if pin.get(name, 0) and not audience.keys() - without:
                yield f"{here}.{name}: is {pin[name]}, expected 0 because it is not counted in {', '.join(audience)}"


def _conversion_faults(here: str, pin: dict[str, int], pixel: bool) -> Iterator[str]:
    if pin.get("purchase_value", 0) and not pin.get("purchase", 0):
        yield f"{here}.purchase_value: is {pin['purchase_value']}, expected 0 without a purchase"
    for name in (*CONVERSIONS, "purchase_value"):
        if pin.get(name, 0) and not pixel:
            yield f"{here}.{name}: is {pin[name]}, expected 0 because the ad set has no pixel_id"
