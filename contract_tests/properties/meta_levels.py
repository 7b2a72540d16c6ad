"""Account, campaign, ad set, ad: a total is the sum of what is below, and a row is the same wherever it is read."""

from ..ask import Ask, time_range
from ..expect import same
from ..found import LEVELS, Node, nodes
from ..property import Live, contract
from .meta_lists import listed, of_status
from .meta_rows import (
    GONE,
    PAGE,
    RECORDED,
    STATUSES,
    Row,
    adds_up,
    busy,
    by_delivery,
    by_status,
    every_row,
    levels,
    served,
    span_of,
    spread,
    summed,
)

GONE_ONES = {"fields": "effective_status", **of_status(*GONE)}
STATUS_PAGE = "Marketing API, Manage Your Ad Object's Status"
BELOW = "Additionally, insights under an ad account can be obtained by the act_<AD_ACCOUNT_ID>/insights endpoint."


def named(level: str, row: Row) -> str:
    """The Graph id of the object of *row*."""
    return f"{'act_' if level == 'account' else ''}{row[f'{level}_id']}"


@contract(
    "META-G1",
    "A total is the sum over the objects below, at every level",
    sentence="level: ad, adset, campaign, account. Deleted objects count in the total of what they belong to.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=4,
    examples=12,
)
def totals_are_sums(ask: Ask) -> None:
    """f(account) = Σ f(campaigns) = Σ f(ad sets) = Σ f(ads); live a total may hold more than its parts."""
    node = ask.node()
    asked = {"time_range": time_range(busy(ask, node, 3)), "fields": summed(ask)}
    whole = ask.graph.row(node.id, **asked)
    for level in levels(node):
        parts = every_row(ask, f"{node.id}/insights", level=level, **by_status(level), **asked)
        adds_up(ask, whole, parts, f"of one {node.level} is the sum over its rows at level={level}")


@contract(
    "META-G2",
    "An object's row at a level above is its own",
    sentence=BELOW,
    page=PAGE,
    kind="metamorphic",
    live=Live.SAFE,
    calls=20,
    examples=3,
)
def rows_are_their_own(ask: Ask) -> None:
    """insights(account, level=campaign)[c] = insights(c), with every field, and so at every level."""
    node = ask.node()
    increment = ask.one_of(("all_days", "monthly"), "increment") if ask.exact else "all_days"
    asked = {"time_range": time_range(busy(ask, node, 2)), "time_increment": increment}
    for level in ask.some(levels(node), 1):
        asked["fields"] = served() if ask.exact else f"{level}_id,marketing_messages_spend,marketing_messages_delivered"
        every: dict[str, list[Row]] = {}
        for row in every_row(ask, f"{node.id}/insights", level=level, **asked):
            every.setdefault(named(level, row), []).append(row)
        for one in spread(ask, list(every), 2):
            same(every_row(ask, f"{one}/insights", **asked), every[one], f"the row of a {level} is its own")


@contract(
    "META-G3",
    "level is the object's own unless asked for",
    sentence="level: the node's own by default.",
    page=RECORDED,
    kind="honoured",
    live=Live.SAFE,
    calls=2,
    examples=6,
)
def own_level(ask: Ask) -> None:
    """insights(x) = insights(x, level = that of x): one row, of x itself."""
    node = ask.node()
    asked = {"time_range": time_range(busy(ask, node)), "fields": f"{node.level}_id,impressions"}
    plain = ask.graph.insights(node.id, **asked)
    same([named(node.level, row) for row in plain], [node.id], "the one row is that of the object itself")
    same(ask.graph.insights(node.id, level=node.level, **asked), plain, "level is the object's own unless asked for")


