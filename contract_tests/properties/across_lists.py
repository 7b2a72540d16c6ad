"""The same lists through both vendors: message campaigns, which Graph calls ads, and ad accounts."""

from collections.abc import Mapping, Sequence
from typing import Any

from .. import found
from ..ask import Ask
from ..dates import iso_instant
from ..expect import holds, same
from ..found import Account
from ..found_cams import ACCOUNTS, Place, listed, places
from ..property import Live, contract
from .meta_lists import of_status

Row = Mapping[str, Any]

LIST_PAGE = "Chat App Message Service: ListMessageCampaign"
ACCOUNTS_PAGE = "Chat App Message Service: ListPageAdAccount"
STATUSES = ("ACTIVE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED", "DELETED", "ARCHIVED")


@contract(
    "BOTH-X3",
    "Both vendors list the same campaigns",
    sentence="Retrieves a list of message campaigns.",
    page=LIST_PAGE,
    kind="across",
    live=Live.TOLERANT,
    calls=12,
    examples=1,
)
def same_lists(ask: Ask) -> None:
    """ListMessageCampaign(page) = the ads of the space's ad accounts on that page, newest first."""
    for place in ask.some(places(ask)):
        rows = listed(ask, place)
        for account in _accounts(ask, place):
            compare_lists(ask, [row for row in rows if row["AdAccountId"] == account.number], account, place)


@contract(
    "BOTH-X4",
    "Both vendors mean the same by a status",
    sentence="The status of the campaign. AVAILABLE",
    page=LIST_PAGE,
    kind="across",
    live=Live.TOLERANT,
    calls=16,
    examples=1,
)
def same_statuses(ask: Ask) -> None:
    """Status AVAILABLE lists what has the effective status ACTIVE; other words are the same (assumed)."""
    statuses = STATUSES if ask.exact else STATUSES[:1]
    for place, status in ask.some([(place, status) for place in places(ask) for status in statuses], 6):
        rows = listed(ask, place, Status=word(status))
        for account in _accounts(ask, place):
            chosen = [row for row in rows if row["AdAccountId"] == account.number]
            compare_lists(ask, chosen, account, place, **of_status(status))


def word(status: str) -> str:
    """Graph's effective status as CAMS says it."""
    return "AVAILABLE" if status == "ACTIVE" else status


def _accounts(ask: Ask, place: Place) -> list[Account]:
    return [account for account in found.accounts(ask) if account.number in place.space.accounts]


def compare_lists(ask: Ask, rows: Sequence[Row], account: Account, place: Place, **filters: Any) -> None:
    """*rows* of CAMS are the ads of *account* on the page of *place*: the same ones in the same order."""
    fields = {"fields": "id,name,account_id,effective_status,created_time,adset_id", "limit": 500, **filters}
    ads = [ad for page in ask.graph.pages(f"{account.id}/ads", fields) for ad in page.rows]
    adsets = _adsets(ask, account)
    on_page = [ad for ad in ads if _page(adsets, ad) in (place.page_id, None)]
    got, expected = [row["CampaignId"] for row in rows], [ad["id"] for ad in on_page]
    what = "ListMessageCampaign lists the ads of the page, newest first"
    if ask.exact:
        same(got, expected, what)
    missing = [one for one in got if one not in expected]
    holds(not missing, "what CAMS lists, Graph lists too", missing, [])
    by_id = {ad["id"]: ad for ad in on_page}
    for row in rows:
        same_campaign(row, by_id[row["CampaignId"]], adsets.get(by_id[row["CampaignId"]]["adset_id"], {}), place)


def _adsets(ask: Ask, account: Account) -> dict[str, Row]:
    """The ad sets of *account* in every status by id, read once."""
    key = f"adsets/{account.id}"
    if key not in ask.target.kept:
        fields = {"fields": "id,daily_budget,lifetime_budget,promoted_object", **of_status(*STATUSES)}
        pages = ask.graph.pages(f"{account.id}/adsets", {**fields, "limit": 500})
        ask.target.kept[key] = {row["id"]: row for page in pages for row in page.rows}
    rows: dict[str, Row] = ask.target.kept[key]
    return rows


def _page(adsets: Mapping[str, Row], ad: Row) -> str | None:
    page_id: str | None = (adsets.get(ad["adset_id"], {}).get("promoted_object") or {}).get("page_id")
    return page_id


def same_campaign(row: Row, ad: Row, adset: Row, place: Place) -> None:
    """A row of CAMS says of a campaign what Graph says of the ad and its ad set."""
    told = {
        "CampaignName": ad["name"],
        "AdAccountId": ad["account_id"],
        "Status": word(ad["effective_status"]),
        "PageId": place.page_id,
    }
    same({name: row[name] for name in told}, told, "both vendors describe a campaign alike")
    created = int(iso_instant(ad["created_time"]).timestamp())
    same(row["CreateTime"] // 1000, created, "CreateTime is Graph's created_time, in milliseconds")
    budgets = {kind: adset.get(f"{kind}_budget") for kind in ("daily", "lifetime")}
    if any(budgets.values()):
        same(str(row["Budget"]), budgets.get(row["BudgetType"]), "Budget is that of the ad set, in cents")


@contract(
    "BOTH-X5",
    "Both vendors list the same ad accounts, with the same names and currencies",
    sentence="Queries the list of ad accounts bound to a page.",
    page=ACCOUNTS_PAGE,
    kind="across",
    live=Live.TOLERANT,
    calls=4,
    examples=1,
)
def same_accounts(ask: Ask) -> None:
    """ListPageAdAccount(page) = those of me/adaccounts that belong to the space."""
    fields = {"fields": "account_id,name,currency", "limit": 500}
    graph = {row["account_id"]: row for page in ask.graph.pages("me/adaccounts", fields) for row in page.rows}
    for place in ask.some(places(ask)):
        rows = {row["AdAccountId"]: row for row in ask.cams.rows(ACCOUNTS, place.asked)}
        if ask.exact:
            same(sorted(rows), sorted(place.space.accounts), "a page has the ad accounts of its space")
        for one in sorted(set(rows) & set(graph)):
            told = {"AdAccountName": graph[one]["name"], "Currency": graph[one]["currency"], "PageId": place.page_id}
            same({name: rows[one][name] for name in told}, told, "both vendors describe an ad account alike")
