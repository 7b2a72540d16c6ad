"""What is made through CAMS is there: campaigns for both vendors, templates, pages, settings, messages."""

from typing import Any

from ..ask import Ask
from ..expect import holds, ok, same
from ..found_cams import DAY, LIST, METRIC, Row, midnight, operation, templates
from ..found_others import fresh, minimal, rows, without_id
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..words_cams import refused_as

PAGE = "Chat App Message Service: the operations' pages"
HOW: dict[str, Any] = {"kind": "cams", "live": Live.MOCK, "page": PAGE, "examples": 1}
NAME = "made by the kit"


def created(ask: Ask, **more: Any) -> Row:
    """The parameters that name a message campaign that was just created."""
    whole = {**minimal(ask, "CreateMessageCampaign"), "Name": NAME, "Budget": 4200, "BudgetType": "daily", **more}
    told = ok(ask.cams.call("CreateMessageCampaign", whole)).json or {}
    return {name: whole[name] for name in ("CustSpaceId", "PageId", "AdAccountId")} | {"CampaignId": told["CampaignId"]}


def listed(ask: Ask, asked: Row, **more: Any) -> list[Row]:
    """The list of campaigns of the same page, of this id alone."""
    place = {name: asked[name] for name in ("CustSpaceId", "PageId", "CampaignId")}
    return ask.cams.rows(LIST, {**place, **more, "Page": {"Index": 1, "Size": 10}})


@contract(
    "CAMS-Y1", "A message campaign that is created is listed by CAMS", calls=6, **HOW,
    sentence="CreateMessageCampaign: Budget, in cents; BudgetType; Name; CampaignId.",
)  # fmt: skip
def created_is_listed(ask: Ask) -> None:
    """Its name, budget, page and account, newest first; it can be asked for its insights."""
    with fresh(ask) as inner:
        asked = created(inner)
        row = listed(inner, asked)[0]
        owed = {"CampaignName": NAME, "Budget": 4200, "BudgetType": "daily", "Status": "AVAILABLE"}
        same({name: row.get(name) for name in owed}, owed, "what was created is listed as it was created")
        place = {name: asked[name] for name in ("CustSpaceId", "PageId")}
        first = inner.cams.rows(LIST, {**place, "Page": {"Index": 1, "Size": 1}})[0]
        same(first["CampaignId"], asked["CampaignId"], "what was created last is listed first")
        ok(inner.cams.call("GetMessageCampaignInsights", asked))


@contract(
    "BOTH-Y2", "A message campaign that is created through CAMS is an ad of Graph, and its deletion too", calls=12,
    **{**HOW, "kind": "across"}, sentence="CAMS is a front to the same Meta campaigns.",
)  # fmt: skip
def created_is_seen_by_graph(ask: Ask) -> None:
    """In the lists of ads, ad sets and campaigns, by its id, and gone from them once it is deleted."""
    with fresh(ask) as inner:
        asked = created(inner)
        account = f"act_{asked['AdAccountId']}"
        seen = {edge: _names(inner, f"{account}/{edge}") for edge in ("ads", "adsets", "campaigns")}
        same({edge: NAME in names for edge, names in seen.items()}, dict.fromkeys(seen, True), "Graph lists it")
        same(_status(inner, asked), "ACTIVE", "Graph reads it by its id")
        ok(inner.cams.call("DeleteMessageCampaign", asked))
        same(_status(inner, asked), "DELETED", "Graph says that it is deleted")
        seen = {edge: _names(inner, f"{account}/{edge}") for edge in ("ads", "adsets", "campaigns")}
        same(
            {edge: NAME in names for edge, names in seen.items()}, dict.fromkeys(seen, False), "Graph lists it no more"
        )


def _names(ask: Ask, path: str) -> list[str]:
    answer = ok(ask.graph.call(path, {"fields": "name", "limit": 100}))
    return [row["name"] for row in (answer.json or {})["data"]]


def _status(ask: Ask, asked: Row) -> Any:
    return (ok(ask.graph.call(asked["CampaignId"], {"fields": "effective_status"})).json or {}).get("effective_status")


@contract(
    "CAMS-Y3", "A message campaign that is deleted is gone", calls=8, **HOW,
    sentence="DeleteMessageCampaign: deletes the budget for a marketing campaign.",
)  # fmt: skip
def deleted_is_gone(ask: Ask) -> None:
    """From the list, but for who asks for what is deleted; deleting it again changes nothing."""
    with fresh(ask) as inner:
        asked = created(inner)
        for _ in range(2):
            ok(inner.cams.call("DeleteMessageCampaign", asked))
            same(listed(inner, asked), [], "what is deleted is not listed")
            gone = listed(inner, asked, Status="DELETED")
            same([row["CampaignId"] for row in gone], [asked["CampaignId"]], "it is listed as deleted")