@contract(
    "META-G4",
    "Rows of an object are those of its account that belong to it",
    sentence=BELOW,
    page=PAGE,
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=2,
    examples=12,
)
def only_its_own(ask: Ask) -> None:
    """insights(campaign, level=ad) = the rows of insights(account, level=ad) with its campaign_id, in their order."""
    node = ask.node("campaign", "adset", "ad")
    level = ask.one_of(levels(node), "level below")
    asked = {"time_range": time_range(busy(ask, node)), "level": level, "time_increment": 7}
    asked["fields"] = ",".join((*(f"{one}_id" for one in LEVELS), "impressions"))
    every = every_row(ask, f"{node.account.id}/insights", **asked)
    own = every_row(ask, f"{node.id}/insights", **asked)
    same(own, [row for row in every if row[f"{node.level}_id"] == node.id], f"a {node.level} has only its own rows")


@contract(
    "META-G5",
    "Rows tell of listed objects, each of them once",
    sentence="Recorded: deleted and archived objects are listed when asked for; their insights stay.",
    page=RECORDED,
    kind="honoured",
    live=Live.TOLERANT,
    calls=2,
    examples=6,
)
def rows_of_listed(ask: Ask) -> None:
    """Every row's id is listed with its name, and no object has two rows for one piece of time."""
    node = ask.node("account")
    level = ask.one_of(levels(node)[:-1], "level below")
    asked = {"level": level, "fields": f"{level}_id,{level}_name", "time_range": time_range(busy(ask, node, 3))}
    rows = every_row(ask, f"{node.id}/insights", **asked)
    names = {row["id"]: row["name"] for row in listed(ask, node.account, f"{level}s", fields="id,name")}
    told = {row[f"{level}_id"]: row[f"{level}_name"] for row in rows}
    same(len(told), len(rows), "an object has one row")
    same(told, {one: names.get(one) for one in told}, "rows tell of listed objects, under their names")


@contract(
    "META-G6",
    "Every listed object that has delivered has a row, deleted ones where their status is asked for",
    sentence="You can query insights for DELETED objects using the ad.effective_status filter.",
    page=STATUS_PAGE,
    kind="metamorphic",
    live=Live.MOCK,
    calls=50,
    examples=2,
)
def listed_have_rows(ask: Ask) -> None:
    """The objects with rows of their own over `maximum` are those in the rows of the account, for every level."""
    node = ask.node("account")
    level = ask.one_of(levels(node)[:-1], "level below")
    asked = {"date_preset": "maximum", "fields": "impressions,marketing_messages_spend"}
    whole = _by_id(ask, node, level, **asked)
    path = f"{node.account.id}/{level}s"
    for row in spread(ask, every_row(ask, path, fields="id", **of_status(*STATUSES))):
        own = ask.graph.insights(row["id"], **asked)
        same(own, whole.get(row["id"], []), f"a listed {level} has a row where it has delivered")


def _by_id(ask: Ask, node: Node, level: str, fields: str, **asked: str) -> dict[str, list[Row]]:
    """The rows of *node* at *level* by their ids, which are taken out."""
    fields = f"{level}_id,{fields}"
    rows = every_row(ask, f"{node.id}/insights", level=level, fields=fields, **by_status(level), **asked)
    return {row.pop(f"{level}_id"): [row] for row in rows}


@contract(
    "META-G9",
    "What is archived or deleted answers by its own id, and below another object only where its status is asked for",
    sentence="/<AD_ID>/insights works for a deleted object but /act_<AD_ACCOUNT_ID>/insights?level=ad does not return"
    " stats for the deleted object. With delivery_info filtering: ARCHIVED Yes, DELETED No.",
    page=STATUS_PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=60,
    examples=1,
)
def gone_have_no_rows(ask: Ask) -> None:
    """Of what is gone and has insights of its own, insights(account, level) has rows by its status alone."""
    for node, level in ask.some([(one, level) for one in nodes(ask, "account") for level in levels(one)[:-1]], 2):
        path = f"{node.account.id}/{level}s"
        gone = {row["id"]: row["effective_status"] for row in every_row(ask, path, **GONE_ONES)}
        asked = {"level": level, "date_preset": "maximum", "fields": f"{level}_id"}
        some = set(spread(ask, list(gone)))
        told = {one for one in some if ask.graph.insights(one, **asked)}
        chosen = {
            "plain": ({}, ()),
            **{one: (by_status(level, one), (one,)) for one in GONE},
            "delivery_info": (by_delivery(level, *GONE), ("ARCHIVED",)),
        }
        for name, (filtering, statuses) in chosen.items():
            rows = {row[f"{level}_id"] for row in every_row(ask, f"{node.id}/insights", **asked, **filtering)}
            wanted = sorted(one for one in told if gone[one] in statuses)
            same(sorted(rows & some), wanted, f"what is gone at level={level}, asked {name}")


