"""Templates of WhatsApp and Viber: found, listed, and shown with their wording."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.cams import kept, spaces
from mockserver.vendors.cams.record import Sparse, one, sparse
from mockserver.world.entities import Button, Template
from mockserver.world.now import World

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_IDENTITY = {"TemplateCode": "code", "TemplateName": "name", "TemplateType": "type", "Language": "language"}
_ASKED = {"Code": "code", "Name": "name", "TemplateType": "type", "Language": "language", "Category": "category"}
_CAPITAL = re.compile("(?<=[a-z0-9])(?=[A-Z])")
_BUTTONS = {"phone_number_button": "PHONE_NUMBER", "url_button": "URL", "quick_reply_button": "QUICK_REPLY"}


def list_chatapp_template(world: World, question: Question) -> Records:
    """The templates of one space or all, newest first, but for the archived ones."""
    return Records(_rows(world, question), lambda template: _row(world, template))


def list_what_app_template(world: World, question: Question) -> Records:
    """The same as one text of JSON, which is all that the vendor says of it."""
    rows = [_row(world, template) for template in _rows(world, question)]
    listed = [
        {"templateCode": row["template_code"], "name": row["template_name"], "language": row["language"]}
        for row in rows
    ]
    return Records([Sparse(data=orjson.dumps(listed).decode(), total=len(rows))], lambda record: record)


def get_chatapp_template_detail(world: World, question: Question) -> Records:
    """One template in one language."""
    template = found(world, question, "DetailError.TemplateNotExist")
    settings = changed(world, template)
    detail = _row(world, template) | {
        "name": template.name,
        "allow_send": settings.get("allow_send", True),
        "category_change_paused": settings.get("category_change_paused", False),
        "components": sparse(settings.get("components", _components(template))),
        "example": settings.get("example", {}),
        "message_send_ttl_seconds": settings.get("ttl"),
        "product_set_id": settings.get("product_set_id"),
        "quality_score": "GREEN",
    }
    return one(data=detail)


def found(world: World, question: Question, error: str) -> Template:
    """The template of that TemplateCode, or of that TemplateName, in that Language; raises MockError: *error*."""
    return named(world, question, error)[0]


def named(world: World, question: Question, error: str) -> Sequence[Template]:
    """The same in every language, where no Language is asked for; raises MockError."""
    matching = list(_asked(world, question))
    if not matching:
        raise MockError(error)
    return matching


def usable(world: World, question: Question) -> Iterator[Template]:
    """Every template of the spaces that are asked for."""
    return (one for space in spaces.usable(world, question) for one in world.made.own[space.id])


def changed(world: World, template: Template) -> Mapping[str, Any]:
    """What was changed of *template* since it was created."""
    return kept.of(world, *subject(template))


def subject(template: Template) -> tuple[str, ...]:
    """What the ledger calls *template*."""
    return "template", template.code, template.language


def audit_status(world: World, template: Template) -> str:
    """Being reviewed for some time after it was written, approved after that."""
    approved = changed(world, template).get("approved_at")
    return "auditing" if approved is not None and world.clock.instant() < approved else "pass"


def snaked(value: Any, schema: Mapping[str, Any]) -> Any:
    """*value* with the parts that *schema* knows, named as a record has them: FlowId is flow_id."""
    if isinstance(value, list):
        return [snaked(part, schema["items"]) for part in value]
    if not isinstance(value, Mapping):
        return value
    parts = schema["properties"]
    return {_CAPITAL.sub("_", name).lower(): snaked(part, parts[name]) for name, part in value.items() if name in parts}


def _asked(world: World, question: Question) -> Iterator[Template]:
    asked = question.arguments
    if "TemplateCode" not in asked and "TemplateName" not in asked:
        raise MockError("Missing", parameter="TemplateCode")
    return (template for template in usable(world, question) if _is(template, asked, _IDENTITY))


def _rows(world: World, question: Question) -> list[Template]:
    asked = question.arguments
    rows = [
        template
        for template in usable(world, question)
        if _is(template, asked, _ASKED)
        and asked.get("AuditStatus") in (None, audit_status(world, template))
        and not changed(world, template).get("archived")
    ]
    return sorted(rows, key=lambda one: (one.created_time, one.code, one.language), reverse=True)


def _is(template: Template, asked: Mapping[str, Any], names: Mapping[str, str]) -> bool:
    """Whether *template* is as *asked*, as far as one of *names* is."""
    return all(getattr(template, own) == asked[name] for name, own in names.items() if name in asked)


def _row(world: World, template: Template) -> Sparse:
    updated = changed(world, template).get("written_at", template.created_time)
    return Sparse(
        template_code=template.code,
        template_name=template.name,
        template_type=template.type,
        category=template.category,
        language=template.language,
        audit_status=audit_status(world, template),
        last_update_time=(updated - _EPOCH) // timedelta(milliseconds=1),
    )


def _components(template: Template) -> list[dict[str, Any]]:
    """The wording of a template that the world file has: its name for a body, and its buttons."""
    body = {"type": "BODY", "text": template.name.replace("_", " ").capitalize()}
    buttons = [_button(button) for button in template.buttons]
    return [body, {"type": "BUTTONS", "buttons": buttons}] if buttons else [body]


def _button(button: Button) -> dict[str, Any]:
    kind = _BUTTONS[button.type]
    more = {"URL": {"url": "https://example.com", "url_type": "static"}, "PHONE_NUMBER": {"phone_number": "+15550100"}}
    return {"type": kind, "text": button.text, **more.get(kind, {})}
