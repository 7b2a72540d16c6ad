"""New worlds: equal wherever they are made, sound at any size, with every special case that fits."""

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.errors import UserError
from mockserver.world.check import faults
from mockserver.world.new import generate
from tests.worlds import AS_OF, DEFAULT, DEFAULT_TEXT, kind

SMALL = {"seed": 1, "locales": ["en_US"], "accounts": 1, "campaigns": 1, "templates": 1, "pages": 1}
SMALL |= {"as_of": AS_OF, "name": "small"}
ARGUMENTS = {
    "seed": 7,
    "locales": "en_US de_DE ja_JP zh_CN ar_AA es_MX tr_TR ko_KR pt_BR th_TH ru_RU".split(),
    "accounts": 3,
    "campaigns": 40,
    "templates": 16,
    "pages": 3,
    "as_of": AS_OF,
    "name": "default",
}


def written(world):
    """A world as the file that ships."""
    return json.dumps(world, indent=1, ensure_ascii=False) + "\n"


def nameless(world):
    """A world without the names that Faker gave."""
    return json.dumps({**world, "accounts": 0, "pages": 0, "campaigns": [bones(one) for one in world["campaigns"]]})


def bones(node):
    """A campaign, ad set or ad without names, down to the ads."""
    return {
        name: [bones(one) for one in value] if name in ("adsets", "ads") else value
        for name, value in node.items()
        if name != "name"
    }


def test_the_default_world_can_be_made_again():
    """
    The default world is what its arguments make, byte for byte.
    """
    assert written(generate(**ARGUMENTS)) == DEFAULT_TEXT


def test_another_faker_changes_names_only():
    """
    Ids, days, budgets and audiences of the default world do not depend on Faker's dictionaries.
    """
    assert nameless(generate(**ARGUMENTS)) == nameless(DEFAULT)


def test_two_processes_make_the_same_world():
    """
    Neither the process nor its hash seed leaves a trace in a world.
    """
    code = f"import datetime, json, mockserver.world.new as new; print(json.dumps(new.generate(**{ARGUMENTS!r})))"
    made = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(made) == 1


def test_other_sizes_leave_the_rest_alone():
    """
    More campaigns change neither accounts and pages nor templates.
    """
    one, other = generate(**ARGUMENTS), generate(**ARGUMENTS | {"campaigns": 41})

    assert all(one[name] == other[name] for name in ("accounts", "pages", "spaces", "templates", "credentials"))
    assert one["campaigns"] != other["campaigns"]


def test_faker_is_imported_when_a_world_is_made():
    """
    A server that reads a world does not pay for Faker.
    """
    code = "import sys, mockserver.world.new; print('faker' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    assert told == "False\n"


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(-(2**63) + 1, 2**63 - 1),
    locales=st.lists(st.sampled_from(ARGUMENTS["locales"]), min_size=1, max_size=3),
    accounts=st.integers(1, 12),
    campaigns=st.integers(0, 30),
    templates=st.integers(0, 30),
    pages=st.integers(1, 12),
    months=st.integers(1, 60),
    as_of=st.dates(date(2000, 1, 1), date(2090, 12, 31)) | st.dates(date(2025, 2, 1), date(2025, 5, 1)),
)
def test_a_new_world_is_sound(**sizes):
    """
    A new world of any size, language and day has no faults, and exactly what was asked for.
    """
    world = generate(**sizes, name="any")

    assert faults(world) == []
    for name in ("accounts", "campaigns", "templates", "pages"):
        assert len(world[name]) == sizes[name]


def test_a_large_world_is_sound():
    """
    Two thousand campaigns have ids of their own and no faults.
    """
    assert faults(generate(**ARGUMENTS | {"campaigns": 2000})) == []


def test_campaigns_spread_over_the_months_asked_for():
    """
    Campaigns begin in each quarter of the months asked for, and each ad account is older than its campaigns.
    """
    day = date(2028, 6, 1)
    world = generate(**ARGUMENTS | {"campaigns": 400, "as_of": day, "months": 37})
    ages = [(day - date.fromisoformat(one["created_time"][:10])).days for one in world["campaigns"]]
    recent = [age for age in ages if age <= 37 * 30.5]

    assert {int(age // (37 * 30.5 / 4)) for age in recent} >= {0, 1, 2, 3}
    assert len(recent) >= 398
    assert max(one["created_time"] for one in world["accounts"]) < min(
        one["created_time"] for one in world["campaigns"][2:]
    )


@pytest.mark.parametrize(
    ("argument", "sentence"),
    [
        (
            {"locales": ["en_US", "xx_YY"]},
            "locale is 'xx_YY', expected one that Faker knows, such as en_US, de_DE or ja_JP",
        ),
        ({"months": 0}, "months is 0, expected at least 1"),
        ({"locales": []}, "locales is empty, expected one or more such as en_US, de_DE or ja_JP"),
        ({"accounts": 0}, "accounts is 0, expected at least 1"),
        ({"pages": 0}, "pages is 0, expected at least 1"),
        ({"campaigns": -1}, "campaigns is -1, expected at least 0"),
        ({"templates": -1}, "templates is -1, expected at least 0"),
        ({"as_of": date(1999, 12, 31)}, "as_of is 1999-12-31, expected a day from 2000 to 2090"),
        ({"seed": 2**63}, "seed has 64 bits, expected at most 63"),
        ({"name": ""}, "name is empty, expected some text"),
    ],
)
def test_a_world_that_cannot_be_is_refused_in_a_sentence(argument, sentence):
    """
    A wrong argument is named with its value and what was expected.
    """
    with pytest.raises(UserError) as refusal:
        generate(**SMALL | argument)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("size", range(1, 7))
def test_special_campaigns_come_first(size):
    """
    However small a world is, it has as many of the special campaigns as fit, the most useful first.
    """
    world = generate(**SMALL | {"campaigns": size})
    special = ["pixel", "excluded", "unstarted", "paused", "deleted", "ended"]

    assert sorted(map(kind, world["campaigns"])) == sorted(special[:size])


def test_most_campaigns_hold_one_ad_of_the_same_name():
    """
    Most campaigns have one ad set with one ad under one name; in the others every ad set and ad has its own.
    """
    world = generate(**ARGUMENTS | {"campaigns": 600})
    names = [[campaign["name"], *(adset["name"] for adset in campaign["adsets"])] for campaign in world["campaigns"]]
    split = [campaign for campaign in world["campaigns"] if ads_of(campaign) > 1]

    assert 80 < len(split) < 120
    assert all(campaign["adsets"][-1]["ads"][-1]["name"].startswith(f"{campaign['name']} – ") for campaign in split)
    assert sum(len(set(several)) == 1 for several in names) == 600 - len(split)


def ads_of(campaign):
    """How many ads a campaign has."""
    return sum(len(adset["ads"]) for adset in campaign["adsets"])


def test_spaces_differ_in_what_they_may():
    """
    One space has template metrics, one has none, one has no subscription, one belongs to somebody else.
    """
    by_id = {space["id"]: space for space in generate(**SMALL)["spaces"]}
    enabled = datetime.fromisoformat(by_id["cams-shop-1"]["roi_metric_enabled_at"]).date()

    assert list(by_id) == ["cams-shop-1", "cams-shop-2", "cams-unsubscribed", "cams-other-owner"]
    assert enabled == AS_OF - timedelta(days=200)
    assert "roi_metric_enabled_at" not in by_id["cams-shop-2"]
    assert [space["subscribed"] for space in by_id.values()] == [True, True, False, True]
    assert len({space["owner_id"] for space in by_id.values()}) == 2
