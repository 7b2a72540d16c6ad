"""Reads of several ids, and parameters that change how a call is made or printed."""

import json
from typing import Any

from .. import found
from ..ask import Ask
from ..bad_meta import places
from ..composed_meta import run_of
from ..expect import holds, ok, same
from ..property import Live, contract
from ..watched_meta import rich
from ..words_meta import refused_with
from .meta_batches import body_of

IDS_PAGE = "Graph API, Multiple ID Read Requests"
MODIFIERS_PAGE = "Graph API, Debug Requests; Using the Graph API"
EACH = "/?ids=a,b&fields= and /insights?ids= → object keyed by id; max 50"
NOBODY = "404404404404404"


@contract("META-L1", "Several objects are what each is alone", sentence=EACH, page=IDS_PAGE, kind="identity",
          live=Live.SAFE, calls=8, examples=3)  # fmt: skip
def objects(ask: Ask) -> None:
    """Each id stands once, in the order asked for, with the answer that it has alone."""
    nodes = [found.nodes(ask, level)[0].id for level in found.LEVELS]
    ids = ask.one_of((nodes, nodes[::-1], nodes[:1], nodes * 2), "ids")
    told = ask.graph.ok("", {"ids": ",".join(ids), "fields": "id,name"}).json
    same(list(told), list(dict.fromkeys(ids)), "each id stands once, in order")
    for one, body in told.items():
        same(body, ask.graph.ok(one, {"fields": "id,name"}).json, "an object among others is what it is alone")


@contract("META-L2", "Insights of several objects are what each has alone", sentence=EACH, page=IDS_PAGE,
          kind="identity", live=Live.TOLERANT, calls=8, examples=3)  # fmt: skip
def insights(ask: Ask) -> None:
    """Rows and cursors of each are its own, with a version and without."""
    ids = [found.nodes(ask, level)[0].id for level in found.LEVELS]
    asked: dict[str, Any] = {"fields": "spend,impressions", "date_preset": "maximum", "limit": 2}
    asked |= {"time_increment": ask.one_of(("all_days", "monthly"), "increment")}
    told = ask.graph.ok("insights", {"ids": ",".join(ids), **asked}, version=ask.one_of(("", None), "version")).json
    same(list(told), ids, "each id stands once, in order")
    for one, body in told.items():
        alone = ask.graph.ok(f"{one}/insights", asked).json
        same(body["data"], alone["data"], "an object's rows among others are those that it has alone")
        cursors = [(part.get("paging") or {}).get("cursors") for part in (body, alone)]
        same(cursors[0], cursors[1], "an object's cursors among others are those that it has alone")


@contract("META-L3", "An unknown id refuses the whole, and so do more than fifty", sentence=EACH, page=IDS_PAGE,
          kind="refusal", live=Live.MOCK, calls=4, examples=1)  # fmt: skip
def refusals(ask: Ask) -> None:
    """The words are those of a read of the unknown id alone; no id at all is refused too."""
    account = found.accounts(ask)[0].id
    quoted = {"method": "get", "id": NOBODY}
    for path in ("", "insights"):
        refused_with(ask, ask.graph.call(path, {"ids": f"{account},{NOBODY}"}), "object_missing", quoted)
        many = ",".join(str(10**15 + at) for at in range(51))
        refused_with(ask, ask.graph.call(path, {"ids": many}), "too_many_ids", {"count": "51"})
        refused_with(ask, ask.graph.call(path, {"ids": "[]"}), "param_non_empty", {"parameter": "ids"})


@contract("META-M1", "The method parameter equals the method", sentence="`method=` override on GET and POST",
          page=MODIFIERS_PAGE, kind="identity", live=Live.MOCK, calls=40, examples=1, writes=True)  # fmt: skip
def method(ask: Ask) -> None:
    """POST with method=get reads; GET with method=post asks for a report, with method=delete throws it away."""
    for place in places(ask):
        for name in ("get", "GET"):
            told = ask.graph.ok(place.path, {"method": name}, method="POST")
            same(body_of(told), body_of(ask.graph.ok(place.path)), "POST with method=get is GET")
    account = found.accounts(ask)[0].id
    run = ok(ask.graph.call(f"{account}/insights", {"method": "post"})).json.get("report_run_id", "")
    other = run_of(ask, account)
    same(len(run), len(other), "GET with method=post is POST")
    same(ask.graph.ok(run, {"method": "delete"}).json, {"success": True}, "GET with method=delete is DELETE")
    quoted = {"parameter": "method", "values": "GET, POST, DELETE"}
    refused_with(ask, ask.graph.call(account, {"method": "patch"}), "bad_enum", quoted)


@contract("META-M2", "suppress_http_code keeps the body", sentence="suppress_http_code=1", page=MODIFIERS_PAGE,
          kind="metamorphic", live=Live.TOLERANT, calls=6, examples=1)  # fmt: skip
def suppressed(ask: Ask) -> None:
    """The status of an error is 200, its words are the same."""
    account = found.accounts(ask)[0].id
    for path, asked in ((NOBODY, {}), (f"{account}/insights", {"fields": "nonsense"}), (account, {"fields": "name"})):
        told, plain = (ask.graph.call(path, {**asked, **more}) for more in ({"suppress_http_code": 1}, {}))
        same(told.status, 200, "suppress_http_code answers 200")
        bodies = [{**(one.json or {}), "error": {**one.error, "fbtrace_id": ""}} for one in (told, plain)]
        same(bodies[0], bodies[1], "suppress_http_code changes nothing but the status")


@contract("META-M3", "Pretty is the same JSON on several lines", sentence="`pretty=0|1`", page=MODIFIERS_PAGE,
          kind="metamorphic", live=Live.TOLERANT, calls=12, examples=1)  # fmt: skip
def pretty(ask: Ask) -> None:
    """pretty=1 indents, pretty=0 does not, and neither says anything else."""
    for place in ask.some(places(ask), 2):
        asked = rich(place)
        told, compact = (ask.graph.ok(place.path, {**asked, "pretty": one}) for one in ("1", "0"))
        same(body_of(told), body_of(compact), "pretty is the same JSON")
        holds(len(told.text.splitlines()) > 2, "pretty=1 stands on several lines", told.text[:80], "{\n")
        same(len(compact.text.splitlines()), 1, "pretty=0 stands on one line")


@contract("META-M4", "Debug messages stand beside the answer",
          sentence="`debug=all|info|warning` → __debug__.messages[{message,type,link}]", page=MODIFIERS_PAGE,
          kind="metamorphic", live=Live.TOLERANT, calls=10, examples=1)  # fmt: skip
def debugged(ask: Ask) -> None:
    """Each message has a text and a type; the rest of the answer is as it is without."""
    for place in ask.some(places(ask), 2):
        plain = ask.graph.ok(place.path, {"nonsense": "1"})
        for level, kinds in (("all", {"info", "warning"}), ("warning", {"warning"})):
            told = ask.graph.ok(place.path, {"nonsense": "1", "debug": level})
            messages: Any = (told.json.get("__debug__") or {}).get("messages")
            holds(isinstance(messages, list), "debug tells messages", messages, "a list")
            for one in messages:
                sound = isinstance(one.get("message"), str) and one.get("type") in kinds
                holds(sound, "a message has a text and a type of its level", json.dumps(one), sorted(kinds))
            rest = {name: value for name, value in body_of(told).items() if name != "__debug__"}
            same(rest, body_of(plain), "debug changes nothing else")
