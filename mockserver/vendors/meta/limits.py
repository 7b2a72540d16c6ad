"""Meta's limits: what a call counts against, and the headers that tell how much is spent."""

from typing import Any

import orjson

from mockserver.gate.throttle import Budget, Usage
from mockserver.pipeline import Exchange, Runtime
from mockserver.world.entities import AccessToken, Account
from mockserver.world.now import World

HOUR = 3600.0
DECAY = 300.0  # seconds in which an ad account's score decays
# ad-account score: tier → (most, seconds blocked)
SCORES = {"development_access": (60, 300.0), "standard_access": (9000, 60.0)}
INSIGHTS_AN_HOUR = {"development_access": 600, "standard_access": 190_000}


def budgets(runtime: Runtime, exchange: Exchange) -> list[Budget]:
    """The app's hourly calls, then for an ad account its insights calls and its score."""
    found = [app_budget(exchange.caller)]
    account = account_of(runtime.world, exchange)
    if account is None:
        return found
    insights = exchange.named is not None and exchange.named.name == "insights"
    if insights:
        found.append(insights_budget(runtime.world, account))
    return [*found, score_budget(account, insights)]


def account_of(world: World, exchange: Exchange) -> Account | None:
    """The ad account that the call is about, if there is one."""
    return None if exchange.subject is None else world.account(exchange.subject)


def app_budget(token: AccessToken) -> Budget:
    """200 calls an hour for each of the app's users."""
    return Budget(("meta", "app", token.app.id), 200 * token.app.users, HOUR, "app_limit")


def insights_budget(world: World, account: Account) -> Budget:
    """190,000 calls an hour (600 with limited access) plus 400 for each active ad."""
    limit = INSIGHTS_AN_HOUR[account.ads_api_access_tier] + 400 * world.active_ads(account)
    return Budget(("meta", "insights", account.id), limit, HOUR, "buc_insights")


def score_budget(account: Account, insights: bool) -> Budget:
    """A read scores 1; 613 answers insights calls, 17 the others."""
    most, block = SCORES[account.ads_api_access_tier]
    return Budget(("meta", "score", account.id), most, DECAY, "account_limit" if insights else "user_limit", block)


def usage_headers(runtime: Runtime, exchange: Exchange) -> list[tuple[str, str]]:
    """x-app-usage, and for an ad account the business-use-case, account and insights usage."""
    throttle = runtime.throttle
    app = throttle.usage(app_budget(exchange.caller))
    headers = [("x-app-usage", _text(_spent(app)))]
    account = account_of(runtime.world, exchange)
    if account is None:
        return headers
    score = throttle.usage(score_budget(account, insights=False))
    headers.append(("x-ad-account-usage", _text(_account_usage(score, account.ads_api_access_tier))))
    if exchange.named is not None and exchange.named.name == "insights":
        headers += _insights_headers(throttle.usage(insights_budget(runtime.world, account)), app, account)
    return headers


def _insights_headers(insights: Usage, app: Usage, account: Account) -> list[tuple[str, str]]:
    tier = account.ads_api_access_tier
    business = {
        "type": "ads_insights",
        **_spent(insights),
        "estimated_time_to_regain_access": -int(-insights.wait // 60),
        "ads_api_access_tier": tier,
    }
    throttle = {
        "app_id_util_pct": round(app.percent, 2),
        "acc_id_util_pct": round(insights.percent, 2),
        "ads_api_access_tier": tier,
    }
    return [
        ("x-business-use-case-usage", _text({account.id: [business]})),
        ("x-fb-ads-insights-throttle", _text(throttle)),
    ]


def _account_usage(score: Usage, tier: str) -> dict[str, Any]:
    return {
        "acc_id_util_pct": round(score.percent, 2),
        "reset_time_duration": int(score.wait or DECAY),
        "ads_api_access_tier": tier,
    }


def _spent(usage: Usage) -> dict[str, int]:
    percent = int(usage.percent)
    return {"call_count": percent, "total_cputime": percent, "total_time": percent}


def _text(value: dict[str, Any]) -> str:
    return orjson.dumps(value).decode()
