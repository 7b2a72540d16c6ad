"""Objects with what is asked of them at any depth, told at a bounded cost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mockserver.errors import MockError
from mockserver.gate.paging import Records, page
from mockserver.pipeline import Exchange, Handler
from mockserver.vendors.meta import auth, cursor, kinds, links, objects, parameters, route
from mockserver.vendors.meta.columns import Record
from mockserver.vendors.meta.expansion import Wanted
from mockserver.vendors.meta.objects import Expanded
from mockserver.vendors.meta.plans import Part, Plan
from mockserver.world.load import graph_id

_RANGES = ("date_preset", "time_range", "time_ranges")


@dataclass(slots=True)
class Teller:
    """Tells the objects of one answer; *left* is how many more objects and rows it may hold."""

    exchange: Exchange
    handlers: Mapping[str, Handler]
    version: str
    left: int

    def tell(self, one: Expanded) -> dict[str, Any]:
        """The object with all its parts; what is empty or not set is absent. Raises MockError."""
        self._spend(1)
        record = Record(one.world, one.thing, one.question.caller)
        plain = one.plan.operation.write(record, one.plan.names)
        told = {part.label: self._part(one, part, plain) for part in one.plan.parts}
        return {label: value for label, value in told.items() if value is not None}

    def _spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise MockError("too_much_data")

    def _part(self, one: Expanded, part: Part, plain: Mapping[str, Any]) -> Any:
        if part.edge is not None:
            return self._edge(one, part)
        if part.plan is None:
            return picked(plain.get(part.name), part.picked)
        reference = Record(one.world, one.thing, one.question.caller)[part.name]
        thing = reference and kinds.find(one.world, reference["id"])
        return thing and self.tell(replace(one, thing=thing, plan=part.plan))

    def _edge(self, one: Expanded, part: Part) -> dict[str, Any] | None:
        edge = part.edge
        assert edge is not None
        if edge.raw["permission"] and not auth.may_read(one.question.caller):
            raise MockError("no_permission_ads")
        arguments, sent = dict(part.arguments), dict(part.sent)
        if edge.name == "insights" and not set(_RANGES) & set(arguments):
            arguments |= one.dates
            sent |= {name: parameters.spelt(value) for name, value in one.dates.items()}
        subject = None if kinds.kind_of(one.thing) == "me" else one.thing
        try:
            records = self.handlers[edge.name](one.world, replace(one.question, subject=subject, arguments=arguments))
            first, stop = cursor.window(arguments)
            total = edge.name != "insights" and objects.total_asked(arguments["summary"])
        except MockError as error:
            error.within = error.within or edge.name
            raise
        found = page(records, first, stop)
        body: dict[str, Any] = {"data": self._rows(edge, records, found.records)}
        if found.records:
            at = f"/{self.version}/{'me' if subject is None else _id(one.thing)}/{edge.name}"
            body["paging"] = links.paging(found, links.below(self.exchange, at, sent, arguments["limit"]))
        if total:
            body["summary"] = {"total_count": found.total}
        if records.summary is not None:
            body["summary"] = edge.write(records.summary, records.summary_names)
        return body if found.records or total else None

    def _rows(self, edge: Any, records: Records, rows: Any) -> list[dict[str, Any]]:
        if rows and isinstance(rows[0], Expanded):
            return [self.tell(row) for row in rows]
        self._spend(len(rows))
        return [edge.write(row, records.names) for row in rows]


def _id(thing: Any) -> str:
    return thing.id if kinds.kind_of(thing) != "adaccount" else graph_id(thing)


def picked(value: Any, wanted: tuple[Wanted, ...]) -> Any:
    """The parts of a plain *value* that are asked for; the whole of it where none is."""
    if not wanted or value is None:
        return value
    if isinstance(value, list):
        return [picked(one, wanted) for one in value]
    if set(value) == {"data"}:
        return {"data": picked(value["data"], wanted)}  # picture{url} names what stands in its data
    return {one.label: picked(value[one.name], one.inner or ()) for one in wanted if one.name in value}


def unrenamed(body: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """*body* as its schema knows it: without the parts under another name, each of which is checked by itself."""
    if not plan.renamed:
        return body
    kept = dict(body)
    for part in plan.parts:
        if part.label not in body:
            continue
        value = kept.pop(part.label)
        if part.aliased:
            continue  # names of the caller's own, which no schema knows
        if part.plan is not None:
            value = _inner(value, part)
        schema = part.edge or (part.plan.operation if part.plan else None)
        if part.label == part.name or schema is None:
            kept[part.name] = value
        else:
            schema.check(value)
    return kept


def _inner(value: dict[str, Any], part: Part) -> dict[str, Any]:
    assert part.plan is not None
    if part.edge is None:
        return unrenamed(value, part.plan)
    return value | {"data": [unrenamed(row, part.plan) for row in value["data"]]}


def teller(exchange: Exchange, handlers: Mapping[str, Handler], one: Expanded) -> Teller:
    """The teller of one answer."""
    settings = one.question.settings
    version = route.split(exchange.request.path, settings.latest_version).version
    return Teller(exchange, handlers, version, settings.most_nodes)
