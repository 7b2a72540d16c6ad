"""The operations of CAMS beside campaigns and template metrics: answered, strict, and the same when asked again."""

from typing import Any

from ..ask import Ask
from ..bad_cams import near_misses
from ..expect import holds, ok, same
from ..found_cams import UNKNOWN, operation
from ..found_others import FREE, HIDDEN, OTHERS, fresh, minimal, sample, without_id
from ..outcomes import OutOfScope
from ..pages_cams import PAGED, pages, part, rows_of
from ..property import Live, contract
from ..words_cams import refused_as
from .effects_cams import TABLE
from .effects_others import EFFECTS

PAGE = "Chat App Message Service: the operations' pages"
HOW: dict[str, Any] = {"kind": "cams", "live": Live.MOCK, "page": PAGE, "examples": 1}
ILL = {"integer": "many", "boolean": "perhaps", "object": "[1]", "array": "{}"}
# it answers only while what it modifies is being reviewed: see CAMS-Y4
REVIEWED = ("ModifyChatappTemplate",)


@contract(
    "CAMS-N1", "Every operation of the product answers", sentence="Code: OK. The request was successful.",
    calls=50, **HOW,
)  # fmt: skip
def all_answer(ask: Ask) -> None:
    """Required parameters alone get Code OK, and all that the operation's schema promises."""
    for name in sample(ask, tuple(one for one in OTHERS if one not in REVIEWED)):
        with fresh(ask) as inner:
            answer = ok(inner.cams.call(name, minimal(inner, name)))
            body, owed = answer.json or {}, operation(name).raw["response"].get("then", {}).get("required", [])
            same(body.get("Code", "OK"), "OK", f"{name} answers OK")
            same(sorted(set(owed) - set(body)), [], f"{name} answers whole")
            faults = [one.message for one in operation(name).response_validator.iter_errors(body)]
            same(faults, [], f"{name} answers as its page says")


@contract(
    "CAMS-N2", "Every operation misses its required parameters", calls=100, **HOW,
    sentence="Missing{Parameter}: {Parameter} is mandatory for this action.",
)  # fmt: skip
def missing_is_refused(ask: Ask) -> None:
    """Without one of them: Missing, with its name."""
    for name in sample(ask, OTHERS):
        for parameter in operation(name).raw["request"]["required"]:
            answer = ask.cams.call(name, {**minimal(ask, name), parameter: None})
            refused_as(ask, answer, "Missing", parameter, operation=operation(name))


@contract(
    "CAMS-N3", "Every operation refuses a parameter of another type", calls=80, **HOW,
    sentence="Invalid{Parameter}: Specified parameter {Parameter} is not valid.",
)  # fmt: skip
def ill_typed_is_refused(ask: Ask) -> None:
    """A word for a number, a list for an object: Invalid, with its name."""
    for name in sample(ask, OTHERS):
        for parameter, schema in operation(name).parameters.items():
            if schema.get("type") not in ILL:
                continue
            answer = ask.cams.call(name, {**minimal(ask, name), parameter: ILL[schema["type"]]})
            error = "InvalidParameter.PageInvalid" if parameter == "Page" else "Invalid"
            refused_as(ask, answer, error, "" if parameter == "Page" else parameter, operation=operation(name))


@contract(
    "CAMS-N4", "No operation tells of a space that is not the caller's", calls=80, **HOW,
    sentence="Unknown.ResourceOwnerId: The resource does not belong to the current user.",
)  # fmt: skip
def others_spaces_are_nobodys(ask: Ask) -> None:
    """A space that nobody has, or somebody else."""
    named = tuple(one for one in OTHERS if "CustSpaceId" in operation(one).parameters)
    closed = ask.profile.cams.closed if ask.profile.cams else {}
    foreign = closed["other_owner"].id if "other_owner" in closed else UNKNOWN
    for name in sample(ask, named):
        whole = minimal(ask, name)
        for space in (near_misses(ask, whole.get("CustSpaceId", UNKNOWN))[0], foreign):
            answer = ask.cams.call(name, {**whole, "CustSpaceId": space})
            refused_as(ask, answer, "Unknown.ResourceOwnerId", operation=operation(name))


@contract(
    "CAMS-N5", "What a mock makes up it makes up once", calls=150, **HOW,
    sentence="Assumed: the same parameters get the same answer, whoever asks and in whatever order.",
)  # fmt: skip
def made_up_is_stable(ask: Ask) -> None:
    """Asked again, with what is ignored beside it, and on another mock of the same world: the same."""
    for name in sample(ask, FREE):
        whole = minimal(ask, name)
        hidden = {one: TABLE.ignored_values[one] for one in HIDDEN if one in operation(name).parameters}
        told = [without_id(ok(ask.cams.call(name, asked))) for asked in (whole, whole, {**whole, **hidden})]
        same(told[1], told[0], f"{name} answers the same again")
        same(told[2], told[0], f"{', '.join(hidden)} of {name} change nothing")


@contract(
    "CAMS-N6", "Every parameter of the other operations has an effect", calls=400, sentence="Documented: request"
    " parameters of the operations.", **{**HOW, "kind": "effect"},
)  # fmt: skip
def others_have_effects(ask: Ask) -> None:
    """Another value of one parameter gets another answer."""
    for name in sample(ask, OTHERS):
        with fresh(ask) as inner:
            for (_, parameter), recipe in {key: one for key, one in EFFECTS.items() if key[0] == name}.items():
                try:
                    answers = [without_id(inner.cams.call(one.where, one.asked)) for one in recipe(inner)]
                except OutOfScope:
                    continue
                different = any(answer != answers[0] for answer in answers[1:])
                holds(different, f"{parameter} of {name} has an effect", answers[0], "another answer")


@contract(
    "CAMS-N7", "Pages of what a mock makes up are slices of one list, and end", calls=60,
    sentence="Documented: the page number, the number of entries per page, the cursor of the next page.",
    **{**HOW, "kind": "metamorphic"},
)  # fmt: skip
def made_up_lists_are_paged(ask: Ask) -> None:
    """Pages of three rows, by number or by cursor, are one page of 1,000, and tell its Total."""
    for name in sample(ask, PAGED, quick=4):
        whole, short = pages(ask, name, 1000), pages(ask, name, 3)
        same([row for page in short for row in rows_of(page)], rows_of(whole[0]), f"pages of {name} are one list")
        same([row for page in whole[1:] for row in rows_of(page)], [], f"nothing is left of {name}")
        totals = {one: part(whole[0], one) for one in ("Total", "TotalCount") if part(whole[0], one) is not None}
        same(totals, dict.fromkeys(totals, len(rows_of(whole[0]))), f"Total of {name} is the length of the list")
        same([{one: part(page, one) for one in totals} for page in short], [totals] * len(short), "on every page")
