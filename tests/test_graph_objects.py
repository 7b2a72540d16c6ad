"""Reads of ad accounts, campaigns, ad sets, ads and users."""

import importlib
import json
import re
from datetime import date

import pytest

from mockserver.contract.load import load
from tests.graph import ACCOUNT, AD, Graph, graph_on
from tests.worlds import edited

CAMPAIGN, ADSET = "120000000000003", "120000000000002"
CREATIVE, PIXEL, PAGE = "120237521950668685", "330000000000001", "2380000000001"
ATTRIBUTION = [{"event_type": "CLICK_THROUGH", "window_days": 7}, {"event_type": "VIEW_THROUGH", "window_days": 1}]
TARGETING = {
    "geo_locations": {"countries": ["US"], "location_types": ["home", "recent"]},
    "age_min": 18,
    "age_max": 65,
    "publisher_platforms": ["messenger"],
    "messenger_positions": ["sponsored_messages"],
}
SDK = "facebook_business.adobjects"
OPERATIONS = load("meta").operations


def served(kind: str) -> str:
    """Every field of a kind of object that is served."""
    return ",".join(sorted(OPERATIONS[kind].served))


def test_an_ad_account_is_told_whole(docs: Graph):
    """
    An ad account tells what its world file says, money as text, its times in its own time zone.
    """
    assert docs.read(f"/{ACCOUNT}", fields=served("adaccount")) == {
        "id": ACCOUNT,
        "account_id": "2390000000001",
        "name": "Docs Ad Account",
        "currency": "USD",
        "timezone_name": "America/Los_Angeles",
        "timezone_id": 1,
        "timezone_offset_hours_utc": -8,
        "account_status": 1,
        "created_time": "2020-01-15T09:00:00-0800",
        "age": 2502.0,
        "amount_spent": "3887",
        "balance": "0",
        "spend_cap": "0",
        "min_daily_budget": 100,
        "min_campaign_group_spend_cap": "10000",
        "owner": "122000000000001",
        "user_tasks": ["DRAFT", "ANALYZE", "ADVERTISE", "MANAGE"],
        "attribution_spec": ATTRIBUTION,
        "is_attribution_spec_system_default": True,
        "is_notifications_enabled": True,
        "has_migrated_permissions": True,
        **dict.fromkeys(("disable_reason", "is_personal", "tax_id_status"), 0),
        **dict.fromkeys(
            ("is_prepay_account", "is_direct_deals_enabled", "can_create_brand_lift_study", "is_tax_id_required"), False
        ),
    }


def test_a_campaign_is_told_whole(docs: Graph):
    """
    A campaign spans the schedule of its ad sets; 0 says that it is a copy of nothing.
    """
    assert docs.read(f"/{CAMPAIGN}", fields=served("campaign")) == {
        "id": CAMPAIGN,
        "name": "campaign-name",
        "account_id": "2390000000001",
        "status": "ACTIVE",
        "configured_status": "ACTIVE",
        "effective_status": "ACTIVE",
        "created_time": "2024-05-01T09:00:00-0700",
        "updated_time": "2024-05-01T09:20:00-0700",
        "objective": "OUTCOME_ENGAGEMENT",
        "buying_type": "AUCTION",
        "is_message_campaign": True,
        "start_time": "2024-05-01T00:00:00-0700",
        "stop_time": "2025-07-29T23:59:59-0700",
        "source_campaign_id": "0",
        "topline_id": "0",
        "account": {"account_id": "2390000000001", "id": ACCOUNT},
        "budget_remaining": "0",
        "special_ad_categories": [],
        "special_ad_category": "NONE",
        "special_ad_category_country": [],
        "pacing_type": ["standard"],
        "smart_promotion_type": "GUIDED_CREATION",
        "can_use_spend_cap": True,
        **dict.fromkeys(
            (
                *("is_direct_send_campaign", "budget_rebalance_flag", "can_create_brand_lift_study"),
                *("is_skadnetwork_attribution", "is_budget_schedule_enabled", "is_adset_budget_sharing_enabled"),
                "has_secondary_skadnetwork_reporting",
            ),
            False,
        ),
    }


