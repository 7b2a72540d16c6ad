"""Nothing is dropped: every documented parameter changes some answer, or a table says why it does not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mockserver.contract.load import load

from ..ask import Ask
from ..expect import holds, same
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..strategies import parameters
from ..wire import Answer

KIND = "effect"
VALUES = "Documented: the valid values of date_preset, level, effective_status, Granularity, TemplateType and others."
FILES = "The operation files of this contract hold every parameter that the vendors' pages do."
MOST = 12  # values of one parameter asked of a live target, or at the quick effort

Asked = Mapping[str, Any]
Key = tuple[str, str]  # an operation and one of its parameters, or a part of one: Page.Index


@dataclass(frozen=True, slots=True)
class Question:
    """One call: *where* is a path of Graph, or an action of CAMS."""

    where: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of one vendor's parameters: each stands in exactly one of *effects*, *ignored* and *refused*."""

    vendor: str
    answer: Callable[[Ask, Question], Answer]
    content: Callable[[Answer], Any]  # what counts of an answer: no ids, no times, no links
    effects: Mapping[Key, Callable[[Ask], Sequence[Question]]]  # questions that differ in the parameter alone
    ignored: Mapping[Key, str]  # and why
    ignored_values: Mapping[str, Any]
    refused: Mapping[Key, str]  # and why
    refused_values: Mapping[str, Sequence[Any]]
    served: Mapping[Key, Sequence[str]]  # of an enumeration: the values that this contract answers, if not all
    base: Callable[[Ask, str], Question]  # a valid call of an operation
    mock_only: frozenset[str] = frozenset()  # operations that are never asked of a live target
    others: Sequence[str] = ()  # operations that are asked a few at a time, elsewhere

    def ask(self, ask: Ask, question: Question) -> Any:
        """The content of the answer to *question*."""
        return self.content(self.answer(ask, question))


def register(table: Table) -> None:
    """Put the properties of *table* into the catalogue."""
    vendor, operations = table.vendor.upper(), load(table.vendor).operations
    for name in sorted(set(operations) - set(table.others)):
        known = [parameter for operation, parameter in table.effects if operation == name]
        if not known:
            continue
        how: dict[str, Any] = {"page": operations[name].raw["source"]["page"], "kind": KIND, "examples": 1}
        how["live"] = Live.MOCK if name.startswith("Enable") or name in table.mock_only else Live.TOLERANT
        put(
            f"{vendor}-D15-{name}", f"Every parameter of {name} has an effect", f"Documented: {', '.join(known)}.",
            with_effect, table, name, calls=2 * len(known) + 2, **how,
        )  # fmt: skip
    how = {"page": "the operations' pages", "kind": KIND, "examples": 1}
    ignored = "; ".join(dict.fromkeys(table.ignored.values()))
    put(
        f"{vendor}-D16", "What is documented as ignored changes nothing", ignored, without_effect, table, calls=6,
        live=Live.MOCK, **how,
    )  # fmt: skip
    put(
        f"{vendor}-D18", "Every documented value of a parameter is accepted", VALUES, values_accepted, table,
        calls=MOST, live=Live.TOLERANT, **how,
    )  # fmt: skip
    put(
        f"{vendor}-D19", "The kit knows what every parameter does", FILES, table_is_whole, table, calls=0,
        live=Live.SAFE, **how,
    )  # fmt: skip


def put(id_: str, title: str, sentence: str, check: Callable[..., None], *of: Any, **how: Any) -> None:
    """Put *check*, asked of *of*, into the catalogue."""
    contract(id_, title, sentence=sentence, **how)(lambda ask: check(ask, *of))


def with_effect(ask: Ask, table: Table, name: str) -> None:
    """Some pair of values of each parameter gets different answers."""
    judged, missing = 0, ""
    for (operation, parameter), recipe in table.effects.items():
        if operation != name:
            continue
        try:
            questions = recipe(ask)
        except OutOfScope as reason:
            missing = f"{parameter}: {reason}"
            continue
        answers = [table.ask(ask, question) for question in questions]
        different = any(answer != answers[0] for answer in answers[1:])
        what = f"{parameter} of {name} has an effect: some pair of values gets different answers"
        holds(
            different, what, {"values": [_value(one, parameter) for one in questions], "each": answers[0]}, "different"
        )
        judged += 1
    if not judged:
        raise OutOfScope(missing)


def _value(question: Question, parameter: str) -> Any:
    return question.asked.get(parameter.partition(".")[0])


def without_effect(ask: Ask, table: Table) -> None:
    """An operation's answer is the same with all of its ignored parameters as without."""
    for name in sorted(set(load(table.vendor).operations) - set(table.others)):
        names = [parameter for operation, parameter in table.ignored if operation == name]
        try:
            base = table.base(ask, name) if names else None
        except OutOfScope:
            continue
        if base is not None:
            values = {name: table.ignored_values[name] for name in names}
            plain, spoken = table.ask(ask, base), table.ask(ask, Question(base.where, {**base.asked, **values}))
            same(spoken, plain, f"{', '.join(names)} of {name} change nothing")


def values_accepted(ask: Ask, table: Table) -> None:
    """Each value of each enumeration is answered; what this contract does not serve is refused, not ignored."""
    listed = [name for name in load(table.vendor).operations if name not in table.others]
    cases = [case for name in listed for case in _values(table, name)]
    for name, parameter, value, served in ask.some(cases, MOST):
        if not ask.exact and (not served or name in table.mock_only):
            continue
        try:
            base = table.base(ask, name)
        except OutOfScope:
            continue
        answer = table.answer(ask, Question(base.where, {**base.asked, **spelt(parameter, value)}))
        told = {"parameter": parameter, "value": value, "status": answer.status, "body": answer.text[:300]}
        good = answer.status == 200 and "error" not in (answer.json or {}) and answer.error.get("Code", "OK") == "OK"
        what = "a documented value is accepted" if served else "what is not served is refused, never ignored"
        holds(good == served, what, told, "an answer" if served else "an error")


def spelt(parameter: str, value: Any) -> dict[str, Any]:
    """The parameter that holds *value*; of filtering the whole of one entry."""
    outer, _, inner = parameter.partition(".")
    if not inner:
        return {outer: value}
    return {outer: [{"field": "action_type", "operator": "IN", "value": ["x"], inner: value}]}


def _values(table: Table, name: str) -> list[tuple[str, str, Any, bool]]:
    found = []
    for parameter, schema in parameters(load(table.vendor).operations[name]).items():
        values = schema.get("enum") or schema.get("items", {}).get("enum") or ()
        served = table.served.get((name, parameter), values)
        found += [(name, parameter, value, value in served) for value in values]
    return found


def table_is_whole(ask: Ask, table: Table) -> None:
    """Every parameter of every operation file stands in the table once, and nothing else does."""
    del ask
    listed = [*table.effects, *table.ignored, *table.refused]
    operations = load(table.vendor).operations.values()
    known = {(one.name, name) for one in operations for name in parameters(one)}
    same(sorted(known - set(listed)), [], "the kit knows what each parameter does")
    same(sorted(set(listed) - known), [], "the kit knows no parameter that no operation has")
    same(
        sorted(key for key in known if listed.count(key) > 1),
        [],
        "a parameter has an effect, is ignored, or is refused",
    )
