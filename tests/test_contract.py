"""The operation files are sound, and each vendor example satisfies its own schema."""

import json
from pathlib import Path

import jsonschema
import pytest

from mockserver.contract import lenient, styles
from mockserver.contract.load import load
from mockserver.contract.operation import ensure
from mockserver.errors import ContractBug, InvalidArguments
from mockserver.resources import folder

OPERATIONS = [operation for vendor in ("meta", "cams") for operation in load(vendor).operations.values()]
FILES = sorted(path for vendor in ("meta", "cams") for path in (folder("schemas") / vendor).glob("[!_]*.json"))
named = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.vendor}-{one.name}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_operation_file_obeys_the_file_schema(path: Path):
    """
    An operation file holds what schemas/operation.json says, judged by an independent validator.
    """
    rules = json.loads((folder("schemas") / "operation.json").read_text())

    jsonschema.validate(json.loads(path.read_text()), rules)


@named
def test_schemas_are_schemas(operation):
    """
    Request and response schemas are valid JSON Schema 2020-12.
    """
    for part in ("request", "response"):
        jsonschema.Draft202012Validator.check_schema(operation.raw[part])


@named
def test_each_vendor_example_satisfies_its_own_schema(operation):
    """
    What the vendor prints as an answer passes the operation's response schema, judged by two validators.
    """
    for example in operation.raw["examples"]:
        operation.check(example["response"])
        jsonschema.validate(example["response"], operation.raw["response"])


def test_each_operation_with_a_page_carries_its_printed_example():
    """
    The four operations of the vendors' pages show what those pages print.
    """
    printed = {one.name for one in OPERATIONS if one.raw["examples"]}

    assert {"insights", "ListMessageCampaign", "GetMessageCampaignInsights", "GetChatappTemplateMetric"} <= printed


@named
def test_only_two_keywords_are_our_own(operation):
    """
    The schemas use x-style and x-from, and no third keyword of ours.
    """
    found = set()

    def walk(value):
        if isinstance(value, dict):
            found.update(key for key in value if key.startswith("x-") and not isinstance(value[key], dict))
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(part)

    walk([operation.raw["request"], operation.raw["response"]])

    assert found <= {"x-style", "x-from"}


@named
def test_an_unknown_key_breaks_the_response_schema(operation):
    """
    A body with a key that the contract does not know is a bug of this server, and says so.
    """
    with pytest.raises(ContractBug, match=operation.name):
        operation.check({"surprise": 1})


def test_a_broken_body_is_named_with_its_place():
    """
    The message of a contract bug says what is wrong and where.
    """
    insights = load("meta").operations["insights"]

    with pytest.raises(ContractBug, match=r"insights: .*'data', 0, 'spend'"):
        ensure(
            insights.response_validator,
            {"data": [{"spend": 3, "date_start": "2026-01-01", "date_stop": "2026-01-01"}]},
            "insights",
        )


def test_arguments_are_typed_defaulted_and_checked():
    """
    Texts become what the schema declares, defaults fill in, unknown names are left out, faults are named.
    """
    insights = load("meta").operations["insights"]
    read = insights.read({"limit": "3", "fields": "spend,reach", "default_summary": "false", "id": "x"})

    assert read["limit"] == 3
    assert read["fields"] == ["spend", "reach"]
    assert read["default_summary"] is False
    assert read["time_increment"] == "all_days"
    assert "id" not in read
    with pytest.raises(InvalidArguments) as refused:
        insights.read({"limit": "three"})
    assert (refused.value.problems[0].parameter, refused.value.problems[0].kind) == ("limit", "type")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('["a","b"]', ["a", "b"]),
        ("['a', 'b']", ["a", "b"]),
        ("[a,b]", ["a", "b"]),
        ("[]", []),
        ("{'since':'2026-01-01','until':'2026-01-02'}", {"since": "2026-01-01", "until": "2026-01-02"}),
        ("{since:2026-01-01, until:2026-01-02}", {"since": "2026-01-01", "until": "2026-01-02"}),
        (
            '[{field:"ad.impressions",operator:"GREATER_THAN",value:0},]',
            [{"field": "ad.impressions", "operator": "GREATER_THAN", "value": 0}],
        ),
        ("{'a': True, 'b': None}", {"a": True, "b": None}),
        (r"['it\'s']", ["it's"]),
        ("plain words", "plain words"),
    ],
)
def test_every_spelling_of_a_client_is_read(text, value):
    """
    JSON and what passes for it among real clients is read as what it means.
    """
    assert lenient.loads(text) == value


@pytest.mark.parametrize(
    "text", ["", "[", "{", "[a", "{a}", "{a:}", "]", "[a b:]", "a,b", "{'a':1", "[" * 100_000, '"a']
)
def test_what_no_client_means_is_refused(text):
    """
    Anything else is a ValueError, however deep it nests.
    """
    with pytest.raises(ValueError, match=r".*"):
        lenient.loads(text)


@pytest.mark.parametrize(
    ("numerator", "denominator", "places", "printed"),
    [
        (268 * 100, 2755, 6, "9.727768"),
        (2188 * 100, 2755, 6, "79.419238"),
        (3887, 268 * 100, 6, "0.145037"),
        (3887, 2755 * 100, 6, "0.014109"),
        (24999, 3887, 2, "6.43"),
        (0, 5, 6, "0"),
        (1, 200, 2, "0.01"),
        (1, 201, 2, "0"),
    ],
)
def test_ratios_print_half_up(numerator, denominator, places, printed):
    """
    A ratio is rounded half up from whole numbers, and zero prints as 0.
    """
    assert styles.decimal(numerator, denominator, places) == printed
