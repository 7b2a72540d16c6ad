"""Drift: each change of a vendor gives exactly its finding, with the line of the contract to change; data give none."""

import json
import re
from dataclasses import replace

import pytest

from contract_tests import drift
from contract_tests.drift import finding
from contract_tests.drift.finding import Severity
from contract_tests.profile import ProfileFault
from mockserver.resources import folder
from mockserver.world.new import generate
from tests.kit_drifts import (
    ERROR,
    INFO,
    INSIGHTS,
    METRIC,
    MUTANTS,
    OTHER_DATA,
    SAME,
    WARNING,
    has,
    heads,
    lacks,
    worded,
)
from tests.kit_recordings import asking, recorded, right
from tests.mutants import bends
from tests.test_world_new import SMALL

names = [name for name, *_ in MUTANTS]


def line_of(one):
    """The text of the line to change."""
    return (folder("schemas").parent / one.file).read_text("utf-8").splitlines()[one.line - 1]


def expect(found, expected):
    """*found* is one finding, which is *expected*, on a line of the contract that holds what is to be changed."""
    severity, kind, path, old, new, file, line = expected
    seen = [(one.severity.value, one.kind, one.path, one.old if old else None, one.new) for one in found]

    assert seen == [(severity, kind, path, old, new)]
    assert found[0].file == f"schemas/{file}.json"
    assert line in line_of(found[0])


@pytest.mark.parametrize(("bend", "expected", "by_contract"), [one[1:] for one in MUTANTS], ids=names)
def test_one_change_gives_one_finding(bend, expected, by_contract):
    """
    Each change of a vendor is one finding, with its severity, the file of the operation and the line to change: against
    an earlier recording, and against the contract where that says anything of it.
    """
    new = recorded(bend)

    between = drift.compare.recordings(right(), new)
    if expected is None:
        assert between == []
    else:
        expect(between, expected)
    against = drift.compare.contract(new)
    if by_contract is None:
        assert against == []
    else:
        keys = ("severity", "kind", "path", "old", "new", "file", "line")
        changes = {} if by_contract is SAME else by_contract
        expect(against, tuple({**dict(zip(keys, expected, strict=True)), **changes}.values()))


@pytest.mark.parametrize("bend", [bend for _, bend in OTHER_DATA], ids=[name for name, _ in OTHER_DATA])
def test_other_data_are_no_drift(bend):
    """
    Shapes are compared, not values: other figures, names, rows and known words are no drift in either direction.
    """
    other = recorded(bend)

    assert drift.compare.recordings(right(), other) == []
    assert drift.compare.recordings(other, right()) == []


def test_a_right_mock_keeps_the_contract():
    """
    A recording of the mock says nothing that the contract says otherwise.
    """
    assert drift.compare.contract(right()) == []
    assert all(not one.unasked for one in right().probes.values())


def test_two_worlds_are_no_drift(tmp_path):
    """
    Two worlds of other seeds, sizes and locales answer in the same shapes, and all of them in the contract's.
    """
    sizes = ({"seed": 3, "campaigns": 1}, {"seed": 4, "campaigns": 30, "accounts": 3, "pages": 2, "locales": ["ja_JP"]})
    worlds = ["docs"]
    for at, size in enumerate(sizes):
        path = tmp_path / f"{at}.json"
        path.write_text(json.dumps(generate(**{**SMALL, "templates": 4, **size})), "utf-8")
        worlds.append(str(path))
    made = [right(), *(recorded(world=world) for world in worlds)]

    for old in made:
        assert drift.compare.contract(old) == []
        assert [drift.compare.recordings(old, new) for new in made] == [[]] * len(made)


def test_a_new_rate_is_a_changed_limit():
    """
    Another documented rate in the headers is a changed limit, at the line of the contract that has the rate.
    """
    old, new = (
        recorded(heads("cams", METRIC, x_ratelimit_user_api=f"Limit:{rate},Remain:3,TimeLeft:100")) for rate in (50, 40)
    )
    path = "header x-ratelimit-user-api.Limit"
    expected = (WARNING, "limit", path, "50", "40", f"cams/{METRIC}", '"qps": 50')

    assert drift.compare.contract(old) == []
    expect(drift.compare.recordings(old, new), expected)
    expect(drift.compare.contract(new), expected)


def test_what_no_longer_tells_ids_cannot_be_asked_on():
    """
    Where a row lacks the id that the next probe needs, that probe is not asked, which is said and is no success.
    """
    found = drift.compare.recordings(right(), recorded(bends.each(lacks("adset_id"), INSIGHTS)))

    assert [(one.kind, one.probes[0]) for one in found] == [
        ("not asked", "meta: adset"),
        ("gone", "meta: insights of an ad"),
    ]
    assert drift.exit_code(found) == finding.DRIFT


