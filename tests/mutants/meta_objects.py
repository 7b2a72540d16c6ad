"""Graph objects that are told wrongly, and limits that count wrongly."""

# a wrapper has the arguments of what it stands for

from dataclasses import replace
from typing import Any

from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import errors, objects
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, around

Row = dict[str, Any]
LIMITS = "mockserver.vendors.meta.limits"


def _hundredth(name: str) -> Any:
    def edit(row: Row) -> None:
        if row.get(name):
            row[name] = type(row[name])(int(row[name]) // 100)

    return objects(edit)


def _put(name: str, change: Any) -> Any:
    return objects(lambda row: row.update({name: change(row[name])}) if name in row else None)


def _alone(change: Any) -> Any:
    """*change* edits an object that is read by its id, and not in a list."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.vendor != "meta" or asked.operation != "object" or not reply.good:
            return reply
        body = reply.json
        change(body)
        return reply.holding(body)

    return bend


def _named_differently(body: Row) -> None:
    if "name" in body and "id" in body:
        body["name"] = body["name"].strip() + " "


def _alone_lacks(body: Row) -> None:
    if len(body) == 2 and "created_time" in body:
        body["created_time"] = body["created_time"].replace(":00-", ":01-").replace(":00+", ":01+")


def _forgets(asked: Asked, inner: Inner) -> Reply:
    """A list loses one more of its rows with every 20 calls."""
    reply = inner(asked)
    asked.kept["calls"] = asked.kept.get("calls", 0) + 1
    lost = asked.kept["calls"] // 20 if asked.operation in ("ads", "insights") else 0
    return reply.listing(reply.rows[lost:]) if lost and reply.rows else reply


def _from_first_call(settle: Any, window: Any, now: float, period: float) -> None:
    """Windows do not slide: all calls are forgotten once the first is a period old."""
    settle(window, now, 10 * period)
    if window.times and window.times[0] <= now - period:
        window.times.clear()


def _anonymous_expiry(row: Row) -> None:
    if "has expired" in row["message"]:
        row["message"] = "Error validating access token: Session has expired."


def _small(budgets: Any, *arguments: Any) -> Any:
    """Full access counts as limited access."""
    return [replace(one, limit=60) if one.limit == 9000 else one for one in budgets(*arguments)]


MUTANTS = (
    Mutant("meta-object-spent", "format", "amount_spent is told in whole units, not hundredths.", "META-O6",
           _hundredth("amount_spent")),
    Mutant("meta-object-budget", "format", "Daily budgets are told in whole units.", "META-O4",
           _hundredth("daily_budget")),
    Mutant("meta-object-created", "format", "Objects were created in 2020.", "META-O3",
           _put("created_time", lambda text: f"2020{text[4:]}")),
    Mutant("meta-object-zone", "format", "Every ad account is in UTC.", "META-O2",
           _put("timezone_name", lambda _: "UTC")),
    Mutant("meta-object-state", "format", "Ad accounts are disabled.", "META-O9", _put("account_status", lambda _: 2)),
    Mutant("meta-object-name", "format", "An object read alone has another name than in a list.", "META-E5",
           _alone(_named_differently)),
    Mutant("meta-object-alone", "count", "created_time alone is a second later.", "META-E9", _alone(_alone_lacks)),
    Mutant("meta-object-forgotten", "state", "Lists lose one more row with every 20 calls.", "META-N1", _forgets),
    Mutant("meta-object-expiry", "words", "An expired token is not told when it expired.", "META-U17",
           errors("meta", _anonymous_expiry)),
    Mutant("meta-limit-fixed", "throttle", "The seconds of a limit do not slide.", "META-TH5",
           around("mockserver.gate.throttle:Window.settle", _from_first_call)),
    Mutant("meta-limit-tier", "throttle", "Full access has the limits of limited access.", "META-TH6",
           around(f"{LIMITS}:budgets", _small)),
    Mutant("meta-limit-ads", "throttle", "Active ads add nothing to an account's calls.", "META-TH13",
           Patch("mockserver.world.now:World.active_ads", lambda _: lambda world, account: 0)),
    Mutant("meta-limit-case", "throttle", "Objects and lists count as insights.", "META-TH12",
           Patch(f"{LIMITS}:case_of", lambda _: lambda exchange: "ads_insights")),
)  # fmt: skip
