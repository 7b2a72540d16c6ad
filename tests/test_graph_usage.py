"""What the usage headers say of a limit: it climbs, and is 100 exactly when the next call is refused."""

from mockserver.vendors.meta import limits
from tests.graph import ACCOUNT, AD, codes, usage

INSIGHTS = f"/{ACCOUNT}/insights"
LIMITED = {"accounts/0/ads_api_access_tier": "development_access"}


def test_account_usage_climbs_to_100_exactly_when_the_next_call_is_refused(throttled, hands):
    """
    acc_id_util_pct is the share of the score, 100 at the 60th call and while blocked, with the seconds left.
    """
    graph = throttled(LIMITED)
    told = [usage(graph, f"/{AD}", "x-ad-account-usage") for _ in range(61)]
    hands.forward(100)
    blocked = usage(graph, f"/{AD}", "x-ad-account-usage")
    hands.forward(200)

    assert [one["acc_id_util_pct"] for one in told[:60]] == [int(n * 10000 / 60) / 100 for n in range(1, 61)]
    assert [one["acc_id_util_pct"] for one in told[58:]] == [98.33, 100, 100]
    assert (blocked["acc_id_util_pct"], blocked["reset_time_duration"]) == (100, 200)
    assert usage(graph, f"/{AD}", "x-ad-account-usage")["acc_id_util_pct"] == 1.66


def test_app_usage_climbs_to_100(throttled):
    """
    x-app-usage is the share of the app's calls, in whole per cent, 100 at the last one.
    """
    graph = throttled({"credentials/apps/0/users": 1})
    told = [usage(graph, "/me", "x-app-usage")["call_count"] for _ in range(201)]

    assert told == [*(n * 100 // 200 for n in range(1, 201)), 100]


def test_100_is_said_of_a_spent_budget_alone(throttled):
    """
    With one call left of 190,000 the share is 99.99, not rounded up to 100.
    """
    graph = throttled({})
    budget = limits.case_budget(graph.runtime, graph.runtime.file.accounts[0], "ads_insights")
    for _ in range(189_998):
        graph.runtime.throttle.admit([budget])
    told = [usage(graph, INSIGHTS, "x-fb-ads-insights-throttle")["acc_id_util_pct"] for _ in range(3)]

    assert told == [99.99, 100, 100]
    assert codes(graph, INSIGHTS, 1) == [80000]
