"""Counts nest, rows tell of something, and money stays within its budget."""

from collections import defaultdict
from decimal import Decimal

from ..ask import Ask, time_range
from ..expect import holds, number, numbers, same
from ..found import nodes
from ..outcomes import OutOfScope
from ..property import Live, contract
from .meta_identities import CLICKED, DELIVERED, SPEND, some_rows
from .meta_rows import AMOUNTS, COUNTS, PAGE, RECORDED, SENT, Row, busy, every_row

NESTS = (
    (SENT, DELIVERED),
    ("impressions", DELIVERED),
    ("impressions", "reach"),
    (DELIVERED, "marketing_messages_read"),
    (DELIVERED, CLICKED),
    (DELIVERED, "marketing_messages_quick_reply_btn_click"),
)
RATES = tuple(
    f"marketing_messages_{name}"
    for name in (
        "read_rate", "delivery_rate", "media_view_rate", "link_btn_click_rate", "quick_reply_btn_click_rate",
        "phone_call_btn_click_rate", "cost_per_delivered", "cost_per_link_btn_click",
    )
)  # fmt: skip


@contract(
    "META-I20",
    "Counts nest",
    sentence="The percentage of delivered messages that received a link click out of the total number of messages"
    " delivered.",
    page=PAGE,
    kind="identity",
    live=Live.TOLERANT,
    calls=1,
    examples=15,
)
def counts_nest(ask: Ask) -> None:
    """sent >= delivered >= read, impressions >= reach, delivered >= clicks >= each conversion."""
    names = COUNTS if ask.exact else (DELIVERED, CLICKED)
    for row in some_rows(ask, *names, "actions"):
        for more, less in NESTS:
            if more in row and less in row:
                most, least = numbers(row, more, less)
                holds(least <= most * (1 if ask.exact else 2), f"{less} is at most {more}", row[less], row[more])
        for one in row.get("actions", ()) if ask.exact else ():
            count, clicks = number(one["value"], "actions"), number(row[CLICKED], CLICKED)
            holds(count <= clicks, f"{one['action_type']} is at most the clicks", str(count), str(clicks))


@contract(
    "META-I21",
    "A row tells of something",
    sentence="Recorded, `by design`: objects and pieces of time without delivery have no row.",
    page=RECORDED,
    kind="identity",
    live=Live.TOLERANT,
    calls=1,
    examples=10,
)
def rows_tell_of_something(ask: Ask) -> None:
    """No row is without any delivery, whatever the piece of time."""
    for row in some_rows(ask, *COUNTS, *AMOUNTS, "actions"):
        figures = [number(row[name], name) for name in (*COUNTS, *AMOUNTS) if name in row]
        holds(any(figures) or row.get("actions"), "a row tells of some delivery", row)


@contract(
    "META-I23",
    "Where nothing was delivered, rates and costs are 0",
    sentence="marketing_messages_delivered: This metric doesn't include messages delivered to Europe and Japan.",
    page=PAGE,
    kind="identity",
    live=Live.MOCK,
    calls=3,
    examples=3,
)
def zero_denominators(ask: Ask) -> None:
    """delivered = 0 => every rate is "0", and no count behind them is more; spend goes on."""
    idle: list[Row] = []
    increment = ask.one_of(("monthly", "all_days"), "increment")
    for node in nodes(ask, "account"):
        asked = {"level": "ad", "date_preset": "maximum", "fields": (*COUNTS, *AMOUNTS, *RATES)}
        rows = every_row(ask, f"{node.id}/insights", time_increment=increment, **asked)
        idle += [row for row in rows if row.get(DELIVERED) == "0" or row.get(CLICKED) == "0"]
    if not idle:
        raise OutOfScope("every row has deliveries and clicks")
    for row in idle:
        clicked = row[DELIVERED] != "0"
        wanted = {"marketing_messages_cost_per_link_btn_click": "0", "marketing_messages_link_btn_click_rate": "0"}
        wanted |= {} if clicked else dict.fromkeys(RATES, "0")
        same({name: row.get(name) for name in wanted}, wanted, "rates over nothing are 0")


@contract(
    "META-I24",
    "No day spends more than its budget",
    sentence="Assumed: spend never passes the ad set's budget, daily_budget on a day and lifetime_budget in all.",
    page=PAGE,
    kind="identity",
    live=Live.MOCK,
    calls=2,
    examples=3,
)
def within_budget(ask: Ask) -> None:
    """spend[adset, day] <= daily_budget and Σ spend[adset] <= lifetime_budget."""
    node = ask.node("account")
    budgets = _budgets(ask, node.account.number)
    asked = {"level": "adset", "fields": ("adset_id", SPEND), "time_range": time_range(busy(ask, node, 4))}
    days = every_row(ask, f"{node.id}/insights", time_increment=1, **asked)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for row in days:
        spend = number(row[SPEND], SPEND) * 100
        spent[row["adset_id"]] += spend
        most = budgets.get(row["adset_id"], {}).get("daily_budget")
        told = f"{spend} on {row['date_start']}"
        holds(most is None or spend <= most, "a day spends no more than its budget", told, most)
    for one, total in spent.items():
        most = budgets.get(one, {}).get("lifetime_budget")
        holds(most is None or total <= most, "an ad set spends no more than its budget", str(total), most)


def _budgets(ask: Ask, account: str) -> dict[str, Row]:
    """The ad sets of the world file, but those with pinned and other ads side by side."""
    if ask.profile.world is None:
        raise OutOfScope("only a world file tells what the budget was")
    return {
        adset["id"]: adset
        for campaign in ask.profile.world["campaigns"]
        for adset in campaign["adsets"]
        if campaign["account_id"] == account and len({"pins" in ad for ad in adset["ads"]}) == 1
    }
