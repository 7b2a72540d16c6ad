"""Templates that are created, modified, archived and deleted through CAMS."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from mockserver.contract.load import load
from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.cams import kept, spaces
from mockserver.vendors.cams.record import NOTHING, one
from mockserver.vendors.cams.template_reads import audit_status, found, named, snaked, subject, usable
from mockserver.world.chance import draws
from mockserver.world.entities import Button, Template
from mockserver.world.ledger import TemplateCreated, TemplateDeleted
from mockserver.world.now import World

_KEPT = {
    "Example": "example",
    "MessageSendTtlSeconds": "ttl",
    "ProductSetId": "product_set_id",
    "CategoryChangePaused": "category_change_paused",
    "AllowSend": "allow_send",
}
_PROPERTIES = ("AllowSend", "CategoryChangePaused")
_BUTTONS = {"PHONE_NUMBER": "phone_number_button", "URL": "url_button"}


def create_chatapp_template(world: World, question: Question) -> Records:
    """A template, or another language of the one of this name, type and category; it is reviewed for review_seconds."""
    asked, space = question.arguments, spaces.usable(world, question)[0]
    same = [one for one in usable(world, question) if one.space.id == space.id and one.name == asked["Name"]]
    if any(one.language == asked["Language"] for one in same):
        raise MockError("InvalidParameter.TemplateNameExist")
    kind = asked["TemplateType"], asked["Category"]
    shared = next((one.code for one in same if (one.type, one.category) == kind), None)

    def created(number: int) -> TemplateCreated:
        return TemplateCreated(
            Template(
                code=shared or _code(world, number),
                name=asked["Name"],
                space=space,
                language=asked["Language"],
                category=asked["Category"],
                type=asked["TemplateType"],
                created_time=world.clock.instant(),
                daily_volume=0,
                buttons=_buttons(asked["Components"]),
                pins=None,
            )
        )

    template = world.record(created).template
    _write(world, template, question)
    return one(data={"template_code": template.code, "template_name": template.name})


def modify_chatapp_template(world: World, question: Question) -> Records:
    """Another wording for a template that is not approved; it is reviewed anew."""
    template = found(world, question, "DetailError.TemplateNotExist")
    # "Only templates that have not been reviewed or that failed the review can be modified."
    # — Alibaba Cloud, ModifyChatappTemplate
    if audit_status(world, template) == "pass":
        raise MockError("InvalidParameter.AuditStatusNotSupport")
    if question.arguments.get("Category", template.category) != template.category:
        raise MockError("Invalid", parameter="Category")
    _write(world, template, question)
    return one(data={"template_code": template.code, "template_name": template.name})


def modify_chatapp_template_properties(world: World, question: Question) -> Records:
    """Whether a template may be sent, at any time."""
    template = found(world, question, "DetailError.TemplateNotExist")
    asked = question.arguments
    kept.change(world, subject(template), kept.named(asked, _KEPT))
    told = {name[0].lower() + name[1:]: asked[name] for name in _PROPERTIES if name in asked}
    return one(model={"templateCode": template.code, "language": template.language, **told})


def delete_chatapp_template(world: World, question: Question) -> Records:
    """Delete a template in one language, or in all of them."""
    for template in named(world, question, "DelError.TemplateNotExist"):
        world.record(partial(_deleted, template))
    return NOTHING


def archive_chatapp_template(world: World, question: Question) -> Records:
    """Take templates off the list, or with another ArchiveType put them back."""
    asked = question.arguments
    # "Only the WhatsApp channel type is supported." — Alibaba Cloud, ArchiveChatappTemplate
    if asked["ChannelType"].upper() != "WHATSAPP":
        raise MockError("InvalidParameter.ChannelTypeNotSupport")
    own = {(one.code, one.language): one for one in usable(world, question)}
    chosen = [own.get((entry["TemplateCode"], entry["Language"])) for entry in asked["TemplateList"]]
    if None in chosen:
        raise MockError("DetailError.TemplateNotExist")
    for template in chosen:
        assert template is not None
        kept.change(world, subject(template), {"archived": asked["ArchiveType"].upper() == "ARCHIVED"})
    return one(data={"code": "OK", "message": "OK", "success": True})


def _write(world: World, template: Template, question: Question) -> None:
    asked, now = question.arguments, world.clock.instant()
    components = snaked(asked["Components"], load("cams").operations["CreateChatappTemplate"].parameters["Components"])
    approved = now + timedelta(seconds=question.settings.review_seconds)
    written = {"components": components, "written_at": now, "approved_at": approved}
    kept.change(world, subject(template), {**kept.named(asked, _KEPT), **written})


def _deleted(template: Template, _: int) -> TemplateDeleted:
    return TemplateDeleted(template.code, template.language)


def _buttons(components: list[Mapping[str, Any]]) -> tuple[Button, ...]:
    """The buttons whose clicks are counted: those of the wording when it was created."""
    buttons = [button for one in components for button in one.get("Buttons", ())]
    return tuple(
        Button(_BUTTONS.get(button["Type"], "quick_reply_button"), button.get("Text", button["Type"]))
        for button in buttons
    )


def _code(world: World, number: int) -> str:
    """A code that no template has."""
    draw = draws(world.file.seed, "template", number)
    found = 1_200 * 10**12 + number * 10**6 + draw[0]
    while str(found) in world.made.templates:
        found += 1
    return str(found)
