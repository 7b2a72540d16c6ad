"""ListPageAdAccount, and how it goes with ListMessageCampaign: what belongs to a page, and steady answers."""

from collections.abc import Callable
from typing import Any

from ..ask import Ask
from ..expect import holds, same
from ..found_cams import ACCOUNTS, INSIGHTS, LIST, full_places, named, places
from ..outcomes import OutOfScope
from ..property import Live, contract
from .cams_lists import PAGE, Row, whole

_HOW: dict[str, Any] = {"page": PAGE, "kind": "cams"}


@contract(
    "CAMS-L5", "What is listed belongs to the page and to the space's ad accounts",
    sentence="PageId: The Page ID for Messenger. AdAccountId: The ID of the Meta ad account.", live=Live.SAFE,
    calls=6, examples=1, **_HOW,
)  # fmt: skip
def rows_belong(ask: Ask) -> None:
    """PageId as asked; AdAccountId one of those that ListPageAdAccount tells; whole ids without act_."""
    for place in places(ask)[: 12 if ask.exact else 1]:
        accounts = ask.cams.rows(ACCOUNTS, place.asked)
        known = {one["AdAccountId"] for one in accounts}
        for row in [*whole(ask, place), *accounts]:
            same(row["PageId"], place.page_id, "what is listed belongs to the page that was asked for")
            holds(
                row["AdAccountId"] in known, "what is listed is in an ad account of the page", row["AdAccountId"], known
            )
            holds(row["AdAccountId"].isdigit(), "an ad account's id is digits", row["AdAccountId"], "digits")


@contract(
    "CAMS-L9", "Ad accounts part the list, with or without act_",
    sentence="AdAccountId: The ID of the Meta ad account. Assumed: with or without act_", live=Live.MOCK, calls=12,
    examples=1, **_HOW,
)  # fmt: skip
def accounts_part_the_list(ask: Ask) -> None:
    """The list is the union over the ad accounts of ListPageAdAccount."""
    for place in full_places(ask)[:3]:
        rows, union = whole(ask, place), []
        for account in ask.cams.rows(ACCOUNTS, place.asked):
            part = whole(ask, place, AdAccountId=account["AdAccountId"])
            same(
                whole(ask, place, AdAccountId=f"act_{account['AdAccountId']}"),
                part,
                "act_ before an id changes nothing",
            )
            union += part
        key: Callable[[Row], str] = lambda row: str(row["CampaignId"])  # noqa: E731
        same(sorted(union, key=key), sorted(rows, key=key), "the list is the union over its ad accounts")
        asked = named(place, rows[0])
        plain = ask.cams.rows(INSIGHTS, asked)
        prefixed = ask.cams.rows(INSIGHTS, {**asked, "AdAccountId": f"act_{asked['AdAccountId']}"})
        same(prefixed, plain, "act_ before an id changes no insights")


@contract(
    "CAMS-L11", "Asked twice, every reading operation answers the same", sentence="Assumed: reading changes nothing",
    live=Live.TOLERANT, calls=4, examples=4, page=PAGE, kind="metamorphic",
)  # fmt: skip
def lists_are_steady(ask: Ask) -> None:
    """The same list and the same ad accounts, in the same order."""
    place = ask.one_of(places(ask), "page")
    for name, more in ((LIST, {"Page": {"Index": 1, "Size": 20}}), (ACCOUNTS, {})):
        first, second = (ask.cams.ok(name, {**place.asked, **more}) for _ in range(2))
        told_first, told_second = ({key: one.get(key) for key in ("Data", "Total")} for one in (first, second))
        same(told_second, told_first, f"{name} answers the same question the same way")


@contract(
    "CAMS-L12", "No ad account is told twice, each with its currency",
    sentence="AdAccountId, AdAccountName, Currency: USD", live=Live.SAFE, calls=6, examples=1, **_HOW,
)  # fmt: skip
def accounts_are_told_once(ask: Ask) -> None:
    """Different ids, names that say something, three capitals for a currency."""
    for place in places(ask)[: 12 if ask.exact else 1]:
        rows = ask.cams.rows(ACCOUNTS, place.asked)
        ids = [row["AdAccountId"] for row in rows]
        same(len(set(ids)), len(ids), "no ad account is told twice")
        for row in rows:
            told = row["Currency"]
            holds(len(told) == 3 and told.isascii() and told.isupper(), "a currency has three capitals", told, "USD")
            holds(row["AdAccountName"].strip(), "an ad account has a name", row["AdAccountName"], "some text")
        if not rows and not ask.exact:
            raise OutOfScope("the page has no ad account")
