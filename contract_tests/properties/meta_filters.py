"""Filters of Graph insights by objects and by figures: what a client would keep."""

from collections import Counter
from decimal import Decimal
from typing import Any

from ..ask import Ask, time_range
from ..expect import number, same
from ..found import Node
from ..keeps import KEEPS
from ..property import Live, contract
from .meta_rows import ESTIMATED, Row, adds_up, busy, by_status, every_row, summed

PAGE = "Marketing API, Insights, filtering"
FILTERING = "filtering: Filters on the report data. This parameter is an array of filter objects; entries are ANDed."
TEXTS = ("EQUAL", "NOT_EQUAL", "CONTAIN", "NOT_CONTAIN", "STARTS_WITH", "IN", "NOT_IN")
NUMBERS = (
    "GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL", "EQUAL", "NOT_EQUAL", "IN_RANGE",
    "NOT_IN_RANGE",
)  # fmt: skip
COMPLEMENTS = (
    ("GREATER_THAN", "LESS_THAN_OR_EQUAL"), ("LESS_THAN", "GREATER_THAN_OR_EQUAL"), ("EQUAL", "NOT_EQUAL"),
    ("IN_RANGE", "NOT_IN_RANGE"),
)  # fmt: skip
OBJECTS = ("campaign", "adset", "ad")


def entry(field: str, operator: str, value: Any) -> dict[str, Any]:
    """One entry of filtering."""
    return {"field": field, "operator": operator, "value": value}


def _asked(ask: Ask, *fields: str) -> tuple[Node, dict[str, Any]]:
    """An ad account, and a month of it by ad."""
    node = ask.node("account")
    return node, {"level": "ad", "time_range": time_range(busy(ask, node)), "fields": ",".join(fields)}


def _kept(ask: Ask, node: Node, asked: dict[str, Any], *entries: dict[str, Any]) -> list[Row]:
    return every_row(ask, f"{node.id}/insights", filtering=list(entries), **asked)


@contract(
    "META-FI1", "Filters by objects keep the rows that a client would keep", sentence=FILTERING, page=PAGE,
    kind="honoured", live=Live.TOLERANT, calls=len(TEXTS) + 1, examples=6,
)  # fmt: skip
def by_object(ask: Ask) -> None:
    """insights(filtering by name or id) = insights() filtered here, for each operator."""
    level, part = ask.one_of(OBJECTS, "object"), ask.one_of(("name", "id"), "part")
    node, asked = _asked(ask, "ad_id", f"{level}_{part}", "impressions")
    whole = every_row(ask, f"{node.id}/insights", **asked)
    name: str = ask.one_of(sorted({row[f"{level}_{part}"] for row in whole}), f"{level}.{part}")
    piece = name[: max(len(name) // 2, 1)]
    for operator in ask.some(TEXTS, 2):
        value: Any = [name] if operator.endswith("IN") and "CONTAIN" not in operator else name
        if "CONTAIN" in operator or operator == "STARTS_WITH":
            value = piece.upper() if operator == "CONTAIN" and len(piece.upper()) == len(piece) else piece
        expected = [row for row in whole if KEEPS[operator](row[f"{level}_{part}"], value)]
        same(_kept(ask, node, asked, entry(f"{level}.{part}", operator, value)), expected, f"{operator} keeps its rows")


@contract(
    "META-FI2", "Filters by figures keep the rows that a client would keep", sentence=FILTERING, page=PAGE,
    kind="honoured", live=Live.TOLERANT, calls=len(NUMBERS) + 1, examples=6,
)  # fmt: skip
def by_figure(ask: Ask) -> None:
    """insights(filtering by a count or spend) = insights() filtered here, for each operator."""
    figure = ask.one_of(("impressions", "spend"), "figure")
    node, asked = _asked(ask, "ad_id", figure)
    whole = every_row(ask, f"{node.id}/insights", **asked)
    known = sorted(number(row[figure], figure) for row in whole)
    middle = ask.one_of(known, "value")
    for operator in ask.some(NUMBERS, 2):
        value = [known[0], middle] if "RANGE" in operator else middle
        expected = [row for row in whole if KEEPS[operator](number(row[figure], figure), value)]
        sent = [float(one) for one in value] if isinstance(value, list) else float(value)
        field = ask.one_of((figure, f"ad.{figure}"), "field")
        same(_kept(ask, node, asked, entry(field, operator, sent)), expected, f"{operator} keeps its rows")


@contract(
    "META-FI3", "What passes a filter and what does not are the whole", sentence=FILTERING, page=PAGE,
    kind="metamorphic", live=Live.TOLERANT, calls=3, examples=6,
)  # fmt: skip
def complement(ask: Ask) -> None:
    """Σ insights(filter) + Σ insights(its contrary) = insights(), of whatever status."""
    node, asked = _asked(ask, "ad_id", summed(ask))
    (any_status,) = by_status("ad")["filtering"]
    whole = _kept(ask, node, asked, any_status)
    known = sorted(number(row["spend"], "spend") if "spend" in row else _spend(row) for row in whole)
    middle = float(ask.one_of(known, "value"))
    one, other = ask.one_of(COMPLEMENTS, "operators")
    name = "spend" if ask.exact else ESTIMATED[2]
    value: Any = [middle / 2, middle] if "RANGE" in one else middle
    parts = [_kept(ask, node, asked, any_status, entry(name, operator, value)) for operator in (one, other)]
    same(sorted(row["ad_id"] for part in parts for row in part), sorted(row["ad_id"] for row in whole), "none is lost")
    total = ask.graph.row(node.id, time_range=asked["time_range"], fields=summed(ask))
    adds_up(ask, total, [row for part in parts for row in part], "is the sum of both parts")


@contract(
    "META-FI4", "A figure of another level chooses that level's objects; TOP the largest",
    sentence="Filter field names: spend, impressions, ad.impressions, campaign.name …; assumed: a level's figure is"
    " that of the whole range.", page=PAGE, kind="metamorphic", live=Live.MOCK, calls=4, examples=4,
)  # fmt: skip
def by_other_level(ask: Ask) -> None:
    """insights(level=ad, campaign.spend ≥ x) are the ads of those campaigns; TOP n are the n with most."""
    node, asked = _asked(ask, "ad_id", "campaign_id", "spend")
    whole = every_row(ask, f"{node.id}/insights", **asked)
    above = every_row(ask, f"{node.id}/insights", **{**asked, "level": "campaign", "fields": "campaign_id,spend"})
    spent = {row["campaign_id"]: number(row["spend"], "spend") for row in above}
    below = Counter(row["campaign_id"] for row in whole)
    limit = spent[ask.one_of(sorted(spent, key=lambda one: (-below[one], one))[:3], "campaign")]
    kept = _kept(ask, node, asked, entry("campaign.spend", "GREATER_THAN_OR_EQUAL", float(limit)))
    same(kept, [row for row in whole if spent[row["campaign_id"]] >= limit], "the ads of the campaigns that pass")
    count = ask.one_of((1, 2, 3), "count")
    top = sorted((number(row["spend"], "spend") for row in whole), reverse=True)[:count]
    best = _kept(ask, node, asked, entry("spend", "TOP", count))
    same(sorted((number(row["spend"], "spend") for row in best), reverse=True), top, "TOP keeps the largest")


def _spend(row: Row) -> Decimal:
    return number(row[ESTIMATED[2]], ESTIMATED[2])
