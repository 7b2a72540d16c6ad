"""CAMS refuses what is missing, malformed or out of range, on every operation, in the documented words."""

from typing import Any

from ..ask import Ask
from ..bad_cams import Bad, Row, deliver, in_json, refuse, required, shaped
from ..expect import same
from ..found_cams import ACCOUNTS, DAY, ENABLE, INSIGHTS, LIST, METRIC, NAMES, able, midnight, operation, spread, valid
from ..property import Live, contract
from ..words_cams import GATEWAY, PRODUCT, refused_as
from .cams_envelope import without_id

ALL = [name for name in NAMES if name != ENABLE]
_HOW: dict[str, Any] = {"kind": "refusal", "examples": 1}
_MANDATORY = "Recorded: MissingTemplateCode, TemplateCode is mandatory for this action."
_INVALID = "Recorded: Invalid{Param}, Specified parameter {Param} is not valid."

BAD_PAGES = (
    "first", "1", "[]", "[1,10]", '"1"', "true", "null", "{", "{'Index':1,'Size':10}", '{"Index":null,"Size":10}',
    '{"Index":0,"Size":10}', '{"Index":-1,"Size":10}', '{"Index":1.5,"Size":10}', '{"Index":"one","Size":10}',
    '{"Index":true,"Size":10}', '{"Index":[1],"Size":10}', '{"Index":{},"Size":10}', '{"Index":"","Size":10}',
    '{"Index":1,"Size":0}', '{"Index":1,"Size":-1}', '{"Index":1,"Size":-10}', '{"Index":1,"Size":2.5}',
    '{"Index":1,"Size":"all"}', '{"Index":1,"Size":false}', '{"Index":1,"Size":[]}', '{"Index":1,"Size":null}',
)  # fmt: skip
BAD_TIMES = ("now", "2026-11-21", "1.5", "1e12", "-1", "0x10", "１", "true", "null", "[]", "253402300800000", "9" * 24)
BAD_WORDS = {
    "Granularity": ("HOURLY", "daily", "HALF-HOUR", "HALF_HOUR ", "HALFHOUR", "0", "WEEKLY", "DAILY,HALF_HOUR"),
    "TemplateType": ("VIBER", "whatsapp", "WHATSAPP ", "SMS", "1", "WHATSAPP,VIBER"),
}
NOT_TEXT: tuple[Any, ...] = (5, 1.5, True, [], ["x"], {"a": 1})


@contract(
    "CAMS-R1", "Each required parameter is missed by its name", sentence=_MANDATORY, page=GATEWAY, live=Live.SAFE,
    calls=11, **_HOW,
)  # fmt: skip
def missing_is_told(ask: Ask) -> None:
    """Without a required parameter: Missing<Name>."""
    cases = [(name, one) for name in ALL for one in required(name)]
    refuse(ask, (Bad(name, "Missing", one, {one: None}) for name, one in spread(ask, cases, 11)))


@contract(
    "CAMS-R2", "An empty required parameter counts as missing", sentence="Assumed: empty text counts as absent",
    page=GATEWAY, live=Live.MOCK, calls=33, **_HOW,
)  # fmt: skip
def empty_is_missing(ask: Ask) -> None:
    """With an empty required parameter, in either scheme, in a query or a form: Missing<Name>."""
    ways = ({"scheme": "v3"}, {"scheme": "v1", "method": "GET"}, {"scheme": "v1", "place": "form"})
    cases = [(name, one, how) for name in ALL for one in required(name) for how in ways]
    refuse(ask, (Bad(name, "Missing", one, {one: ""}, how) for name, one, how in spread(ask, cases)))


