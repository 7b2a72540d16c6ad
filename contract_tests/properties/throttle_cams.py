"""CAMS's documented queries per second: reached exactly, refused in its words, forgotten after a second."""

import re
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import Any

from mockserver.contract.load import load

from ..ask import Ask
from ..cams import Prepared
from ..expect import holds, same
from ..found_cams import ACCOUNTS, ENABLE, INSIGHTS, LIST, METRIC, WAYS, days_ago, metric, places, switched_on, valid
from ..outcomes import OutOfScope
from ..profile import Key
from ..property import Live, contract
from ..target import operation
from ..wire import Answer
from ..words_cams import refused_as, told
from .throttle_ground import QUIET, TRIES, Ground, Shot, at_least, at_most, ground, too_slow

PAGE = "Chat App Message Service: GetChatappTemplateMetric, QPS limits"
QPS = (
    "This API is limited to 50 queries per second (QPS) for each user. If you exceed this limit, API calls are"
    " throttled, which can affect your business."
)
SECOND = 1.0
EXTRA = 6  # calls beyond the limit
CODE = "System.LimitControl"
HOW: dict[str, Any] = {"page": PAGE, "kind": "throttle", "live": Live.MOCK, "examples": 1, "last": True}
Make = Callable[[int], list[Prepared]]


def limited(answer: Answer) -> bool:
    """Whether the answer says that a limit is spent."""
    code = str(told(answer).get("Code", ""))
    holds(code, "an answer of CAMS has a Code", answer.text[:300], "OK or an error")
    return code == CODE


def shoot(at: Ground, action: str, one: Prepared) -> Shot:
    """One call of *action*, whatever the limits."""
    return at.shoot(lambda: at.ask.cams.send(one, action, raw=True), limited)


def made(at: Ground, action: str, asked: dict[str, Any], count: int, **how: Any) -> list[Prepared]:
    """So many signed calls of *action*, by every way of signing and sending in turn."""
    ways = islice(cycle(WAYS), count)
    return [at.ask.cams.prepare(action, asked, **(way | how)) for way in ways]


def burst(at: Ground, action: str, asked: dict[str, Any], **how: Any) -> list[Shot]:
    """More calls than a second holds, as fast as they go, the last ones refused."""
    limit = at.limit(operation("cams", action).raw["qps"])
    for _ in range(TRIES):
        calls = made(at, action, asked, limit + EXTRA, **how)
        at.pass_time(QUIET)
        shots = [shoot(at, action, one) for one in calls]
        at_least(shots, limit, SECOND)
        if at_most(shots, limit, SECOND):
            return shots
    raise too_slow()


def refusals(shots: Sequence[Shot]) -> list[Answer]:
    """The answers that say that the limit is spent."""
    return [shot.answer for shot in shots if not shot.admitted]


@contract(
    "CAMS-TH1", "Fifty queries a second are admitted, and not one more", sentence=QPS, calls=60, **HOW
)  # fmt: skip
def fifty_a_second(ask: Ask) -> None:
    """No second holds 51 admitted calls, and none is refused before 50; every way of signing counts."""
    with ground(ask) as at:
        shots = burst(at, METRIC, metric(at.ask, 1))
        bodies = {shot.answer.text for shot in shots if shot.admitted and told(shot.answer).get("Code") != "OK"}
        same(bodies, set(), "what is admitted is answered")


@contract(
    "CAMS-TH2", "Every key of a user counts against the same limit", sentence=QPS, calls=60, **HOW
)  # fmt: skip
def one_limit_for_all_keys(ask: Ask) -> None:
    """Calls by a user's lasting and temporary keys together are at most 50 a second."""
    with ground(ask) as at:
        assert at.ask.profile.cams
        keys = [key for kind, key in at.ask.profile.cams.keys.items() if kind.startswith("temporary")]
        if not keys:
            raise OutOfScope("the user has no temporary key")
        limit, asked = at.limit(operation("cams", METRIC).raw["qps"]), metric(at.ask, 1)
        for _ in range(TRIES):
            calls = [at.ask.cams.prepare(METRIC, asked, key=key) for key in _turns([None, *keys], limit + EXTRA)]
            at.pass_time(QUIET)
            if at_most([shoot(at, METRIC, one) for one in calls], limit, SECOND):
                return
        raise too_slow()


def _turns(keys: Sequence[Key | None], count: int) -> list[Key | None]:
    return list(islice(cycle(keys), count))


