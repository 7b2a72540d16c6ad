"""Which days an insights call asks for, and into which pieces they are cut."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from mockserver.errors import MockError
from mockserver.settings import Settings
from mockserver.vendors.meta import schedules
from mockserver.world.entities import Account
from mockserver.world.load import Node, created_time
from mockserver.world.now import World
from mockserver.world.periods import PRESETS, Span, earliest
from mockserver.world.pieces import Cut, Ranges, cut

DEFAULT_PRESET = "last_30d"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def cut_of(world: World, node: Node, arguments: Mapping[str, Any], settings: Settings) -> Cut | None:
    """The days asked for and how they are cut, None where the object has none yet; raises MockError."""
    increment = _increment(arguments["time_increment"])
    # "time_ranges: one result set per range, may overlap; overrides date_preset, time_range and time_increment"
    if "time_ranges" in arguments:
        today = world.today(node)
        return Ranges(tuple(explicit(one, today, "time_ranges") for one in arguments["time_ranges"]))
    span = _asked(world, node, arguments, settings.lifetime_before)
    return None if span is None else cut(span, increment)


def _asked(world: World, node: Node, arguments: Mapping[str, Any], lifetime_before: date) -> Span | None:
    today = world.today(node)
    # "This field is ignored if time_range is specified."
    # — Meta, Measure Campaign Performance on Marketing Message API for Messenger, date_preset
    if "time_range" in arguments:
        return explicit(arguments["time_range"], today, "time_range")
    if "date_preset" in arguments:
        return _preset(world, node, arguments["date_preset"], today)
    if not isinstance(node, Account) and schedules.local(world, node, created_time(node)).date() < lifetime_before:
        span = world.delivery(node)
        return span if span.since <= span.until else None
    return _preset(world, node, DEFAULT_PRESET, today)


def _preset(world: World, node: Node, name: str, today: date) -> Span:
    span = PRESETS[name](today)
    if name in ("maximum", "data_maximum"):
        opened = schedules.local(world, node, world.account(node).created_time).date()
        return Span(min(max(span.since, opened), today), span.until)
    return span


def explicit(time_range: Mapping[str, Any], today: date, parameter: str) -> Span:
    """The days that *time_range*, which *parameter* holds, names; raises MockError."""
    since, until = _date(time_range["since"]), _date(time_range["until"])
    if since > until:
        raise MockError("since_after_until", parameter=parameter)
    if since < earliest(today):
        raise MockError("beyond_37_months")
    return Span(since, until)


def _date(text: str) -> date:
    # "UNIX timestamp not supported."
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise MockError("date_format")


def _increment(value: int | str) -> int | str:
    """1 to 90 days, `monthly` or `all_days`; raises MockError for anything else."""
    if value in ("monthly", "all_days") or (isinstance(value, int) and 1 <= value <= 90):
        return value
    raise MockError("time_increment")
