"""What the vendors' SDKs were recorded to send is answered."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from mockserver.pipeline import Request, Runtime
from mockserver.settings import Settings
from mockserver.world.load import WorldFile, build
from tests.cams import (
    Cams,
    assert_cams_error,
    assert_gateway_headers,
)
from tests.cams_world import PAGE, SPACE, document
from tests.conftest import Hands

RECORDED = json.loads((Path(__file__).parents[1] / "fixtures" / "wire" / "cams.json").read_text("utf-8"))
VALUES = {"CustSpaceId": SPACE, "PageId": PAGE, "CampaignName": "sale & <more> “ünï”", "Page": {"Index": 1, "Size": 5}}
DOTTED = {**{name: value for name, value in VALUES.items() if name != "Page"}, "Page.Index": "1", "Page.Size": "5"}


def recorded_world(account: str, page: str) -> WorldFile:
    """A world in which what the SDKs were recorded to ask for exists."""
    world = document()
    world["accounts"][0]["id"] = account
    world["pages"][0]["id"] = page
    world["campaigns"] = [world["campaigns"][0] | {"account_id": account, "page_id": page}]
    ad = world["campaigns"][0]["adsets"][0]["ads"][0]
    ad |= {"id": "233001", "name": "test-campaign été+'()"}
    world["spaces"][0] |= {
        "id": "cams-8c8abc",
        "pages": [page],
        "accounts": [account],
        "roi_metric_enabled_at": "2023-08-01T00:00:00+00:00",
        "waba_id": "65921621816****",
        "phone_numbers": ["861387777000", "8613800000000"],
    }
    template = {"code": "110000000001", "space_id": "cams-8c8abc", "created_time": "2023-08-02T00:00:00+00:00"}
    sent = world["templates"][1] | template
    world["templates"] = [sent, sent | {"code": "1119001", "category": "UTILITY"}]
    key = {"id": "testid", "secret": "testsecret", "owner_id": "1000", "actions": ["*"]}
    world["credentials"]["access_keys"] = [key, key | {"security_token": "CAIS+sts/token=="}]
    world["credentials"]["bearer_tokens"][0]["token"] = "bear-tok-1"
    return build(world)


def also_known_as(file: WorldFile, account: str, other: str) -> WorldFile:
    """*file* with a second id for one ad account: no world holds the punctuation that was recorded."""
    space = replace(file.spaces["cams-8c8abc"], accounts=frozenset({other}))
    nodes = {**file.nodes, f"act_{other}": file.nodes[f"act_{account}"]}
    return replace(file, nodes=nodes, spaces={**file.spaces, space.id: space})


RECORDED_WORLDS = {
    "ListMessageCampaign": also_known_as(recorded_world("23939", "239001"), "23939", "2393 9*~"),
    "GetMessageCampaignInsights": recorded_world("239001", "323001"),
}
OTHER_WORLD = recorded_world("239001", "323001")


def received(entry: dict[str, Any]) -> Request:
    """The recorded *entry* as the pipeline gets it."""
    path, _, query = entry["target"].partition("?")
    headers = {name.lower(): value for name, value in entry["headers"]}
    return Request(entry["method"], path, query, headers, entry["body"].encode())


def recorded_time(request: Request) -> float:
    """The time at which *request* was signed."""
    texts = dict(parse_qsl(request.query)) | dict(parse_qsl(request.body.decode()))
    at = request.headers.get("x-acs-date") or texts["Timestamp"]
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize("entry", RECORDED, ids=lambda entry: entry["name"])
def test_what_the_sdks_sent_is_answered(entry):
    """
    Each recorded request of each SDK, at its own time, is proven, read and answered in the vendor's shape.
    """
    request = received(entry)
    action = entry["name"].split("__")[2]
    cams = Cams(
        Runtime(Settings(), RECORDED_WORLDS.get(action, OTHER_WORLD), Hands(wall=recorded_time(request)).clock())
    )
    response = cams.send(request)
    body = json.loads(response.body)

    assert cams.runtime.bugs == []
    assert (response.status, body["Code"]) == (200, "OK"), body
    assert_gateway_headers(response, "application/json;charset=utf-8")
    assert body.get("Total", 1) == (2 if action == "ListChatappTemplate" else 1)
    assert action != "GetMessageCampaignInsights" or int(body["Data"][0]["MarketingMessagesDelivered"]) > 1000
    assert action != "GetChatappTemplateMetric" or len(body["Data"]) == 4
    if entry["scheme"] != "BEARERTOKEN":
        used = cams.send(request)
        assert_cams_error(
            used, status=400, code="SignatureNonceUsed", message="Specified signature nonce was used already."
        )


def test_every_recorded_request_is_replayed_once():
    """
    186 requests were recorded: 181 signed ones and five with a bearer token.
    """
    assert len(RECORDED) == 186
