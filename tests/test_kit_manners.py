"""The kit's manners: its pace, its budget, and what it heeds."""

import json
from dataclasses import dataclass, field

import pytest

from contract_tests.manners import SHARE, Manners, retry_after, usage
from contract_tests.outcomes import BudgetSpent, Indeterminate
from contract_tests.wire import Answer, Call


@dataclass
class Hands:
    """A clock whose sleep is told, not waited for."""

    at: float = 100.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


def answer(status: int = 200, **headers: str) -> Answer:
    """An answer with these headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(Call("GET", "http://x", "/"), status, named, b"{}")


def paced(hands: Hands, **how) -> Manners:
    return Manners(now=hands.now, sleep=hands.sleep, **how)


def test_a_documented_rate_is_never_reached():
    """
    Calls of an operation limited to 50 a second are sent at most 40 times a second.
    """
    hands = Hands()
    manners = paced(hands)
    for _ in range(101):
        manners.before("cams", "GetChatappTemplateMetric", 50)

    assert hands.at - 100.0 == pytest.approx(100 / (50 * SHARE))


def test_a_live_vendor_is_asked_slowly():
    """
    A pace of two calls a second holds for each vendor apart, whatever the operation.
    """
    hands = Hands()
    manners = paced(hands, pace=2.0)
    for operation in ("insights", "ads", "insights"):
        manners.before("meta", operation, None)
        manners.before("cams", "ListMessageCampaign", None)

    assert hands.at - 100.0 == pytest.approx(1.0)


def test_a_mock_without_limits_is_asked_as_fast_as_it_answers():
    """
    Where the target says that it enforces no limit, documented rates slow nothing down.
    """
    hands = Hands()
    manners = paced(hands, heed_rates=False)
    for _ in range(10):
        manners.before("cams", "EnableWhatsappROIMetric", 5)

    assert hands.slept == []


def test_the_budget_ends_the_run():
    """
    After the last call of the budget, nothing is sent any more.
    """
    manners = paced(Hands(), most_calls=2)
    manners.before("meta", "me", None)
    manners.before("cams", "ListPageAdAccount", None)

    with pytest.raises(BudgetSpent, match="budget of 2 calls is spent"):
        manners.before("meta", "me", None)
    assert manners.calls == 2


@pytest.mark.parametrize(("spent", "stops"), [(74, False), (75, True), (100, True)])
def test_the_kit_stops_at_three_quarters_of_the_apps_limit(spent, stops):
    """
    An app usage of 75 per cent stops all calls of Meta, and none of CAMS.
    """
    manners = paced(Hands(), stop_at=75.0)
    told = json.dumps({"call_count": 1, "total_cputime": spent, "total_time": 0})
    manners.after("meta", answer(x_app_usage=told))

    manners.before("cams", "ListMessageCampaign", None)
    if stops:
        with pytest.raises(Indeterminate, match=f"{spent} % of its limit"):
            manners.before("meta", "me", None)
    else:
        manners.before("meta", "me", None)


def test_a_spent_ad_account_stops_calls_of_that_account_alone():
    """
    Usage told of one ad account leaves the others open.
    """
    manners = paced(Hands(), stop_at=75.0)
    told = json.dumps({"7": [{"call_count": 80, "total_cputime": 1, "total_time": 1}]})
    manners.after("meta", answer(x_business_use_case_usage=told))

    manners.before("meta", "insights", None, "act_8")
    with pytest.raises(Indeterminate, match="act_7 has spent 80"):
        manners.before("meta", "insights", None, "act_7")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "nan"}, 0.0),
        ({"retry_after": "-5"}, 0.0),
        ({"retry_after": "3"}, 3.0),
        ({"x_acs_retry_after": "300"}, 0.3),
        ({"retry_after": "soon"}, 0.0),
        ({}, 0.0),
    ],
)
def test_what_an_answer_asks_to_wait_is_waited(headers, seconds):
    """
    Retry-After is in seconds, x-acs-retry-after in milliseconds; both are waited for after a refusal.
    """
    hands = Hands()
    refused = answer(429, **headers)
    paced(hands).after("cams", refused)

    assert retry_after(refused) == seconds
    assert sum(hands.slept) == pytest.approx(seconds)


def test_a_long_wait_stops_the_vendor():
    """
    A vendor that asks for an hour is not asked again in this run.
    """
    hands = Hands()
    manners = paced(hands)
    manners.after("meta", answer(400, retry_after="3600"))

    with pytest.raises(Indeterminate, match="left alone for 3600 s"):
        manners.before("meta", "me", None)
    assert hands.slept == []


def test_any_spent_account_stops_a_live_vendor():
    """
    Live, where a path may not tell its account, one account at 75 per cent stops all of Meta.
    """
    manners = paced(Hands(), stop_at=75.0, stops_whole=True)
    manners.after("meta", answer(x_ad_account_usage=json.dumps({"acc_id_util_pct": 75.0})))

    with pytest.raises(Indeterminate, match="75 % of its limit"):
        manners.before("meta", "insights", None, "")


@pytest.mark.parametrize(
    "junk",
    [
        '{"1": {"a": 1}}',
        '{"1": ["x"]}',
        '{"acc_id_util_pct": "90"}',
        "",
        "[]",
        "{",
        '{"7": []}',
        '{"call_count": "many"}',
    ],
)
def test_usage_headers_that_make_no_sense_stop_nothing(junk):
    """
    A usage header that is no JSON object of numbers counts as nothing spent.
    """
    names = ("x-app-usage", "x-ad-account-usage", "x-business-use-case-usage", "x-fb-ads-insights-throttle")
    assert max(usage(dict.fromkeys(names, junk)).values()) == 0
