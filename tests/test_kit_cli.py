"""The kit on the command line: what it prints, writes and exits with."""

import json
import re

import pytest

from mockserver import kit
from mockserver.running import running
from mockserver.settings import Settings


@pytest.fixture
def forgetful(monkeypatch):
    """Own mocks that answer every insights call without its last row."""
    right = kit.make

    def make(*of):
        app = right(*of)

        def faulty(environ, start_response):
            kept = []
            body = b"".join(app(environ, lambda *head: kept.append(head)))
            if environ["PATH_INFO"].endswith("/insights") and body.startswith(b'{"data":['):
                told = json.loads(body)
                body = json.dumps({**told, "data": told["data"][:-1]}).encode()
            status, headers = kept[0]
            start_response(status, [pair for pair in headers if pair[0] != "Content-Length"])
            return [body]

        return faulty

    monkeypatch.setattr(kit, "make", make)


def test_a_right_vendor_conforms(run):
    """
    Against a right vendor the exit code is 0, and the summary says so.
    """
    code, out, err = run("conformance", "--effort", "quick", "--vendor", "cams")

    assert (code, err) == (0, "")
    assert "mock keeps the contract" in out
    assert "META-" not in out


@pytest.mark.usefixtures("forgetful")
def test_a_faulty_vendor_does_not(run, tmp_path):
    """
    Against a faulty vendor the exit code is 1; the summary names what is broken, and how to ask it again.
    """
    code, out, _ = run("conformance", "--effort", "quick", "--only", "META-T*", "--report", "out")

    assert code == 1
    assert "META-T" in out
    assert "curl" in out
    assert "EAAtok" not in out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "conformance.html", "conformance.json", "conformance.md", "junit.xml",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--target", "http://127.0.0.1:1"], "nothing answers at http://127.0.0.1:1"),
        (["--target", "moon"], "target is 'moon', expected mock, live or a URL"),
        (["--target", "live"], "it also needs MOCKSERVER_ALLOW_LIVE=1"),
        (["--only", "META-NONE"], "--only 'META-NONE' fits no property"),
        (["--world", "nowhere"], "cannot read the world nowhere"),
        (["--effort", "much"], "'much' is not one of"),
        (["--max-calls", "0"], "0 is not in the range x>=1"),
    ],
)
def test_what_cannot_run_is_one_plain_line(run, arguments, told):
    """
    Whatever keeps a run from beginning is one line on standard error and exit code 2.
    """
    code, out, err = run("conformance", *arguments)

    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


def test_a_run_that_decides_nothing_could_not_run(run):
    """
    Where the budget is spent before anything is decided, the exit code is 2.
    """
    code, _, _ = run("conformance", "--max-calls", "1", "--only", "META-T1")

    assert code == 2


def test_a_run_that_its_budget_cuts_short_says_so(run):
    """
    What the budget of calls left unasked, or asked in part, is counted in the verdict, and never called kept.
    """
    code, out, _ = run("conformance", "--max-calls", "25", "--only", "META-T*")
    told = re.search(r"as far as it was asked: all (\d+) decided properties hold; .* left (\d+) unasked", out)
    _, whole, _ = run("conformance", "--list", "--only", "META-T*")
    _, part, _ = run("conformance", "--max-calls", "30", "--only", "META-G1")

    assert code == 0
    assert sum(map(int, told.groups())) == len(re.findall(r"^META-T", whole, re.MULTILINE))
    assert "as far as it was asked: all 1 decided properties hold; the budget of calls left 1 asked in part." in part


def test_a_run_is_listed_before_it_is_made(run):
    """
    --list names each property with its kind, its place and its calls, and asks nothing.
    """
    code, out, _ = run("conformance", "--list", "--only", "META-T*")

    assert code == 0
    assert "META-T1" in out
    assert "calls" in out


def test_a_recording_of_the_mock_has_not_drifted(run, tmp_path):
    """
    What is recorded of a server differs neither from itself, nor from the contract, nor from the mock.
    """
    with running(Settings(throttle=0)) as server:
        code, out, _ = run("record", "--target", server.url, "-o", "old.json")
    text = (tmp_path / "old.json").read_text("utf-8")

    assert (code, "wrote old.json" in out) == (0, True)
    assert "EAAtok" not in text
    for new in (["old.json"], ["contract"], ["mock"], []):
        code, out, err = run("drift", "old.json", *new)
        assert (code, err) == (0, ""), out


def test_drift_says_what_it_cannot_read(run, tmp_path):
    """
    A recording that is not there, or none, is one plain line.
    """
    (tmp_path / "junk.json").write_text("[]", "utf-8")
    for name in ("nowhere.json", "junk.json"):
        code, _, err = run("drift", name)
        assert code == 2
        assert name in err
        assert err.count("\n") == 1


def test_the_openapi_document_is_printed_or_written(run, tmp_path):
    """
    `openapi` prints JSON, or writes it to a file; a file that cannot be written is one plain line.
    """
    code, out, _ = run("openapi", "--server", "http://example.test")
    written, _, _ = run("openapi", "--loose", "-o", "loose.json")
    refused, _, err = run("openapi", "-o", "nowhere/at/all.json")

    assert (code, written, refused) == (0, 0, 2)
    assert json.loads(out)["servers"] == [{"url": "http://example.test"}]
    assert json.loads((tmp_path / "loose.json").read_text())["openapi"] == "3.1.0"
    assert "cannot write nowhere/at/all.json" in err
