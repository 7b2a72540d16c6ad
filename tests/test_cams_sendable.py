"""What may be sent, from where, and when it may be sent again."""

from datetime import UTC, datetime

import pytest

from mockserver.clock import Clock
from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from tests.cams import Cams
from tests.cams_arguments import CREATED, minimal
from tests.cams_world import SPACE, VIBER, world_file


def test_a_created_template_is_sent_once_it_is_approved(cams, hands):
    """
    A day after it was created a template is approved, and goes out.
    """
    created = cams.read("CreateChatappTemplate", **minimal("CreateChatappTemplate"), CustSpaceId=SPACE)["Data"]
    hands.forward(86_401)
    send = {**minimal("SendChatappMassMessage"), "TemplateCode": created["TemplateCode"], "Language": "en"}

    assert created["TemplateName"] == CREATED
    assert cams.read("SendChatappMassMessage", **send)["GroupMessageId"]


def test_a_review_may_take_no_time():
    """
    With review_seconds=0 a template is sent as soon as it is created, also on a day that stands still.
    """
    held = Clock(datetime(2026, 11, 21, 12, tzinfo=UTC))
    cams = Cams(Runtime(Settings(throttle=0, review_seconds=0), world_file(), held))
    created = cams.read("CreateChatappTemplate", **minimal("CreateChatappTemplate"), CustSpaceId=SPACE)["Data"]
    asked = {"CustSpaceId": SPACE, "Code": created["TemplateCode"]}
    send = {**minimal("SendChatappMassMessage"), "TemplateCode": created["TemplateCode"], "Language": "en"}

    assert [one["AuditStatus"] for one in cams.read("ListChatappTemplate", **asked)["ListTemplate"]] == ["pass"]
    assert cams.read("SendChatappMassMessage", **send)["GroupMessageId"]
    assert cams.runtime.bugs == []


def test_what_was_forbidden_may_be_allowed_again(cams):
    """
    A template that is allowed and out of the archive, and a number that is connected again, send as before.
    """
    phone, properties = minimal("ChatappPhoneNumberDeregister"), minimal("ModifyChatappTemplateProperties")
    archive = minimal("ArchiveChatappTemplate")
    for allowed, archived in ((False, "ARCHIVED"), (True, "UNARCHIVED")):
        cams.read("ModifyChatappTemplateProperties", **properties, AllowSend=allowed)
        cams.read("ArchiveChatappTemplate", **{**archive, "ArchiveType": archived})
    cams.read("ChatappPhoneNumberDeregister", **phone)
    cams.read("ChatappPhoneNumberRegister", **{**minimal("ChatappPhoneNumberRegister"), **phone})

    assert cams.read("SendChatappMassMessage", **minimal("SendChatappMassMessage"))["GroupMessageId"]


@pytest.mark.parametrize(
    ("channel", "sender"), [("instagram", "17841400000000"), ("viber", "12345"), ("telegram", "shop_bot")]
)
def test_every_documented_channel_sends(cams, channel, sender):
    """
    A single message goes out over each channel that SendChatappMessage lists, and a template over its own.
    """
    send = {**minimal("SendChatappMessage"), "ChannelType": channel, "From": sender}
    template = {**send, "Type": "template", "TemplateCode": VIBER, "Language": "en"}

    assert cams.read("SendChatappMessage", **send)["MessageId"]
    if channel == "viber":
        assert cams.read("SendChatappMessage", **template)["MessageId"]
