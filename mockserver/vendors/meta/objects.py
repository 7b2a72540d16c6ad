"""Reads of ad accounts, campaigns, ad sets and ads, and lists of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from mockserver.clock import zone
from mockserver.errors import NotServed
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.meta import fields, list_filters
from mockserver.vendors.meta.route import operations
from mockserver.world.entities import Account, Ad, AdSet, Campaign
from mockserver.world.load import Node, graph_id
from mockserver.world.now import World
from mockserver.world.periods import Span

_KINDS = {Account: "adaccount", Campaign: "campaign", AdSet: "adset", Ad: "ad"}
_LISTED = {"campaigns": "campaign", "adsets": "adset", "ads": "ad"}
# deleted and archived objects are listed only when their status is asked for
_LISTED_BY_DEFAULT = frozenset({"ACTIVE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED"})


def read(world: World, question: Question) -> Records:
    """One object, with the fields asked for; unset fields are absent."""
    kind = _KINDS[type(question.subject)]
    names = fields.asked(operations()[kind], kind, question.arguments.get("fields", ()))
    return Records((question.subject,), lambda node: _record(world, node), names)


def me(world: World, question: Question) -> Records:
    """The user to whom the token belongs."""
    del world
    names = fields.asked(operations()["me"], "me", question.arguments.get("fields", ()))
    user = {"id": question.caller.user_id, "name": question.caller.user_name}
    return Records((user,), lambda record: record, names)


def adaccounts(world: World, question: Question) -> Records:
    """The ad accounts that the token may see."""
    names = fields.asked(operations()["adaccounts"], "adaccount", question.arguments.get("fields", ()))
    rows = [account for account in world.file.accounts if account.id in question.caller.accounts]
    return Records(rows, lambda node: _record(world, node), names)


def listed(edge: str) -> Any:
    """The handler of the list *edge*: campaigns, adsets or ads, newest first."""

    def handler(world: World, question: Question) -> Records:
        kind = _LISTED[edge]
        list_filters.refuse(question.arguments["filtering"], edge)
        names = fields.asked(operations()[edge], kind, question.arguments.get("fields", ()))
        wanted = frozenset(question.arguments.get("effective_status") or _LISTED_BY_DEFAULT)
        rows = world.listed(question.subject, kind, wanted)
        return Records(rows, lambda node: _record(world, node), names)

    return handler


def total_asked(summary: Sequence[str] | bool) -> bool:
    """Whether *summary*, as true or as a list of what to sum up, asks for the total count; raises NotServed."""
    words = [str(summary).lower()] if isinstance(summary, bool) else [word.lower() for word in summary]
    for word in words:
        if word not in ("true", "1", "total_count", "false", "0"):
            raise NotServed(f"the summary {word}")
    return bool({"true", "1", "total_count"} & set(words))


def _record(world: World, node: Node) -> Mapping[str, Any]:
    if isinstance(node, Account):
        return _account(world, node)
    common = {
        "id": node.id,
        "name": node.name,
        "account_id": world.account(node).id,
        "status": node.status,
        "effective_status": world.effective_status(node),
        "source_id": "0",
        "objective": "OUTCOME_ENGAGEMENT",
        "buying_type": "AUCTION",
        "is_message_campaign": True,
    }
    return common | _times(world, node) | _above(node) | (_group(node) if isinstance(node, AdSet) else {})


def _account(world: World, account: Account) -> Mapping[str, Any]:
    now = world.clock.instant().astimezone(zone(account.timezone_name))
    offset = now.utcoffset()
    assert offset is not None
    everything = world.totals(account, Span(date.min, date.max))
    return {
        "id": graph_id(account),
        "account_id": account.id,
        "name": account.name,
        "currency": account.currency,
        "timezone_name": account.timezone_name,
        "timezone_id": account.timezone_id,
        "timezone_offset_hours_utc": offset.total_seconds() / 3600,
        "account_status": 1,
        "created_time": account.created_time.astimezone(zone(account.timezone_name)),
        "amount_spent": everything.spend,
        "balance": 0,
    }


def _times(world: World, node: Campaign | AdSet | Ad) -> dict[str, Any]:
    local = zone(world.account(node).timezone_name)
    campaign = node.campaign if not isinstance(node, Campaign) else node
    created = node.created_time if not isinstance(node, AdSet) else campaign.created_time
    groups = [node] if isinstance(node, AdSet) else world.below(campaign, "adset")
    starts = [group.start_date for group in groups if isinstance(group, AdSet)]
    ends = [group.end_date for group in groups if isinstance(group, AdSet) and group.end_date]
    return {
        "created_time": created.astimezone(local),
        "updated_time": max(created, campaign.updated_time).astimezone(local),
        "start_time": datetime.combine(min(starts), datetime.min.time(), local),
        "end_time": datetime.combine(max(ends), datetime.max.time(), local) if len(ends) == len(groups) else None,
    }


def _above(node: Campaign | AdSet | Ad) -> dict[str, Any]:
    if isinstance(node, Campaign):
        return {}
    campaign = {"campaign_id": node.campaign.id, "campaign": {"id": node.campaign.id}}
    return campaign | ({"adset_id": node.adset.id, "adset": {"id": node.adset.id}} if isinstance(node, Ad) else {})


def _group(adset: AdSet) -> dict[str, Any]:
    promoted = {"pixel_id": adset.pixel_id, "page_id": adset.campaign.page.id}
    return {
        "daily_budget": adset.daily_budget or 0,
        "lifetime_budget": adset.lifetime_budget or 0,
        "promoted_object": promoted,
    }
