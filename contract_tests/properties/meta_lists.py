"""Lists of campaigns, ad sets, ads and ad accounts: newest first, complete, each entry what reading it tells."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from ..ask import Ask
from ..dates import iso_instant
from ..expect import same
from ..found import Account, accounts
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..target import operation
from .meta_rows import RECORDED, STATUSES, Row, among, every_row, spread

SENTENCE = "Measured: object lists are newest first; several filters AND; summary=true adds summary.total_count."
PAGE = "Marketing API reference, edges of AdAccount"
LEVEL = {"campaigns": "campaign", "adsets": "adset", "ads": "ad"}
BY_DEFAULT = ("ACTIVE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED")
LISTABLE = tuple(one for one in STATUSES if one != "DELETED")
EVERY = ",".join(LISTABLE)


def told(kind: str) -> tuple[str, ...]:
    """The fields of an object of *kind* that the contract answers."""
    properties = operation("meta", kind).record["properties"]
    return tuple(name for name, part in properties.items() if "x-from" in part)


def listed(ask: Ask, account: Account, edge: str, **parameters: str) -> list[Row]:
    """Everything on *edge* of *account*, whatever its status; what is deleted is never listed."""
    return every_row(ask, f"{account.id}/{edge}", **{"effective_status": EVERY, **parameters})


def of_status(*statuses: str) -> dict[str, Any]:
    """The filter by which what is deleted is listed, too: as a pipeline sends it (assumed)."""
    return among("effective_status", statuses)


def some_accounts(ask: Ask) -> list[Account]:
    """All ad accounts, or one of them at the quick effort and live."""
    return ask.some(accounts(ask), 1)


def edges(ask: Ask) -> Iterator[tuple[Account, str]]:
    """Every edge of every ad account, or one."""
    yield from ask.some([(account, edge) for account in accounts(ask) for edge in LEVEL], 1)


@contract(
    "META-E1",
    "Objects are listed newest first, none twice",
    sentence=SENTENCE,
    page=PAGE,
    kind="honoured",
    live=Live.TOLERANT,
    calls=6,
    examples=1,
)
def newest_first(ask: Ask) -> None:
    """created_time never grows along a list, and ids differ."""
    for account, edge in edges(ask):
        rows = listed(ask, account, edge, fields="id,created_time")
        same(len({row["id"] for row in rows}), len(rows), f"no object comes twice among the {edge}")
        ages = [iso_instant(row["created_time"]) for row in rows]
        grown = [str(later) for earlier, later in pairwise(ages) if later > earlier]
        same(grown, [], f"the newest of the {edge} comes first")


@contract(
    "META-E2",
    "effective_status lists what a client would choose",
    sentence="Query as edges with status filter: Yes if status filter contains ARCHIVED.",
    page=PAGE,
    kind="honoured",
    live=Live.TOLERANT,
    calls=90,
    examples=1,
)
def statuses_filter(ask: Ask) -> None:
    """ads(effective_status = s) = ads() with that status, for every s, several s, and none."""
    for account, edge in edges(ask):
        rows = listed(ask, account, edge, fields="id,effective_status")
        two = ask.draw(st.lists(st.sampled_from(LISTABLE), min_size=2, max_size=3, unique=True), "statuses")
        for wanted in [*([one] for one in ask.some(LISTABLE)), two]:
            got = listed(ask, account, edge, fields="id,effective_status", effective_status=",".join(wanted))
            same(got, [row for row in rows if row["effective_status"] in wanted], f"{edge} with {', '.join(wanted)}")
        plain = every_row(ask, f"{account.id}/{edge}", fields="id,effective_status")
        usual = [row for row in rows if row["effective_status"] in BY_DEFAULT] if ask.exact else plain
        same(plain, usual, f"{edge} leaves out what is deleted or archived")


@contract(
    "META-E3",
    "An object's status follows from its own and those above",
    sentence="effective_status: CAMPAIGN_PAUSED, ADSET_PAUSED: paused above. Assumed: deleted above wins.",
    page=PAGE,
    kind="identity",
    live=Live.MOCK,
    calls=3,
    examples=3,
)
def statuses_follow(ask: Ask) -> None:
    """effective_status = gone above, else one's own, else paused above; configured_status = status."""
    account = ask.account()
    above: dict[str, Row] = {}
    for edge, level in LEVEL.items():
        parents = [f"{one}_id" for one in list(LEVEL.values())[: list(LEVEL).index(edge)]]
        fields = ",".join(("id,status,configured_status,effective_status", *parents))
        for row in listed(ask, account, edge, fields=fields):
            chain = [row, *(above[row[name]] for name in parents[::-1])]
            same(row["configured_status"], row["status"], f"the configured status of the {level} is its status")
            wanted = _effective([one["status"] for one in chain])
            same(row["effective_status"], wanted, f"the {level}'s status follows from its own and those above")
            above[row["id"]] = row


