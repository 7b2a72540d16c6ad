"""CAMS lists: rows, order, Total, pages, and what is chosen."""

# a wrapper has the arguments of what it stands for

from typing import Any

from mockserver.errors import MockError
from tests.mutants.bend import Asked
from tests.mutants.bends import bodies, rows
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, argument, around, ignored
from tests.mutants.words import ACCOUNTS, CAMPAIGNS

Row = dict[str, Any]
LISTS = "mockserver.vendors.cams.campaigns"
WINDOW = "mockserver.vendors.cams.dialect:CamsDialect.window"


def _ignored(name: str) -> Mutant:
    return Mutant(f"cams-list-{name.lower()}-ignored", "parameter", f"{name} of ListMessageCampaign is ignored.",
                  "CAMS-D15-ListMessageCampaign", ignored(CAMPAIGNS, name))  # fmt: skip


def _total(change: Any) -> Any:
    def edit(body: Row, asked: Asked) -> None:
        del asked
        body["Total"] = change(body)

    return bodies(edit, CAMPAIGNS)


def _paged(change: Any) -> Patch:
    """The first and last record of a page, of Index and Size, as *change* has them."""

    def wrapper(window: Any, dialect: Any, exchange: Any, total: int) -> Any:
        first, stop = window(dialect, exchange, total)
        page = exchange.arguments.get("Page")
        return (first, stop) if page is None else change(page["Index"], page["Size"], total)

    return around(WINDOW, wrapper)


def _slice(first: int, size: int) -> tuple[int, int]:
    return first, first + size