@contract(
    "CAMS-Y4", "A template is created, modified, archived and deleted", calls=14, **HOW,
    sentence="Only templates that have not been reviewed or that failed the review can be modified.",
)  # fmt: skip
def template_lives(ask: Ask) -> None:
    """It is listed and shown as it was written last, approved after a day, and then it cannot be modified."""
    with fresh(ask) as inner:
        whole = minimal(inner, "CreateChatappTemplate")
        whole |= {"CustSpaceId": minimal(inner, "GetChatappUploadAuthorization")["CustSpaceId"]}
        code = (ok(inner.cams.call("CreateChatappTemplate", whole)).json or {})["Data"]["TemplateCode"]
        asked = {"CustSpaceId": whole["CustSpaceId"], "TemplateCode": code, "Language": whole["Language"]}
        again = inner.cams.call("CreateChatappTemplate", whole)
        refused_as(inner, again, "InvalidParameter.TemplateNameExist", operation=operation("CreateChatappTemplate"))
        same([row["TemplateName"] for row in _templates(inner, asked)], [whole["Name"]], "it is listed")
        text = [{"Type": "BODY", "Text": "Hello again"}]
        ok(inner.cams.call("ModifyChatappTemplate", {**asked, "Components": text}))
        detail = (ok(inner.cams.call("GetChatappTemplateDetail", asked)).json or {})["Data"]
        same((detail["Components"], detail["AuditStatus"]), (text, "auditing"), "it is shown as it was modified")
        _reviewed(inner, asked, text)
        ok(inner.cams.call("DeleteChatappTemplate", {**asked, "TemplateType": "WHATSAPP"}))
        same(_templates(inner, asked), [], "what is deleted is not listed")
        answer = inner.cams.call("GetChatappTemplateDetail", asked)
        refused_as(inner, answer, "DetailError.TemplateNotExist", operation=operation("GetChatappTemplateDetail"))


def _templates(ask: Ask, asked: Row) -> list[Row]:
    whole = {"CustSpaceId": asked["CustSpaceId"], "Code": asked["TemplateCode"]}
    return rows(ask.cams.call("ListChatappTemplate", whole), "ListTemplate")


def _reviewed(ask: Ask, asked: Row, text: list[Row]) -> None:
    if ask.target.forward is None:
        return
    ask.target.forward(DAY / 1000 + 1)
    same(_templates(ask, asked)[0]["AuditStatus"], "pass", "it is approved after a day")
    answer = ask.cams.call("ModifyChatappTemplate", {**asked, "Components": text})
    refused_as(ask, answer, "InvalidParameter.AuditStatusNotSupport", operation=operation("ModifyChatappTemplate"))
    entry = {name: asked[name] for name in ("TemplateCode", "Language")}
    archive = {"CustSpaceId": asked["CustSpaceId"], "ChannelType": "WHATSAPP", "TemplateList": [entry]}
    for kind, left in (("ARCHIVED", 0), ("UNARCHIVED", 1)):
        ok(ask.cams.call("ArchiveChatappTemplate", {**archive, "ArchiveType": kind}))
        same(len(_templates(ask, asked)), left, "what is archived is off the list")


@contract(
    "CAMS-Y5", "The phone numbers of a space sent what its templates did", calls=12, **HOW,
    sentence="GetChatappPhoneNumberMetric: queries the message sending volume metrics for a phone number.",
)  # fmt: skip
def phones_add_up(ask: Ask) -> None:
    """Sent and delivered, of all phone numbers and of all marketing templates."""
    space = templates(ask)[0].space_id
    numbers = rows(ask.cams.call("QueryChatappPhoneNumbers", {"CustSpaceId": space}), "PhoneNumbers")
    end = midnight(ask) - DAY
    span = {"CustSpaceId": space, "Start": end - 5 * DAY, "End": end}
    own = [one for one in templates(ask) if one.space_id == space]
    told = [row for one in own for row in ask.cams.rows(METRIC, {**span, "TemplateCode": one.code})]
    if not told:
        raise OutOfScope("no template has metrics")
    by_phone = [
        row
        for one in numbers
        for row in ask.cams.rows("GetChatappPhoneNumberMetric", {**span, "PhoneNumber": one["PhoneNumber"]})
    ]
    for count in ("SentCount", "DeliveredCount"):
        same(sum(row[count] for row in by_phone), sum(row[count] for row in told), f"{count} adds up")
    whole = ask.cams.rows("GetChatappPhoneNumberMetric", span)
    same(sorted(map(str, whole)), sorted(map(str, by_phone)), "without PhoneNumber all of them are told")


