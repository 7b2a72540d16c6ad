"""The report of a run: what it says, and that nothing that a target answers can break it."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests import report as reports
from contract_tests.conform import Report
from contract_tests.outcomes import Outcome, Result
from contract_tests.profile import ProfileFault
from contract_tests.report import json_, junit, markdown
from contract_tests.report.html import written as html
from contract_tests.secrets import Mask
from tests.kit_pages import Page, outside_fences, shown
from tests.kit_results import answer, failed, mixed, report

NO_SECRETS = Mask({})
FILES = ["conformance.html", "junit.xml", "conformance.json", "conformance.md"]


def test_four_files_are_written_and_nothing_else(tmp_path):
    """
    A folder that was not there holds the four files, complete, and no temporary ones.
    """
    paths = reports.write(mixed(), NO_SECRETS, tmp_path / "a" / "b")

    assert paths == [tmp_path / "a" / "b" / name for name in FILES]
    assert sorted((tmp_path / "a" / "b").iterdir()) == sorted(paths)


def test_what_cannot_be_written_is_one_plain_sentence(tmp_path):
    """
    A folder that cannot be one, or a file that cannot be replaced, is told by its path, and leaves nothing beside it.
    """
    (tmp_path / "file").write_text("")
    (tmp_path / "folder" / "junit.xml").mkdir(parents=True)

    for name in ("file", "folder"):
        with pytest.raises(ProfileFault, match=rf"cannot write the report to .*{name}: [A-Z].* (exists|directory)"):
            reports.write(mixed(), NO_SECRETS, tmp_path / name)
    assert not list((tmp_path / "folder").glob(".*"))


def test_the_page_needs_no_network_and_runs_one_script_of_its_own():
    """
    The page is well-formed, loads nothing, leads nowhere but to itself, and its policy forbids all else.
    """
    text = html(shown(mixed())).decode()
    page = Page(text)

    assert page.scripts == 1
    assert page.styled == []
    assert all(link.startswith("#") for link in page.links)
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "default-src 'none'; style-src 'sha256-" in text
    assert "http" not in "".join(re.findall("<(?:script|style)>.*?</", text, re.DOTALL))


def test_the_page_tells_everything_that_a_reader_needs():
    """
    Verdict, scores, target, seed, sentence, request, got, expected, drawn values, command and reasons are all there.
    """
    words = " ".join(Page(html(shown(mixed())).decode()).words)

    for told in (
        "The mock does not keep the contract: 1 of 3 decided properties is broken, besides 1 known divergence.",
        "66.7%",
        "2 of 3 decided properties are broken",
        "60.0%",
        "3 of 5 properties were decided",
        "The vendor's sentence.",
        "curl -gsi https://graph.facebook.com/v26.0/me",
        '"a": "1"',
        '"a": "2"',
        "drawn node",
        "mockserver conformance --target mock --only META-Z2 --seed 7",
        "It differs (known until 2027-01-01: told)",
        "no answer within 30 s",
        "it writes; --allow-writes lets it",
    ):
        assert told in words


def test_the_picture_has_a_square_for_every_property():
    """
    As many squares lead to properties as there are properties, each with its id and outcome as its title.
    """
    made = mixed()
    drawn = re.search("<svg.*</svg>", html(shown(made)).decode(), re.DOTALL)[0]
    titles = re.findall("<title>(.*?)</title>", drawn)

    assert titles == [f"{one.property_id} A title: {one.outcome.value}" for one in by_kind(made)]


def by_kind(made: Report) -> list[Result]:
    """The results in the order of the picture: by kind, then by vendor."""
    kinds = list(dict.fromkeys(made.properties[one.property_id].kind for one in made.results))
    return sorted(made.results, key=lambda one: kinds.index(made.properties[one.property_id].kind))


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ([Outcome.PASS] * 3, "The mock keeps the contract: all 3 decided properties hold."),
        (
            [Outcome.PASS, Outcome.DIVERGENCE, Outcome.DIVERGENCE],
            "The mock keeps the contract: all 3 decided properties hold, but for 2 known divergences.",
        ),
        ([Outcome.PASS, Outcome.FAIL], "The mock does not keep the contract: 1 of 2 decided properties is broken."),
        ([Outcome.INDETERMINATE, Outcome.OUT_OF_SCOPE], "Too little was decided to judge the mock: 0 of 2 properties."),
        ([], "Too little was decided to judge the mock: 0 of 0 properties."),
    ],
)
def test_the_verdict_is_one_sentence(results, sentence):
    """
    Kept, broken, or not to be told: each is one plain sentence, the same in every file.
    """
    made = report(*(Result(f"META-Z{number}", outcome, 1, 0.1) for number, outcome in enumerate(results)))
    told = shown(made)

    assert told.verdict == sentence
    assert sentence in html(told).decode()
    assert sentence in reports.terminal.summary(made, NO_SECRETS)
    assert sentence in junit.written(told).decode()
    assert sentence in json_.written(told).decode()
    assert sentence.replace(".", "\\.").replace(":", "\\:") in markdown.written(told).decode()


def test_junit_maps_outcomes_as_its_readers_expect():
    """
    One testcase for each property: a failure for a fail, skipped with its reason for all that is not a pass.
    """
    root = ElementTree.fromstring(junit.written(shown(mixed())))  # noqa: S314
    suite = root[0]
    cases = suite.findall("testcase")

    assert [(case.get("classname"), case.get("name")) for case in cases][:3] == [
        ("meta.shape", "META-Z1 A title"),
        ("meta.metamorphic", "META-Z2 A title"),
        ("cams.refusal", "CAMS-Z3 A title"),
    ]
    assert [[child.tag for child in case] for case in cases] == [
        [], ["failure"], ["skipped", "system-out"], ["skipped"], ["skipped"],
    ]  # fmt: skip
    assert [case.find("skipped").get("message") for case in cases[2:]] == [
        "known divergence: It differs (known until 2027-01-01: told)",
        "indeterminate: no answer within 30 s",
        "out of scope: it writes; --allow-writes lets it",
    ]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors"), suite.get("skipped")) == (
        "5",
        "1",
        "0",
        "3",
    )
    assert {one.get("name") for one in suite.find("properties")} >= {
        "target", "seed", "effort", "calls", "divergence", "coverage",
    }  # fmt: skip


def test_json_has_the_shape_of_ctrf():
    """
    The document has CTRF's elements and statuses, its counts add up, and the rest stands under extra.
    """
    document = json.loads(json_.written(shown(mixed())))
    results = document["results"]
    summary, tests = results["summary"], results["tests"]

    assert (document["reportFormat"], results["tool"]["name"]) == ("CTRF", "mockserver conformance")
    assert [test["status"] for test in tests] == ["passed", "failed", "other", "other", "skipped"]
    assert [test["rawStatus"] for test in tests] == [one.outcome.value for one in mixed().results]
    assert summary["tests"] == sum(summary[one] for one in ("passed", "failed", "skipped", "pending", "other")) == 5
    assert summary["stop"] - summary["start"] == summary["duration"] == 550
    assert (summary["extra"]["divergence"], summary["extra"]["coverage"]) == (pytest.approx(2 / 3), pytest.approx(0.6))
    broken = tests[1]["extra"]
    assert broken["requests"][0]["curl"] == "curl -gsi https://graph.facebook.com/v26.0/me"
    assert json.loads(broken["got"]) == {"a": "1"}
    assert broken["drawn"] == {"node": '"act_1"'}


TEXTS = st.text(max_size=40) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "]]>",
        "--><b>",
        "\x00\x08\x1b[2J",
        "\ud800\udfff",
        "\u202e\ufffe\uffff",
        '" onload="x',
        "&#0;&bogus;",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def any_results(draw: st.DrawFn) -> Report:
    """A report with any text in any place."""
    headers = {draw(TEXTS) or "x": draw(TEXTS) for _ in range(2)}
    call = answer(
        draw(TEXTS), headers, draw(st.binary(max_size=40)), headers, draw(st.binary(max_size=60)), draw(TEXTS)
    )
    made = report(
        failed(
            1,
            reason=draw(TEXTS),
            got=draw(VALUES),
            expected=draw(VALUES),
            drawn={draw(TEXTS): draw(VALUES)},
            answers=(call, call),
        ),
        Result("META-Z2", draw(st.sampled_from(Outcome)), 1, 0.1, draw(TEXTS)),
        target=draw(TEXTS),
        title=draw(TEXTS),
        sentence=draw(TEXTS),
        page=draw(TEXTS),
        kind=draw(TEXTS),
    )
    made.properties = {id_: replace(one, id=draw(TEXTS)) for id_, one in made.properties.items()}
    return made


@settings(max_examples=60, deadline=None)
@given(made=any_results())
def test_any_text_in_any_place_leaves_every_file_well_formed(made, tmp_path_factory):
    """
    Whatever a target answers, the page is balanced and runs nothing, XML and JSON parse, the comment's fences close.
    """
    folder = tmp_path_factory.mktemp("report")
    page, xml, document, comment = reports.write(made, NO_SECRETS, folder)

    read = Page(page.read_text("utf-8"))
    assert read.scripts == 1
    assert read.styled == []
    assert all(link.startswith("#") for link in read.links)
    assert len(ElementTree.parse(xml).getroot()[0].findall("testcase")) == 2  # noqa: S314
    assert len(json.loads(document.read_bytes())["results"]["tests"]) == 2
    outside_fences(comment.read_text("utf-8"))
    assert "\x1b" not in reports.terminal.summary(made, NO_SECRETS)
