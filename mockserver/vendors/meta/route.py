"""Which operation a Graph path names: /<version>/<id>/<edge>, the version and a trailing slash optional."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from mockserver.contract.load import load
from mockserver.contract.operation import Operation
from mockserver.errors import MockError, NotServed
from mockserver.pipeline import Question
from mockserver.vendors.meta.edges import UNSERVED
from mockserver.vendors.meta.kinds import Thing, find, kind_of, users
from mockserver.world.entities import Account
from mockserver.world.now import World

VERSION = re.compile(r"v[0-9]{1,3}\.[0-9]{1,2}")
# what Meta has beside ids
_NO_NODES = frozenset({"", "insights", "search", "ads_archive", "pages", "app"})
_OF_TOKENS = frozenset({"oauth", "debug_token"})  # asked with an app's id and secret, or with no token at all


@dataclass(frozen=True, slots=True)
class Path:
    """A path taken apart: *id* and *edge* are empty where there is none."""

    version: str
    id: str
    edge: str


def split(path: str, latest: str) -> Path:
    """The parts of *path*; an edge of several components keeps its slashes."""
    # the vendor's own sample has a line break in the address, "formatted for readability"
    version, parts = parted("/".join(part.strip() for part in path.split("/")))
    return Path(version or latest, parts[0] if parts else "", "/".join(parts[1:]))


def parted(path: str) -> tuple[str, list[str]]:
    """The version that *path* begins with, empty if it has none, and what comes behind."""
    parts = [part for part in path.split("/") if part]
    return (parts[0], parts[1:]) if parts and VERSION.fullmatch(parts[0]) else ("", parts)


def version_of(question: Question) -> int:
    """The major version of the Graph API that is asked."""
    version = split(question.call.request.path, question.settings.latest_version).version
    return int(version[1:].partition(".")[0])


def operations() -> Mapping[str, Operation]:
    """The operations of the Graph contract by name."""
    return load("meta").operations


def referred(schema: Mapping[str, Any]) -> Operation | None:
    """The operation whose answers a property's *schema* refers to: of an object, or of an edge."""
    file, found, _ = schema.get("$ref", "").partition(".json#/response")
    return operations()[file] if found else None


def ensure_known(method: str, path: Path) -> None:
    """Raise NotServed for what Meta has for tokens, whoever calls."""
    if path.id in _OF_TOKENS:
        raise NotServed(f"{method} /{path.id}{path.edge and '/'}{path.edge}")


def resolve(world: World, method: str, path: Path, accounts: Set[str]) -> tuple[Operation, Thing | None]:
    """The operation that *path* names and the thing, of one of *accounts*, that it is about; raises MockError."""
    if path.id in _NO_NODES:
        raise NotServed(f"{method} /{path.id}")
    thing = None if path.id == "me" else _thing(world, method, path.id, accounts)
    operation = operations()["me" if thing is None else kind_of(thing)]
    if path.edge:
        operation = _edge(operation, method, path)
    if method not in ("GET", "HEAD"):
        raise NotServed(f"{method} /{path.id}{path.edge and '/'}{path.edge}")
    return operation, thing


def _edge(node: Operation, method: str, path: Path) -> Operation:
    edge = referred(node.record["properties"].get(path.edge, {}))
    if edge is not None and edge.raw["paging"] is not None:
        return edge
    if path.edge in UNSERVED[node.record["title"]]:
        raise NotServed(f"{method} /{path.id}/{path.edge}")
    raise MockError("unknown_path", path=f"/{path.edge}")


def _thing(world: World, method: str, object_id: str, accounts: Set[str]) -> Thing:
    """An object that the caller may not see is no object; an ad account says that it is forbidden."""
    thing = find(world, object_id)
    if isinstance(thing, Account) and thing.id not in accounts:
        raise MockError("no_permission_ads")
    if thing is None or not users(world, thing) & accounts:
        raise MockError("object_missing", method=method.lower(), id=object_id)
    return thing
