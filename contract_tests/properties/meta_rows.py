"""How properties of insights ask for rows, and what in a row adds up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from ..ask import Ask
from ..dates import Span
from ..expect import holds, near, number, same
from ..found import LEVELS, Node
from ..target import operation

PAGE = "Measure Campaign Performance on Marketing Message API for Messenger"
RECORDED = "recorded answers of the Graph API"
Row = dict[str, Any]
T = TypeVar("T")

DATES = ("date_start", "date_stop")
SENT = "marketing_messages_sent"  # absent where it was not recorded
ESTIMATED = ("marketing_messages_delivered", "marketing_messages_link_btn_click", "marketing_messages_spend")
COUNTS = (
    "impressions", "reach", SENT, "marketing_messages_delivered", "marketing_messages_read",
    "marketing_messages_link_btn_click", "marketing_messages_quick_reply_btn_click",
)  # fmt: skip
AMOUNTS = ("spend", "marketing_messages_spend")
LISTS = ("actions", "action_values", "website_purchase_roas", "cost_per_action_type")
# not told where there is nothing to divide by
RATIOS = (
    "cpc", "cpm", "cpp", "ctr", "frequency", "inline_link_click_ctr", "cost_per_inline_link_click",
)  # fmt: skip
INCREMENTS = (1, 7, 30, 90, "monthly", "all_days")
GONE = ("ARCHIVED", "DELETED")
STATUSES = (
    "ACTIVE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED", *GONE, "PENDING_REVIEW", "DISAPPROVED", "PREAPPROVED",
    "PENDING_BILLING_INFO", "IN_PROCESS", "WITH_ISSUES",
)  # fmt: skip


def served() -> tuple[str, ...]:
    """The insights fields that the contract answers, without the dates that every row has."""
    properties = operation("meta", "insights").record["properties"]
    return tuple(name for name, part in properties.items() if "x-from" in part and name not in DATES)


def every_row(ask: Ask, path: str, **parameters: Any) -> list[Row]:
    """All rows of a list, however long."""
    pages = ask.graph.pages(path, {"limit": 5000, **parameters})
    return [row for page in pages for row in page.rows]


def among(field: str, values: Sequence[str]) -> dict[str, Any]:
    """The filtering by which *field* is one of *values*."""
    return {"filtering": [{"field": field, "operator": "IN", "value": list(values)}]}


def by_status(level: str, *statuses: str) -> dict[str, Any]:
    """The filter of insights by which objects of *statuses*, or of any, have rows, though they be gone."""
    return {} if level == "account" else among(f"{level}.effective_status", statuses or STATUSES)


def by_delivery(level: str, *statuses: str) -> dict[str, Any]:
    """The same by delivery_info."""
    return among(f"{level}.delivery_info", [one.lower() for one in statuses])


def spread(ask: Ask, values: Sequence[T], few: int = 3) -> list[T]:
    """All of *values* up to 60, else 60 at even distances from a drawn one; a *few* at the quick effort and live."""
    most = 60 if ask.exact and ask.effort != "quick" else few
    if len(values) <= most:
        return list(values)
    at = ask.draw(st.integers(0, len(values) - 1), "first of some")
    return [*values[at:], *values[:at]][:: len(values) // most][:most]


def projected(rows: Iterable[Row], names: Iterable[str]) -> list[Row]:
    """*rows* with nothing but *names* and their dates."""
    wanted = {*names, *DATES}
    return [{name: value for name, value in row.items() if name in wanted} for row in rows]


def span_of(row: Row) -> Span:
    """The days that *row* says it tells of."""
    return date.fromisoformat(row["date_start"]), date.fromisoformat(row["date_stop"])


def levels(node: Node) -> tuple[str, ...]:
    """The levels at which the rows of *node* may be asked for, ads first."""
    return LEVELS[LEVELS.index(node.level) :][::-1]


def busy(ask: Ask, node: Node, most: int = 1) -> Span:
    """One to *most* months following each other, in the first and last of which *node* delivered."""
    settled = [one for one in node.months if one[1] <= ask.last_day(node.account)] or list(node.months)
    first: Span = ask.one_of(settled, "month")
    at = settled.index(first)
    last = settled[min(at + (ask.draw(st.integers(0, most - 1), "more months") if most > 1 else 0), len(settled) - 1)]
    return first[0], last[1]


def added(ask: Ask) -> tuple[str, ...]:
    """The fields of which a range's value is the sum over its parts; live those that Meta documents."""
    return (*COUNTS, *AMOUNTS) if ask.exact else ESTIMATED


def by_type(rows: Iterable[Row], name: str) -> dict[str, Decimal]:
    """The sum of the action list *name* over *rows*, by action type."""
    found: Counter[str] = Counter()
    for row in rows:
        for one in row.get(name) or ():
            found[one["action_type"]] += number(one["value"], name)  # type: ignore[assignment]
    return dict(found)  # type: ignore[arg-type]


def adds_up(ask: Ask, whole: Row | None, parts: Sequence[Row], what: str) -> None:
    """Every count and amount in *whole* is the sum of those in *parts*; no row counts as nothing."""
    rows = [*parts, whole] if whole else parts
    slack = 0 if ask.exact else max(len(parts), 1)
    for name in added(ask):
        if name == SENT and any(SENT not in row for row in rows):
            continue
        got = number(whole.get(name), name) if whole else Decimal(0)
        total = sum((number(row.get(name), name) for row in parts), Decimal(0))
        near(got, total, slack, f"{name} {what}")
    for name in LISTS[:2] if ask.exact else ():
        same(by_type([whole] if whole else [], name), by_type(parts, name), f"{name} {what}")


def no_less(ask: Ask, wide: Row, narrow: Row, what: str) -> None:
    """Every count and amount in *wide* is at least that in *narrow*; no row counts as nothing."""
    for name in added(ask):
        if name in narrow and (name in wide or name != SENT):
            more, less = number(wide.get(name, "0"), name), number(narrow[name], name)
            holds(less <= more + (0 if ask.exact else 2), f"{name} {what}", str(more), f">= {less}")
    more_by_type = by_type([wide], "actions")
    for kind, count in by_type([narrow], "actions").items() if ask.exact else ():
        holds(count <= more_by_type.get(kind, 0), f"{kind} {what}", more_by_type.get(kind), f">= {count}")


def summed(ask: Ask) -> str:
    """The fields parameter for rows that `adds_up` judges."""
    return ",".join((*added(ask), *LISTS[:2]) if ask.exact else added(ask))
