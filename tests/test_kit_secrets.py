"""Secrets appear nowhere: not in what the kit prints, not in what it writes."""

import gzip
import json
import re
from collections.abc import Callable
from html import escape, unescape
from itertools import cycle

import pytest

from contract_tests import report as reports
from contract_tests import signing
from contract_tests.outcomes import Outcome, Result
from contract_tests.secrets import Mask, SecretLeft
from tests.kit_forms import FORMS, Form, percent
from tests.kit_results import PROFILE, SECRETS, answer, failed, report

MASK = Mask(SECRETS)


class Blind(Mask):
    """A mask that hides nothing, and still sees what survives."""

    def parts(self, text: str, *, keyed: bool = True) -> list[tuple[str, str]]:
        """All of *text* as if it held no secret."""
        del keyed
        return [(text, "")]


BODIES: dict[str, Callable[[str], bytes]] = {
    "gzip": lambda text: gzip.compress(json.dumps({"error": text}).encode()),
    "gzip cut off": lambda text: gzip.compress(text.encode())[:-6],
    "Latin-1": lambda text: text.replace("€", "").replace("😀", "").encode("latin-1"),
    "UTF-8 after rubbish": lambda text: b"\xff\xfe" + text.encode(),
}


def everywhere(texts: list[str]) -> list[Result]:
    """Properties of every outcome with one or the other of *texts* in every place that can hold one."""
    text = cycle(texts)
    call = answer(
        f"/v26.0/me?fields=id&q={percent(next(text))}&{next(text)}",
        {"authorization": f"Bearer {next(text)}", "x-acs-security-token": next(text), "x-other": next(text)},
        next(text).encode("utf-8", "surrogatepass"),
        {"x-echo": next(text), "set-cookie": next(text), "x-fb-trace-id": next(text)},
        json.dumps({"error": {"message": next(text), "fbtrace_id": next(text)}, next(text): 1}).encode(),
        "POST",
    )
    plain = answer(answered=next(text).encode("utf-8", "surrogatepass"))
    return [
        failed(1, answers=(call, plain)),
        failed(2, got=next(text), expected=f"not {next(text)}"),
        failed(
            3, got={"rows": [{"name": next(text), next(text): 1}], "key": (next(text),)}, expected=[next(text).encode()]
        ),
        failed(4, drawn={"token": next(text), next(text): {"value": next(text)}}),
        failed(5, reason=f"it says {next(text)} here", answers=(plain, call)),
        failed(6, reason="the answer cannot be read", got=f"{KeyError(next(text))!r}: {KeyError(next(text))}"),
        Result("META-Z7", Outcome.INDETERMINATE, 1, 0.1, f"no answer: {next(text)}"),
        Result("META-Z8", Outcome.OUT_OF_SCOPE, 1, 0.1, next(text)),
        Result("META-Z9", Outcome.DIVERGENCE, 1, 0.1, next(text), next(text), next(text), (plain,), {"x": next(text)}),
    ]


