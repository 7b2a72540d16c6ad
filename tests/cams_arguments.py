"""Valid arguments of every operation of CAMS in any world: the fewest that are answered, and others beside them."""

from collections.abc import Mapping
from typing import Any

from contract_tests.found_others import value as made
from mockserver.contract.load import load
from mockserver.world import channel
from mockserver.world.entities import Ad, Space, Template
from mockserver.world.load import WorldFile
from tests.cams_world import world_file

NAMES = sorted(load("cams").operations)
# a template can be modified only while it is being reviewed: create it first
BEFORE = {"ModifyChatappTemplate": "CreateChatappTemplate"}
CREATED = "made_by_a_test"
DAY = 86_400_000
UNTIL = 1_795_219_200_000  # 2026-11-21, in milliseconds


def minimal(name: str, file: WorldFile | None = None) -> dict[str, Any]:
    """The fewest arguments with which *name* answers OK in the world of *file*, by default the tests' own."""
    request = load("cams").operations[name].raw["request"]
    known = _world(file or world_file()) | _SPECIAL.get(name, {})
    needed = [*request["required"], *_NEEDED.get(name, ())]
    return {one: known[one] if one in known else made(request["properties"][one], known) for one in needed}


def other(name: str, parameter: str, file: WorldFile | None = None) -> Any:
    """Another valid value of *parameter* than the one that minimal() has."""
    schema = load("cams").operations[name].parameters[parameter]
    before = minimal(name, file).get(parameter)
    if "pattern" in schema:
        return "2"
    if "enum" in schema:
        return next(one for one in schema["enum"] if one != before)
    return _another(schema, made(schema, {}) if before is None else before)


def _another(schema: Mapping[str, Any], value: Any) -> Any:
    match schema.get("type"):
        case "boolean":
            return not value
        case "integer":
            return value + 1
        case "object":
            parts = schema.get("properties", {})
            first = next(iter(value), None) or next(iter(parts), "more")
            inner = parts.get(first, {"type": "string"})
            return {**value, first: _another(inner, value.get(first, made(inner, {})))}
        case "array":
            return [*value, value[0]] if value else [made(schema.get("items", {}), {})]
    return "2" if value.isdigit() else f"{value}x"


def _world(file: WorldFile) -> dict[str, Any]:
    """What the arguments of that name can be in this world, all of one space."""
    space, template = _space_and_template(file)
    ad = _ad(file, space)
    phone = channel.phones(file.seed, space)[0].number
    tokens = [one.token for one in file.access_tokens.values() if not one.invalidated and not one.expires]
    return {
        "CustSpaceId": space.id,
        "InstanceId": space.id,
        "PageId": ad.campaign.page.id,
        "AdAccountId": ad.account.id,
        "AdAccountIds": [ad.account.id],
        "CampaignId": ad.id,
        "WabaId": channel.waba(file.seed, space).id,
        "PhoneNumber": phone,
        "BusinessNumber": phone,
        "From": phone,
        "TemplateCode": template.code,
        "Language": template.language,
        "TemplateType": template.type,
        "TemplateList": [{"TemplateCode": template.code, "Language": template.language}],
        "AccessToken": tokens[0] if tokens else "",
        "Start": UNTIL - 3 * DAY,
        "End": UNTIL,
        "Page": {"Index": 1, "Size": 5},
        "PageNo": 1,
        "PageIndex": 1,
        "PageSize": 5,
        "ChannelType": "whatsapp",
        "To": "15550100",
        "SenderList": [{"To": "15550100"}],
        "Components": [{"Type": "BODY", "Text": "Hello"}],
    }


def _space_and_template(file: WorldFile) -> tuple[Space, Template]:
    owner = next(key.owner_id for key in file.access_keys.values() if key.active and "*" in key.actions)
    templates = (one for same in file.templates.values() for one in same)
    fitting = [one for one in templates if one.space.owner_id == owner and one.space.subscribed]
    chosen = next(one for one in fitting if (one.category, one.type) == ("MARKETING", "WHATSAPP"))
    return chosen.space, chosen


def _ad(file: WorldFile, space: Space) -> Ad:
    nodes = (one for account in sorted(space.accounts) for one in file.below[f"act_{account}", "ad"])
    return next(one for one in nodes if isinstance(one, Ad) and one.campaign.page.id in space.pages)


# what the operation files cannot say: which optional argument a call needs after all, and with which value
_NEEDED = {
    "DeleteChatappTemplate": ("TemplateCode", "Language"),
    "GetChatappTemplateDetail": ("TemplateCode",),
    "ModifyChatappTemplate": ("TemplateName",),
    "SendChatappMessage": ("MessageType", "Content"),
    "SendChatappMassMessage": ("TemplateCode", "SenderList"),
    "GetWhatsappHealthStatus": ("WabaId",),
}
_SPECIAL = {
    "AddChatappPhoneNumber": {"Cc": "86", "PhoneNumber": "13800000000"},
    "CreateChatappTemplate": {"Name": CREATED, "Language": "en"},
    "ModifyChatappTemplate": {"TemplateName": CREATED, "Language": "en"},
    "SendChatappMessage": {"Type": "message", "MessageType": "text", "Content": "Hello"},
    "ListMarketingFlow": {"PageIndex": "1", "PageSize": "5"},
}
