"""The relative ranges of Graph insights: twenty presets that the calendar explains, and the default among them."""

from datetime import date
from itertools import pairwise

from ..ask import Ask, time_range
from ..dates import DAY, PRESETS, Span, earliest, preset
from ..expect import holds, same
from ..found import LEVELS, Account, Node, nodes
from ..outcomes import OutOfScope
from ..property import Live, contract
from .meta_rows import (
    DATES,
    PAGE,
    RECORDED,
    Row,
    adds_up,
    every_row,
    levels,
    no_less,
    span_of,
    summed,
)

SENTENCE = "date_preset: Default value: last_30d. Represents a relative time range."
CHAINS = (
    ("last_3d", "last_7d", "last_14d", "last_28d", "last_30d", "last_90d", "maximum"),
    ("today", "this_week_mon_today", "maximum"),
    ("today", "this_week_sun_today", "maximum"),
    ("today", "this_month", "this_quarter", "this_year", "maximum"),
    ("yesterday", "last_3d"),
    ("last_month", "last_90d"),
    ("last_week_mon_sun", "last_14d"),
    ("last_week_sun_sat", "last_14d"),
)
HALVES = (
    ("yesterday", "today"),
    ("last_month", "this_month"),
    ("last_quarter", "this_quarter"),
    ("last_year", "this_year"),
    ("last_week_mon_sun", "this_week_mon_today"),
    ("last_week_sun_sat", "this_week_sun_today"),
    *((name, "today") for name in CHAINS[0][:-1]),
)
LIFETIME_BEFORE = date(2025, 3, 1)


def calendar(ask: Ask, account: Account, name: str) -> Span:
    """The days of the preset *name* today; `maximum` starts no earlier than the account."""
    today = ask.today(account)
    since, until = preset(name, today)
    if name in ("maximum", "data_maximum"):
        return min(max(since, account.created), today), until
    return since, until


@contract(
    "META-C1",
    "Each preset means the days that the calendar says",
    sentence=SENTENCE,
    page=PAGE,
    kind="honoured",
    live=Live.TOLERANT,
    calls=20,
    examples=4,
)
def presets_are_the_calendar(ask: Ask) -> None:
    """date_start and date_stop of each preset are the kit's own."""
    node = ask.node("account", "campaign", "ad")
    for name in ask.some(PRESETS):
        rows = ask.graph.insights(node.id, date_preset=name, fields="impressions")
        for row in rows:
            told, wanted = span_of(row), calendar(ask, node.account, name)
            if ask.exact:
                same(told, wanted, f"{name} is from its first to its last day")
            else:
                off = max(abs(told[0] - wanted[0]), abs(told[1] - wanted[1]))
                holds(off <= DAY or name.endswith("maximum"), f"{name} is from its first to its last day", told, wanted)


@contract(
    "META-C2",
    "Each preset tells the same as its explicit range",
    sentence=SENTENCE,
    page=PAGE,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=40,
    examples=4,
)
def presets_equal_ranges(ask: Ask) -> None:
    """insights(preset) = insights(time_range of the preset), rows of every object below included."""
    node = ask.node()
    level = ask.one_of(levels(node), "level below")
    for name in ask.some(PRESETS):
        asked = {"level": level, "fields": f"{level}_id,{summed(ask)}"}
        told = every_row(ask, f"{node.id}/insights", date_preset=name, **asked)
        span = calendar(ask, node.account, name)
        if not ask.exact:
            if not told or not all(span_of(row)[1] <= ask.last_day(node.account) for row in told):
                continue
            span = span_of(told[0])
        explicit = every_row(ask, f"{node.id}/insights", time_range=time_range(span), **asked)
        same(told, explicit, f"{name} tells the same as the explicit range")


@contract(
    "META-C3",
    "A longer preset never counts less",
    sentence=SENTENCE,
    page=PAGE,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=17,
    examples=4,
)
def chains_grow(ask: Ask) -> None:
    """last_3d <= last_7d <= … <= maximum, and so on for weeks, months and years."""
    node = ask.node()
    names = {name for chain in CHAINS for name in chain}
    rows = {name: ask.graph.row(node.id, date_preset=name, fields=summed(ask)) or {} for name in sorted(names)}
    for short, long in (pair for chain in CHAINS for pair in pairwise(chain)):
        if calendar(ask, node.account, long)[0] > calendar(ask, node.account, short)[0]:
            continue  # the account is younger
        no_less(ask, rows[long], rows[short], f"of {long} is no less than of {short}")


