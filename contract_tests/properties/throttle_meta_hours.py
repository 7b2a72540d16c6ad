"""Meta's limits of an hour: of an app by its users, of an ad account's business use cases by its active ads."""

from math import ceil

from ..ask import Ask
from ..expect import holds, ok, same
from ..outcomes import OutOfScope
from ..property import contract
from ..wire import Answer
from ..words_meta import refused_with
from .throttle_ground import LIMITED, STANDARD, Ground, special
from .throttle_meta import FULL, HOW, MOST, USAGE, alone, call, case, climbs, code, reached, score, usage

APP = "Documented: an app may make 200 calls an hour for each of its users."
CASES = (
    "Documented: an ad account's ads_insights calls an hour are 190000 with full access or 600 with limited access, and"
    " 400 for each active ad; ads_management 100000 or 300, and 40 for each active ad."
)
HOUR, DECAY = 3600, 300
BASE = {
    "ads_insights": ({LIMITED: 600, STANDARD: 190_000}, 400),
    "ads_management": ({LIMITED: 300, STANDARD: 100_000}, 40),
}


def account_of(at: Ground) -> str:
    """The only ad account."""
    return str(ok(call(at, "me/adaccounts")).rows[0]["id"])


@contract("META-TH7", "With full access a read adds a 9000th to the told usage", sentence=FULL, calls=45, **HOW)
def told_of_full_access(ask: Ask) -> None:
    """acc_id_util_pct climbs by no more than each call's share."""
    with special(ask, moved=False) as at:
        limit = max(1, round(MOST[STANDARD] * at.ask.target.throttle))
        for row in ok(call(at, "me/adaccounts")).rows:
            first = call(at, f"{row['id']}/ads", limit=1)
            if code(first) == 0 and usage(first, "x-ad-account-usage")["ads_api_access_tier"] == STANDARD:
                answers = [first, *(call(at, f"{row['id']}/ads", limit=1) for _ in range(40))]
                climbs([score(answer) for answer in answers if code(answer) == 0], limit, 0.01, "acc_id_util_pct")
                return
        raise OutOfScope("no ad account has full access")


@contract("META-TH10", "An app has 200 calls an hour for each of its users", sentence=APP, calls=160, **HOW)
def app_limit(ask: Ask) -> None:
    """On a quarter of every limit: 50 calls with one user, 100 with two; then 4 on every path, for this app alone."""
    for users, limit in ((1, 50), (2, 100)):
        with special(ask, 0.25, users=users) as at:
            account = account_of(at)
            at.pass_time(HOUR)
            answers = [call(at, "me") for _ in range(limit + 1)]
            percents = [usage(answer, "x-app-usage")["call_count"] for answer in answers[:-1]]
            climbs(percents, limit, 1, "call_count of x-app-usage")
            reached(answers, limit, percents, "the app's limit")
            alone(percents, "the app's limit")
            for path in ("me", "me/adaccounts", account, f"{account}/ads", f"{account}/insights"):
                refused_with(at.ask, call(at, path), "app_limit")
            other_app(at)
            at.pass_time(HOUR - 5)
            same(code(call(at, "me")), 4, "the limit of an app holds for an hour")
            at.pass_time(5)
            same([code(call(at, "me")) for _ in range(limit)], [0] * limit, "after an hour all calls are free again")


def other_app(at: Ground) -> None:
    """Another app of the same user is answered."""
    assert at.ask.profile.meta
    token = at.ask.profile.meta.tokens["proof"]
    answer = at.ask.graph.call("me", token=token, raw=True)
    same(code(answer), 0, "one app's excess touches no other app")
    holds(usage(answer, "x-app-usage")["call_count"] < 100, "an app is told its own usage",
          usage(answer, "x-app-usage"), "less than 100")  # fmt: skip


