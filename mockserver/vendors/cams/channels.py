"""WhatsApp accounts: each space has one."""

from collections.abc import Mapping
from typing import Any

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.cams import kept, spaces
from mockserver.vendors.cams.record import NOTHING, one
from mockserver.world import channel
from mockserver.world.entities import Space
from mockserver.world.now import World

_VERTICAL = "RETAIL"
_NODES = {"template": ("TemplateCode", "Language"), "phone": ("PhoneNumber",), "waba": ("WabaId",)}


def query_chatapp_bind_waba(world: World, question: Question) -> Records:
    """The WhatsApp account of the space, or of the caller's first one."""
    space = spaces.usable(world, question)[0]
    account = channel.waba(world.file.seed, space)
    return one(
        data={
            "id": account.id,
            "name": space.id,
            "account_review_status": "APPROVED",
            "business_id": account.business_id,
            "business_name": business_name(world, space),
            "currency": "USD",
            "is_on_biz_app": "N",
            "marketing_message_lite_status": _yes(_lite(world, space)),
            "message_template_namespace": account.namespace,
        }
    )


def chatapp_bind_waba(world: World, question: Question) -> Records:
    """The space to which a WhatsApp account belongs: it is bound already."""
    space = spaces.with_waba(world, spaces.usable(world, question), question.arguments["WabaId"])
    return one(data={"cust_space_id": space.id, "waba_id": channel.waba(world.file.seed, space).id})


def query_waba_business_info(world: World, question: Question) -> Records:
    """The business that owns a WhatsApp account."""
    space = _own_waba(world, question)
    business = channel.waba(world.file.seed, space).business_id
    data = {"business_id": business, "business_name": business_name(world, space)}
    return one(data={**data, "verification_status": "verified", "vertical": _VERTICAL})


def query_mml_active(world: World, question: Question) -> Records:
    """Whether marketing messages lite are active, as true or false."""
    return one(data=str(all(_lite(world, space) for space in spaces.usable(world, question))).lower())


def update_waba_mml_status(world: World, question: Question) -> Records:
    """Switch marketing messages lite on for a WhatsApp account."""
    space = _own_waba(world, question)
    kept.change(world, ("space", space.id), {"mml": True})
    return one(model={"wabaId": question.arguments["WabaId"], "marketingMessageLiteStatus": "Y"})


def update_account_webhook(world: World, question: Question) -> Records:
    """Where reports about all phone numbers of a space go."""
    space, asked = spaces.named(world, question, question.arguments["CustSpaceId"]), question.arguments
    values = {name: asked[name] for name in ("HttpFlag", "QueueFlag", "StatusCallbackUrl") if name in asked}
    kept.change(world, ("space", space.id), values)
    return NOTHING


def get_whatsapp_health_status(world: World, question: Question) -> Records:
    """The health of a template, a phone number or a WhatsApp account, and of the account and business above it."""
    asked, space = question.arguments, spaces.named(world, question, question.arguments["CustSpaceId"])
    if asked["NodeType"] not in _NODES:
        raise MockError("Invalid", parameter="NodeType")
    if needed := next((name for name in _NODES[asked["NodeType"]] if name not in asked), None):
        raise MockError("Missing", parameter=needed)
    account = channel.waba(world.file.seed, space)
    above = [
        {"entity_type": "WABA", "waba_id": account.id},
        {"entity_type": "BUSINESS", "business_id": account.business_id},
    ]
    entities = [{**one, "can_send_message": "AVAILABLE"} for one in [*_node(world, space, asked), *above]]
    return one(data={"can_send_message": "AVAILABLE", "entities": entities})


def _node(world: World, space: Space, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The node that is asked for, where it is not the account itself; raises MockError."""
    match asked["NodeType"]:
        case "phone":
            number = spaces.phone(world, [space], asked["PhoneNumber"]).number
            return [{"entity_type": "PHONE_NUMBER", "phone_number": number}]
        case "template":
            code, language = asked["TemplateCode"], asked["Language"]
            if not any((one.code, one.language) == (code, language) for one in world.made.own[space.id]):
                raise MockError("DetailError.TemplateNotExist")
            return [{"entity_type": "MESSAGE_TEMPLATE", "template_code": code, "language": language}]
    spaces.with_waba(world, [space], asked["WabaId"])
    return []


def get_chatapp_open_status(world: World, question: Question) -> Records:
    """Whether the caller has subscribed to the service."""
    owner = question.caller.owner_id
    return one(open_status=any(one.subscribed for one in world.made.spaces.values() if one.owner_id == owner))


def open_chatapp_service(world: World, question: Question) -> Records:
    """What is subscribed stays so; a caller without any space has nothing to open."""
    if not any(one.owner_id == question.caller.owner_id for one in world.made.spaces.values()):
        raise MockError("Unknown.ResourceOwnerId")
    return one(open_status=True)


def business_name(world: World, space: Space) -> str:
    """The name of the first page of *space*, or its id."""
    pages = [world.file.pages[id_].name for id_ in sorted(space.pages)]
    return pages[0] if pages else space.id


def _own_waba(world: World, question: Question) -> Space:
    space = spaces.named(world, question, question.arguments["CustSpaceId"])
    return spaces.with_waba(world, [space], question.arguments["WabaId"])


def _lite(world: World, space: Space) -> bool:
    return bool(kept.of(world, "space", space.id).get("mml", False))


def _yes(value: bool) -> str:
    return "Y" if value else "N"
