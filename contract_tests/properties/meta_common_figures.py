"""The figures that insights tell of any ad: clicks, their rate, what a click and a thousand messages cost."""

from decimal import ROUND_HALF_UP, Decimal

from ..ask import Ask
from ..expect import holds, near, number, same
from ..property import Live, contract
from .meta_identities import PLACES, some_rows
from .meta_rows import Row

PAGE = "Marketing API reference, Ads Insights"
COUNTS = ("impressions", "reach", "spend", "clicks", "inline_link_clicks", "marketing_messages_link_btn_click")
# field → its share: a scale, a part and a whole
RATIOS = {
    "ctr": (100, "clicks", "impressions"),
    "cpc": (1, "spend", "clicks"),
    "cpm": (1000, "spend", "impressions"),
    "cpp": (1000, "spend", "reach"),
    "frequency": (1, "impressions", "reach"),
    "inline_link_click_ctr": (100, "inline_link_clicks", "impressions"),
    "cost_per_inline_link_click": (1, "spend", "inline_link_clicks"),
}


@contract(
    "META-I13", "Rates and costs of any ad follow from the counts beside them",
    sentence="ctr: The percentage of times people saw your ad and performed a click (all). cpm: The average cost for"
    " 1,000 impressions. frequency: impressions by reach; assumed: not told where there is nothing to divide by.",
    page=PAGE, kind="identity", live=Live.TOLERANT, calls=1, examples=8,
)  # fmt: skip
def common_figures(ask: Ask) -> None:
    """ctr = clicks / impressions, cpc = spend / clicks, cpm, cpp, frequency and those of link clicks, to the digit."""
    for row in some_rows(ask, *COUNTS, *RATIOS):
        for name, (scale, part, whole) in RATIOS.items():
            _follows(ask, row, name, scale, part, whole)
        if ask.exact:
            same(row["inline_link_clicks"], row["marketing_messages_link_btn_click"], "link clicks are counted once")
            clicks, links = number(row["clicks"], "clicks"), number(row["inline_link_clicks"], "inline_link_clicks")
            holds(clicks >= links, "link clicks are clicks", str(clicks), f">= {links}")


def _follows(ask: Ask, row: Row, name: str, scale: int, part: str, whole: str) -> None:
    if not ask.exact and not {name, part, whole} <= row.keys():
        return
    by = number(row[whole], whole)
    same(name in row, by > 0, f"{name} is told where there is something to divide by")
    if by:
        exact = number(row[part], part) * scale / by
        rounded = exact.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
        near(number(row[name], name), rounded, 0 if ask.exact else exact / 50, f"{name} is {part} by {whole}")
