"""Reads of several ids at once: an object keyed by id, each read as if it were asked for alone."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question, Request
from mockserver.vendors.meta import parameters, route
from mockserver.world.load import Node
from mockserver.world.now import World

MOST = 50  # "max 50"
_ID = re.compile(r"(act_)?[0-9]+|me")
_OF_THE_WHOLE = ("ids", "async", "batch", "method", "debug", "pretty", "suppress_http_code")


def asked(sent: Mapping[str, Any]) -> list[str]:
    """The ids, each once; raises MockError."""
    found = list(dict.fromkeys(route.operations()["ids"].read(sent)["ids"]))
    if not found:
        raise MockError("param_non_empty", parameter="ids")
    if "" in found:
        raise MockError("param_non_empty", parameter=f"ids[{found.index('')}]")
    if len(found) > MOST:
        raise MockError("too_many_ids", count=len(found))
    return found


def nodes(world: World, ids: Sequence[str], accounts: Set[str]) -> tuple[Node, ...]:
    """Those of *ids* that are objects of *accounts*."""
    known = [node for node in map(world.node, ids) if node is not None]
    return tuple(node for node in known if world.account(node).id in accounts)


def read(_: World, question: Question) -> Records:
    """The answer for each id; one that is refused refuses them all."""
    request = question.call.request
    version, rest = route.parted(request.path)
    query = urlencode(parameters.kept(request, *_OF_THE_WHOLE), errors="replace")
    headers = {name: request.headers[name] for name in request.headers if name == "authorization"}
    alone = replace(request, method="GET", query=query, headers=headers, body=b"")

    def one(id_: str) -> tuple[str, Any]:
        return id_, question.call.read(_of(alone, version, id_, rest))

    return Records(asked(parameters.merged(request)), one)


def _of(alone: Request, version: str, id_: str, rest: Sequence[str]) -> Request:
    if not _ID.fullmatch(id_):
        raise MockError("object_missing", method="get", id=id_)
    return replace(alone, path="/" + "/".join(part for part in (version, id_, *rest) if part))
