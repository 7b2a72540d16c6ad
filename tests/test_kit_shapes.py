"""Shapes and places: what a recording keeps of a value, and on which line of the contract it is declared."""

import json
from pathlib import Path

import pytest

from contract_tests.composed_meta import COMPOSED
from contract_tests.drift import patterns, places, shapes
from contract_tests.drift.lines import lines
from contract_tests.drift.probes import catalogue as probes
from contract_tests.drift.shapes import Shape
from contract_tests.found_others import OTHERS
from mockserver.resources import folder

INSIGHTS = "insights"
FILES = sorted(folder("schemas").glob("*/*.json"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_each_property_is_found_on_its_own_line(path):
    """
    For every value of an operation file the line is the one on which it stands, however often its name occurs.
    """
    text = path.read_text("utf-8")
    found, rows = lines(text), text.splitlines()

    assert found.keys() == set(walked(json.loads(text)))
    for at, line in found.items():
        if at and isinstance(at[-1], str):
            assert json.dumps(at[-1], ensure_ascii=False) + ":" in rows[line - 1]
    assert all(found[at[:-1]] <= found[at] for at in found if at)


def walked(value, *above):
    """The path of everything in *value*."""
    yield above
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield from walked(part, *above, name)


def test_the_right_one_of_many_names_is_found():
    """
    A property that occurs many times in a file is found at its own place, through references into other files too.
    """
    text = (folder("schemas") / "meta" / "insights.json").read_text("utf-8").splitlines()
    at = places.node("meta", INSIGHTS, "data[].website_purchase_roas[].value").place

    assert '"x-style": "decimal"' in text[at.line - 1]
    assert places.node("meta", "ads", "data[].campaign.id").place.file == "schemas/meta/campaign.json"


@pytest.mark.parametrize("name", sorted(patterns.EXAMPLES))
def test_each_pattern_knows_its_own_example(name):
    """
    The example of a pattern is written as the pattern says.
    """
    example = patterns.EXAMPLES[name]
    of = {"currency": "Currency", "trace id": "fbtrace_id", "cursor": "after", "milliseconds": "EndTime"}.get(name, "x")
    of = "EndTime" if name == "seconds" else of

    assert (patterns.of_text if isinstance(example, str) else patterns.of_integer)(of, example) == name


def test_a_shape_says_how_often_and_how():
    """
    A shape keeps types, patterns, places and presence of what it saw; ids as names of properties become a *.
    """
    rows = [{"a": "1.25", "b": None}, {"a": "12"}, {"a": "0", "120000000000001": {"c": True}}]

    assert shapes.of(rows) == {
        "": Shape(("array",)),
        "[]": Shape(("object",)),
        "[].a": Shape(("string",), 1.0, ("decimal", "digits", "zero"), 2, 2),
        "[].b": Shape(("null",), 0.333),
        "[].*": Shape(("object",), 0.333),
        "[].*.c": Shape(("boolean",)),
    }


def test_every_operation_that_reads_is_probed():
    """
    The probes ask every operation but what writes, is made of other calls or made up, good and bad, and each refusal is
    one that its file lists.
    """
    known = {(path.parent.name, path.stem) for path in FILES if path.stem != "_error"}
    good = {(one.vendor, one.operation) for one in probes().values() if one.refusal is None}
    others = {("cams", name) for name in OTHERS} | {("meta", name) for name in COMPOSED}

    assert known - others - good == {("cams", "EnableWhatsappROIMetric")}
    for one in probes().values():
        if one.refusal:
            assert one.refusal.row in places.raw(one.vendor, one.operation)["errors"]


def test_files_named_in_findings_exist():
    """
    The file of a finding is a path from the root of the project.
    """
    assert Path(places.place("meta", INSIGHTS, "errors").file) == Path("schemas/meta/insights.json")
