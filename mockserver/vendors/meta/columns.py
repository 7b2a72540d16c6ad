"""Where each property of a Graph object comes from; what a world does not tell is the same for all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mockserver.clock import zone
from mockserver.vendors.meta import schedules
from mockserver.world.entities import AccessToken, Account, Ad, AdSet, Campaign, Creative, Page, Pixel
from mockserver.world.load import created_time, graph_id, updated_time
from mockserver.world.now import World
from mockserver.world.periods import Span

# "default = 7d_click + 1d_view"
_WINDOWS = (("CLICK_THROUGH", 7), ("VIEW_THROUGH", 1))
_SAME: Mapping[str, Any] = {
    "yes": True,
    "no": False,
    "none": 0,
    "empty": [],
    "none_word": "NONE",
    "undefined_word": "UNDEFINED",
    "source_id": "0",
    "pacing_type": ["standard"],
    "attribution_spec": [{"event_type": kind, "window_days": days} for kind, days in _WINDOWS],
}


@dataclass(frozen=True, slots=True)
class Record:
    """An object as a record, whose values are worked out as they are asked for."""

    world: World
    thing: Any
    caller: AccessToken

    def __getitem__(self, name: str) -> Any:
        if name in _SAME:
            return _SAME[name]
        return _COLUMNS[type(self.thing)][name](self)


Columns = Mapping[str, Callable[[Record], Any]]


def _account_of(record: Record) -> dict[str, Any]:
    account = record.world.account(record.thing)
    return {"account_id": account.id, "id": graph_id(account)}


def _age(record: Record) -> float:
    account = record.thing
    opened = schedules.local(record.world, account, account.created_time).date()
    return float((record.world.today(account) - opened).days)


def _offset(record: Record) -> float:
    now = record.world.clock.instant().astimezone(zone(record.thing.timezone_name))
    return (now.utcoffset() or timedelta()).total_seconds() / 3600


def _owner(record: Record) -> str | None:
    tokens = record.world.file.access_tokens.values()
    return next((token.user_id for token in tokens if record.thing.id in token.accounts), None)


def _tasks(*every: str) -> Callable[[Record], list[str]]:
    """*every* task, of a user who may manage; any other only analyzes."""
    return lambda record: list(every) if "ads_management" in record.caller.permissions else ["ANALYZE"]


def _picture(id_: str) -> dict[str, Any]:
    """The grey picture of whoever has none."""
    url = f"https://platform-lookaside.fbsbx.com/platform/profilepic/?asid={id_}&height=50&width=50"
    return {"data": {"height": 50, "is_silhouette": True, "url": url, "width": 50}}


def _targeting(record: Record) -> dict[str, Any]:
    audience = (record.thing.adset if isinstance(record.thing, Ad) else record.thing).audience
    return {
        "geo_locations": {"countries": sorted(audience), "location_types": ["home", "recent"]},
        "age_min": 18,
        "age_max": 65,
        "publisher_platforms": ["messenger"],
        "messenger_positions": ["sponsored_messages"],
    }


def _tracking(record: Record) -> list[dict[str, Any]] | None:
    pixel = record.thing.adset.pixel_id
    return [{"action.type": ["offsite_conversion"], "fb_pixel": [pixel]}] if pixel else None


def _pixel_owner(record: Record) -> dict[str, Any] | None:
    owner = record.thing.accounts[0]
    return {"account_id": owner.id, "id": graph_id(owner)} if owner.id in record.caller.accounts else None


_NAMED: Columns = {"id": lambda r: r.thing.id, "name": lambda r: r.thing.name}
_COMMON: Columns = {
    **_NAMED,
    "account": _account_of,
    "account_id": lambda r: r.world.account(r.thing).id,
    "status": lambda r: r.thing.status,
    "effective_status": lambda r: r.world.effective_status(r.thing),
    "created_time": lambda r: schedules.local(r.world, r.thing, created_time(r.thing)),
    "updated_time": lambda r: schedules.local(r.world, r.thing, updated_time(r.thing)),
    "start_time": lambda r: schedules.start(r.world, r.thing),
    "end_time": lambda r: schedules.end(r.world, r.thing),
}
_BELOW: Columns = {
    **_COMMON,
    "campaign_id": lambda r: r.thing.campaign.id,
    "campaign": lambda r: {"id": r.thing.campaign.id},
    "targeting": _targeting,
}
_COLUMNS: Mapping[type, Columns] = {
    AccessToken: {
        "id": lambda r: r.thing.user_id,
        "name": lambda r: r.thing.user_name,
        "picture": lambda r: _picture(r.thing.user_id),
    },
    Account: {
        "id": lambda r: graph_id(r.thing),
        "account_id": lambda r: r.thing.id,
        **{name: (lambda r, name=name: getattr(r.thing, name)) for name in ("name", "currency", "timezone_name")},  # type: ignore[misc]
        "timezone_id": lambda r: r.thing.timezone_id,
        "timezone_offset_hours_utc": _offset,
        "account_status": lambda _: 1,
        "created_time": lambda r: schedules.local(r.world, r.thing, r.thing.created_time),
        "amount_spent": lambda r: r.world.totals(r.thing, Span(date.min, date.max)).spend,
        "balance": lambda _: 0,
        "age": _age,
        "disable_reason": lambda _: 0,
        "spend_cap": lambda _: 0,
        "min_daily_budget": lambda _: 100,  # the least that a world file allows
        "min_campaign_group_spend_cap": lambda _: 10000,
        "owner": _owner,
        "is_personal": lambda _: 0,
        "is_prepay_account": lambda _: False,
        "user_tasks": _tasks("DRAFT", "ANALYZE", "ADVERTISE", "MANAGE"),
    },
    Campaign: {
        **_COMMON,
        "objective": lambda _: "OUTCOME_ENGAGEMENT",
        "buying_type": lambda _: "AUCTION",
        "is_message_campaign": lambda _: True,
        "budget_remaining": lambda _: 0,  # budgets are the ad sets'
        "smart_promotion_type": lambda _: "GUIDED_CREATION",
    },
    AdSet: {
        **_BELOW,
        "daily_budget": lambda r: r.thing.daily_budget or 0,
        "lifetime_budget": lambda r: r.thing.lifetime_budget or 0,
        "budget_remaining": lambda r: schedules.remaining(r.world, r.thing),
        "promoted_object": lambda r: {"pixel_id": r.thing.pixel_id, "page_id": r.thing.campaign.page.id},
        "bid_strategy": lambda _: "LOWEST_COST_WITHOUT_CAP",
        "billing_event": lambda _: "IMPRESSIONS",
        "optimization_goal": lambda _: "IMPRESSIONS",
        "destination_type": lambda _: "MESSENGER",
    },
    Ad: {
        **_BELOW,
        "adset_id": lambda r: r.thing.adset.id,
        "adset": lambda r: {"id": r.thing.adset.id},
        "creative": lambda r: {"id": r.world.assets.creatives[r.thing].id},
        "tracking_specs": _tracking,
        "conversion_specs": lambda r: [{"action.type": ["onsite_conversion"], "page": [r.thing.campaign.page.id]}],
    },
    Creative: {
        **_NAMED,
        "account_id": lambda r: r.thing.ad.account.id,
        "actor_id": lambda r: r.thing.ad.campaign.page.id,
        "status": lambda _: "ACTIVE",
        "object_story_spec": lambda r: {"page_id": r.thing.ad.campaign.page.id},
    },
    Pixel: {
        "id": lambda r: r.thing.id,
        "name": lambda r: f"{r.thing.accounts[0].name}'s Pixel",
        "creation_time": lambda r: r.thing.created_time.astimezone(zone(r.thing.accounts[0].timezone_name)),
        "is_unavailable": lambda _: False,
        "owner_ad_account": _pixel_owner,
    },
    Page: {
        **_NAMED,
        "picture": lambda r: _picture(r.thing.id),
        "tasks": _tasks("ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"),
    },
}


def value(world: World, thing: Any, name: str) -> Any:
    """The property *name* of *thing* as filters see it; None where it has none."""
    columns = _COLUMNS[type(thing)]
    return columns[name](Record(world, thing, _NOBODY)) if name in columns else None


_NOBODY: Any = None
