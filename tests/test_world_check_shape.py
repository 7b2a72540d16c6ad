"""Faults that show without knowing what a document means: strange JSON, and breaches of the schema."""

import json
from typing import Any

import pytest

from mockserver.resources import folder
from mockserver.world.check import faults
from mockserver.world.check.shape import EXPECTED
from tests.worlds import DROP, edited

ADSET, AD = "campaigns/0/adsets/0", "campaigns/0/adsets/0/ads/0"
AT_ADSET, AT_AD = "$.campaigns[0].adsets[0]", "$.campaigns[0].adsets[0].ads[0]"
WHOLE = "expected a whole number, written without a point or an exponent"


def nested(depth: int) -> Any:
    """Lists in lists."""
    document: Any = []
    for _ in range(depth):
        document = [document]
    return document


STRANGE = [
    (1.0, f"$: is 1.0, {WHOLE}"),
    (float("nan"), f"$: is NaN, {WHOLE}"),
    ("\ud800", '$: is "\\ud800", expected Unicode text'),
    ({"\ud800": 1}, '$: has a property "\\ud800", expected names of Unicode text'),
    ({1: 2}, "$: has a property 1, expected names of Unicode text"),
    ([{"a b": 1 << 63}], '$[0]["a b"]: is a number of 64 bits, expected at most 63'),
    (nested(40), f"${'[0]' * 32}: is nested 32 levels deep, expected at most 31"),
    ((), "$: is a Python tuple, expected JSON"),
]


@pytest.mark.parametrize(("document", "fault"), STRANGE, ids=[fault for _, fault in STRANGE])
def test_what_no_world_holds_is_named(document, fault):
    """
    Fractions, halves of characters and boundless depths are faults wherever they stand.
    """
    found = faults(document)

    assert found == [fault]


DATE_TIME, DATE = "expected a real date-time from 1970 to 2999", "expected a real date from 1970 to 2999"
TIERS = "expected one of ['standard_access', 'development_access']"
BUTTONS = [{"type": "url_button", "text": "Shop"}] * 11
BREACHES = [
    ("accounts", [], "$.accounts: is an empty array, expected at least 1 item"),
    ("accounts", {"a": 1}, "$.accounts: is an object, expected the type array"),
    ("pages", DROP, "$.pages: is missing"),
    ("name", "", '$.name: is "", expected at least 1 character'),
    ("seed", "7", '$.seed: is "7", expected the type integer'),
    ("seed", True, "$.seed: is true, expected the type integer"),
    ("colour", "red", "$.colour: is unknown, expected no property of this name"),
    ("accounts/0/id", "0123", '$.accounts[0].id: is "0123", expected a match of ^[1-9][0-9]{0,19}$'),
    ("accounts/0/ads_api_access_tier", "gold", f'$.accounts[0].ads_api_access_tier: is "gold", {TIERS}'),
    ("accounts/0/created_time", "2024-01-15", f'$.accounts[0].created_time: is "2024-01-15", {DATE_TIME}'),
    (f"{ADSET}/start_date", "2024-02-30", f'{AT_ADSET}.start_date: is "2024-02-30", {DATE}'),
    (f"{ADSET}/daily_budget", 99, f"{AT_ADSET}.daily_budget: is 99, expected at least 100"),
    (f"{ADSET}/audience", {}, f"{AT_ADSET}.audience: is an empty object, expected at least 1 property"),
    (f"{ADSET}/audience/US", 101, f"{AT_ADSET}.audience.US: is 101, expected at most 100"),
    (
        f"{ADSET}/audience/U",
        1,
        f'{AT_ADSET}.audience.U: has the name "U", expected one of 249 codes such as AD, AE, AF',
    ),
    (
        f"{ADSET}/audience/UK",
        1,
        f'{AT_ADSET}.audience.UK: has the name "UK", expected one of 249 codes such as AD, AE, AF',
    ),
    ("templates/0/buttons", BUTTONS, "$.templates[0].buttons: is an array, expected at most 10 items"),
    (f"{AD}/pins/1 May", {"delivered": 1}, f'{AT_AD}.pins["1 May"]: has the name "1 May", {DATE}'),
    (f"{AD}/pins/2024-05-01/read", -1, f"{AT_AD}.pins.2024-05-01.read: is -1, expected at least 0"),
]


@pytest.mark.parametrize(("path", "value", "fault"), BREACHES, ids=[fault for *_, fault in BREACHES])
def test_a_breach_of_the_schema_is_one_sentence_with_its_place(path, value, fault):
    """
    Each rule of the schema, broken, says where, what stands there and what was expected.
    """
    found = faults(edited({path: value}))

    assert found == [fault]


ODD_INSTANTS = [
    "2024-06-30T23:59:60Z",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:00",
    "1970-01-01T00:00:00+01:00",
    "2024-05-01t00:00:00z",
    "2024-W01-1T00:00:00Z",
    "2024-05-01T00:00:00+0800",
    "2024-05-01T00:00:00",
    "3000-01-01T00:00:00Z",
]


@pytest.mark.parametrize("text", ODD_INSTANTS)
def test_an_instant_can_be_reckoned_with(text):
    """
    Leap seconds, the year 0, times without an offset and other oddities of calendars are refused.
    """
    found = faults(edited({"campaigns/0/created_time": text}))

    assert found == [f'$.campaigns[0].created_time: is "{text}", {DATE_TIME}']


def test_every_rule_of_the_schema_has_words():
    """
    No keyword of the schema is without a sentence.
    """
    schema = json.loads((folder("schemas") / "world.json").read_text("utf-8"))
    structure = {"$ref", "$defs", "$schema", "properties", "items", "additionalProperties", "propertyNames", "required"}
    notes = {"title", "description", "default"}

    assert keywords(schema) <= EXPECTED.keys() | structure | notes


def keywords(schema: Any) -> set[str]:
    """The keywords of a schema and of the schemas in it."""
    below = [inner for name in ("properties", "$defs") for inner in schema.get(name, {}).values()]
    below += [schema.get(name) for name in ("items", "additionalProperties", "propertyNames")]
    return set(schema).union(*(keywords(inner) for inner in below if isinstance(inner, dict)))
