"""What the check of a world document finds, and that it finds nothing in the worlds that ship."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.resources import folder
from mockserver.world.check import faults
from mockserver.world.check_shape import EXPECTED

DROP = object()
DOCS = json.loads((folder("fixtures") / "worlds" / "docs.json").read_text("utf-8"))
CAMPAIGN = "campaigns/0"
ADSET = "campaigns/0/adsets/0"
AD = "campaigns/0/adsets/0/ads/0"
PIN = "campaigns/0/adsets/0/ads/0/pins/2024-05-01"
TEMPLATE_PIN = "templates/0/pins/2023-08-28"
TOKENS = "credentials/access_tokens"


def put(document: Any, path: str, value: Any = DROP) -> None:
    """Set, append or drop what stands at *path*, in place."""
    *above, last = (int(step) if step.isdigit() else step for step in path.split("/"))
    for step in above:
        document = document[step]
    if value is DROP:
        del document[last]
    elif isinstance(document, list) and last == len(document):
        document.append(value)
    else:
        document[last] = value


def docs(edits: dict[str, Any]) -> Any:
    """The world of the vendors' examples, with *edits* by path."""
    document = deepcopy(DOCS)
    for path, value in edits.items():
        put(document, path, value)
    return document


def nested(depth: int) -> Any:
    """Lists in lists."""
    document: Any = []
    for _ in range(depth):
        document = [document]
    return document


@pytest.mark.parametrize("name", ["default", "docs"])
def test_a_shipped_world_is_sound(name):
    """
    The worlds that ship with the package have no faults.
    """
    text = (folder("fixtures") / "worlds" / f"{name}.json").read_text("utf-8")

    assert faults(json.loads(text)) == []


STRANGE = [
    (1.0, "$: is 1.0, expected a whole number, written without a point or an exponent"),
    (float("nan"), "$: is NaN, expected a whole number, written without a point or an exponent"),
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


BREACHES = [
    ("accounts", [], "$.accounts: is an empty array, expected at least 1 item"),
    ("accounts", {"a": 1}, "$.accounts: is an object, expected the type array"),
    ("pages", DROP, "$.pages: is missing"),
    ("name", "", '$.name: is "", expected at least 1 character'),
    ("seed", "7", '$.seed: is "7", expected the type integer'),
    ("seed", True, "$.seed: is true, expected the type integer"),
    ("colour", "red", "$.colour: is unknown, expected no property of this name"),
    ("accounts/0/id", "0123", '$.accounts[0].id: is "0123", expected a match of ^[1-9][0-9]{0,19}$'),
    (
        "accounts/0/ads_api_access_tier",
        "gold",
        "$.accounts[0].ads_api_access_tier: is \"gold\", expected one of ['standard_access', 'development_access']",
    ),
    (
        "accounts/0/created_time",
        "2024-01-15",
        '$.accounts[0].created_time: is "2024-01-15", expected a real date-time from 1970 to 2999',
    ),
    (
        f"{ADSET}/start_date",
        "2024-02-30",
        '$.campaigns[0].adsets[0].start_date: is "2024-02-30", expected a real date from 1970 to 2999',
    ),
    (f"{ADSET}/daily_budget", 99, "$.campaigns[0].adsets[0].daily_budget: is 99, expected at least 100"),
    (f"{ADSET}/audience", {}, "$.campaigns[0].adsets[0].audience: is an empty object, expected at least 1 property"),
    (f"{ADSET}/audience/US", 101, "$.campaigns[0].adsets[0].audience.US: is 101, expected at most 100"),
    (
        f"{ADSET}/audience",
        {"usa": 100},
        '$.campaigns[0].adsets[0].audience.usa: has the name "usa", expected a match of ^[A-Z]{2}$',
    ),
    (
        f"{AD}/pins/May 1",
        {"delivered": 1},
        '$.campaigns[0].adsets[0].ads[0].pins["May 1"]: has the name "May 1", expected a real date from 1970 to 2999',
    ),
    (f"{PIN}/read", -1, "$.campaigns[0].adsets[0].ads[0].pins.2024-05-01.read: is -1, expected at least 0"),
]


@pytest.mark.parametrize(("path", "value", "fault"), BREACHES, ids=[fault for _, _, fault in BREACHES])
def test_a_breach_of_the_schema_is_one_sentence_with_its_place(path, value, fault):
    """
    Each rule of the schema, broken, says where, what stands there and what was expected.
    """
    found = faults(docs({path: value}))

    assert found == [fault]


@pytest.mark.parametrize(
    "text",
    ["2024-06-30T23:59:60Z", "0000-01-01T00:00:00Z", "1970-01-01T00:00:00+01:00", "2024-05-01t00:00:00z"]
    + ["2024-W01-1T00:00:00Z", "2024-05-01T00:00:00+0800", "3000-01-01T00:00:00Z", "2024-05-01T00:00:00"],
)
def test_an_instant_can_be_reckoned_with(text):
    """
    Leap seconds, the year 0, times without an offset and other oddities of calendars are refused.
    """
    [found] = faults(docs({f"{CAMPAIGN}/created_time": text}))

    assert found.startswith("$.campaigns[0].created_time: is ")


def test_every_rule_of_the_schema_has_words():
    """
    No keyword of the schema is without a sentence.
    """
    schema = (folder("schemas") / "world.json").read_text("utf-8")
    structure = {"$ref", "$defs", "$schema", "properties", "items", "additionalProperties", "propertyNames", "required"}
    notes = {"title", "description", "default"}

    assert keywords(json.loads(schema)) <= EXPECTED.keys() | structure | notes


def keywords(schema: Any) -> set[str]:
    """The keywords of a schema and of the schemas in it."""
    found = set(schema)
    for name in ("properties", "$defs"):
        for inner in schema.get(name, {}).values():
            found |= keywords(inner)
    for name in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(name), dict):
            found |= keywords(schema[name])
    return found


