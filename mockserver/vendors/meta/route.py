"""Which operation a Graph path names: /<version>/<id>/<edge>, the version and a trailing slash optional."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mockserver.contract.load import load
from mockserver.contract.operation import Operation
from mockserver.errors import MockError, NotServed
from mockserver.world.load import Node, level_of
from mockserver.world.now import World

VERSION = re.compile(r"v\d{1,3}\.\d{1,2}")
_OBJECTS = {"account": "adaccount", "campaign": "campaign", "adset": "adset", "ad": "ad"}
_EDGES = {
    "insights": ("account", "campaign", "adset", "ad"),
    "campaigns": ("account",),
    "adsets": ("account", "campaign"),
    "ads": ("account", "campaign", "adset"),
}
# edges that Meta has and this server has not: https://developers.facebook.com/docs/marketing-api/reference/ad-account
_NOT_SERVED = frozenset(
    "activities adcreatives adimages adlabels adpixels adspixels adstudies advertisable_applications"
    " async_batch_requests asyncadrequestsets campaigngroups copies customaudiences delivery_estimate leads"
    " message_campaign message_delivery_estimate messages previews promote_pages reachestimate users".split()
)


@dataclass(frozen=True, slots=True)
class Path:
    """A path taken apart: *id* and *edge* are empty where there is none."""

    version: str
    id: str
    edge: str


def split(path: str, latest: str) -> Path:
    """The parts of *path*; an edge of several components keeps its slashes."""
    # the vendor's own sample has a line break in the address, "formatted for readability"
    parts = [part.strip() for part in path.split("/") if part.strip()]
    version = parts.pop(0) if parts and VERSION.fullmatch(parts[0]) else latest
    return Path(version, parts[0] if parts else "", "/".join(parts[1:]))


def operations() -> Mapping[str, Operation]:
    """The operations of the Graph contract by name."""
    return load("meta").operations


def resolve(world: World, method: str, path: Path) -> tuple[Operation, Node | None]:
    """The operation that *path* names and the node that it is about; raises MockError."""
    if path.id == "me":
        return _of_user(method, path), None
    if path.id in ("", "insights"):
        raise NotServed(f"{method} /{path.id} (batches and reads of several ids)")
    node = world.node(path.id)
    if node is None:
        raise missing(method, path.id)
    if path.edge in _NOT_SERVED:
        raise NotServed(f"{method} /{path.id}/{path.edge}")
    if path.edge and level_of(node) not in _EDGES.get(path.edge, ()):
        raise MockError("unknown_path", path=f"/{path.edge}")
    _ensure_read(method, path)
    return operations()[path.edge or _OBJECTS[level_of(node)]], node


def missing(method: str, object_id: str) -> MockError:
    """The refusal of an object that does not exist, or that the caller may not see."""
    return MockError("object_missing", method=method.lower(), id=object_id)


def _of_user(method: str, path: Path) -> Operation:
    if path.edge not in ("", "adaccounts"):
        raise MockError("unknown_path", path=f"/{path.edge}")
    _ensure_read(method, path)
    return operations()[path.edge or "me"]


def _ensure_read(method: str, path: Path) -> None:
    if method not in ("GET", "HEAD"):
        edge = f"/{path.edge}" if path.edge else ""
        raise NotServed(f"{method} /{path.id}{edge}")
