"""The kit's power: every vendor that is faulty on purpose is caught, and the right one is not."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

import pytest

from contract_tests.transport import Wsgi
from mockserver.app import create_app
from mockserver.contract.operation import Operation
from mockserver.settings import Settings
from mockserver.vendors.meta import cursor
from tests.mutants import table
from tests.mutants.bend import Asked, Inner, Reply, bent
from tests.mutants.bends import rows
from tests.mutants.catalogue import KINDS, Mutant, catalogue
from tests.mutants.patch import around, ignored, patched
from tests.mutants.run import Verdict, asked, judged, known, verdict
from tests.mutants.words import CAMPAIGNS

MUTANTS = catalogue()
MEANT = sorted({name for one in MUTANTS.values() for name in one.meant.split()})
PATH = "/v26.0/act_2390000000001/campaigns?fields=name&access_token=EAAtok"
PARTS = 8  # parts of the kit that are asked of the right vendor at once


def untouched(call: Asked, inner: Inner) -> Reply:
    """A bend that bends nothing."""
    return inner(call)


def innocent(part: int) -> Verdict:
    """What a part of the properties that catch mutants says of a vendor without a fault."""
    right = Mutant("meta-right", "state", "Nothing is wrong.", "", untouched)
    return asked(right, [known()[name] for name in MEANT[part::PARTS]], "quick", 0, every=True)


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    """As many processes as there are cores."""
    with ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn")) as pool:
        yield pool
        pool.shutdown(cancel_futures=True)


@pytest.fixture(scope="module")
def verdicts(request: pytest.FixtureRequest, processes: ProcessPoolExecutor) -> dict[str, Future[Verdict]]:
    """The verdicts of the mutants whose tests were chosen, made side by side."""
    calls = [getattr(item, "callspec", None) for item in request.session.items]
    chosen = [call.params["name"] for call in calls if call is not None and call.params.get("name") in MUTANTS]
    return {name: processes.submit(verdict, name) for name in chosen}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_faulty_vendor_is_caught(name: str, verdicts: dict[str, Future[Verdict]]) -> None:
    """A vendor with one fault breaks the property that is there for that fault, and nothing breaks in the server."""
    found = verdicts[name].result()
    assert not found.bugs, f"{MUTANTS[name].fault} — breaks in the server"
    assert found.caught, f"{MUTANTS[name].fault} — {MUTANTS[name].meant} does not see it"


def test_a_fault_that_breaks_in_the_server_is_not_caught() -> None:
    """A patch that raises makes refusals of its own, which say nothing of the kit."""
    raising = around("mockserver.vendors.meta.actions:told", lambda *_: 1 // 0)
    found = judged(Mutant("meta-raising", "state", "Action lists raise.", "META-A13", raising))
    assert found.broken
    assert not found.caught


@pytest.mark.parametrize("part", range(PARTS))
def test_a_right_vendor_is_not_caught(part: int, processes: ProcessPoolExecutor) -> None:
    """What catches the faulty vendors has nothing to say against the right one behind the same middleware."""
    found = processes.submit(innocent, part).result()
    assert found.broken == (), found.sentence


def test_every_kind_of_fault_is_tried() -> None:
    """There are more than sixty faulty vendors, half of them of either vendor, of every kind that there is."""
    assert {one.kind for one in MUTANTS.values()} == set(KINDS)
    assert min(Counter(one.vendor for one in MUTANTS.values()).values()) > 60


def test_the_committed_table_is_the_generated_one() -> None:
    """The table in the repository has the mutants that there are, each with its fault and its property."""
    text = Path(table.FILE).read_text(encoding="utf-8")
    assert table.read(text) == [row[:-1] for row in table.rows()]
    assert "survives" not in text


def test_a_bent_answer_is_whole() -> None:
    """A body that was bent has the length and the ETag that belong to it, so that nothing but the bend is wrong."""
    app = create_app(Settings(world="docs", throttle=0)).wsgi_app
    last = rows(lambda found, _: [{**row, "name": "Größe"} for row in found], "campaigns")
    plain, changed = (Wsgi(one).send("GET", PATH, {}, b"") for one in (app, bent(app, last)))
    assert changed.rows == [{"name": "Größe", "id": plain.rows[0]["id"]}]
    assert changed.headers["content-length"] == str(len(changed.body))
    assert len(changed.headers["etag"]) == len(plain.headers["etag"])
    assert changed.headers["etag"] != plain.headers["etag"]


def test_what_a_patch_replaces_comes_back() -> None:
    """Functions, methods and rows of tables are as they were once a mutant is done with."""
    before = Operation.read, cursor.window
    with patched(ignored(CAMPAIGNS, "Status"), around("mockserver.vendors.meta.cursor:window", print)):
        assert (Operation.read, cursor.window) != before
    assert (Operation.read, cursor.window) == before
