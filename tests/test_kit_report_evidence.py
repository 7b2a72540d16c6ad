"""The evidence of a failure: what was asked, what came, and how to make it happen again."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.outcomes import MISSING, Outcome
from contract_tests.report import curl, legible
from contract_tests.report.html import written as html
from contract_tests.secrets import Mask
from contract_tests.wire import Call
from tests.kit_pages import shown
from tests.kit_results import answer, failed, prop, report

NO_SECRETS = Mask({})
TOKEN = Mask({"EAAGm0PX4ZCpsBO1xyz": "META_ACCESS_TOKEN", "0f1e2d3c4b5a": "META_APP_SECRET"})


def test_all_calls_of_the_failing_example_are_told_the_last_as_the_request():
    """
    The calls before the judged one are there, shortened, and beyond forty how many were left out.
    """
    calls = [answer(f"/v26.0/{number}", answered=b"x" * 9000) for number in range(45)]
    one = shown(report(failed(answers=tuple(calls)))).all[0]

    assert [each.request.text.rpartition("/")[2] for each in one.exchanges] == [str(number) for number in range(5, 45)]
    assert one.left_out == 5
    assert len(one.exchanges[0].body) < len(one.exchanges[-1].body) < 9000
    assert "more characters" in one.exchanges[-1].body


def test_the_vendors_support_is_told_which_call_it_was():
    """
    RequestId and fbtrace_id are taken from body and headers.
    """
    graph = answer(answered=b'{"error":{"code":100,"fbtrace_id":"Abc"}}', told={"x-fb-trace-id": "T"})
    cams = answer(answered=b'{"RequestId":"R-1"}', told={"x-acs-request-id": "R-1"})
    first, second = shown(report(failed(answers=(graph, cams)))).all[0].exchanges

    assert dict(first.ids) == {"fbtrace_id": "Abc", "x-fb-trace-id": "T"}
    assert dict(second.ids) == {"RequestId": "R-1", "x-acs-request-id": "R-1"}


@pytest.mark.parametrize(
    ("changed", "command"),
    [
        ({}, "mockserver conformance --target mock --only META-Z1 --seed 7"),
        ({"effort": "deep"}, "mockserver conformance --target mock --only META-Z1 --effort deep --seed 7"),
        (
            {"target": "live", "arguments": ("--profile", "p.toml")},
            "mockserver conformance --target live --profile p.toml --only META-Z1 --seed 7",
        ),
        ({"target": "http://h:1/a b"}, "mockserver conformance --target 'http://h:1/a b' --only META-Z1 --seed 7"),
    ],
)
def test_the_command_repeats_just_the_failure(changed, command):
    """
    The command names target, property, effort and seed.
    """
    assert shown(replace(report(failed()), **changed)).all[0].command == command


def test_the_command_of_a_property_that_watches_repeats_the_run():
    """
    What was seen in the answers to other properties is seen again only when they are asked too.
    """
    made = report(failed())
    made.properties = {"META-Z1": replace(prop(1), watches=lambda _: None)}

    assert shown(made).all[0].command == "mockserver conformance --target mock --seed 7"


def ran(line: str) -> list[str]:
    """The words that a shell makes of a curl line."""
    bash = shutil.which("bash") or pytest.skip("there is no bash")
    script = "curl() { printf '%s\\0' \"$@\"; }\n" + line
    environment = {"META_ACCESS_TOKEN": "EAAGm0PX4ZCpsBO1xyz", "META_APPSECRET_PROOF": "proof", "LC_ALL": "C.UTF-8"}
    done = subprocess.run([bash, "-c", script], env=environment, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]


@settings(max_examples=40, deadline=None)
@given(
    value=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20),
    body=st.binary(max_size=30).filter(lambda data: b"\0" not in data),
)
def test_a_shell_reads_the_line_as_it_was_sent(value, body):
    """
    Pasted into a shell with the environment set, the line has the address, headers and body that were sent.
    """
    target = f"/v26.0/me?q={value}&access_token=EAAGm0PX4ZCpsBO1xyz&limit=5"
    call = Call("POST", "https://graph.facebook.com", target, {"X-Value": f"a{value}"}, body)
    words = ran(curl.line(call, TOKEN).text)

    assert words[-1] == f"https://graph.facebook.com{target}"
    assert f"X-Value: a{value}" in words
    assert not body or words[words.index("--data-raw") + 1] == body.decode("utf-8", "surrogateescape")


def test_the_line_says_method_and_headers_only_where_curl_would_not():
    """
    GET and POST with a body are implied, HEAD has its own option, the host is left to curl.
    """
    origin = "http://h:1"
    lines = [
        curl.line(Call(method, origin, "/a", headers, body), NO_SECRETS).text
        for method, headers, body in [
            ("GET", {"host": "h:1"}, b""),
            ("POST", {"content-type": "a/b"}, b"x"),
            ("POST", {}, b"x"),
            ("HEAD", {}, b""),
            ("DELETE", {"empty": ""}, b""),
            ("GET", {"Host": "other"}, b""),
        ]
    ]

    assert lines == [
        "curl -gsi http://h:1/a",
        "curl -gsi -H 'content-type: a/b' --data-raw x http://h:1/a",
        "curl -gsi -H content-type: --data-raw x http://h:1/a",
        "curl -gsi --head http://h:1/a",
        "curl -gsi -X DELETE -H 'empty;' http://h:1/a",
        "curl -gsi -H 'Host: other' http://h:1/a",
    ]


def test_the_line_says_what_else_it_takes():
    """
    How to make the proof, what to sign again, what is hidden, percent-encoded or cut off: each is a note.
    """
    proof = next(iter(TOKEN.proofs))
    target = f"/me?access_token=EAAGm0PX4ZCpsBO1xyz&appsecret_proof={proof}"
    hard = Mask({"a/b+c": "META_ACCESS_TOKEN"})
    signed = {"x-acs-action": "ListMessageCampaign", "authorization": "ACS3-HMAC-SHA256 Signature=0123456789"}

    def notes(mask: Mask = TOKEN, target: str = "/me", headers: dict[str, str] | None = None, body: bytes = b"") -> str:
        return "\n".join(curl.line(Call("POST", "https://h", target, headers or {}, body), mask).notes)

    assert notes(target=target).startswith('META_APPSECRET_PROOF=$(printf %s "$META_ACCESS_TOKEN" | openssl dgst')
    assert notes(hard, "/me?access_token=a%2Fb%2Bc") == "META_ACCESS_TOKEN goes into the address percent-encoded"
    assert notes(headers={"authorization": "Bearer stranger"}).startswith("HIDDEN is a credential")
    assert notes(headers=signed, target="/?PageId=1", body=b"Size=2").endswith(
        'sign again: ListMessageCampaign {"PageId": "1", "Size": "2"}'
    )
    assert notes(target="/?Action=A&SignatureNonce=1&SignatureMethod=HMAC-SHA1&Page=2").endswith(
        'sign again: A {"Page": "2"}'
    )
    assert notes(body=b"x" * 9000) == "shortened: the address has 3 characters, the body 9,000 bytes"
    assert notes(body=b"a\0b") == "the body holds a NUL, which no command line can carry"


def test_long_answers_are_shortened_with_a_note():
    """
    A huge body or value is cut, and told how much more there was; the report stays small.
    """
    huge = json.dumps({"rows": ["x" * 50] * 40_000})
    one = failed(1, got=huge, expected=[["a"] * 9] * 9000, answers=(answer(answered=huge.encode()),), drawn={"x": huge})
    told = shown(report(one)).all[0]

    assert "characters)" in told.got
    assert "more lines" in told.expected
    assert "characters)" in told.exchanges[0].body
    assert len(html(shown(report(one)))) < 200_000


def test_what_got_and_expected_have_in_common_is_left_out_of_long_ones():
    """
    Of two long lists that differ in one place, that place is shown with what stands around it.
    """
    rows = [{"id": number} for number in range(3000)]
    got, expected = legible.sides(rows, [*rows[:2000], {"id": -1}, *rows[2001:]])

    assert '"id": 2000' in got
    assert '"id": -1' in expected
    assert got.startswith("… 5,")
    assert len(got.split("\n")) == len(expected.split("\n")) < 12
    assert legible.sides([1], [2]) == ("[\n  1\n]", "[\n  2\n]")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (MISSING, "(nothing)"),
        ("1", '"1"'),
        (1, "1"),
        (float("nan"), '"nan"'),
        ({1: {2, 1}, (1,): b"\xff"}, '{"1": [1, 2], "[1]": "\\\\xff"}'),
        ((date(2026, 1, 2), Outcome.PASS), '["2026-01-02", "pass"]'),
    ],
)
def test_any_value_is_legible(value, text):
    """
    Values of every type that a property may compare are told apart, as JSON.
    """
    assert legible.compact(value) == text
    assert legible.compact(1 << 20_000) == f'"{hex(1 << 20_000)}"'  # Python prints no decimals of that length


def test_bodies_are_indented_only_where_that_changes_nothing():
    """
    JSON is indented unless it would lose a repeated name or the spelling of a number; gzip is undone.
    """
    assert legible.body(b'{"a":1}') == '{\n  "a": 1\n}'
    assert legible.body(b'{"a": 1.50}') == '{"a": 1.50}'
    assert legible.body(b'{"a":1,"a":2}') == '{"a":1,"a":2}'
    assert legible.body(b"[" * 100_000).startswith("[[[")
    assert legible.body(b"\xff\x00") == "\\xff\x00"