CONTRADICTIONS = [
    ({"today": "soon"}, '$.today: is "soon", expected YYYY-MM-DD or an instant with its offset, from 1970 to 2999'),
    (
        {"today": "0001-01-01T00:00:00+23:00"},
        '$.today: is "0001-01-01T00:00:00+23:00", expected YYYY-MM-DD or an instant with its offset, from 1970 to 2999',
    ),
    (
        {"accounts/0/timezone_name": "Mars/Base"},
        '$.accounts[0].timezone_name: is "Mars/Base", expected an IANA name such as Europe/Berlin',
    ),
    (
        {"spaces/1/timezone_name": "../UTC"},
        '$.spaces[1].timezone_name: is "../UTC", expected an IANA name such as Europe/Berlin',
    ),
    (
        {"pages/1": {"id": "2390000000001", "name": "Second"}},
        '$.pages[1].id: is "2390000000001" like $.accounts[0].id, expected another',
    ),
    (
        {f"{AD}/id": "120000000000002"},
        '$.campaigns[0].adsets[0].ads[0].id: is "120000000000002" like $.campaigns[0].adsets[0].id, expected another',
    ),
    ({"spaces/1/id": "cams-docs"}, '$.spaces[1].id: is "cams-docs" like $.spaces[0].id, expected another'),
    (
        {"templates/1": DOCS["templates"][0]},
        '$.templates[1]: is "1100000000000001 en" like $.templates[0], expected another',
    ),
    (
        {f"{TOKENS}/1/token": "EAAtok"},
        '$.credentials.access_tokens[1].token: is "EAAtok" like $.credentials.access_tokens[0].token, expected another',
    ),
    (
        {"credentials/access_keys/2/id": "testid"},
        '$.credentials.access_keys[2]: is "testid" like $.credentials.access_keys[0], expected another',
    ),
    (
        {"credentials/access_keys/4/id": "testid", "credentials/access_keys/4/security_token": "CAIS+sts/token=="},
        '$.credentials.access_keys[4]: is "testid CAIS+sts/token==" like $.credentials.access_keys[1], expected another',
    ),
    (
        {"credentials/apps/2": {"id": "999", "secret": "other"}},
        '$.credentials.apps[2].id: is "999" like $.credentials.apps[0].id, expected another',
    ),
    (
        {"credentials/bearer_tokens/1": DOCS["credentials"]["bearer_tokens"][0]},
        '$.credentials.bearer_tokens[1].token: is "bear-tok-1" like $.credentials.bearer_tokens[0].token,'
        " expected another",
    ),
    ({f"{CAMPAIGN}/account_id": "5"}, '$.campaigns[0].account_id: is "5", expected the id of one of the accounts'),
    ({f"{CAMPAIGN}/page_id": "5"}, '$.campaigns[0].page_id: is "5", expected the id of one of the pages'),
    ({"spaces/0/pages/1": "5"}, '$.spaces[0].pages[1]: is "5", expected the id of one of the pages'),
    ({"spaces/0/accounts/0": "5"}, '$.spaces[0].accounts[0]: is "5", expected the id of one of the accounts'),
    ({"templates/0/space_id": "cams-x"}, '$.templates[0].space_id: is "cams-x", expected the id of one of the spaces'),
    (
        {f"{TOKENS}/0/app_id": "5"},
        '$.credentials.access_tokens[0].app_id: is "5", expected the id of one of the apps',
    ),
    (
        {f"{TOKENS}/0/accounts/0": "5"},
        '$.credentials.access_tokens[0].accounts[0]: is "5", expected the id of one of the accounts',
    ),
    (
        {f"{ADSET}/daily_budget": DROP},
        "$.campaigns[0].adsets[0]: has no budget, expected either daily_budget or lifetime_budget",
    ),
    (
        {f"{ADSET}/lifetime_budget": 10000},
        "$.campaigns[0].adsets[0]: has daily_budget and lifetime_budget,"
        " expected either daily_budget or lifetime_budget",
    ),
    (
        {f"{ADSET}/daily_budget": DROP, f"{ADSET}/lifetime_budget": 10000, f"{ADSET}/end_date": DROP},
        "$.campaigns[0].adsets[0].end_date: is missing, expected beside a lifetime_budget",
    ),
    (
        {f"{ADSET}/end_date": "2024-04-30", f"{AD}/pins": {}},
        "$.campaigns[0].adsets[0].end_date: is 2024-04-30, expected 2024-05-01 or later",
    ),
    ({f"{ADSET}/audience/US": 90}, "$.campaigns[0].adsets[0].audience: adds up to 90, expected 100"),
    (
        {f"{AD}/status": "PAUSED"},
        "$.campaigns[0].adsets[0].ads[0].stopped_on: is missing, expected because the ad is PAUSED",
    ),
    (
        {f"{ADSET}/status": "ARCHIVED"},
        "$.campaigns[0].adsets[0].ads[0].stopped_on: is missing, expected because the ad set is ARCHIVED",
    ),
    (
        {f"{CAMPAIGN}/status": "DELETED"},
        "$.campaigns[0].adsets[0].ads[0].stopped_on: is missing, expected because the campaign is DELETED",
    ),
    (
        {f"{AD}/stopped_on": "2025-07-29"},
        "$.campaigns[0].adsets[0].ads[0].stopped_on: is 2025-07-29,"
        " expected none while campaign, ad set and ad are ACTIVE",
    ),
    (
        {f"{AD}/status": "PAUSED", f"{AD}/stopped_on": "2024-04-30", f"{AD}/pins": {}},
        "$.campaigns[0].adsets[0].ads[0].stopped_on: is 2024-04-30, expected 2024-05-01 or later",
    ),
    (
        {f"{AD}/pins/2024-04-30": {"delivered": 1}},
        "$.campaigns[0].adsets[0].ads[0].pins.2024-04-30: is outside the delivery,"
        " expected a day from 2024-05-01 to 2025-07-29",
    ),
    (
        {f"{AD}/pins/2024-04-30": {"delivered": 1}, f"{ADSET}/end_date": DROP},
        "$.campaigns[0].adsets[0].ads[0].pins.2024-04-30: is outside the delivery, expected a day from 2024-05-01 on",
    ),
    (
        {f"{AD}/status": "PAUSED", f"{AD}/stopped_on": "2025-07-28"},
        "$.campaigns[0].adsets[0].ads[0].pins.2025-07-29: is outside the delivery,"
        " expected a day from 2024-05-01 to 2025-07-28",
    ),
]
PIN_FAULTS = [
    ({"sent": 319}, "delivered: is 320, expected at most the 319 sent"),
    ({"impressions": 319, "reach": 319}, "delivered: is 320, expected at most the 319 impressions"),
    ({"reach": 325}, "reach: is 325, expected at most the 324 impressions"),
    ({"impressions": DROP}, "reach: is 321, expected at most the 320 impressions"),
    ({"read": 321}, "read: is 321, expected at most the 320 delivered"),
    ({"media_view": 321}, "media_view: is 321, expected at most the 320 delivered"),
    ({"link_btn_click": 321}, "link_btn_click: is 321, expected at most the 320 delivered"),
    ({"quick_reply_btn_click": 321}, "quick_reply_btn_click: is 321, expected at most the 320 delivered"),
    ({"phone_call_btn_click": 321}, "phone_call_btn_click: is 321, expected at most the 320 delivered"),
    ({"lead": 32}, "lead: is 32, expected at most the 31 link_btn_click"),
    ({"purchase": 32}, "purchase: is 32, expected at most the 31 link_btn_click"),
    ({"purchase_value": 1}, "purchase_value: is 1, expected 0 without a purchase"),
]
TEMPLATE_FAULTS = [
    ("delivered", 11, ".delivered: is 11, expected at most the 10 sent"),
    ("read", 7, ".read: is 7, expected at most the 6 delivered"),
    ("clicks", [3, 1], ".clicks: has 2 counts, expected 3, one for each button"),
    ("clicks", [3, 7, 0], ".clicks[1]: is 7, expected at most the 6 delivered"),
]


