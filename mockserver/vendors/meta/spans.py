"""Which days an insights call asks for."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from mockserver.clock import zone
from mockserver.errors import MockError
from mockserver.world.entities import Account, AdSet
from mockserver.world.load import Node
from mockserver.world.now import World
from mockserver.world.periods import PRESETS, Span, earliest

DEFAULT_PRESET = "last_30d"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def asked(world: World, node: Node, arguments: Mapping[str, Any], lifetime_before: date) -> Span | None:
    """The days asked for, None where the object has none yet; raises MockError."""
    today = world.today(node)
    # "This field is ignored if time_range is specified."
    # — Meta, Measure Campaign Performance on Marketing Message API for Messenger, date_preset
    if "time_range" in arguments:
        return _explicit(arguments["time_range"], today)
    if "date_preset" in arguments:
        return _preset(world, node, arguments["date_preset"], today)
    if not isinstance(node, Account) and _created(world, node) < lifetime_before:
        span = world.delivery(node)
        return span if span.since <= span.until else None
    return _preset(world, node, DEFAULT_PRESET, today)


def _preset(world: World, node: Node, name: str, today: date) -> Span:
    span = PRESETS[name](today)
    if name in ("maximum", "data_maximum"):
        opened = _local(world, node, world.account(node).created_time)
        return Span(min(max(span.since, opened), today), span.until)
    return span


def _explicit(time_range: Mapping[str, Any], today: date) -> Span:
    since, until = _date(time_range["since"]), _date(time_range["until"])
    if since > until:
        raise MockError("since_after_until")
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


def _created(world: World, node: Node) -> date:
    return _local(world, node, (node.campaign if isinstance(node, AdSet) else node).created_time)


def _local(world: World, node: Node, at: datetime) -> date:
    """The day of *at* where the ad account of *node* is."""
    return at.astimezone(zone(world.account(node).timezone_name)).date()


def increment(value: int | str) -> int | str:
    """1 to 90 days, `monthly` or `all_days`; raises MockError for anything else."""
    if value in ("monthly", "all_days") or (isinstance(value, int) and 1 <= value <= 90):
        return value
    raise MockError("time_increment")
