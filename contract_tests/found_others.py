"""Valid calls of the operations of CAMS beside the five about campaigns and template metrics."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.load import load

from .ask import Ask
from .expect import ok
from .found_cams import DAY, NAMES, Row, campaigns, midnight, named, operation, templates
from .outcomes import OutOfScope

if TYPE_CHECKING:
    from .wire import Answer

Schema = Mapping[str, Any]

OTHERS = tuple(sorted(set(load("cams").operations) - set(NAMES)))
# those that tell of the same campaigns, templates, pages and phone numbers as the rest of the contract
TOLD = frozenset(
    "AddChatappPhoneNumber ArchiveChatappTemplate BindMessengerPage ChatappBindWaba"
    " ChatappPhoneNumberDeregister ChatappPhoneNumberRegister ChatappSyncPhoneNumber"
    " ChatappVerifyAndRegister CreateChatappTemplate CreateInstance CreateMessageCampaign CreateMessengerPage"
    " DeleteChatappTemplate DeleteInstance DeleteMessageCampaign DeleteMessengerPage GetChatappOpenStatus"
    " GetChatappPhoneNumberMetric GetChatappPhoneNumberSetting GetChatappTemplateDetail"
    " GetFbMessengerPages GetPhoneNumberVerificationStatus GetWhatsappHealthStatus ListChatappMessage"
    " ListChatappTemplate ListInstance ListWhatAppTemplate ModifyChatappTemplate"
    " ModifyChatappTemplateProperties ModifyPhoneBusinessProfile OpenChatappService QueryChatappBindWaba"
    " QueryChatappPhoneNumbers QueryInstance QueryMMLActive QueryPhoneBusinessProfile"
    " QueryWabaBusinessInfo SendChatappMassMessage SendChatappMessage SyncMessageCampaign"
    " UpdateAccountWebhook UpdateInstance UpdatePhoneWebhook UpdateWabaMmlStatus".split()
)
FREE = tuple(name for name in OTHERS if name not in TOLD)  # of which a mock makes its answers up
HIDDEN = frozenset({"IsvCode", "OwnerId", "ResourceOwnerAccount", "ResourceOwnerId"})
ENVELOPE = frozenset({"AccessDeniedDetail", "Code", "Message", "RequestId", "Success", "Total", "TotalCount"})
# what a call needs beside its required parameters
_NEEDED = {
    "DeleteChatappTemplate": ("TemplateCode", "Language"),
    "GetChatappTemplateDetail": ("TemplateCode",),
    "ModifyChatappTemplate": ("TemplateCode",),
    "GetWhatsappHealthStatus": ("WabaId",),
    "SendChatappMassMessage": ("TemplateCode", "SenderList"),
}
# what parameters of these names can be on any target
_ANYWHERE: Row = {
    "ChannelType": "whatsapp",
    "Components": [{"Type": "BODY", "Text": "Hello"}],
    "Content": "Hello",
    "MessageType": "text",
    "Page": {"Index": 1, "Size": 5},
    "PageIndex": 1,
    "PageNo": 1,
    "PageSize": 5,
    "SenderList": [{"To": "15550100"}],
    "TemplateType": "WHATSAPP",
    "To": "15550100",
}
_SPECIAL: Mapping[str, Row] = {
    "AddChatappPhoneNumber": {"Cc": "86", "PhoneNumber": "13800000000"},
    "CreateChatappTemplate": {"Name": "made_by_the_kit", "Language": "en"},
    "ListMarketingFlow": {"PageIndex": "1", "PageSize": "5"},
    "SendChatappMessage": {"Type": "message"},
}


@contextmanager
def fresh(ask: Ask) -> Iterator[Ask]:
    """A mock of the world default of its own, where nobody minds what is written."""
    if ask.target.another is None:
        raise OutOfScope("no other mock can be made")
    with ask.target.another("default", 0) as mock:
        yield Ask(mock, ask.data, ask.effort, ask.answers, ask.drawn)


def sample(ask: Ask, listed: tuple[str, ...], quick: int = 6, usual: int = 40) -> list[str]:
    """A few of the operations *listed*, all of them at the deep effort."""
    few = {"quick": quick, "default": usual}.get(ask.effort, len(listed))
    if few >= len(listed):
        return list(listed)
    return ask.draw(st.lists(st.sampled_from(listed), min_size=few, max_size=few, unique=True), "operations")


def minimal(ask: Ask, name: str) -> Row:
    """The fewest parameters with which *name* must succeed."""
    request, known = operation(name).raw["request"], {**_found(ask), **_SPECIAL.get(name, {})}
    more = ("MessageType", "Content") if name == "SendChatappMessage" else _NEEDED.get(name, ())
    parts = request["properties"]
    return {one: known[one] if one in known else value(parts[one], known) for one in (*request["required"], *more)}


def rows(answer: "Answer", listing: str) -> list[Row]:
    """The rows that *answer* lists."""
    found: list[Row] = (ok(answer).json or {}).get(listing, [])
    return found


def without_id(answer: "Answer") -> Row:
    """What *answer* says, but for the id of its request."""
    body = answer.json if isinstance(answer.json, dict) else {}
    kept = {name: part for name, part in body.items() if name not in ("RequestId", "Recommend")}
    return {"status": answer.status, **kept}


def value(schema: Schema, known: Mapping[str, Any]) -> Any:
    """A value of *schema*: what its page prints, or anything."""
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "boolean":
            return True
        case "integer":
            return schema.get("examples", [1])[0]
        case "object":
            parts = schema.get("properties", {})
            return {one: known.get(one) or value(parts[one], known) for one in schema.get("required", ())}
        case "array":
            return [value(schema.get("items", {}), known)]
    return schema.get("examples", ["example"])[0]


def another(schema: Schema, before: Any) -> Any:
    """Another value of *schema* than *before*."""
    if "pattern" in schema:
        return "2"
    match schema.get("type"):
        case "boolean":
            return not before
        case "integer":
            return before + 1
        case "object":
            return {**before, "another": "one"}
        case "array":
            return [*before, *before]
    return f"{before}x"


def _found(ask: Ask) -> Row:
    """What parameters of these names can be on the target, found once."""
    if "arguments of CAMS" not in ask.target.kept:
        ask.target.kept["arguments of CAMS"] = _asked(ask)
    found: Row = ask.target.kept["arguments of CAMS"]
    return found


def _asked(ask: Ask) -> Row:
    place, row = campaigns(ask)[0]
    listed = [one for one in templates(ask) if one.space_id == place.space.id] or templates(ask)
    template, space = listed[0], listed[0].space_id or place.space.id
    in_space = {"CustSpaceId": space}
    phone = rows(ask.cams.call("QueryChatappPhoneNumbers", in_space), "PhoneNumbers")[0]["PhoneNumber"]
    waba = (ok(ask.cams.call("QueryChatappBindWaba", in_space)).json or {})["Data"]["Id"]
    own = next((named(*one) for one in campaigns(ask) if one[0].space.id == space), named(place, row))
    language, end = (template.languages or ("en",))[0], midnight(ask) - DAY
    return {
        **_ANYWHERE,
        **own,
        **in_space,
        "AccessToken": ask.profile.meta.token.token if ask.profile.meta else "",
        "AdAccountIds": [own["AdAccountId"]],
        "BusinessNumber": phone,
        "End": end,
        "From": phone,
        "InstanceId": space,
        "Language": language,
        "PhoneNumber": phone,
        "Start": end - 3 * DAY,
        "TemplateCode": template.code,
        "TemplateList": [{"TemplateCode": template.code, "Language": language}],
        "WabaId": waba,
    }


def speaks(name: str) -> bool:
    """Whether an answer of *name* has room to tell two calls apart."""
    raw = operation(name).raw
    parts = raw["response"]["properties"]
    return any(_roomy(parts[one], raw["request"]["properties"], one) for one in parts if one not in ENVELOPE)


def _roomy(schema: Schema, asked: Schema, name: str) -> bool:
    if "properties" in schema:
        return any(_roomy(part, asked, one) for one, part in schema["properties"].items())
    if schema.get("type") == "array":
        return _roomy(schema.get("items", {}), asked, name)
    printed = schema.get("examples", [])
    hidden = [one for one in str(printed[0]) if one.isdigit() or one == "*"] if len(printed) == 1 else []
    return schema.get("type") != "boolean" and name not in asked and (not printed or len(hidden) > 3)
