"""Graph insights in pieces of time: they tile the range, each tells its own days, and together they are the whole."""

from datetime import timedelta
from itertools import groupby, pairwise
from typing import Any

from hypothesis import strategies as st

from ..ask import Ask, time_range
from ..dates import PRESETS, Span, earliest, months, pieces
from ..expect import holds, same
from ..found import LEVELS, Node
from ..property import Live, contract
from .meta_lists import listed
from .meta_presets import calendar
from .meta_rows import INCREMENTS, PAGE, RECORDED, Row, adds_up, busy, every_row, levels, span_of, summed

SENTENCE = (
    "time_increment: 1..90, monthly, all_days (the default). Recorded: N cuts from since in pieces of N days, the last"
    " one short; monthly cuts on calendar months clipped to the range; pieces without delivery have no row."
)


def cut(span: Span, increment: int | str) -> list[Span]:
    """The pieces of *span* by the kit's own calendar."""
    if increment == "all_days":
        return [span]
    return months(span) if increment == "monthly" else pieces(span, int(increment))


def drawn_increments(ask: Ask) -> list[Any]:
    """All kinds of increments (a few at the quick effort), and one more number of days."""
    return [*ask.some(INCREMENTS, 2), ask.draw(st.integers(2, 89), "days of a piece")]


def some_span(ask: Ask, node: Node, increment: int | str = 1) -> Span:
    """Days before, in and after a month or more of delivery: enough of them for three pieces of *increment*."""
    span = busy(ask, node, 4) if ask.draw(st.booleans(), "whole months") else ask.span(node, longest=100)
    days = timedelta(days=2 * int(increment) + 5 if isinstance(increment, int) else 70 if increment == "monthly" else 0)
    return max(min(span[0], span[1] - days), earliest(ask.today(node.account))), span[1]


@contract(
    "META-B1",
    "Pieces of time tile the range",
    sentence=SENTENCE,
    page=RECORDED,
    kind="honoured",
    live=Live.SAFE,
    calls=7,
    examples=5,
)
def pieces_tile(ask: Ask) -> None:
    """Each object's rows are pieces of the range, in their order, none twice."""
    node = ask.node()
    level = ask.one_of(levels(node), "level below")
    for increment in drawn_increments(ask):
        span = some_span(ask, node, increment)
        asked = {"time_range": time_range(span), "level": level, "fields": f"{level}_id,impressions"}
        rows = every_row(ask, f"{node.id}/insights", time_increment=increment, **asked)
        known = set(cut(span, increment))
        strange = [span_of(row) for row in rows if span_of(row) not in known]
        same(strange, [], f"time_increment={increment} gives pieces of the range")
        for _, own in groupby(rows, lambda row: row[f"{level}_id"]):
            days = [span_of(row)[0] for row in own]
            holds(all(one < other for one, other in pairwise(days)), "an object's pieces follow each other", days)
        told = [(row[f"{level}_id"], row["date_start"]) for row in rows]
        holds(len(set(told)) == len(told), "no piece comes twice", len(told), len(set(told)))


@contract(
    "META-B2",
    "Pieces of time sum to the whole",
    sentence=SENTENCE,
    page=RECORDED,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=14,
    examples=5,
)
def pieces_sum(ask: Ask) -> None:
    """Σ f[piece] = f[range], for every object."""
    node = ask.node()
    level = ask.one_of(levels(node), "level below")
    for increment in drawn_increments(ask):
        span = some_span(ask, node, increment)
        asked = {"time_range": time_range(span), "level": level, "fields": f"{level}_id,{summed(ask)}"}
        whole = {row[f"{level}_id"]: row for row in every_row(ask, f"{node.id}/insights", **asked)}
        parts: dict[str, list[Row]] = {}
        for row in every_row(ask, f"{node.id}/insights", time_increment=increment, **asked):
            parts.setdefault(row[f"{level}_id"], []).append(row)
        same(sorted(parts), sorted(whole), f"time_increment={increment} has rows of the same objects")
        for one, own in parts.items():
            adds_up(ask, whole[one], own, f"in pieces of {increment} sums to the whole")