@contract("META-TH11", "An ad account's insights calls of an hour are limited", sentence=CASES, calls=80, **HOW)
def insights_case(ask: Ask) -> None:
    """With limited access and no active ad: 600, on a tenth of every limit 60; then 80000 for the rest of the hour."""
    hourly(ask, "ads_insights", 60, "buc_insights")


@contract("META-TH12", "An ad account's other calls of an hour are limited", sentence=CASES, calls=50, **HOW)
def management_case(ask: Ask) -> None:
    """With limited access and no active ad: 300, on a tenth of every limit 30; then 80004."""
    hourly(ask, "ads_management", 30, "buc_management")


def hourly(ask: Ask, name: str, limit: int, error: str) -> None:
    """Six calls every 300 seconds, which the score admits, until those of the hour are spent."""
    with special(ask, 0.1, tier=LIMITED) as at:
        account = account_of(at)
        path, other = (
            (f"{account}/insights", f"{account}/ads") if name == "ads_insights" else (account, f"{account}/insights")
        )
        answers = []
        for _ in range(limit // 6):
            answers += [call(at, path) for _ in range(6)]
            at.pass_time(DECAY)
        percents = [case(answer)["call_count"] for answer in answers]
        answers.append(call(at, path))
        climbs(percents, limit, 1, f"call_count of {name}")
        reached(answers, limit, percents, f"the limit of {name}")
        alone(percents, f"the limit of {name}")
        same({case(answer)["type"] for answer in answers}, {name}, "the usage is that of the call's business use case")
        spent(at, answers, error)
        same(code(call(at, other)), 0, "one business use case's excess touches no other")
        at.pass_time(HOUR - DECAY * (limit // 6))
        same(
            [code(call(at, path)) for _ in range(6)], [0] * 6, "calls are admitted when the first ones are an hour old"
        )
        same(case(call(at, other))["estimated_time_to_regain_access"], 0, USAGE)


def spent(at: Ground, answers: list[Answer], error: str) -> None:
    """The last of *answers* is *error* whole, and tells the minutes until calls are admitted; none before does."""
    refused_with(at.ask, answers[-1], error)
    waits = [case(answer)["estimated_time_to_regain_access"] for answer in answers]
    same(set(waits[:-2]), {0}, USAGE)
    minutes = ceil((HOUR - DECAY * ((len(answers) - 1) // 6)) / 60)
    holds(
        minutes - 1 <= waits[-1] <= minutes,
        "estimated_time_to_regain_access is the minutes to wait",
        waits[-1],
        minutes,
    )
    same(case(answers[-1])["call_count"], 100, "a blocked business use case's call_count is 100")


@contract("META-TH13", "Active ads add to an ad account's calls", sentence=CASES, calls=40, **HOW)
def active_ads_add(ask: Ask) -> None:
    """After some calls the told percentage is that of the documented sum, for both tiers and both use cases."""
    for tier, throttle, active in ((LIMITED, 0.1, 0), (LIMITED, 0.1, 5), (STANDARD, 0.001, 50)):
        with special(ask, throttle, tier=tier, active=active) as at:
            account = account_of(at)
            for name, path in (("ads_insights", f"{account}/insights"), ("ads_management", f"{account}/ads")):
                tiers, each = BASE[name]
                limit = max(1, round((tiers[tier] + each * active) * throttle))
                at.pass_time(DECAY)
                answers = [call(at, path) for _ in range(5)]
                answer = answers[-1]
                if name == "ads_insights":
                    told = usage(answer, "x-fb-ads-insights-throttle")["acc_id_util_pct"]
                    climbs_to(told, 5, limit, 0.01, name)
                climbs_to(case(answer)["call_count"], 5, limit, 1, name)


def climbs_to(told: float, calls: int, limit: int, unit: float, name: str) -> None:
    """*told* is the share of *limit* that *calls* are, in whole *units* and not rounded up."""
    share = calls * 100 / limit
    holds(
        share - unit - 1e-9 <= told <= share + 1e-9, f"the usage of {name} is that of the documented limit", told, share
    )
