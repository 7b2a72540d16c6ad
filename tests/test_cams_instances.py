"""Instances that are created, renamed and deleted through CAMS."""

import json

import pytest

from mockserver.world.ledger import InstanceDeleted
from mockserver.world.now import World
from tests.cams import Cams
from tests.cams_arguments import minimal
from tests.cams_world import FOREIGN, SECOND, SPACE

NEW = {"ChannelType": "viber", "InstanceName": "new shop"}


def code(response):
    """The code of a refusal."""
    return json.loads(response.body)["Code"]


def ids(cams):
    """The instances that are listed."""
    return [row["InstanceId"] for row in cams.read("ListInstance")["Data"]]


def test_a_created_instance_is_a_space(cams):
    """
    It is listed and found as it was created, belongs to its owner alone, and templates are made in it.
    """
    made = cams.read("CreateInstance", **NEW, InstanceDescription="for tests", CountryId="49")["Data"]
    id_ = made["InstanceId"]
    told = cams.read("QueryInstance", InstanceId=id_)["Data"]
    listed = cams.read("ListInstance", ChannelType="VIBER", FilterStr="shop")["Data"]
    template = {**minimal("CreateChatappTemplate"), "CustSpaceId": id_, "TemplateType": "VIBER"}

    assert (told["InstanceName"], told["ChannelType"], told["CountryId"]) == ("new shop", "VIBER", "49")
    assert (told["InstanceDescription"], told["SubmitTime"]) == ("for tests", "2026-11-21 12:00:00")
    assert made.items() <= told.items()
    assert ids(cams) == [SPACE, SECOND, id_]
    assert [row["InstanceId"] for row in listed] == [id_]
    assert cams.read("CreateChatappTemplate", **template)["Data"]["TemplateCode"]
    assert id_ not in ids(Cams(cams.runtime, key="other"))


def test_no_two_instances_share_an_id(cams):
    """
    What is created again is another instance.
    """
    made = [cams.read("CreateInstance", **NEW)["Data"]["InstanceId"] for _ in range(9)]

    assert len({*made, SPACE, SECOND}) == 11


def test_an_updated_instance_is_told_as_it_is_now(cams):
    """
    The new name and description are told by every operation; what is not said stays.
    """
    cams.read("UpdateInstance", InstanceId=SECOND, InstanceName="first", InstanceDescription="why")
    updated = cams.read("UpdateInstance", InstanceId=SECOND, InstanceName="renamed")["Data"]
    told = cams.read("QueryInstance", InstanceId=SECOND)["Data"]

    assert updated["Description"] == updated["InstanceDescription"] == told["InstanceDescription"] == "why"
    assert updated["InstanceName"] == told["InstanceName"] == "renamed"
    assert [row["InstanceId"] for row in cams.read("ListInstance", InstanceName="renamed")["Data"]] == [SECOND]


def test_a_deleted_instance_is_nobodys(cams):
    """
    It is neither listed nor found, no operation takes its space, and a reset brings it back.
    """
    cams.read("DeleteInstance", InstanceId=SECOND)
    refused = [cams.call(name, InstanceId=SECOND) for name in ("QueryInstance", "DeleteInstance")]
    refused.append(cams.call("ListChatappTemplate", CustSpaceId=SECOND))
    before = ids(cams)
    cams.runtime.reset()

    assert {code(response) for response in refused} == {"Unknown.ResourceOwnerId"}
    assert (before, ids(cams)) == ([SPACE], [SPACE, SECOND])


@pytest.mark.parametrize("name", ["UpdateInstance", "DeleteInstance", "ListInstagramPage", "BindInstagramPage"])
@pytest.mark.parametrize("id_", ["no-such", FOREIGN])
def test_an_instance_of_nobody_or_another_is_refused(cams, name, id_):
    """
    What does not exist or is another owner's is neither changed nor deleted.
    """
    response = cams.call(name, **{**minimal(name), "InstanceId": id_})

    assert code(response) == "Unknown.ResourceOwnerId"
    assert cams.runtime.world.ledger.events == []


def test_an_instance_is_of_a_known_channel(cams):
    """
    A channel that the list of instances does not know is refused.
    """
    response = cams.call("CreateInstance", ChannelType="pigeon", InstanceName="x")

    assert code(response) == "InvalidParameter.ChannelTypeNotSupport"
    assert ids(cams) == [SPACE, SECOND]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("AddChatappPhoneNumber", {}),
        ("BindMessengerPage", {"InstanceId": SECOND}),
        ("UpdateInstance", {"InstanceId": SECOND}),
        ("DeleteMessengerPage", {}),
    ],
)
def test_what_is_deleted_under_a_write_is_gone(cams, monkeypatch, name, arguments):
    """
    A space that is deleted after a write was checked and before it was kept is gone, and nothing breaks.
    """
    record, space = World.record, arguments.get("InstanceId", SPACE)

    def overtaken(world, make):
        record(world, lambda _: InstanceDeleted(space))
        return record(world, make)

    monkeypatch.setattr(World, "record", overtaken)
    response = cams.call(name, **{**minimal(name), **arguments})
    monkeypatch.undo()

    assert response.status < 500, response.body
    assert any(isinstance(event, InstanceDeleted) for event in cams.runtime.world.ledger.events)
    assert space not in ids(cams)
