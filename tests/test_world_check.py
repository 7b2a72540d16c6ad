"""What the check of a world document finds, and that it finds nothing in the worlds that ship."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.resources import folder
from mockserver.world.check import faults
from tests.worlds import DOCS, DROP, edited, paths, put

CAMPAIGN, ADSET, AD = "campaigns/0", "campaigns/0/adsets/0", "campaigns/0/adsets/0/ads/0"
AT_ADSET, AT_AD = "$.campaigns[0].adsets[0]", "$.campaigns[0].adsets[0].ads[0]"
TOKENS, KEYS = "credentials/access_tokens", "credentials/access_keys"
AT_TOKENS, AT_KEYS = "$.credentials.access_tokens", "$.credentials.access_keys"
BEARERS, AT_BEARERS = "credentials/bearer_tokens", "$.credentials.bearer_tokens"


@pytest.mark.parametrize("name", ["default", "docs"])
def test_a_shipped_world_is_sound(name):
    """
    The worlds that ship with the package have no faults.
    """
    text = (folder("fixtures") / "worlds" / f"{name}.json").read_text("utf-8")

    assert faults(json.loads(text)) == []


TODAY = "expected YYYY-MM-DD or an instant with its offset, from 1970 to 2999"
ZONE = "expected an IANA name such as Europe/Berlin"
TIMES = [
    ({"today": "soon"}, f'$.today: is "soon", {TODAY}'),
    ({"today": "1066-10-14"}, f'$.today: is "1066-10-14", {TODAY}'),
    ({"today": "0001-01-01T00:00:00+23:00"}, f'$.today: is "0001-01-01T00:00:00+23:00", {TODAY}'),
    ({"accounts/0/timezone_name": "Mars/Base"}, f'$.accounts[0].timezone_name: is "Mars/Base", {ZONE}'),
    ({"spaces/1/timezone_name": "../UTC"}, f'$.spaces[1].timezone_name: is "../UTC", {ZONE}'),
]
UNIQUE = [
    ({"pages/1": {"id": "2390000000001", "name": "x"}}, "$.pages[1].id", "2390000000001", "$.accounts[0].id"),
    ({f"{AD}/id": "120000000000002"}, f"{AT_AD}.id", "120000000000002", f"{AT_ADSET}.id"),
    ({"spaces/1/id": "cams-docs"}, "$.spaces[1].id", "cams-docs", "$.spaces[0].id"),
    (
        {"spaces/0/phone_numbers": ["861380000"], "spaces/2/phone_numbers": ["861380001", "861380000"]},
        "$.spaces[2].phone_numbers[1]",
        "861380000",
        "$.spaces[0].phone_numbers[0]",
    ),
    ({"templates/1": DOCS["templates"][0]}, "$.templates[1]", "1100000000000001 en", "$.templates[0]"),
    (
        {"credentials/apps/2": {"id": "999", "secret": "x"}},
        "$.credentials.apps[2].id",
        "999",
        "$.credentials.apps[0].id",
    ),
    ({f"{TOKENS}/1/token": "EAAtok"}, f"{AT_TOKENS}[1].token", "EAAtok", f"{AT_TOKENS}[0].token"),
    ({f"{KEYS}/2/id": "testid"}, f"{AT_KEYS}[2]", "testid", f"{AT_KEYS}[0]"),
    (
        {f"{KEYS}/4/id": "testid", f"{KEYS}/4/security_token": "CAIS+sts/token=="},
        f"{AT_KEYS}[4]",
        "testid CAIS+sts/token==",
        f"{AT_KEYS}[1]",
    ),
    (
        {f"{BEARERS}/1": DOCS["credentials"]["bearer_tokens"][0]},
        f"{AT_BEARERS}[1].token",
        "bear-tok-1",
        f"{AT_BEARERS}[0].token",
    ),
]
REFERENCES = [
    (f"{CAMPAIGN}/account_id", "$.campaigns[0].account_id", "accounts"),
    (f"{CAMPAIGN}/page_id", "$.campaigns[0].page_id", "pages"),
    ("spaces/0/pages/1", "$.spaces[0].pages[1]", "pages"),
    ("spaces/0/accounts/0", "$.spaces[0].accounts[0]", "accounts"),
    ("templates/0/space_id", "$.templates[0].space_id", "spaces"),
    (f"{TOKENS}/0/app_id", f"{AT_TOKENS}[0].app_id", "apps"),
    (f"{TOKENS}/0/accounts/1", f"{AT_TOKENS}[0].accounts[1]", "accounts"),
]
EITHER = "expected either daily_budget or lifetime_budget"
LIFETIME = {f"{ADSET}/daily_budget": DROP, f"{ADSET}/lifetime_budget": 5000}
STOPPED = {f"{AD}/status": "PAUSED", f"{AD}/stopped_on": "2024-04-30", f"{AD}/pins": DROP}
EARLY = {f"{AD}/pins/2024-04-30": {"delivered": 1}}
SCHEDULES = [
    ({f"{ADSET}/daily_budget": DROP}, f"{AT_ADSET}: has no budget, {EITHER}"),
    ({f"{ADSET}/lifetime_budget": 5000}, f"{AT_ADSET}: has daily_budget and lifetime_budget, {EITHER}"),
    (LIFETIME | {f"{ADSET}/end_date": DROP}, f"{AT_ADSET}.end_date: is missing, expected beside a lifetime_budget"),
    (
        {f"{ADSET}/end_date": "2024-04-30", f"{AD}/pins": DROP},
        f"{AT_ADSET}.end_date: is 2024-04-30, expected 2024-05-01 or later",
    ),
    ({f"{ADSET}/audience/US": 90}, f"{AT_ADSET}.audience: adds up to 90, expected 100"),
    ({f"{AD}/status": "PAUSED"}, f"{AT_AD}.stopped_on: is missing, expected because the ad is PAUSED"),
    ({f"{ADSET}/status": "ARCHIVED"}, f"{AT_AD}.stopped_on: is missing, expected because the ad set is ARCHIVED"),
    ({f"{CAMPAIGN}/status": "DELETED"}, f"{AT_AD}.stopped_on: is missing, expected because the campaign is DELETED"),
    (
        {f"{AD}/stopped_on": "2025-07-29"},
        f"{AT_AD}.stopped_on: is 2025-07-29, expected none while campaign, ad set and ad are ACTIVE",
    ),
    (STOPPED, f"{AT_AD}.stopped_on: is 2024-04-30, expected 2024-05-01 or later"),
    (EARLY, f"{AT_AD}.pins.2024-04-30: is outside the delivery, expected a day from 2024-05-01 to 2025-07-29"),
    (
        EARLY | {f"{ADSET}/end_date": DROP},
        f"{AT_AD}.pins.2024-04-30: is outside the delivery, expected a day from 2024-05-01 on",
    ),
    (
        {f"{AD}/status": "PAUSED", f"{AD}/stopped_on": "2025-07-28"},
        f"{AT_AD}.pins.2025-07-29: is outside the delivery, expected a day from 2024-05-01 to 2025-07-28",
    ),
    (
        LIFETIME | {f"{ADSET}/lifetime_budget": 3886},
        f"{AT_ADSET}.lifetime_budget: is 3886, expected at least the 3887 pinned in all",
    ),
]
CONTRADICTIONS = [
    *TIMES,
    *((edits, f'{place}: is "{text}" like {other}, expected another') for edits, place, text, other in UNIQUE),
    *(({path: "5"}, f'{place}: is "5", expected the id of one of the {kind}') for path, place, kind in REFERENCES),
    *SCHEDULES,
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
ON_ALL = "is missing, expected on all pinned days or on none"
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
    found = faults(edited(edits))

    assert found == [fault]


@pytest.mark.parametrize(("counts", "fault"), PIN_FAULTS, ids=[fault for _, fault in PIN_FAULTS])
def test_the_counts_of_a_pinned_day_nest(counts, fault):
    """
    Nothing is read that was not delivered, and nothing bought without a click.
    """
    found = faults(edited({f"{AD}/pins/2024-05-01/{name}": count for name, count in counts.items()}))

    assert [one for one in found if not one.endswith(ON_ALL)] == [f"{AT_AD}.pins.2024-05-01.{fault}"]


def test_what_was_sent_is_pinned_on_all_days_or_on_none():
    """
    `sent` on some pinned days only would make a range less than the sum of its days.
    """
    found = faults(edited({f"{AD}/pins/2024-05-01/sent": 999}))

    assert found == [f"{AT_AD}.pins.2024-05-02.sent: {ON_ALL}"]


@pytest.mark.parametrize(("name", "value", "fault"), TEMPLATE_FAULTS, ids=[fault for *_, fault in TEMPLATE_FAULTS])
def test_the_counts_of_a_pinned_template_nest(name, value, fault):
    """
    A template is read and clicked at most as often as it was delivered, and has a count for each button.
    """
    found = faults(edited({f"templates/0/pins/2023-08-28/{name}": value}))

    assert found == [f"$.templates[0].pins.2023-08-28{fault}"]


def test_conversions_need_a_pixel():
    """
    Without a pixel nobody counts what happens on a website.
    """
    day = {"delivered": 9, "link_btn_click": 2, "purchase": 1, "purchase_value": 7999}
    found = faults(edited({f"{ADSET}/pixel_id": DROP, f"{AD}/pins": {"2024-05-02": day}}))

    assert found == [
        f"{AT_AD}.pins.2024-05-02.purchase: is 1, expected 0 because the ad set has no pixel_id",
        f"{AT_AD}.pins.2024-05-02.purchase_value: is 7999, expected 0 because the ad set has no pixel_id",
    ]


def test_the_ads_of_an_ad_set_share_its_daily_budget():
    """
    All pinned ads of an ad set together spend no more on a day than its daily budget.
    """
    pins = {"2024-05-01": {"delivered": 1, "spend": 5749}}
    second = {"id": "9", "name": "second", "created_time": "2024-05-01T16:10:00Z", "pins": pins}
    found = faults(edited({f"{ADSET}/ads/1": second}))

    assert found == [f"{AT_ADSET}.daily_budget: is 6200, expected at least the 6201 pinned on 2024-05-01"]


def test_every_fault_is_told():
    """
    The check does not stop at the first fault.
    """
    found = faults(edited({f"{ADSET}/audience/US": 90, "today": "soon", f"{CAMPAIGN}/page_id": "5"}))

    assert len(found) == 3


text = st.text(st.characters(), max_size=8)  # halves of surrogate pairs too, as JSON readers let them pass
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)
likely = st.sampled_from([DROP, "", "0", "2024-05-01", "9999-12-31", "PAUSED", "ACTIVE", 0, -1, 10**12, {}, []])


@given(any_json)
def test_no_json_is_too_odd_to_judge(document):
    """
    Whatever JSON is given, the answer is a list of one-line sentences that start with a path.
    """
    found = faults(document)

    assert found
    assert all(fault.startswith("$") and fault.isprintable() for fault in found)


@given(st.lists(st.tuples(st.sampled_from(paths(DOCS)), likely | any_json), min_size=1, max_size=3))
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
