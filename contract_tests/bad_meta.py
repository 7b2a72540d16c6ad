"""Bad requests of the Graph API: where they are sent, how they differ from good ones, what must answer them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from . import found
from .found import Node
from .graph import ASSETS, EMPTY, LEADS, USER_EDGES
from .outcomes import OutOfScope
from .profile import Token
from .property import Live, contract
from .target import operation
from .wire import Answer
from .words_meta import refused_with

if TYPE_CHECKING:
    from .ask import Ask

KINDS = {"account": "AdAccount", "campaign": "Campaign", "adset": "AdSet", "ad": "Ad"}
_LISTED = {"campaigns": "campaign", "adsets": "adset", "ads": "ad"}
_OBJECTS = {"account": "adaccount", "campaign": "campaign", "adset": "adset", "ad": "ad"}
_ABOVE = {"campaigns": ("account",), "adsets": ("account", "campaign"), "ads": ("account", "campaign", "adset")}

USER = ("me", *USER_EDGES)
OTHERS = {"adcreative": "adcreatives", "adspixel": "adspixels", "page": "promote_pages"}  # by the edge that lists them
OBJECTS = ("adaccount", "campaign", "adset", "ad", *OTHERS)
LISTS = ("campaigns", "adsets", "ads")
OF_ACCOUNTS = (*ASSETS, *EMPTY)
EDGES = (*OF_ACCOUNTS, LEADS)
INSIGHTS = ("insights",)
NODES = (*OBJECTS, *LISTS, *EDGES, *INSIGHTS)
WITH_FIELDS = (*USER, *OBJECTS, *LISTS, *EDGES)
PAGED = (*USER_EDGES, *LISTS, *EDGES, *INSIGHTS)
FILTERED = (*LISTS, *INSIGHTS)
ALL = (*USER, *NODES)
_FEW = 9
_MOST = {"quick": 0, "default": 150}  # calls of a property whose cases are the same everywhere


@dataclass(frozen=True, slots=True)
class Place:
    """A path that the target serves: the *operation* that it names, the node it is about, the type that it tells of."""

    operation: str
    path: str
    type: str = ""
    node: Node | None = None

    @property
    def edge(self) -> str:
        """What stands behind the id: /insights, or nothing."""
        _, slash, edge = self.path.partition("/")
        return slash + edge

    def of(self, other_id: str) -> str:
        """The same path for another id."""
        return other_id + self.edge


def places(ask: "Ask", *operations: str) -> list[Place]:
    """Every kind of path of *operations* (of all by default), those about the user first; each for one node."""
    nodes = {level: _node(ask, level, at) for at, level in enumerate(found.LEVELS)}
    listed = [*_places(nodes), *(Place(one.level, one.id, _title(one.level), one) for one in _others(ask))]
    return [place for place in listed if not operations or place.operation in operations]


def _others(ask: "Ask") -> list[Node]:
    """A creative, a pixel and a page of an ad account that has them; looked for once a run."""
    kept: list[Node] | None = ask.target.kept.get("others")
    if kept is None:
        kept = ask.target.kept["others"] = [one for kind in OTHERS if (one := _other(ask, kind))]
    return kept


def _other(ask: "Ask", kind: str) -> Node | None:
    for account in found.accounts(ask):
        rows = ask.graph.ok(f"{account.id}/{OTHERS[kind]}", {"limit": 1}).rows
        if rows:
            return Node(rows[0]["id"], kind, account, ())
    return None


def _title(name: str) -> str:
    """What Graph calls the type of what the operation *name* tells of."""
    return str(operation("meta", name).record["title"])


def _node(ask: "Ask", level: str, at: int) -> Node:
    """The last node of *level*, of another ad account for each level, so that no account's limit is spent alone."""
    nodes, accounts = found.nodes(ask, level), found.accounts(ask)
    own = [node for node in nodes if node.account == accounts[at % len(accounts)]]
    return (own or nodes)[-1]


