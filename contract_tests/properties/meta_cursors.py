"""Paging backwards, from any row, and over the ends of a list."""

from base64 import b64encode

from hypothesis import strategies as st

from ..ask import Ask, time_range
from ..dates import DAY, earliest
from ..expect import ok, same
from ..graph import next_link
from ..property import Live, contract
from .meta_paging import MOST_PAGES, PAGE, SENTENCE, List, lists, pages, sizes
from .meta_rows import RECORDED, every_row


def cursor(index: int) -> str:
    """The cursor of the row at *index*."""
    return b64encode(str(index).encode()).decode().replace("=", "ZD")


@contract(
    "META-P3",
    "A cursor is the place of a row",
    sentence="Recorded: a cursor is the base64 of the zero-based index of a row, each = written ZD; before is that of"
    " the first row of the page, after that of the last.",
    page=RECORDED,
    kind="honoured",
    live=Live.MOCK,
    calls=20,
    examples=8,
)
def cursors_are_places(ask: Ask) -> None:
    """after=cursor(i) starts at i + 1, before=cursor(i) ends at i - 1, and after wins over before."""
    for what in lists(ask):
        count = len(what.rows)
        at, limit = (ask.draw(st.integers(1, count), name) for name in ("place", "limit"))
        _page_is(ask, what, {"limit": limit, "after": cursor(at - 1)}, at, min(at + limit, count))
        _page_is(ask, what, {"limit": limit, "before": cursor(at - 1)}, max(at - 1 - limit, 0), at - 1)
        both = {"limit": limit, "after": cursor(at - 1), "before": cursor(count - 1)}
        _page_is(ask, what, both, at, min(at + limit, count))


def _page_is(ask: Ask, what: List, where: dict[str, object], first: int, last: int) -> None:
    """The page *where* holds the rows from *first* to before *last*, and says so."""
    answer = ask.graph.ok(what.path, what.parameters | where)
    same(answer.rows, what.rows[first:last], f"{what.name} at {where}")
    if answer.rows:
        told = answer.json["paging"]["cursors"]
        same(told, {"before": cursor(first), "after": cursor(last - 1)}, "cursors are places of rows")


@contract(
    "META-P5",
    "Walking back gives the same pages, reversed",
    sentence=SENTENCE,
    page=PAGE,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=120,
    examples=1,
)
def walking_back(ask: Ask) -> None:
    """From the last page, previous after previous gives every page again, down to the first, which has none."""
    for what in lists(ask):
        limit = ask.one_of([size for size in sizes(ask, len(what.rows)) if size > 1], "limit")
        forth = pages(ask, what, limit)
        back = [forth[-1]]
        while (link := next_link(back[-1], "previous")) and len(back) <= len(forth):
            back.append(ok(ask.graph.send("GET", link, {})))
        told = [page.rows for page in back[::-1]]
        same(told, [page.rows for page in forth], f"walking back in pages of {limit} {what.name}")


@contract(
    "META-P6",
    "The first page has no previous, the last no next, all others both",
    sentence=SENTENCE,
    page=PAGE,
    kind="honoured",
    live=Live.TOLERANT,
    calls=100,
    examples=1,
)
def links_at_the_ends(ask: Ask) -> None:
    """next is there if and only if rows follow, previous if and only if rows come before; cursors always."""
    for what in lists(ask):
        for limit in ask.some(sizes(ask, len(what.rows))[1:], 1):
            found = pages(ask, what, limit)
            told = [[name for name in ("cursors", "previous", "next") if name in page.json["paging"]] for page in found]
            wanted = [["cursors", "previous", "next"] for _ in found]
            wanted[0].remove("previous")
            if len(found) < (MOST_PAGES if ask.exact else 3):
                wanted[-1].remove("next")
            same(told, wanted, f"links on pages of {limit} {what.name}")


@contract(
    "META-P7",
    "Beyond the last row there is an empty page, and the end",
    sentence='Recorded: past the end, HTTP 200 {"data":[]} without cursors.after.',
    page=RECORDED,
    kind="honoured",
    live=Live.TOLERANT,
    calls=12,
    examples=2,
)
def beyond_the_end(ask: Ask) -> None:
    """after=the last row's cursor is answered with no rows and nothing that would go on."""
    for what in lists(ask):
        count = len(what.rows)
        limit = ask.draw(st.integers(1, count + 2), "limit")
        last = ask.graph.ok(what.path, what.parameters | {"limit": 5000}).json["paging"]["cursors"]["after"]
        for after in (last, cursor(count), cursor(count + 1000)) if ask.exact else (last,):
            body = ask.graph.ok(what.path, what.parameters | {"limit": limit, "after": after}).json
            paging = body.get("paging", {})
            same(body.get("data"), [], f"after the last of the {what.name} come no rows")
            same("next" in paging, False, "beyond the end there is no next page")
            same("after" in paging.get("cursors", {}), False, "beyond the end there is no cursor")


@contract(
    "META-P8",
    "Before the first row there is nothing, and an empty list is no more than that",
    sentence='Recorded: an empty result is {"data":[]}, without paging.',
    page=RECORDED,
    kind="honoured",
    live=Live.MOCK,
    calls=12,
    examples=1,
)
def empty_lists(ask: Ask) -> None:
    """before=cursor(0), days to come, and a status that nothing has, are all answered with {"data": []}."""
    for what in lists(ask):
        body = ask.graph.ok(what.path, what.parameters | {"before": cursor(0)}).json
        same(body, {"data": []}, f"before the first of the {what.name} there is nothing")
    account = ask.account()
    for edge in ("campaigns", "adsets", "ads"):
        body = ask.graph.ok(f"{account.id}/{edge}", {"effective_status": "PENDING_BILLING_INFO", "limit": 1}).json
        same(body, {"data": []}, "a status that nothing has lists nothing")
    tomorrow = (ask.today(account) + DAY).isoformat()
    asked = {"time_range": {"since": tomorrow, "until": tomorrow}, "limit": 1}
    same(ask.graph.ok(f"{account.id}/insights", asked).json, {"data": []}, "days to come have no rows")


@contract(
    "META-P9",
    "A large limit gives everything at once",
    sentence="limit: the number of rows of a page.",
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=30,
    examples=1,
)
def large_limits(ask: Ask) -> None:
    """list(limit >= n) is the whole, without a next page."""
    for what in lists(ask):
        for limit in (len(what.rows), 100, 500, 501, 1000):
            answer = ask.graph.ok(what.path, what.parameters | {"limit": limit})
            same(answer.rows, what.rows[:limit], f"limit={limit} gives as many {what.name} as there are")
            same(next_link(answer) is None, len(what.rows) <= limit, f"limit={limit} leaves nothing for a next page")


@contract(
    "META-P10",
    "No limit is cut short",
    sentence="limit: the number of rows of a page.",
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=20,
    examples=1,
)
def limits_in_full(ask: Ask) -> None:
    """A page of a long list holds as many rows as asked for, 49 as well as 1,001."""
    node = ask.node("account")
    last = ask.last_day(node.account)
    span = max(last - 200 * DAY, earliest(ask.today(node.account))), last
    asked = {"level": "ad", "time_increment": 1, "fields": "ad_id", "time_range": time_range(span)}
    rows = every_row(ask, f"{node.id}/insights", **asked)
    for limit in ask.some((24, 26, 49, 51, 99, 101, 199, 201, 249, 251, 499, 501, 999, 1001), 3):
        page = ask.graph.ok(f"{node.id}/insights", asked | {"limit": limit, "after": cursor(9)})
        same(page.rows, rows[10 : 10 + limit], f"limit={limit} gives {limit} rows of {len(rows)}")
