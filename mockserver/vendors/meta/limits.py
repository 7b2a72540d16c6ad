"""Meta's limits: what a call counts against, and the headers that tell how much is spent."""

from collections.abc import Mapping
from math import ceil
from typing import Any

import orjson

from mockserver.gate.throttle import Budget, Usage
from mockserver.pipeline import Exchange, Runtime
from mockserver.vendors.meta import kinds
from mockserver.vendors.meta.calls import COMPOSED, INSIGHTS
from mockserver.world.entities import AccessToken, Account
from mockserver.world.now import World
from mockserver.world.reports import Report

HOUR = 3600.0
READ, WRITE = 1, 3
MOST_TOLD = 32  # ad accounts in one header
LIMITS = frozenset({"app_limit", "user_limit", "account_limit", "buc_insights", "buc_management"})
DECAY = 300.0  # seconds in which an ad account's score decays
# ad-account score: tier → (most, seconds blocked)
SCORES = {"development_access": (60, 300.0), "standard_access": (9000, 60.0)}
# business use case → calls an hour by tier, calls more for each active ad, refusal
CASES = {
    "ads_insights": ({"development_access": 600, "standard_access": 190_000}, 400, "buc_insights"),
    "ads_management": ({"development_access": 300, "standard_access": 100_000}, 40, "buc_management"),
}


def budgets(runtime: Runtime, exchange: Exchange) -> list[Budget]:
    """The app's hourly calls, then for an ad account the calls of its business use case and its score.

    "Each call within the batch is counted separately": what is made of calls counts for nothing itself.
    """
    if exchange.operation.name in COMPOSED:
        return []
    found = [app_budget(exchange.caller)]
    case = case_of(exchange)
    for account in accounts_of(runtime.world, exchange):
        cost = WRITE if exchange.operation.methods == ("DELETE",) else READ
        found += [case_budget(runtime, account, case), score_budget(account, case, cost)]
    return found


def accounts_of(world: World, exchange: Exchange) -> list[Account]:
    """The ad accounts that the call is about, if there are any."""
    subject = exchange.subject
    if isinstance(subject, Report):
        return [subject.account]
    things = subject if isinstance(subject, tuple) else () if subject is None else (subject,)
    found = (kinds.account_of(world, thing) for thing in things)
    return list(dict.fromkeys(one for one in found if one is not None))


def case_of(exchange: Exchange) -> str:
    """The business use case of the call: insights and their reports have their own."""
    name = exchange.operation.name
    of_ids = name == "ids_edge" and exchange.request.path.rstrip("/").endswith("/insights")
    return "ads_insights" if name in INSIGHTS or of_ids else "ads_management"


def app_budget(token: AccessToken) -> Budget:
    """200 calls an hour for each of the app's users."""
    return Budget(("meta", "app", token.app.id), 200 * token.app.users, HOUR, "app_limit")


def case_budget(runtime: Runtime, account: Account, case: str) -> Budget:
    """What the account's access tier allows in an hour, more for each active ad, less for errors of insights calls."""
    tiers, for_each_ad, error = CASES[case]
    limit = tiers[account.ads_api_access_tier] + for_each_ad * runtime.world.active_ads(account)
    # "- 0.001 * User Errors"
    errors = runtime.throttle.noted(_errors(account), HOUR) if case == "ads_insights" else 0
    return Budget(("meta", case, account.id), max(limit - errors // 1000, 1), HOUR, error)


def score_budget(account: Account, case: str, cost: int = READ) -> Budget:
    """A read scores 1, a write 3; 613 answers insights calls, 17 the others."""
    most, block = SCORES[account.ads_api_access_tier]
    error = "account_limit" if case == "ads_insights" else "user_limit"
    return Budget(("meta", "score", account.id), most, DECAY, error, block, cost)


def note_error(runtime: Runtime, exchange: Exchange, error: str) -> None:
    """Count an insights call that its caller got wrong; a spent limit is no such error."""
    if exchange.named is None or error in LIMITS or case_of(exchange) != "ads_insights":
        return
    for account in accounts_of(runtime.world, exchange) if exchange.operation.name not in COMPOSED else ():
        runtime.throttle.note(_errors(account))


def _errors(account: Account) -> tuple[str, ...]:
    return "meta", "user errors", account.id


def usage_headers(runtime: Runtime, exchange: Exchange) -> list[tuple[str, str]]:
    """x-app-usage, and for ad accounts the account, business-use-case and insights usage, of several the worst."""
    throttle = runtime.throttle
    app = throttle.usage(app_budget(exchange.caller))
    headers = [("x-app-usage", _text(_spent(app)))]
    accounts = accounts_of(runtime.world, exchange)[:MOST_TOLD]
    if not accounts:
        return headers
    case = case_of(exchange)
    scores = {one: throttle.usage(score_budget(one, case)) for one in accounts}
    spent = {one: throttle.usage(case_budget(runtime, one, case)) for one in accounts}
    worst, busiest = _worst(scores), _worst(spent)
    headers.append(("x-ad-account-usage", _text(_account_usage(scores[worst], worst.ads_api_access_tier))))
    told = {one.id: [_case_usage(case, spent[one], one)] for one in accounts}
    headers.append(("x-business-use-case-usage", _text(told)))
    if case == "ads_insights":
        headers.append(("x-fb-ads-insights-throttle", _text(_insights_usage(spent[busiest], app, busiest))))
    return headers


def _worst(usages: Mapping[Account, Usage]) -> Account:
    return max(usages, key=lambda one: usages[one].percent)


def _case_usage(case: str, usage: Usage, account: Account) -> dict[str, Any]:
    return {
        "type": case,
        **_spent(usage),
        "estimated_time_to_regain_access": ceil(usage.wait / 60),
        "ads_api_access_tier": account.ads_api_access_tier,
    }


def _insights_usage(insights: Usage, app: Usage, account: Account) -> dict[str, Any]:
    return {
        "app_id_util_pct": _hundredths(app),
        "acc_id_util_pct": _hundredths(insights),
        "ads_api_access_tier": account.ads_api_access_tier,
    }


def _account_usage(score: Usage, tier: str) -> dict[str, Any]:
    return {
        "acc_id_util_pct": _hundredths(score),
        "reset_time_duration": ceil(score.wait or DECAY),
        "ads_api_access_tier": tier,
    }


def _spent(usage: Usage) -> dict[str, int]:
    percent = int(usage.percent)
    return {"call_count": percent, "total_cputime": percent, "total_time": percent}


def _hundredths(usage: Usage) -> float:
    """The percentage with two decimals, never rounded up: 100 is said of a spent budget alone."""
    return int(usage.percent * 100) / 100


def _text(value: dict[str, Any]) -> str:
    return orjson.dumps(value).decode()
