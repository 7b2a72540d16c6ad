"""Fields of fields: an answer in another one is what the direct call is answered."""

import json
from collections.abc import Iterator
from typing import Any

from ..ask import Ask, time_range
from ..bad_meta import OBJECTS, Place, places
from ..expect import holds, ok, refused, same
from ..graph import next_link
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..target import as_text, operation
from .meta_lists import LEVEL, told
from .meta_rows import INCREMENTS, RECORDED, Row, busy

GUIDE = "Graph API, Field expansion"
SENTENCE = "Field expansion: nested requests; an argument such as .limit(3) may follow any edge."
METRICS = "spend,impressions,actions"


def expanded(name: str, fields: str = "", **arguments: Any) -> str:
    """*name* with its arguments and what is asked of it: adsets.limit(2){id}."""
    spelt = "".join(f".{one}({as_text(value)})" for one, value in arguments.items())
    return f"{name}{spelt}" + (f"{{{fields}}}" if fields else "")


def nested(ask: Ask, path: str, name: str, fields: str = "", **arguments: Any) -> Row:
    """The part *name* of a read of *path*, an empty list where it is absent."""
    body = ask.graph.ok(path, {"fields": expanded(name, fields, **arguments)}).json
    part: Row = body.get(name, {"data": []})
    return part


def _edges(place: Place) -> Iterator[tuple[str, str]]:
    """The edges that an object at *place* has, without its insights, and the fields that their objects tell."""
    for name, schema in operation("meta", place.operation).record["properties"].items():
        file = schema.get("$ref", "").partition(".json")[0]
        if file and file != "insights" and operation("meta", file).raw["paging"]:
            yield name, ",".join(told(file))


@contract(
    "META-X1", "Nested insights are the insights", sentence=SENTENCE, page=GUIDE, kind="metamorphic",
    live=Live.TOLERANT, calls=3, examples=12,
)  # fmt: skip
def nested_insights(ask: Ask) -> None:
    """1?fields=insights.time_range(r).level(l).time_increment(n){f} = 1/insights with r, l, n and f."""
    node = ask.node()
    asked: dict[str, Any] = {"time_range": time_range(busy(ask, node)), "limit": 5}
    asked["time_increment"] = ask.one_of(INCREMENTS, "increment")
    asked["level"] = ask.one_of([node.level, "ad"], "level")
    direct = ask.graph.ok(f"{node.id}/insights", {**asked, "fields": METRICS}).json
    part = nested(ask, node.id, "insights", METRICS, **asked)
    same(part["data"], direct["data"], "insights in the fields of an object are its insights")
    cursors = [one.get("paging", {}).get("cursors") for one in (part, direct)]
    same(cursors[0], cursors[1], "nested insights have the cursors of the direct call")


@contract(
    "META-X2", "A nested edge is the edge", sentence=SENTENCE, page=GUIDE, kind="metamorphic", live=Live.TOLERANT,
    calls=80, examples=1,
)  # fmt: skip
def nested_edges(ask: Ask) -> None:
    """1?fields=ads.limit(2){f} = 1/ads?limit=2&fields=f, for every edge of every kind of object."""
    cases = [(place, *one) for place in places(ask, *OBJECTS, "me") for one in _edges(place)]
    for place, edge, fields in ask.some(cases, 3):
        for asked in ({"limit": 2}, {"limit": 1, "after": "MAZDZD"}):
            direct = ask.graph.ok(f"{place.path}/{edge}", {**asked, "fields": fields}).json
            part = nested(ask, place.path, edge, fields, **asked)
            same(part["data"], direct["data"], f"{edge} in the fields of {place.operation} are its {edge}")
            cursors = [one.get("paging", {}).get("cursors") for one in (part, direct)]
            same(cursors[0], cursors[1], f"nested {edge} have the cursors of the direct call")


