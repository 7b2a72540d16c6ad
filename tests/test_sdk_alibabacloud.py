"""Alibaba Cloud's own Python SDKs, pointed at a running server and otherwise untouched."""

import asyncio
import json
import uuid
from datetime import date

import pytest
from alibabacloud_cams20200606 import models
from alibabacloud_cams20200606.client import Client
from alibabacloud_tea_openapi import models as open_api_models
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest
from darabonba.exceptions import DaraException

from mockserver.clock import Clock
from mockserver.running import running
from mockserver.settings import Settings

SPACE, PAGE, ACCOUNT, CAMPAIGN = "cams-docs", "2380000000001", "2390000000001", "120000000000001"
NAMES = {"cust_space_id": SPACE, "page_id": PAGE, "ad_account_id": ACCOUNT, "campaign_id": CAMPAIGN}


@pytest.fixture(scope="module")
def docs_world():
    with running(Settings(world="docs")) as server:
        yield server
        server.raise_own_bugs()


def client(server, *, key="testid", secret="testsecret", token=None, algorithm=None):
    """The 5.x client, signing with V3 unless *algorithm* is v2."""
    config = open_api_models.Config(
        access_key_id=key,
        access_key_secret=secret,
        security_token=token,
        endpoint=server.host,
        protocol="HTTP",
        region_id="ap-southeast-1",
        signature_algorithm=algorithm,
    )
    return Client(config)


def insights(**changes):
    return models.GetMessageCampaignInsightsRequest(**{**NAMES, **changes})


SIGNED = pytest.mark.parametrize("algorithm", [None, "v2"], ids=["V3", "V1"])


@SIGNED
def test_insights_are_the_vendors_example(docs_world, algorithm):
    """
    Both signatures read the numbers that the page prints.
    """
    answer = client(docs_world, algorithm=algorithm).get_message_campaign_insights(insights())
    (row,) = answer.body.data

    assert (answer.body.code, answer.body.success) == ("OK", True)
    assert answer.headers["x-acs-request-id"] == answer.body.request_id
    assert row.marketing_messages_delivered == "2755"
    assert row.marketing_messages_read_rate == "79.419238"
    assert row.marketing_messages_spend == "38.87"
    assert (row.date_start, row.date_stop) == ("2024-05-01", "2025-07-29")


@SIGNED
def test_the_async_client_gets_the_same(docs_world, algorithm):
    """
    The asynchronous client is answered as the synchronous one.
    """
    asked = client(docs_world, algorithm=algorithm)
    answer = asyncio.run(asked.get_message_campaign_insights_async(insights()))

    assert answer.body.data[0].marketing_messages_link_btn_click == "268"


@SIGNED
def test_every_operation_answers(docs_world, algorithm):
    """
    Lists, template metrics, and switching them on work through the SDK's own models.
    """
    asked = client(docs_world, algorithm=algorithm)
    page = models.ListMessageCampaignRequestPage(index=1, size=10)
    listed = asked.list_message_campaign(
        models.ListMessageCampaignRequest(cust_space_id=SPACE, page_id=PAGE, page=page)
    ).body
    accounts = asked.list_page_ad_account(models.ListPageAdAccountRequest(cust_space_id=SPACE, page_id=PAGE)).body
    enabled = asked.enable_whatsapp_roimetric(models.EnableWhatsappROIMetricRequest(cust_space_id=SPACE)).body
    metric = asked.get_chatapp_template_metric(
        models.GetChatappTemplateMetricRequest(
            cust_space_id=SPACE,
            template_code="1100000000000001",
            start=1693107714687,
            end=1693407714687,
            granularity="DAILY",
        )
    ).body

    assert (listed.total, listed.data[0].campaign_id) == (1, CAMPAIGN)
    assert [one.ad_account_id for one in accounts.data] == [ACCOUNT]
    assert enabled.code == "OK"
    assert metric.code == "OK"
    assert sum(bucket.sent_count for bucket in metric.data) == 10
    assert sum(bucket.delivered_count for bucket in metric.data) == 6
    assert metric.data[0].cliented[0].type == "quick_reply_button"


