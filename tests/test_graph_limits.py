"""Meta's limits: who is refused when, with which code, and what the usage headers say of it."""

import pytest

from mockserver.vendors.meta import limits
from tests.graph import ACCOUNT, AD, codes, usage
from tests.worlds import DEFAULT

INSIGHTS = f"/{ACCOUNT}/insights"
LIMITED = {"accounts/0/ads_api_access_tier": "development_access"}
RUNNING = {"campaigns/0/adsets/0/end_date": None}
STANDARD, BASIC, THEIRS = (f"act_{account['id']}" for account in DEFAULT["accounts"])


def test_an_app_has_200_calls_an_hour_for_each_user(throttled, hands):
    """
    The 401st call of an app with two users is refused with 4, on every path, until the first is an hour old.
    """
    graph = throttled({"credentials/apps/0/users": 2})
    first = codes(graph, "/me", 300) + codes(graph, f"/{AD}", 100)
    hands.forward(3599.9)
    late = codes(graph, "/me", 1) + codes(graph, f"/{AD}", 1) + codes(graph, INSIGHTS, 1)
    hands.forward(0.1)

    assert first == [0] * 400
    assert late == [4, 4, 4]
    assert codes(graph, INSIGHTS, 1) == [0]


@pytest.mark.parametrize(
    ("tier", "running", "case", "limit"),
    [
        ("standard_access", False, "ads_insights", 190_000),
        ("standard_access", True, "ads_insights", 190_400),
        ("development_access", False, "ads_insights", 600),
        ("development_access", True, "ads_insights", 1_000),
        ("standard_access", False, "ads_management", 100_000),
        ("standard_access", True, "ads_management", 100_040),
        ("development_access", False, "ads_management", 300),
        ("development_access", True, "ads_management", 340),
    ],
)
def test_an_account_has_calls_by_tier_and_active_ads(throttled, tier, running, case, limit):
    """
    A use case has its calls an hour by the account's access tier, and more for each ad that is active today.
    """
    graph = throttled({"accounts/0/ads_api_access_tier": tier} | (RUNNING if running else {}))
    account = graph.runtime.file.accounts[0]
    budget = limits.case_budget(graph.runtime, account, case)

    assert (budget.limit, budget.period, budget.block) == (limit, 3600, 0)


