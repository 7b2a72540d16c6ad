"""The fields of ad accounts, campaigns, ad sets and ads, read or listed: one field minds no other."""

from ..ask import Ask
from ..expect import holds, same
from ..found import LEVELS
from ..property import Live, contract
from .meta_lists import EVERY, LEVEL, PAGE, told
from .meta_rows import every_row


@contract(
    "META-E7",
    "Every field of a list entry alone has the value that it has among others",
    sentence="fields: a list of fields of the object; id is always told.",
    page=PAGE,
    kind="effect",
    live=Live.TOLERANT,
    calls=60,
    examples=1,
)
def each_list_field_alone(ask: Ask) -> None:
    """ads(fields=x) = ads(fields=all) without the rest, for every x; ids are always told, and alone by default."""
    account = ask.account()
    for edge, kind in (*LEVEL.items(), ("adaccounts", "adaccount")):
        path = f"{account.id}/{edge}" if edge in LEVEL else "me/adaccounts"
        every = {"effective_status": EVERY} if edge in LEVEL else {}
        names = told(kind) if ask.exact else ("id", "name", "created_time")
        together = every_row(ask, path, fields=names, **every)
        for name in ask.some(names, 3):
            alone = every_row(ask, path, fields=name, **every)
            wanted = [{key: row[key] for key in ("id", name) if key in row} for row in together]
            same(alone, wanted, f"{name} of the {edge} alone is what it is among others")
        plain = {frozenset(row) for row in every_row(ask, path, **every)}
        usual = {"id"} if edge in LEVEL else {"id", "account_id"}
        holds(plain <= {frozenset(usual)}, f"what an entry of the {edge} tells by default", plain, usual)


@contract(
    "META-E9",
    "Every field of an object alone has the value that it has among others",
    sentence="fields: a list of fields of the object; id is always told.",
    page=PAGE,
    kind="effect",
    live=Live.TOLERANT,
    calls=60,
    examples=1,
)
def each_object_field_alone(ask: Ask) -> None:
    """GET 1?fields=x = GET 1?fields=all without the rest, for every x."""
    for level in LEVELS:
        node = ask.node(level)
        kind = "adaccount" if level == "account" else level
        names = told(kind) if ask.exact else ("id", "name", "created_time")
        together = ask.graph.ok(node.id, {"fields": names}).json
        for name in ask.some(names, 2):
            wanted = {key: together[key] for key in ("id", name) if key in together}
            same(ask.graph.ok(node.id, {"fields": name}).json, wanted, f"{name} of a {level} alone is what it is")
