"""What a mock lists is what its world file says: every campaign, ad account and template, in every field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..ask import Ask
from ..expect import holds, same
from ..found_cams import ACCOUNTS, Place, places
from ..metrics_cams import milliseconds
from ..outcomes import OutOfScope
from ..property import Live, contract
from .cams_lists import HIDDEN, PAGE, SHOWN, whole

Entry = Mapping[str, Any]
Row = dict[str, Any]
_HOW: dict[str, Any] = {"kind": "cams", "examples": 1, "page": PAGE, "live": Live.MOCK}
_PAUSED = (("campaign", "CAMPAIGN_PAUSED"), ("adset", "ADSET_PAUSED"))


def world(ask: Ask) -> Entry:
    """The world file of a mock."""
    if ask.profile.world is None:
        raise OutOfScope("the target has no world file")
    return ask.profile.world


def ads(ask: Ask) -> Iterator[tuple[Entry, Entry, Entry]]:
    """Each message campaign of the world, which Graph calls an ad, with its campaign and ad set."""
    for campaign in world(ask)["campaigns"]:
        for adset in campaign["adsets"]:
            for ad in adset["ads"]:
                yield campaign, adset, ad


def status(campaign: Entry, adset: Entry, ad: Entry) -> str:
    """Gone where anything above is; else its own; else paused with what is above; AVAILABLE for the rest."""
    chain = {"campaign": campaign, "adset": adset, "ad": ad}
    states = {level: entry.get("status", "ACTIVE") for level, entry in chain.items()}
    gone = next((states[level] for level in ("ad", "adset", "campaign") if states[level] in HIDDEN), None)
    if gone or states["ad"] != "ACTIVE":
        return str(gone or states["ad"])
    return next((word for level, word in _PAUSED if states[level] == "PAUSED"), "AVAILABLE")


def expected(ask: Ask, place: Place) -> dict[str, Row]:
    """The rows of *place* by id, deleted and archived ones too."""
    found: dict[str, Row] = {}
    for campaign, adset, ad in ads(ask):
        if campaign["page_id"] != place.page_id or campaign["account_id"] not in place.space.accounts:
            continue
        daily = "daily_budget" in adset
        found[ad["id"]] = {
            "AdAccountId": campaign["account_id"],
            "Budget": adset["daily_budget" if daily else "lifetime_budget"],
            "BudgetType": "daily" if daily else "lifetime",
            "CampaignId": ad["id"],
            "CampaignName": ad["name"],
            "CreateTime": milliseconds(ad["created_time"]),
            "PageId": campaign["page_id"],
            "Status": status(campaign, adset, ad),
        }
    return found


@contract(
    "CAMS-L13", "Every message campaign of the world is listed, with each of its fields",
    sentence="Data: PageId, Status, CampaignId, CreateTime, AdAccountId, CampaignName, Budget, BudgetType", calls=12,
    **_HOW,
)  # fmt: skip
def campaigns_are_the_worlds(ask: Ask) -> None:
    """On every page; what is deleted or archived under its own status only."""
    known = {ad["id"] for _, _, ad in ads(ask)}
    for place in places(ask):
        wanted = expected(ask, place)
        for filters, words in [({}, SHOWN), *(({"Status": word}, (word,)) for word in HIDDEN)]:
            rows = {row["CampaignId"]: row for row in whole(ask, place, **filters)}
            due = {one: row for one, row in wanted.items() if row["Status"] in words}
            holds(
                set(due) <= set(rows),
                "every campaign of the page is listed",
                sorted(set(due) - set(rows)),
                "none left out",
            )
            strange = sorted(known & set(rows) - set(due))
            same(strange, [], "no campaign of another page, space or status is listed")
            for one, row in due.items():
                same(rows[one], row, f"the campaign {one} is told as the world has it")


@contract(
    "CAMS-L14", "Every ad account of the world is told, with its name and currency",
    sentence="Data: AdAccountId, AdAccountName, Currency, PageId. Assumed: every ad account of the space", calls=6,
    **_HOW,
)  # fmt: skip
def accounts_are_the_worlds(ask: Ask) -> None:
    """On every page of every space."""
    known = {one["id"]: one for one in world(ask)["accounts"]}
    for place in places(ask):
        wanted = [
            {
                "AdAccountId": one,
                "AdAccountName": known[one]["name"],
                "Currency": known[one]["currency"],
                "PageId": place.page_id,
            }
            for one in sorted(place.space.accounts)
        ]
        rows = sorted(ask.cams.rows(ACCOUNTS, place.asked), key=lambda row: str(row["AdAccountId"]))
        same(rows, wanted, "the ad accounts of a page are told as the world has them")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a message campaign delivers: days, ad account, cents a day, whether days are pinned; and its ad set."""

    first: date
    last: date | None
    account: str
    daily: float
    pinned: bool
    adset: str


def schedules(ask: Ask) -> dict[str, Schedule]:
    """The schedule of each message campaign of the world by its id."""
    found = {}
    for campaign, adset, ad in ads(ask):
        first = date.fromisoformat(adset["start_date"])
        ends = [date.fromisoformat(one) for one in (adset.get("end_date"), ad.get("stopped_on")) if one]
        days = (date.fromisoformat(adset["end_date"]) - first).days + 1 if "lifetime_budget" in adset else 1
        daily = adset.get("daily_budget", adset.get("lifetime_budget")) / days / len(adset["ads"])
        found[ad["id"]] = Schedule(
            first, min(ends, default=None), campaign["account_id"], daily, "pins" in ad, adset["id"]
        )
    return found
