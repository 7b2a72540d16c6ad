"""What a row of insights tells, in the default world on 2026-11-21."""

import json
import os
import subprocess
import sys
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.contract.load import load
from tests.graph import AD, graph_on
from tests.worlds import DEFAULT, edited, kind

GRAPH = graph_on("default")
ACCOUNTS = [f"act_{account.id}" for account in GRAPH.runtime.file.accounts]
ADSETS = [adset for campaign in DEFAULT["campaigns"] for adset in campaign["adsets"]]
SERVED = sorted(load("meta").operations["insights"].served - {"date_start", "date_stop"})
FEW = settings(max_examples=40, derandomize=True, deadline=None, database=None)
MESSAGES = "marketing_messages_"
PERCENT = {
    "read_rate": "read",
    "link_btn_click_rate": "link_btn_click",
    "quick_reply_btn_click_rate": "quick_reply_btn_click",
}


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert GRAPH.runtime.bugs == []


def rows(node=ACCOUNTS[0], *, graph=GRAPH, **parameters):
    """All rows of a request for every field that is served."""
    return graph.rows(f"/{node}/insights", **{"fields": SERVED, "limit": 500, "date_preset": "last_90d"} | parameters)


def found(which):
    """The campaigns of the default world that are an example of *which*."""
    return [campaign for campaign in DEFAULT["campaigns"] if kind(campaign) == which]


def half_up(part: Decimal, whole: Decimal) -> str:
    """A ratio as Graph prints it: six decimals, half up, zero as 0."""
    if not part or not whole:
        return "0"
    return str((part / whole).quantize(Decimal("0.000001"), ROUND_HALF_UP))


@pytest.mark.parametrize("level", ["account", "campaign", "adset", "ad"])
@pytest.mark.parametrize("field", SERVED)
def test_a_field_alone_has_the_value_that_it_has_among_all(field, level):
    """
    What a row says of one field does not depend on the others, and nothing comes with it but the dates.
    """
    whole = rows(level=level, limit=5)[:5]
    alone = rows(level=level, limit=5, fields=field)[:5]

    for among, by_itself in zip(whole, alone, strict=True):
        assert by_itself.get(field) == among.get(field)
        assert set(by_itself) - {field} == {"date_start", "date_stop"}


@given(st.lists(st.sampled_from(SERVED), min_size=1, max_size=12))
@FEW
def test_values_do_not_care_for_the_order_of_fields(fields):
    """
    Fields in any order, and asked for twice, have the same values; a row keeps the order of the request.
    """
    [whole] = rows()
    [row] = rows(fields=fields)
    names = [name for name in dict.fromkeys(fields) if name in whole]

    assert list(row) == [*names, "date_start", "date_stop"]
    assert all(row[name] == whole[name] for name in row)


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("increment", [1, 7, "monthly", "all_days"])
def test_rates_are_computed_from_the_counts_of_their_row(account, increment):
    """
    Percentages and costs are those of the row's own counts and spend, with six decimals, half up; never a mean.
    """
    for row in rows(account, level="ad", time_increment=increment):
        count = {name: Decimal(row[MESSAGES + name]) for name in ("sent", "delivered", "read", "link_btn_click")}
        count["quick_reply_btn_click"] = Decimal(row[MESSAGES + "quick_reply_btn_click"])
        for rate, name in PERCENT.items():
            assert row[MESSAGES + rate] == half_up(count[name] * 100, count["delivered"]), (rate, row)
        assert row[MESSAGES + "delivery_rate"] == half_up(count["delivered"] * 100, count["sent"])
        assert row[MESSAGES + "cost_per_delivered"] == half_up(Decimal(row["spend"]), count["delivered"])
        assert row[MESSAGES + "cost_per_link_btn_click"] == half_up(Decimal(row["spend"]), count["link_btn_click"])
        assert all(0 <= Decimal(row[name]) <= 100 for name in row if name.endswith("_rate"))


def test_counts_nest():
    """
    On every day of every ad: sent ≥ delivered ≥ read, delivered ≥ clicks ≥ carts ≥ checkouts ≥ purchases.
    """
    for account in ACCOUNTS:
        for row in rows(account, level="ad", time_increment=1):
            sent, delivered, read, clicks, replies = (
                int(row[MESSAGES + name])
                for name in ("sent", "delivered", "read", "link_btn_click", "quick_reply_btn_click")
            )
            actions = {one["action_type"].rpartition("pixel_")[2]: int(one["value"]) for one in row.get("actions", [])}
            funnel = [actions.get(name, 0) for name in ("view_content", "add_to_cart", "initiate_checkout", "purchase")]

            assert sent >= int(row["impressions"]) >= delivered >= max(read, clicks, replies) >= 0
            assert int(row["impressions"]) >= int(row["reach"])
            assert [clicks, *funnel] == sorted([clicks, *funnel], reverse=True)
            assert all(0 < value <= clicks for value in actions.values())


def test_what_was_not_recorded_is_absent():
    """
    The vendor's example has delivered messages and a delivery rate of 0: sent was not recorded, and is left out.
    """
    [row] = rows(AD, graph=graph_on("docs"), time_range={"since": "2024-05-01", "until": "2025-07-29"})

    assert row[MESSAGES + "delivered"] == "2755"
    assert row[MESSAGES + "delivery_rate"] == "0"
    assert MESSAGES + "sent" not in row


