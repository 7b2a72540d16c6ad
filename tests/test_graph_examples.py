"""The world of the documentation answers what Meta's page prints, to the digit."""

import json
from datetime import date

import pytest

from tests.graph import ACCOUNT, AD, Graph, graph_on
from tests.worlds import edited

CAMPAIGN, ADSET = "120000000000003", "120000000000002"
LIFETIME = {"since": "2024-05-01", "until": "2025-07-29"}

# Meta, Measure Campaign Performance on Marketing Message API for Messenger: both answers as printed
DELIVERED = (
    '{ "data": [ { "marketing_messages_delivered": "2755", "marketing_messages_link_btn_click": "268",'
    ' "marketing_messages_spend": "38.87", "marketing_messages_read_rate": "79.419238",'
    ' "marketing_messages_link_btn_click_rate": "9.727768", "marketing_messages_cost_per_link_btn_click": "0.145037",'
    ' "marketing_messages_delivery_rate": "0", "marketing_messages_cost_per_delivered": "0.014109",'
    ' "date_start": "2024-05-01", "date_stop": "2025-07-29" } ],'
    ' "paging": { "cursors": { "before": "MAZDZD", "after": "MAZDZD" } } }'
)
CONVERTED = (
    '{ "data": [ { "actions": [ { "action_type": "offsite_conversion.fb_pixel_purchase", "value": "3" },'
    ' { "action_type": "offsite_conversion.fb_pixel_add_to_cart", "value": "8" } ],'
    ' "action_values": [ { "action_type": "offsite_conversion.fb_pixel_purchase", "value": "249.99" } ],'
    ' "website_purchase_roas": [ { "action_type": "offsite_conversion.fb_pixel_purchase", "value": "6.43" } ],'
    ' "marketing_messages_spend": "38.87", "date_start": "<YYYY-MM-DD>", "date_stop": "<YYYY-MM-DD>" } ],'
    ' "paging": { "cursors": { "before": "MAZDZD", "after": "MAZDZD" } } }'
)
ASKED = "actions,action_values,website_purchase_roas,marketing_messages_spend"
TYPES = ("purchase", "add_to_cart", "initiate_checkout", "lead", "view_content", "custom")
FILTER = (
    "[{'field':'action_type','operator':'IN','value':["
    + ",".join(f"'offsite_conversion.fb_pixel_{name}'" for name in TYPES)
    + "]}]"
)


def compact(printed: str) -> bytes:
    """A printed answer as it travels."""
    return json.dumps(json.loads(printed), separators=(",", ":")).encode()


def test_the_delivery_example_is_reproduced_to_the_byte(docs: Graph):
    """
    The eight printed fields, asked for in their order, make the printed body.
    """
    fields = list(json.loads(DELIVERED)["data"][0])[:-2]
    response = docs.get(f"/v26.0/{AD}/insights", fields=",".join(fields))

    assert response.body == compact(DELIVERED)


def test_a_delivery_rate_never_passes_100_per_cent():
    """
    Where sent was recorded on some days only, it is as good as not recorded: left out, and the rate is 0.
    """
    pins = "campaigns/0/adsets/0/ads/0/pins"
    recorded, not_recorded = {"sent": 10, "delivered": 9}, {"delivered": 100}
    graph = graph_on(edited({pins: {"2024-05-01": recorded, "2024-05-02": not_recorded}}))
    asked = {"fields": "marketing_messages_sent,marketing_messages_delivery_rate", "time_increment": "all_days"}
    [whole] = graph.read(f"/{AD}/insights", **asked)["data"]
    [first, second] = graph.read(f"/{AD}/insights", **asked | {"time_increment": 1})["data"]

    assert (first["marketing_messages_sent"], first["marketing_messages_delivery_rate"]) == ("10", "90.000000")
    for row in (whole, second):
        assert row["marketing_messages_delivery_rate"] == "0"
        assert "marketing_messages_sent" not in row


def test_the_printed_delivery_request_answers_with_its_two_fields(docs: Graph):
    """
    The printed request, with its Bearer token and no dates, answers the two fields that it asks for.
    """
    query = "fields=marketing_messages_delivered,marketing_messages_read_rate"
    response = docs.send("GET", f"/v26.0/{AD}/insights", query, {"authorization": "Bearer EAAtok"})
    row = {"marketing_messages_delivered": "2755", "marketing_messages_read_rate": "79.419238"}

    assert json.loads(response.body) == {
        "data": [row | {"date_start": "2024-05-01", "date_stop": "2025-07-29"}],
        "paging": {"cursors": {"before": "MAZDZD", "after": "MAZDZD"}},
    }


def test_the_conversion_example_is_reproduced_to_the_byte(docs: Graph):
    """
    The printed request, its quotes, brackets and braces unescaped as curl sends them, makes the printed body.
    """
    query = (
        f"fields={ASKED}&time_range={{'since':'2024-05-01','until':'2025-07-29'}}"
        f"&action_breakdowns=action_type&filtering={FILTER}"
    )
    response = docs.send("GET", f"/v26.0/{AD}/insights", query, {"authorization": "Bearer EAAtok"})
    dates = CONVERTED.replace("<YYYY-MM-DD>", "2024-05-01", 1).replace("<YYYY-MM-DD>", "2025-07-29", 1)

    assert response.body == compact(dates)


