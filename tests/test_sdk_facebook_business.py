"""Meta's own Python SDK, pointed at a running server and otherwise untouched."""

from datetime import date

import pytest
from facebook_business.adobjects.ad import Ad
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.adcreative import AdCreative
from facebook_business.adobjects.adset import AdSet
from facebook_business.adobjects.adspixel import AdsPixel
from facebook_business.adobjects.campaign import Campaign
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from mockserver.clock import Clock
from mockserver.running import running
from mockserver.settings import Settings
from tests.adding import of_status

FIELDS = ["marketing_messages_delivered", "marketing_messages_link_btn_click", "marketing_messages_spend"]


@pytest.fixture(scope="module")
def default_world():
    with running(Settings(), clock=Clock(date(2026, 11, 21))) as server:
        yield server
        server.raise_own_bugs()


@pytest.fixture(scope="module")
def docs_world():
    with running(Settings(world="docs")) as server:
        yield server
        server.raise_own_bugs()


@pytest.fixture
def connect(monkeypatch):
    """Points the SDK at a server."""

    def to(server, token="EAAtok", secret="s3cr3t"):
        monkeypatch.setattr(FacebookSession, "GRAPH", server.url)
        return FacebookAdsApi.init("999", secret, token, crash_log=False)

    return to


@pytest.fixture
def account(connect, default_world):
    connect(default_world)
    return AdAccount("act_" + default_world.runtime.file.accounts[0].id)


def test_insights_of_a_message_campaign_are_the_vendors_example(connect, docs_world):
    """
    The SDK reads the numbers that Meta's page prints.
    """
    connect(docs_world)
    (row,) = Ad("120000000000001").get_insights(fields=[*FIELDS, "marketing_messages_read_rate"])

    assert row["marketing_messages_delivered"] == "2755"
    assert row["marketing_messages_read_rate"] == "79.419238"
    assert (row["date_start"], row["date_stop"]) == ("2024-05-01", "2025-07-29")


def test_a_cursor_walks_all_pages(account):
    """
    The SDK's cursor visits each ad of the account once, over several pages.
    """
    params = {"level": "ad", "date_preset": "maximum", "limit": 5}
    walked = [row["ad_id"] for row in account.get_insights(fields=["ad_id", *FIELDS], params=params)]
    at_once = [row["ad_id"] for row in account.get_insights(fields=["ad_id"], params={**params, "limit": 500})]

    assert len(walked) > 25
    assert walked == at_once
    assert len(set(walked)) == len(walked)


def test_the_account_is_the_sum_of_its_campaigns(account):
    """
    Delivered messages of the account are those of its campaigns together, of whatever status.
    """
    params = {"date_preset": "last_90d"}
    (whole,) = account.get_insights(fields=FIELDS, params=params)
    filtering = [of_status("campaign")]
    parts = account.get_insights(fields=FIELDS, params={**params, "level": "campaign", "filtering": filtering})

    assert sum(int(part["marketing_messages_delivered"]) for part in parts) == int(
        whole["marketing_messages_delivered"]
    )


def test_campaigns_are_found_and_read(account):
    """
    A client without an id finds the account, its campaigns with their total, and reads one of them.
    """
    accounts = list(User("me").get_ad_accounts(fields=["id", "currency"]))
    campaigns = account.get_campaigns(fields=["id", "name", "objective", "status"], params={"limit": 2})
    first = next(campaigns)
    read = Campaign(first["id"]).api_get(fields=["name", "account_id"])

    assert account["id"] in {one["id"] for one in accounts}
    assert campaigns.total() > 25
    assert read["name"] == first["name"]
    assert "act_" + read["account_id"] == account["id"]