@contract(
    "CAMS-TH3",
    "A call too many is refused whole, in the documented words, with the time to wait",
    sentence="System.LimitControl: The system is under flow control.",
    calls=60,
    **HOW,
)
def refused_whole(ask: Ask) -> None:
    """HTTP 400, the gateway's body and headers; Limit, Remain 0 and TimeLeft as the SDKs read them (assumed)."""
    with ground(ask) as at:
        limit = at.limit(operation("cams", METRIC).raw["qps"])
        shots = burst(at, METRIC, metric(at.ask, 1))
        for answer in refusals(shots):
            refused_as(at.ask, answer, CODE)
            if answer.json is not None:
                holds(load("cams").error_validator.is_valid(answer.json), "a refusal has the shape of its error",
                      answer.json, "RequestId, Message, Recommend, HostId and Code")  # fmt: skip
            same(answer.headers.get("x-acs-request-id"), told(answer)["RequestId"], "RequestId is that of the header")
            wait = _wait(answer)
            limits = answer.headers.get("x-ratelimit-user-api")
            same(limits, f"Limit:{limit},Remain:0,TimeLeft:{wait}", "x-ratelimit-user-api tells limit and wait")
        ids = [told(shot.answer)["RequestId"] for shot in shots]
        same(len(set(ids)), len(ids), "every answer has a RequestId of its own, refused or not")


def _wait(answer: Answer) -> int:
    """The milliseconds after which the refused call may come again."""
    text = answer.headers.get("x-acs-retry-after", "")
    holds(re.fullmatch(r"[1-9]\d{0,3}", text) and int(text) <= 1001, "x-acs-retry-after tells when to come back",
          text, "1 to 1000 milliseconds")  # fmt: skip
    return int(text)


@contract(
    "CAMS-TH4",
    "After the time that a refusal tells, calls are admitted again",
    sentence=QPS,
    calls=62,
    **HOW,
)
def recovers(ask: Ask) -> None:
    """The wait ends when the oldest of the last 50 is a second old; refused calls do not count."""
    with ground(ask) as at:
        limit = at.limit(operation("cams", METRIC).raw["qps"])
        asked = metric(at.ask, 1)
        shots = burst(at, METRIC, asked)
        last = next(shot for shot in reversed(shots) if not shot.admitted)
        oldest = [shot for shot in shots if shot.admitted][-limit]
        wait = _wait(last.answer) / 1000
        soonest, latest = oldest.sent + SECOND - last.received, oldest.received + SECOND - last.sent
        holds(soonest - 0.005 <= wait <= latest + 0.005, "the wait ends a second after the oldest call", wait,
              f"{soonest:.3f} to {latest:.3f} s")  # fmt: skip
        again = made(at, METRIC, asked, 1)[0]
        at.pass_time(max(0.0, last.received + wait + 0.002 - at.now()))
        holds(shoot(at, METRIC, again).admitted, "a call is admitted once the wait is over", CODE, "OK")


@contract(
    "CAMS-TH5",
    "One operation's or user's excess touches no other",
    sentence=QPS,
    calls=70,
    **HOW,
)
def touches_no_other(ask: Ask) -> None:
    """While GetChatappTemplateMetric is refused, other operations are answered, and so is another user."""
    with ground(ask) as at:
        assert at.ask.profile.cams
        asked, other = metric(at.ask, 1), at.ask.profile.cams.keys.get("other_owner")
        calls = [(name, made(at, name, valid(at.ask, name), 1)[0]) for name in (ACCOUNTS, LIST, INSIGHTS, ENABLE)]
        theirs = made(at, METRIC, asked, 2, key=other) if other else []
        burst(at, METRIC, asked)
        for name, one in [*calls, *((METRIC, one) for one in theirs)]:
            user = "another user's " if name == METRIC else ""
            holds(shoot(at, name, one).admitted, f"{user}{name} is not refused for another's excess", CODE, "answered")


@contract(
    "CAMS-TH6",
    "Another user's excess does not touch the caller",
    sentence=QPS,
    calls=14,
    **HOW,
)
def not_touched_by_others(ask: Ask) -> None:
    """While another owner's EnableWhatsappROIMetric is refused, the caller's is answered."""
    with ground(ask) as at:
        assert at.ask.profile.cams
        other = at.ask.profile.cams.keys.get("other_owner")
        if other is None:
            raise OutOfScope("no other owner's key is known")
        own = made(at, ENABLE, {"CustSpaceId": switched_on(at.ask).id}, 1)[0]
        burst(at, ENABLE, {}, key=other)
        holds(shoot(at, ENABLE, own).admitted, "the caller is not refused for another's excess", CODE, "OK")