def test_every_place_to_change_is_named():
    """
    A change that shows in several operations is one finding that names the line in each of their files, and its probes.
    """
    [one] = drift.compare.recordings(
        right(), recorded(bends.objects(lambda row: "configured_status" in row and row.update(status="FROZEN")))
    )

    assert [place.file.rpartition("/")[2] for place in one.places] == [
        f"{name}.json" for name in ("ad", "adset", "campaign")
    ]
    assert {"meta: campaigns", "meta: campaign"} <= set(one.probes)


def fickle(times):
    """A bend that words an error otherwise the first *times* times."""

    def bend(asked, inner):
        reply = inner(asked)
        if reply.status != 400 or b"2642" not in reply.body:
            return reply
        count = asked.kept["count"] = asked.kept.get("count", 0) + 1
        return reply.holding(reply.body.replace(b"Invalid", b"Impossible")) if count <= times else reply

    return bend


def test_what_is_not_seen_twice_is_not_confirmed():
    """
    A finding that a second asking does not show is told as not confirmed, and does not count.
    """
    with asking(fickle(1)) as target:
        first = drift.compare.recordings(right(), drift.asked(target))
        [one] = drift.confirmed(first, target)

    assert (drift.exit_code(first), drift.exit_code([one]), one.confirmed) == (finding.DRIFT, finding.NO_DRIFT, False)
    assert drift.text.table([one]).startswith("not confirmed  words")
    assert "1 not confirmed" in drift.text.table([one])


def test_what_is_seen_twice_is_drift():
    """
    A finding that a second asking shows again is drift; only its probes are asked again.
    """
    with asking(fickle(2)) as target:
        first = drift.compare.recordings(right(), drift.asked(target))
        before = target.manners.calls
        [one] = drift.confirmed(first, target)

    assert one.confirmed
    assert drift.exit_code([one]) == finding.DRIFT
    assert target.manners.calls - before <= 3


def test_nothing_found_needs_no_second_asking():
    """
    Without a finding nobody is asked again.
    """
    with asking() as target:
        assert drift.confirmed([], target) == []
        assert target.manners.calls == 0


def test_the_gravest_finding_comes_first():
    """
    The table has a line for each finding, errors before warnings before news, each with its file and line, and a count.
    """

    def bend(asked, inner):
        changes = (has(brand_new="x"), lacks("spend"), lambda row: "reach" in row and row.update(reach=1))
        return bends.each(lambda row: [change(row) for change in changes], INSIGHTS)(asked, inner)

    table = drift.text.table(drift.compare.recordings(right(), recorded(bend)))
    *rows, last = table.splitlines()

    assert [row.split()[0] for row in rows] == [ERROR, WARNING, INFO]
    assert all(re.search(r"schemas/meta/insights\.json:\d+  \(meta: .+ and \d more probes\)$", row) for row in rows)
    assert last == "1 error, 1 warning, 1 info"


@pytest.mark.parametrize(("severity", "code"), [("error", 1), ("warning", 1), ("info", 0)])
def test_what_is_only_new_is_no_drift(severity, code):
    """
    The exit code is 1 for an error or a warning, 0 for what is only new.
    """
    one = drift.compare.recordings(right(), recorded(bends.each(has(brand_new="x"), "ListPageAdAccount")))[0]

    assert drift.exit_code([replace(one, severity=Severity(severity))]) == code
    assert drift.exit_code([]) == 0


def test_findings_as_json_lack_nothing():
    """
    The JSON has every finding whole: severity, kind, path, old, new, places and probes, and the exit code.
    """
    found = drift.compare.contract(recorded(worded("Invalid cursors", "Bad cursor" + " very" * 40, 2642)))
    told_as = json.loads(drift.text.as_json(found))

    assert told_as["exit_code"] == 1
    [entry] = told_as["findings"]
    assert entry["new"].count("very") == 40
    assert (entry["file"], entry["line"]) == (found[0].file, found[0].line)
    assert entry["places"] == [{"file": found[0].file, "line": found[0].line}]
    assert entry["probes"] == ["meta: bad_cursor"]
    assert drift.text.table([]) == "no drift"


def test_recordings_without_a_common_answer_cannot_be_compared():
    """
    Recordings that have no probe in common are refused, rather than found to be equal.
    """
    empty = replace(right(), probes={})

    with pytest.raises(ProfileFault, match="no answered probe in common"):
        drift.compare.recordings(right(), empty)
    with pytest.raises(ProfileFault, match="no answered probe"):
        drift.compare.contract(empty)
