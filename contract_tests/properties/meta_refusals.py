"""Graph insights refuse each documented bad parameter whole, in the documented words."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..ask import Ask
from ..bad_meta import INSIGHTS, Bad, Place, refusals
from ..dates import PRESETS
from ..found import LEVELS
from ..property import Live
from ..target import operation

PAGE = "Measure Campaign Performance on Marketing Message API for Messenger"
RECORDED = "Recorded: the whole request is refused, never a field of it"
GOOD = {"since": "2026-01-01", "until": "2026-01-31"}
RETIRED = (
    "age_targeting", "gender_targeting", "labels", "location", "estimated_ad_recall_rate_lower_bound",
    "estimated_ad_recall_rate_upper_bound", "estimated_ad_recallers_lower_bound", "estimated_ad_recallers_upper_bound",
)  # fmt: skip
NO_PRESETS = (
    "lifetime", "last_30_days", "last_31d", "last_60d", "LAST_7D", "Yesterday", "tomorrow", "this_week", "last_week",
    "last_7d,last_3d", "last_180d", "last_2d", "next_month", "7d", "this_week_mon_sun", "last_week_mon_today",
)  # fmt: skip


def unknown_fields(*fields: str) -> Bad:
    """Ask for *fields*, all of them unknown but the three that are not."""
    unknown = [name for name in fields if name not in ("spend", "impressions", "campaign_id")]
    if len(unknown) == 1:
        return Bad("unknown_field", {"fields": ",".join(fields)}, {"field": unknown[0], "param": "fields"})
    return Bad("unknown_fields", {"fields": ",".join(fields)}, {"fields": ", ".join(unknown), "param": "fields"})


def retired(*fields: str) -> Bad:
    """Ask for *fields*, all of them retired, beside a good one."""
    verb = "are" if len(fields) > 1 else "is"
    return Bad(
        "field_retired", {"fields": ["spend", *fields]}, {"fields": f"{', '.join(fields)} {verb}", "param": "fields"}
    )


def enum(name: str, *values: str, at: str = "", **beside: Any) -> list[Bad]:
    """Each of *values*, none of which the parameter *name* has; *at* is the place in a list that is named."""
    schema = operation("meta", "insights").parameters[name]
    known = schema.get("enum") or schema["items"]["enum"]
    quoted = {"parameter": f"{name}{at}", "values": ", ".join(PRESETS if name == "date_preset" else known)}
    return [Bad("bad_enum", {name: value, **beside}, quoted) for value in values]


def typed(name: str, expected: str, **values: str) -> list[Bad]:
    """Each of the texts in *values*, which is no *expected*; its name is the type that the error tells."""
    return [
        Bad("param_type", {name: value}, {"parameter": name, "expected": expected, "got": got})
        for got, value in values.items()
    ]


refusals(
    "META-R1",
    "An unknown field refuses the whole request",
    f"{RECORDED}: (#100) <field> is not valid for fields param",
    "unknown_field",
    INSIGHTS,
    [
        *(
            unknown_fields(name)
            for name in ("nonsense", "Spend", "marketing_messages_deliverd", "id", "name", "currency")
        ),
        *(unknown_fields("spend", name) for name in ("effective_status", "campaign.name", "actions:link_click")),
        unknown_fields("nonsense", "spend"),
        Bad("unknown_field", {"fields": '["impressions","nonsense"]'}, {"field": "nonsense", "param": "fields"}),
    ],
    live=Live.SAFE,
)
refusals(
    "META-R2",
    "Several unknown fields are all named in one refusal",
    'Recorded: plural: "(#100) a, b are not valid for fields param. please check … for all valid values"',
    "unknown_fields",
    INSIGHTS,
    [
        unknown_fields("nonsense", "nowhere"),
        unknown_fields("nonsense", "spend", "nowhere"),
        unknown_fields("spend", "c", "b", "a"),
        unknown_fields("a", "impressions", "b", "campaign_id", "c", "d"),
    ],
    live=Live.SAFE,
)
refusals(
    "META-R3",
    "A retired field refuses the whole request",
    "Recorded: (#100) a, b are not valid for fields param after V19.0; assumed: one retired field with `is`",
    "field_retired",
    INSIGHTS,
    [retired("labels", "location"), *map(retired, RETIRED), retired(*RETIRED), retired("gender_targeting", "labels")],
    live=Live.TOLERANT,
)
refusals(
    "META-R4",
    "An unknown breakdown refuses the whole request",
    "Recorded: (#100) <x> is not valid for breakdowns param",
    "unknown_breakdown",
    INSIGHTS,
    [
        Bad("unknown_breakdown", {"breakdowns": sent}, {"breakdown": told})
        for sent, told in (
            ("nonsense", "nonsense"),
            ("age,nonsense", "nonsense"),
            ("Age", "Age"),
            ('["gender","nowhere"]', "nowhere"),
            ("marketing_messages_button", "marketing_messages_button"),
            ("hourly", "hourly"),
        )
    ],
    live=Live.SAFE,
)
refusals(
    "META-R5",
    "A level that is none is refused with the levels there are",
    "Recorded: date_preset / level / action_report_time etc. not in enum; list printed in documented order",
    "bad_enum",
    INSIGHTS,
    enum("level", "adgroup", "page", "ads", "Ad", "ACCOUNT", "campaigns", "ad,campaign", "1", "all"),
    live=Live.SAFE,
)
refusals(
    "META-R6",
    "A date_preset that is none is refused with the twenty there are, also beside a time_range",
    "Recorded: (#100) date_preset must be one of the following values: today, yesterday, … (documented order)",
    "bad_enum",
    INSIGHTS,
    [*enum("date_preset", *NO_PRESETS), *enum("date_preset", "lifetime", "last_60d", time_range=GOOD)],
    live=Live.SAFE,
    page=PAGE,
)
refusals(
    "META-R7",
    "An action_report_time, action breakdown or attribution window that is none is refused",
    "Recorded: date_preset / level / action_report_time etc. not in enum; list printed in documented order",
    "bad_enum",
    INSIGHTS,
    [
        *enum("action_report_time", "nonsense", "Mixed", "click"),
        *enum("action_breakdowns", "nonsense", "Action_Type", "age", '["nonsense"]', at="[0]"),
        *enum("action_breakdowns", "action_type,nonsense", at="[1]"),
        *enum("action_attribution_windows", "nonsense", "2d_click", "7D_CLICK", "[1d_click_view]", at="[0]"),
        *enum("action_attribution_windows", '["default","14d_click"]', at="[1]"),
    ],
)
refusals(
    "META-R8",
    "A flag that is neither true nor false is refused",
    "Recorded on another edge: (#100) Param <name> must be an integer. Instead, got float.",
    "param_type",
    INSIGHTS,
    [
        bad
        for name, schema in operation("meta", "insights").parameters.items()
        if schema.get("type") == "boolean"
        for bad in (*typed(name, "a boolean", string="maybe"), *typed(name, "a boolean", string="yes"))
    ],
)


def _above(ask: Ask, place: Place) -> Sequence[Bad]:
    """Every level above the node's own."""
    del ask
    assert place.node
    levels = LEVELS[: LEVELS.index(place.node.level)]
    return [Bad("level_above_node", {"level": level, **more}) for level in levels for more in _ABOVE_BESIDE]


_ABOVE_BESIDE: tuple[Mapping[str, str], ...] = ({}, {"fields": "spend", "date_preset": "last_7d"})

refusals(
    "META-R15",
    "A level above the node is refused",
    'Recorded: a level above the node → code 1/99 "An unknown error occurred"; assumed: HTTP 400',
    "level_above_node",
    INSIGHTS,
    _above,
    live=Live.TOLERANT,
)
