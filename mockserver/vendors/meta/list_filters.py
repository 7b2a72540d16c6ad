"""What lists of objects may be filtered by: which field with which operator, as measured on the live API."""

from collections.abc import Mapping, Sequence
from typing import Any

from mockserver.errors import MockError, NotServed

_SAME = frozenset({"EQUAL", "NOT_EQUAL", "IN", "NOT_IN"})
_TEXT = frozenset({"EQUAL", "CONTAIN", "NOT_CONTAIN"})
_SIZE = frozenset({"GREATER_THAN", "LESS_THAN", "IN_RANGE", "NOT_IN_RANGE"})
# `status` is `campaign.status`; every other field is refused, `configured_status` and `campaign_id` among them
_OPERATORS = {
    **dict.fromkeys(("id", "status", "effective_status", "optimization_goal", "bid_strategy"), _SAME),
    "name": _TEXT,
    **dict.fromkeys(("created_time", "updated_time", "start_time"), _SIZE),
    "end_time": _SIZE - {"NOT_IN_RANGE"},
    **dict.fromkeys(("daily_budget", "lifetime_budget", "bid_amount"), _SIZE),
}
_PREFIXES = ("ad.", "adset.", "campaign.")


def refuse(filtering: Sequence[Mapping[str, Any]], edge: str) -> None:
    """Raise MockError for an entry that Meta refuses, and NotServed for one that Meta takes."""
    for entry in filtering:
        field, operator = entry["field"], entry["operator"]
        bare = next((field.removeprefix(prefix) for prefix in _PREFIXES if field.startswith(prefix)), field)
        if bare not in _OPERATORS:
            raise MockError("filter_field_unsupported_list", field=field)
        if operator not in _OPERATORS[bare]:
            raise MockError("filter_op_unsupported_list", field=field, operator=operator.lower())
    if filtering:
        raise NotServed(f"filtering on {edge}")
