"""Graph lists whose rows, order, pages or cursors are wrong."""

# a wrapper has the arguments of what it stands for

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import asking, bodies, parsed, rows, when_refused
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import argument, around

Row = dict[str, Any]
LISTS = ("insights", "campaigns", "adsets", "ads")
OBJECTS = ("campaigns", "adsets", "ads")
EVERY = json.dumps(["ACTIVE", "PAUSED", "DELETED", "ARCHIVED", "CAMPAIGN_PAUSED", "ADSET_PAUSED"])


def _last_dropped(found: list[Row], asked: Asked) -> list[Row]:
    del asked
    return found[:-1] if len(found) > 1 else found


def _link(body: Row, direction: str, **changes: str | None) -> None:
    """Change the parameters of a paging link, if there is one."""
    link = body.get("paging", {}).get(direction)
    if link:
        address, _, query = link.partition("?")
        whole = {**dict(parse_qsl(query, keep_blank_values=True)), **changes}
        kept = {name: value for name, value in whole.items() if value is not None}
        body["paging"][direction] = f"{address}?{urlencode(kept)}"


def _next_without(*names: str) -> Any:
    return bodies(lambda body, asked: _link(body, "next", **dict.fromkeys(names)), *LISTS)


def _round_again(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    body = reply.json
    if asked.operation not in LISTS or not reply.good or "after" not in asked.parameters or "next" in body["paging"]:
        return reply
    body["paging"]["next"] = body["paging"]["previous"]
    _link(body, "next", before=None)
    return reply.holding(body)


def _next_to_nothing(body: Row, asked: Asked) -> None:
    paging = body.get("paging", {})
    if paging and "next" not in paging:
        query = urlencode({**asked.parameters, "after": paging["cursors"]["after"]})
        paging["next"] = f"http://{asked.header('host')}{asked.path}?{query}"


def _elsewhere(body: Row, asked: Asked) -> None:
    del asked
    link = body.get("paging", {}).get("next")
    if link:
        body["paging"]["next"] = link.replace(urlsplit(link).netloc, "graph.internal:8443", 1)


def _swapped(body: Row, asked: Asked) -> None:
    del asked
    cursors = body.get("paging", {}).get("cursors")
    if cursors:
        cursors["before"], cursors["after"] = cursors["after"], cursors["before"]


def _page_total(body: Row, asked: Asked) -> None:
    del asked
    if "summary" in body:
        body["summary"]["total_count"] = len(body["data"])


def _zeros(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    fields = asked.parameters.get("fields", "impressions,spend").split(",")
    if asked.operation != "insights" or reply.json != {"data": []} or "after" in asked.parameters:
        return reply
    ends = parsed(asked.parameters.get("time_range", "")) or {"since": "2026-11-20", "until": "2026-11-20"}
    days = {"date_start": ends["since"], "date_stop": ends["until"]}
    return reply.listing([{**dict.fromkeys(fields, "0"), **days}])


def _sorted_if_small(found: list[Row], asked: Asked) -> list[Row]:
    small = int(asked.parameters.get("limit") or 25) < 10
    return found[::-1] if small else found


def _one_later(window: Any, asked: Any) -> Any:
    first, stop = window(asked)
    return (first + 1, stop + 1) if asked.get("after") else (first, stop)


def _one_earlier(window: Any, asked: Any) -> Any:
    first, stop = window(asked)
    return (first - 1, stop - 1) if asked.get("after") else (first, stop)


def _before_included(window: Any, asked: Any) -> Any:
    first, stop = window(asked)
    return (first + 1, stop + 1) if asked.get("before") and not asked.get("after") and first else (first, stop)


def _one_more(found: Row) -> None:
    found["limit"] += 1


def _capped(found: Row) -> None:
    found["limit"] = min(found["limit"], 25)


def _from_start(asked: Asked, error: Row) -> Asked | None:
    return asked.having(after=None, before=None) if error.get("code") == 2642 else None


def _small_limits(asked: Asked, error: Row) -> Asked | None:
    return asked.having(limit="1") if "limit" in error.get("message", "") and error.get("code") == 100 else None


def _all_of_campaign(listed: Any, world: Any, node: Any, level: str, statuses: Any) -> Any:
    return listed(world, node.campaign if type(node).__name__ == "AdSet" else node, level, statuses)


WINDOW = "mockserver.vendors.meta.cursor:window"

MUTANTS = (
    Mutant("meta-last-row-dropped", "row", "The last of several rows is dropped.", "META-P1",
           rows(_last_dropped, *LISTS)),
    Mutant("meta-first-row-repeated", "row", "The first row comes twice.", "META-G5",
           rows(lambda found, asked: [found[0], *found], *LISTS)),
    Mutant("meta-idle-zeros", "row", "A range in which nothing was delivered has a row of zeros.", "META-T7", _zeros),
    Mutant("meta-deleted-listed", "row", "Lists show deleted and archived objects unasked.", "META-E2",
           asking(lambda sent: {} if "effective_status" in sent else {"effective_status": EVERY}, *OBJECTS)),
    Mutant("meta-siblings-listed", "row", "The ads of an ad set are those of its whole campaign.", "META-E6",
           around("mockserver.world.now:World.listed", _all_of_campaign)),
    Mutant("meta-oldest-first", "order", "Lists begin with the oldest object.", "META-E1",
           rows(lambda found, asked: found[::-1], *OBJECTS)),
    Mutant("meta-order-by-size", "order", "Small pages are in reverse order.", "META-P1",
           rows(_sorted_if_small, *LISTS)),
    Mutant("meta-page-plus-one", "page", "A page has one row more than its limit.", "META-P1",
           argument("insights", _one_more)),
    Mutant("meta-page-capped", "page", "Pages of more than 25 ads are cut to 25.", "META-P9", argument("ads", _capped)),
    Mutant("meta-total-of-page", "page", "summary.total_count counts the page.", "META-E4",
           bodies(_page_total, *OBJECTS)),
    Mutant("meta-limit-zero", "page", "A limit below 1 is taken for 1.", "META-R20", when_refused(_small_limits)),
    Mutant("meta-page-skips", "cursor", "The row after a cursor is skipped.", "META-P1", around(WINDOW, _one_later)),
    Mutant("meta-page-overlaps", "cursor", "The row of the cursor comes again on the next page.", "META-P1",
           around(WINDOW, _one_earlier)),
    Mutant("meta-before-overlaps", "cursor", "Walking back, the row of the cursor comes again.", "META-P5",
           around(WINDOW, _before_included)),
    Mutant("meta-cursor-loops", "cursor", "The last page's next leads back to earlier rows.", "META-P6", _round_again),
    Mutant("meta-after-ignored", "cursor", "after is ignored: every page is the first.", "META-P3",
           around(WINDOW, lambda window, asked: window({**asked, "after": None}))),
    Mutant("meta-before-ignored", "cursor", "before is ignored.", "META-P5",
           around(WINDOW, lambda window, asked: window({**asked, "before": None}))),
    Mutant("meta-cursors-swapped", "cursor", "The cursors before and after are swapped.", "META-P3",
           bodies(_swapped, *LISTS)),
    Mutant("meta-bad-cursor-first", "cursor", "A bad cursor is answered with the first page.", "META-R22",
           when_refused(_from_start)),
    Mutant("meta-next-to-nothing", "cursor", "The last page has a next, which leads to nothing.", "META-P6",
           bodies(_next_to_nothing, *LISTS)),
    Mutant("meta-previous-missing", "cursor", "There is no previous.", "META-P6",
           bodies(lambda body, asked: body.get("paging", {}).pop("previous", None), *LISTS)),
    Mutant("meta-next-drops-fields", "cursor", "next forgets the fields.", "META-P4", _next_without("fields")),
    Mutant("meta-next-drops-range", "cursor", "next forgets the time range.", "META-P4", _next_without("time_range")),
    Mutant("meta-next-drops-statuses", "cursor", "next forgets the statuses asked for.", "META-P4",
           _next_without("effective_status")),
    Mutant("meta-next-elsewhere", "cursor", "next leads to another host.", "META-S12", bodies(_elsewhere, *LISTS)),
)  # fmt: skip