@pytest.mark.parametrize(("edits", "fault"), CONTRADICTIONS, ids=[fault for _, fault in CONTRADICTIONS])
def test_a_world_that_contradicts_itself_is_told_where(edits, fault):
    """
    What a schema cannot say is found once the schema holds: one fault, one sentence.
    """
    found = faults(docs(edits))

    assert found == [fault]


@pytest.mark.parametrize(("counts", "fault"), PIN_FAULTS, ids=[fault for _, fault in PIN_FAULTS])
def test_the_counts_of_a_pinned_day_nest(counts, fault):
    """
    Nothing is read that was not delivered, and nothing bought without a click.
    """
    found = faults(docs({f"{PIN}/{name}": count for name, count in counts.items()}))

    assert found == [f"$.campaigns[0].adsets[0].ads[0].pins.2024-05-01.{fault}"]


@pytest.mark.parametrize(("name", "value", "fault"), TEMPLATE_FAULTS, ids=[fault for *_, fault in TEMPLATE_FAULTS])
def test_the_counts_of_a_pinned_template_nest(name, value, fault):
    """
    A template is read and clicked at most as often as it was delivered, and has a count for each button.
    """
    found = faults(docs({f"{TEMPLATE_PIN}/{name}": value}))

    assert found == [f"$.templates[0].pins.2023-08-28{fault}"]


