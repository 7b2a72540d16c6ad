"""The report as text: on a terminal, and in a comment."""

import re

import pytest

from contract_tests import report as reports
from contract_tests.report import markdown
from contract_tests.secrets import Mask
from tests.kit_pages import outside_fences, shown
from tests.kit_results import answer, failed, mixed, prop, report

NO_SECRETS = Mask({})
TOKEN = Mask({"EAAGm0PX4ZCpsBO1xyz": "META_ACCESS_TOKEN", "0f1e2d3c4b5a": "META_APP_SECRET"})


def test_the_summary_fits_a_narrow_terminal():
    """
    At 80 columns no line is longer, but for requests, which are to be pasted; a failure takes three lines.
    """
    reason = "a reason of some length " * 4
    made = report(failed(1, reason=reason, got="x" * 500, expected="y" * 500), failed(2, reason="short"))
    text = reports.terminal.summary(made, NO_SECRETS, width=80)
    broken = [part for part in text.split("\n\n") if part.startswith("FAIL")]

    assert [len(part.split("\n")) for part in broken] == [3, 3]
    assert [part.split("\n")[2].split()[0] for part in broken] == ["curl", "curl"]
    table = text.split("FAIL")[0].split("\n")
    assert max(map(len, table)) <= 80
    assert "\x1b" not in text
    assert "\x1b[31m" in reports.terminal.summary(made, NO_SECRETS, colour=True)


def test_the_summary_counts_by_vendor_and_kind_and_keeps_the_scores_apart():
    """
    Each vendor and kind has a line of counts; divergence and coverage have one each.
    """
    lines = reports.terminal.summary(mixed(), NO_SECRETS).split("\n")

    assert [line.split()[:2] for line in lines[3:8]] == [
        ["both", "across"], ["cams", "refusal"], ["cams", "throttle"], ["meta", "metamorphic"], ["meta", "shape"],
    ]  # fmt: skip
    assert lines[8].split() == ["all", "1", "1", "1", "1", "1"]
    assert [line.split()[:2] for line in lines if "%" in line] == [["divergence", "66.7%"], ["coverage", "60.0%"]]


def test_a_property_takes_one_line():
    """
    A line tells outcome, calls, time, id and title, and the reason in the same line, whatever is in it.
    """
    result = failed(2, reason="two\nlines\x1b[2J of EAAGm0PX4ZCpsBO1xyz")
    line = reports.terminal.line(result, prop(2), TOKEN)

    assert line.startswith("fail ")
    assert line.endswith("META-Z2    A title: two lines\\x1b[2J of $META_ACCESS_TOKEN")


def test_a_listing_adds_up_its_calls():
    """
    What would be asked is listed with its calls, and their sum.
    """
    text = reports.terminal.listing(
        [("META-1", "shape", "live-safe", 3, "One"), ("CAMS-2", "fuzz", "mock only", 1200, "Two")]
    )

    assert text.split("\n")[-1] == "about 1,203 calls"
    assert "1,200  Two" in text


def test_a_comment_never_outgrows_its_place():
    """
    However many failures there are, the comment stays below GitHub's limit and says how many are left out.
    """
    made = report(*(failed(number, got="x y " * 900, expected="y" * 9) for number in range(60)))
    text = markdown.written(shown(made)).decode()

    assert len(text) < 65_536
    assert re.search(r"And \d+ more, in conformance.html.", text)


@pytest.mark.parametrize(
    "breaker", ["```\n# pwned", "~~~\n# pwned", "`" * 9 + "\n# pwned\n" + "`" * 4, "<script>\n# pwned", "@all"]
)
def test_nothing_breaks_out_of_a_comment(breaker):
    """
    Fences, tags and mentions in whatever a target answers stay words.
    """
    call = answer(f"/{breaker}", {"x": breaker}, breaker.encode(), answered=breaker.encode(), method="POST")
    one = failed(1, reason=breaker, got=breaker, expected=breaker + "!", drawn={breaker: breaker}, answers=(call,))
    text = markdown.written(shown(report(one, title=breaker, sentence=breaker, page=breaker))).decode()

    for line in outside_fences(text):
        assert not re.match(r"[#\s>]*# pwned|\s*~~~", line)
        assert "<script" not in re.sub("(`+) ?.*?\\1", "", line)
        assert "@all" not in re.sub("(`+) ?.*?\\1", "", line)