def test_an_ad_set_is_told_whole(docs: Graph):
    """
    An ad set tells its budget in hundredths as text, its schedule, its pixel and page, and its campaign.
    """
    assert docs.read(f"/{ADSET}", fields=served("adset")) == {
        "id": ADSET,
        "name": "campaign-name",
        "account_id": "2390000000001",
        "status": "ACTIVE",
        "configured_status": "ACTIVE",
        "effective_status": "ACTIVE",
        "created_time": "2024-05-01T09:00:00-0700",
        "updated_time": "2024-05-01T09:20:00-0700",
        "campaign_id": CAMPAIGN,
        "campaign": {"id": CAMPAIGN},
        "daily_budget": "6200",
        "lifetime_budget": "0",
        "start_time": "2024-05-01T00:00:00-0700",
        "end_time": "2025-07-29T23:59:59-0700",
        "promoted_object": {"pixel_id": "330000000000001", "page_id": "2380000000001"},
        "source_adset_id": "0",
        "account": {"account_id": "2390000000001", "id": ACCOUNT},
        "budget_remaining": "6200",
        "bid_strategy": "LOWEST_COST_WITHOUT_CAP",
        "billing_event": "IMPRESSIONS",
        "optimization_goal": "IMPRESSIONS",
        "optimization_sub_event": "NONE",
        "multi_optimization_goal_weight": "UNDEFINED",
        "destination_type": "MESSENGER",
        "targeting": TARGETING,
        "attribution_spec": ATTRIBUTION,
        "pacing_type": ["standard"],
        "lifetime_imps": 0,
        **dict.fromkeys(
            (
                *("is_dynamic_creative", "is_budget_schedule_enabled", "is_incremental_attribution_enabled"),
                *("recurring_budget_semantics", "use_new_app_click"),
            ),
            False,
        ),
    }


def test_a_lifetime_budget_has_no_daily_one():
    """
    Of the two budgets the one that an ad set has not is 0.
    """
    adset = "campaigns/0/adsets/0/"
    graph = graph_on(edited({adset + "daily_budget": None, adset + "lifetime_budget": 93000}))

    assert graph.read(f"/{ADSET}", fields="daily_budget,lifetime_budget") == {
        "daily_budget": "0",
        "lifetime_budget": "93000",
        "id": ADSET,
    }


def test_an_ad_is_told_whole(docs: Graph):
    """
    An ad, which is what a message campaign's id names, tells the ad set and the campaign that it belongs to.
    """
    assert docs.read(f"/{AD}", fields=served("ad")) == {
        "id": AD,
        "name": "campaign-name",
        "account_id": "2390000000001",
        "status": "ACTIVE",
        "configured_status": "ACTIVE",
        "effective_status": "ACTIVE",
        "created_time": "2024-05-01T09:10:00-0700",
        "updated_time": "2024-05-01T09:20:00-0700",
        "campaign_id": CAMPAIGN,
        "campaign": {"id": CAMPAIGN},
        "adset_id": ADSET,
        "adset": {"id": ADSET},
        "source_ad_id": "0",
        "account": {"account_id": "2390000000001", "id": ACCOUNT},
        "creative": {"id": CREATIVE},
        "targeting": TARGETING,
        "tracking_specs": [{"action.type": ["offsite_conversion"], "fb_pixel": [PIXEL]}],
        "conversion_specs": [{"action.type": ["onsite_conversion"], "page": [PAGE]}],
        "display_sequence": 0,
        "engagement_audience": False,
    }


def test_a_creative_a_pixel_a_page_and_a_user_are_told_whole(docs: Graph):
    """
    A creative names its page and its ad account, a pixel the account that was the first to use it.
    """
    creative = docs.read(f"/{CREATIVE}", fields=served("adcreative"))
    name = creative.pop("name")

    assert re.fullmatch(r"campaign-name 2024-05-01-[0-9a-f]{32}", name)
    assert creative == {
        "id": CREATIVE,
        "account_id": "2390000000001",
        "actor_id": PAGE,
        "status": "ACTIVE",
        "object_story_spec": {"page_id": PAGE},
    }
    assert docs.read(f"/{PIXEL}", fields=served("adspixel")) == {
        "id": PIXEL,
        "name": "Docs Ad Account's Pixel",
        "creation_time": "2024-05-01T09:00:00-0700",
        "is_unavailable": False,
        "owner_ad_account": {"account_id": "2390000000001", "id": ACCOUNT},
    }
    page, user = docs.read(f"/{PAGE}", fields=served("page")), docs.read("/me", fields=served("me"))
    pictures = [one.pop("picture")["data"] for one in (page, user)]
    tasks = page.pop("tasks")

    assert page == {"id": PAGE, "name": "Docs Page"}
    assert user == {"id": "122000000000001", "name": "Test User"}
    assert [(one["height"], one["width"], one["is_silhouette"]) for one in pictures] == [(50, 50, True)] * 2
    assert PAGE in pictures[0]["url"]
    assert "MANAGE" in tasks


def test_a_picture_tells_what_is_asked_of_it(docs: Graph):
    """
    picture{url} is the address alone, under data as Graph has it; what a picture has not is refused.
    """
    told = docs.read("/me", fields="name,picture.type(large){url}")
    refused = docs.get("/me", fields="picture{nonsense}")

    assert list(told["picture"]) == ["data"]
    assert list(told["picture"]["data"]) == ["url"]
    assert "nonexisting field (nonsense) on node type (ProfilePictureSource)" in refused.body.decode()