def _effective(chain: list[str]) -> str:
    """The effective status for the statuses of an object and what is above it, lowest first."""
    gone = next((status for status in chain if status in ("DELETED", "ARCHIVED")), None)
    if gone or chain[0] != "ACTIVE":
        return gone or chain[0]
    names = ["ADSET", "CAMPAIGN"][2 - len(chain[1:]) :] if chain[1:] else []
    paused = [name for name, status in zip(names, chain[1:], strict=True) if status == "PAUSED"]
    return f"{paused[-1]}_PAUSED" if paused else "ACTIVE"


@contract(
    "META-E4",
    "summary.total_count is the number of all rows, and told only when asked for",
    sentence="Recorded: list edges send summary=true; cursor.total needs summary.total_count.",
    page=RECORDED,
    kind="honoured",
    live=Live.TOLERANT,
    calls=16,
    examples=2,
)
def totals(ask: Ask) -> None:
    """summary.total_count = |all rows|, whatever the page, on every list."""
    account = ask.account()
    for path in (*(f"{account.id}/{edge}" for edge in LEVEL), "me/adaccounts"):
        rows = every_row(ask, path)
        for spelled in ask.some(("true", "1", "total_count", '["total_count"]') if ask.exact else ("true",), 1):
            for limit in (1, 3, 5000):
                body = ask.graph.ok(path, {"summary": spelled, "limit": limit}).json
                same(body.get("summary"), {"total_count": len(rows)}, f"summary={spelled} counts all rows of {path}")
        same("summary" in ask.graph.ok(path, {"limit": 2}).json, False, "nobody asked for a summary")


@contract(
    "META-E5",
    "Every listed object can be read by its id, and tells the same",
    sentence="GET /<id> reads a campaign, ad set or ad; lists hold the same objects.",
    page=PAGE,
    kind="metamorphic",
    live=Live.SAFE,
    calls=120,
    examples=1,
)
def listed_and_read(ask: Ask) -> None:
    """An entry of a list = GET of its id with the same fields."""
    for account, edge in edges(ask):
        fields = ",".join(told(LEVEL[edge]) if ask.exact else ("id", "name", "status", "created_time"))
        for row in spread(ask, listed(ask, account, edge, fields=fields)):
            read = ask.graph.ok(row["id"], {"fields": fields}).json
            same(read, row, f"reading {row['id']} tells what its entry among the {edge} tells")


@contract(
    "META-E6",
    "Lists of a campaign and of an ad set are those of the account that belong to it",
    sentence="GET /<campaign_id>/ads, /<campaign_id>/adsets, /<adset_id>/ads.",
    page="Marketing API reference, edges of Campaign and AdSet",
    kind="metamorphic",
    live=Live.TOLERANT,
    calls=30,
    examples=3,
)
def lists_below(ask: Ask) -> None:
    """ads(campaign) = ads(account) with its campaign_id, and so for ad sets, with and without their statuses."""
    account = ask.account()
    asked = {"fields": "id,name,campaign_id,effective_status"}
    usual = ask.draw(st.booleans(), "usual statuses")
    status = {} if usual else {"effective_status": EVERY}
    for parent, edge in (("campaign", "adsets"), ("campaign", "ads"), ("adset", "ads")):
        fields = asked["fields"] + (",adset_id" if edge == "ads" else "")
        every = every_row(ask, f"{account.id}/{edge}", fields=fields, **status)
        for one in spread(ask, listed(ask, account, f"{parent}s", fields="id")):
            own = every_row(ask, f"{one['id']}/{edge}", fields=fields, **status)
            same(own, [row for row in every if row[f"{parent}_id"] == one["id"]], f"{edge} of a {parent} are its own")


@contract(
    "META-E14",
    "A limit of nothing counts alone",
    sentence="summary=true adds summary.total_count; assumed of a limit of 0, as clients count.",
    page=PAGE,
    kind="honoured",
    live=Live.TOLERANT,
    calls=12,
    examples=1,
)
def nothing_but_a_count(ask: Ask) -> None:
    """campaigns(limit=0, summary) = no rows, no paging, and the count of the whole list."""
    for account, edge in edges(ask):
        path, asked = f"{account.id}/{edge}", {"summary": "total_count", "fields": "id"}
        count = ask.graph.ok(path, {**asked, "limit": 1}).json.get("summary")
        same(ask.graph.ok(path, {**asked, "limit": 0}).json, {"data": [], "summary": count}, f"{edge} counted alone")


@contract(
    "META-E8",
    "Every ad account of the token can be read",
    sentence="GET /me/adaccounts lists the ad accounts that the token may see.",
    page="Marketing API reference, AdAccount",
    kind="metamorphic",
    live=Live.SAFE,
    calls=4,
    examples=1,
)
def accounts_read(ask: Ask) -> None:
    """An entry of me/adaccounts = GET of its id; its id is act_ and its account_id."""
    fields = ",".join(told("adaccount")) if ask.exact else "id,account_id,name,currency,timezone_name,created_time"
    rows = every_row(ask, "me/adaccounts", fields=fields)
    if not rows:
        raise OutOfScope("the token sees no ad account")
    for row in ask.some(rows, 2)[: 5 if ask.exact else 1]:
        same(row["id"], f"act_{row['account_id']}", "an ad account's id is act_ and its account_id")
        same(ask.graph.ok(row["id"], {"fields": fields}).json, row, "reading an ad account tells what its entry tells")
