"""Every error of the Graph dialect can be met, in Meta's words, where the contract says so."""

import json

import pytest

from mockserver.contract.load import load
from mockserver.vendors.meta.errors import ERRORS
from tests.graph import ACCOUNT, AD, Graph, assert_graph_error, graph_on, header
from tests.graph_asking import GRAPH, PATHS
from tests.graph_refusals import REFUSALS

OPERATIONS = load("meta").operations
PAIRS = [(one, operation) for one in REFUSALS for operation in one.operations]


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert GRAPH.runtime.bugs == []


@pytest.mark.parametrize(("refusal", "operation"), PAIRS, ids=lambda one: getattr(one, "name", one))
def test_an_error_has_metas_words_code_status_and_type(refusal, operation):
    """
    The whole shape of an error is the one that the facts give, for every operation that knows it.
    """
    response = refusal.ask(PATHS[operation])
    error = assert_graph_error(
        response,
        status=refusal.status,
        message=refusal.words(operation),
        code=refusal.code,
        subcode=refusal.subcode,
        kind=refusal.kind,
    )

    assert {name: error[name] for name in error if name in ("is_transient", "error_user_title", "error_user_msg")} == (
        refusal.extra
    )


def test_every_row_of_the_table_is_met():
    """
    No error stands in the table that nobody can meet, and none is met that does not stand there.
    """
    assert {one.name for one in REFUSALS} == set(ERRORS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_lists_exactly_the_errors_that_it_gives(operation):
    """
    The errors of an operation file are rows of the table, and each of them is met on that very operation.
    """
    assert {one.name for one, met in PAIRS if met == operation} == set(OPERATIONS[operation].raw["errors"])
    assert set(PATHS) == set(OPERATIONS)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("a,a", "(#100) a is not valid for fields param. please check"),
        ("labels,labels", "(#100) labels is not valid for fields param after V19.0"),
        ("marketing_messages_website_purchase", "(#100) marketing_messages_website_purchase is not valid for fields"),
        ("website_purchase_roas{value}", "(#100) website_purchase_roas{value} is not valid for fields param."),
    ],
)
def test_a_field_is_refused_once_and_by_its_name(docs: Graph, fields, message):
    """
    A field that is asked for twice is refused once; what v26 removed is refused as the live API refuses it.
    """
    error = json.loads(docs.get(f"/{ACCOUNT}/insights", fields=fields).body)["error"]

    assert error["message"].startswith(message)


@pytest.mark.parametrize("word", ["lifetime", "last_30_days", "LAST_30D", "", "[]"])
def test_only_the_twenty_presets_are_presets(docs: Graph, word):
    """
    Names of older versions, other cases and nothing at all are no presets.
    """
    error = json.loads(docs.get(f"/{ACCOUNT}/insights", date_preset=word).body)["error"]

    assert error["message"].startswith("(#100) date_preset must be one of the following values: today, yesterday,")


@pytest.mark.parametrize("value", ["2026-01-01", "[]", "{}", "null", "5", "", "{'since'", "'a'"])
def test_a_time_range_that_is_no_object_is_empty(docs: Graph, value):
    """
    Whatever is not an object with dates is answered like an empty time range.
    """
    response = docs.get(f"/{ACCOUNT}/insights", time_range=value)

    assert_graph_error(response, status=400, message="(#100) param time_range must be non-empty.", code=100)


@pytest.mark.parametrize(
    "since",
    [
        "2026-02-30",
        "2026-1-1",
        "20260101",
        "2026-01-01T00:00:00",
        "today",
        " 2026-01-01",
        1767225600,
        "٢٠٢٦-٠١-٠١",
        None,
    ],
)
def test_a_date_is_written_as_year_month_and_day(docs: Graph, since):
    """
    "UNIX timestamp not supported", nor a time of day, nor a day that the month has not, nor no date at all.
    """
    response = docs.get(f"/{ACCOUNT}/insights", time_range={"since": since, "until": "2026-02-01"})
    message = "(#100) Must be a date representation in the format YYYY-MM-DD"

    assert_graph_error(response, status=400, message=message, code=100)


@pytest.mark.parametrize(
    "value", ["0", "-1", "91", "1.5", "weekly", "Monthly", "true", "[1]", "", "10000000000000000000"]
)
def test_increments_are_1_to_90_days_or_named(docs: Graph, value):
    """
    Outside 1 to 90, monthly and all_days there is no increment.
    """
    error = json.loads(docs.get(f"/{ACCOUNT}/insights", time_increment=value).body)["error"]

    assert error["message"].startswith("(#100) time_increment must be an integer between 1 and 90")


def test_an_operator_is_checked_before_the_field(docs: Graph):
    """
    With both wrong, the operator is named; with several entries wrong, the first.
    """
    wrong = {"field": "nonsense", "operator": "LIKE", "value": 1}
    good = {"field": "action_type", "operator": "IN", "value": []}
    error = json.loads(docs.get(f"/{ACCOUNT}/insights", filtering=[good, wrong]).body)["error"]

    assert error["message"].startswith("(#100) Param filtering[1][operator] must be one of {EQUAL, NOT_EQUAL,")


@pytest.mark.parametrize(
    ("value", "got"),
    [(5, "integer"), (True, "boolean"), (None, "null"), ({}, "object"), ([["a"]], "array"), (1.5, "float")],
)
def test_a_filter_value_is_a_text(docs: Graph, value, got):
    """
    A filter on action_type compares texts, and says what it got instead.
    """
    entry = {"field": "action_type", "operator": "EQUAL", "value": value}
    error = json.loads(docs.get(f"/{ACCOUNT}/insights", filtering=[entry]).body)["error"]

    assert error["message"] == f"(#100) Param filtering[0][value] must be a string. Instead, got {got}."


@pytest.mark.parametrize(("node", "level"), [(AD, "adset"), (AD, "account"), ("120000000000002", "campaign")])
def test_a_level_above_the_object_is_an_unknown_error(docs: Graph, node, level):
    """
    An ad has no rows for what it belongs to: Meta answers 1/99.
    """
    response = docs.get(f"/{node}/insights", level=level)

    assert_graph_error(response, status=400, message="An unknown error occurred", code=1, subcode=99)


def test_the_challenge_repeats_the_message_on_one_line():
    """
    www-authenticate quotes the message in printable ASCII, whatever the client sent.
    """
    response = graph_on("docs").get(f"/{ACCOUNT}/insights", fields='ä"\r\nx')
    challenge = header(response, "www-authenticate")

    assert challenge.startswith('OAuth "Facebook Platform" "invalid_request" "(#100) \\xe4')
    assert challenge.isascii()
    assert challenge.isprintable()