def test_parts_of_a_property_may_have_other_names(docs: Graph):
    """
    Also within a plain property a part is told under the name that the caller gives it.
    """
    user = docs.read("/me", fields="picture.as(face){url.as(where),width}")
    ad = docs.read(f"/{AD}", fields="targeting{geo_locations.as(geo){countries}},name")

    assert set(user["face"]["data"]) == {"where", "width"}
    assert set(ad["targeting"]) == {"geo"}


def test_tokens_are_refused_by_name_to_anybody(docs: Graph):
    """
    What Meta has for tokens is called with no token, or with an app's: it is not served, and says so.
    """
    for path, token in (("oauth/access_token", None), ("v24.0/debug_token", "999|s3cr3t")):
        answer = docs.get(f"/{path}", access_token=token, grant_type="client_credentials")

        assert "is not served by this mock server yet" in answer.body.decode()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (ACCOUNT, {"account_id": "2390000000001", "id": ACCOUNT}),
        (CAMPAIGN, {"id": CAMPAIGN}),
        (ADSET, {"id": ADSET}),
        (AD, {"id": AD}),
        ("me", {"name": "Test User", "id": "122000000000001"}),
        (f"{ACCOUNT}/campaigns", {"id": CAMPAIGN}),
        (f"{CAMPAIGN}/adsets", {"id": ADSET}),
        (f"{ADSET}/ads", {"id": AD}),
        (CREATIVE, {"id": CREATIVE}),
        (PIXEL, {"id": PIXEL}),
        (PAGE, {"name": "Docs Page", "id": PAGE}),
        (f"{AD}/adcreatives", {"id": CREATIVE}),
        ("me/accounts", {"name": "Docs Page", "id": PAGE}),
        ("me/adaccounts", {"account_id": "2390000000001", "id": ACCOUNT}),
    ],
)
def test_without_fields_an_object_is_little_more_than_its_id(docs: Graph, path, told):
    """
    Fields that nobody asks for are not told; the id always is.
    """
    body = docs.read(f"/{path}")
    record = body["data"][0] if "data" in body else body

    assert record == told
    assert list(record) == list(told)


def test_fields_come_in_the_order_asked_for_and_the_id_last(docs: Graph):
    """
    Fields keep their order, one asked for twice comes once, and spaces and empty names do not count.
    """
    body = docs.read(f"/{CAMPAIGN}", fields="status, name,,status,objective,")

    assert list(body) == ["status", "name", "objective", "id"]
    assert list(docs.read(f"/{CAMPAIGN}", fields=["id", "name"])) == ["name", "id"]


def test_what_is_not_set_is_absent():
    """
    An ad set without end, pixel or daily budget has no end_time and no pixel_id; nothing is null.
    """
    adset = "campaigns/0/adsets/0/"
    graph = graph_on(edited({adset + "end_date": None} | {adset + "pixel_id": None}))
    body = graph.read(f"/{ADSET}", fields=served("adset") + ",issues_info,bid_amount")

    assert set(served("adset").split(",")) - set(body) == {"end_time"}
    assert body["promoted_object"] == {"page_id": "2380000000001"}
    assert "stop_time" not in graph.read(f"/{CAMPAIGN}", fields="stop_time")


@pytest.mark.parametrize(
    ("edits", "statuses"),
    [
        ({"status": "PAUSED"}, ["PAUSED", "CAMPAIGN_PAUSED", "CAMPAIGN_PAUSED"]),
        ({"adsets/0/status": "PAUSED"}, ["ACTIVE", "PAUSED", "ADSET_PAUSED"]),
        ({"adsets/0/ads/0/status": "PAUSED"}, ["ACTIVE", "ACTIVE", "PAUSED"]),
        ({"status": "DELETED"}, ["DELETED", "DELETED", "DELETED"]),
        ({"status": "PAUSED", "adsets/0/status": "PAUSED"}, ["PAUSED", "PAUSED", "CAMPAIGN_PAUSED"]),
        ({"status": "ARCHIVED", "adsets/0/ads/0/status": "PAUSED"}, ["ARCHIVED", "ARCHIVED", "ARCHIVED"]),
    ],
)
def test_effective_status_is_ones_own_or_that_of_what_is_above(edits, statuses):
    """
    What is active is paused with its campaign or ad set; whatever it is, it is deleted or archived with them.
    """
    graph = graph_on(edited({f"campaigns/0/{path}": value for path, value in edits.items()}))
    found = [graph.read(f"/{node}", fields="effective_status")["effective_status"] for node in (CAMPAIGN, ADSET, AD)]

    assert found == statuses


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        ("campaign{name", 2500, 'Syntax error "Expected end of string instead of "{"." at character 8: campaign{name'),
        ("campaign(name}", 2500, 'Syntax error "Expected end of string instead of "("." at character 8: campaign('),
        ("campaign}", 2500, 'Syntax error "Expected end of string instead of "}"." at character 8: campaign}'),
        ("na-me", 2500, 'Syntax error "Expected end of string instead of "-"." at character 2: na-me'),
        ("nonsense,na-me", 2500, 'Syntax error "Expected end of string instead of "-"." at character 11: nonsense,na'),
        ("nonsense,campaign{name}", 100, "(#100) Tried accessing nonexisting field (nonsense) on node type (Ad)"),
        ("campaign{nonsense}", 100, "(#100) Tried accessing nonexisting field (nonsense) on node type (Campaign)"),
        ("special_ad_categories,nonsense", 3, "(#3) App must be on whitelist"),
    ],
)
def test_fields_are_read_before_they_are_looked_up(docs: Graph, fields, code, message):
    """
    What is not a list of names with what is asked of them is a syntax error; then names are judged.
    """
    error = json.loads(docs.get(f"/{AD}", fields=fields).body)["error"]

    assert (error["code"], error["message"][: len(message)]) == (code, message)


