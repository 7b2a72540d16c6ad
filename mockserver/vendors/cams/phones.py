"""The phone numbers of WhatsApp: their state, their business profile, and where their reports go."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.cams import channels, kept, spaces
from mockserver.vendors.cams.record import NOTHING, many, one
from mockserver.world import channel
from mockserver.world.channel import Phone
from mockserver.world.entities import Space
from mockserver.world.ledger import PhoneAdded
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
_UNVERIFIED = {"status": "PENDING", "code_verification_status": "NOT_VERIFIED"}
_VERIFIED = {"status": "CONNECTED", "code_verification_status": "VERIFIED"}
_NUMBER = re.compile("[1-9][0-9]{5,14}")
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
    """A phone number that was added is verified once its code came back; every other is."""
    phone = _asked(world, question)
    verified = _settings(world, phone).get("code_verification_status", "VERIFIED")
    return one(data={"id": phone.id, "phone_number": phone.number, "code_verification_status": verified})


def add_chatapp_phone_number(world: World, question: Question) -> Records:
    """Give a space a phone number, which is not verified yet; one that it has stays as it is."""
    asked = question.arguments
    space = spaces.named(world, question, asked["CustSpaceId"])
    number = (asked["Cc"] + asked["PhoneNumber"]).removeprefix("+")
    if not _NUMBER.fullmatch(number):
        raise MockError("Invalid", parameter="PhoneNumber")
    whose = [one for one in world.made.spaces.values() if number in _numbers(world, one)]
    if any(one.id != space.id for one in whose):
        raise MockError("Unknown.ResourceOwnerId")
    if not whose:
        world.record(lambda _: PhoneAdded(space.id, number))
        added = spaces.phone(world, [spaces.named(world, question, space.id)], number)
        _change(world, added, {**_UNVERIFIED, "verified_name": asked["VerifiedName"]})
    return NOTHING


def chatapp_verify_and_register(world: World, question: Question) -> Records:
    """Any code is the right one."""
    _change(world, _asked(world, question), _VERIFIED)
    return NOTHING


def chatapp_phone_number_register(world: World, question: Question) -> Records:
    """Connect a phone number."""
    _change(world, _asked(world, question), {"status": "CONNECTED"})
    return NOTHING


def chatapp_phone_number_deregister(world: World, question: Question) -> Records:
    """Disconnect a phone number."""
    _change(world, _asked(world, question), {"status": "DISCONNECTED"})
    return NOTHING


def get_chatapp_phone_number_setting(world: World, question: Question) -> Records:
    """Whether marketing is paused for a phone number: never here."""
    return one(model={"phone_number": _asked(world, question).number, "marketing_paused": "N"})


def query_phone_business_profile(world: World, question: Question) -> Records:
    """What people see of the business behind a phone number."""
    phone = _asked(world, question)
    name = channels.business_name(world, spaces.named(world, question, phone.space_id))
    return one(data={"about": name, "vertical": "RETAIL", "websites": [], **_settings(world, phone)})


def modify_phone_business_profile(world: World, question: Question) -> Records:
    """Change what people see."""
    asked = question.arguments
    _change(world, _asked(world, question), kept.named(asked, _PROFILE))
    return NOTHING


def update_phone_webhook(world: World, question: Question) -> Records:
    """Where reports about a phone number go."""
    asked = question.arguments
    _change(world, _asked(world, question), {name: asked[name] for name in _WEBHOOKS if name in asked})
    return NOTHING


def _asked(world: World, question: Question) -> Phone:
    return spaces.phone(world, spaces.usable(world, question), question.arguments["PhoneNumber"])


def _numbers(world: World, space: Space) -> list[str]:
    return [phone.number for phone in channel.phones(world.file.seed, space)]


def _settings(world: World, phone: Phone) -> Mapping[str, Any]:
    return kept.of(world, "phone", phone.number)


def _change(world: World, phone: Phone, values: Mapping[str, Any]) -> None:
    kept.change(world, ("phone", phone.number), values)


def _listed(world: World, usable: Sequence[Space]) -> list[dict[str, Any]]:
    return [_row(world, space, phone) for space in usable for phone in channel.phones(world.file.seed, space)]


def _row(world: World, space: Space, phone: Phone) -> dict[str, Any]:
    settings = {**kept.of(world, "space", space.id), **_settings(world, phone)}
    by_http, by_queue = settings.get("HttpFlag", "Y") == "Y", settings.get("QueueFlag", "N") == "Y"
    queue = f"Alicom-Queue-{space.owner_id}-ChatApp"
    return {
        "phone_number": phone.number,
        "verified_name": settings.get("verified_name", channels.business_name(world, space)),
        "status": settings.get("status", "CONNECTED"),
        "code_verification_status": settings.get("code_verification_status", "VERIFIED"),
        "name_status": "APPROVED",
        "quality_rating": "GREEN",
        "messaging_limit_tier": "TIER_10K",
        "is_official": "N",
        "status_callback_url": settings.get("StatusCallbackUrl") if by_http else None,
        "up_callback_url": settings.get("UpCallbackUrl") if by_http else None,
        "status_queue": f"{queue}Status" if by_queue else None,
        "up_queue": f"{queue}Inbound" if by_queue else None,
    }
