"""The kit's own table of Graph errors, how bad requests are shared out, and how metrics are judged."""

from collections import defaultdict
from types import SimpleNamespace

import pytest

from contract_tests import bad_meta
from contract_tests.bad_meta import Bad, Family, Place, refuse
from contract_tests.outcomes import Broken
from contract_tests.properties.meta_printed import STRICT, metric_formats, metric_texts
from contract_tests.target import Seen, operation
from contract_tests.wire import Answer, Call
from contract_tests.words_meta import ERRORS, LIMITS, OWN, refused_with
from mockserver.contract.load import load
from mockserver.vendors.meta.errors import ERRORS as SERVED

CALL = Call("GET", "http://mock", "/v26.0/1/insights")
MOCK = SimpleNamespace(exact=True, effort="default")


def answered(status, body):
    """An answer with this *body*, a text."""
    return Answer(CALL, status, {}, body.encode())


def test_the_kit_knows_every_error_of_the_contract():
    """
    Each error that an operation file lists stands in the kit's table, but for the mock's own.
    """
    listed = {error for one in load("meta").operations.values() for error in one.raw["errors"]}

    assert listed - OWN == set(ERRORS)
    assert set(ERRORS) >= LIMITS


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_the_kit_and_the_server_tell_the_same_error(name):
    """
    The two tables, written apart from the same facts, agree in status, code, subcode, type and words.
    """
    words, row = ERRORS[name], SERVED[name]
    message = row.message.format_map(defaultdict(lambda: "x"))
    body = {"error": {"message": message, "type": row.type, "code": row.code, **words.telling}}

    assert (words.status, words.code, words.subcode, words.type) == (row.status, row.code, row.subcode, row.type)
    assert dict(words.more) == {
        key: value
        for key, value in (
            ("is_transient", row.transient),
            ("error_user_title", row.title),
            ("error_user_msg", row.user_message),
        )
        if value is not None
    }
    refused_with(MOCK, SimpleNamespace(status=row.status, error=body["error"], json=body), name)


@pytest.mark.parametrize(
    "body",
    [
        '{"error":{"message":"(#2642) Invalid cursor values","type":"OAuthException","code":2642}}',
        '{"error":{"message":"(#2642) Invalid cursors values.","type":"OAuthException","code":2642}}',
        '{"error":{"message":"(#2642) Invalid cursors values","type":"GraphMethodException","code":2642}}',
        '{"error":{"message":"(#2642) Invalid cursors values","type":"OAuthException","code":100}}',
        '{"error":{"message":"(#2642) Invalid cursors values","type":"OAuthException","code":2642,"error_subcode":1}}',
        '{"error":{"message":"(#2642) Invalid cursors values","type":"OAuthException","code":2642},"data":[]}',
    ],
)
def test_an_error_is_judged_to_the_letter(body):
    """
    Another word, type, code or subcode, or data beside the error, breaks it.
    """
    with pytest.raises(Broken):
        refused_with(MOCK, answered(400, body), "bad_cursor")


@pytest.mark.parametrize("effort", ["quick", "default", "deep"])
@pytest.mark.parametrize("cases", [1, 3, 40])
@pytest.mark.parametrize("count", [1, 4, 16])
def test_every_case_comes_up_and_every_place(monkeypatch, effort, cases, count):
    """
    However many cases and places there are, none is left out at any effort; in depth each meets each.
    """
    asked = []
    monkeypatch.setattr(bad_meta, "places", lambda *_: [Place("me", f"p{n}") for n in range(count)])
    monkeypatch.setattr(bad_meta, "send", lambda _, place, bad: asked.append((place.path, bad.error)))
    monkeypatch.setattr(bad_meta, "refused_with", lambda *_: None)
    family = Family("X", "x", (), ("me",), lambda *_: [Bad(str(n)) for n in range(cases)], shared=True)
    refuse(SimpleNamespace(exact=True, effort=effort), family)

    assert {place for place, _ in asked} == {f"p{n}" for n in range(count)}
    assert {error for _, error in asked} == {str(n) for n in range(cases)}
    assert effort != "deep" or len(set(asked)) == cases * count


@pytest.mark.parametrize(
    ("field", "value", "text", "exact"),
    [
        ("impressions", '"0"', True, True),
        ("impressions", '"120"', True, True),
        ("impressions", '"012"', True, False),
        ("impressions", '"1.0"', True, False),
        ("impressions", "12", False, False),
        ("impressions", "null", False, False),
        ("impressions", '"1\\n2"', False, False),
        ("impressions", '"1,200"', False, False),
        ("spend", '"38.87"', True, True),
        ("spend", '"5339.5"', True, False),
        ("spend", '"0.00"', True, False),
        ("marketing_messages_read_rate", '"79.419238"', True, True),
        ("marketing_messages_read_rate", '"79.42"', True, False),
        ("marketing_messages_read_rate", '"NaN"', False, False),
        ("website_purchase_roas", '[{"action_type":"x","value":"6.43"}]', True, True),
        ("website_purchase_roas", '[{"action_type":"x","value":6.43}]', False, False),
    ],
)
def test_a_metric_is_a_text_and_printed_in_its_own_way(field, value, text, exact):
    """
    Counts, money and rates are texts of digits, each with its own decimals, also behind good ones.
    """
    body = '{"data":[{"impressions":"1","spend":"0"},{"' + field + '":' + value + "}]}"
    seen = Seen("meta", operation("meta", "insights"), answered(200, body))
    found = []
    for judge in (metric_texts, metric_formats):
        try:
            judge(seen)
            found.append(True)
        except Broken:
            found.append(False)

    assert found == [text, exact]
    assert set(STRICT) == {"count", "money", "ratio", "decimal"}
