"""Meta's limits: what a call counts against, and the headers that tell how much is spent."""

from math import ceil
from typing import Any

import orjson

from mockserver.gate.throttle import Budget, Usage
from mockserver.pipeline import Exchange, Runtime
from mockserver.vendors.meta import kinds
from mockserver.world.entities import AccessToken, Account
from mockserver.world.now import World

HOUR = 3600.0
DECAY = 300.0  # seconds in which an ad account's score decays
# ad-account score: tier → (most, seconds blocked)
SCORES = {"development_access": (60, 300.0), "standard_access": (9000, 60.0)}
# business use case → calls an hour by tier, calls more for each active ad, refusal
CASES = {
    "ads_insights": ({"development_access": 600, "standard_access": 190_000}, 400, "buc_insights"),
    "ads_management": ({"development_access": 300, "standard_access": 100_000}, 40, "buc_management"),
}


def budgets(runtime: Runtime, exchange: Exchange) -> list[Budget]:
    """The app's hourly calls, then for an ad account the calls of its business use case and its score."""
    found = [app_budget(exchange.caller)]
    account = account_of(runtime.world, exchange)
    if account is None:
        return found
    case = case_of(exchange)
    return [*found, case_budget(runtime.world, account, case), score_budget(account, case)]


def account_of(world: World, exchange: Exchange) -> Account | None:
    """The ad account that the call is about, if there is one."""
    return None if exchange.subject is None else kinds.account_of(world, exchange.subject)


def case_of(exchange: Exchange) -> str:
    """The business use case of the call: insights have their own."""
    return "ads_insights" if exchange.operation.name == "insights" else "ads_management"


def app_budget(token: AccessToken) -> Budget:
    """200 calls an hour for each of the app's users."""
    return Budget(("meta", "app", token.app.id), 200 * token.app.users, HOUR, "app_limit")


def case_budget(world: World, account: Account, case: str) -> Budget:
    """What the account's access tier allows in an hour, and more for each active ad."""
    tiers, for_each_ad, error = CASES[case]
    limit = tiers[account.ads_api_access_tier] + for_each_ad * world.active_ads(account)
    return Budget(("meta", case, account.id), limit, HOUR, error)


def score_budget(account: Account, case: str) -> Budget:
    """A read scores 1; 613 answers insights calls, 17 the others."""
    most, block = SCORES[account.ads_api_access_tier]
    error = "account_limit" if case == "ads_insights" else "user_limit"
    return Budget(("meta", "score", account.id), most, DECAY, error, block)


def usage_headers(runtime: Runtime, exchange: Exchange) -> list[tuple[str, str]]:
    """x-app-usage, and for an ad account the account, business-use-case and insights usage."""
    throttle = runtime.throttle
    app = throttle.usage(app_budget(exchange.caller))
    headers = [("x-app-usage", _text(_spent(app)))]
    account = account_of(runtime.world, exchange)
    if account is None:
        return headers
    case = case_of(exchange)
    score = throttle.usage(score_budget(account, case))
    spent = throttle.usage(case_budget(runtime.world, account, case))
    headers.append(("x-ad-account-usage", _text(_account_usage(score, account.ads_api_access_tier))))
    headers.append(("x-business-use-case-usage", _text({account.id: [_case_usage(case, spent, account)]})))
    if case == "ads_insights":
        headers.append(("x-fb-ads-insights-throttle", _text(_insights_usage(spent, app, account))))
    return headers


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