@contract(
    "CAMS-Y6", "A message that is sent is listed", calls=8, **HOW,
    sentence="SendChatappMessage: MessageId. ListChatappMessage: queries the message list.",
)  # fmt: skip
def sent_is_listed(ask: Ask) -> None:
    """By its id, newest first, and by whom it was sent to; several at once share a group."""
    with fresh(ask) as inner:
        whole = minimal(inner, "SendChatappMessage")
        ids = [(ok(inner.cams.call("SendChatappMessage", whole)).json or {})["MessageId"] for _ in range(2)]
        asked = {**minimal(inner, "ListChatappMessage"), "ChannelType": "WHATSAPP"}
        found = inner.cams.rows("ListChatappMessage", asked)
        same([row["MessageId"] for row in found], ids[::-1], "what was sent is listed, newest first")
        several = {**minimal(inner, "SendChatappMassMessage"), "SenderList": [{"To": "15550101"}, {"To": "15550102"}]}
        group = (ok(inner.cams.call("SendChatappMassMessage", several)).json or {})["GroupMessageId"]
        found = inner.cams.rows("ListChatappMessage", {**asked, "GroupMessageId": group})
        same(sorted(row["UserNumber"] for row in found), ["15550101", "15550102"], "several at once share a group")
        found = inner.cams.rows("ListChatappMessage", {**asked, "UserNumber": "15550102"})
        same(len(found), 1, "a message is listed for whom it was sent to")


@contract(
    "CAMS-Y7", "What is set is told", calls=8, **HOW,
    sentence="UpdatePhoneWebhook: modifies the callback URL information for a phone number.",
)  # fmt: skip
def settings_are_told(ask: Ask) -> None:
    """The callback URL and the business profile of a phone number, and marketing messages lite."""
    with fresh(ask) as inner:
        whole = minimal(inner, "UpdatePhoneWebhook")
        url = "https://example.com/reports"
        ok(inner.cams.call("UpdatePhoneWebhook", {**whole, "StatusCallbackUrl": url, "HttpFlag": "Y"}))
        numbers = rows(
            inner.cams.call("QueryChatappPhoneNumbers", {"CustSpaceId": whole["CustSpaceId"]}), "PhoneNumbers"
        )
        told = {row["PhoneNumber"]: row.get("StatusCallbackUrl") for row in numbers}
        same([number for number, one in told.items() if one == url], [whole["PhoneNumber"]], "its URL is told")
        ok(inner.cams.call("ModifyPhoneBusinessProfile", {**whole, "About": NAME}))
        profile = (ok(inner.cams.call("QueryPhoneBusinessProfile", whole)).json or {})["Data"]
        same(profile["About"], NAME, "its profile is told")
        before = without_id(inner.cams.call("QueryMMLActive", {"CustSpaceId": whole["CustSpaceId"]}))
        ok(inner.cams.call("UpdateWabaMmlStatus", minimal(inner, "UpdateWabaMmlStatus")))
        after = without_id(inner.cams.call("QueryMMLActive", {"CustSpaceId": whole["CustSpaceId"]}))
        holds(before != after, "marketing messages lite are switched on", after, "another answer")


@contract(
    "CAMS-Y8", "A page that is taken from a space is nobody's there, until it is bound again", calls=8, **HOW,
    sentence="Unknown.ResourceOwnerId: The resource does not belong to the current user.",
)  # fmt: skip
def pages_come_and_go(ask: Ask) -> None:
    """The list of its ad accounts is refused in between, and the same as before in the end."""
    with fresh(ask) as inner:
        whole = minimal(inner, "ListMessengerSubscriptionToken")
        place = {name: whole[name] for name in ("CustSpaceId", "PageId")}
        instance = {"InstanceId": place["CustSpaceId"], "PageId": place["PageId"]}
        before = inner.cams.rows("ListPageAdAccount", place)
        ok(inner.cams.call("DeleteMessengerPage", instance))
        refused_as(inner, inner.cams.call("ListPageAdAccount", place), "Unknown.ResourceOwnerId")
        ok(inner.cams.call("BindMessengerPage", instance))
        same(inner.cams.rows("ListPageAdAccount", place), before, "a page that is bound again is as it was")
