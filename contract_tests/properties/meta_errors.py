"""The Graph API's documented errors as a whole: each is reachable, none leaves a trace; what is documented is taken."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from mockserver.contract.load import load

from ..ask import Ask, time_range
from ..bad_meta import FAMILIES, INSIGHTS, LISTS, Bad, Place, one_of_each, places, send
from ..composed_meta import COMPOSED
from ..composed_refusals import QUOTED, SLOW, provoked
from ..dates import DAY, earliest
from ..expect import holds, ok, same
from ..found import LEVELS
from ..property import Live, contract
from ..target import operation
from ..words_meta import ERRORS, LIMITS, OWN, refused_with

ERROR_PAGE = "Graph API, Handling Errors; Marketing API, Insights, Error Codes"
INSIGHTS_PAGE = "Marketing API reference, Insights"
TAKEN: tuple[Mapping[str, Any], ...] = (
    {"limit": 1}, {"limit": 5000}, {"limit": 1000000000}, {"time_increment": 1}, {"time_increment": 90},
    {"time_increment": "monthly"}, {"time_increment": "all_days"}, {"action_breakdowns": "action_type"},
    {"action_attribution_windows": "default"}, {"action_attribution_windows": '["default"]'}, {"filtering": "[]"},
    {"breakdowns": "[]"}, {"fields": "[]"}, {"fields": "['spend', 'impressions']"}, {"after": ""}, {"nonsense": "1"},
    *({"action_report_time": one} for one in ("conversion", "impression", "lifetime", "mixed")),
    *(
        {f"use_{which}_attribution_setting": value}
        for which in ("account", "unified")
        for value in ("true", "false", "1", "0")
    ),
    {"default_summary": "false"}, {"async": "false"}, {"summary": "[]"}, {"sort": "[]"},
)  # fmt: skip


@contract(
    "META-K1",
    "Every error that the contract lists for an operation is reachable there",
    sentence="The error table of each operation file: HTTP status, code, subcode, type and words",
    page=ERROR_PAGE,
    kind="effect",
    live=Live.MOCK,
    calls=260,
    examples=1,
)
def every_error_is_reachable(ask: Ask) -> None:
    """For each operation and each error in its list there is a bad request that gets it, whole."""
    listed = places(ask)
    for one in load("meta").operations.values():
        for error in one.raw["errors"] if one.name not in COMPOSED else ():
            if error in LIMITS | OWN:
                continue
            holds(error in ERRORS, "the kit knows every error that the contract lists", error, sorted(ERRORS))
            recipes = [family for family in FAMILIES if error in family.errors and one.name in family.operations]
            holds(recipes, f"a bad request provokes {error} of {one.name}", "none", "one")
            at = [place for place in listed if place.operation == one.name]
            for place, bad in islice(_first(ask, error, at), 1 if ask.effort == "quick" else None):
                refused_with(ask, send(ask, place, bad), error, bad.quoted)


@contract(
    "META-K2",
    "Every error of jobs, batches and reads of several ids is reachable there",
    sentence="The error table of each operation file: HTTP status, code, subcode, type and words",
    page=ERROR_PAGE,
    kind="effect",
    live=Live.MOCK,
    calls=130,
    examples=1,
    writes=True,
)
def every_composed_error_is_reachable(ask: Ask) -> None:
    """For each of their operations and each error in its list a bad request gets it, whole."""
    for name in COMPOSED:
        for error in operation("meta", name).raw["errors"]:
            if error in LIMITS | OWN | SLOW:
                continue
            holds(error in ERRORS, "the kit knows every error that the contract lists", error, sorted(ERRORS))
            refused_with(ask, provoked(ask, name, error), error, QUOTED.get(error))


def _first(ask: Ask, error: str, listed: list[Place]) -> Iterator[tuple[Place, Bad]]:
    """The first way to each place of *listed* that provokes *error* there."""
    for place in listed:
        families = (one for one in FAMILIES if error in one.errors and place.operation in one.operations)
        found = next((bad for family in families for bad in family.cases(ask, place) if bad.error == error), None)
        if found is not None:
            yield place, found


@contract(
    "META-R90",
    "An error leaves nothing changed",
    sentence="The whole request is refused; what is asked before and after is answered the same",
    page=ERROR_PAGE,
    kind="refusal",
    live=Live.SAFE,
    calls=3,
    examples=1,
)
def errors_change_nothing(ask: Ask) -> None:
    """The same questions before and after each kind of bad request are answered the same."""
    listed = places(ask)
    questions = [_question(place) for place in listed if place.operation not in ("me", "adaccount")]
    questions = questions if ask.exact else questions[1:2]
    before = [ask.graph.ok(path, parameters).json for path, parameters in questions]
    for turn, (place, bad) in enumerate(one_of_each(ask, listed)):
        at = turn % len(questions)
        send(ask, place, bad)
        path, parameters = questions[at]
        same(ask.graph.ok(path, parameters).json, before[at], f"{path} is answered the same after {bad.error}")
        if not ask.exact:
            return


def _question(place: Place) -> tuple[str, dict[str, Any]]:
    """A question with a lasting answer."""
    if place.operation == "insights":
        assert place.node
        asked = {"time_range": time_range(place.node.months[0]), "level": place.node.level, "time_increment": 7}
        return place.path, {**asked, "fields": "spend,impressions,marketing_messages_delivered,actions"}
    one = operation("meta", place.operation)
    known = [name for name in ("id", "name") if name in one.record["properties"]]
    return place.path, {"fields": known, **({"limit": 5} if one.raw["paging"] else {})}


@contract(
    "META-R91",
    "A range may begin exactly 37 months ago",
    sentence="Recorded: The start date of the time range cannot be beyond 37 months from the current date",
    page=INSIGHTS_PAGE,
    kind="refusal",
    live=Live.TOLERANT,
    calls=4,
    examples=1,
)
def thirty_seven_months(ask: Ask) -> None:
    """The first day that is kept may be asked for, alone or with all that follow."""
    for place in places(ask, *INSIGHTS)[: None if ask.exact else 1]:
        assert place.node
        today = ask.today(place.node.account)
        first = earliest(today) if ask.exact else earliest(today) + 7 * DAY
        for last in (first, today, today + DAY):
            ok(ask.graph.call(place.path, {"time_range": time_range((first, last)), "limit": 1}))


@contract(
    "META-R92",
    "What is documented is not refused",
    sentence="Insights: the parameters with their values; unknown parameters are ignored",
    page=INSIGHTS_PAGE,
    kind="refusal",
    live=Live.MOCK,
    calls=200,
    examples=1,
)
def the_documented_is_taken(ask: Ask) -> None:
    """Every documented value of a parameter that has few is taken, the bounds of ranges too."""
    every = 4 if ask.effort == "quick" else 1
    for at, place in enumerate(places(ask, *INSIGHTS)):
        assert place.node
        levels = LEVELS[LEVELS.index(place.node.level) :]
        for parameters in (*TAKEN[at % every :: every], *({"level": level} for level in levels)):
            ok(ask.graph.call(place.path, {"limit": 1, **parameters}))
    for at, place in enumerate(places(ask, *LISTS)):
        schema = operation("meta", place.operation).parameters["effective_status"]
        for status in [one for one in schema["items"]["enum"] if one != "DELETED"][at % every :: every]:
            ok(ask.graph.call(place.path, {"effective_status": [status], "limit": 1}))