def _places(nodes: Mapping[str, Node]) -> Iterator[Place]:
    yield Place("me", "me", "User")
    yield from (Place(edge, f"me/{edge}", _title(edge)) for edge in USER_EDGES)
    for level, node in nodes.items():
        yield Place(_OBJECTS[level], node.id, KINDS[level], node)
        yield Place("insights", f"{node.id}/insights", "", node)
    for edge, levels in _ABOVE.items():
        for level in levels:
            yield Place(edge, f"{nodes[level].id}/{edge}", KINDS[_LISTED[edge]], nodes[level])
    yield from (Place(edge, f"{nodes['account'].id}/{edge}", _title(edge), nodes["account"]) for edge in OF_ACCOUNTS)
    yield Place(LEADS, f"{nodes['ad'].id}/{LEADS}", _title(LEADS), nodes["ad"])


@dataclass(frozen=True, slots=True)
class Bad:
    """One bad request: what it has beside or instead of a good one, and the *error* that answers it."""

    error: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    quoted: Mapping[str, str] = field(default_factory=dict)  # what fills in the error's message
    path: str = ""  # instead of the place's own
    token: Token | str | None = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    version: str = ""


Cases = Callable[["Ask", Place], Sequence[Bad]]


@dataclass(frozen=True, slots=True)
class Family:
    """Bad requests of one kind, and on which operations they are refused."""

    id: str
    title: str
    errors: tuple[str, ...]
    operations: tuple[str, ...]
    cases: Cases
    shared: bool  # the places share the cases out, for they are the same everywhere


FAMILIES: list[Family] = []


def refusals(
    id: str,  # noqa: A002  # the field's word
    title: str,
    sentence: str,
    errors: str,
    operations: tuple[str, ...],
    cases: Cases | Sequence[Bad],
    *,
    live: Live = Live.MOCK,
    calls: int = 16,
    page: str = "Graph API, Handling Errors; Marketing API, Insights, Error Codes",
) -> None:
    """Put the property into the catalogue that each of *cases* gets its error on each of *operations*."""
    shared = not callable(cases)
    family = Family(id, title, tuple(errors.split()), operations, cases if callable(cases) else _always(cases), shared)
    FAMILIES.append(family)
    how: dict[str, Any] = {"sentence": sentence, "page": page, "kind": "refusal", "examples": 1}
    contract(id, title, live=live, calls=calls if live is Live.MOCK else 1, **how)(lambda ask: refuse(ask, family))


def _always(cases: Sequence[Bad]) -> Cases:
    return lambda *_: cases


def refuse(ask: "Ask", family: Family) -> None:
    """Ask every case at every place, or where these are many let the places share them; of a live target ask one."""
    asked = 0
    listed = places(ask, *family.operations)
    for at, place in enumerate(listed):
        cases = family.cases(ask, place)
        share = _share(ask, family, cases, at, len(listed))
        for bad in share if ask.exact else share[:1]:
            refused_with(ask, send(ask, place, bad), bad.error, bad.quoted)
            asked += 1
            if not ask.exact:
                return
    if not asked:
        raise OutOfScope("the target has nothing of which to ask this")


def _share(ask: "Ask", family: Family, cases: Sequence[Bad], at: int, of: int) -> Sequence[Bad]:
    """What the place *at* in a round of as many as *of* is asked: every place something, and every case somewhere."""
    if family.shared and len(cases) * of > _MOST.get(ask.effort, len(cases) * of):
        return list(islice(cases, at, None, of)) or [cases[at % len(cases)]]
    return cases[at % 4 :: 4] if ask.effort == "quick" and len(cases) > _FEW else cases


def send(ask: "Ask", place: Place, bad: Bad) -> Answer:
    """Ask *bad* at *place*."""
    how: dict[str, Any] = {"token": bad.token, "headers": bad.headers, "body": bad.body, "version": bad.version}
    return ask.graph.call(bad.path or place.path, bad.parameters, **how)


def one_of_each(ask: "Ask", listed: Sequence[Place]) -> Iterator[tuple[Place, Bad]]:
    """The first bad request of each family, each at another of the places *listed*; bad credentials come last."""
    for at, family in enumerate(sorted(FAMILIES, key=lambda one: one.id)):
        fitting = [place for place in listed if place.operation in family.operations]
        turn = at % len(fitting)
        tried = ((place, family.cases(ask, place)) for place in fitting[turn:] + fitting[:turn])
        yield from islice(((place, cases[0]) for place, cases in tried if cases), 1)