@pytest.mark.filterwarnings("ignore:insights does not allow field")  # the SDK warns,
@pytest.mark.filterwarnings("ignore:value of date_preset might not be")  # and sends it all the same
@pytest.mark.parametrize(
    ("params", "fields", "status", "code", "subcode", "message"),
    [
        ({}, ["no_such_field"], 400, 100, None, "(#100) no_such_field is not valid for fields param."),
        ({"date_preset": "last_30_days"}, ["spend"], 400, 100, None, "(#100) date_preset must be one of the following"),
        (
            {"time_range": {"since": "2026-02-02", "until": "2026-02-01"}},
            ["spend"],
            400,
            100,
            None,
            "(#100) since must be",
        ),
        (
            {"time_range": {"since": "2020-02-02", "until": "2026-02-01"}},
            ["spend"],
            400,
            3018,
            None,
            "(#3018) The start",
        ),
        ({"after": "nonsense"}, ["spend"], 400, 2642, None, "(#2642) Invalid cursors values"),
        ({"breakdowns": ["age", "country"]}, ["spend"], 400, 100, None, "(#100) Current combination of data"),
    ],
)
def test_a_refusal_is_a_facebook_request_error(account, params, fields, status, code, subcode, message):
    """
    Each refusal reaches the SDK's caller as FacebookRequestError with Meta's code and words.
    """
    with pytest.raises(FacebookRequestError) as refused:
        list(account.get_insights(fields=fields, params=params))

    assert refused.value.http_status() == status
    assert refused.value.api_error_code() == code
    assert refused.value.api_error_subcode() == subcode
    assert refused.value.api_error_message().startswith(message)
    assert refused.value.api_error_type() == "OAuthException"


@pytest.mark.parametrize(
    ("token", "secret", "code", "subcode"),
    [
        ("EAAexpired", "s3cr3t", 190, 463),
        ("EAApassword", "s3cr3t", 190, 460),
        ("EAAdeauthorized", "s3cr3t", 190, 458),
        ("garbage", "s3cr3t", 190, None),
        ("EAApowerless", "s3cr3t", 200, None),
        ("EAAtok", "wrong", 100, None),
        ("EAAproof", None, 100, None),
    ],
)
def test_each_bad_credential_has_its_own_error(connect, default_world, token, secret, code, subcode):
    """
    Expired, invalidated, malformed, powerless and unproven tokens are told apart.
    """
    connect(default_world, token, secret)
    account = AdAccount("act_" + default_world.runtime.file.accounts[0].id)
    with pytest.raises(FacebookRequestError) as refused:
        account.get_insights(fields=["spend"])

    assert (refused.value.api_error_code(), refused.value.api_error_subcode()) == (code, subcode)


@pytest.mark.usefixtures("account")
def test_a_missing_object_is_refused():
    """
    Reading an id that nobody has is Meta's 100/33.
    """
    with pytest.raises(FacebookRequestError, match="Unsupported get request") as refused:
        Campaign("404404").api_get(fields=["name"])

    assert (refused.value.api_error_code(), refused.value.api_error_subcode()) == (100, 33)


def test_a_spent_budget_is_transient(connect):
    """
    The call after the app's last one is refused with code 4, which the SDK calls transient.
    """
    with running(Settings(world="docs", throttle=0.0000051)) as server:
        connect(server)
        Ad("120000000000001").api_get(fields=["name"])
        with pytest.raises(FacebookRequestError) as refused:
            Ad("120000000000001").api_get(fields=["name"])

        assert refused.value.api_error_code() == 4
        assert refused.value.api_transient_error()
        assert refused.value.http_headers()["x-app-usage"].startswith('{"call_count":100')


