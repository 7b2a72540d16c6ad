"""Meta's limits and everything beyond plain reads: errors of the caller, reports, several ad accounts at once."""

import json

import pytest

from mockserver.vendors.meta import limits
from tests.graph import ACCOUNT, AD, codes, header
from tests.worlds import DEFAULT

INSIGHTS = f"/{ACCOUNT}/insights"
LIMITED = {"accounts/0/ads_api_access_tier": "development_access"}
STANDARD, BASIC, THEIRS = (f"act_{account['id']}" for account in DEFAULT["accounts"])


def test_a_thousand_errors_cost_one_call(throttled, hands):
    """
    The hourly insights calls of an account are fewer by one for each thousand errors of the last hour, of its insights
    calls alone.
    """
    graph = throttled({}, 1)
    account = graph.runtime.file.accounts[0]
    for at in range(3000):
        graph.get(INSIGHTS, fields="nonsense")
        graph.get(f"/{AD}", fields="nonsense")
        graph.get("/404404/insights")
        if at % 1000 == 0:
            hands.forward(300)

    assert limits.case_budget(graph.runtime, account, "ads_insights").limit == 190_000 - 3
    assert limits.case_budget(graph.runtime, account, "ads_management").limit == 100_000
    hands.forward(3600)
    assert limits.case_budget(graph.runtime, account, "ads_insights").limit == 190_000


def test_a_refusal_for_a_limit_is_no_error_of_the_caller(throttled):
    """
    Being blocked does not lower the budget further.
    """
    graph = throttled(LIMITED)
    codes(graph, INSIGHTS, 3000)

    assert limits.case_budget(graph.runtime, graph.runtime.file.accounts[0], "ads_insights").limit == 600


def test_reports_count_as_insights(throttled):
    """
    Asking for a report, looking at it and reading it score 1 each and throwing it away 3, as insights calls all.
    """
    graph = throttled(LIMITED)
    told = [graph.send("POST", INSIGHTS, "access_token=EAAtok")]
    run = json.loads(told[0].body)["report_run_id"]
    told += [graph.get(f"/{run}"), graph.get(f"/{run}/insights")]
    told += [graph.send("DELETE", f"/{run}", "access_token=EAAtok")]
    shares = [json.loads(header(one, "x-ad-account-usage"))["acc_id_util_pct"] for one in told]
    calls = [json.loads(header(one, "x-business-use-case-usage")) for one in told]

    assert shares == [int(spent * 10000 / 60) / 100 for spent in (1, 2, 3, 6)]
    assert {entry["type"] for one in calls for entry in one[ACCOUNT.removeprefix("act_")]} == {"ads_insights"}
    assert all(header(one, "x-fb-ads-insights-throttle") for one in told)


def test_a_report_is_not_asked_for_beyond_a_limit(throttled, hands):
    """
    A blocked account refuses reports with 613, says so in its headers, and makes none.
    """
    graph = throttled(LIMITED)
    codes(graph, INSIGHTS, 60)
    refused = graph.send("POST", INSIGHTS, "access_token=EAAtok")

    assert json.loads(refused.body)["error"]["code"] == 613
    assert json.loads(header(refused, "x-ad-account-usage"))["acc_id_util_pct"] == 100
    assert graph.runtime.world.ledger.events == []


@pytest.mark.parametrize("tier", ["standard_access", "development_access"])
def test_a_refusal_tells_usage_and_tier(throttled, tier):
    """
    An error about an ad account has the usage headers of a good answer, with its tier and nothing to wait for.
    """
    graph = throttled({"accounts/0/ads_api_access_tier": tier})
    refused = graph.get(INSIGHTS, fields="nonsense")
    (told,) = json.loads(header(refused, "x-business-use-case-usage"))[ACCOUNT.removeprefix("act_")]

    assert refused.status == 400
    assert (told["type"], told["ads_api_access_tier"], told["estimated_time_to_regain_access"]) == (
        "ads_insights",
        tier,
        0,
    )
    assert json.loads(header(refused, "x-fb-ads-insights-throttle"))["ads_api_access_tier"] == tier


def test_several_accounts_are_told_together(throttled):
    """
    An answer about several ad accounts tells the business use case of each, and of the others the fullest.
    """
    graph = throttled()
    codes(graph, f"/{THEIRS}/insights", 30)
    answer = graph.get("/insights", ids=f"{STANDARD},{THEIRS}")

    assert set(json.loads(header(answer, "x-business-use-case-usage"))) == {
        one.removeprefix("act_") for one in (STANDARD, THEIRS)
    }
    assert json.loads(header(answer, "x-ad-account-usage"))["acc_id_util_pct"] > 50
