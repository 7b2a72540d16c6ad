"""Every one of the vendor's 173 operations: answered, strict, stable."""

import json
from dataclasses import replace

import pytest

from contract_tests.found_others import speaks
from contract_tests.properties.cams_others import ILL
from mockserver.contract.load import load
from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.vendors.cams.generated import IGNORED
from mockserver.vendors.cams.handlers import WORLD
from mockserver.world.load import load as load_world
from tests.cams import Cams, assert_cams_error
from tests.cams_arguments import BEFORE, NAMES, minimal, other
from tests.cams_world import FOREIGN, SECOND, UNSUBSCRIBED, world_file

OPERATIONS = load("cams").operations
GENERATED = sorted(set(NAMES) - set(WORLD))
READS_AND_SETTERS = sorted(
    set(WORLD)
    - {"CreateMessageCampaign", "CreateChatappTemplate", "ModifyChatappTemplate", "DeleteChatappTemplate"}
    - {"SendChatappMessage", "SendChatappMassMessage", "DeleteMessengerPage", "UpdateWabaMmlStatus"}
    - {"CreateInstance", "DeleteInstance"}
)
each = pytest.mark.parametrize("name", NAMES)
CURSORS = frozenset({"After", "Before", "NextToken", "PageKey"})  # nobody can make one up
IDS = ("RequestId",)


def told(cams, name, values):
    """What *name* answers to *values*, but for the id of the request."""
    body = cams.read(name, **values)
    return {part: value for part, value in body.items() if part not in IDS}


def ready(cams, name):
    """The arguments of *name*, once what it needs has happened."""
    if name in BEFORE:
        cams.read(BEFORE[name], **minimal(BEFORE[name]))
    return minimal(name)


def test_there_are_all_of_them():
    """
    The contract has the vendor's 173 operations, and each has a handler.
    """
    dialect = Cams(None).dialect

    assert len(OPERATIONS) == 173
    assert set(dialect.handlers) == set(OPERATIONS)
    assert set(WORLD) < set(OPERATIONS)


@each
def test_an_operation_answers_the_fewest_arguments(cams, name):
    """
    Every operation answers OK to its required arguments, in JSON, with everything that its schema promises.
    """
    body = told(cams, name, ready(cams, name))

    assert body.get("Success", True) is True
    assert set(OPERATIONS[name].raw["response"].get("then", {}).get("required", ())) <= set(body)


@each
def test_an_operation_answers_in_xml_and_by_get(cams, name):
    """
    A V1 call by GET without Format is answered in XML, under the name of the operation.
    """
    values = ready(cams, name)
    response = cams.send(cams.v1(name, values, common={"Format": None}))

    assert response.status == 200
    assert response.body.startswith(f"<?xml version='1.0' encoding='UTF-8'?><{name}Response>".encode())


@each
def test_a_missing_parameter_is_refused(cams, name):
    """
    Without any one of its required parameters an operation answers Missing<Parameter>.
    """
    values = minimal(name)
    for parameter in OPERATIONS[name].raw["request"]["required"]:
        without = {one: value for one, value in values.items() if one != parameter}
        response = cams.call(name, **without)

        assert_cams_error(
            response, status=400, code=f"Missing{parameter}", message=f"{parameter} is mandatory for this action."
        )


@each
def test_an_ill_typed_parameter_is_refused(cams, name):
    """
    A parameter of another type than its own is refused by its name, an odd Page in the operation's own body.
    """
    values = minimal(name)
    for parameter, schema in OPERATIONS[name].parameters.items():
        if schema.get("type") not in ILL:
            continue
        response = cams.call(name, **{**values, parameter: ILL[schema["type"]]})

        if parameter == "Page":
            success = False if "Success" in OPERATIONS[name].raw["response"]["properties"] else None
            told = {"code": "InvalidParameter.PageInvalid", "message": "The Page parameter format is invalid."}
            assert_cams_error(response, status=200, success=success, **told)
        else:
            message = f"Specified parameter {parameter} is not valid."
            assert_cams_error(response, status=400, code=f"Invalid{parameter}", message=message)


@pytest.mark.parametrize("beyond", [2**63, -(2**63) - 1])
@each
def test_an_integer_beyond_64_bits_is_refused(cams, name, beyond):
    """
    What no 64 bits hold is refused like a word, and as far as the schema goes the largest integers are answered.
    """
    values = minimal(name)
    for parameter, schema in OPERATIONS[name].parameters.items():
        if schema.get("type") == "integer":
            body = json.loads(cams.call(name, **{**values, parameter: beyond}).body)

            assert body["Code"] == f"Invalid{parameter}"
            assert cams.call(name, **{**values, parameter: beyond - 1 if beyond > 0 else beyond + 1}).status != 500


@each
def test_a_part_that_is_missing_is_named_by_its_place(cams, name):
    """
    An object without one of its required parts is refused as Missing<Parameter.Part>.
    """
    values = minimal(name)
    for parameter, schema in OPERATIONS[name].parameters.items():
        for part in schema.get("required", ()):
            whole = minimal(name).get(parameter) or dict.fromkeys(schema["required"], 1)
            without = {one: value for one, value in whole.items() if one != part}
            body = json.loads(cams.call(name, **{**values, parameter: without or {"Else": 1}}).body)

            assert body["Code"] == f"Missing{parameter}.{part}"