@pytest.mark.filterwarnings("ignore:.* does not allow field")  # the SDK warns of nested fields, and sends them
def test_nested_fields_are_read_through_the_sdk(account):
    """
    The SDK reads campaigns with their ad sets and insights in one answer, and makes objects of what is nested.
    """
    fields = ["name", "adsets.limit(2){id,name}", "insights.date_preset(maximum){impressions}"]
    campaigns = list(account.get_campaigns(fields=fields, params={"limit": 50}))
    first = next(one for one in campaigns if "insights" in one and "adsets" in one)
    alone = Campaign(first["id"])
    api = FacebookAdsApi.get_default_api()
    # api_get itself takes each part of a nested edge for the object that is read
    read = api.call("GET", (first["id"],), {"fields": "adsets.limit(2){id,name}"}).json()
    direct = [one["id"] for one in alone.get_ad_sets(fields=["id"], params={"limit": 2})]

    assert ids(read["adsets"]) == ids(first["adsets"]) == direct
    (row,) = alone.get_insights(fields=["impressions"], params={"date_preset": "maximum"})
    assert first["insights"]["data"][0]["impressions"] == row["impressions"]


def ids(nested):
    """The ids in a nested edge, which the SDK leaves as it is or makes a list of."""
    return [one["id"] for one in (nested["data"] if hasattr(nested, "keys") else nested)]


def test_every_edge_of_an_account_is_walked(account):
    """
    Campaigns, ad sets, ads, creatives, pixels and pages are counted and walked, and what a world has not is empty.
    """
    for get in (account.get_campaigns, account.get_ad_sets, account.get_ads, account.get_ad_creatives):
        cursor = get(fields=["id", "name"], params={"limit": 10})
        assert cursor.total() == len(list(cursor)) > 10
    pixels = list(account.get_ads_pixels(fields=["id", "name", "creation_time"]))
    pages = list(account.get_promote_pages(fields=["id", "name"]))
    empty = (account.get_custom_audiences, account.get_custom_conversions, account.get_ad_images, account.get_ad_labels)

    assert pixels
    assert pages
    assert {page["id"] for page in pages} <= {page["id"] for page in User("me").get_accounts(fields=["id"])}
    assert all(list(get(fields=["id"])) == [] for get in (*empty, account.get_ad_videos))
    assert list(account.get_activities(fields=["event_type"])) == []
    assert list(User("me").get_businesses(fields=["id"])) == []


@pytest.mark.filterwarnings("ignore:.* does not allow field")  # the SDK warns of nested fields, and sends them
def test_every_object_is_read_through_the_sdk(account):
    """
    An ad leads to its creative, its pixel and its page, each read by the SDK's own class with all of its fields.
    """
    ads = account.get_ads(fields=["creative{id,actor_id}", "adset{promoted_object}"], params={"limit": 100})
    ad = next(one for one in ads if "pixel_id" in one["adset"]["promoted_object"])
    creative = AdCreative(ad["creative"]["id"]).api_get(fields=sdk_fields(AdCreative))
    pixel = AdsPixel(ad["adset"]["promoted_object"]["pixel_id"]).api_get(fields=sdk_fields(AdsPixel))
    page = Page(creative["actor_id"]).api_get(fields=sdk_fields(Page))

    assert creative["actor_id"] == ad["creative"]["actor_id"] == ad["adset"]["promoted_object"]["page_id"]
    assert pixel["owner_ad_account"]["id"].startswith("act_")
    assert page["name"]
    for kind, one in ((AdAccount, account), (Campaign, account.get_campaigns()[0]), (AdSet, account.get_ad_sets()[0])):
        assert kind(one["id"]).api_get(fields=sdk_fields(kind))["name"]


def sdk_fields(kind):
    """Every field that the SDK knows of a class."""
    return [value for name, value in vars(kind.Field).items() if not name.startswith("_")]


def test_lists_are_filtered_through_the_sdk(account):
    """
    Filters travel as the SDK sends them, and the total is that of what they leave.
    """
    filtering = [{"field": "effective_status", "operator": "IN", "value": ["ACTIVE"]}]
    ads = account.get_ads(fields=["effective_status"], params={"filtering": filtering, "limit": 5})
    statuses = [ad["effective_status"] for ad in ads]

    assert set(statuses) == {"ACTIVE"}
    assert ads.total() == len(statuses)
