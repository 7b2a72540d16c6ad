"""GET /<version>/<id>/insights: the world's numbers as Graph's rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mockserver.errors import MockError, NotServed
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.meta import spans
from mockserver.vendors.meta.filters import action_types
from mockserver.vendors.meta.route import operations
from mockserver.world.days import Totals
from mockserver.world.entities import Account
from mockserver.world.load import LEVELS, Node, level_of, parents
from mockserver.world.measures import CONVERSIONS, MEASURES, benchmarks
from mockserver.world.now import Row, World

# "(#100) a, b are not valid for fields param after V19.0"
RETIRED = frozenset(
    "age_targeting gender_targeting labels location"
    " estimated_ad_recall_rate_lower_bound estimated_ad_recall_rate_upper_bound"
    " estimated_ad_recallers_lower_bound estimated_ad_recallers_upper_bound".split()
)
_LATER = ("time_ranges", "sort", "summary", "default_summary", "summary_action_breakdowns", "export_format", "async")
_PREFIX = "offsite_conversion.fb_pixel_"
_LEVEL_IDS = {"account": "account_id", "campaign": "campaign_id", "adset": "adset_id", "ad": "ad_id"}


@dataclass(frozen=True, slots=True)
class InsightsRow:
    """One row, whose values are worked out as they are asked for."""

    fixed: Mapping[str, Any]
    totals: Totals
    actions: Mapping[str, Callable[[Totals], Any]]

    def __getitem__(self, name: str) -> Any:
        if name in self.fixed:
            return self.fixed[name]
        return (self.actions.get(name) or MEASURES[name])(self.totals)


def insights(world: World, question: Question) -> Records:
    """Rows by object and piece of time; an object or piece in which nothing was delivered has no row."""
    node, arguments = question.subject, question.arguments
    _refuse_what_comes_later(arguments)
    level = arguments.get("level") or level_of(node)
    names = _names(arguments.get("fields") or (), level)
    if LEVELS.index(level) < LEVELS.index(level_of(node)):
        raise MockError("level_above_node")
    kept = action_types(arguments["filtering"], CONVERSIONS, _PREFIX)
    span = spans.asked(world, node, arguments, question.settings.lifetime_before)
    increment = spans.increment(arguments["time_increment"])
    rows = world.rows(node, level, span, increment) if span else ()
    return Records(rows, _renderer(world, kept, question.settings.roas_decimals), names)


def _refuse_what_comes_later(arguments: Mapping[str, Any]) -> None:
    if arguments["breakdowns"]:
        raise NotServed("breakdowns")
    for name in _LATER:
        if arguments.get(name):
            raise NotServed(name)
    if set(arguments.get("action_attribution_windows", ())) - {"default"}:
        raise NotServed("action_attribution_windows other than default")
    if set(arguments.get("action_breakdowns", ())) - {"action_type"}:
        raise NotServed("action_breakdowns other than action_type")


def _names(fields: Sequence[str], level: str) -> tuple[str, ...]:
    """The properties of a row, in the order asked for, the dates last; raises MockError for any unknown one."""
    operation = operations()["insights"]
    if not fields:
        ids = [_LEVEL_IDS[one] for one in LEVELS[: LEVELS.index(level) + 1]]
        return (*ids, "impressions", "spend", "date_start", "date_stop")
    if retired := [name for name in dict.fromkeys(fields) if name in RETIRED]:
        raise MockError("field_retired", fields=", ".join(retired), verb="are" if len(retired) > 1 else "is")
    known = operation.record["properties"]
    if unknown := [name for name in dict.fromkeys(fields) if name not in known]:
        several = len(unknown) > 1
        raise MockError("unknown_fields" if several else "unknown_field", field=unknown[0], fields=", ".join(unknown))
    if unserved := [name for name in fields if name not in operation.served]:
        raise NotServed(f"the insights field {unserved[0]}")
    return (
        *dict.fromkeys(name for name in fields if name not in ("date_start", "date_stop")),
        "date_start",
        "date_stop",
    )


def _renderer(world: World, kept: Sequence[str], roas_decimals: int) -> Callable[[Row], InsightsRow]:
    actions = _action_lists(kept, roas_decimals)

    def render(row: Row) -> InsightsRow:
        node, span = row
        dates = {"date_start": span.since, "date_stop": span.until}
        return InsightsRow(_identity(world.file.seed, node) | dates, world.totals(node, span), actions)

    return render


def _action_lists(kept: Sequence[str], roas_decimals: int) -> dict[str, Callable[[Totals], Any]]:
    """The action lists: types without events are left out, and a list without types is no list."""
    purchase = "purchase" in kept

    def entry(name: str, value: Any) -> dict[str, Any]:
        return {"action_type": _PREFIX + name, "value": value}

    return {
        "actions": lambda t: [entry(name, getattr(t, name)) for name in kept if getattr(t, name)] or None,
        "action_values": lambda t: [entry("purchase", t.purchase_value)] if purchase and t.purchase_value else None,
        "website_purchase_roas": lambda t: (
            [entry("purchase", (t.purchase_value, t.spend, roas_decimals))]
            if purchase and t.purchase_value and t.spend
            else None
        ),
    }


@lru_cache(maxsize=16384)
def _identity(seed: int, node: Node) -> dict[str, Any]:
    """What every row of *node* says: ids and names of it and what it belongs to (None below it), benchmarks."""
    found: dict[str, Any] = dict.fromkeys(f"{level}_{part}" for level in LEVELS for part in ("id", "name"))
    for one in parents(node):
        found |= {f"{level_of(one)}_id": one.id, f"{level_of(one)}_name": one.name}
        if isinstance(one, Account):
            found |= {"account_currency": one.currency, **benchmarks(seed, one.id)}
    return found
