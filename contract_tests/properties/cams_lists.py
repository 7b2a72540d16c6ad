"""ListMessageCampaign and ListPageAdAccount: pages, totals, filters and order; and what a mock's world says of them."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from ..ask import Ask
from ..expect import holds, same
from ..found_cams import LIST, UNKNOWN, Place, campaigns, evenly, fewer, full_places, listed, spread
from ..property import Live, contract

PAGE = "Chat App Message Service: ListMessageCampaign"
ALL = 10**6
FILTERS = ("AdAccountId", "CampaignId", "CampaignName", "Status")
SHOWN = ("AVAILABLE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED")
HIDDEN = ("DELETED", "ARCHIVED")
FAR = (2, 10, 1000, 10**6, 2**31 - 1, 2**31, 2**53, 10**18)
_HOW: dict[str, Any] = {"page": PAGE, "kind": "cams"}
Row = dict[str, Any]


def page_of(ask: Ask, place: Place, index: int, size: int, **filters: Any) -> tuple[list[Row], int]:
    """The rows of one page, and Total."""
    body = ask.cams.ok(LIST, {**place.asked, **filters, "Page": {"Index": index, "Size": size}})
    rows, total = body["Data"], body["Total"]
    holds(len(rows) <= size, "a page has at most Size rows", len(rows), f"at most {size}")
    return list(rows), int(total)


def whole(ask: Ask, place: Place, **filters: Any) -> list[Row]:
    """Every row of a list: in one page of a mock, page by page of a live target."""
    return page_of(ask, place, 1, ALL, **filters)[0] if ask.exact else listed(ask, place, **filters)


@contract(
    "CAMS-L1", "Every page size gives the same rows, once each, in the same order, and Total is their number",
    sentence="Total: The total number of records. Size: The number of entries to return on each page. Index: The"
    " page number.", live=Live.TOLERANT, calls=40, examples=1, **_HOW,
)  # fmt: skip
def pages_make_the_whole(ask: Ask) -> None:
    """For sizes 1, 2, 3, 7, n-1, n, n+1: pages are disjoint, full but for the last, and counted from 1."""
    for place in full_places(ask)[: fewer(ask, 4, 2) if ask.exact else 1]:
        rows = whole(ask, place)
        count = len(rows)
        small = {1, 2, 3, 7} if count <= 60 else {7, 25} if count <= 300 else {count // 5}
        sizes = sorted({*small, max(1, count - 1), count, count + 1})
        for size in spread(ask, sizes, 3 if ask.exact else 1):
            _paged(ask, place, rows, size)


def _paged(ask: Ask, place: Place, rows: list[Row], size: int) -> None:
    pages = -(-len(rows) // size)
    most = pages if ask.exact else min(pages, 3)
    for index in range(1, most + 1):
        got, total = page_of(ask, place, index, size)
        same(total, len(rows), "Total is the number of all rows, on every page")
        wanted = rows[(index - 1) * size : index * size]
        same(got, wanted, f"page {index} of Size {size} holds rows {(index - 1) * size + 1} to {index * size}")
    if ask.exact:
        same(page_of(ask, place, pages + 1, size), ([], len(rows)), "beyond the last page is nothing, and Total stays")


@contract(
    "CAMS-L2", "Beyond the end there is nothing, and any Size is good", sentence="Index: The page number.",
    live=Live.MOCK, calls=20, examples=1, **_HOW,
)  # fmt: skip
def far_pages_are_empty(ask: Ask) -> None:
    """Index and Size up to 10^18."""
    place = full_places(ask)[0]
    rows, total = page_of(ask, place, 1, ALL)
    same(total, len(rows), "Total is the number of rows in one page that is long enough")
    for far in FAR:
        same(page_of(ask, place, far, ALL), ([], total), f"page {far} is empty, and Total stays")
        size = max(far, len(rows))
        same(page_of(ask, place, 1, size), (rows, total), f"one page of Size {size} holds everything")


@contract(
    "CAMS-L3", "Any page is the slice of the whole", sentence="Index: The page number. Size: entries on each page.",
    live=Live.MOCK, calls=2, examples=10, **_HOW,
)  # fmt: skip
def any_page_is_a_slice(ask: Ask) -> None:
    """A drawn Size and Index of a drawn page's list, filtered or not."""
    place = ask.one_of(full_places(ask), "page")
    filters = ask.one_of(
        [{}, *({"Status": word} for word in SHOWN), {"AdAccountId": place.space.accounts[0]}], "filter"
    )
    rows = whole(ask, place, **filters)
    size = ask.draw(st.integers(1, len(rows) + 2), "Size")
    index = ask.draw(st.integers(1, len(rows) // size + 2), "Index")
    wanted = rows[(index - 1) * size : index * size]
    same(page_of(ask, place, index, size, **filters), (wanted, len(rows)), "a page is the slice of the whole list")


@contract(
    "CAMS-L4", "Message campaigns are listed once each, newest first",
    sentence="CreateTime: The time when the campaign was created. Assumed: newest first", live=Live.TOLERANT, calls=6,
    examples=1, **_HOW,
)  # fmt: skip
def newest_come_first(ask: Ask) -> None:
    """CreateTime never grows down the list; no id is listed twice; none was created after now."""
    for place in full_places(ask):
        rows = whole(ask, place)
        ids = [row["CampaignId"] for row in rows]
        same(len(set(ids)), len(ids), "no campaign is listed twice")
        times = [row["CreateTime"] for row in rows]
        if ask.exact:
            same(times, sorted(times, reverse=True), "the newest campaign comes first")


@contract(
    "CAMS-L6", "A filter is what a client would filter, and filters add up",
    sentence="AdAccountId: The ID of the Meta ad account. Status, CampaignName, CampaignId", live=Live.TOLERANT,
    calls=80, examples=1, **_HOW,
)  # fmt: skip
def filters_are_kept(ask: Ask) -> None:
    """Each filter with each value that occurs, all pairs, and all four together: the rows, their order and Total."""
    for place in full_places(ask)[: fewer(ask, 3, 1) if ask.exact else 1]:
        rows = whole(ask, place)
        for name in FILTERS:
            values = evenly(sorted({str(row[name]) for row in rows}), 60)
            for value in spread(ask, values, 5 if ask.exact else 1):
                _filtered(ask, place, rows, {name: value})
        for row in spread(ask, evenly(rows, 5), 2 if ask.exact else 1):
            for some in (*combinations(FILTERS, 2), FILTERS):
                _filtered(ask, place, rows, {name: row[name] for name in some})


def _filtered(ask: Ask, place: Place, rows: list[Row], filters: Mapping[str, str]) -> None:
    wanted = [row for row in rows if all(row[name] == value for name, value in filters.items())]
    if ask.exact:
        got, total = page_of(ask, place, 1, ALL, **filters)
        same(total, len(wanted), f"Total counts what {' and '.join(filters)} let through")
    else:
        got = listed(ask, place, **filters)
    same(got, wanted, f"{' and '.join(filters)} let through exactly the rows that have the value")


@contract(
    "CAMS-L7", "Filters that nothing fits list nothing",
    sentence="CampaignName: The name of the campaign. Assumed: matches whole; an unknown Status lists nothing",
    live=Live.MOCK, calls=60, examples=1, **_HOW,
)  # fmt: skip
def misfits_list_nothing(ask: Ask) -> None:
    """Unknown ids, names and words, parts of names, other cases, and filters that contradict each other."""
    for place in full_places(ask)[: fewer(ask, 2, 1)]:
        rows = whole(ask, place)
        names, ids = {row["CampaignName"] for row in rows}, {row["CampaignId"] for row in rows}
        misfits: list[dict[str, str]] = [{"CampaignName": UNKNOWN}, {"CampaignId": UNKNOWN}]
        misfits += [
            {"Status": word} for word in ("NO_SUCH", "available", "ACTIVE ", "Available", "1", "*", "AVAILABLE,PAUSED")
        ]
        cased = sorted(rows, key=lambda row: row["CampaignName"].swapcase() == row["CampaignName"])
        for row in spread(ask, cased[:8], 3):
            name, one = row["CampaignName"], row["CampaignId"]
            misfits += [{"CampaignName": wrong} for wrong in _around(name) if wrong not in names]
            misfits += [
                {"CampaignId": wrong} for wrong in (f"{one}0", one[:-1], f"0{one}") if wrong and wrong not in ids
            ]
            misfits.append({"CampaignId": one, "CampaignName": f"{name}x"})
            misfits += [{"CampaignId": one, "Status": word} for word in SHOWN if word != row["Status"]][:1]
        for filters in misfits:
            same(page_of(ask, place, 1, 50, **filters), ([], 0), f"{filters} lists nothing")


def _around(name: str) -> list[str]:
    """Names that are almost *name*; an empty one would be no filter."""
    parts = (name[:-1], name[1:], (name.split() or [name])[0], f"%{name[:2]}%", f"{name[:1]}*")
    return [one for one in dict.fromkeys((*parts, f"{name} ", f"{name}x", name.swapcase())) if one]


@contract(
    "CAMS-L8", "Statuses are told apart, and part the list",
    sentence="Status: AVAILABLE. Assumed: else Graph's effective status; deleted and archived ones only when asked"
    " for", live=Live.MOCK, calls=24, examples=1, **_HOW,
)  # fmt: skip
def statuses_part_the_list(ask: Ask) -> None:
    """The list is the union over its statuses; what is deleted or archived is listed when its status is asked for."""
    for place in full_places(ask)[:4]:
        rows = whole(ask, place)
        holds({row["Status"] for row in rows} <= set(SHOWN), "only these statuses are listed by default", rows, SHOWN)
        parts = {word: whole(ask, place, Status=word) for word in (*SHOWN, *HIDDEN)}
        for word, part in parts.items():
            holds(all(row["Status"] == word for row in part), f"Status {word} lists what is {word}", part, word)
        union = sorted(row["CampaignId"] for word in SHOWN for row in parts[word])
        same(union, sorted(row["CampaignId"] for row in rows), "the statuses that are listed by default make the list")


@contract(
    "CAMS-L10", "Budgets are whole, of a known type, and above 0", sentence="Budget: integer, 62. BudgetType: daily",
    live=Live.TOLERANT, calls=6, examples=1, **_HOW,
)  # fmt: skip
def budgets_are_known(ask: Ask) -> None:
    """Budget is a positive whole number, in cents; BudgetType daily or lifetime."""
    for _, row in campaigns(ask):
        holds(
            type(row["Budget"]) is int and row["Budget"] > 0, "a budget is a whole number above 0", row["Budget"], "62"
        )
        if ask.exact:
            holds(row["BudgetType"] in ("daily", "lifetime"), "a budget is daily or lifetime", row["BudgetType"])
