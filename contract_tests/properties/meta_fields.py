"""The fields of Graph insights: what is asked for is told, no more and no less, and one field minds no other."""

from hypothesis import strategies as st

from ..ask import Ask, time_range
from ..expect import holds, same
from ..found import LEVELS
from ..property import Live, contract
from .meta_rows import (
    DATES,
    INCREMENTS,
    LISTS,
    PAGE,
    RATIOS,
    RECORDED,
    SENT,
    busy,
    by_status,
    every_row,
    levels,
    projected,
    served,
    spread,
)

FIELDS = (
    "Send a GET request to the <MESSAGE_CAMPAIGN_ID>/insights endpoint to get insights for marketing messages campaign"
    " with the fields parameter set to one or more of the following fields"
)
LIVE_FIELDS = (
    "marketing_messages_cost_per_delivered", "marketing_messages_cost_per_link_btn_click",
    "marketing_messages_delivered", "marketing_messages_link_btn_click", "marketing_messages_link_btn_click_rate",
    "marketing_messages_read_rate", "marketing_messages_spend",
)  # fmt: skip
KINDS = ("objective", "buying_type", "optimization_goal", "created_time", "updated_time")
IDS = {level: f"{level}_id" for level in LEVELS}


def may_be_missing(level: str) -> set[str]:
    """What a row at *level* may lack: empty lists, what was not recorded, and whatever is below the level."""
    below = LEVELS[LEVELS.index(level) + 1 :]
    kinds = KINDS if level == "account" else ("optimization_goal",) if level == "campaign" else ()
    return {*LISTS, *RATIOS, *kinds, SENT, *(f"{one}_{part}" for one in below for part in ("id", "name"))}


@contract(
    "META-F1",
    "Every field alone has the value that it has among others",
    sentence=FIELDS,
    page=PAGE,
    kind="effect",
    live=Live.SAFE,
    calls=len(served()) + 1,
    examples=4,
)
def each_field_alone(ask: Ask) -> None:
    """insights(fields=x) = insights(fields=all) without the rest, for every x."""
    node = ask.node()
    level = ask.one_of(levels(node), "level below")
    names, increment = (served(), 7) if ask.exact else (LIVE_FIELDS, "all_days")
    asked = {"level": level, "time_range": time_range(busy(ask, node)), "time_increment": increment}
    together = every_row(ask, f"{node.id}/insights", fields=names, **asked)
    for name in ask.some(names, 6):
        alone = every_row(ask, f"{node.id}/insights", fields=name, **asked)
        same(alone, projected(together, [name]), f"{name} alone is what it is among others")


@contract(
    "META-F2",
    "Fewer fields are a projection",
    sentence=FIELDS,
    page=PAGE,
    kind="metamorphic",
    live=Live.SAFE,
    calls=2,
    examples=12,
)
def fewer_fields(ask: Ask) -> None:
    """insights(some fields, in any order) = insights(more fields) without the rest."""
    node = ask.node()
    level = ask.one_of(levels(node), "level below")
    names = list(served() if ask.exact else LIVE_FIELDS)
    more = ask.draw(st.lists(st.sampled_from(names), min_size=2, unique=True), "more fields")
    fewer = ask.draw(st.lists(st.sampled_from(more), min_size=1, unique=True), "fewer fields")
    asked = {"level": level, "time_range": time_range(busy(ask, node, 2)), "time_increment": "monthly"}
    rows = every_row(ask, f"{node.id}/insights", fields=more, **asked)
    told = every_row(ask, f"{node.id}/insights", fields=fewer, **asked)
    same(told, projected(rows, fewer), "fewer fields are a projection of more")


@contract(
    "META-F3",
    "A row has exactly the fields asked for, and its dates",
    sentence="Documented and recorded: with fields, only what was asked, date_start and date_stop; a field without data"
    " is left out.",
    page=RECORDED,
    kind="honoured",
    live=Live.SAFE,
    calls=8,
    examples=6,
)
def exactly_these_fields(ask: Ask) -> None:
    """keys(row) = fields + dates, at every level and in every piece of time; live no key more."""
    node = ask.node()
    names = served() if ask.exact else LIVE_FIELDS
    drawn = ask.draw(st.lists(st.sampled_from(names), min_size=1, unique=True), "fields")
    increment = ask.one_of(INCREMENTS, "increment")
    for level, fields in [(level, fields) for level in ask.some(levels(node), 1) for fields in (drawn, list(names))]:
        asked = {"level": level, "time_range": time_range(busy(ask, node)), "time_increment": increment}
        for row in every_row(ask, f"{node.id}/insights", fields=fields, **asked):
            wanted = {*fields, *DATES}
            holds(row.keys() <= wanted, "no row has a field that nobody asked for", sorted(row), sorted(wanted))
            if ask.exact:
                lacking = wanted - row.keys() - may_be_missing(level)
                same(sorted(lacking), [], f"no row at level={level} lacks a field that was asked for")


@contract(
    "META-F4",
    "What was sent is left out only where it was not recorded",
    sentence="Assumed: without a record of what was sent, marketing_messages_delivery_rate is 0, as in the printed"
    " example, and marketing_messages_sent is left out.",
    page=PAGE,
    kind="identity",
    live=Live.MOCK,
    calls=1,
    examples=6,
)
def sent_is_recorded_or_not(ask: Ask) -> None:
    """marketing_messages_sent is absent only beside a delivery rate of 0 and messages delivered."""
    node = ask.node()
    rate, delivered = "marketing_messages_delivery_rate", "marketing_messages_delivered"
    asked = {"level": ask.one_of(levels(node), "level below"), "time_range": time_range(busy(ask, node, 2))}
    for row in every_row(ask, f"{node.id}/insights", fields=(SENT, rate, delivered), time_increment=7, **asked):
        if SENT not in row:
            told = {rate: row.get(rate), "delivered": row.get(delivered) != "0"}
            same(told, {rate: "0", "delivered": True}, "what was sent is left out only where it was not recorded")


