"""Message campaigns, which Graph calls ads, and the ad accounts of a page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from mockserver.contract.load import load
from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.cams import spaces
from mockserver.world.days import Totals
from mockserver.world.entities import Account, Ad
from mockserver.world.measures import MEASURES
from mockserver.world.now import World

# what Graph lists by default; deleted and archived campaigns only when their status is asked for
_LISTED = frozenset({"ACTIVE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED"})
# AVAILABLE is the only status that the vendor's page names
_WORDS = {status: status for status in (*_LISTED, "DELETED", "ARCHIVED")} | {"ACTIVE": "AVAILABLE"}
_STATUSES = {word: frozenset({status}) for status, word in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class Listing:
    """Message campaigns, newest first, and the same by id and by name."""

    rows: Sequence[Ad]
    by_id: Mapping[str, Sequence[Ad]]
    by_name: Mapping[str, Sequence[Ad]]

    def chosen(self, campaign_id: str | None, name: str | None) -> Sequence[Ad]:
        """Those with this id and this exact name; None stands for any."""
        if campaign_id is not None:
            return [ad for ad in self.by_id.get(campaign_id, ()) if name in (None, ad.name)]
        return self.rows if name is None else self.by_name.get(name, ())


def list_message_campaign(world: World, question: Question) -> Records:
    """The message campaigns of a page in the ad accounts of its space, newest first."""
    space, asked = spaces.with_page(world, question), question.arguments
    accounts = [spaces.account_id(space, asked["AdAccountId"])] if "AdAccountId" in asked else sorted(space.accounts)
    statuses = _STATUSES.get(asked["Status"], frozenset()) if "Status" in asked else _LISTED
    listing = _listing(world, asked["PageId"], tuple(accounts), statuses)
    rows = listing.chosen(asked.get("CampaignId"), asked.get("CampaignName"))
    return Records(rows, lambda ad: _campaign(world, ad))


def get_message_campaign_insights(world: World, question: Question) -> Records:
    """One row for the whole delivery of a message campaign; none before anything was delivered."""
    ad = asked_ad(world, question)
    span = world.delivery(ad)
    totals = world.totals(ad, span)
    if not any(totals):
        return Records((), dict)
    row = {name: measure(totals) for name, measure in _measures().items()}
    return Records((row | {"date_start": span.since, "date_stop": span.until},), dict)


def list_page_ad_account(world: World, question: Question) -> Records:
    """The ad accounts of the space to which a page belongs."""
    space, page_id = spaces.with_page(world, question), question.arguments["PageId"]
    rows = [account for account in world.file.accounts if account.id in space.accounts]
    return Records(rows, lambda account: _account(account, page_id))


def asked_ad(world: World, question: Question) -> Ad:
    """The message campaign that is asked for, of its page and ad account; raises MockError."""
    space, asked = spaces.with_page(world, question), question.arguments
    account_id = spaces.account_id(space, asked["AdAccountId"])
    ad = world.node(asked["CampaignId"])
    if not isinstance(ad, Ad) or ad.account.id != account_id or ad.campaign.page.id != asked["PageId"]:
        raise MockError("Unknown.ResourceOwnerId")
    return ad


def _listing(world: World, page_id: str, accounts: tuple[str, ...], statuses: frozenset[str]) -> Listing:
    """Worked out once, so that a page at any depth is a slice."""

    def made() -> Listing:
        nodes = (world.file.nodes[f"act_{one}"] for one in accounts)
        every = (ad for node in nodes for ad in world.listed(node, "ad", statuses) if isinstance(ad, Ad))
        ads = [ad for ad in every if ad.campaign.page.id == page_id]
        ads.sort(key=lambda ad: (ad.created_time, int(ad.id)), reverse=True)
        return Listing(ads, _grouped(ads, lambda ad: ad.id), _grouped(ads, lambda ad: ad.name))

    return world.once(("message campaigns", page_id, accounts, statuses), made)


def _grouped(ads: Iterable[Ad], key: Callable[[Ad], str]) -> dict[str, list[Ad]]:
    found: dict[str, list[Ad]] = {}
    for ad in ads:
        found.setdefault(key(ad), []).append(ad)
    return found


@cache
def _measures() -> Mapping[str, Callable[[Totals], Any]]:
    """The measures that a row of insights tells."""
    properties = load("cams").operations["GetMessageCampaignInsights"].record["properties"].values()
    return {part["x-from"]: MEASURES[part["x-from"]] for part in properties if part["x-from"] in MEASURES}


def _campaign(world: World, ad: Ad) -> dict[str, Any]:
    daily = ad.adset.daily_budget is not None
    return {
        "account_id": ad.account.id,
        "page_id": ad.campaign.page.id,
        "campaign_id": ad.id,
        "campaign_name": ad.name,
        "created_time": ad.created_time,
        "status": _WORDS[world.effective_status(ad)],
        "budget": ad.adset.daily_budget if daily else ad.adset.lifetime_budget,
        "budget_type": "daily" if daily else "lifetime",
    }


def _account(account: Account, page_id: str) -> dict[str, Any]:
    return {
        "account_id": account.id,
        "account_name": account.name,
        "currency": account.currency,
        "page_id": page_id,
    }
