"""Every operation of CAMS through Alibaba Cloud's own Python SDK: what it sends is read, what it gets it can read."""

import pytest
from alibabacloud_cams20200606 import models
from alibabacloud_cams20200606.client import Client
from alibabacloud_tea_openapi import models as open_api_models

from mockserver.running import running
from mockserver.settings import Settings
from mockserver.world.load import load
from tests.cams_arguments import BEFORE, NAMES, minimal

FILE = load("docs")
METHODS = {name.replace("_", ""): name for name in dir(Client) if not name.endswith(("_async", "_with_options"))}


@pytest.fixture(scope="module")
def server():
    with running(Settings(world="docs", throttle=0)) as running_server:
        yield running_server


def called(server, name):
    """What the SDK makes of the answer to the fewest arguments of *name*."""
    config = open_api_models.Config(
        access_key_id="testid",
        access_key_secret="testsecret",
        endpoint=server.host,
        protocol="HTTP",
        region_id="ap-southeast-1",
    )
    method = getattr(Client(config), METHODS[name.lower()])
    request = getattr(models, f"{name}Request", None)
    return (method(request().from_map(minimal(name, FILE))) if request else method()).body


def test_the_sdk_has_them_all():
    """
    The SDK has a method for each operation of the contract.
    """
    assert {name.lower() for name in NAMES} <= set(METHODS)


@pytest.mark.parametrize("name", NAMES)
def test_the_sdk_reads_every_answer(server, name):
    """
    Each operation answers its own SDK with Code OK and whatever its model promises to hold.
    """
    server.reset()  # what was deleted, archived or disconnected before is there again
    if name in BEFORE:
        called(server, BEFORE[name])
    body = called(server, name)
    server.raise_own_bugs()
    told = body.to_map()

    assert told["RequestId"]
    assert told.get("Code", "OK") == "OK"
    assert told.get("Success", True) is True
