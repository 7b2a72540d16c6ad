"""When campaigns, ad sets and ads begin and end, and what of their budgets is left."""

from collections.abc import Sequence
from datetime import date, datetime

from mockserver.clock import zone
from mockserver.world.entities import Ad, AdSet, Campaign
from mockserver.world.figures import runs
from mockserver.world.load import Node
from mockserver.world.now import World
from mockserver.world.periods import Span

Dated = Campaign | AdSet | Ad


def local(world: World, node: Node, at: datetime) -> datetime:
    """*at* where the ad account of *node* is."""
    return at.astimezone(zone(world.account(node).timezone_name))


def start(world: World, node: Dated) -> datetime:
    """The first moment of the schedule of *node*."""
    first = min(adset.start_date for adset in _adsets(world, node))
    return datetime.combine(first, datetime.min.time(), zone(world.account(node).timezone_name))


def end(world: World, node: Dated) -> datetime | None:
    """The last moment of the schedule of *node*; None where a part of it has no end."""
    last = last_day(world, node)
    if last is None:
        return None
    return datetime.combine(last, datetime.max.time(), zone(world.account(node).timezone_name))


def last_day(world: World, node: Dated) -> date | None:
    """The last day of the schedule of *node*; None where a part of it has no end."""
    days = [adset.end_date for adset in _adsets(world, node)]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def delivery(world: World, node: Dated) -> str:
    """The delivery as Ads Manager words it: active, scheduled, completed, inactive, archived or deleted."""
    status = world.effective_status(node)
    if status != "ACTIVE":
        return "inactive" if status.endswith("PAUSED") else status.lower()
    today, below = world.today(node), [node] if isinstance(node, Ad) else world.below(node, "ad")
    ads = [one for one in below if isinstance(one, Ad) and world.effective_status(one) == "ACTIVE"]
    if any(runs(ad, today) for ad in ads):
        return "active"
    return "scheduled" if any(ad.adset.start_date > today for ad in ads) else "completed"


def remaining(world: World, adset: AdSet) -> int:
    """What is left of today's budget, or of the lifetime's; in hundredths, never below none."""
    if adset.daily_budget is not None:
        today = world.today(adset)
        return max(adset.daily_budget - world.totals(adset, Span(today, today)).spend, 0)
    return max((adset.lifetime_budget or 0) - world.totals(adset, Span(date.min, date.max)).spend, 0)


def _adsets(world: World, node: Dated) -> Sequence[AdSet]:
    if not isinstance(node, Campaign):
        return (node.adset if isinstance(node, Ad) else node,)
    return [adset for adset in world.below(node, "adset") if isinstance(adset, AdSet)]
