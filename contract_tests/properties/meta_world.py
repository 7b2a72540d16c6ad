"""A mock serves what its world file says: every object with its name, ids, status, budget, schedule and times."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..ask import Ask
from ..dates import iso_instant
from ..expect import holds, same
from ..found import Account
from ..outcomes import OutOfScope
from ..property import Live, contract
from .meta_lists import LEVEL, listed, of_status, some_accounts
from .meta_rows import RECORDED, STATUSES, Row, every_row

PAGE = "schemas/world.json"
CONSTANTS: dict[str, dict[str, Any]] = {
    "campaigns": {
        "is_message_campaign": True, "objective": "OUTCOME_ENGAGEMENT", "buying_type": "AUCTION",
        "source_campaign_id": "0",
    },
    "adsets": {"source_adset_id": "0"},
    "ads": {"source_ad_id": "0"},
}  # fmt: skip
ACCOUNT = "account_id,name,currency,timezone_name,timezone_id,created_time"
SENTENCE = "Assumed of a mock: what the world file says is what is served."


def campaigns(ask: Ask, account: Account) -> list[Row]:
    """The campaigns of *account* in the world file; raises OutOfScope where there is no world file."""
    if ask.profile.world is None:
        raise OutOfScope("there is no world file to compare with")
    return [one for one in ask.profile.world["campaigns"] if one["account_id"] == account.number]


def objects(ask: Ask, account: Account) -> Iterator[tuple[str, Row, list[Row]]]:
    """Each object in the world file: its edge, its entry, and the entries above it, the campaign first."""
    for campaign in campaigns(ask, account):
        yield "campaigns", campaign, []
        for adset in campaign["adsets"]:
            yield "adsets", adset, [campaign]
            for ad in adset["ads"]:
                yield "ads", ad, [campaign, adset]


@contract(
    "META-O1",
    "Every object of the world file is served, and no other",
    sentence=SENTENCE,
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=3,
    examples=1,
)
def every_object(ask: Ask) -> None:
    """campaigns, adsets and ads = those of the world file, with their names, ids and statuses."""
    for account in some_accounts(ask):
        entries = list(objects(ask, account))
        for edge in LEVEL:
            above = ["campaign_id", "adset_id"][: list(LEVEL).index(edge)]
            fields = ",".join(("name", "status", "account_id", *above))
            path = f"{account.id}/{edge}"
            told = {row["id"]: row for row in every_row(ask, path, fields=fields, **of_status(*STATUSES))}
            wanted = {
                one["id"]: {"id": one["id"], "name": one["name"], "status": one.get("status", "ACTIVE")}
                | {"account_id": account.number}
                | {name: parent["id"] for name, parent in zip(above, parents, strict=True)}
                for own, one, parents in entries
                if own == edge
            }
            same(sorted(told), sorted(wanted), f"the {edge} of the world file are listed")
            for one, row in wanted.items():
                same(told[one], row, f"one of the {edge} is what the world file says")


@contract(
    "META-O2",
    "Ad accounts are those of the world file",
    sentence=SENTENCE,
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=4,
    examples=1,
)
def every_account(ask: Ask) -> None:
    """me/adaccounts = the token's accounts in the world file, of a token that sees few as well; me is its user."""
    world = ask.profile.world
    if world is None:
        raise OutOfScope("there is no world file to compare with")
    assert ask.profile.meta
    narrow = ask.profile.meta.tokens.get("narrow")
    for token in (ask.graph.token, narrow) if narrow else (ask.graph.token,):
        entry = next(one for one in world["credentials"]["access_tokens"] if one["token"] == token.token)
        user = {"id": entry["user_id"], "name": entry["user_name"]}
        same(ask.graph.ok("me", {"fields": "id,name"}, token=token).json, user, "the token's user is the world file's")
        answer = ask.graph.ok("me/adaccounts", {"fields": ACCOUNT, "limit": 5000}, token=token)
        known = {one["id"]: one for one in world["accounts"] if one["id"] in entry["accounts"]}
        same(sorted(row["account_id"] for row in answer.rows), sorted(known), "the token sees its ad accounts")
        for row in answer.rows:
            _account_is(row, known[row["account_id"]])


def _account_is(row: Row, entry: Row) -> None:
    """*row*, an ad account, is *entry* of the world file."""
    wanted = {name: entry[name] for name in ("name", "currency", "timezone_name")}
    wanted |= {"timezone_id": entry["timezone_id"]} if "timezone_id" in entry else {}
    same({name: row.get(name) for name in wanted}, wanted, "an ad account is what the world file says")
    _same_time(row["created_time"], entry["created_time"], "an ad account's creation")


def _same_time(told: str, entry: str, what: str) -> None:
    same(iso_instant(told), iso_instant(entry).replace(microsecond=0), f"{what} is that of the world file")


