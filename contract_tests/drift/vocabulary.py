"""The words that may stand where the contract lists them, or where the vendors' pages and recordings name them."""

from functools import cache

from . import places

_OPEN = {
    "Status": ("AVAILABLE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED", "DELETED", "ARCHIVED"),
    "BudgetType": ("daily", "lifetime"),
    "buying_type": ("AUCTION", "RESERVED"),
    "objective": (
        "OUTCOME_APP_PROMOTION", "OUTCOME_AWARENESS", "OUTCOME_ENGAGEMENT", "OUTCOME_LEADS", "OUTCOME_SALES",
        "OUTCOME_TRAFFIC",
    ),
}  # fmt: skip


@cache
def of(vendor: str, file: str, path: str) -> tuple[str, ...]:
    """The known words at *path*; none where any word may stand, and none is kept."""
    listed = (places.node(vendor, file, path).schema or {}).get("enum", ())
    return tuple(word for word in listed if isinstance(word, str)) or _OPEN.get(path.rpartition(".")[2], ())
