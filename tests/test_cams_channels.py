"""Instances, accounts and numbers as CAMS names them, and wordings that come in parts."""

import json

import pytest

from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.world.load import load
from tests.cams import Cams
from tests.cams_arguments import minimal
from tests.cams_world import SECOND, SECOND_TEMPLATE, SPACE

FILE = load("docs")


@pytest.fixture
def docs_cams(hands):
    """A CAMS client on the world of the vendors' printed examples."""
    return Cams(Runtime(Settings(throttle=0), FILE, hands.clock()), key="testid", secret="testsecret")


def test_instances_are_found_by_what_they_are(cams):
    """
    Every subscribed space of the caller is an instance, found by its id, name, channel, account and part of its name.
    """

    def found(**asked):
        return [row["InstanceId"] for row in cams.read("ListInstance", **asked)["Data"]]

    everyone, waba = found(), cams.read("QueryChatappBindWaba", CustSpaceId=SECOND)["Data"]["Id"]

    assert everyone == [SPACE, SECOND]
    assert (
        found(InstanceId=SECOND)
        == found(InstanceName=SECOND)
        == found(BindId=waba)
        == found(FilterStr="sec")
        == [SECOND]
    )
    assert found(ChannelType="whatsapp") == found(IsBind=True) == everyone
    assert found(ChannelType="viber") == found(IsBind=False) == found(SubmitTime="2023-12-12 00:00:00") == []
    assert found(PageIndex=2, PageSize=1) == [SECOND]
    assert cams.read("ListInstance", PageIndex=2, PageSize=1)["TotalCount"] == 2
    assert cams.read("QueryInstance", InstanceId=SPACE)["Data"]["InstanceId"] == SPACE


def test_a_service_is_open_for_who_has_a_space(cams):
    """
    Who has a space has the service; who has none can neither be told so nor open it.
    """
    nobody = Cams(cams.runtime, key="nobody")
    refused = nobody.call("OpenChatappService")

    assert cams.read("OpenChatappService")["OpenStatus"] is cams.read("GetChatappOpenStatus")["OpenStatus"] is True
    assert nobody.read("GetChatappOpenStatus")["OpenStatus"] is False
    assert json.loads(refused.body)["Code"] == "Unknown.ResourceOwnerId"


def test_a_space_is_named_by_its_account(cams):
    """
    CustWabaId stands for the space of that account, and CustSpaceId counts above it.
    """
    waba = cams.read("QueryChatappBindWaba", CustSpaceId=SECOND)["Data"]["Id"]
    codes = [row["TemplateCode"] for row in cams.read("ListChatappTemplate", CustWabaId=waba)["ListTemplate"]]

    assert codes == [SECOND_TEMPLATE]
    assert cams.read("ListChatappTemplate", CustWabaId=waba, CustSpaceId=SPACE)["Total"] == 4
    assert cams.read("ChatappBindWaba", WabaId=waba)["Data"] == {"CustSpaceId": SECOND, "WabaId": waba}


def test_a_category_is_for_life(docs_cams):
    """
    The category of a template cannot be modified, even while it is being reviewed.
    """
    docs_cams.read("CreateChatappTemplate", **minimal("CreateChatappTemplate", FILE))
    modify = minimal("ModifyChatappTemplate", FILE)
    response = docs_cams.call("ModifyChatappTemplate", **modify, Category="MARKETING")

    assert docs_cams.read("ModifyChatappTemplate", **modify, Category="UTILITY")["Success"] is True
    assert json.loads(response.body)["Code"] == "InvalidCategory"


def test_dotted_lists_are_lists(docs_cams):
    """
    SenderList.1.To is the first of a list, in whichever order its parts were sent.
    """
    send = {**minimal("SendChatappMassMessage", FILE)}
    del send["SenderList"]
    dotted = {"SenderList.2.To": "22", "SenderList.1.To": "11", "SenderList.1.Payload.1": "p"}
    docs_cams.read("SendChatappMassMessage", **send, **dotted)
    asked = {**minimal("ListChatappMessage", FILE), "Page": {"Index": 1, "Size": 9}}

    assert [row["UserNumber"] for row in docs_cams.read("ListChatappMessage", **asked)["Data"]] == ["22", "11"]
