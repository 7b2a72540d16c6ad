"""What the worlds that ship hold."""

import unicodedata
from collections import Counter

import pytest

from mockserver.world.new.credentials import credentials
from tests.worlds import AS_OF, DEFAULT, DOCS, kind

CAMPAIGNS = DEFAULT["campaigns"]
ADSETS = [adset for campaign in CAMPAIGNS for adset in campaign["adsets"]]
ADS = [ad for adset in ADSETS for ad in adset["ads"]]


def test_the_default_world_has_everything():
    """
    Every kind of campaign, both budgets, and ad sets with and without a pixel are there.
    """
    kinds = {kind(campaign) for campaign in CAMPAIGNS}

    assert kinds == {"pixel", "excluded", "unstarted", "paused", "deleted", "ended", "scheduled", "archived", "open"}
    assert {"daily_budget" in adset for adset in ADSETS} == {True, False}
    assert {"pixel_id" in adset for adset in ADSETS} == {True, False}


def test_names_are_in_many_scripts():
    """
    The default world speaks in Latin, Han, Hiragana, Hangul, Arabic, Thai and Cyrillic letters.
    """
    names = "".join(campaign["name"] for campaign in CAMPAIGNS)
    scripts = {unicodedata.name(letter).split()[0] for letter in names if letter.isalpha()}

    assert scripts >= {"LATIN", "CJK", "HIRAGANA", "HANGUL", "ARABIC", "THAI", "CYRILLIC"}


def test_one_account_needs_a_second_page():
    """
    The first account of the default world has more ads than a page of 25; the others have a few.
    """
    owners = Counter(one["account_id"] for one in CAMPAIGNS for adset in one["adsets"] for _ in adset["ads"])
    [first, second, third] = (owners[account["id"]] for account in DEFAULT["accounts"])

    assert first > 26
    assert 2 < second < 26
    assert 2 < third < 26


def test_newer_objects_have_larger_ids():
    """
    Campaigns and ads are numbered in the order in which they were created, like Meta's.
    """
    aged = sorted((one["created_time"], int(one["id"])) for one in (*CAMPAIGNS, *ADS))
    ids = [id_ for _, id_ in aged]

    assert ids == sorted(ids)
    assert all(str(id_).startswith("120") and len(str(id_)) == 18 for id_ in ids)


def test_two_campaigns_are_older_than_date_ranges():
    """
    Meta supports date ranges for campaigns created from 2025-03-01; two campaigns are older than that.
    """
    old = [campaign for campaign in CAMPAIGNS if campaign["created_time"] < "2025-03-01"]

    assert [kind(campaign) in ("ended", "open", "pixel") for campaign in old] == [True, True]
    assert max(campaign["created_time"] for campaign in CAMPAIGNS) < "2026-11-22"


def test_nothing_happens_before_it_is_created():
    """
    Delivery starts on the day of creation or later, and what has stopped did so before the world was made.
    """
    for adset in ADSETS:
        for ad in adset["ads"]:
            assert ad["created_time"][:10] <= adset["start_date"]
            assert ad.get("stopped_on", "") < str(AS_OF)


def test_every_account_has_a_space_with_its_pages():
    """
    A campaign's account and page are always together in some space.
    """
    for campaign in CAMPAIGNS:
        account, page = campaign["account_id"], campaign["page_id"]

        assert any(account in space["accounts"] and page in space["pages"] for space in DEFAULT["spaces"])


def test_templates_speak_several_languages():
    """
    Some templates have one code in up to three languages, with buttons in the language.
    """
    languages = Counter(template["code"] for template in DEFAULT["templates"])
    said = {template["language"]: template["buttons"][0]["text"] for template in DEFAULT["templates"][:3]}

    assert max(languages.values()) == languages[DEFAULT["templates"][0]["code"]] == 3
    assert len(set(said.values())) == 3
    assert {(one["category"], one["type"]) for one in DEFAULT["templates"]} >= {
        ("MARKETING", "WHATSAPP"),
        ("UTILITY", "WHATSAPP"),
        ("MARKETING", "VIBER"),
    }


@pytest.mark.parametrize("world", [DEFAULT, DOCS], ids=["default", "docs"])
def test_credentials_are_the_same_in_every_world(world):
    """
    What opens one world opens every world, up to the accounts that it sees.
    """
    assert world["credentials"] == credentials([account["id"] for account in world["accounts"]])


def test_the_vendors_examples_add_up():
    """
    The pinned days of the docs world sum up to what the vendors' pages print.
    """
    [ad] = DOCS["campaigns"][0]["adsets"][0]["ads"]
    sums = Counter()
    for pin in ad["pins"].values():
        sums.update(pin)

    assert (min(ad["pins"]), max(ad["pins"])) == ("2024-05-01", "2025-07-29")
    assert {name: sums[name] for name in ("delivered", "read", "link_btn_click", "spend")} == {
        "delivered": 2755,
        "read": 2188,
        "link_btn_click": 268,
        "spend": 3887,
    }
    assert (sums["purchase"], sums["add_to_cart"], sums["purchase_value"], sums["sent"]) == (3, 8, 24999, 0)
