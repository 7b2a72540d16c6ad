"""What each parameter of the other operations of CAMS does, or why its own answer does not tell."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..ask import Ask
from ..found_cams import UNKNOWN, operation
from ..found_others import FREE, HIDDEN, OTHERS, TOLD, another, minimal, speaks, value
from ..pages_cams import CURSORS, pages, part
from ..strategies import parameters
from .effects import Question

Key = tuple[str, str]
Recipe = Callable[[Ask], Sequence[Question]]

SILENT = "Assumed: the answer has no room to tell of it."
KEPT = "Assumed: it is kept or handed on; what tells of it is another operation, or none."
PAGED = {
    "Index": ({"Index": 1, "Size": 1}, {"Index": 2, "Size": 1}),
    "Size": ({"Index": 1, "Size": 1}, {"Index": 1, "Size": 2}),
}
SIZES = ("PageSize", "Limit", "MaxResults")
# what an operation's own answer tells of, by what changes it: a value in place of the valid one
_NOBODY = "CustSpaceId CustWabaId PageId AdAccountId InstanceId PhoneNumber WabaId TemplateCode TemplateName".split()
CHANGES: Mapping[str, Mapping[str, Any]] = {
    **{name: dict.fromkeys(_NOBODY, UNKNOWN) for name in TOLD},
    "AddChatappPhoneNumber": {"PhoneNumber": "none", "Cc": "none"},
    "ArchiveChatappTemplate": {"ChannelType": "viber", "TemplateList": [{"TemplateCode": UNKNOWN, "Language": "en"}]},
    "BindMessengerPage": {"RegionId": "cn-hangzhou"},
    "CreateChatappTemplate": {"Category": "NEWS", "TemplateType": "SIGNAL"},
    "CreateInstance": {"ChannelType": "pigeon", "InstanceDescription": UNKNOWN},
    "CreateMessageCampaign": {"Budget": 0, "BudgetType": "weekly"},
    "CreateMessengerPage": {"AdAccountIds": [UNKNOWN]},
    "GetChatappPhoneNumberMetric": {"Start": 253402300799999, "End": 0, "Granularity": "WEEKLY"},
    "GetChatappTemplateDetail": {"Language": "zz", "TemplateType": "VIBER"},
    "GetFbMessengerPages": {"AccessToken": UNKNOWN},
    "GetWhatsappHealthStatus": {"NodeType": UNKNOWN},
    "ListChatappMessage": {"CustSpaceId": UNKNOWN},
    "ListChatappTemplate": {
        **dict.fromkeys(("AuditStatus", "Category", "Code", "Language", "Name", "TemplateType"), UNKNOWN),
    },
    "ListInstance": {
        **dict.fromkeys(
            ("BindId", "ChannelType", "FilterStr", "InstanceName", "ResourceGroupId", "SubmitTime"), UNKNOWN
        ),
        "IsBind": False,
        "PageIndex": 1000,
    },
    "ModifyChatappTemplate": {"Language": "zz", "TemplateType": "VIBER"},
    "ModifyChatappTemplateProperties": {
        "AllowSend": False,
        "CategoryChangePaused": True,
        "Language": "zz",
        "TemplateType": "VIBER",
    },
    "QueryChatappPhoneNumbers": {"Status": UNKNOWN},
    "UpdateInstance": {"InstanceDescription": UNKNOWN, "InstanceName": UNKNOWN},
    "SendChatappMassMessage": {"ChannelType": "pigeon", "From": UNKNOWN, "Language": "zz", "SenderList": []},
    "SendChatappMessage": {
        **dict.fromkeys(("ChannelType", "From", "MessageCampaignId", "Type"), UNKNOWN),
        **dict.fromkeys(("Content", "MessageType"), ""),
    },
}
HEALTH = "GetWhatsappHealthStatus"
_NODES = {"PhoneNumber": "phone", "TemplateCode": "template", "Language": "template"}
# what deletes is asked without, and of nobody's, so that nothing is lost
_GONE = ("DeleteChatappTemplate", "DeleteInstance", "DeleteMessageCampaign", "DeleteMessengerPage")
_FILTERS: Mapping[str, Any] = {
    "BusinessNumber": UNKNOWN,
    "ChannelType": "viber",
    "ClientAcceptStatus": "failed",
    "EndTime": 1,
    "EndTimeStr": "1999-01-01 00:00:00",
    "EventAction": "UP",
    "GroupMessageId": UNKNOWN,
    "MessageStatus": "failed",
    "StartTime": 253402300799999,
    "StartTimeStr": "2999-01-01 00:00:00",
    "TemplateCode": UNKNOWN,
    "UserNumber": UNKNOWN,
}


def changed(name: str, parameter: str, instead: Any) -> Recipe:
    """A valid call, and the same with another value of one parameter."""

    def questions(ask: Ask) -> Sequence[Question]:
        whole = minimal(ask, name)
        return [Question(name, whole), Question(name, {**whole, parameter: instead})]

    return questions


def free(name: str, parameter: str) -> Recipe:
    """The same, with another value of the same type; Page.Size and the like are parts of a parameter."""
    outer, _, inner = parameter.partition(".")

    def questions(ask: Ask) -> Sequence[Question]:
        whole, schema = minimal(ask, name), operation(name).parameters[outer]
        before = whole.get(outer, value(schema, whole))
        after = _part(schema, before, inner, whole) if inner else another(schema, before)
        return [Question(name, {**whole, outer: one}) for one in (before, after)]

    return questions


def _part(schema: Mapping[str, Any], before: Any, inner: str, known: Mapping[str, Any]) -> Any:
    """*before* with another value of its part *inner*, in the first item of a list."""
    if schema.get("type") == "array":
        return [_part(schema["items"], before[0], inner, known), *before[1:]]
    part = schema["properties"][inner]
    return {**before, inner: another(part, before.get(inner, value(part, known)))}


def gone(name: str, parameter: str) -> Recipe:
    """Without a parameter, and with nobody's."""

    def questions(ask: Ask) -> Sequence[Question]:
        whole = {**minimal(ask, name), "PageId": UNKNOWN, "TemplateCode": UNKNOWN, "CampaignId": UNKNOWN}
        kept = {one: whole[one] for one in minimal(ask, name)}
        return [Question(name, {**kept, parameter: ""}), Question(name, {**kept, parameter: UNKNOWN})]

    return questions