def leaks(value: str, form: Form | None, shown: str) -> list[str]:
    """Where *shown* holds *value* as it is or in *form*, looked for by other means than the mask's."""
    texts = [shown, unescape(shown), unescape(unescape(shown)), shown.replace("\\\\", "\\"), shown.replace('\\"', '"')]
    needles = {value, percent(value), json.dumps(value)[1:-1], escape(value)} | ({form(value)} if form else set())
    return [needle for needle in needles for text in texts if needle in text]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_secret_is_written_or_printed_in_any_form_from_any_place(form, tmp_path):
    """
    Every secret of a profile, in every form and in every place of a result, is in none of the files and in no line.
    """
    first = list(FORMS.values()).index(form)
    texts = [f"before {form(value)} after" for value in SECRETS]
    made = report(
        *everywhere(texts[first % len(texts) :] + texts[: first % len(texts)]),
        target=f"http://{percent(PROFILE.cams.key.secret)}@host",
    )

    paths = reports.write(made, MASK, tmp_path)
    lines = [reports.terminal.line(one, made.properties[one.property_id], MASK) for one in made.results]
    shown = [path.read_text("utf-8") for path in paths] + [reports.terminal.summary(made, MASK), "\n".join(lines)]

    for text in shown:
        assert [leaks(value, form, text) for value in SECRETS] == [[]] * len(SECRETS)
        assert MASK.survivors(text.encode()) == []
    assert any(f"${name}" in shown[0] for name in SECRETS.values())


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_no_secret_is_written_from_a_body_in_bytes(body, tmp_path):
    """
    A body that is packed, cut off or in another encoding tells no secret either.
    """
    bodies = [body(value) for value in SECRETS]
    results = [failed(1, answers=[answer(body=data, answered=data, method="POST") for data in bodies], got=bodies)]

    for path in reports.write(report(*results), MASK, tmp_path):
        assert [leaks(value, None, path.read_text("utf-8")) for value in SECRETS] == [[]] * len(SECRETS)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_nothing_is_written_where_masking_misses_a_secret(form, tmp_path):
    """
    Where masking overlooks a secret, in whatever form, writing refuses by name, and no file or folder is left.
    """
    value = PROFILE.meta.token.token
    made = report(failed(got=f"before {form(value)} after", answers=()))

    with pytest.raises(SecretLeft, match=r"would hold .*META_ACCESS_TOKEN.*; nothing is written") as refused:
        reports.write(made, Blind(SECRETS), tmp_path / "folder")

    assert value not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_what_is_made_of_secrets_is_hidden_too(tmp_path):
    """
    Signatures, proofs, Authorization, cookies, passwords in addresses and tokens unknown to the profile are hidden.
    """
    key, token = PROFILE.cams.key, PROFILE.meta.tokens["plain"]
    signed = signing.v3_headers(key.secret, key.id, "POST", "", {"host": "h", "x-acs-action": "A"}, b"")
    v1 = signing.v1_signature(key.secret, "GET", {"Action": "A"})
    proof = signing.appsecret_proof(token.app_secret, token.token)
    stranger = "EAAstrangerToken0123456789"
    calls = (
        answer(headers={**signed, "cookie": "datr=stranger-cookie"}, told={"set-cookie": "sb=stranger-cookie; Path=/"}),
        answer(f"/?Action=A&SignatureNonce=n&Signature={percent(v1)}"),
        answer(f"/v26.0/me?access_token={stranger}&appsecret_proof={proof}", {"authorization": "Bearer short"}),
        answer(
            headers={"authorization": "Basic stranger-basic"}, answered=json.dumps({"access_token": stranger}).encode()
        ),
        answer(answered=f"the proof {proof} was made of {v1} at https://me:stranger-password@host/".encode()),
    )
    signature = re.search("Signature=(.+)", signed["authorization"])[1]

    for path in reports.write(report(failed(answers=calls, reason=f"sent {signature}")), MASK, tmp_path):
        text = path.read_text("utf-8")
        for hidden in (signed["authorization"], signature, v1, percent(v1), proof, stranger, "Bearer short"):
            assert hidden not in text
        assert "stranger-" not in text


def test_a_secret_that_is_a_word_of_the_report_itself_does_not_stop_it(tmp_path):
    """
    A credential spelt like a word that every report has, such as test, is no secret, and the report is written.
    """
    mask = Mask({"test": "META_ACCESS_TOKEN", "conformance": "META_APP_SECRET"})

    paths = reports.write(report(failed(got="a test")), mask, tmp_path)

    assert len(paths) == 4
    assert "a $META_ACCESS_TOKEN" in paths[0].read_text("utf-8")


def test_an_older_report_stays_where_a_new_one_is_refused(tmp_path):
    """
    Refusing leaves the files of an earlier run as they were.
    """
    before = {path.name: path.read_bytes() for path in reports.write(report(failed()), MASK, tmp_path)}
    mask = Blind({"CamelCaseWord!": "META_ACCESS_TOKEN"})

    with pytest.raises(SecretLeft):
        reports.write(report(failed(got="CamelCaseWord!")), mask, tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