@pytest.mark.parametrize(("path", "limit", "code"), [(INSIGHTS, 600, 80000), (f"/{ACCOUNT}/ads", 300, 80004)])
def test_the_call_after_the_last_of_a_use_case_is_refused(throttled, hands, path, limit, code):
    """
    With limited access and no active ad, 600 insights calls or 300 others fill the hour; usage is 100 then, not before.
    """
    graph, told = throttled(LIMITED), []
    for at in range(limit):
        told.append(usage(graph, path))
        if at % 60 == 59:
            hands.forward(300)
    minutes = 60 - 5 * limit // 60

    assert [one["call_count"] for one in told] == [(at + 1) * 100 // limit for at in range(limit)]
    assert {one["estimated_time_to_regain_access"] for one in told[:-1]} == {0}
    assert codes(graph, path, 2) == [code, code]
    assert usage(graph, path)["call_count"] == 100
    assert usage(graph, path)["estimated_time_to_regain_access"] == minutes
    hands.forward(minutes * 60 - 0.1)
    assert usage(graph, path)["estimated_time_to_regain_access"] == 1
    assert codes(graph, path, 1) == [code]
    hands.forward(0.1)
    assert codes(graph, path, 58) == [0] * 58
    assert usage(graph, path)["estimated_time_to_regain_access"] == 0


@pytest.mark.parametrize(
    ("path", "code"),
    [(INSIGHTS, 613), (f"/{AD}/insights", 613), (f"/{AD}", 17), (f"/{ACCOUNT}/ads", 17), (f"/{ACCOUNT}", 17)],
)
@pytest.mark.parametrize(("edits", "scale", "most", "block"), [(LIMITED, 1, 60, 300), ({}, 0.01, 90, 60)])
def test_a_spent_score_blocks_the_account(throttled, hands, path, code, edits, scale, most, block):
    """
    A score of 60 blocks for 300 seconds with limited access, one of 9,000 for 60 with full access: 613 or 17.
    """
    graph = throttled(edits, scale)
    first = codes(graph, path, most + 1)
    hands.forward(block - 0.1)
    still = codes(graph, path, 3)
    hands.forward(0.1)

    assert first == [0] * most + [code]
    assert still == [code] * 3
    assert codes(graph, path, most + 1) == [0] * most + [code]


@pytest.mark.parametrize(("tier", "most", "block"), [("standard_access", 9000, 60), ("development_access", 60, 300)])
def test_a_score_has_its_most_its_decay_and_its_block_by_tier(throttled, tier, most, block):
    """
    The score of an account holds 9,000 or 60 reads within 300 seconds.
    """
    account = throttled({"accounts/0/ads_api_access_tier": tier}).runtime.file.accounts[0]
    budget = limits.score_budget(account, "ads_insights")

    assert (budget.limit, budget.period, budget.block) == (most, 300, block)


def test_reads_of_all_kinds_share_the_score(throttled):
    """
    Insights, objects and lists of one account fill one score, each refused in its own words.
    """
    graph = throttled(LIMITED)
    filled = codes(graph, INSIGHTS, 20) + codes(graph, f"/{AD}", 20) + codes(graph, f"/{ACCOUNT}/ads", 20)

    assert filled == [0] * 60
    assert codes(graph, f"/{AD}", 1) + codes(graph, INSIGHTS, 1) == [17, 613]
    assert codes(graph, "/me", 1) + codes(graph, "/me/adaccounts", 1) == [0, 0]


def test_a_score_decays_in_300_seconds(throttled, hands):
    """
    Calls spread over time are never refused: no 300 seconds hold more than 60.
    """
    graph = throttled(LIMITED)
    found = []
    for _ in range(100):
        found += codes(graph, INSIGHTS, 1)
        hands.forward(20)
    for _ in range(4):
        found += codes(graph, INSIGHTS, 45)
        hands.forward(300)

    assert set(found) == {0}


def test_the_window_slides(throttled, hands):
    """
    A call is admitted again when the oldest of the last 60 is 300 seconds old, to the tenth of a second.
    """
    graph = throttled(LIMITED)
    early = codes(graph, f"/{AD}", 1)
    hands.forward(299.9)
    rest = codes(graph, f"/{AD}", 59)
    hands.forward(0.1)

    assert early + rest == [0] * 60
    assert codes(graph, f"/{AD}", 2) == [0, 17]


def test_one_accounts_excess_touches_no_other(throttled):
    """
    A blocked account leaves the others of the same token and app alone, and shows in none of their headers.
    """
    graph = throttled()
    codes(graph, f"/{THEIRS}/insights", 61)

    assert codes(graph, f"/{THEIRS}/insights", 1) == [613]
    for account in (STANDARD, BASIC):
        assert codes(graph, f"/{account}/insights", 50) == [0] * 50
        assert usage(graph, f"/{account}/insights", "x-ad-account-usage")["acc_id_util_pct"] < 1


def test_refused_calls_count_against_nothing(throttled, hands):
    """
    Hammering while blocked neither lengthens the block nor fills the hour.
    """
    graph = throttled(LIMITED)
    codes(graph, INSIGHTS, 61)
    hands.forward(150)
    codes(graph, INSIGHTS, 2000)
    hands.forward(150)

    assert codes(graph, INSIGHTS, 1) == [0]
    assert usage(graph, INSIGHTS)["call_count"] == 62 * 100 // 600


@pytest.mark.parametrize("elapsed", [0, 299, 301])
def test_a_clock_step_back_locks_nobody_out(throttled, hands, elapsed):
    """
    After the clock has stepped back, however long the block had lasted, the next call is admitted.
    """
    graph = throttled(LIMITED)
    codes(graph, f"/{AD}", 61)
    hands.forward(elapsed)
    codes(graph, f"/{AD}", 1)
    hands.forward(-elapsed - 900)

    assert codes(graph, f"/{AD}", 60) == [0] * 60


@pytest.mark.parametrize(("scale", "admitted"), [(0.5, 30), (2, 120), (0.001, 1)])
def test_limits_are_scaled(throttled, scale, admitted):
    """
    A scale of a half halves every limit, and no scale goes below one call.
    """
    graph = throttled(LIMITED, scale)

    found = codes(graph, f"/{AD}", 130)

    assert found[:admitted] == [0] * admitted
    assert 0 not in found[admitted:]


def test_a_scale_of_zero_is_no_limit(throttled):
    """
    Without limits nothing is refused and nothing is spent.
    """
    graph = throttled(LIMITED, 0)

    assert codes(graph, INSIGHTS, 2000) == [0] * 2000
    assert usage(graph, INSIGHTS)["call_count"] == 0
    assert usage(graph, INSIGHTS, "x-ad-account-usage")["acc_id_util_pct"] == 0


def test_a_reset_forgets_what_was_spent(throttled):
    """
    After a reset the account has all its calls again.
    """
    graph = throttled(LIMITED)
    codes(graph, INSIGHTS, 61)
    graph.runtime.reset()

    assert codes(graph, INSIGHTS, 61) == [0] * 60 + [613]
