"""Instances: each space is one, with one WhatsApp account."""

from typing import Any

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.cams import kept, spaces
from mockserver.vendors.cams.pages import REGION
from mockserver.vendors.cams.record import NOTHING, Sparse, one
from mockserver.world import channel
from mockserver.world.chance import draws
from mockserver.world.entities import Space
from mockserver.world.ledger import InstanceCreated, InstanceDeleted
from mockserver.world.now import World

# "whatsapp", "messenger", "instagram", "viber" — Alibaba Cloud, ListInstance
CHANNELS = ("WHATSAPP", "MESSENGER", "INSTAGRAM", "VIBER")
_KEPT = {
    "ContactMail": "contact_mail",
    "CountryId": "country_id",
    "FacebookBmId": "facebook_bm_id",
    "InstanceDescription": "instance_description",
    "InstanceName": "instance_name",
    "IsvTerms": "isv_terms",
    "OfficeAddress": "office_address",
    "ResourceGroupId": "resource_group_id",
}


def list_instance(world: World, question: Question) -> Records:
    """The caller's spaces as instances."""
    asked = question.arguments
    _known(asked.get("ChannelType", CHANNELS[0]))
    rows = [_instance(world, space) for space in spaces.usable(world, question)]
    equal = {
        "InstanceId": "instance_id",
        "InstanceName": "instance_name",
        "ResourceGroupId": "resource_group_id",
        "SubmitTime": "submit_time",
        "BindId": "bind_id",
    }
    rows = [row for row in rows if all(name not in asked or asked[name] == row[own] for name, own in equal.items())]
    if "ChannelType" in asked:
        rows = [row for row in rows if row["channel_type"].lower() == asked["ChannelType"].lower()]
    if "FilterStr" in asked:
        rows = [row for row in rows if asked["FilterStr"] in row["instance_name"]]
    if not asked.get("IsBind", True):
        rows = []  # each has its account
    return Records(rows, lambda row: row)


def query_instance(world: World, question: Question) -> Records:
    """One of the caller's spaces as an instance."""
    return one(data=_instance(world, spaces.instance(world, question)))


def create_instance(world: World, question: Question) -> Records:
    """A space of the caller's, without any page."""
    asked, owner = question.arguments, spaces.usable(world, question)[0].owner_id
    kind = _known(asked["ChannelType"])
    space = world.record(lambda number: InstanceCreated(_space(world, owner, number))).space
    submitted = f"{world.clock.instant():%Y-%m-%d %H:%M:%S}"
    kept.change(
        world,
        ("instance", space.id),
        {**kept.named(asked, _KEPT), "channel_type": kind, "submit_time": submitted},
    )
    return one(data=_instance(world, space))


def update_instance(world: World, question: Question) -> Records:
    """Give an instance another name, and whatever else is said of it."""
    space = spaces.instance(world, question)
    kept.change(world, ("instance", space.id), kept.named(question.arguments, _KEPT))
    return one(data=_instance(world, space))


def delete_instance(world: World, question: Question) -> Records:
    """The space is nobody's from now on."""
    space = spaces.instance(world, question)
    world.record(lambda _: InstanceDeleted(space.id))
    return NOTHING


def _known(sent: str) -> str:
    """The channel that is *sent* in capitals or not; raises MockError."""
    if sent.upper() not in CHANNELS:
        raise MockError("InvalidParameter.ChannelTypeNotSupport")
    return sent.upper()


def _space(world: World, owner: str, number: int) -> Space:
    """A new space of *owner*."""
    drawn = "".join(f"{one:04x}" for one in draws(world.file.seed, "instance", number)[:4])
    return Space(
        id=f"cams-{drawn}",
        owner_id=owner,
        subscribed=True,
        timezone_name="UTC",
        roi_metric_enabled_at=None,
        pages=frozenset(),
        accounts=frozenset(),
    )


def _instance(world: World, space: Space) -> Sparse:
    account = channel.waba(world.file.seed, space)
    values: dict[str, Any] = {
        "channel_type": "WHATSAPP",
        "cust_space_id": space.id,
        "facebook_bm_id": account.business_id,
        "instance_id": space.id,
        "instance_name": space.id,
        "resource_region_id": REGION,
        "state": "ONLINE",
        "bind_id": account.id,
    }
    return Sparse({**values, **kept.of(world, "instance", space.id)})
