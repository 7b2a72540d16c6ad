"""Chat messages: those that are sent through CAMS are listed by it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.cams import kept, spaces
from mockserver.vendors.cams.record import one, sparse
from mockserver.vendors.cams.template_reads import audit_status, changed
from mockserver.world.chance import draws
from mockserver.world.channel import Phone
from mockserver.world.entities import Ad, Message, Space, Template
from mockserver.world.ledger import MessageSent
from mockserver.world.now import World

CHANNELS = ("whatsapp", "messenger", "instagram", "viber")
# what only single messages go to
SINGLE = ("telegram",)
# "this is the Instagram professional account ID", "this is the Viber Service ID" — Alibaba Cloud, SendChatappMessage
_NUMERIC = ("instagram", "viber")
TYPES = ("template", "message")
# "the maximum number of recipients is 1,000" — Alibaba Cloud, SendChatappMassMessage
MOST_RECIPIENTS = 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FILTERS: Mapping[str, Callable[[Message], str | None]] = {
    "TemplateCode": lambda message: message.template_code,
    "UserNumber": lambda message: message.recipient,
    "GroupMessageId": lambda message: message.group_id,
    "ClientAcceptStatus": lambda _: "success",
    "MessageStatus": lambda _: "success",
    "EventAction": lambda _: "DOWN",
}


def send_chatapp_message(world: World, question: Question) -> Records:
    """Send one message; its id names it in the list."""
    asked = question.arguments
    if asked["Type"] not in TYPES:
        raise MockError("InvalidParameter.TypeNotSupport")
    space = _sender(world, question, (*CHANNELS, *SINGLE))
    if asked["Type"] == "template":
        template = _template(world, space, asked)
    else:
        template = None
        for name in ("MessageType", "Content"):
            if name not in asked:
                raise MockError(f"InvalidParameter.{name}NotEmpty")
    _campaign(world, space, asked)
    return one(message_id=_send(world, space, asked, [asked["To"]], template)[0])


def send_chatapp_mass_message(world: World, question: Question) -> Records:
    """Send a template to up to a thousand people; they share the id of the group."""
    asked = question.arguments
    recipients = [entry.get("To") for entry in asked.get("SenderList", ())]
    if not recipients or not all(recipients):
        raise MockError("InvalidParameter.ToNotEmpty")
    if len(recipients) > MOST_RECIPIENTS:
        raise MockError("Invalid", parameter="SenderList")
    space = _sender(world, question, CHANNELS)
    template = _template(world, space, asked)
    return one(group_message_id=_send(world, space, {**asked, "Type": "template"}, recipients, template)[1])


def list_chatapp_message(world: World, question: Question) -> Records:
    """The messages that a phone number or page of a space sent, newest first."""
    asked = question.arguments
    space = spaces.named(world, question, asked["CustSpaceId"])
    since, until = _bound(asked, "Start"), _bound(asked, "End")
    channel = asked["ChannelType"].lower()
    if channel not in (*CHANNELS, *SINGLE):
        raise MockError("InvalidParameter.ChannelTypeNotSupport")
    rows = [
        message
        for message in _of(world, space, asked["BusinessNumber"])
        if message.channel == channel
        and (since is None or message.sent_at >= since)
        and (until is None or message.sent_at < until)
        and all(name not in asked or asked[name] == of(message) for name, of in _FILTERS.items())
    ]
    return Records(rows, lambda message: sparse(_row(message)))


def _of(world: World, space: Space, number: str) -> Iterator[Message]:
    kept = list(world.made.messages.get(number.removeprefix("+"), ()))
    return (message for message in reversed(kept) if message.space_id == space.id)


def _bound(asked: Mapping[str, Any], which: str) -> datetime | None:
    if f"{which}Time" in asked:
        try:
            return _EPOCH + timedelta(milliseconds=asked[f"{which}Time"])
        except OverflowError:
            raise MockError("Invalid", parameter=f"{which}Time") from None
    text = asked.get(f"{which}TimeStr")
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        raise MockError("Invalid", parameter=f"{which}TimeStr") from None


def _sender(world: World, question: Question, channels: Sequence[str]) -> Space:
    """The space that sends: From is one of its phone numbers, or one of its pages; raises MockError."""
    asked, usable = question.arguments, spaces.usable(world, question)
    channel = asked["ChannelType"].lower()
    if channel not in channels:
        raise MockError("InvalidParameter.ChannelTypeNotSupport")
    if channel == "whatsapp":
        return _connected(world, usable, spaces.phone(world, usable, asked["From"]))
    if channel == "messenger":
        found = [space for space in usable if asked["From"] in space.pages]
        if not found:
            raise MockError("Unknown.ResourceOwnerId")
        return found[0]
    if channel in _NUMERIC and not asked["From"].isdecimal():
        raise MockError("InvalidParameter.FromOnlyNumeric")
    return usable[0]


def _connected(world: World, usable: Sequence[Space], phone: Phone) -> Space:
    """The space of *phone*, which must be neither pending nor disconnected; raises MockError."""
    if kept.of(world, "phone", phone.number).get("status", "CONNECTED") != "CONNECTED":
        raise MockError("InvalidParameter.FromNotSupport")
    return next(space for space in usable if space.id == phone.space_id)


def _template(world: World, space: Space, asked: Mapping[str, Any]) -> Template:
    if "TemplateCode" not in asked and "TemplateName" not in asked:
        raise MockError("InvalidParameter.TemplateCodeNotEmpty")
    if "Language" not in asked:
        raise MockError("InvalidParameter.LanguageNotEmpty")
    for template in world.made.own[space.id]:
        if template.language == asked["Language"] and _named(template, asked):
            return _sendable(world, template, asked["ChannelType"])
    raise MockError("DetailError.TemplateNotExist")


def _sendable(world: World, template: Template, channel: str) -> Template:
    """*template*, if it is of that channel, approved, and may be sent; raises MockError."""
    if template.type != channel.upper():
        raise MockError("InvalidParameter.TemplateTypeNotSupport")
    # "template: a message template that has been approved in the console" — Alibaba Cloud, SendChatappMessage
    if audit_status(world, template) != "pass":
        raise MockError("InvalidParameter.AuditStatusNotSupport")
    settings = changed(world, template)
    if settings.get("archived") or not settings.get("allow_send", True):
        raise MockError("SendMessage.Error")
    return template


def _named(template: Template, asked: Mapping[str, Any]) -> bool:
    code, name = asked.get("TemplateCode", template.code), asked.get("TemplateName", template.name)
    return bool(code == template.code and name == template.name)


def _campaign(world: World, space: Space, asked: Mapping[str, Any]) -> None:
    """A message that names a message campaign or an ad account names one of the space; raises MockError."""
    if "AdAccountId" in asked:
        spaces.account_id(space, asked["AdAccountId"])
    if "MessageCampaignId" in asked:
        ad = world.node(asked["MessageCampaignId"])
        if not isinstance(ad, Ad) or ad.account.id not in space.accounts:
            raise MockError("Unknown.ResourceOwnerId")


def _send(
    world: World, space: Space, asked: Mapping[str, Any], recipients: Sequence[str], template: Template | None
) -> tuple[str, str]:
    """Send to each of *recipients*: the id of the first message, and that of the group."""
    sent: list[Message] = []
    several = "SenderList" in asked

    def event(recipient: str, number: int) -> MessageSent:
        draw = draws(world.file.seed, "message", number)
        group = sent[0].group_id if sent else "".join(f"{one % 10_000:04}" for one in draw[16:20])
        return MessageSent(
            Message(
                id="".join(f"{one:04x}" for one in draw[:7]),
                space_id=space.id,
                channel=asked["ChannelType"].lower(),
                sender=asked["From"].removeprefix("+"),
                recipient=recipient,
                sent_at=world.clock.instant(),
                type=asked["Type"],
                message_type=asked.get("MessageType"),
                content=asked.get("Content"),
                template_code=template.code if template else None,
                template_name=template.name if template else None,
                language=template.language if template else asked.get("Language"),
                fallback=asked.get("FallBackContent"),
                group_id=group if several else None,
            )
        )

    for recipient in recipients:
        sent.append(world.record(partial(event, recipient)).message)
    return sent[0].id, sent[0].group_id or ""


def _row(message: Message) -> dict[str, Any]:
    kind = (message.message_type or "template").upper()
    return {
        "business_number": message.sender,
        "channel_type": message.channel.upper(),
        "client_accept_status_name": "Success",
        "event_action": "DOWN",
        "event_action_name": "DOWN",
        "fail_back_content": message.fallback,
        "fail_back_flag": "N",
        "language_code": message.language,
        "message": message.content,
        "message_id": message.id,
        "message_source": "api",
        "message_status": "success",
        "message_status_name": "Success",
        "message_type": kind,
        "message_type_name": kind.lower(),
        "month": message.sent_at.strftime("%Y%m"),
        "send_time": message.sent_at.isoformat(timespec="milliseconds"),
        "template_code": message.template_code,
        "template_name": message.template_name,
        "type": message.type,
        "unique_message_id": f"{message.sent_at:%Y%m%d}{message.id}",
        "user_number": message.recipient,
    }
