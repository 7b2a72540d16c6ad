"""Reads of Graph's objects, and the lists of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mockserver.errors import MockError, NotServed
from mockserver.gate.paging import Records
from mockserver.pipeline import Handler, Question
from mockserver.vendors.meta import list_filters, schedules, spans
from mockserver.vendors.meta.columns import Record
from mockserver.vendors.meta.kinds import kind_of
from mockserver.vendors.meta.plans import Plan, planned
from mockserver.vendors.meta.route import operations
from mockserver.world.entities import Ad
from mockserver.world.load import Node, graph_id, updated_time
from mockserver.world.now import FEW, World

_LISTED = {"campaigns": "campaign", "adsets": "adset", "ads": "ad"}
# deleted and archived objects are listed only when their status is asked for
_LISTED_BY_DEFAULT = frozenset({"ACTIVE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED"})
_ALL = _LISTED_BY_DEFAULT | {"DELETED", "ARCHIVED"}
_DATES = ("date_preset", "time_range")

Rows = Callable[[World, Question], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Expanded:
    """An object of which more than plain properties is asked; *dates* are those of its list, for its insights."""

    world: World
    question: Question
    thing: Any
    plan: Plan
    dates: Mapping[str, Any] = field(default_factory=dict)


def read(world: World, question: Question) -> Records:
    """One object, the user where the path names none, with the fields asked for; unset fields are absent."""
    thing = question.caller if question.subject is None else question.subject
    return _records(world, question, kind_of(thing), (thing,))


def listed(edge: str) -> Handler:
    """The handler of the list *edge*."""

    def handler(world: World, question: Question) -> Records:
        return _records(world, question, edge, _ROWS.get(edge, _none)(world, question))

    return handler


def total_asked(summary: Sequence[str] | bool) -> bool:
    """Whether *summary*, as true or as a list of what to sum up, asks for the total count; raises NotServed."""
    words = [str(summary).lower()] if isinstance(summary, bool) else [word.lower() for word in summary]
    for word in words:
        if word not in ("true", "1", "total_count", "false", "0"):
            raise NotServed(f"the summary {word}")
    return bool({"true", "1", "total_count"} & set(words))


def _records(world: World, question: Question, operation: str, rows: Sequence[Any]) -> Records:
    plan = planned(operations()[operation], question.arguments.get("fields", ()))
    if plan.flat:
        return Records(rows, lambda thing: Record(world, thing, question.caller), tuple(p.name for p in plan.parts))
    dates = {name: question.arguments[name] for name in _DATES if name in question.arguments}
    return Records(rows, lambda thing: Expanded(world, question, thing, plan, dates))


def _nodes(edge: str) -> Rows:
    """Campaigns, ad sets or ads: those of a status, of which some are chosen."""
    level = _LISTED[edge]

    def rows(world: World, question: Question) -> Sequence[Node]:
        node, asked = question.subject, question.arguments
        if "time_range" in asked:
            spans.explicit(asked["time_range"], world.today(node), "time_range")
        statuses, filtering = frozenset(asked.get("effective_status", ())), asked["filtering"]
        # "Query as edges with status filter: … error if it does" contain DELETED — Meta, Manage Your Ad Object's Status
        if "DELETED" in statuses:
            raise MockError("deleted_objects")
        usual = _ALL if list_filters.names_status(filtering, level) else _LISTED_BY_DEFAULT
        wanted = statuses or usual
        since, completed = asked.get("updated_since"), asked.get("is_completed", False)

        def make() -> Sequence[Node]:
            found = world.listed(node, level, wanted)
            if since is not None:
                found = [one for one in found if updated_time(one).timestamp() >= since]  # type: ignore[arg-type]
            if completed:
                found = [one for one in found if _completed(world, one)]
            return list_filters.chosen(world, found, filtering, level) if filtering else found

        if len(world.below(node, level)) <= FEW or (not filtering and since is None and not completed):
            return make()
        key = (graph_id(node), level, wanted, repr(filtering), since, completed and world.today(node))
        return world.once(("chosen", *key), make)

    return rows


def _completed(world: World, node: Any) -> bool:
    """Whether the last day of its schedule is over."""
    last = schedules.last_day(world, node)
    return last is not None and last < world.today(node)


def _creatives(world: World, question: Question) -> Sequence[Any]:
    node, shown = question.subject, world.assets.creatives

    def make() -> Sequence[Any]:
        return [shown[ad] for ad in world.below(node, "ad") if isinstance(ad, Ad)]

    few = len(world.below(node, "ad")) <= FEW
    return make() if few else world.once(("adcreatives", graph_id(node)), make)


def _pixels(world: World, question: Question) -> Sequence[Any]:
    if "sort_by" in question.arguments:
        raise NotServed("sort_by")
    return world.assets.pixels.get(question.subject, ())


def _promoted(world: World, question: Question) -> Sequence[Any]:
    return world.assets.pages.get(question.subject, ())


def _accounts(world: World, question: Question) -> Sequence[Any]:
    return [account for account in world.file.accounts if account.id in question.caller.accounts]


def _pages(world: World, question: Question) -> Sequence[Any]:
    seen = question.caller.accounts
    return [page for page in world.file.pages.values() if world.assets.users.get(page.id, frozenset()) & seen]


def _none(world: World, question: Question) -> Sequence[Any]:
    """A world has no businesses, audiences, images, videos, labels, leads and changes."""
    del world, question
    return ()


_ROWS: Mapping[str, Rows] = {
    **{edge: _nodes(edge) for edge in _LISTED},
    "adcreatives": _creatives,
    "adspixels": _pixels,
    "promote_pages": _promoted,
    "adaccounts": _accounts,
    "accounts": _pages,
}
EDGES = (
    *_ROWS,
    *("activities", "adimages", "adlabels", "advideos", "businesses", "business_users"),
    *("customaudiences", "customconversions", "leads"),
)
OBJECTS = ("me", "adaccount", "campaign", "adset", "ad", "adcreative", "adspixel", "page")