@contract(
    "META-X3", "The next of a nested edge leads through all of it", sentence="paging.next is absolute and complete.",
    page=GUIDE, kind="metamorphic", live=Live.TOLERANT, calls=14, examples=3,
)  # fmt: skip
def nested_next(ask: Ask) -> None:
    """Following next from a page in an object visits what the edge lists, once each."""
    account, edge = ask.account(), ask.one_of(LEVEL, "edge")
    whole = ask.graph.ok(f"{account.id}/{edge}", {"fields": "id,name", "limit": 500}).rows
    size = max(len(whole) // 3, 1)
    body = ask.graph.ok(account.id, {"fields": expanded(edge, "id,name", limit=size)})
    part = body.json.get(edge, {"data": []})
    walked, link = list(part["data"]), part.get("paging", {}).get("next")
    holds((link is not None) == (len(whole) > size), "next is there while there is more", link, len(whole))
    while link is not None and len(walked) <= len(whole):
        origin = body.call.origin
        holds(link.startswith(origin), "`next` stays on its host", link, origin)
        answer = ok(ask.graph.send("GET", link.removeprefix(origin), {}))
        walked += answer.rows
        following = next_link(answer)
        link = following and origin + following
    same(walked, whole, f"the pages of nested {edge} are its {edge}")


@contract(
    "META-X4", "An object in another one is the object", sentence=SENTENCE, page=GUIDE, kind="metamorphic",
    live=Live.SAFE, calls=12, examples=3,
)  # fmt: skip
def nested_objects(ask: Ask) -> None:
    """1?fields=campaign{f} = the campaign read by its id with f."""
    kinds = {"campaign": "campaign", "adset": "adset", "creative": "adcreative", "account": "adaccount"}
    node = ask.node("adset", "ad")
    for name, kind in kinds.items():
        if name in operation("meta", node.level).record["properties"]:
            fields = ",".join(told(kind) if ask.exact else ("id", "name"))
            part = ask.graph.ok(node.id, {"fields": f"{name}{{{fields}}}"}).json[name]
            same(part, ask.graph.ok(part["id"], {"fields": fields}).json, f"the {name} of {node.level} is the {kind}")


@contract(
    "META-X5", "A refusal of a nested edge says for which field", page=RECORDED, kind="refusal", live=Live.TOLERANT,
    calls=6, examples=1, sentence="Recorded: (#100) For field 'insights': date_preset must be one of …",
)  # fmt: skip
def nested_refusals(ask: Ask) -> None:
    """1?fields=insights.x(y) is refused as 1/insights?x=y is, with the field named after (#100)."""
    node = ask.node()
    cases: list[dict[str, Any]] = [{"date_preset": "lifetime"}, {"level": "adgroup"}, {"limit": 0}]
    cases += [{"time_increment": 91}, {"time_range": json.dumps({"since": "2026-02-02", "until": "2026-02-01"})}]
    for asked in cases if ask.exact else cases[:1]:
        direct = ask.graph.call(f"{node.id}/insights", asked).error.get("message", "")
        answer = ask.graph.call(node.id, {"fields": expanded("insights", **asked)})
        refused(answer, 100)
        wanted = direct.replace("(#100) ", "(#100) For field 'insights': ", 1)
        same(answer.error.get("message"), wanted if ask.exact else answer.error.get("message"), "the field is named")


@contract(
    "META-X6", "A message campaign is read as Meta's page reads it", page="Marketing Messages on Messenger",
    kind="honoured", live=Live.SAFE, calls=2, examples=2,
    sentence="GET /{id}?fields=id,campaign{name},creative{actor_id},adset{name,…,promoted_object{pixel_id}}",
)  # fmt: skip
def message_campaign(ask: Ask) -> None:
    """The documented read of a message campaign answers from its campaign, creative and ad set."""
    node = ask.node("ad")
    group = "name,lifetime_budget,daily_budget,start_time,end_time,promoted_object{pixel_id}"
    fields = f"id,campaign{{name}},creative{{actor_id}},adset{{{group}}}"
    body = ask.graph.ok(node.id, {"fields": fields}).json
    if not {"campaign", "creative", "adset"} <= set(body):
        raise OutOfScope("the ad is no message campaign")
    same(body["id"], node.id, "the ad is told by its id")
    holds("actor_id" in body["creative"], "the creative names its page", body["creative"], "actor_id")
    allowed = {"id", *group.partition(",promoted")[0].split(","), "promoted_object"}
    same(sorted(set(body["adset"]) - allowed), [], "nothing is told that was not asked for")
    holds(set(body["adset"].get("promoted_object", {})) <= {"pixel_id"}, "of a pixel its id", body["adset"], "pixel_id")
