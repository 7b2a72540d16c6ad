"""The phone numbers of WhatsApp: their state, their business profile, and where their reports go."""

from collections.abc import Mapping, Sequence
from typing import Any

from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.cams import channels, spaces
from mockserver.vendors.cams.record import NOTHING, many, one
from mockserver.world import channel
from mockserver.world.channel import Phone
from mockserver.world.entities import Space
from mockserver.world.ledger import Changed
from mockserver.world.now import World

_PROFILE = {
    "About": "about",
    "Address": "address",
    "Description": "description",
    "Email": "email",
    "ProfilePictureUrl": "profile_picture_url",
    "Vertical": "vertical",
    "Websites": "websites",
}
_WEBHOOKS = ("HttpFlag", "QueueFlag", "StatusCallbackUrl", "UpCallbackUrl")


def query_chatapp_phone_numbers(world: World, question: Question) -> Records:
    """The phone numbers of one space or all, of one Status or any."""
    wanted = question.arguments.get("Status")
    rows = _listed(world, spaces.usable(world, question))
    return many(row for row in rows if wanted in (None, row["status"], row["code_verification_status"]))


def chatapp_sync_phone_number(world: World, question: Question) -> Records:
    """The phone numbers of a space; nothing is ever out of step here."""
    return many(_listed(world, spaces.usable(world, question)))


def get_phone_number_verification_status(world: World, question: Question) -> Records:
    """Every phone number here is verified."""
    phone = _asked(world, question)
    return one(data={"id": phone.id, "phone_number": phone.number, "code_verification_status": "VERIFIED"})


def get_chatapp_phone_number_setting(world: World, question: Question) -> Records:
    """Whether marketing is paused for a phone number: never here."""
    return one(model={"phone_number": _asked(world, question).number, "marketing_paused": "N"})


def query_phone_business_profile(world: World, question: Question) -> Records:
    """What people see of the business behind a phone number."""
    phone = _asked(world, question)
    name = channels.business_name(world, world.made.spaces[phone.space_id])
    return one(data={"about": name, "vertical": "RETAIL", "websites": [], **_settings(world, phone)})


def modify_phone_business_profile(world: World, question: Question) -> Records:
    """Change what people see."""
    asked = question.arguments
    _change(world, _asked(world, question), {own: asked[name] for name, own in _PROFILE.items() if name in asked})
    return NOTHING


def update_phone_webhook(world: World, question: Question) -> Records:
    """Where reports about a phone number go."""
    asked = question.arguments
    _change(world, _asked(world, question), {name: asked[name] for name in _WEBHOOKS if name in asked})
    return NOTHING


def _asked(world: World, question: Question) -> Phone:
    return spaces.phone(world, spaces.usable(world, question), question.arguments["PhoneNumber"])


def _settings(world: World, phone: Phone) -> Mapping[str, Any]:
    return world.made.settings.get(("phone", phone.number), {})


def _change(world: World, phone: Phone, values: Mapping[str, Any]) -> None:
    at = world.clock.instant()
    world.record(lambda _: Changed(("phone", phone.number), values, at))


def _listed(world: World, usable: Sequence[Space]) -> list[dict[str, Any]]:
    return [_row(world, space, phone) for space in usable for phone in channel.phones(world.file.seed, space)]


def _row(world: World, space: Space, phone: Phone) -> dict[str, Any]:
    settings = {**world.made.settings.get(("space", space.id), {}), **_settings(world, phone)}
    by_http, by_queue = settings.get("HttpFlag", "Y") == "Y", settings.get("QueueFlag", "N") == "Y"
    queue = f"Alicom-Queue-{space.owner_id}-ChatApp"
    return {
        "phone_number": phone.number,
        "verified_name": channels.business_name(world, space),
        "status": "CONNECTED",
        "code_verification_status": "VERIFIED",
        "name_status": "APPROVED",
        "quality_rating": "GREEN",
        "messaging_limit_tier": "TIER_10K",
        "is_official": "N",
        "status_callback_url": settings.get("StatusCallbackUrl") if by_http else None,
        "up_callback_url": settings.get("UpCallbackUrl") if by_http else None,
        "status_queue": f"{queue}Status" if by_queue else None,
        "up_queue": f"{queue}Inbound" if by_queue else None,
    }
