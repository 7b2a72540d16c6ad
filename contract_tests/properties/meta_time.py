"""Graph insights in time: ranges add up however they are cut, and count nothing outside of themselves."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from ..ask import Ask, time_range
from ..dates import DAY, PRESETS, earliest
from ..expect import same
from ..outcomes import OutOfScope
from ..property import Live, contract
from .meta_rows import (
    INCREMENTS,
    PAGE,
    RECORDED,
    adds_up,
    busy,
    every_row,
    levels,
    no_less,
    span_of,
    summed,
)

RANGE = "time_range: A single time range object. UNIX timestamp not supported."


@contract(
    "META-T1",
    "A range is the sum of its parts at every cut",
    sentence=RANGE,
    page=PAGE,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=3,
    examples=25,
)
def ranges_add_up(ask: Ask) -> None:
    """f[a,c] = f[a,b] + f[b+1,c]."""
    node = ask.node()
    since, until = ask.span(node)
    cut = since + timedelta(days=ask.draw(st.integers(0, (until - since).days), "cut"))
    spans = [(since, cut), (cut + DAY, until)] if cut < until else [(since, cut)]
    parts = [ask.graph.row(node.id, time_range=time_range(span), fields=summed(ask)) for span in spans]
    whole = ask.graph.row(node.id, time_range=time_range((since, until)), fields=summed(ask))
    adds_up(ask, whole, [part for part in parts if part], "of a range is the sum of its parts")


@contract(
    "META-T2",
    "A wider range never counts less",
    sentence=RANGE,
    page=PAGE,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=2,
    examples=12,
)
def wider_counts_no_less(ask: Ask) -> None:
    """f[b,c] <= f[a,d] for a <= b <= c <= d."""
    node = ask.node()
    since, until = busy(ask, node)
    before, after = (ask.draw(st.integers(0, 200), name) for name in ("days before", "days after"))
    first = max(since - timedelta(days=before), earliest(ask.today(node.account)))
    last = max(until, min(until + timedelta(days=after), ask.last_day(node.account)))
    narrow = ask.graph.row(node.id, time_range=time_range((since, until)), fields=summed(ask)) or {}
    wide = ask.graph.row(node.id, time_range=time_range((first, last)), fields=summed(ask)) or {}
    no_less(ask, wide, narrow, "of a wider range is no less")


@contract(
    "META-T3",
    "A row's dates are those asked for",
    sentence="On success, your app receives a JSON object with the requested action stats, spend metrics, and the start"
    " and stop date of the query.",
    page=PAGE,
    kind="honoured",
    live=Live.TOLERANT,
    calls=3,
    examples=12,
)
def dates_as_asked(ask: Ask) -> None:
    """date_start and date_stop are since and until, at every level."""
    node = ask.node()
    span = busy(ask, node)
    start = max(span[0] - timedelta(days=ask.draw(st.integers(0, 40), "earlier")), earliest(ask.today(node.account)))
    span = (start, max(span[0], span[1] - timedelta(days=ask.draw(st.integers(0, 27), "sooner"))))
    for level in levels(node)[:: 1 if ask.exact else 3]:
        rows = ask.graph.insights(node.id, time_range=time_range(span), level=level, fields="impressions")
        wanted = {"date_start": span[0].isoformat(), "date_stop": span[1].isoformat()}
        for row in rows:
            same({name: row.get(name) for name in wanted}, wanted, "a row's dates are those asked for")


@contract(
    "META-T4",
    "A range of one day is that day's row of time_increment=1",
    sentence="time_increment: 1..90, monthly, all_days. Recorded: pieces of N days are cut from `since`.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=5,
    examples=6,
)
def one_day(ask: Ask) -> None:
    """f[d,d] is the row of d among the days of a longer range."""
    node = ask.node()
    span = busy(ask, node)
    asked: dict[str, Any] = {"fields": summed(ask)}
    rows = every_row(ask, f"{node.id}/insights", time_range=time_range(span), time_increment=1, **asked)
    by_day = {span_of(row)[0]: row for row in rows}
    for _ in range(4 if ask.exact else 1):
        day = span[0] + timedelta(days=ask.draw(st.integers(0, (span[1] - span[0]).days), "day"))
        alone = ask.graph.row(node.id, time_range=time_range((day, day)), **asked)
        same(alone, by_day.get(day), "a range of one day is that day's row of time_increment=1")


@contract(
    "META-T5",
    "date_preset is ignored beside time_range",
    sentence="date_preset: Represents a relative time range. This field is ignored if time_range is specified.",
    page=PAGE,
    kind="honoured",
    live=Live.SAFE,
    calls=21,
    examples=2,
)
def preset_beside_range(ask: Ask) -> None:
    """insights(time_range, date_preset) = insights(time_range), for each preset."""
    node = ask.node()
    asked = {"time_range": time_range(busy(ask, node)), "fields": "impressions,marketing_messages_spend"}
    alone = ask.graph.insights(node.id, **asked)
    for name in ask.some(PRESETS, 2):
        beside = ask.graph.insights(node.id, date_preset=name, **asked)
        same(beside, alone, f"date_preset={name} is ignored beside time_range")


@contract(
    "META-T6",
    "A range in the future is empty",
    sentence="Recorded: a future `until` is accepted; assumed: a range wholly in the future answers no rows.",
    page=RECORDED,
    kind="honoured",
    live=Live.TOLERANT,
    calls=8,
    examples=3,
)
def future_is_empty(ask: Ask) -> None:
    """insights of days to come have no rows and nothing to page through."""
    node = ask.node()
    first = ask.today(node.account) + timedelta(days=1 if ask.exact else 3)
    span = first, first + timedelta(days=ask.draw(st.integers(0, 800), "days"))
    for increment in ask.some(INCREMENTS, 1):
        level = ask.one_of(levels(node), "level below")
        asked = {"time_range": time_range(span), "time_increment": increment, "level": level}
        answer = ask.graph.ok(f"{node.id}/insights", asked)
        same(answer.rows, [], "a range in the future has no rows")
        if ask.exact:
            same(answer.json, {"data": []}, "an empty answer has no paging")


@contract(
    "META-T7",
    "A range before the first delivery or after the last is empty",
    sentence="Recorded, `by design`: what has not delivered anything has no row.",
    page=RECORDED,
    kind="honoured",
    live=Live.TOLERANT,
    calls=2,
    examples=12,
)
def idle_ranges_are_empty(ask: Ask) -> None:
    """insights(d < first delivery) and insights(d > last delivery) have no rows."""
    node = ask.node("ad", "adset", "campaign")
    today = ask.today(node.account)
    begun, ended = node.months[0][0], node.months[-1][1]
    known = max(earliest(today), node.account.created)
    idle = [span for span in ((known, begun - DAY), (ended + DAY, today)) if span[0] <= span[1]]
    if not idle:
        raise OutOfScope("the object has delivered in every month")
    for span in idle:
        rows = ask.graph.insights(node.id, time_range=time_range(span), fields="impressions,spend")
        same(rows, [], "a range without delivery has no rows")
