"""Pages and ad accounts stay with who has them."""

import json

import pytest

from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.world.load import load
from tests.cams import Cams

THEIRS = {"CustSpaceId": "cams-other-owner", "AuthenticationCode": "x", "BusinessId": "y"}
THEIR_PAGE, THEIR_ACCOUNT = "143860984373412", "1424012069508711"
PAGE, ACCOUNT = "192551935606084", "8296791296031066"


@pytest.fixture
def owners(hands):
    """Two owners of one world: who has the shops, and another."""
    runtime = Runtime(Settings(throttle=0), load("default"), hands.clock())
    return Cams(runtime, key="testid", secret="testsecret"), Cams(runtime, key="LTAIother", secret="othersecret")


@pytest.mark.parametrize(
    ("page", "accounts"), [(PAGE, [ACCOUNT]), (THEIR_PAGE, [THEIR_ACCOUNT, ACCOUNT]), (PAGE, [THEIR_ACCOUNT])]
)
def test_nobody_takes_what_another_has(owners, page, accounts):
    """
    A page or an ad account that another owner's space has is refused, and the ledger hears nothing of it.
    """
    _, other = owners
    refused = other.call("CreateMessengerPage", **THEIRS, PageId=page, AdAccountIds=accounts)

    assert json.loads(refused.body)["Code"] == "Unknown.ResourceOwnerId"
    assert other.runtime.world.ledger.events == []


def test_a_page_is_bound_by_its_owner_alone(owners):
    """
    Another owner's instance is not given a page until its owner has taken it out of every space.
    """
    one, other = owners
    spaces = [row["InstanceId"] for row in one.read("ListInstance")["Data"]]
    bind = {"InstanceId": "cams-other-owner", "AuthenticationCode": "x", "PageId": PAGE}
    refused = other.call("BindMessengerPage", **bind)
    for space in spaces:
        if PAGE in one.runtime.world.made.spaces[space].pages:
            one.read("DeleteMessengerPage", InstanceId=space, PageId=PAGE)

    assert json.loads(refused.body)["Code"] == "Unknown.ResourceOwnerId"
    assert other.read("BindMessengerPage", **bind)["Data"][0]["PageId"] == PAGE


def test_an_owner_shares_and_takes_back(owners):
    """
    The spaces of one owner may share a page and its accounts, and take them back after they are gone.
    """
    one, _ = owners
    spaces = [row["InstanceId"] for row in one.read("ListInstance")["Data"]]
    create = {"PageId": PAGE, "AdAccountIds": [f"act_{ACCOUNT}"], "AuthenticationCode": "x", "BusinessId": "y"}
    for space in spaces * 2:
        one.read("CreateMessengerPage", **create, CustSpaceId=space)
        one.read("DeleteMessengerPage", InstanceId=space, PageId=PAGE)
        one.read("CreateMessengerPage", **create, CustSpaceId=space)

    assert all(PAGE in one.runtime.world.made.spaces[space].pages for space in spaces)