def test_a_campaign_for_excluded_regions_spends_and_counts_nothing():
    """
    Messages to Europe and Japan are paid for, but are in no count, rate or cost.
    """
    [campaign] = found("excluded")
    [row] = rows(campaign["id"])
    zeros = {name for name in row if name.startswith(MESSAGES)} - {
        MESSAGES + name for name in ("sent", "spend", "spend_currency", "read_rate_benchmark", "click_rate_benchmark")
    }

    assert Decimal(row["spend"]) > 0
    assert int(row["impressions"]) > 0
    assert {row[name] for name in zeros} == {"0"}
    assert MESSAGES + "delivered" in zeros
    assert "actions" not in row


@pytest.mark.parametrize("preset", ["maximum", "last_30d", "today", "this_year"])
def test_what_has_not_started_has_no_rows(preset):
    """
    A campaign whose delivery lies ahead answers {"data":[]}, as an empty range does.
    """
    [campaign, *_] = found("unstarted")
    node = campaign["adsets"][0]["ads"][0]["id"]

    assert GRAPH.get(f"/{node}/insights", date_preset=preset).body == b'{"data":[]}'
    assert GRAPH.get(f"/{node}/insights").body == b'{"data":[]}'


def test_spend_keeps_within_the_budget():
    """
    No day of an ad set costs more than its daily budget, and all its days no more than its lifetime budget.
    """
    for adset in ADSETS:
        spent = [
            Decimal(row["spend"]) * 100
            for row in rows(adset["id"], fields="spend", date_preset="maximum", time_increment=1)
        ]

        assert all(cost <= adset.get("daily_budget", cost) for cost in spent)
        assert sum(spent) <= adset.get("lifetime_budget", sum(spent))


def test_conversions_need_a_pixel():
    """
    An ad set without pixel attribution has no actions but clicks on links, no values and no return.
    """
    for adset in ADSETS:
        found = rows(adset["id"], date_preset="maximum")
        tells = {name for row in found for name in row}
        types = {one["action_type"] for row in found for one in row.get("actions", [])}

        assert tells.isdisjoint({"action_values", "website_purchase_roas"}) or "pixel_id" in adset
        assert types <= {"link_click"} or "pixel_id" in adset


def test_return_on_ad_spend_is_value_by_spend():
    """
    website_purchase_roas is the value of purchases by the spend of the row, half up to two decimals.
    """
    seen = 0
    for row in rows(level="ad", time_increment="monthly"):
        if "website_purchase_roas" in row:
            [roas], [value] = row["website_purchase_roas"], row["action_values"]
            exact = Decimal(value["value"]) / Decimal(row["spend"])
            seen += 1

            assert Decimal(roas["value"]) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
            assert roas["action_type"] == value["action_type"] == "offsite_conversion.fb_pixel_purchase"
    assert seen > 10


def test_zero_denominators_are_zero():
    """
    A day with delivered messages and no click has a cost per click of 0, and a row without spend no return.
    """
    pins = {"2026-11-01": {"delivered": 3, "read": 0, "link_btn_click": 0, "spend": 0, "purchase_value": 5}}
    path = "campaigns/0/adsets/0/"
    graph = graph_on(edited({path + "ads/0/pins": pins, path + "end_date": "2026-12-31"}))
    [row] = rows(AD, graph=graph)

    assert {row[MESSAGES + name] for name in ("cost_per_link_btn_click", "cost_per_delivered", "read_rate")} == {"0"}
    assert row["spend"] == "0"
    assert "website_purchase_roas" not in row


QUESTIONS = [
    {"node": node, "level": level, "time_increment": increment, "date_preset": preset}
    for node in ACCOUNTS
    for level in ("ad", "account")
    for increment, preset in ((1, "last_7d"), ("all_days", "maximum"), (30, "this_year"))
]
ASK = """
import json, sys
from datetime import date
from tests.graph import graph_on
graph = graph_on("default", date(2026, 11, 21))
print(json.dumps([graph.get(f"/{one.pop('node')}/insights", **one).body.decode() for one in json.load(sys.stdin)]))
"""


def answers(questions):
    """The bodies that a server of another process gives."""
    environment = {**os.environ, "PYTHONHASHSEED": str(len(questions) % 7 + 1)}
    asked = json.dumps(questions)
    done = subprocess.run([sys.executable, "-c", ASK], input=asked, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_numbers_are_the_same_in_any_order_and_process():
    """
    Two processes that are asked in opposite orders, and this one, tell the same to the byte.
    """
    there, backwards = answers(QUESTIONS), answers(QUESTIONS[::-1])[::-1]
    here = [GRAPH.get(f"/{one['node']}/insights", **{**one, "node": None}).body.decode() for one in QUESTIONS]

    assert there == backwards == here
    assert date.fromisoformat(json.loads(here[0])["data"][0]["date_start"]) == date(2026, 11, 14)


def test_fields_that_went_with_version_26_are_known_before():
    """
    SDKs up to 25 ask for website conversions of marketing messages: known and without data there, unknown in v26.0.
    """
    name = "marketing_messages_website_purchase_values"
    (row,) = graph_on("docs").read(f"/v25.0/{AD}/insights", fields=f"spend,{name}")["data"]
    error = json.loads(graph_on("docs").get(f"/v26.0/{AD}/insights", fields=name).body)["error"]

    assert row.keys() == {"spend", "date_start", "date_stop"}
    assert error["message"].startswith(f"(#100) {name} is not valid for fields param.")