def _past_end(index: int, size: int, total: int) -> tuple[int, int]:
    return _slice(min((index - 1) * size, max(total - 1, 0) // size * size), size)


def _merged(change: Any) -> Patch:
    """The parameters as sent are changed in place before they are checked."""

    def wrapper(merged: Any, sent: Any, request: Any) -> Any:
        found = merged(sent, request)
        change(found)
        return found

    return around("mockserver.vendors.cams.parameters:merged", wrapper)


def _page_given(found: Row) -> None:
    found.setdefault("Page", {"Index": 1, "Size": 10})


def _page_mended(found: Row) -> None:
    """Whatever is wrong with Page, the first page of 10 is meant."""
    page = found.get("Page")
    text = str(page).replace(" ", "").replace("'", '"')
    if "Page" in found and ('"Index":0' in text or '"Size":0' in text or "-" in text or not text.startswith("{")):
        found["Page"] = {"Index": 1, "Size": 10}


def _dots_dropped(found: Row) -> None:
    if isinstance(found.get("Page"), dict) and all(isinstance(one, str) for one in found["Page"].values()):
        del found["Page"]


def _by_name(test: Any) -> Patch:
    def wrapper(chosen: Any, listing: Any, campaign_id: Any, name: Any) -> Any:
        found = chosen(listing, campaign_id, None)
        return [ad for ad in found if name is None or test(ad.name, name)]

    return around(f"{LISTS}:Listing.chosen", wrapper)


def _listed(*statuses: str) -> Patch:
    return Patch(f"{LISTS}:_LISTED", lambda right: frozenset(statuses) or right)


def _any_status(words: Any) -> Any:
    class Every(dict[str, Any]):
        def get(self, name: str, default: Any = None) -> Any:
            return super().get(name, frozenset(words)) or default

    return Every({name: frozenset({status}) for name, status in words.items()})


def _all_for_unknown(original: Any) -> Any:
    return _any_status({word: next(iter(statuses)) for word, statuses in original.items()})


def _every_account(listed: Any, world: Any, question: Any) -> Any:
    records = listed(world, question)
    return type(records)(world.file.accounts, records.render, records.names)


def _asked_ad(*names: str) -> Patch:
    """The campaign of insights may belong to another of *names*: ad accounts or pages."""

    def wrapper(asked_ad: Any, world: Any, question: Any) -> Any:
        try:
            return asked_ad(world, question)
        except MockError:
            ad = world.node(question.arguments["CampaignId"])
            if ad is None or not hasattr(ad, "adset"):
                raise
            other = {"account" if ad.account.id != question.arguments["AdAccountId"].removeprefix("act_") else "",
                     "page" if ad.campaign.page.id != question.arguments["PageId"] else ""} - {""}  # fmt: skip
            if not other or not other <= set(names):
                raise
            return ad

    return around(f"{LISTS}:asked_ad", wrapper)


def _size_more(found: Row) -> None:
    found["Page"] = {**found["Page"], "Size": found["Page"]["Size"] + 1}


MUTANTS = (
    Mutant("cams-list-last-dropped", "row", "The last of several campaigns is dropped.", "CAMS-L1",
           rows(lambda found, asked: found[:-1] if len(found) > 1 else None, CAMPAIGNS)),
    Mutant("cams-list-repeated", "row", "The first campaign of a page comes twice.", "CAMS-L4",
           rows(lambda found, asked: [found[0], *found], CAMPAIGNS)),
    Mutant("cams-accounts-first", "row", "Only the first ad account of a page is listed.", "CAMS-L14",
           rows(lambda found, asked: found[:1], ACCOUNTS)),
    Mutant("cams-accounts-all", "row", "Every ad account there is is listed.", "CAMS-L14",
           around("mockserver.vendors.cams.handlers:WORLD[ListPageAdAccount]", _every_account)),
    Mutant("cams-list-deleted", "row", "Deleted and archived campaigns are listed unasked.", "CAMS-L8",
           _listed("ACTIVE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED", "DELETED", "ARCHIVED")),
    Mutant("cams-list-active-only", "row", "Paused campaigns are not listed.", "CAMS-L8", _listed("ACTIVE")),
    Mutant("cams-list-oldest-first", "order", "A page begins with its oldest campaign.", "CAMS-L4",
           rows(lambda found, asked: found[::-1], CAMPAIGNS)),
    Mutant("cams-list-order-by-size", "order", "Pages of fewer than 5 are in reverse.", "CAMS-L1",
           rows(lambda found, asked: found[::-1] if len(found) < 5 else None, CAMPAIGNS)),
    Mutant("cams-total-of-page", "page", "Total counts the page.", "CAMS-L1", _total(lambda body: len(body["Data"]))),
    Mutant("cams-total-plus-one", "page", "Total is one too many.", "CAMS-L1", _total(lambda body: body["Total"] + 1)),
    Mutant("cams-total-pages", "page", "Total is 0 on a page beyond the end.", "CAMS-L2",
           _total(lambda body: body["Total"] if body["Data"] else 0)),
    Mutant("cams-index-zero-based", "page", "Index counts from 0.", "CAMS-L13",
           _paged(lambda index, size, total: _slice(index * size, size))),
    Mutant("cams-index-ignored", "page", "Every page is the first.", "CAMS-L1",
           _paged(lambda index, size, total: (0, size))),
    Mutant("cams-index-skips", "page", "The second page begins one campaign late.", "CAMS-L1",
           _paged(lambda index, size, total: _slice((index - 1) * size + (index > 1), size))),
    Mutant("cams-index-overlaps", "page", "A page begins with the last campaign of the one before.", "CAMS-L1",
           _paged(lambda index, size, total: _slice((index - 1) * max(size - 1, 1), size))),
    Mutant("cams-index-past-end", "page", "A page beyond the end is the last one.", "CAMS-L2", _paged(_past_end)),
    Mutant("cams-size-plus-one", "page", "A page holds one campaign more than its Size.", "CAMS-L1",
           argument(CAMPAIGNS, _size_more)),
    Mutant("cams-size-ignored", "page", "A page holds 10 campaigns whatever its Size.", "CAMS-L1",
           _paged(lambda index, size, total: _slice((index - 1) * 10, 10))),
    Mutant("cams-size-capped", "page", "Pages of more than 10 campaigns are cut to 10.", "CAMS-L2",
           _paged(lambda index, size, total: _slice((index - 1) * size, min(size, 10)))),
    Mutant("cams-page-defaulted", "default", "Without Page the first 10 are listed.", "CAMS-R1", _merged(_page_given)),
    Mutant("cams-page-mended", "refusal", "A malformed Page is taken for the first 10.", "CAMS-R4",
           _merged(_page_mended)),
    Mutant("cams-page-dotted", "parameter", "Page.Index and Page.Size are not seen.", "CAMS-P4",
           _merged(_dots_dropped)),
    *(_ignored(name) for name in ("AdAccountId", "CampaignId", "CampaignName", "Status")),
    Mutant("cams-list-name-within", "filter", "CampaignName matches a part of a name.", "CAMS-L7",
           _by_name(lambda name, asked: asked in name)),
    Mutant("cams-list-name-case", "filter", "CampaignName does not mind case.", "CAMS-L7",
           _by_name(lambda name, asked: asked.lower() == name.lower())),
    Mutant("cams-list-id-beside-name", "filter", "Beside a CampaignId, CampaignName is ignored.", "CAMS-L7",
           around(f"{LISTS}:Listing.chosen",
                  lambda chosen, listing, one, name: chosen(listing, one, None if one else name))),
    Mutant("cams-list-status-unknown", "filter", "An unknown Status lists every campaign.", "CAMS-L7",
           Patch(f"{LISTS}:_STATUSES", _all_for_unknown)),
    Mutant("cams-insights-account", "parameter", "Insights do not mind AdAccountId.", "CAMS-R18", _asked_ad("account")),
    Mutant("cams-insights-page", "parameter", "Insights do not mind PageId.", "CAMS-R18", _asked_ad("page")),
)  # fmt: skip