@pytest.mark.parametrize(
    ("kind", "module", "name"),
    [
        ("adaccount", "adaccount", "AdAccount"),
        ("campaign", "campaign", "Campaign"),
        ("adset", "adset", "AdSet"),
        ("ad", "ad", "Ad"),
        ("adcreative", "adcreative", "AdCreative"),
        ("adspixel", "adspixel", "AdsPixel"),
        ("page", "page", "Page"),
        ("me", "user", "User"),
        ("businesses", "business", "Business"),
        ("business_users", "businessuser", "BusinessUser"),
        ("activities", "adactivity", "AdActivity"),
        ("adimages", "adimage", "AdImage"),
        ("adlabels", "adlabel", "AdLabel"),
        ("advideos", "advideo", "AdVideo"),
        ("customaudiences", "customaudience", "CustomAudience"),
        ("customconversions", "customconversion", "CustomConversion"),
    ],
)
def test_every_field_of_the_sdk_is_known(kind, module, name):
    """
    The contract knows each field that Meta's SDK has for a kind of object, and calls the kind as the SDK does.
    """
    listed = vars(getattr(importlib.import_module(f"{SDK}.{module}"), name).Field)
    fields = {value for key, value in listed.items() if not key.startswith("_")}

    assert fields <= set(OPERATIONS[kind].record["properties"])
    assert OPERATIONS[kind].record["title"] == name


@pytest.mark.parametrize(
    ("budget", "today", "left"),
    [
        ({"daily_budget": 6200}, "2024-05-01", "5748"),
        ({"daily_budget": 6200}, "2024-05-03", "6200"),
        ({"daily_budget": 100}, "2024-05-01", "0"),
        ({"lifetime_budget": 93000}, "2024-05-02", "92118"),
        ({"lifetime_budget": 93000}, "2026-11-21", "89113"),
    ],
)
def test_what_is_left_of_a_budget_is_the_budget_without_the_spend(budget, today, left):
    """
    Of a daily budget today's spend is gone, of a lifetime's all that was spent; less than nothing is never left.
    """
    adset = "campaigns/0/adsets/0/"
    edits = {adset + "daily_budget": None} if "lifetime_budget" in budget else {}
    graph = graph_on(edited(edits | {adset + name: value for name, value in budget.items()}), date.fromisoformat(today))

    assert graph.read(f"/{ADSET}", fields="budget_remaining")["budget_remaining"] == left


def test_a_user_without_the_right_to_manage_only_analyzes():
    """
    user_tasks of an account, and tasks of the pages that a user lists, are what the token's permissions allow.
    """
    graph = graph_on(edited({"credentials/access_tokens/0/permissions": ["ads_read"]}))
    manager = graph_on("docs").read("/me/accounts", fields="tasks")["data"]

    assert graph.read(f"/{ACCOUNT}", fields="user_tasks")["user_tasks"] == ["ANALYZE"]
    assert [page["tasks"] for page in graph.read("/me/accounts", fields="tasks")["data"]] == [["ANALYZE"]]
    assert all({"ANALYZE", "ADVERTISE", "MANAGE"} <= set(page["tasks"]) for page in manager)
    assert manager


@pytest.mark.parametrize("path", [CREATIVE, PIXEL, PAGE])
def test_what_belongs_to_no_account_of_the_token_is_missing(path):
    """
    Creatives, pixels and pages are seen by those who see an ad account that uses them.
    """
    graph = graph_on(edited({"credentials/access_tokens/0/accounts": []}))
    error = json.loads(graph.get(f"/{path}").body)["error"]

    assert (error["code"], error["error_subcode"]) == (100, 33)
