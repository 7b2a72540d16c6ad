"""What an answer holds: the fields that are asked for, looked up in the operation files to any depth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from mockserver.contract import lenient
from mockserver.contract.operation import Operation
from mockserver.errors import MockError, NotServed
from mockserver.vendors.meta.edges import UNSERVED
from mockserver.vendors.meta.expansion import Wanted, parse, unreadable
from mockserver.vendors.meta.route import referred

_DEFAULT = {
    "AdAccount": ("account_id", "id"),
    "AdActivity": ("event_time",),
    "Page": ("name", "id"),
    "User": ("name", "id"),
}
# "(#3) App must be on whitelist": measured on this field
_GATED = {"Ad": frozenset({"special_ad_categories"})}


@dataclass(frozen=True, slots=True)
class Part:
    """One field of an answer: plain, the parts of a plain one, another object, or an edge with its arguments."""

    label: str
    name: str
    picked: tuple[Wanted, ...] = ()
    plan: "Plan | None" = None
    edge: Operation | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    sent: tuple[tuple[str, str], ...] = ()  # the arguments as they were spelt

    @property
    def plain(self) -> bool:
        """Whether it is a property of the object itself."""
        return self.plan is None and self.edge is None

    @property
    def aliased(self) -> bool:
        """Whether some part of a plain property is told under another name, at any depth."""
        return any(_aliased(one) for one in self.picked)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is told of one object, its id always and last; *names* are the plain properties."""

    operation: Operation
    names: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def flat(self) -> bool:
        """Whether it holds plain properties alone, under their own names."""
        return all(part.plain and not part.picked and part.label == part.name for part in self.parts)

    @property
    def renamed(self) -> bool:
        """Whether some part is told under another name, at any depth."""
        return any(part.label != part.name or part.aliased or (part.plan and part.plan.renamed) for part in self.parts)


def _aliased(wanted: Wanted) -> bool:
    return bool(wanted.alias) or any(_aliased(one) for one in wanted.inner or ())


def planned(operation: Operation, fields: Sequence[str]) -> Plan:
    """What is told of an object of *operation* for its fields parameter; raises MockError."""
    return _planned(operation, ",".join(fields))


@lru_cache(maxsize=1024)
def _planned(operation: Operation, text: str) -> Plan:
    return _plan(operation, parse(text), text)


def _plan(operation: Operation, fields: Sequence[Wanted], text: str) -> Plan:
    parts: dict[str, Part] = {}
    default = _DEFAULT.get(operation.record["title"], ("id",))
    for wanted in fields or [Wanted(name, 0) for name in default]:
        if wanted.alias == "id" and wanted.name != "id":
            raise MockError("field_syntax", found=wanted.alias, at=wanted.at, text=text)
        part = _part(operation, wanted, text)
        if part is None:
            continue
        if part != parts.get(part.label, part):
            raise MockError("field_syntax", found=part.label, at=wanted.at, text=text)
        parts[part.label] = part
    own = parts.pop("id", None) or (Part("id", "id") if "id" in operation.served else None)
    listed = (*parts.values(), own) if own else tuple(parts.values())
    names = tuple(dict.fromkeys(part.name for part in listed if part.plain))
    return Plan(operation, names, listed)


def _part(operation: Operation, wanted: Wanted, text: str) -> Part | None:
    """The part that *wanted* asks for; None for a property that is known and has no value here."""
    name, title = wanted.name, operation.record["title"]
    schema = operation.record["properties"].get(name)
    if schema is None and name in UNSERVED.get(title, ()):
        raise NotServed(f"the edge {name} in the fields param")
    if schema is None:
        raise MockError("nonexisting_field", field=name, type=title)
    if name in _GATED.get(title, ()):
        raise MockError("whitelist")
    other = referred(schema)
    if other is not None and other.raw["paging"] is not None:
        return _edge(other, wanted, text)
    if other is not None and wanted.inner is not None:
        return Part(wanted.label, name, plan=_plan(other, wanted.inner, text)) if name in operation.served else None
    if wanted.inner is not None:
        _ensure_picked(schema, wanted, text)
    return Part(wanted.label, name, picked=wanted.inner or ()) if name in operation.served else None


def _edge(edge: Operation, wanted: Wanted, text: str) -> Part:
    sent = {name: _unquoted(value) for name, value in wanted.arguments}
    rows = edge.name == "insights"
    if wanted.inner:
        sent["fields"] = ",".join(_metrics(edge, wanted.inner)) if rows else wanted.text
    plan = None if rows else _plan(edge, wanted.inner or (), text)
    try:
        arguments = edge.read(sent)
    except MockError as error:
        error.within = edge.name
        raise
    return Part(wanted.label, wanted.name, plan=plan, edge=edge, arguments=arguments, sent=tuple(sent.items()))


def _metrics(edge: Operation, fields: Sequence[Wanted]) -> Iterator[str]:
    """The names of what is asked of insights, which do not expand."""
    for one in fields:
        if one.name not in edge.record["properties"]:
            raise MockError("nonexisting_field", field=one.name, type="AdsInsights")
        if one.inner is not None or one.alias:
            raise NotServed(f"expansion of the insights field {one.name}")
        yield one.name


def _ensure_picked(schema: Mapping[str, Any], wanted: Wanted, text: str) -> None:
    """Raise MockError unless everything that is asked of a plain property is a part of it."""
    shape = schema.get("items", schema)
    parts, kind = shape.get("properties"), shape.get("description", schema.get("description", ""))
    if parts is not None and set(parts) == {"data"}:
        parts = parts["data"]["properties"]
    if parts is None and schema.get("type", "object") not in ("object", "array"):
        raise unreadable(text, text.index("{", wanted.at) if "{" in text[wanted.at :] else wanted.at)
    for one in wanted.inner or ():
        if parts is not None and one.name not in parts:
            raise MockError("nonexisting_field", field=one.name, type=kind)
        if parts is not None and one.inner is not None:
            _ensure_picked(parts[one.name], one, text)


def _unquoted(argument: str) -> str:
    """*argument* without the quotes around it."""
    if len(argument) > 1 and argument[0] in "\"'" and argument[-1] == argument[0]:
        try:
            return str(lenient.loads(argument))
        except ValueError:
            return argument
    return argument
