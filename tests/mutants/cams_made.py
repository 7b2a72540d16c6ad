"""What is made through CAMS, and what a mock makes up."""

from dataclasses import replace
from itertools import count
from types import SimpleNamespace
from typing import Any

from mockserver.vendors.cams import paged
from mockserver.vendors.cams.record import NOTHING, one
from tests.mutants.bends import rows
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, around, ignored

GENERATED, WRITES = "mockserver.vendors.cams.generated", "mockserver.vendors.cams.template_writes"
PAGED = "mockserver.vendors.cams.paged"
HANDLERS = "mockserver.vendors.cams.handlers:WORLD"


def _forgotten(name: str) -> Patch:
    """The operation is answered and nothing happens."""
    return Patch(f"{HANDLERS}[{name}]", lambda _: lambda world, question: NOTHING)


def _never_alike() -> Patch:
    turn = count()
    return around(f"{GENERATED}:_hash", lambda inner, *key: inner(*key, str(next(turn))))


def _whatever_is_asked(inner: Any, *key: str) -> Any:
    return inner(*key[:2], *key[3:])


def _endless(inner: Any, page: range, size: int, key: str, total: int) -> Any:
    told = inner(page, size, key, total)
    return {name: one or paged.cursor(key, 0) for name, one in told.items()}


def _anybodys(module: Any) -> Any:
    del module
    return SimpleNamespace(usable=lambda world, question: [], instance=lambda world, question: None)


def _in_units(inner: Any, id_: str, campaign: Any, asked: Any, today: Any) -> Any:
    made = inner(id_, campaign, asked, today)
    return replace(made, daily_budget=made.daily_budget and made.daily_budget * 100)


def _of_all(inner: Any, world: Any, phone: Any) -> Any:
    del inner
    every = world.made.own[phone.space_id]
    return [each for each in every if (each.category, each.type) == ("MARKETING", "WHATSAPP")]


def _not_archived(inner: Any, world: Any, subject: Any, values: Any) -> None:
    if "archived" not in values:
        inner(world, subject, values)


def _oldest_first(inner: Any, *of: Any) -> Any:
    return reversed(list(inner(*of)))


MUTANTS = [
    Mutant("cams-made-up-anew", "state", "What is made up is made up anew each time.", "CAMS-N5", _never_alike()),
    Mutant("cams-made-up-isv", "parameter", "IsvCode changes what is made up.", "CAMS-N5",
           Patch(f"{GENERATED}:IGNORED", lambda _: frozenset())),
    Mutant("cams-made-up-deaf", "parameter", "What is made up does not mind its parameters.", "CAMS-N6",
           around(f"{GENERATED}:_hash", _whatever_is_asked)),
    Mutant("cams-made-up-pages", "page", "A page of what is made up is a list of its own.", "CAMS-N7",
           Patch(f"{PAGED}:span", lambda _: lambda asked, key, total: range(min(paged.numbered(asked)[1], total)))),
    Mutant("cams-made-up-endless", "cursor", "The last page of what is made up leads to the first.", "CAMS-N7",
           around(f"{PAGED}:told", _endless)),
    Mutant("cams-made-up-total", "count", "Total of what is made up is that of the page.", "CAMS-N7",
           around(f"{PAGED}:told", lambda inner, page, *more: {**inner(page, *more), "Total": len(page)})),
    Mutant("cams-made-up-foreign", "refusal", "What is made up is told of anybody's space.", "CAMS-N4",
           Patch(f"{GENERATED}:spaces", _anybodys)),
    Mutant("cams-created-unlisted", "state", "A created campaign is not listed.", "CAMS-Y1",
           around("mockserver.world.made:Made.put", lambda inner, *of: None)),
    Mutant("cams-created-units", "count", "The budget of a created campaign is not in cents.", "CAMS-Y1",
           around("mockserver.vendors.cams.campaign_writes:_adset", _in_units)),
    Mutant("cams-deleted-stays", "state", "A deleted campaign stays.", "CAMS-Y3", _forgotten("DeleteMessageCampaign")),
    Mutant("cams-deleted-graph", "across", "Graph lists what was deleted through CAMS.", "BOTH-Y2",
           Patch("mockserver.vendors.meta.objects:_LISTED_BY_DEFAULT", lambda right: right | {"DELETED"})),
    Mutant("cams-template-modified", "template", "An approved template is modified.", "CAMS-Y4",
           Patch(f"{WRITES}:audit_status", lambda _: lambda world, template: "auditing")),
    Mutant("cams-template-stays", "template", "A deleted template stays.", "CAMS-Y4",
           _forgotten("DeleteChatappTemplate")),
    Mutant("cams-template-archived", "template", "An archived template is listed.", "CAMS-Y4",
           around("mockserver.vendors.cams.kept:change", _not_archived)),
    Mutant("cams-phone-everything", "count", "Each phone number is said to have sent everything.", "CAMS-Y5",
           around("mockserver.vendors.cams.templates:_sent_from", _of_all)),
    Mutant("cams-messages-oldest", "order", "Messages are listed oldest first.", "CAMS-Y6",
           around("mockserver.vendors.cams.messages:_of", _oldest_first)),
    Mutant("cams-messages-group", "parameter", "ListChatappMessage does not mind GroupMessageId.", "CAMS-Y6",
           ignored("ListChatappMessage", "GroupMessageId")),
    Mutant("cams-messages-first", "row", "One message is not listed.", "CAMS-Y6",
           rows(lambda found, _: found[1:], "ListChatappMessage")),
    Mutant("cams-webhook-forgotten", "state", "A webhook is forgotten.", "CAMS-Y7", _forgotten("UpdatePhoneWebhook")),
    Mutant("cams-page-stays", "state", "A page that is taken from a space stays.", "CAMS-Y8",
           Patch(f"{HANDLERS}[DeleteMessengerPage]", lambda _: lambda world, question: one(data="1"))),
]  # fmt: skip
