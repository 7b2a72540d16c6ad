"""Breakdowns of Graph insights: the parts add up to the whole, whichever way it is cut."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ..ask import Ask, time_range
from ..expect import holds, near, number, same
from ..outcomes import OutOfScope
from ..property import Live, contract
from .meta_actions import LINK
from .meta_rows import ESTIMATED, LISTS, Row, adds_up, every_row, levels, summed

PAGE = "Marketing API, Insights API Breakdowns"
BREAKDOWNS = "You can group the Insights API results into different sets using breakdowns."
COMBINING = "Due to storage constraints, only some permutations of breakdowns are available."
OFFSITE = "The Insights API will not return unsupported offsite metrics."
HOURS = tuple(f"hourly_stats_aggregated_by_{whose}_time_zone" for whose in ("advertiser", "audience"))
SETS = (
    ("age",), ("gender",), ("age", "gender"), ("country",), ("impression_device",), ("device_platform",),
    ("publisher_platform",), ("publisher_platform", "platform_position"), ("publisher_platform", "impression_device"),
    ("publisher_platform", "platform_position", "device_platform"),
)  # fmt: skip
CUTS = (("age", "gender"), ("publisher_platform", "impression_device"), ("country", "region"))
YEAR = 360
BUTTON = "marketing_messages_btn_name"
CLICKS = ("clicks", "marketing_messages_link_btn_click", "marketing_messages_quick_reply_btn_click")


def recent(ask: Ask, *levels_: str) -> tuple[str, dict[str, Any]]:
    """An object, and a month of the last year in which it delivered, as parameters."""
    node = ask.node(*levels_)
    today, last = ask.today(node.account), ask.last_day(node.account)
    # older ranges do not tell every figure by parts
    months = [month for month in node.months if (today - month[0]).days <= YEAR and month[1] <= last]
    if not months:
        raise OutOfScope("nothing was delivered in the last year")
    return node.id, {"time_range": time_range(ask.one_of(months, "month"))}


@contract(
    "META-BD1", "The rows of a breakdown sum to the whole", sentence=BREAKDOWNS, page=PAGE, kind="metamorphic",
    live=Live.TOLERANT, calls=2 + len(SETS), examples=4,
)  # fmt: skip
def parts_sum(ask: Ask) -> None:
    """Σ insights(breakdowns) = insights(), for every set of breakdowns, object by object and piece by piece."""
    node, asked = recent(ask, "account", "campaign")
    asked |= {"fields": summed(ask), "time_increment": ask.one_of(("all_days", 7), "increment")}
    whole = every_row(ask, f"{node}/insights", **asked)
    for names in ask.some(SETS, 2):
        parts = every_row(ask, f"{node}/insights", breakdowns=",".join(names), **asked)
        for row in whole:
            own = [one for one in parts if one["date_start"] == row["date_start"]]
            adds_up(ask, row, own, f"is the sum over {', '.join(names)}")
        days = {row["date_start"] for row in whole}
        same({one["date_start"] for one in parts} - days, set(), "parts are told where the whole is")


@contract(
    "META-BD2", "Rows by two breakdowns sum to those by one", sentence=COMBINING, page=PAGE, kind="metamorphic",
    live=Live.TOLERANT, calls=2, examples=6,
)  # fmt: skip
def marginals(ask: Ask) -> None:
    """Σ over b of insights(a, b) = insights(a), value by value."""
    node, asked = recent(ask, "account", "campaign")
    names = ask.one_of(CUTS, "breakdowns")
    asked["fields"] = ",".join(ESTIMATED) if "region" in names else summed(ask)
    coarse = "country" if "region" in names else ask.one_of(names, "kept")
    fine = every_row(ask, f"{node}/insights", breakdowns=",".join(names), **asked)
    alone = every_row(ask, f"{node}/insights", breakdowns=coarse, **asked)
    same({row[coarse] for row in fine}, {row[coarse] for row in alone}, f"the same values of {coarse} are told")
    for row in alone:
        own = [one for one in fine if one[coarse] == row[coarse]]
        if "region" in names:
            _near(ask, [row], own, f"of {row[coarse]} is the sum over its regions")
        else:
            adds_up(ask, row, own, f"of {row[coarse]} is the sum over {', '.join(names)}")


@contract(
    "META-BD3", "Each row has its breakdowns, and no two have the same", sentence=BREAKDOWNS, page=PAGE,
    kind="honoured", live=Live.TOLERANT, calls=2, examples=6,
)  # fmt: skip
def keyed(ask: Ask) -> None:
    """keys(row) = fields + dates + breakdowns, whose values tell the rows of an object apart."""
    node, asked = recent(ask)
    level = ask.one_of(("account", "campaign", "ad"), "level")
    names = ask.one_of((*SETS, *((one,) for one in HOURS), ("region",), ("country", "region")), "breakdowns")
    if level not in levels(ask.drawn["node"]):
        level = ask.drawn["node"].level
    fields = f"{level}_id,impressions"
    told = every_row(ask, f"{node}/insights", breakdowns=list(names), level=level, fields=fields, **asked)
    for row in told:
        wanted = {f"{level}_id", "impressions", "date_start", "date_stop", *names}
        same(set(row), wanted, "a row has its fields, its dates and its breakdowns")
    keys = [(row[f"{level}_id"], *(row[name] for name in names)) for row in told]
    same(len(set(keys)), len(keys), "no two rows of an object have the same breakdowns")


@contract(
    "META-BD4", "Hours and regions tell no offsite conversions, and add up all the same", sentence=OFFSITE, page=PAGE,
    kind="honoured", live=Live.TOLERANT, calls=3, examples=3,
)  # fmt: skip
def no_offsite(ask: Ask) -> None:
    """Rows by hour and by region list link clicks alone (by hour no reach either); what they tell sums to the whole."""
    node, asked = recent(ask, "account", "campaign")
    asked["fields"] = ",".join((*ESTIMATED, "impressions", "reach", *LISTS))
    whole = every_row(ask, f"{node}/insights", **asked)
    for name in ("region", ask.one_of(HOURS, "hours")):
        parts = every_row(ask, f"{node}/insights", breakdowns=name, **asked)
        hidden = (*LISTS[1:3], "reach") if name in HOURS else LISTS[1:3]
        told = sorted({one for row in parts for one in row} & set(hidden))
        same(told, [], f"rows by {name} do not tell what is not kept by it")
        types = {entry["action_type"] for row in parts for name in (LISTS[0], LISTS[3]) for entry in row.get(name, ())}
        same(sorted(types - {LINK}), [], f"rows by {name} tell no conversions")
        _near(ask, whole, parts, f"is the sum over {name}")


@contract(
    "META-BD5", "The buttons' clicks are all clicks", sentence="marketing_messages_btn_name: results by button.",
    page="Marketing API reference, Ad Account Insights, breakdowns", kind="metamorphic", live=Live.TOLERANT, calls=2,
    examples=4,
)  # fmt: skip
def buttons(ask: Ask) -> None:
    """Σ insights(marketing_messages_btn_name) = insights() for every count of clicks."""
    node, asked = recent(ask)
    asked |= {"fields": ",".join(CLICKS if ask.exact else CLICKS[1:2]), "time_increment": "monthly"}
    whole = every_row(ask, f"{node}/insights", **asked)
    parts = every_row(ask, f"{node}/insights", breakdowns=BUTTON, **asked)
    _near(ask, whole, parts, "is the sum over the buttons", CLICKS if ask.exact else CLICKS[1:2])
    holds(all(row[BUTTON] for row in parts), "every button has a name", parts)


def _near(ask: Ask, whole: Sequence[Row], parts: Sequence[Row], what: str, names: Sequence[str] = ESTIMATED) -> None:
    """Each of *names* is as much in *whole* as in *parts*."""
    for name in names:
        one, other = (sum((number(row.get(name, "0"), name) for row in rows), Decimal(0)) for rows in (whole, parts))
        near(other, one, 0 if ask.exact else max(len(parts), 1), f"{name} {what}")
