"""Graph insights refuse breakdowns that do not combine, ranges that are no list, filters that do not fit, too much."""

import json
from collections.abc import Sequence
from itertools import combinations

from ..ask import Ask
from ..bad_meta import INSIGHTS, Bad, Place, refusals
from ..found import nodes
from ..property import Live
from .meta_refusals_filters import entry, filtered, typed

BREAKDOWNS = "Insights API Breakdowns, Combining Breakdowns"
FAMILIES = ("age", "country", "impression_device", "hourly_stats_aggregated_by_advertiser_time_zone", "region")
HOURLY = "hourly_stats_aggregated_by_audience_time_zone"
ROWS = 100_000  # more rows of parts are too much by default


def combined(breakdowns: tuple[str, ...], actions: tuple[str, ...] = ("action_type",)) -> Bad:
    """Ask for *breakdowns* beside the action breakdowns *actions*."""
    more = {} if actions == ("action_type",) else {"action_breakdowns": ",".join(actions)}
    columns = ", ".join(sorted((*breakdowns, *actions)))
    return Bad("bad_combination", {"breakdowns": ",".join(breakdowns), **more}, {"columns": columns})


refusals(
    "META-R61",
    "Breakdowns that do not combine refuse the whole request",
    "Recorded: (#100) Current combination of data breakdown columns (action_type, platform_position) is invalid",
    "bad_combination",
    INSIGHTS,
    [
        combined(("platform_position",)),
        *map(combined, (pair for pair in combinations(FAMILIES, 2) if set(pair) != {"country", "region"})),
        *map(combined, [("age", "gender", "country"), ("gender", "region"), ("age", "publisher_platform")]),
        combined(("gender", HOURLY)),
        combined(("marketing_messages_btn_name", "age")),
        combined(("age",), ("action_device",)),
        combined(("country",), ("action_reaction", "action_type")),
    ],
    live=Live.TOLERANT,
    page=BREAKDOWNS,
)
refusals(
    "META-R62",
    "A breakdown that is gone is refused as one that never was",
    "Meta, 22 June 2026: dma is removed, comscore_market takes its place",
    "unknown_breakdown",
    INSIGHTS,
    [
        Bad("unknown_breakdown", {"breakdowns": sent}, {"breakdown": "dma"})
        for sent in ("dma", "age,dma", '["dma","country"]')
    ],
    live=Live.TOLERANT,
    page=BREAKDOWNS,
)
refusals(
    "META-R63",
    "time_ranges is a list of ranges",
    "time_ranges: list of {since, until}; assumed: the words of its refusals",
    "time_ranges_not_array param_non_empty date_format since_after_until",
    INSIGHTS,
    [
        *(Bad("time_ranges_not_array", {"time_ranges": one}) for one in ("{}", "5", "2026-01-01", "null", "")),
        Bad("time_ranges_not_array", {"time_ranges": json.dumps({"since": "2026-01-01", "until": "2026-01-31"})}),
        Bad("param_non_empty", {"time_ranges": "[]"}, {"parameter": "time_ranges"}),
        *(
            Bad("param_non_empty", {"time_ranges": one}, {"parameter": "time_ranges[0]"})
            for one in ("[{}]", "[5]", '["2026-01-01"]')
        ),
        *(
            Bad("date_format", {"time_ranges": json.dumps([{"since": one, "until": "2026-02-01"}])})
            for one in ("2026-1-1", 1767225600, "yesterday", "2026-02-30", None)
        ),
        Bad(
            "since_after_until",
            {"time_ranges": json.dumps([{"since": "2026-02-02", "until": "2026-02-01"}])},
            {"parameter": "time_ranges"},
        ),
    ],
)
refusals(
    "META-R64",
    "The fields of a summary are fields",
    "summary: list<string>; assumed: unknown fields are refused as in fields",
    "unknown_field unknown_fields field_retired",
    INSIGHTS,
    [
        Bad("unknown_field", {"summary": "nonsense"}, {"field": "nonsense", "param": "summary"}),
        Bad("unknown_field", {"summary": "spend,true"}, {"field": "true", "param": "summary"}),
        Bad("unknown_fields", {"summary": "a,spend,b"}, {"fields": "a, b", "param": "summary"}),
        Bad("field_retired", {"summary": "labels"}, {"fields": "labels is", "param": "summary"}),
    ],
)
refusals(
    "META-R65",
    "An operator that does not fit what a filter is about is refused",
    "Recorded on lists: (#100) Filtering field 'adcreative.id' with operation 'equal' is not supported",
    "filter_op_unsupported_list",
    INSIGHTS,
    [
        filtered(
            "filter_op_unsupported_list",
            entry(field=name, operator=operator, value=1),
            field=name,
            operator=operator.lower(),
        )
        for name, operator in (
            ("action_type", "GREATER_THAN"), ("action_type", "TOP"), ("campaign.name", "IN_RANGE"),
            ("spend", "CONTAIN"), ("ad.impressions", "AFTER"), ("ad.effective_status", "BEFORE"),
            ("campaign.updated_time", "STARTS_WITH"), ("adset.id", "TOP"),
        )
    ],
)  # fmt: skip
refusals(
    "META-R66",
    "A figure is compared with a number, a name with a text",
    "filtering: list<{field,operator,value}>; assumed: the words for parts of another type",
    "param_type",
    INSIGHTS,
    [
        typed("filtering[0][value]", "a number", "string", entry(field="spend", operator="EQUAL", value="much")),
        typed("filtering[0][value]", "a number", "object", entry(field="reach", operator="EQUAL", value={"a": 1})),
        typed("filtering[0][value]", "a number", "boolean", entry(field="spend", operator="LESS_THAN", value=True)),
        typed("filtering[0][value]", "an array of 2 numbers", "integer",
              entry(field="spend", operator="IN_RANGE", value=5)),
        typed("filtering[0][value]", "a string", "integer", entry(field="ad.name", operator="EQUAL", value=5)),
    ],
)  # fmt: skip


def _crowded(ask: Ask, place: Place) -> Sequence[Bad]:
    """Every ad by day and hour, where there are enough of them."""
    assert place.node
    ads = [one for one in nodes(ask, "ad") if one.account == place.node.account]
    days = sum((last - first).days + 1 for one in ads for first, last in one.months[1:-1])
    if place.node.level != "account" or days * 24 <= ROWS:
        return ()
    asked = {"level": "ad", "date_preset": "maximum", "time_increment": 1, "breakdowns": HOURLY}
    return [Bad("too_much_data", asked)]


refusals(
    "META-R67",
    "Too much data is refused with HTTP 500",
    "Recorded: Please reduce the amount of data you're asking for, then retry your request; assumed: from how many"
    " rows on",
    "too_much_data",
    INSIGHTS,
    _crowded,
)