@contract(
    "CAMS-R3", "Each half of Page is missed by its name",
    sentence="Assumed: nested parameters are named Page.Size. Size: integer, required. Index: integer, required.",
    page="Chat App Message Service: ListMessageCampaign", live=Live.MOCK, calls=6, **_HOW,
)  # fmt: skip
def half_a_page_is_missing(ask: Ask) -> None:
    """Page without Size or Index, as JSON or dotted: MissingPage.Size, MissingPage.Index."""
    for absent, kept in (("Size", "Index"), ("Index", "Size")):
        sent: list[Row] = [{"Page": {kept: 1}}, {"Page": None, f"Page.{kept}": 1}]
        sent.append({"Page": {kept: 1, absent.lower(): 1}})
        refuse(ask, [Bad(LIST, "Missing", f"Page.{absent}", one) for one in sent])


@contract(
    "CAMS-R4", "A Page that is malformed or out of range is refused",
    sentence="InvalidParameter.PageInvalid: The Page parameter format is invalid.",
    page="Chat App Message Service: API error codes", live=Live.MOCK, calls=len(BAD_PAGES), **_HOW,
)  # fmt: skip
def bad_pages_are_refused(ask: Ask) -> None:
    """No JSON object, or Size or Index that is no whole number above 0: InvalidParameter.PageInvalid."""
    pages: list[Row] = [{"Page": page} for page in BAD_PAGES]
    for one in ("0", "-1", "x", "1.5"):
        pages += [
            {"Page": None, "Page.Index": one, "Page.Size": "5"},
            {"Page": None, "Page.Index": "1", "Page.Size": one},
        ]
    refuse(ask, (Bad(LIST, "InvalidParameter.PageInvalid", "", page) for page in spread(ask, pages, 18)))


@contract(
    "CAMS-R5", "Start and End that are no times in milliseconds are refused",
    sentence=f"{_INVALID} Start: integer. This is a UNIX timestamp. Unit: milliseconds.", page=PRODUCT,
    live=Live.MOCK, calls=24, **_HOW,
)  # fmt: skip
def bad_times_are_refused(ask: Ask) -> None:
    """Text, fractions, negative and impossible instants: InvalidStart, InvalidEnd."""
    cases = [(one, time) for time in BAD_TIMES for one in ("Start", "End")]
    refuse(ask, (Bad(METRIC, "Invalid", one, {one: time}) for one, time in spread(ask, cases, 8)))


@contract(
    "CAMS-R6", "Words that Granularity and TemplateType do not know are refused",
    sentence=f"{_INVALID} The metric granularity. Valid values: DAILY, HALF_HOUR", page=PRODUCT, live=Live.MOCK,
    calls=14, **_HOW,
)  # fmt: skip
def unknown_words_are_refused(ask: Ask) -> None:
    """Any other word, and the right one in another case: InvalidGranularity, InvalidTemplateType."""
    cases = [(name, word) for name, words in BAD_WORDS.items() for word in words]
    refuse(ask, (Bad(METRIC, "Invalid", name, {name: word}) for name, word in spread(ask, cases, 5)))


@contract(
    "CAMS-R7", "End must be after Start",
    sentence="Assumed: End before Start is InvalidEnd. The end of the time range to query.", page=PRODUCT,
    live=Live.MOCK, calls=8, **_HOW,
)  # fmt: skip
def end_comes_after_start(ask: Ask) -> None:
    """End equal to Start, or before it, by a millisecond or a year, in either granularity: InvalidEnd."""
    at = midnight(ask) - 3 * DAY
    cases = [
        {"Start": at, "End": at - early, "Granularity": granularity}
        for early in (0, 1, DAY, 365 * DAY)
        for granularity in ("DAILY", "HALF_HOUR")
    ]
    refuse(ask, (Bad(METRIC, "Invalid", "End", one) for one in spread(ask, cases, 4)))
    answer = ask.cams.call(METRIC, {**shaped(ask, METRIC), "Start": at, "End": at + 1})
    same("InvalidEnd" in answer.text, False, "End one millisecond after Start is a range")


