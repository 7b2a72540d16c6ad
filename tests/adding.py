"""Insights rows added up by a client: what should come out of any way to cut what was delivered."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

M = "marketing_messages_"
COUNTS = (
    *("impressions", "reach", "spend", "clicks", "inline_link_clicks", f"{M}sent", f"{M}delivered", f"{M}read"),
    *(f"{M}link_btn_click", f"{M}quick_reply_btn_click", f"{M}spend"),
)
LISTS = ("actions", "action_values")
COUNTED = (*COUNTS, *LISTS)
STATUSES = (
    *("ACTIVE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED", "ARCHIVED", "DELETED", "IN_PROCESS", "WITH_ISSUES"),
    *("PENDING_REVIEW", "DISAPPROVED", "PREAPPROVED", "PENDING_BILLING_INFO"),
)
WINDOWS = ("1d_click", "7d_click", "28d_click", "1d_view")


def of_status(level: str, *statuses: str) -> dict[str, Any]:
    """The entry of a filtering by which objects of *statuses*, or of any, have rows."""
    return {"field": f"{level}.effective_status", "operator": "IN", "value": list(statuses or STATUSES)}


def whatever_status(*statuses: str) -> dict[str, Any]:
    """The filtering of a list by which objects of *statuses*, or of any, are listed."""
    return {"filtering": [{"field": "effective_status", "operator": "IN", "value": list(statuses or STATUSES)}]}


def sums(rows: Iterable[Mapping[str, Any]], names: Iterable[str] = COUNTED) -> Counter[str]:
    """What adds up over *rows*: by field, and by action type and window."""
    total: Counter[str] = Counter()
    listed = tuple(names)
    for row in rows:
        for name in listed:
            told = row.get(name, "0")
            if isinstance(told, str):
                total[name] += Decimal(told)  # type: ignore[assignment]
            else:
                _add(total, name, told)
    return Counter({name: value for name, value in total.items() if value})


def _add(total: Counter[str], name: str, entries: Iterable[Mapping[str, str]]) -> None:
    for entry in entries:
        for window in entry.keys() - {"action_type"}:
            total[f"{name} {entry['action_type']} {window}"] += Decimal(entry[window])  # type: ignore[assignment]