@pytest.mark.parametrize("name", [name for name in NAMES if "CustSpaceId" in OPERATIONS[name].parameters])
def test_spaces_of_others_are_nobodys(cams, name):
    """
    A space that is unknown or another owner's is refused, and so is one that is not subscribed.
    """
    values = minimal(name)
    codes = [
        json.loads(cams.call(name, **{**values, "CustSpaceId": space}).body)["Code"]
        for space in ("nowhere", FOREIGN, UNSUBSCRIBED)
    ]

    assert codes == ["Unknown.ResourceOwnerId", "Unknown.ResourceOwnerId", "Product.Unsubscript"]


@each
def test_each_operation_needs_its_permission(cams, name):
    """
    A key without any policy is refused every operation, whatever it asks.
    """
    body = json.loads(Cams(cams.runtime, key="powerless").call(name, **minimal(name)).body)

    assert body["Code"] == "Ram.PermissionDeny"
    assert body["AccessDeniedDetail"]["AuthAction"] == OPERATIONS[name].raw["permission"]


@pytest.mark.parametrize("name", [name for name in NAMES if OPERATIONS[name].raw["qps"]])
def test_each_documented_limit_is_kept(hands, name):
    """
    As many calls a second as documented are let in, and not one more.
    """
    cams = Cams(Runtime(Settings(throttle=1), world_file(), hands.clock()))
    limit = OPERATIONS[name].raw["qps"]
    codes = [json.loads(cams.call(name).body)["Code"] for _ in range(limit + 1)]

    assert codes.count("System.LimitControl") == 1
    assert codes[-1] == "System.LimitControl"


@pytest.mark.parametrize("name", GENERATED + READS_AND_SETTERS)
def test_answers_are_stable(cams, hands, name):
    """
    The same arguments get the same answer: again, on another server of the same world, and from another key.
    """
    elsewhere = Cams(Runtime(Settings(throttle=0), world_file(), hands.clock()))
    hands.forward(3600)
    values = minimal(name)
    first = told(cams, name, values)

    assert told(cams, name, values) == first
    assert told(elsewhere, name, values) == first


@pytest.mark.parametrize("name", [name for name in GENERATED if speaks(name)])
def test_every_argument_tells(cams, name):
    """
    Another value of any one argument gets another answer, but for the few that the vendor ignores.
    """
    values = minimal(name)
    first = told(cams, name, values)
    for parameter in sorted(set(OPERATIONS[name].parameters) - IGNORED - CURSORS):
        value = SECOND if parameter in ("CustSpaceId", "InstanceId") else other(name, parameter)

        assert told(cams, name, {**values, parameter: value}) != first, parameter


@pytest.mark.parametrize("name", [name for name in GENERATED if speaks(name)])
def test_another_seed_answers_something_else(cams, hands, name):
    """
    What is made up belongs to the world's seed.
    """
    other_world = Cams(Runtime(Settings(throttle=0), replace(world_file(), seed=6), hands.clock()))

    assert told(cams, name, minimal(name)) != told(other_world, name, minimal(name))


@pytest.mark.parametrize("name", [name for name in GENERATED if OPERATIONS[name].raw["paging"]])
def test_a_generated_page_is_a_slice(cams, name):
    """
    Pages of any size put together are the same list, as long as its Total.
    """
    parameters = OPERATIONS[name].parameters
    index = next((one for one in ("PageIndex", "PageNo") if one in parameters), None)
    listing = OPERATIONS[name].listing

    def page(number, size):
        whole = {"Page": {"Index": number, "Size": size}} if index is None else {index: number, "PageSize": size}
        return told(cams, name, {**minimal(name), **whole})

    whole = page(1, 1000)
    walked = [row for number in range(1, 10) for row in page(number, 7)[listing]]

    assert walked == whole[listing]
    assert {page(9, 7)[part] for part in ("Total", "TotalCount") if part in whole} <= {len(walked)}


def test_a_caller_without_a_space_is_not_subscribed(cams):
    """
    An operation that names no space needs one of the caller's all the same.
    """
    nobody = Cams(cams.runtime, key="nobody")
    codes = {
        name: json.loads(nobody.call(name, **minimal(name)).body)["Code"] for name in ("ListDmTag", "ListInstance")
    }

    assert set(codes.values()) == {"Product.Unsubscript"}
    assert nobody.read("GetChatappOpenStatus")["OpenStatus"] is False


def test_what_is_asked_for_is_named_in_the_answer(cams):
    """
    An answer that names a subject names the one that was asked for.
    """
    assert cams.read("GetFlow", FlowId="77")["Data"]["FlowId"] == "77"


@pytest.mark.parametrize("world", ["docs", "default"])
def test_every_shipped_world_answers_everything(hands, world):
    """
    The fewest arguments are answered in the shipped worlds too.
    """
    file = load_world(world)
    for name in NAMES:
        cams = Cams(Runtime(Settings(throttle=0), file, hands.clock()), key="testid", secret="testsecret")
        if name in BEFORE:
            cams.read(BEFORE[name], **minimal(BEFORE[name], file))
        body = json.loads(cams.call(name, **minimal(name, file)).body)

        assert (name, body.get("Code", "OK")) == (name, "OK")