def test_a_line_break_for_readability_does_no_harm(docs: Graph):
    """
    The printed address, line break and indentation and all, is the address without them.
    """
    broken = docs.send("GET", f"/v26.0/{AD}/insights        ", f"fields={ASKED}&access_token=EAAtok")

    assert broken.body == docs.get(f"/v26.0/{AD}/insights", fields=ASKED).body


@pytest.mark.parametrize("node", [AD, ADSET, CAMPAIGN])
def test_an_old_message_campaign_defaults_to_its_lifetime(docs: Graph, node):
    """
    Without dates, a campaign from before date ranges tells of its start and stop date; an explicit range says the same.
    """
    fields = list(json.loads(DELIVERED)["data"][0])[:-2]
    by_default = docs.read(f"/{node}/insights", fields=fields)

    assert by_default["data"] == json.loads(DELIVERED)["data"]
    assert by_default == docs.read(f"/{node}/insights", fields=fields, time_range=LIFETIME)
    assert by_default == docs.read(f"/{node}/insights", fields=fields, time_range=LIFETIME, date_preset="today")


@pytest.mark.parametrize(("today", "dates"), [("2024-05-01", ("2024-05-01", "2024-05-01")), ("2024-04-30", None)])
def test_a_lifetime_reaches_from_the_first_day_to_today(today, dates):
    """
    On its first day a campaign's lifetime is that day, and before it there is none.
    """
    rows = graph_on("docs", date.fromisoformat(today)).read(f"/{AD}/insights")["data"]

    assert [(row["date_start"], row["date_stop"]) for row in rows] == ([dates] if dates else [])


def test_an_ad_account_defaults_to_the_last_30_days(docs: Graph):
    """
    An account without dates is asked about last_30d, in which the old campaign did nothing.
    """
    assert docs.read(f"/{ACCOUNT}/insights") == {"data": []}
    assert docs.get(f"/{ACCOUNT}/insights").body == docs.get(f"/{ACCOUNT}/insights", date_preset="last_30d").body


def test_a_newer_message_campaign_defaults_to_the_last_30_days():
    """
    A campaign created on the first day of date ranges, in its account's time zone, is asked about last_30d.
    """
    path = "campaigns/0/adsets/0/ads/0/created_time"
    newer = graph_on(edited({path: "2025-03-01T08:00:00Z"}))  # midnight in Los Angeles
    older = graph_on(edited({path: "2025-03-01T07:59:59Z"}))

    assert newer.read(f"/{AD}/insights")["data"] == []
    assert older.read(f"/{AD}/insights")["data"][0]["date_start"] == "2024-05-01"


def test_the_first_day_of_date_ranges_is_a_setting():
    """
    Meta's page gives March 1st without a year, so the year can be set.
    """
    with_2024 = graph_on("docs", lifetime_before=date(2024, 3, 1))

    assert with_2024.read(f"/{AD}/insights") == {"data": []}


@pytest.mark.parametrize(
    ("level", "ids"),
    [
        ("account", ["account_id"]),
        ("campaign", ["account_id", "campaign_id"]),
        ("adset", ["account_id", "campaign_id", "adset_id"]),
        ("ad", ["account_id", "campaign_id", "adset_id", "ad_id"]),
    ],
)
def test_a_row_without_fields_says_whose_it_is(docs: Graph, level, ids):
    """
    "Default behavior is to return impressions and spend": with them come the ids of the level, and the dates.
    """
    [row] = docs.read(f"/{ACCOUNT}/insights", level=level, time_range=LIFETIME)["data"]
    known = {"account_id": ACCOUNT[4:], "campaign_id": CAMPAIGN, "adset_id": ADSET, "ad_id": AD}

    assert list(row) == [*ids, "impressions", "spend", "date_start", "date_stop"]
    assert {name: row[name] for name in ids} == {name: known[name] for name in ids}
    assert row["spend"] == "38.87"
    assert int(row["impressions"]) >= 2755


def test_names_and_currency_are_the_worlds(docs: Graph):
    """
    A row tells the names of what it belongs to, and the currency of its account.
    """
    fields = "account_name,campaign_name,adset_name,ad_name,account_currency,marketing_messages_spend_currency"
    [row] = docs.read(f"/{AD}/insights", fields=fields)["data"]

    assert row["account_name"] == "Docs Ad Account"
    assert row["campaign_name"] == row["adset_name"] == row["ad_name"] == "campaign-name"
    assert row["account_currency"] == row["marketing_messages_spend_currency"] == "USD"


def test_a_row_has_no_name_for_what_lies_below_it(docs: Graph):
    """
    At campaign level an ad's id and name are absent, not null.
    """
    [row] = docs.read(f"/{CAMPAIGN}/insights", fields="campaign_id,adset_id,ad_id,ad_name")["data"]

    assert row == {"campaign_id": CAMPAIGN, "date_start": "2024-05-01", "date_stop": "2025-07-29"}


@pytest.mark.parametrize(("decimals", "printed"), [(2, "6.43"), (6, "6.431438")])
def test_the_decimals_of_roas_are_a_setting(decimals, printed):
    """
    The page prints two decimals of return on ad spend, recordings elsewhere six.
    """
    graph = graph_on("docs", roas_decimals=decimals)
    [row] = graph.read(f"/{AD}/insights", fields="website_purchase_roas")["data"]

    assert row["website_purchase_roas"] == [{"action_type": "offsite_conversion.fb_pixel_purchase", "value": printed}]