@contract(
    "META-C4",
    "Presets that touch join without a gap or an overlap",
    sentence=SENTENCE,
    page=PAGE,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=36,
    examples=3,
)
def halves_join(ask: Ask) -> None:
    """last_month + this_month = from the first of last month to today; so with weeks, quarters, years and last_Nd."""
    node = ask.node()
    for pair in ask.some(HALVES, 3):
        first, last = (preset(name, ask.today(node.account)) for name in pair)
        parts = [ask.graph.row(node.id, date_preset=name, fields=summed(ask)) for name in pair]
        whole = ask.graph.row(node.id, time_range=time_range((first[0], last[1])), fields=summed(ask))
        adds_up(ask, whole, [part for part in parts if part], f"of {' and '.join(pair)} is that of both together")


@contract(
    "META-C5",
    "Without dates an ad account tells its last thirty days",
    sentence="date_preset: Default value: last_30d",
    page=PAGE,
    kind="honoured",
    live=Live.SAFE,
    calls=4,
    examples=3,
)
def accounts_default_to_30_days(ask: Ask) -> None:
    """insights(act_1) = insights(act_1, date_preset=last_30d), at every level."""
    account = ask.account()
    for level in ask.some(LEVELS, 2):
        asked = {"level": level, "fields": "impressions,marketing_messages_spend"}
        plain = every_row(ask, f"{account.id}/insights", **asked)
        same(
            plain, every_row(ask, f"{account.id}/insights", date_preset="last_30d", **asked), "last_30d is the default"
        )
        for row in plain if ask.exact else ():
            same(span_of(row), calendar(ask, account, "last_30d"), "the default is the last thirty days")


@contract(
    "META-C6",
    "Without dates a message campaign tells its last thirty days, an older one its lifetime",
    sentence="Querying on time ranges and date presets is also supported for campaigns created March 1st or later."
    " Assumed: of 2025; older ones default to the start and stop date of the messaging campaign.",
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=4,
    examples=20,
)
def objects_default_by_their_age(ask: Ask) -> None:
    """insights(c) is that of last_30d if c was created on 1 March 2025 or later, else that of its whole delivery."""
    level = ask.one_of(("campaign", "adset", "ad"), "level")
    node = ask.one_of(sorted(nodes(ask, level), key=lambda one: one.months), "node")  # the oldest first
    created = date.fromisoformat(ask.graph.ok(node.id, {"fields": "created_time"}).json["created_time"][:10])
    asked = {"fields": summed(ask), "level": ask.one_of(levels(node), "level below")}
    plain = ask.graph.insights(node.id, **asked)
    if created >= LIFETIME_BEFORE:
        same(plain, ask.graph.insights(node.id, date_preset="last_30d", **asked), "last_30d is the default")
        return
    holds(plain, "an older campaign that has delivered tells its lifetime", plain, "a row")
    span = span_of(plain[0])
    if span[0] >= max(earliest(ask.today(node.account)), node.account.created):
        every = ask.graph.insights(node.id, date_preset="maximum", **asked)
        same(_undated(plain), _undated(every), "the lifetime leaves nothing out")
        same(plain, ask.graph.insights(node.id, time_range=time_range(span), **asked), "it is that of its dates")


def _undated(rows: list[Row]) -> list[Row]:
    return [{name: value for name, value in row.items() if name not in DATES} for row in rows]


@contract(
    "META-C7",
    "A preset without any delivery is answered, and empty",
    sentence="Recorded, `by design`: what has not delivered anything has no row.",
    page=RECORDED,
    kind="honoured",
    live=Live.TOLERANT,
    calls=8,
    examples=10,
)
def idle_presets_are_empty(ask: Ask) -> None:
    """insights(preset) has no rows where no month of delivery touches the preset, last_year among them."""
    node = ask.node("ad", "adset", "campaign")
    spans = {name: calendar(ask, node.account, name) for name in PRESETS}
    idle = [name for name, span in spans.items() if not _touches(span, node) and span[0] >= node.account.created]
    if not idle:
        raise OutOfScope("the object has delivered in every preset")
    for name in ask.some(idle, 3):
        rows = ask.graph.insights(node.id, date_preset=name, fields="impressions,spend")
        same(rows, [], f"{name} has no rows where nothing was delivered")


def _touches(span: Span, node: Node) -> bool:
    return any(first <= span[1] and span[0] <= last for first, last in node.months)
