"""What becomes of a property: outcomes, the smallest failure, confirmation, known divergences."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import strategies as st

from contract_tests import conform, engine
from contract_tests.manners import Manners
from contract_tests.outcomes import Broken, BudgetSpent, Indeterminate, Outcome, OutOfScope, Result
from contract_tests.profile import Divergence, MetaProfile, Profile, ProfileFault, Token
from contract_tests.property import CATALOGUE, Live, Property, catalogue, contract
from contract_tests.target import Target
from contract_tests.transport import Lost, Wsgi
from contract_tests.wire import Answer, Call


@dataclass
class Counting:
    """A vendor that counts its calls and answers with what *of* makes of the count."""

    of: object = None
    asked: list[str] = field(default_factory=list)

    def __call__(self, environ, start_response):
        self.asked.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"data": []}']


def target(vendor=None, **how) -> Target:
    profile = Profile(MetaProfile("http://x", Token("tok")), None, missing={"cams": "no keys"})
    return Target("x", profile, {"meta": Wsgi(vendor or Counting(), "http://x")}, Manners(), **how)


def asked(check, *, of=None, vendors=("meta",), live=Live.SAFE, **more):
    """The result of the property *check*."""
    one = Property("META-X1", "A title", "A sentence.", "A page", "shape", vendors, live, 1, check, **more)
    return engine.run(one, of or target())


def test_a_property_that_raises_nothing_passes():
    """
    Nothing raised is a pass, with the calls that it took.
    """
    result = asked(lambda ask: ask.graph.ok("me") and None, examples=1)

    assert (result.outcome, result.calls) == (Outcome.PASS, 1)


def test_a_broken_property_is_reported_at_its_smallest():
    """
    A failure on a mock is shrunk, and reported with what was drawn, got and expected, and its calls.
    """

    def check(ask):
        count = ask.draw(st.integers(0, 10_000), "count")
        ask.graph.ok("me")
        if count >= 137:
            raise Broken("counts stay small", count, "less than 137")

    result = asked(check, examples=100)

    assert (result.outcome, result.reason) == (Outcome.FAIL, "counts stay small")
    assert (result.got, result.drawn) == (137, {"count": 137})
    assert len(result.answers) == 1


def test_an_answer_that_cannot_be_read_is_a_failure():
    """
    Whatever a property stumbles over in an answer breaks it.
    """
    result = asked(lambda ask: ask.graph.ok("me").rows[0])

    assert (result.outcome, result.reason) == (Outcome.FAIL, "the answer cannot be read")
    assert "IndexError" in result.got


@pytest.mark.parametrize(
    ("raised", "outcome"),
    [
        (OutOfScope("no template"), Outcome.OUT_OF_SCOPE),
        (BudgetSpent("spent"), Outcome.OUT_OF_SCOPE),
        (Indeterminate("throttled"), Outcome.INDETERMINATE),
    ],
)
def test_what_cannot_be_told_is_no_failure(raised, outcome):
    """
    Nothing to ask is out of scope; a timeout or a spent limit is indeterminate, and nothing more is asked.
    """
    tries = []

    def check(ask):
        tries.append(ask.draw(st.integers()))
        raise raised

    result = asked(check, examples=5)

    assert (result.outcome, result.reason) == (outcome, str(raised))
    assert outcome is Outcome.OUT_OF_SCOPE or len(tries) == 1


def test_a_vendor_without_credentials_is_out_of_scope():
    """
    A property of both vendors is not asked where one has no credentials, and says which.
    """
    result = asked(lambda ask: None, vendors=("meta", "cams"))

    assert (result.outcome, result.reason, result.calls) == (Outcome.OUT_OF_SCOPE, "no keys", 0)


def test_a_live_target_is_asked_what_is_harmless_alone():
    """
    What holds on mocks only is never asked of a live target, nor what writes unless that is allowed.
    """
    live = target(exact=False, allow_writes=False)

    assert asked(lambda ask: None, of=live, live=Live.MOCK).outcome is Outcome.OUT_OF_SCOPE
    assert asked(lambda ask: None, of=live, writes=True).outcome is Outcome.OUT_OF_SCOPE
    assert asked(lambda ask: None, of=replace_writes(live), writes=True).outcome is Outcome.PASS


def replace_writes(live: Target) -> Target:
    live.allow_writes = True
    return live


def test_a_live_failure_is_confirmed_once_and_not_shrunk():
    """
    On a live target a failing example is asked exactly once more; one that does not fail again is indeterminate.
    """
    seen = []

    def always(ask):
        seen.append(ask.draw(st.integers(0, 100)))
        raise Broken("never")

    def once(ask):
        ask.draw(st.integers(0, 100))
        seen.append("once")
        if seen.count("once") == 1:
            raise Broken("only now")

    live = target(exact=False)

    assert asked(always, of=live).outcome is Outcome.FAIL
    assert len(seen) == 2
    assert asked(once, of=live).outcome is Outcome.INDETERMINATE


def test_a_mock_that_answers_differently_each_time_fails():
    """
    On a mock a failure that comes and goes is a failure all the same.
    """
    count = iter(range(1000))

    def sometimes(ask):
        ask.draw(st.integers(0, 100))
        if next(count) == 3:
            raise Broken("every now and then")

    result = asked(sometimes)

    assert (result.outcome, result.reason) == (Outcome.FAIL, "every now and then")


def test_a_live_target_is_shown_one_bad_credential_a_run():
    """
    The second bad token of a run is not sent.
    """
    vendor = Counting()
    live = target(vendor, exact=False)
    first = asked(lambda ask: ask.graph.call("me", token="bad") and None, of=live, examples=1)
    second = asked(lambda ask: ask.graph.call("me", token=None) and None, of=live, examples=1)

    assert (first.outcome, second.outcome) == (Outcome.PASS, Outcome.OUT_OF_SCOPE)
    assert len(vendor.asked) == 1


@pytest.mark.parametrize(
    ("until", "outcome"), [(date(2999, 1, 1), Outcome.DIVERGENCE), (date(2020, 1, 1), Outcome.FAIL)]
)
def test_a_known_divergence_counts_as_failure_after_its_date(until, outcome):
    """
    A divergence that the profile knows is told as such until its date.
    """

    def check(ask):
        raise Broken("it moves")

    known = target()
    known.profile = replace(known.profile, divergences=(Divergence("META-X1", until, "estimates"),))
    result = asked(check, of=known)

    assert result.outcome is outcome
    assert outcome is Outcome.FAIL or "estimates" in result.reason


def test_a_watching_property_is_judged_by_every_answer():
    """
    A property that watches fails by an answer that another property asked for.
    """

    def watches(seen):
        if seen.answer.call.path.endswith("/other"):
            raise Broken("an answer to another", seen.answer.status)

    def property_of(number: int, check, **more) -> Property:
        return Property(f"META-W{number}", "", "", "", "shape", ("meta",), Live.SAFE, 1, check, examples=1, **more)

    asking = property_of(1, lambda ask: ask.graph.ok("other") and None)
    watching = property_of(2, lambda ask: ask.graph.ok("me") and None, watches=watches)
    first, second = engine.run_all([asking, watching], target())

    assert (first.outcome, second.outcome) == (Outcome.PASS, Outcome.FAIL)
    assert second.answers[0].call.path.endswith("/other")


def test_the_catalogue_is_whole():
    """
    Each property has a title, the vendor's sentence, its page, exactly one place where it holds, and its cost.
    """
    for one in catalogue().values():
        assert all((one.title, one.sentence, one.page)), one.id
        assert isinstance(one.live, Live), one.id
        assert one.calls >= (0 if one.watches else 1) or one.examples == 1, one.id
        assert one.vendors == {"META": ("meta",), "CAMS": ("cams",), "BOTH": ("meta", "cams")}[one.id.split("-")[0]]


def test_a_property_without_a_place_is_refused_at_collection():
    """
    A property that does not say where it holds, or repeats an id, never enters the catalogue.
    """
    how = {"sentence": "s", "page": "p", "kind": "shape", "calls": 1}
    some = next(iter(catalogue()))

    with pytest.raises(ValueError, match="place"):
        contract("META-Z9", "t", live="live", **how)
    with pytest.raises(ValueError, match="two properties"):
        contract(some, "t", live=Live.SAFE, **how)
    with pytest.raises(TypeError):
        contract("META-Z9", "t", **how)
    assert "META-Z9" not in CATALOGUE


def test_a_small_budget_says_something_of_every_kind():
    """
    The cheapest property of each kind and vendor comes before the second of any; what spends a limit comes late.
    """
    order = [one for one in catalogue().values() if not one.last and one.watches is None]
    firsts = {(one.kind, one.vendors) for one in order}

    assert {(one.kind, one.vendors) for one in order[: len(firsts)]} == firsts


def test_only_chooses_by_id_pattern_and_kind():
    """
    --only takes ids, patterns and kinds; a pattern that fits nothing is refused by name.
    """
    some = conform.chosen(conform.Plan(only=("meta-t*",)))

    assert {one.id.startswith("META-T") for one in some} == {True}
    assert {one.kind for one in conform.chosen(conform.Plan(only=("metamorphic",)))} == {"metamorphic"}
    with pytest.raises(ProfileFault, match="'META-NONE' fits no property"):
        conform.chosen(conform.Plan(only=("META-NONE",)))


def test_an_answer_knows_its_rows_and_its_error():
    """
    Rows stand under data or Data, an error under error or in the body itself; anything else has none.
    """

    def answer(body: bytes) -> Answer:
        return Answer(None, 200, {}, body)

    assert answer(b'{"data": [{"a": 1}]}').rows == answer(b'{"Data": [{"a": 1}]}').rows == [{"a": 1}]
    assert answer(b'{"error": {"code": 1}}').error == answer(b'{"code": 1}').error == {"code": 1}
    assert (answer(b"<html>").rows, answer(b"[1]").error) == ([], {})


def test_a_mock_that_loses_calls_breaks_its_contract():
    """
    A target that is there and loses the same call twice has failed; one that is gone leaves the property open.
    """

    @dataclass
    class Losing:
        origin: str = "http://x"
        gone: bool = False

        def send(self, method, target, headers, body):
            if self.gone or "filtering" in target:
                raise Lost("the connection was lost")
            return Answer(Call(method, self.origin, target, headers, body), 200, {}, b'{"data": []}')

        def close_all(self):
            """Nothing is open."""

    def check(ask):
        ask.graph.call("me", {"filtering": "[]"})

    there, gone = target(), target()
    there.transports, gone.transports = {"meta": Losing()}, {"meta": Losing(gone=True)}

    assert asked(check, of=there).outcome is Outcome.FAIL
    assert asked(check, of=gone).outcome is Outcome.INDETERMINATE


def test_a_live_failure_that_cannot_be_asked_again_is_a_failure():
    """
    Where the one bad credential of a run has shown a fault, the fault is told, and that it is not confirmed.
    """

    def check(ask):
        ask.draw(st.integers(0, 9))
        ask.graph.call("me", token="bad")
        raise Broken("a bad token is accepted")

    result = asked(check, of=target(exact=False))

    assert result.outcome is Outcome.FAIL
    assert "not confirmed" in result.reason


@pytest.mark.parametrize(
    ("outcomes", "name", "code"),
    [
        ([Outcome.PASS], "mock", 0),
        ([Outcome.PASS, Outcome.FAIL], "mock", 1),
        ([Outcome.PASS, Outcome.DIVERGENCE], "mock", 0),
        ([Outcome.PASS, Outcome.INDETERMINATE], "mock", 2),
        ([Outcome.PASS, Outcome.INDETERMINATE], "live", 0),
        ([Outcome.PASS, Outcome.INDETERMINATE, Outcome.INDETERMINATE], "live", 2),
        ([Outcome.OUT_OF_SCOPE], "mock", 2),
    ],
)
def test_exit_codes(outcomes, name, code):
    """
    A failure is 1; a mock that leaves anything open, a live target more than half, or nothing decided, is 2.
    """
    results = [Result("META-T1", outcome, 1, 0.0) for outcome in outcomes]
    report = conform.Report(name, "quick", 0, datetime.now(UTC), {}, results)

    assert report.exit_code == code