@contract(
    "CAMS-R13", "A parameter of another type is refused by its name",
    sentence=f"Assumed for JSON bodies. {_INVALID} CustSpaceId: string", page=GATEWAY, live=Live.MOCK, calls=90,
    **_HOW,
)  # fmt: skip
def other_types_are_refused(ask: Ask) -> None:
    """In a JSON body a text that is a number, a list or an object: Invalid<Name>; null counts as absent."""
    cases = [(name, one, value) for name in ALL for one in _texts(name) for value in NOT_TEXT]
    cases += [
        (name, one, value) for name in ALL for one in ("OwnerId", "ResourceOwnerId") for value in ("me", 1.5, [1])
    ]
    for name, one, value in spread(ask, cases, 24):
        answer = deliver(ask, in_json(ask, name, {**shaped(ask, name), one: value}), name, early=False)
        refused_as(ask, answer, "Invalid", one, operation=operation(name))
    for name in spread(ask, ALL, 2):
        one = required(name)[-1]
        answer = deliver(ask, in_json(ask, name, {**shaped(ask, name), one: None}), name, early=False)
        refused_as(ask, answer, "Missing", one, operation=operation(name))


def _texts(name: str) -> list[str]:
    """The parameters that are texts; those of the throttled operation are too many to ask all."""
    found = [one for one, part in operation(name).parameters.items() if part.get("type") == "string"]
    return [one for one in found if name != METRIC or one in ("TemplateCode", "Language")]


@contract(
    "CAMS-R14", "A body that is no JSON object is refused",
    sentence="Assumed: InvalidParameter.Format, Specified parameter format is not valid.", page=GATEWAY,
    live=Live.MOCK, calls=25, **_HOW,
)  # fmt: skip
def bodies_that_are_no_objects(ask: Ask) -> None:
    """Broken JSON, a list, a text or a number as the body of any operation: InvalidParameter.Format."""
    cases = [(name, body) for name in NAMES for body in (b"{", b"[]", b'"x"', b"5", b"null")]
    for name, body in spread(ask, cases, 9):
        refused_as(ask, deliver(ask, in_json(ask, name, body), name), "InvalidParameter.Format")


@contract(
    "CAMS-R15", "What is missing is told before what is wrong", sentence="Assumed: Missing comes before Invalid",
    page=GATEWAY, live=Live.MOCK, calls=6, **_HOW,
)  # fmt: skip
def missing_comes_first(ask: Ask) -> None:
    """Two faults in one call: the missing parameter is the one that is told."""
    refuse(ask, [
        Bad(LIST, "Missing", "CustSpaceId", {"CustSpaceId": None, "Page": "first"}),
        Bad(LIST, "Missing", "PageId", {"PageId": "", "Page": {"Index": 0, "Size": 0}}),
        Bad(LIST, "Missing", "Page", {"Page": None, "OwnerId": "me"}),
        Bad(METRIC, "Missing", "TemplateCode", {"TemplateCode": None, "Start": "x"}),
        Bad(METRIC, "Missing", "End", {"End": None, "Granularity": "HOURLY"}),
        Bad(ACCOUNTS, "Missing", "PageId", {"PageId": None, "CustSpaceId": "nobody's"}),
    ])  # fmt: skip


@contract(
    "CAMS-R16", "A refused call leaves everything as it was", sentence="Assumed: an error leaves nothing changed",
    page=GATEWAY, live=Live.MOCK, calls=24, **_HOW,
)  # fmt: skip
def refusals_change_nothing(ask: Ask) -> None:
    """Every reading operation answers the same before and after a round of refused calls."""
    reads = able(ask, ACCOUNTS, LIST, INSIGHTS, METRIC)
    before = [without_id(ask.cams.ok(name, valid(ask, name))) for name in reads]
    for name in reads:
        one = required(name)[0]
        ask.cams.call(name, {**valid(ask, name), one: None})
        ask.cams.call(name, {**valid(ask, name), "CustSpaceId": "nobody's"})
        ask.cams.call(name, valid(ask, name), version="1")
    ask.cams.call(LIST, {**valid(ask, LIST), "Page": "first"})
    after = [without_id(ask.cams.ok(name, valid(ask, name))) for name in reads]
    same(after, before, "what was asked before refused calls is answered the same after them")