def filtered(parameter: str, instead: Any) -> Recipe:
    """The list of messages after one was sent, whole and filtered."""

    def questions(ask: Ask) -> Sequence[Question]:
        ask.cams.call("SendChatappMessage", minimal(ask, "SendChatappMessage"))
        return changed("ListChatappMessage", parameter, instead)(ask)

    return questions


def healthy(node: str, parameter: str) -> Recipe:
    """The health of a node of its kind, and of nobody's."""

    def questions(ask: Ask) -> Sequence[Question]:
        listed = minimal(ask, "GetChatappTemplateDetail")
        phone = minimal(ask, "UpdatePhoneWebhook")["PhoneNumber"]
        whole = {**minimal(ask, HEALTH), **listed, "PhoneNumber": phone, "NodeType": node}
        return [Question(HEALTH, whole), Question(HEALTH, {**whole, parameter: UNKNOWN})]

    return questions


def paged(name: str, part: str) -> Recipe:
    """Two pages that differ in their Index or Size alone, of a list of two or more."""

    def questions(ask: Ask) -> Sequence[Question]:
        if name == "ListChatappMessage":
            for _ in range(2):
                ask.cams.call("SendChatappMessage", minimal(ask, "SendChatappMessage"))
        return [Question(name, {**minimal(ask, name), "Page": page}) for page in PAGED[part]]

    return questions


def onward(name: str, parameter: str) -> Recipe:
    """The first page, and the same with a cursor that the third tells."""

    def questions(ask: Ask) -> Sequence[Question]:
        told, sent, limit = CURSORS[name]
        cursor = part(pages(ask, name, 1, most=3)[-1], told if parameter == sent else parameter)
        whole = {**minimal(ask, name), limit: 1}
        return [Question(name, whole), Question(name, {**whole, parameter: cursor})]

    return questions


def _free(name: str, parameter: str) -> Recipe:
    outer, _, inner = parameter.partition(".")
    if outer == "Page":
        return paged(name, inner or "Index")
    if name in CURSORS and outer in (CURSORS[name][1], "Before"):
        return onward(name, outer)
    if outer in SIZES:
        return changed(name, outer, 1)
    return changed(name, outer, UNKNOWN) if outer in ("CustSpaceId", "CustWabaId") else free(name, parameter)


def _effects(name: str) -> dict[Key, Recipe]:
    known = [one for one in parameters(operation(name)) if one not in HIDDEN]
    if name in FREE:
        told = known if speaks(name) else [one for one in known if one == "CustSpaceId"]
        return {(name, one): _free(name, one) for one in told}
    found: dict[Key, Recipe] = {}
    for one in known:
        outer, _, inner = one.partition(".")
        instead = {**dict.fromkeys(_NOBODY, UNKNOWN), **CHANGES.get(name, {})}
        if outer == "Page":
            found[name, one] = paged(name, inner or "Index")
        elif name == "ListInstance" and one == "PageSize":
            found[name, one] = changed(name, one, 1)
        elif name == "ListChatappMessage" and one in _FILTERS:
            found[name, one] = filtered(one, _FILTERS[one])
        elif name == HEALTH and one in _NODES:
            found[name, one] = healthy(_NODES[one], one)
        elif name in _GONE:
            if one in operation(name).raw["request"]["required"] or one in ("TemplateCode",):
                found[name, one] = gone(name, one)
        elif one in instead:
            found[name, one] = changed(name, one, instead[one])
    return found


EFFECTS: dict[Key, Recipe] = {key: recipe for name in OTHERS for key, recipe in _effects(name).items()}
IGNORED: dict[Key, str] = {
    (name, one): SILENT if name in FREE else KEPT
    for name in OTHERS
    for one in parameters(operation(name))
    if one not in HIDDEN and (name, one) not in EFFECTS
}