@contract(
    "META-B3",
    "A piece of time tells the same as its explicit range",
    sentence=SENTENCE,
    page=RECORDED,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=26,
    examples=4,
)
def pieces_equal_ranges(ask: Ask) -> None:
    """The row of a piece is insights(time_range = piece); where there is no row, that is empty."""
    node = ask.node()
    for increment in drawn_increments(ask):
        span = some_span(ask, node, increment)
        asked = {"fields": summed(ask)}
        rows = every_row(ask, f"{node.id}/insights", time_range=time_range(span), time_increment=increment, **asked)
        told = {span_of(row): row for row in rows}
        every = cut(span, increment)
        chosen = [every[0], every[-1], *(ask.one_of(every, "piece") for _ in range(2))] if ask.exact else every[-1:]
        for piece in dict.fromkeys(chosen):
            alone = ask.graph.row(node.id, time_range=time_range(piece), **asked)
            same(told.get(piece), alone, f"a piece of time_increment={increment} tells what its range tells")


@contract(
    "META-B4",
    "all_days is the default time_increment",
    sentence="time_increment: 1..90, monthly, all_days; all_days by default",
    page="Marketing API reference, insights parameters",
    kind="honoured",
    live=Live.SAFE,
    calls=3,
    examples=4,
)
def all_days_by_default(ask: Ask) -> None:
    """insights() = insights(time_increment=all_days), one row an object; so does a piece as long as the range."""
    node = ask.node()
    first, last = busy(ask, node)
    asked = {"time_range": time_range((first, last)), "fields": summed(ask), "level": "ad"}
    plain = every_row(ask, f"{node.id}/insights", **asked)
    for increment in ("all_days", (last - first).days + 1, 90):
        told = every_row(ask, f"{node.id}/insights", time_increment=increment, **asked)
        same(told, plain, f"time_increment={increment} leaves the range in one piece")


@contract(
    "META-B5",
    "Rows come object by object, the newest first",
    sentence="Measured on the lists of objects: order is newest first. Assumed of insights rows.",
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=4,
    examples=5,
)
def rows_in_order(ask: Ask) -> None:
    """The objects of the rows are a subsequence of the list of those objects, each with all its rows together."""
    node = ask.node("account")
    level = ask.one_of(LEVELS[:0:-1], "level below")
    order = [row["id"] for row in listed(ask, node.account, f"{level}s")]
    latest = node.months[-3:][0][0], node.months[-1][1]
    for span, increment in ((busy(ask, node, 3), ask.one_of(INCREMENTS, "increment")), (latest, 7)):
        asked = {"time_range": time_range(span), "time_increment": increment, "level": level, "fields": f"{level}_id"}
        told = [one for one, _ in groupby(row[f"{level}_id"] for row in every_row(ask, f"{node.id}/insights", **asked))]
        same(told, [one for one in order if one in set(told)], "rows come in the order of the list of their objects")


@contract(
    "META-B6",
    "Every number of days from 1 to 90 cuts into pieces of so many days",
    sentence=SENTENCE,
    page=RECORDED,
    kind="effect",
    live=Live.SAFE,
    calls=91,
    examples=1,
)
def every_number_of_days(ask: Ask) -> None:
    """insights(time_increment=n) has the pieces of n days in which something was delivered, for every n."""
    node = ask.node("account", "campaign")
    first, last = busy(ask, node, 4)
    span = max(min(first, last - timedelta(days=200)), earliest(ask.today(node.account))), last
    asked = {"time_range": time_range(span), "fields": "impressions"}
    days = {span_of(row)[0] for row in every_row(ask, f"{node.id}/insights", time_increment=1, **asked)}
    for number in ask.some(range(1, 91), 4):
        told = [span_of(row) for row in every_row(ask, f"{node.id}/insights", time_increment=number, **asked)]
        wanted = [one for one in cut(span, number) if any(one[0] <= day <= one[1] for day in days)]
        same(told, wanted, f"time_increment={number} cuts into pieces of {number} days")


@contract(
    "META-C8",
    "A preset is cut into pieces like its explicit range",
    sentence=SENTENCE,
    page=RECORDED,
    kind="metamorphic",
    live=Live.MOCK,
    calls=12,
    examples=4,
)
def presets_are_cut(ask: Ask) -> None:
    """insights(preset, time_increment) = insights(time_range of the preset, time_increment)."""
    node = ask.node()
    names = [ask.one_of(PRESETS, "preset"), "last_90d", "this_year"]
    for name in names:
        span = calendar(ask, node.account, name)
        increment = ask.one_of(INCREMENTS[1:] if name == "maximum" else INCREMENTS, "increment")
        asked = {"time_increment": increment, "fields": summed(ask)}
        told = every_row(ask, f"{node.id}/insights", date_preset=name, **asked)
        explicit = every_row(ask, f"{node.id}/insights", time_range=time_range(span), **asked)
        same(told, explicit, f"{name} is cut by {increment} like its explicit range")