@contract(
    "META-O3",
    "Objects were created when the world file says, and nothing was updated before",
    sentence="created_time and updated_time, printed as 2024-05-01T09:00:00-0700, in the ad account's time zone.",
    page="Marketing API reference, Campaign, AdSet, Ad",
    kind="honoured",
    live=Live.MOCK,
    calls=3,
    examples=1,
)
def object_times(ask: Ask) -> None:
    """created_time is the world file's, in the account's time zone; updated_time is no earlier."""
    for account in some_accounts(ask):
        entries = {one["id"]: one for _, one, _ in objects(ask, account)}
        for edge in LEVEL:
            for row in listed(ask, account, edge, fields="created_time,updated_time"):
                entry, created, updated = entries[row["id"]], row["created_time"], row["updated_time"]
                if "created_time" in entry:
                    _same_time(created, entry["created_time"], f"the creation of one of the {edge}")
                if "updated_time" in entry:
                    later = max(entry["updated_time"], entry["created_time"], key=iso_instant)
                    _same_time(updated, later, f"the last update of one of the {edge}")
                holds(iso_instant(created) <= iso_instant(updated), "an update comes after creation", updated, created)
                for told in (created, updated):
                    local = iso_instant(told).astimezone(ZoneInfo(account.timezone_name)).strftime("%z")
                    same(told[-5:], local, "a time is told in the ad account's time zone")


@contract(
    "META-O4",
    "Ad sets have the budget, the pixel and the schedule of the world file",
    sentence="Assumed: daily_budget and lifetime_budget are in hundredths of the account's currency, 0 for none.",
    page="Marketing API reference, AdSet",
    kind="honoured",
    live=Live.MOCK,
    calls=2,
    examples=1,
)
def ad_sets(ask: Ask) -> None:
    """An ad set = its entry: budgets as they are (0 for none), first and last moment of its days, pixel and page."""
    for account in some_accounts(ask):
        entries = {one["id"]: (one, above[0]) for edge, one, above in objects(ask, account) if edge == "adsets"}
        fields = "daily_budget,lifetime_budget,promoted_object,start_time,end_time"
        for row in listed(ask, account, "adsets", fields=fields):
            one, campaign = entries[row["id"]]
            wanted: dict[str, Any] = {name: str(one.get(name, 0)) for name in ("daily_budget", "lifetime_budget")}
            wanted["promoted_object"] = {"page_id": campaign["page_id"]}
            wanted["promoted_object"] |= {"pixel_id": one["pixel_id"]} if "pixel_id" in one else {}
            wanted |= _schedule([one], account, "end_time")
            same({name: row.get(name) for name in wanted}, wanted, "an ad set is what the world file says")
        for row in listed(ask, account, "campaigns", fields="start_time,stop_time"):
            below = next(one for one in campaigns(ask, account) if one["id"] == row["id"])["adsets"]
            wanted = _schedule(below, account, "stop_time")
            same({name: row.get(name) for name in wanted}, wanted, "a campaign runs from its first ad set to its last")


def _schedule(adsets: list[Row], account: Account, end: str) -> dict[str, str | None]:
    """start_time and the property *end* over *adsets*: none where one of them has no end."""
    zone = ZoneInfo(account.timezone_name)
    start = min(date.fromisoformat(one["start_date"]) for one in adsets)
    ends = [one.get("end_date") for one in adsets]
    last = None if None in ends else max(date.fromisoformat(str(one)) for one in ends)
    moments = {
        "start_time": datetime.combine(start, datetime.min.time(), zone),
        end: last and datetime.combine(last, datetime.max.time(), zone),
    }
    return {name: at.strftime("%Y-%m-%dT%H:%M:%S%z") if at else None for name, at in moments.items()}


@contract(
    "META-O7",
    "Without fields an object tells its id, an account also its number, a user the name",
    sentence="Assumed: without fields an object tells its id, an ad account account_id and id, a user name and id.",
    page=RECORDED,
    kind="honoured",
    live=Live.MOCK,
    calls=5,
    examples=3,
)
def default_of_objects(ask: Ask) -> None:
    """GET /1 = {"id": "1"}; GET /act_1 = {"account_id": "1", "id": "act_1"}; GET /me has name and id."""
    account = ask.account()
    wanted = {"account_id": account.number, "id": account.id}
    same(ask.graph.ok(account.id).json, wanted, "what an ad account tells by default")
    node = ask.node("campaign", "adset", "ad")
    same(ask.graph.ok(node.id).json, {"id": node.id}, f"what a {node.level} tells by default")
    same(sorted(ask.graph.ok("me").json), ["id", "name"], "what a user tells by default")


@contract(
    "META-O9",
    "What a world does not tell of its objects is the same for all of them",
    sentence='Measured: lineage ids use "0" as none; balance is a string, account_status an int. Assumed: all are'
    " message campaigns, bought at auction for engagement.",
    page=RECORDED,
    kind="honoured",
    live=Live.MOCK,
    calls=4,
    examples=1,
)
def the_same_for_all(ask: Ask) -> None:
    """source ids are "0", campaigns are message campaigns, accounts are active and owe nothing."""
    for account in some_accounts(ask):
        for edge, constants in CONSTANTS.items():
            for row in listed(ask, account, edge, fields=",".join(constants)):
                same({name: row.get(name) for name in constants}, constants, f"what all {edge} have in common")
        active = {"account_status": 1, "balance": "0"}
        told = ask.graph.ok(account.id, {"fields": "account_status,balance"}).json
        same({name: told.get(name) for name in active}, active, "an ad account is active and owes nothing")
