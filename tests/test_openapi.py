"""The OpenAPI document says what the contract says: no operation, parameter, field or refusal more or less."""

import json
import re
from functools import cache
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from mockserver.contract.load import load
from mockserver.openapi import document
from mockserver.openapi.files import APART, calls
from mockserver.vendors.meta.errors import ERRORS
from mockserver.world.entities import Account
from mockserver.world.load import load as load_world
from tests.graph import Graph, header

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
STRICT, LOOSE = document(), document(strict=False)
CONTRACT = {name: one for name, one in load("meta").operations.items() if name not in APART}
BOTH = pytest.mark.parametrize("made", [STRICT, LOOSE], ids=["strict", "loose"])


def operations(made):
    """The operations of a document by operationId."""
    return {one["operationId"]: one for item in made["paths"].values() for one in item.values()}


def of(made, name):
    """The operation of *made* that the contract calls *name*."""
    return next(one for one in operations(made).values() if name in one["tags"])


def followed(made, part):
    """*part*, or the component that it refers to."""
    if "$ref" not in part:
        return part
    found = made
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def parameters(made, name):
    """The parameters of an operation by name."""
    return {one["name"]: one for one in (followed(made, part) for part in of(made, name)["parameters"])}


def everything(value):
    """All objects in *value*."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return chain([value] if isinstance(value, dict) else [], *(everything(part) for part in parts))


def validator(made, schema):
    """A validator of *schema*, a part of *made*."""
    return _compiled(made is STRICT, json.dumps(schema))


@cache
def _compiled(strict, schema):
    components = (STRICT if strict else LOOSE)["components"]
    return jsonschema_rs.Draft202012Validator({**json.loads(schema), "components": components})


@BOTH
def test_it_is_an_openapi_document(made):
    """
    The document obeys OpenAPI 3.1: its schema, its references, unique operationIds, all path parameters declared.
    """
    assert made["openapi"] == "3.1.0"
    assert [fault.message for fault in OpenAPIV31SpecValidator(made).iter_errors()] == []


@BOTH
def test_schemathesis_takes_it(made):
    """
    Schemathesis loads the document, and finds it valid, with all of its operations.
    """
    import schemathesis

    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(made)))
    schema.validate()

    assert {one.ok().path for one in schema.get_all_operations()} == set(made["paths"])


@BOTH
def test_it_is_made_the_same_each_time(made):
    """
    Two documents are the same byte by byte, their paths and components in order.
    """
    assert json.dumps(document(strict=made is STRICT)) == json.dumps(made)
    assert list(made["paths"]) == sorted(made["paths"])
    for part in made["components"].values():
        assert list(part) == sorted(part) or part is made["components"]["securitySchemes"]


def test_the_server_is_the_one_asked_for():
    """
    The only server is the address that is given.
    """
    assert document(server="http://mock.test:1")["servers"] == [{"url": "http://mock.test:1"}]


@BOTH
def test_no_keyword_of_ours_is_left(made):
    """
    No x-style, x-from or reference to a file is left in the document.
    """
    objects = list(everything(made["paths"])) + list(everything(made["components"]["schemas"]))

    assert not {name for one in objects for name in one if name.startswith("x-")} - set(STRICT["components"]["headers"])
    assert all(one["$ref"].startswith("#/") for one in objects if isinstance(one.get("$ref"), str))


@BOTH
def test_no_two_paths_are_alike(made):
    """
    No two paths differ in the name of a parameter alone, which OpenAPI forbids.
    """
    plain = [re.sub(r"\{\w+\}", "{}", path) for path in made["paths"]]

    assert len(set(plain)) == len(plain)


@pytest.mark.parametrize("name", CONTRACT)
def test_every_operation_is_there(name):
    """
    Each operation file is told of under its method and path, with its page; a path that several share tells of each.
    """
    contract = CONTRACT[name]
    found = {path: item for path, item in STRICT["paths"].items() if name in item["get"]["tags"]}
    (path,) = found

    assert re.sub(r"\{\w+\}", "{}", path) == re.sub(r"\{\w+\}", "{}", contract.path)
    assert [method.upper() for method in found[path]] == list(contract.methods)
    assert contract.summary in found[path]["get"]["description"]
    assert contract.raw["source"]["page"] in found[path]["get"]["description"]


@pytest.mark.parametrize("name", CONTRACT)
def test_every_parameter_is_there(name):
    """
    The query parameters of the strict document are those of the contract, with type, enum, minimum and default.
    """
    told = {key: one for key, one in parameters(STRICT, name).items() if one["in"] == "query"}
    schemas = CONTRACT[name].parameters

    assert list(told) == list(schemas)
    for key, schema in schemas.items():
        written = told[key]["schema"] if "schema" in told[key] else told[key]["content"]["application/json"]["schema"]
        for keyword in ("type", "enum", "minimum", "default", "required"):
            assert written.get(keyword) == schema.get(keyword), (key, keyword)


@pytest.mark.parametrize("name", CONTRACT)
def test_parameters_travel_as_the_contract_says(name):
    """
    Words with commas are form style without explode, structures travel as JSON, the rest as text.
    """
    for key, schema in CONTRACT[name].parameters.items():
        told = parameters(STRICT, name)[key]
        way = "json" if "content" in told else "csv" if told.get("explode") is False else "text"
        assert way == {"csv": "csv", "lenient": "json", "json": "json"}.get(schema.get("x-style"), "text"), key


@pytest.mark.parametrize("name", CONTRACT)
def test_fields_are_the_known_ones(name):
    """
    The fields parameter takes every field that the contract knows of the operation's records.
    """
    assert CONTRACT[name].record["properties"].keys() <= set(
        parameters(STRICT, name)["fields"]["schema"]["items"]["enum"]
    )


@pytest.mark.parametrize("name", CONTRACT)
def test_every_refusal_is_there(name):
    """
    Each documented error of an operation is an example under its HTTP status, in its words, as the error schema has it.
    """
    responses = of(STRICT, name)["responses"]
    for error in CONTRACT[name].raw["errors"]:
        row = ERRORS[error]
        content = responses[str(row.status)]["content"]["application/json"]
        value = followed(STRICT, content["examples"][error])["value"]
        assert validator(STRICT, content["schema"]).is_valid(value)
        assert (value["error"]["code"], value["error"].get("error_subcode")) == (row.code, row.subcode)
        assert re.split(r"[<{]", value["error"]["message"])[0] == re.split(r"[<{]", row.message)[0]


@BOTH
def test_the_printed_examples_satisfy_it(made):
    """
    The vendor's printed answers satisfy the schemas of both documents.
    """
    for name, contract in CONTRACT.items():
        schema = of(made, name)["responses"]["200"]["content"]["application/json"]["schema"]
        assert all(validator(made, schema).is_valid(one["response"]) for one in contract.raw["examples"])
    printed = STRICT["paths"]["/{version}/{id}/insights"]["get"]["responses"]["200"]["content"]["application/json"]
    assert len(printed["examples"]) == len(CONTRACT["insights"].raw["examples"])


def test_the_loose_document_is_what_the_pages_print():
    """
    The loose document has no pattern, format, minimum, requirement of a field, header or link, and few parameters.
    """
    told = list(everything(LOOSE))

    assert not {"pattern", "format", "minimum", "additionalProperties", "links"} & {
        name for one in told for name in one
    }
    assert not any(isinstance(one.get("required"), list) for one in told)
    assert all(set(one["responses"]) == {"200", "default"} for one in operations(LOOSE).values())
    for name, contract in CONTRACT.items():
        assert set(parameters(LOOSE, name)) - {"version", "id", "ad_id", "adaccount_id"} <= set(contract.parameters)


def test_answers_obey_it(default: Graph):
    """
    Good answers and refusals of the mock have the status, headers and body that the document promises.
    """
    world = load_world("default")
    account = next(name for name, node in world.nodes.items() if isinstance(node, Account))
    ids = {"id": account, "adaccount_id": account, "ad_id": next(iter(default.rows(f"/{account}/ads")))["id"]}
    paths = {one.id: one.path.format(version="v26.0", **ids) for one in calls()}
    for name, path in paths.items():
        for asked in ({}, {"fields": "id,"}, {"limit": "0"}, {"access_token": None}, {"access_token": "EAApowerless"}):
            answer = default.get(path, **asked)
            promised = operations(STRICT)[name]["responses"][str(answer.status)]
            schema = promised["content"]["application/json"]["schema"]
            assert validator(STRICT, schema).is_valid(json.loads(answer.body)), answer.body
            for key, part in promised["headers"].items():
                value = header(answer, key)
                schema = followed(STRICT, part)["schema"]
                assert validator(STRICT, schema).is_valid(value), (name, key, value)
                if "contentSchema" in schema:
                    assert validator(STRICT, schema["contentSchema"]).is_valid(json.loads(value)), (key, value)


def test_links_lead_to_operations():
    """
    Every link leads to an operation of the document, and gives parameters that it has.
    """
    for one in operations(STRICT).values():
        for link in one["responses"]["200"].get("links", {}).values():
            target = operations(STRICT)[link["operationId"]]
            assert set(link["parameters"]) <= set(parameters(STRICT, target["tags"][0]))


def test_the_readme_lists_its_operations():
    """
    The Graph operations in the README's table are those of the document, and each is called under a path of it.
    """
    rows = re.findall(r"^\| meta \| `?(\w+)`? \| `GET ([^`]+)` \|", README, re.MULTILINE)
    paths = {re.sub(r"\{\w+\}", "<>", path) for path in STRICT["paths"]}

    assert {name for name, _ in rows} - APART == {tag["name"] for tag in STRICT["tags"]}
    assert {re.sub(r"<\w+>", "<>", path) for name, path in rows if name not in APART} == paths


@pytest.mark.parametrize("loose", [False, True])
def test_the_command_prints_it(run, tmp_path, loose):
    """
    `mockserver openapi` prints the document as JSON, strict or loose, to standard output or to a file.
    """
    option = ["--loose"] if loose else []
    code, printed, _ = run("openapi", *option, "--server", "http://mock.test")
    file = tmp_path / "openapi.json"
    assert run("openapi", *option, "--output", str(file)) == (0, "", "")

    assert code == 0
    assert json.loads(printed) == document(strict=not loose, server="http://mock.test")
    assert urlsplit(json.loads(file.read_bytes())["servers"][0]["url"]).port == 8086
