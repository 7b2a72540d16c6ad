"""Metrics of WhatsApp templates and phone numbers, and the switch that starts them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.cams import spaces
from mockserver.vendors.cams.record import many
from mockserver.world import channel
from mockserver.world.channel import Phone
from mockserver.world.entities import Space, Template
from mockserver.world.now import World
from mockserver.world.templates import DAY, HALF_HOUR, Bucket, Volume, metrics, volumes

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEPS = {"DAILY": DAY, "HALF_HOUR": HALF_HOUR}


def get_chatapp_template_metric(world: World, question: Question) -> Records:
    """What a template did from Start to End, by language and then by time."""
    start, end, step = _span(question.arguments)
    templates = sorted(_asked_templates(world, question), key=lambda one: one.language)
    rows = [bucket for one in templates for bucket in metrics(world, one, start, end, step)]
    return Records(rows, _bucket)


def get_chatapp_phone_number_metric(world: World, question: Question) -> Records:
    """What each phone number sent from Start to End: the sum of the marketing templates that it sends."""
    asked, (start, end, step) = question.arguments, _span(question.arguments)
    usable = spaces.usable(world, question)
    wanted = [spaces.phone(world, usable, asked["PhoneNumber"])] if "PhoneNumber" in asked else _phones(world, usable)
    rows = [
        _volume(phone, volume, asked["Granularity"])
        for phone in wanted
        for volume in volumes(world, _sent_from(world, phone), start, end, step)
    ]
    return many(rows)


def _phones(world: World, usable: Sequence[Space]) -> list[Phone]:
    return [phone for space in usable for phone in channel.phones(world.file.seed, space)]


def _sent_from(world: World, phone: Phone) -> list[Template]:
    """The templates with metrics that *phone* sends."""
    counted = (one for one in world.made.own[phone.space_id] if (one.category, one.type) == ("MARKETING", "WHATSAPP"))
    return [one for one in counted if channel.sender(world.file.seed, one).id == phone.id]


def _volume(phone: Phone, volume: Volume, granularity: str) -> dict[str, Any]:
    return {
        "phone_number": phone.number,
        "granularity": granularity,
        "start": volume.start,
        "end": volume.end,
        "sent_count": volume.sent,
        "delivered_count": volume.delivered,
    }


def enable_whatsapp_roi_metric(world: World, question: Question) -> Records:
    """Switch template metrics on, for one space or for all of the caller's; what is on stays as it is."""
    for space in spaces.usable(world, question):
        if world.roi_metric_enabled_at(space) is None:
            world.enable_roi_metric(space)
    return Records((), dict)


def _span(asked: Mapping[str, Any]) -> tuple[datetime, datetime, timedelta]:
    """From Start to End by Granularity; raises MockError."""
    start, end = (_EPOCH + timedelta(milliseconds=asked[name]) for name in ("Start", "End"))
    if end <= start:
        raise MockError("Invalid", parameter="End")
    return start, end, _STEPS[asked["Granularity"]]


def _asked_templates(world: World, question: Question) -> Sequence[Template]:
    """The languages of the template that is asked for; raises MockError."""
    asked = question.arguments
    usable = {space.id for space in spaces.usable(world, question)}
    every = world.made.templates.get(asked["TemplateCode"], ())
    if not every:
        raise MockError("DetailError.TemplateNotExist")
    own = [one for one in every if one.space.id in usable]
    if not own:
        spaces.named(world, question, every[0].space.id)  # raises, unless it is another space than the one asked for
        raise MockError("Unknown.ResourceOwnerId")
    found = [one for one in own if asked.get("Language", one.language) == one.language]
    # "This API queries metrics only for marketing templates of WhatsApp channels."
    # — Alibaba Cloud, GetChatappTemplateMetric
    if any((one.category, one.type) != ("MARKETING", "WHATSAPP") for one in found or own):
        raise MockError("InvalidParameter.TemplateTypeNotSupport")
    if not found:
        raise MockError("DetailError.TemplateNotExist")
    return found


def _bucket(bucket: Bucket) -> dict[str, Any]:
    buttons = zip(bucket.template.buttons, bucket.clicks, strict=True)
    return {
        "code": bucket.template.code,
        "language": bucket.template.language,
        "start": bucket.start,
        "end": bucket.end,
        "sent": bucket.sent,
        "delivered": bucket.delivered,
        "read": bucket.read,
        "clicks": [{"type": button.type, "text": button.text, "count": count} for button, count in buttons],
    }
