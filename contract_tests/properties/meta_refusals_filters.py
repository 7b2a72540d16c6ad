"""Graph filters that are none are refused whole, in the documented words, on insights and on lists."""

import json
from typing import Any

from ..bad_meta import FILTERED, INSIGHTS, Bad, refusals
from ..property import Live

OPERATORS = (
    "EQUAL", "NOT_EQUAL", "GREATER_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN", "LESS_THAN_OR_EQUAL", "IN_RANGE",
    "NOT_IN_RANGE", "CONTAIN", "NOT_CONTAIN", "IN", "NOT_IN", "STARTS_WITH", "ENDS_WITH", "ANY", "ALL", "AFTER",
    "BEFORE", "ON_OR_AFTER", "ON_OR_BEFORE", "NONE", "TOP", "CONTAINS_ANY", "CONTAINS_ALL", "NOT_CONTAINS_ANY",
    "STEM_MATCH",
)  # fmt: skip


def filtered(error: str, *entries: Any, **quoted: str) -> Bad:
    """Filter by *entries*."""
    return Bad(error, {"filtering": json.dumps(entries, ensure_ascii=False)}, quoted)


def entry(**parts: Any) -> dict[str, Any]:
    """A good entry of filtering but for *parts*; those that are None are missing."""
    whole = {"field": "action_type", "operator": "IN", "value": ["link_click"], **parts}
    return {name: part for name, part in whole.items() if part is not None}


def typed(parameter: str, expected: str, got: str, *entries: Any) -> Bad:
    """Filter by *entries*, of which *parameter* is no *expected*."""
    return filtered("param_type", *entries, parameter=parameter, expected=expected, got=got)


refusals(
    "META-R24",
    "A filtering that is no array is refused",
    "Recorded: (#100) param filtering must be an array.",
    "filtering_not_array",
    FILTERED,
    [
        Bad("filtering_not_array", {"filtering": value})
        for value in (json.dumps(entry()), "action_type", "5", "true", '"x"', "null", "{}", "[{", "")
    ],
    live=Live.SAFE,
)
refusals(
    "META-R25",
    "An unknown filter operator is refused, whatever its field",
    "Recorded: (#100) Param filtering[0][operator] must be one of {EQUAL, NOT_EQUAL, …}; checked before the field",
    "enum_in_object",
    FILTERED,
    [
        filtered(
            "enum_in_object",
            *entries,
            parameter=f"filtering[{len(entries) - 1}][operator]",
            values=", ".join(OPERATORS),
        )
        for entries in (
            *([entry(operator=one)] for one in ("LIKE", "in", "Equal", "==", "EQUALS", "NOT IN", "", 5, ["IN"])),
            [entry(field="nonsense", operator="LIKE")],
            [entry(), entry(operator="LIKE")],
        )
    ],
    live=Live.SAFE,
)
refusals(
    "META-R26",
    "A filter with an unknown key is refused",
    'Recorded: (#100) Invalid keys "values" were found in param "filtering[0]".',
    "unknown_key_in_object",
    FILTERED,
    [
        filtered("unknown_key_in_object", entry(values=[]), key="values", parameter="filtering[0]"),
        filtered("unknown_key_in_object", entry(op="IN"), key="op", parameter="filtering[0]"),
        filtered("unknown_key_in_object", entry(Field="spend"), key="Field", parameter="filtering[0]"),
        filtered("unknown_key_in_object", entry(), entry(values=[]), key="values", parameter="filtering[1]"),
    ],
    live=Live.TOLERANT,
)
refusals(
    "META-R27",
    "A filter has a field, an operator and a value",
    "filtering: list<{field,operator,value}>; assumed: the words of a missing part",
    "param_non_empty",
    FILTERED,
    [
        *(
            filtered("param_non_empty", entry(**{name: None}), parameter=f"filtering[0][{name}]")
            for name in ("field", "operator", "value")
        ),
        filtered("param_non_empty", entry(), entry(value=None), parameter="filtering[1][value]"),
    ],
)
refusals(
    "META-R28",
    "Insights are filtered by fields that can be filtered by",
    "Recorded: (#100) Filtering field effective_status is invalid; `campaign_id` is not `campaign.id`",
    "filter_field_unknown_insights",
    INSIGHTS,
    [
        filtered("filter_field_unknown_insights", *before, entry(field=name), field=name)
        for name in (
            "effective_status",
            "campaign_id",
            "nonsense",
            "status",
            "name",
            "Action_Type",
            "action_types",
            "date_start",
        )
        for before in ((), (entry(),))
    ],
    live=Live.SAFE,
)
refusals(
    "META-R29",
    "A filter is an object whose field and value are texts",
    "filtering: list<{field,operator,value}>; assumed: the words for parts of another type",
    "param_type",
    INSIGHTS,
    [
        typed("filtering[0]", "an object", "integer", 1),
        typed("filtering[0]", "an object", "array", []),
        typed("filtering[1]", "an object", "boolean", entry(), True),
        typed("filtering[0][field]", "a string", "integer", entry(field=5)),
        typed("filtering[0][field]", "a string", "array", entry(field=["action_type"])),
        typed("filtering[0][value]", "a string", "integer", entry(operator="EQUAL", value=5)),
        typed("filtering[0][value]", "a string", "array", entry(operator="CONTAIN", value=["a", "b"])),
        typed("filtering[0][value]", "a string", "object", entry(operator="STARTS_WITH", value={"a": 1})),
        typed("filtering[0][value][1]", "a string", "integer", entry(value=["a", 5])),
        typed("filtering[1][value]", "a string", "boolean", entry(), entry(operator="NOT_EQUAL", value=False)),
    ],
)