@SIGNED
@pytest.mark.parametrize(
    ("credentials", "changes", "status", "code"),
    [
        ({"secret": "wrong"}, {}, 400, "SignatureDoesNotMatch"),
        ({"key": "LTAIunknown"}, {}, 404, "InvalidAccessKeyId.NotFound"),
        ({"key": "LTAIinactive", "secret": "inactivesecret"}, {}, 400, "InvalidAccessKeyId.Inactive"),
        ({"key": "LTAIpowerless", "secret": "powerlesssecret"}, {}, 400, "Ram.PermissionDeny"),
        ({"key": "LTAIother", "secret": "othersecret"}, {}, 400, "Unknown.ResourceOwnerId"),
        ({}, {"campaign_id": "1"}, 400, "Unknown.ResourceOwnerId"),
        ({}, {"page_id": None}, 400, "MissingPageId"),
    ],
)
def test_a_refusal_is_an_exception_with_the_vendors_code(docs_world, algorithm, credentials, changes, status, code):
    """
    Each refusal reaches the SDK's caller with Alibaba Cloud's code and HTTP status.
    """
    with pytest.raises(DaraException) as refused:
        client(docs_world, algorithm=algorithm, **credentials).get_message_campaign_insights(insights(**changes))

    assert refused.value.code == code
    assert refused.value.data["statusCode"] == status


@SIGNED
def test_sts_credentials_are_served(docs_world, algorithm):
    """
    A temporary key works with its security token.
    """
    asked = client(docs_world, key="STS.sandbox", secret="stssecret", token="CAISsandbox", algorithm=algorithm)

    assert asked.get_message_campaign_insights(insights()).body.code == "OK"


def common(action: str, method: str = "POST", **parameters: str) -> CommonRequest:
    """A CommonRequest of aliyun-python-sdk-core."""
    request = CommonRequest(version="2020-06-06", action_name=action)
    request.set_method(method)
    request.set_accept_format("json")
    for name, value in parameters.items():
        request.add_query_param(name, value)
    return request


WIRE = {"CustSpaceId": SPACE, "PageId": PAGE, "AdAccountId": ACCOUNT, "CampaignId": CAMPAIGN}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_core_sdk_is_served(docs_world, method):
    """
    aliyun-python-sdk-core, which signs V1 and may GET, reads the same numbers.
    """
    request = common("GetMessageCampaignInsights", method, **WIRE)
    request.set_domain(docs_world.host)
    body = json.loads(AcsClient("testid", "testsecret", "ap-southeast-1").do_action_with_exception(request))

    assert body["Data"][0]["MarketingMessagesDelivered"] == "2755"
    assert uuid.UUID(body["RequestId"])


def test_the_core_sdk_gets_the_vendors_error(docs_world):
    """
    A wrong secret is SignatureDoesNotMatch, as a ServerException.
    """
    request = common("GetMessageCampaignInsights", **WIRE)
    request.set_domain(docs_world.host)
    with pytest.raises(ServerException) as refused:
        AcsClient("testid", "wrong", "ap-southeast-1").do_action_with_exception(request)

    assert refused.value.get_error_code() == "SignatureDoesNotMatch"
    assert refused.value.get_http_status() == 400


def test_both_vendors_tell_the_same_world():
    """
    Each campaign that CAMS lists has, over its delivery, the numbers that Graph tells for those days.
    """
    with running(Settings(), clock=Clock(date(2026, 11, 21))) as server:
        asked, world = client(server), server.runtime.world
        space = next(one for one in world.file.spaces.values() if one.subscribed and one.owner_id == "1000000000000001")
        compared = 0
        for page_id in sorted(space.pages):
            page = models.ListMessageCampaignRequestPage(index=1, size=100)
            asking = {"cust_space_id": space.id, "page_id": page_id}
            for listed in asked.list_message_campaign(models.ListMessageCampaignRequest(page=page, **asking)).body.data:
                compared += _same_numbers(server, asked, asking, listed)
        assert compared > 5


def _same_numbers(server, asked, asking, listed) -> int:
    import requests

    told = {**asking, "ad_account_id": listed.ad_account_id, "campaign_id": listed.campaign_id}
    rows = asked.get_message_campaign_insights(models.GetMessageCampaignInsightsRequest(**told)).body.data
    if not rows:
        return 0
    row = rows[0].to_map()
    graph = {
        "fields": "marketing_messages_delivered,marketing_messages_read_rate,marketing_messages_spend,"
        "marketing_messages_link_btn_click,marketing_messages_link_btn_click_rate,marketing_messages_cost_per_delivered,"
        "marketing_messages_cost_per_link_btn_click,marketing_messages_delivery_rate,ad_name",
        "time_range": json.dumps({"since": row["DateStart"], "until": row["DateStop"]}),
        "access_token": "EAAtok",
    }
    answer = requests.get(f"{server.url}/v26.0/{listed.campaign_id}/insights", params=graph, timeout=10).json()
    (same,) = answer["data"]

    assert same.pop("ad_name") == listed.campaign_name
    assert (same.pop("date_start"), same.pop("date_stop")) == (row.pop("DateStart"), row.pop("DateStop"))
    assert {name.replace("_", ""): value for name, value in same.items()} == {
        name.lower(): value for name, value in row.items()
    }
    return 1
