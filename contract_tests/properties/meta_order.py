"""Sort and summary of Graph insights: the same rows in another order, and what they tell together."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from ..ask import Ask, time_range
from ..expect import holds, number, ok, same
from ..property import Live, contract
from .meta_breakdowns import YEAR
from .meta_rows import ESTIMATED, LISTS, RECORDED, Row, added, adds_up, busy, every_row, levels, summed

SORT = "sort: field to sort the result, and direction of sorting: <field>_ascending or <field>_descending."
SUMMARY = (
    "default_summary: Determine whether to return a summary. If summary is not set, a summary section with the same"
    " fields as specified by fields will be included."
)
INSIGHTS = "Marketing API reference, Ad Account Insights"
_SPENDING = {"field": "spend", "operator": "GREATER_THAN", "value": 1}
BY = (*ESTIMATED, "impressions", "marketing_messages_read_rate")


def spread_out(ask: Ask) -> tuple[str, dict[str, Any]]:
    """An ad account and what to ask of it so that there are several rows."""
    node = ask.node("account")
    level, increment = ask.one_of(("ad", "campaign"), "level below"), ask.one_of((7, 1, "monthly"), "increment")
    span = time_range(busy(ask, node, 2))
    return f"{node.id}/insights", {"level": level, "time_range": span, "time_increment": increment}


@contract(
    "META-SO1", "sort orders the rows by a figure, up or down", sentence=SORT, page=INSIGHTS, kind="honoured",
    live=Live.TOLERANT, calls=2, examples=8,
)  # fmt: skip
def sorts(ask: Ask) -> None:
    """insights(sort=f_ascending) ascends in f, _descending descends, over all pages; the rows are the same."""
    path, asked = spread_out(ask)
    name = ask.one_of(BY, "field")
    down = ask.draw(st.booleans(), "descending")
    asked["fields"] = f"{name},{asked['level']}_id"
    told = every_row(ask, path, sort=f"{name}_{'descending' if down else 'ascending'}", **asked)
    figures = [number(row[name], name) for row in told if name in row]
    same(figures, sorted(figures, reverse=down), f"rows are in the order of {name}")
    same(sorted(map(str, told)), sorted(map(str, every_row(ask, path, **asked))), "sort leaves no row out")


@contract(
    "META-SO2", "Rows that are equal keep their order; a page is a piece of the order",
    sentence="Assumed: ties keep the order without sort; recorded: a sort that is none is ignored.", page=RECORDED,
    kind="metamorphic", live=Live.MOCK, calls=5, examples=4,
)  # fmt: skip
def ties(ask: Ask) -> None:
    """insights(sort=date_start_…) is a stable sort of insights(); an unknown order changes nothing."""
    node = ask.node("account")
    path, asked = f"{node.id}/insights", {"level": "ad", "time_range": time_range(busy(ask, node)), "time_increment": 7}
    plain = every_row(ask, path, **asked)
    down = ask.draw(st.booleans(), "descending")
    word = f"date_start_{'descending' if down else 'ascending'}"
    told = every_row(ask, path, sort=[word], **asked)
    same(told, sorted(plain, key=lambda row: row["date_start"], reverse=down), "equal rows keep their order")
    paged = [row for page in ask.graph.pages(path, {**asked, "sort": word, "limit": 40}) for row in page.rows]
    same(paged, told, "pages follow the order")
    same(every_row(ask, path, sort="nonsense_sideways", **asked), plain, "a sort that is none is ignored")


@contract(
    "META-SU1", "The summary is the sum of all rows", sentence=SUMMARY, page=INSIGHTS, kind="metamorphic",
    live=Live.TOLERANT, calls=3, examples=8,
)  # fmt: skip
def summary_sums(ask: Ask) -> None:
    """summary = Σ rows over all pages, whichever page it stands beside, also by parts, filtered and sorted."""
    path, asked = spread_out(ask)
    shapes: list[dict[str, Any]] = [{}, {"sort": "spend_descending"}, {"filtering": [_SPENDING]}]
    account = ask.drawn["node"].account
    # rows by parts do not tell reach of older ranges
    recent = (ask.today(account) - date.fromisoformat(asked["time_range"]["since"])).days <= YEAR
    more: dict[str, Any] = ask.one_of([*shapes, {"breakdowns": "age"}] if recent else shapes, "more")
    asked |= {"fields": summed(ask), **more}
    rows = every_row(ask, path, **asked)
    limit = ask.draw(st.integers(1, 7), "limit")
    body = ok(ask.graph.call(path, {**asked, "default_summary": "true", "limit": limit})).json
    holds(("summary" in body) == bool(rows), "there is a summary where there are rows", sorted(body), "summary")
    if rows:
        adds_up(ask, body["summary"], rows, "of the summary is the sum of all rows")
        same(len(body["data"]), min(limit, len(rows)), "a summary leaves the page as it is")


@contract(
    "META-SU2", "A summary tells the fields that it is asked for, its rates from its sums",
    sentence="summary: If this param is used, a summary section will be included, with these fields.", page=INSIGHTS,
    kind="identity", live=Live.MOCK, calls=2, examples=6,
)  # fmt: skip
def summary_fields(ask: Ask) -> None:
    """keys(summary) = summary fields + dates; a rate there is that of the counts there."""
    path, asked = spread_out(ask)
    delivered, clicked, spend = ESTIMATED
    names = (
        delivered,
        clicked,
        spend,
        "marketing_messages_link_btn_click_rate",
        "marketing_messages_cost_per_delivered",
    )
    body = ok(ask.graph.call(path, {**asked, "fields": "reach", "summary": ",".join(names)})).json
    if "summary" not in body:
        return
    told: Row = body["summary"]
    same(set(told), {*names, "date_start", "date_stop"}, "a summary has its fields and its dates")
    same(
        (told["date_start"], told["date_stop"]), tuple(asked["time_range"].values()), "a summary tells the whole range"
    )
    counts = {name: number(told[name], name) for name in names}
    if counts[delivered]:
        _within(counts[names[3]], counts[clicked] * 100 / counts[delivered], names[3])
        _within(counts[names[4]], counts[spend] / counts[delivered], names[4])


def _within(got: Decimal, exact: Decimal, name: str) -> None:
    holds(
        abs(got - exact) <= Decimal("0.000001"), f"{name} of the summary follows from its counts", str(got), str(exact)
    )


@contract(
    "META-TR1", "time_ranges tell what each range tells alone", sentence="time_ranges: one result set per range; ranges"
    " may overlap; overrides date_preset, time_range and time_increment.", page=INSIGHTS, kind="metamorphic",
    live=Live.SAFE, calls=4, examples=6,
)  # fmt: skip
def ranges(ask: Ask) -> None:
    """insights(time_ranges) = insights(each range), whatever other dates stand beside it."""
    node = ask.node()
    level = ask.one_of(levels(node), "level below")
    spans = [time_range(ask.span(node)) for _ in range(2)]
    fields = ",".join((f"{level}_id", *(added(ask) if ask.exact else ESTIMATED), *(LISTS[:1] if ask.exact else ())))
    asked = {"level": level, "fields": fields}
    apart = [row for one in spans for row in every_row(ask, f"{node.id}/insights", time_range=one, **asked)]
    beside = {"date_preset": "yesterday", "time_range": spans[0], "time_increment": 1}
    together = every_row(ask, f"{node.id}/insights", time_ranges=spans, **beside, **asked)
    same(sorted(map(str, together)), sorted(map(str, apart)), "each range has the rows that it has alone")
    own = [
        (row["date_start"], row["date_stop"]) for row in together if row[f"{level}_id"] == together[0][f"{level}_id"]
    ]
    wanted = [(one["since"], one["until"]) for one in spans]
    same(own, [one for one in wanted if one in own], "the ranges keep their order")
