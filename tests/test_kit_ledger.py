"""The ledger: when each property was last validated live, and which are due."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from contract_tests.conform import Report
from contract_tests.drift import ledger
from contract_tests.drift.recording import kit_version
from contract_tests.outcomes import Outcome, Result
from contract_tests.profile import ProfileFault
from contract_tests.property import Live, Property, catalogue
from tests.kit_recordings import asking

DAY = datetime(2026, 11, 21, 12, tzinfo=UTC)


def property_of(name, live=Live.SAFE, vendors=("meta",)):
    """A property that nobody asks."""
    return Property(name, "A title", "A sentence.", "A page", "shape", vendors, live, 1, lambda _: None)


def report(outcomes, *, target="live", day=DAY, vendors=("meta",)):
    """What a run has found."""
    properties = {name: property_of(name, vendors=vendors) for name in outcomes}
    results = [Result(name, outcome, 1, 0.1) for name, outcome in outcomes.items()]
    return Report(target, "default", 0, day, properties, results)


@pytest.fixture
def few(monkeypatch):
    """A catalogue of three properties, of which a live target is asked two."""
    listed = {"META-A": property_of("META-A"), "META-B": property_of("META-B", Live.TOLERANT)}
    listed["META-C"] = property_of("META-C", Live.MOCK)
    monkeypatch.setattr(ledger, "catalogue", lambda: listed)


def test_what_holds_live_is_validated_on_that_day(tmp_path):
    """
    A live run notes for each decided property the day, the outcome, the versions of its vendors' APIs and of the kit.
    """
    path = tmp_path / "ledger.json"
    with asking() as target:
        assert ledger.update(path, report({"META-A": Outcome.PASS}), target) == 1

    [(name, entry)] = json.loads(path.read_text("utf-8")).items()
    assert (name, entry["asked"], entry["validated"]) == ("META-A", "2026-11-21", "2026-11-21")
    assert (entry["outcome"], entry["api"], entry["kit"]) == ("pass", {"meta": "v26.0"}, kit_version())
    assert re.fullmatch(r"\d+\.\d+\.\d+", entry["kit"])


@pytest.mark.parametrize("target", ["mock", "http://127.0.0.1:8086"])
def test_a_mock_validates_nothing(target, tmp_path):
    """
    A run against a mock says nothing of the vendor: the ledger stays as it is.
    """
    path = tmp_path / "ledger.json"

    assert ledger.update(path, report({"META-A": Outcome.PASS}, target=target)) == 0
    assert not path.exists()


@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.DIVERGENCE])
def test_a_failure_keeps_the_day_on_which_it_last_held(outcome, tmp_path):
    """
    A property that is broken now was asked today, and was last validated when it last held.
    """
    path = tmp_path / "ledger.json"
    ledger.update(path, report({"META-A": Outcome.PASS}, day=datetime(2026, 10, 1, tzinfo=UTC)))
    ledger.update(path, report({"META-A": outcome, "META-B": outcome}))

    kept = ledger.read(path)
    assert (kept["META-A"].asked, kept["META-A"].validated) == ("2026-11-21", "2026-10-01")
    assert (kept["META-B"].outcome, kept["META-B"].validated) == (outcome.value, None)


@pytest.mark.parametrize("outcome", [Outcome.INDETERMINATE, Outcome.OUT_OF_SCOPE])
def test_what_was_not_decided_changes_nothing(outcome, tmp_path):
    """
    An undecided property keeps its entry; other entries are kept beside a new one.
    """
    path = tmp_path / "ledger.json"
    ledger.update(path, report({"META-A": Outcome.PASS}, day=datetime(2026, 10, 1, tzinfo=UTC)))

    assert ledger.update(path, report({"META-A": outcome, "META-B": Outcome.PASS})) == 1
    assert {name: entry.validated for name, entry in ledger.read(path).items()} == {
        "META-A": "2026-10-01",
        "META-B": "2026-11-21",
    }


@pytest.mark.usefixtures("few")
def test_what_is_due_comes_oldest_first(tmp_path):
    """
    Stale are the properties that may be asked live and were never validated, or longer ago than the days given.
    """
    path = tmp_path / "ledger.json"
    assert [one.property_id for one in ledger.stale(path, 30)] == ["META-A", "META-B"]

    ledger.update(path, report({"META-A": Outcome.PASS}))
    old, edge = date(2026, 12, 22), date(2026, 12, 21)
    assert [one.property_id for one in ledger.stale(path, 30, old)] == ["META-B", "META-A"]
    assert [one.property_id for one in ledger.stale(path, 30, edge)] == ["META-B"]


@pytest.mark.usefixtures("few")
def test_the_table_says_when_and_how(tmp_path):
    """
    The table has a line for each property that is due, with its last validation, its age and its last outcome.
    """
    path, today = tmp_path / "ledger.json", date(2026, 12, 31)
    ledger.update(path, report({"META-A": Outcome.PASS}))
    table = ledger.table(ledger.stale(path, 30, today), today)
    ledger.update(path, report({"META-B": Outcome.FAIL}))

    assert table.splitlines() == [
        "META-B  never asked live",
        "META-A  validated 2026-11-21, 40 days ago; last outcome: pass",
        "2 properties are to be validated live",
    ]
    assert "META-B  never validated live; last outcome: fail" in ledger.table(ledger.stale(path, 30, today), today)
    assert ledger.table([], today) == "0 properties are to be validated live"


def test_every_property_that_may_be_asked_live_is_due_at_first(tmp_path):
    """
    Without a ledger all properties of the catalogue are due but those that mocks alone are asked.
    """
    due = {one.property_id for one in ledger.stale(tmp_path / "ledger.json", 30)}

    assert due == {name for name, one in catalogue().items() if one.live is not Live.MOCK}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "is no ledger: it is not JSON"),
        ("[]", "is no ledger: .* at its top"),
        ('{"META-A": {"asked": "2026-11-21"}}', "is no ledger: .* is a required property at META-A"),
        (
            '{"META-A": {"asked": "2026-13-01", "outcome": "pass", "validated": null, "api": {}, "kit": "1"}}',
            "is no ledger: month must be in 1..12",
        ),
    ],
)
def test_a_bad_ledger_is_one_plain_sentence(text, why, tmp_path):
    """
    A file that is no ledger is refused with a sentence that names it, and is left as it was.
    """
    path = tmp_path / "ledger.json"
    path.write_text(text, "utf-8")

    with pytest.raises(ProfileFault, match=why):
        ledger.update(path, report({"META-A": Outcome.PASS}))
    assert path.read_text("utf-8") == text


def test_a_ledger_without_a_folder_is_refused(tmp_path):
    """
    A ledger is written only where there is a folder for it.
    """
    with pytest.raises(ProfileFault, match="there is no folder"):
        ledger.update(tmp_path / "none" / "ledger.json", report({"META-A": Outcome.PASS}))