def test_conversions_need_a_pixel():
    """
    Without a pixel nobody counts what happens on a website.
    """
    found = faults(docs({f"{ADSET}/pixel_id": DROP, f"{AD}/pins": {"2024-05-02": DOCS_DAY}}))

    assert found == [
        f"$.campaigns[0].adsets[0].ads[0].pins.2024-05-02.{name}: is {count}, expected 0 because the ad set has no pixel_id"
        for name, count in (("purchase", 1), ("add_to_cart", 2), ("purchase_value", 7999))
    ]


DOCS_DAY = DOCS["campaigns"][0]["adsets"][0]["ads"][0]["pins"]["2024-05-02"]
SECOND_AD = {"id": "9", "name": "second", "created_time": "2024-05-01T16:10:00Z"}


def test_pinned_spend_stays_in_the_daily_budget():
    """
    The ads of an ad set together spend no more on a day than its daily budget.
    """
    second = SECOND_AD | {"pins": {"2024-05-01": {"delivered": 1, "spend": 5749}}}
    found = faults(docs({f"{ADSET}/ads/1": second}))

    assert found == ["$.campaigns[0].adsets[0].daily_budget: is 6200, expected at least the 6201 pinned on 2024-05-01"]


def test_pinned_spend_stays_in_the_lifetime_budget():
    """
    The pinned days of an ad set together spend no more than its lifetime budget.
    """
    found = faults(docs({f"{ADSET}/daily_budget": DROP, f"{ADSET}/lifetime_budget": 3886}))

    assert found == ["$.campaigns[0].adsets[0].lifetime_budget: is 3886, expected at least the 3887 pinned in all"]


def test_every_fault_is_told():
    """
    The check does not stop at the first fault.
    """
    found = faults(docs({f"{ADSET}/audience/US": 90, "today": "soon", f"{CAMPAIGN}/page_id": "5"}))

    assert len(found) == 3


json_text = st.text(st.characters(), max_size=8)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | json_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(json_text, inner, max_size=4),
    max_leaves=12,
)


def paths(value: Any, *above: str) -> list[str]:
    """The path of everything in *value*."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [path for step, one in inner for path in paths(one, *above, str(step))]
    return ["/".join(above), *below] if above else below


EVERYWHERE = paths(DOCS)
odd_values = st.sampled_from(
    [DROP, "", "0", "00", "2024-05-01", "9999-12-31", "2024-05-01T00:00:00Z", "PAUSED", "ACTIVE", 0, -1, 10**12, {}, []]
)


@given(any_json)
def test_no_json_is_too_odd_to_judge(document):
    """
    Whatever JSON is given, the answer is a list of one-line sentences that start with a path.
    """
    found = faults(document)

    assert found
    assert all(fault.startswith("$") and fault.isprintable() for fault in found)


@given(st.lists(st.tuples(st.sampled_from(EVERYWHERE), odd_values | any_json), min_size=1, max_size=3))
def test_no_change_to_a_sound_world_is_too_odd_to_judge(edits):
    """
    A world with anything anywhere is judged, not stumbled over.
    """
    document = deepcopy(DOCS)
    for path, value in edits:
        try:
            put(document, path, value)
        except (LookupError, TypeError):
            continue  # an earlier edit took the place away

    assert all(fault.startswith("$") and fault.isprintable() for fault in faults(document))