@contract(
    "CAMS-TH7",
    "Five calls a second of EnableWhatsappROIMetric are admitted, under either of its names",
    sentence="Documented: EnableWhatsappROIMetric is limited to 5 queries per second for each user.",
    calls=14,
    **HOW,
)
def five_a_second(ask: Ask) -> None:
    """No second holds six admitted calls, and none is refused before five."""
    with ground(ask) as at:
        asked = {"CustSpaceId": switched_on(at.ask).id}
        for answer in refusals(burst(at, ENABLE, asked)):
            refused_as(at.ask, answer, CODE)
            _wait(answer)


@contract(
    "CAMS-TH8",
    "An operation without a documented limit is not limited",
    sentence="Assumed: no limit is documented for the campaign operations.",
    calls=60,
    **HOW,
)
def not_limited(ask: Ask) -> None:
    """Sixty calls as fast as they go are all answered."""
    with ground(ask) as at:
        asked = places(at.ask)[0].asked
        for name in (ACCOUNTS, LIST):
            whole = valid(at.ask, name) if name == LIST else asked
            shots = [shoot(at, name, one) for one in made(at, name, whole, 60)]
            same(len(refusals(shots)), 0, f"no call of {name} is refused for its rate")


@contract(
    "CAMS-TH9",
    "Being refused changes no later answer",
    sentence="A refused call changes nothing.",
    calls=62,
    **HOW,
)
def changes_nothing(ask: Ask) -> None:
    """The same question has the same answer before and after the excess."""
    with ground(ask) as at:
        asked = metric(at.ask, 3)
        before = at.ask.cams.rows(METRIC, asked)
        burst(at, METRIC, asked)
        at.pass_time(QUIET)
        same(at.ask.cams.rows(METRIC, asked), before, "an answer is the same after the limit was spent")


@contract(
    "CAMS-TH10",
    "The second slides",
    sentence=QPS,
    calls=110,
    **HOW,
)
def second_slides(ask: Ask) -> None:
    """Half of the calls at once, half of them 0.9 s later: after a second the first half is free again, no more."""
    with ground(ask, moved=True) as at:
        limit, asked = at.limit(operation("cams", METRIC).raw["qps"]), metric(at.ask, 1)
        half = limit // 2
        calls = iter(made(at, METRIC, asked, 3 * limit))
        at.pass_time(QUIET)
        shots = [shoot(at, METRIC, next(calls)) for _ in range(half)]
        at.pass_time(0.9)
        shots += [shoot(at, METRIC, next(calls)) for _ in range(limit - half + 2)]
        at.pass_time(0.1)
        shots += [shoot(at, METRIC, next(calls)) for _ in range(half + 2)]
        at_least(shots, limit, SECOND)
        at_most(shots, limit, SECOND)
        at.pass_time(60)
        later = [shoot(at, METRIC, next(calls)) for _ in range(limit)]
        same(len(refusals(later)), 0, "after a minute the whole second is free again")


@contract(
    "CAMS-TH11",
    "A call of EnableWhatsappROIMetric that is refused for its rate enables nothing",
    sentence="A refused call changes nothing.",
    calls=20,
    **HOW,
)
def refused_enables_nothing(ask: Ask) -> None:
    """Two days later, with messages sent all the time, there is still no metric."""
    with ground(ask, moved=True) as at:
        assert at.ask.profile.cams
        on = switched_on(at.ask)
        off = [one for one in at.ask.profile.cams.templates if one.usable and one.space_id not in (on.id, None)]
        off = [one for one in off if "roi_metric_enabled_at" not in _space(at.ask, one.space_id)]
        if not off:
            raise OutOfScope("every space with a template has its metrics on")
        calls = made(at, ENABLE, {"CustSpaceId": on.id}, 12)
        wanted = made(at, ENABLE, {"CustSpaceId": off[0].space_id}, 1)[0]
        refused = not all(shoot(at, ENABLE, one).admitted for one in calls) and not shoot(at, ENABLE, wanted).admitted
        at.pass_time(2 * 86400)
        asked = {"TemplateCode": off[0].code, "CustSpaceId": off[0].space_id}
        rows = at.ask.cams.rows(METRIC, {**asked, "Start": _ago(at, 1.9), "End": _ago(at, 0.1)})
        holds(refused, "more than five calls a second are refused", "admitted", CODE)
        same(rows, [], "a refused call switches nothing on")


def _ago(at: Ground, days: float) -> int:
    return int((at.ask.target.wall() - days * 86400) * 1000)


def _space(ask: Ask, space_id: str | None) -> Any:
    assert ask.profile.cams
    return next((one.world for one in ask.profile.cams.spaces if one.id == space_id), {})
