"""The same campaigns through both vendors: GetMessageCampaignInsights and /insights.

Metrics of WhatsApp templates have no counterpart among Messenger insights: no property compares them.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from .. import found
from ..ask import Ask, time_range
from ..dates import Span, earliest
from ..expect import holds, near, number, same
from ..found import Account
from ..found_cams import INSIGHTS, Place, campaigns, named
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..target import operation

Row = Mapping[str, Any]
Campaign = tuple[Place, Row, Account]

INSIGHTS_PAGE = "Chat App Message Service: GetMessageCampaignInsights"
SUMS = ("MarketingMessagesDelivered", "MarketingMessagesLinkBtnClick", "MarketingMessagesSpend")
DOCUMENTED = frozenset(
    f"marketing_messages_{name}"
    for name in (
        "cost_per_delivered", "cost_per_link_btn_click", "delivered", "link_btn_click", "link_btn_click_rate",
        "read_rate", "spend",
    )
)  # fmt: skip
SHARE = Decimal("0.05")  # of a live figure, which the vendors' copies may lag behind


def snake(name: str) -> str:
    """MarketingMessagesSpend → marketing_messages_spend."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def told_of(ask: Ask, place: Place, row: Row) -> Row | None:
    """The insights of a listed campaign as CAMS tells them; None before anything was delivered."""
    rows = ask.cams.rows(INSIGHTS, named(place, row))
    holds(len(rows) <= 1, "a campaign has one row of insights at most", len(rows), "0 or 1")
    return rows[0] if rows else None


def seen(ask: Ask) -> list[Campaign]:
    """The campaigns that CAMS lists, in ad accounts that Graph may be asked about."""
    accounts = {account.number: account for account in found.accounts(ask)}
    rows: list[Campaign] = []
    for place, row in campaigns(ask):
        if row["AdAccountId"] in accounts:
            rows.append((place, row, accounts[row["AdAccountId"]]))
    if not rows:
        raise OutOfScope("the token sees none of the campaigns that CAMS lists")
    return rows


def span_of(row: Row) -> Span:
    """The days of which an answer of CAMS tells."""
    return date.fromisoformat(row["DateStart"]), date.fromisoformat(row["DateStop"])


def reachable(ask: Ask, account: Account, row: Row) -> bool:
    """Whether Graph still keeps all the days of *row*."""
    return span_of(row)[0] >= earliest(ask.today(account))


def equal(ask: Ask, cams: Any, graph: Any, what: str) -> None:
    """One figure of both vendors: the same text on a mock, and near it live."""
    if ask.exact:
        same({"CAMS": cams, "Graph": graph}, {"CAMS": cams, "Graph": cams}, what)
    else:
        expected = number(cams, what)
        near(number(graph, what), expected, max(abs(expected) * SHARE, Decimal(1)), what)


@contract(
    "BOTH-X1",
    "A campaign has the same counts, money, rates, costs and dates at both vendors",
    sentence="The total amount spent on a message marketing campaign, message group, or message during its entire"
    " delivery period.",
    page=INSIGHTS_PAGE,
    kind="across",
    live=Live.TOLERANT,
    calls=8,
    examples=1,
)
def same_figures(ask: Ask) -> None:
    """GetMessageCampaignInsights(c) = /{c}/insights over DateStart..DateStop."""
    compared = 0
    for place, row, account in ask.some(seen(ask)):
        cams = told_of(ask, place, row)
        if cams is not None and reachable(ask, account, cams):
            compare_figures(ask, row["CampaignId"], cams)
            compared += 1
    if not compared:
        raise OutOfScope("nothing was delivered that Graph still tells of")


def compare_figures(ask: Ask, campaign_id: str, cams: Row) -> None:
    """Graph tells of the campaign what *cams*, its row at CAMS, tells."""
    fields = ",".join(snake(name) for name in cams if not name.startswith("Date"))
    graph = ask.graph.row(campaign_id, time_range=time_range(span_of(cams)), fields=fields)
    holds(graph is not None, "what CAMS tells of, Graph has a row of", graph, cams)
    assert graph is not None
    for name, value in cams.items():
        what = f"{name} is the same at both vendors"
        if name.startswith("Date"):
            same(graph.get(snake(name)), value, what)
        elif ask.exact or snake(name) in graph:
            equal(ask, value, graph.get(snake(name)), what)


