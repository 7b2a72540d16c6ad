"""What a world document gets wrong about its campaigns: budgets, schedules, audiences."""

from collections.abc import Iterator
from typing import Any

from mockserver.world.check.pins import pin_faults, spend_faults

Entry = dict[str, Any]


def campaign_faults(world: Entry) -> Iterator[str]:
    """The faults of every campaign, down to the pinned days of its ads."""
    for i, campaign in enumerate(world["campaigns"]):
        for j, adset in enumerate(campaign["adsets"]):
            at = f"$.campaigns[{i}].adsets[{j}]"
            yield from _budget_faults(at, adset)
            yield from _schedule_faults(at, adset)
            for k, ad in enumerate(adset["ads"]):
                yield from _stop_faults(f"{at}.ads[{k}]", campaign, adset, ad)
                yield from pin_faults(f"{at}.ads[{k}]", adset, ad)
            yield from spend_faults(at, adset)


def _budget_faults(at: str, adset: Entry) -> Iterator[str]:
    given = " and ".join(name for name in ("daily_budget", "lifetime_budget") if name in adset)
    if given not in ("daily_budget", "lifetime_budget"):
        yield f"{at}: has {given or 'no budget'}, expected either daily_budget or lifetime_budget"
    if "lifetime_budget" in adset and "end_date" not in adset:
        yield f"{at}.end_date: is missing, expected beside a lifetime_budget"


def _schedule_faults(at: str, adset: Entry) -> Iterator[str]:
    start, end = adset["start_date"], adset.get("end_date")
    if end is not None and end < start:
        yield f"{at}.end_date: is {end}, expected {start} or later"
    if (share := sum(adset["audience"].values())) != 100:
        yield f"{at}.audience: adds up to {share}, expected 100"


def _stop_faults(at: str, campaign: Entry, adset: Entry, ad: Entry) -> Iterator[str]:
    states = {"campaign": campaign, "ad set": adset, "ad": ad}
    statuses = {name: entry.get("status", "ACTIVE") for name, entry in states.items()}
    idle = [f"the {name} is {status}" for name, status in statuses.items() if status != "ACTIVE"]
    start, stop = adset["start_date"], ad.get("stopped_on")
    if stop is None and idle:
        yield f"{at}.stopped_on: is missing, expected because {idle[0]}"
    elif stop is not None and not idle:
        yield f"{at}.stopped_on: is {stop}, expected none while campaign, ad set and ad are ACTIVE"
    elif stop is not None and stop < start:
        yield f"{at}.stopped_on: is {stop}, expected {start} or later"