@contract(
    "META-F5",
    "Without fields a row has its ids, impressions and spend",
    sentence="fields: Default behavior is to return impressions and spend. Recorded: with account_id, campaign_id,"
    " adset_id and ad_id down to the level, date_start and date_stop.",
    page="Marketing API reference, insights",
    kind="honoured",
    live=Live.SAFE,
    calls=8,
    examples=3,
)
def default_fields(ask: Ask) -> None:
    """insights() = insights(fields=ids of the level and above, impressions, spend), at every level."""
    node = ask.node()
    asked = {"time_range": time_range(busy(ask, node))}
    for level in ask.some(levels(node), 1):
        names = [*(IDS[one] for one in LEVELS[: LEVELS.index(level) + 1]), "impressions", "spend"]
        asked |= by_status(level)
        plain = every_row(ask, f"{node.id}/insights", level=level, **asked)
        same({key for row in plain for key in row}, {*names, *DATES}, f"what a row has at level={level} by default")
        told = every_row(ask, f"{node.id}/insights", level=level, fields=names, **asked)
        same(plain, told, "a row by default is one with these fields")


@contract(
    "META-F6",
    "Ids and names in a row are those of the objects",
    sentence="level: ad, adset, campaign, account; rows carry account_id, campaign_id, adset_id and ad_id by level.",
    page=RECORDED,
    kind="honoured",
    live=Live.SAFE,
    calls=12,
    examples=4,
)
def ids_and_names(ask: Ask) -> None:
    """A row's <level>_id and <level>_name are what reading that object tells, and its parents are the object's."""
    node = ask.node()
    level = ask.one_of(levels(node), "level below")
    names = [f"{one}_{part}" for one in LEVELS for part in ("id", "name")]
    asked = {"level": level, "fields": names, "time_range": time_range(busy(ask, node))}
    rows = every_row(ask, f"{node.id}/insights", **asked)
    known = LEVELS[: LEVELS.index(level) + 1]
    for row in spread(ask, rows, 2)[:12]:
        same(
            {key for key in row if key not in DATES} >= {f"{one}_id" for one in known}, True, "a row names its parents"
        )
        for at, one in enumerate(known):
            above = [f"{parent}_id" for parent in known[:at]]
            fields = ",".join(("name", *above)) if one != "account" else "name,account_id"
            prefix = "act_" if one == "account" else ""
            told = ask.graph.ok(f"{prefix}{row[f'{one}_id']}", {"fields": fields}).json
            same(row.get(f"{one}_name"), told.get("name"), f"{one}_name is the object's name")
            same({name: row[name] for name in above}, {name: told.get(name) for name in above}, "parents are its own")


@contract(
    "META-F7",
    "Every row is in the ad account's currency",
    sentence="account_currency, marketing_messages_spend_currency: the currency of the ad account.",
    page="Marketing API reference, AdsInsights",
    kind="honoured",
    live=Live.SAFE,
    calls=1,
    examples=8,
)
def one_currency(ask: Ask) -> None:
    """account_currency = marketing_messages_spend_currency = the account's currency, in every row."""
    node = ask.node()
    names = ("account_currency", "marketing_messages_spend_currency") if ask.exact else ("account_currency",)
    asked = {"level": ask.one_of(levels(node), "level below"), "time_range": time_range(busy(ask, node))}
    for row in every_row(ask, f"{node.id}/insights", fields=names, time_increment="monthly", **asked):
        told = {name: row.get(name) for name in names}
        same(told, dict.fromkeys(names, node.account.currency), "a row is in the account's currency")


@contract(
    "META-F8",
    "A row tells on which day its object was created and changed",
    sentence='Recorded of an ad: "created_time": "2021-02-11", "updated_time": "2021-08-27", its optimization_goal.',
    page=RECORDED,
    kind="honoured",
    live=Live.SAFE,
    calls=4,
    examples=6,
)
def days_of_objects(ask: Ask) -> None:
    """created_time, updated_time and optimization_goal of a row are those of its object, times as local days."""
    node = ask.node()
    level = ask.one_of(levels(node), "level below")
    asked = {"level": level, "fields": (f"{level}_id", *KINDS), **by_status(level)}
    asked |= {"date_preset": "maximum"} if ask.exact else {"time_range": time_range(busy(ask, node))}
    for row in spread(ask, every_row(ask, f"{node.id}/insights", **asked), 3)[: 12 if ask.exact else 3]:
        told = {name: row[name] for name in KINDS if name in row}
        if level == "account":
            same(told, {}, "an ad account has none of these")
            continue
        goal = {"optimization_goal"} if level == "adset" else set()
        names = {"created_time", "updated_time", *goal}
        found = ask.graph.ok(row[f"{level}_id"], {"fields": ",".join(sorted(names))}).json
        wanted = {name: found[name][:10] if name.endswith("_time") else found[name] for name in names}
        same({name: told.get(name) for name in names}, wanted, f"a row tells what its {level} tells")