@contract(
    "BOTH-X2",
    "A listed campaign has insights at both vendors or at neither, and CAMS tells of all of its delivery",
    sentence="Queries the insights of a message campaign over its entire delivery period.",
    page=INSIGHTS_PAGE,
    kind="across",
    live=Live.TOLERANT,
    calls=30,
    examples=1,
)
def insights_at_both(ask: Ask) -> None:
    """CAMS has a row of c  ⇔  Graph has one over 37 months; and both count the same."""
    told: dict[str, dict[str, Row]] = {}
    for place, row, account in ask.some(seen(ask)):
        if account.id not in told:
            told[account.id] = _by_ad(ask, account)
        cams, graph = told_of(ask, place, row), told[account.id].get(row["CampaignId"])
        if cams is None or reachable(ask, account, cams):
            owed, got = cams is not None, graph is not None
            same({"CAMS": owed, "Graph": got}, {"CAMS": owed, "Graph": owed}, "both vendors have insights, or neither")
        if cams and graph and reachable(ask, account, cams):
            for name in SUMS:
                equal(ask, cams[name], graph[snake(name)], f"{name} is that of the entire delivery period")


def _by_ad(ask: Ask, account: Account) -> dict[str, Row]:
    """What every ad of *account* did in the last 37 months."""
    span = earliest(ask.today(account)), ask.today(account)
    fields = ",".join(("ad_id", *map(snake, SUMS)))
    rows = ask.graph.insights(account.id, level="ad", time_range=time_range(span), fields=fields)
    return {row["ad_id"]: row for row in rows}


@contract(
    "BOTH-X6",
    "An ad account on Graph counts no less than its campaigns on CAMS together",
    sentence="Additionally, insights under an ad account can be obtained by act_<AD_ACCOUNT_ID>/insights endpoint",
    page="Measure Campaign Performance on Marketing Message API for Messenger",
    kind="across",
    live=Live.TOLERANT,
    calls=30,
    examples=1,
)
def account_covers_campaigns(ask: Ask) -> None:
    """Σ GetMessageCampaignInsights(c) ≤ act/insights over all their days."""
    told: dict[str, dict[str, Row]] = {}
    for place, row, account in ask.some(seen(ask)):
        cams = told_of(ask, place, row)
        if cams is not None and reachable(ask, account, cams):
            told.setdefault(account.id, {})[row["CampaignId"]] = cams
    for account_id, rows in told.items():
        covers(ask, account_id, list(rows.values()))


def covers(ask: Ask, account_id: str, rows: Sequence[Row]) -> None:
    """The ad account counts no less than *rows*, of different campaigns in it, together."""
    span = {"since": min(row["DateStart"] for row in rows), "until": max(row["DateStop"] for row in rows)}
    whole = ask.graph.row(account_id, time_range=span, fields=",".join(map(snake, SUMS))) or {}
    for name in SUMS:
        total = sum((number(row[name], name) for row in rows), Decimal(0))
        got, least = number(whole.get(snake(name), "0"), name), total * (1 if ask.exact else 1 - SHARE)
        holds(got >= least, f"{name} of the ad account covers its campaigns", str(got), f"at least {least}")


@contract(
    "BOTH-X7",
    "The vendors' names for a figure map one to one",
    sentence="MarketingMessagesCostPerLinkBtnClick: the average cost for each message link click.",
    page=INSIGHTS_PAGE,
    kind="across",
    live=Live.SAFE,
    calls=0,
    examples=1,
)
def names_map(ask: Ask) -> None:
    """MarketingMessagesSpend ↔ marketing_messages_spend, printed alike, for every field that Meta's page lists."""
    del ask
    cams, graph = (operation(*one).record["properties"] for one in (("cams", INSIGHTS), ("meta", "insights")))
    mapped = {snake(name): name for name in cams}
    same(len(mapped), len(cams), "no two names of CAMS stand for one of Graph's")
    same(sorted(DOCUMENTED - set(mapped)), [], "CAMS has every field that Meta's page lists")
    for name, theirs in mapped.items():
        served = {key: graph.get(name, {}).get(key) for key in ("type", "pattern", "format")}
        same(served, {key: cams[theirs].get(key) for key in served}, f"{theirs} is printed like {name}")
