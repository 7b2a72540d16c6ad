"""Profiles: ids from a file, secrets from the environment or a command, never from the file."""

import json
from datetime import date

import pytest

from contract_tests import profile_file, worlds
from contract_tests.aim import Aim, aimed
from contract_tests.profile import ProfileFault
from mockserver.kit import make

WHOLE = """
pace = 5
today = 2026-11-21
[meta]
base_url = "https://graph.example/"
ad_account_id = "act_7"
access_token = {env = "TEST_TOKEN"}
app_secret = {command = "echo s3cr3t"}
[cams]
access_key_id = {env = "TEST_KEY"}
access_key_secret = {env = "TEST_SECRET"}
cust_space_id = "cams-1"
page_id = "23"
ad_account_id = "act_24"
template_code = "1100"
[[divergence]]
property = "META-T1"
until = 2027-01-01
reason = "estimates are still moving"
"""


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Writes a profile and reads it."""
    for name in ("TEST_TOKEN", "TEST_KEY", "TEST_SECRET"):
        monkeypatch.setenv(name, f"value of {name}")

    def write(text: str):
        (tmp_path / "profile.toml").write_text(text, "utf-8")
        return profile_file.read(str(tmp_path / "profile.toml"))

    return write


def test_a_profile_has_ids_in_the_file_and_secrets_elsewhere(written):
    """
    Ids, pace and known divergences come from the file; secrets from the environment and from commands.
    """
    profile = written(WHOLE)

    assert profile.meta.base_url == "https://graph.example"
    assert (profile.meta.token.token, profile.meta.token.app_secret) == ("value of TEST_TOKEN", "s3cr3t")
    assert profile.meta.accounts == ("act_7",)
    assert (profile.cams.spaces[0].accounts, profile.cams.templates[0].code) == (("24",), "1100")
    assert (profile.pace, profile.today) == (5.0, date(2026, 11, 21))
    assert profile.divergences[0].until == date(2027, 1, 1)
    assert set(profile.secrets) == {"value of TEST_TOKEN", "s3cr3t", "value of TEST_KEY", "value of TEST_SECRET"}


def test_a_secret_that_is_not_set_puts_its_vendor_out_of_scope(written, monkeypatch):
    """
    Without the token in the environment there is no Graph half, and the reason names the variable.
    """
    monkeypatch.delenv("TEST_TOKEN")
    profile = written(WHOLE)

    assert profile.meta is None
    assert profile.missing == {"meta": "meta.access_token is not set: the environment has no TEST_TOKEN"}
    assert profile.cams is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[meta]\naccess_token = "EAAtok"', "meta.access_token must not stand in the file"),
        ('[meta]\naccess_token = {file = "x"}', "meta.access_token must not stand in the file"),
        ('[meta]\naccess_token = {command = "no-such-command"}', "the command of meta.access_token failed"),
        ('[meta]\ntoken = "x"', "[meta] has 'token', expected one of"),
        ("[graph]", "has 'graph', expected one of"),
        ("meta = 3", "meta in the profile is 3, expected a table"),
        ("meta = {", "is not TOML"),
        ("today = 3", "today in the profile is 3, expected a date"),
        ("divergence = 3", "expected [[divergence]] tables"),
        ('[meta]\nbase_url = ""\naccess_token = {env = "TEST_TOKEN"}', "meta.base_url is ''"),
        ('[meta]\nbase_url = "http://[x"\naccess_token = {env = "TEST_TOKEN"}', "meta.base_url is 'http://[x'"),
        ("pace = -1", "pace in the profile is -1, expected calls a second above 0"),
        ("today = 2026-11-21T00:00:00", "expected a date"),
        ('[[divergence]]\nproperty = "META-T1"', "expected property, until (a date) and reason"),
    ],
)
def test_a_bad_profile_is_one_plain_sentence(written, text, told):
    """
    What is wrong in a profile is named, with what was expected.
    """
    with pytest.raises(ProfileFault) as fault:
        written(text)

    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("aim", "told"),
    [
        (Aim("ftp://x"), "target is 'ftp://x', expected mock, live or a URL"),
        (Aim("http://127.0.0.1:99999"), "target is 'http://127.0.0.1:99999'"),
        (Aim("http://[x"), "target is 'http://[x'"),
        (Aim("http://127.0.0.1:1/v26.0"), "target is 'http://127.0.0.1:1/v26.0'"),
        (Aim("https://graph.facebook.com"), "is a live vendor; ask it with --target live"),
        (Aim("live", profile="p.toml"), "it also needs MOCKSERVER_ALLOW_LIVE=1"),
        (Aim("mock", world="nowhere.json"), "cannot read the world nowhere.json"),
        (Aim("http://127.0.0.1:1"), "nothing answers at http://127.0.0.1:1"),
        (Aim("http://127.0.0.1:1", profile="nowhere.toml"), "cannot read the profile nowhere.toml"),
    ],
)
def test_a_target_that_cannot_be_asked_is_one_plain_sentence(aim, told, monkeypatch):
    """
    Live needs two keys, and every other aim something that answers.
    """
    monkeypatch.delenv("MOCKSERVER_ALLOW_LIVE", raising=False)
    with pytest.raises(ProfileFault) as fault, aimed(aim, make):
        pass

    assert told in str(fault.value)


@pytest.mark.parametrize("name", ["default", "docs"])
def test_a_world_file_is_a_profile(name):
    """
    The shipped worlds have all that the kit needs: an ordinary token and key, a usable space, a marketing template.
    """
    profile = worlds.profile(worlds.read(name), "http://x")

    assert profile.meta.token.token
    assert profile.cams.spaces
    assert any(one.usable for one in profile.cams.templates)
    assert profile.meta.token.token in profile.secrets


def test_specimens_of_bad_credentials_come_from_the_world():
    """
    The default world has a token and a key of every kind that is refused.
    """
    profile = worlds.profile(worlds.read("default"), "http://x")

    assert set(profile.meta.tokens) == {"expired", "powerless", "password_changed", "deauthorized", "narrow", "proof"}
    assert {"inactive", "powerless", "other_owner", "temporary"} <= set(profile.cams.keys)
    assert set(profile.cams.closed) == {"unsubscribed", "other_owner"}


def test_a_world_without_credentials_leaves_nothing_to_ask(tmp_path):
    """
    A world file without credentials puts both vendors out of scope.
    """
    (tmp_path / "w.json").write_text(json.dumps({"credentials": {}}), "utf-8")
    profile = worlds.profile(worlds.read(str(tmp_path / "w.json")), "http://x")

    assert (profile.meta, profile.cams) == (None, None)
