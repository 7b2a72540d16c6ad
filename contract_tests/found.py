"""What a target has, found by reading it: ad accounts, the objects in them, and the months in which they delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from .expect import ok
from .outcomes import OutOfScope
from .wire import Answer

if TYPE_CHECKING:
    from .ask import Ask

LEVELS = ("account", "campaign", "adset", "ad")
MOST_ACCOUNTS = 5


@dataclass(frozen=True, slots=True)
class Account:
    """An ad account; *id* with its act_ prefix."""

    id: str
    currency: str
    timezone_name: str
    created: date
    name: str

    @property
    def number(self) -> str:
        """The id without act_."""
        return self.id.removeprefix("act_")


@dataclass(frozen=True, slots=True)
class Node:
    """An ad account, campaign, ad set or ad that has delivered; *months* are the spans of its monthly rows."""

    id: str
    level: str
    account: Account
    months: tuple[tuple[date, date], ...]


def accounts(ask: "Ask") -> tuple[Account, ...]:
    """The ad accounts that the profile names, or that its token sees; those with little to spend come last."""
    found = ask.target.kept.get("accounts")
    if found is None:
        found = ask.target.kept["accounts"] = tuple(_accounts(ask))
    if not found:
        raise OutOfScope("the token sees no ad account")
    return tuple(found)


def _accounts(ask: "Ask") -> list[Account]:
    assert ask.profile.meta
    fields = {"fields": "id,currency,timezone_name,created_time,name"}
    named = ask.profile.meta.accounts
    if named:
        answers = [ask.graph.ok(one, fields) for one in named]
        return [_account(answer.json) for answer in answers]
    listed = ask.graph.ok("me/adaccounts", {**fields, "limit": 100}).rows[:MOST_ACCOUNTS]
    # one that an earlier run has spent is refused, and tells its tier all the same
    tiers = (
        {row["id"]: _tier(ask.graph.call(row["id"], raw=ask.exact)) for row in listed} if ask.target.throttle else {}
    )
    mighty = [row for row in listed if tiers.get(row["id"]) != "development_access"]
    return [_account(row) for row in mighty or listed]


def _tier(answer: Answer) -> str:
    """The access tier that the usage headers tell: a development tier is too small to ask much of."""
    return "development_access" if "development_access" in answer.headers.get("x-ad-account-usage", "") else ""


def _account(row: Mapping[str, Any]) -> Account:
    created = date.fromisoformat(row["created_time"][:10])
    return Account(row["id"], row["currency"], row["timezone_name"], created, row.get("name", ""))


def nodes(ask: "Ask", level: str) -> tuple[Node, ...]:
    """The objects of *level* that have delivered in the last 37 months, in every account."""
    key = f"nodes/{level}"
    if key not in ask.target.kept:
        ask.target.kept[key] = tuple(node for account in accounts(ask) for node in _nodes(ask, account, level))
    found: tuple[Node, ...] = ask.target.kept[key]
    if not found:
        raise OutOfScope(f"no object of level {level} has delivered anything")
    return found


def _nodes(ask: "Ask", account: Account, level: str) -> list[Node]:
    asked = {"level": level, "date_preset": "maximum", "time_increment": "monthly", "limit": 5000}
    asked["fields"] = f"{level}_id,impressions"
    spans: dict[str, list[tuple[date, date]]] = {}
    for row in ok(ask.graph.call(f"{account.id}/insights", asked)).rows:
        span = date.fromisoformat(row["date_start"]), date.fromisoformat(row["date_stop"])
        spans.setdefault(str(row[f"{level}_id"]), []).append(span)
    prefix = "act_" if level == "account" else ""
    return [Node(prefix + one, level, account, tuple(sorted(months))) for one, months in spans.items()]
