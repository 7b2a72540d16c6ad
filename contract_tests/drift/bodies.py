"""Bodies under judgement: one shape against another, or against what the contract says of it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import jsonschema_rs

from . import patterns, vocabulary
from .change import Judging, inside, outermost
from .finding import GONE, GROWN, NEW, RECODED, RETYPED, Finding
from .places import OPAQUE, Node
from .probes import record, served
from .shapes import ENOUGH, Shape, Shapes, above

_NEUTRAL = frozenset({"zero", "empty"})  # they tell nothing of how other values are written
_FIGURES = frozenset({"digits", "decimal"})
_ABSENT = "(absent)"


def changed(judging: Judging, old: Shapes, new: Shapes) -> Iterator[Finding]:
    """What differs between two bodies, *judging* by the contract what may differ."""
    retyped = {path for path in old.keys() & new.keys() if _retyped(judging, path, old[path], new[path])}
    for path in sorted(retyped):
        other = set(new[path].types) - set(old[path].types)
        yield judging.found(RETYPED, path, _joined(old[path].types), _joined(other), judging.node(path).place)
    for path in outermost(old.keys() - new.keys()):
        if old[path].presence == 1.0 and _owed(judging, path, new) and not inside(path, retyped):
            yield judging.found(GONE, path, _joined(old[path].types), _ABSENT, judging.node(path).place)
    for path in outermost(new.keys() - old.keys()):
        due = _owed(judging, path, old) or not _served(judging, path)
        if due and above(path) in old and not inside(path, retyped):
            yield judging.found(NEW, path, _ABSENT, _joined(new[path].types), judging.node(path).place)
    for path in sorted(old.keys() & new.keys()):
        if not inside(path, retyped):
            yield from _same_type(judging, path, old[path], new[path])


def against(judging: Judging, body: Shapes) -> Iterator[Finding]:
    """What the contract says otherwise of *body*."""
    skipped: set[str] = set()
    for path in sorted(body):
        if inside(path, skipped):
            continue
        node = judging.node(path)
        findings = list(_undeclared(judging, path, body[path], node))
        if findings or node.schema is OPAQUE:
            skipped.add(path)
        yield from findings or _declared(judging, path, body[path], node)
        yield from _required(judging, path, body, node)
    for path in sorted(_owed_paths(judging, body) - body.keys()):
        yield judging.found(GONE, path, _contract(judging.node(path)), _ABSENT, judging.node(path).place)


def _owed(judging: Judging, path: str, body: Shapes) -> bool:
    """Whether *body* should have *path*, because it has what holds it."""
    holder = body.get(above(path))
    return holder is not None and "object" in holder.types and judging.must(path, body)


def _served(judging: Judging, path: str) -> bool:
    """Whether the contract knows *path* as something that is answered."""
    return path.endswith("[]") or bool(_types(judging.node(path)))


def _retyped(judging: Judging, path: str, old: Shape, new: Shape) -> bool:
    allowed = set(_types(judging.node(path)))
    if len(allowed) > 1 and {*old.types, *new.types} <= allowed:
        return False
    return not set(new.types) <= {*old.types, *(("integer",) if "number" in old.types else ())}


def _same_type(judging: Judging, path: str, old: Shape, new: Shape) -> Iterator[Finding]:
    node = judging.node(path)
    known = vocabulary.of(judging.probe.vendor, judging.file, path)
    if how := _recoded(node, bool(known), old, new):
        yield judging.found(RECODED, path, *how, node.place)
    if known and (more := sorted(set(new.words) - set(old.words) - set(known))):
        yield judging.found(GROWN, path, _joined(known), f"also {_joined(more)}", node.inner("enum"))
    if _is_required(judging, path) and old.presence == 1.0 > new.presence:
        yield judging.found(GONE, path, _joined(old.types), "absent at times", node.place)


def _recoded(node: Node, words_known: bool, old: Shape, new: Shape) -> tuple[str, str] | None:
    """How values were written and are written now, if that is another way."""
    before, now = set(old.patterns) - _NEUTRAL, set(new.patterns) - _NEUTRAL
    more = now - before
    if words_known:
        more -= patterns.TEXTUAL
    if before and "text" not in before and more and not _by_chance(node, before, now, more):
        return _joined(before), _joined(now)
    enough = min(old.figures, new.figures) >= ENOUGH
    if enough and before & _FIGURES and now & _FIGURES and old.places != new.places:
        return f"{old.places} decimal places", f"{new.places} decimal places"
    return None


def _by_chance(node: Node, before: set[str], now: set[str], more: set[str]) -> bool:
    """Whether other values alone explain *more*: whole figures among others, or a text that nobody declared."""
    if more <= _FIGURES and before & _FIGURES:
        return all(_valid(node, patterns.EXAMPLES[one]) for one in more)
    if not _types(node):
        return bool(before & now) or (before <= patterns.TEXTUAL and now <= patterns.TEXTUAL)
    return False


def _undeclared(judging: Judging, path: str, shape: Shape, node: Node) -> Iterator[Finding]:
    """What makes it needless to look inside *path*."""
    if node.schema is None or (node.schema and not _types(node)):
        yield judging.found(NEW, path, _ABSENT, _joined(shape.types), node.place)
    elif _types(node) and (other := set(shape.types) - set(_types(node))):
        yield judging.found(RETYPED, path, _joined(_types(node)), _joined(other), node.place)


def _declared(judging: Judging, path: str, shape: Shape, node: Node) -> Iterator[Finding]:
    schema = node.schema or {}
    known = vocabulary.of(judging.probe.vendor, judging.file, path)
    if more := sorted(set(shape.words) - set(known)):
        yield judging.found(GROWN, path, _joined(known), f"also {_joined(more)}", node.inner("enum"))
    if "enum" not in schema:
        wrong = [one for one in shape.patterns if not _valid(node, _example(one, shape)) or _other_unit(node, one)]
        if wrong:
            yield judging.found(RECODED, path, _contract(node), _joined(wrong), node.place)


def _required(judging: Judging, path: str, body: Shapes, node: Node) -> Iterator[Finding]:
    for name in (node.schema or {}).get("required", ()) if "object" in body[path].types else ():
        inner = f"{path}.{name}" if path else name
        if inner not in body or body[inner].presence < 1.0:
            absent = _ABSENT if inner not in body else "absent at times"
            yield judging.found(GONE, inner, "required", absent, judging.node(inner).place)


def _owed_paths(judging: Judging, body: Shapes) -> set[str]:
    """What this probe asks for, beyond what every answer must have."""
    probe = judging.probe
    owed, holder = {*probe.must}, record(probe.vendor, probe.operation)
    if probe.refusal is None and holder:
        listed = judging.operation["response"]["properties"]
        owed |= {name for name in listed if name == "paging" or probe.whole}
    if probe.refusal is None and probe.whole:
        owed |= {f"{holder}.{name}" if holder else name for name in served(probe.vendor, probe.operation)}
    return {path for path in owed if _owed(judging, path, body) and not _is_required(judging, path)}


def _is_required(judging: Judging, path: str) -> bool:
    holder = judging.node("" if "." not in path else above(path)).schema or {}
    return path.rpartition(".")[2] in holder.get("required", ())


def _types(node: Node) -> tuple[str, ...]:
    schema = node.schema or {}
    declared = schema.get("type", "string" if "enum" in schema else ())
    types = (declared,) if isinstance(declared, str) else tuple(declared)
    return (*types, "integer") if "number" in types else types


def _example(pattern: str, shape: Shape) -> Any:
    return f"1.{'5' * shape.places}" if pattern == "decimal" else patterns.EXAMPLES[pattern]


def _valid(node: Node, example: Any) -> bool:
    """Whether the contract allows *example*, be it a text or a number."""
    schema = {name: part for name, part in (node.schema or {}).items() if name in ("type", "pattern", "format", "enum")}
    return _validator(tuple(sorted(_frozen(schema).items()))).is_valid(example)


def _other_unit(node: Node, pattern: str) -> bool:
    """Whether the contract counts milliseconds and *pattern* is anything else."""
    milliseconds = (node.schema or {}).get("x-style") == "milliseconds"
    return milliseconds and pattern not in ("milliseconds", "zero")


def _frozen(schema: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(part) if isinstance(part, list) else part for name, part in schema.items()}


@lru_cache(maxsize=256)
def _validator(schema: tuple[tuple[str, Any], ...]) -> jsonschema_rs.Validator:
    plain = {name: list(part) if isinstance(part, tuple) else part for name, part in schema}
    return jsonschema_rs.validator_for(plain, validate_formats=True)


def _contract(node: Node) -> str:
    """What the contract says of a value, in short."""
    schema = node.schema or {}
    return next(
        (f"{schema[name]}" for name in ("pattern", "format", "x-style") if name in schema), _joined(_types(node))
    )


def _joined(words: Any, by: str = ", ") -> str:
    return by.join(sorted(words) if isinstance(words, set | frozenset) else words)