@contract(
    "META-G10",
    "A filter on the status of another level brings nothing back",
    sentence="filtering entries are ANDed; assumed: only the status of the rows' own level is asked for.",
    page=STATUS_PAGE,
    kind="metamorphic",
    live=Live.MOCK,
    calls=8,
    examples=1,
)
def other_levels_bring_nothing_back(ask: Ask) -> None:
    """insights(account, level=ad, campaign.effective_status IN all) = insights(account, level=ad)."""
    for node in ask.some(list(nodes(ask, "account")), 1):
        asked = {"date_preset": "maximum", "level": "ad", "fields": "ad_id,impressions"}
        rows = every_row(ask, f"{node.id}/insights", **asked)
        for level in ("campaign", "adset"):
            same(
                every_row(ask, f"{node.id}/insights", **asked, **by_status(level)),
                rows,
                f"ads by the status of {level}s",
            )


@contract(
    "META-G11",
    "A filter that everything passes changes no row",
    sentence="If you read stats for an ad object, the response includes the stats of all children objects, no matter if"
    " the child is active, archived, or deleted.",
    page=STATUS_PAGE,
    kind="metamorphic",
    live=Live.MOCK,
    calls=12,
    examples=1,
)
def always_true(ask: Ask) -> None:
    """insights(account, level, ad.impressions >= 0) = insights(account, level), at every level."""
    always = {"filtering": [{"field": "ad.impressions", "operator": "GREATER_THAN_OR_EQUAL", "value": 0}]}
    for node, level in ask.some([(one, level) for one in nodes(ask, "account") for level in levels(one)], 4):
        asked = {"date_preset": "maximum", "level": level, "fields": f"{level}_id,{summed(ask)}"}
        rows = every_row(ask, f"{node.id}/insights", **asked)
        same(every_row(ask, f"{node.id}/insights", **asked, **always), rows, f"a filter that all pass at level={level}")


@contract(
    "META-G7",
    "Every level of one request tells the same days",
    sentence="level: ad, adset, campaign, account.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.MOCK,
    calls=8,
    examples=4,
)
def one_calendar(ask: Ask) -> None:
    """The pieces of time in the rows of an account are those in the rows of what is below, taken together."""
    node = ask.node()
    increment = ask.one_of((1, 7, "monthly", 90), "increment")
    asked = {"time_range": time_range(busy(ask, node, 2)), "time_increment": increment, "fields": "impressions"}
    own = {span_of(row) for row in every_row(ask, f"{node.id}/insights", **asked)}
    for level in levels(node):
        rows = every_row(ask, f"{node.id}/insights", level=level, **by_status(level), **asked)
        same({span_of(row) for row in rows}, own, f"level={level} tells the same pieces of time")


@contract(
    "META-G8",
    "An ad account's whole history is the sum over its objects, deleted ones too",
    sentence="Recorded: a parent's total counts deleted objects.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.MOCK,
    calls=15,
    examples=1,
)
def histories_add_up(ask: Ask) -> None:
    """f(account, maximum) = Σ f(objects, maximum), for every ad account and level."""
    asked = {"date_preset": "maximum", "fields": summed(ask)}
    for node in nodes(ask, "account"):
        whole = ask.graph.row(node.id, **asked)
        for level in levels(node):
            parts = every_row(ask, f"{node.id}/insights", level=level, **by_status(level), **asked)
            adds_up(ask, whole, parts, f"of an ad account's history is the sum over its rows at level={level}")
