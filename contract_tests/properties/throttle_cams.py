"""CAMS's documented queries per second: reached exactly, refused in its words, forgotten after a second."""

import re
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import Any

from mockserver.contract.load import load

from ..ask import Ask
from ..cams import Prepared
from ..expect import holds, same
from ..found_cams import ENABLE, METRIC, WAYS, metric, switched_on
from ..outcomes import OutOfScope
from ..profile import Key
from ..property import Live, contract
from ..target import operation
from ..wire import Answer
from ..words_cams import refused_as, told
from .throttle_ground import QUIET, SLACK, TRIES, Ground, Shot, at_least, at_most, ground, too_slow

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


@contract("CAMS-TH1", "Fifty queries a second are admitted, and not one more", sentence=QPS, calls=60, **HOW)
def fifty_a_second(ask: Ask) -> None:
    """No second holds 51 admitted calls, and none is refused before 50; every way of signing counts."""
    with ground(ask) as at:
        shots = burst(at, METRIC, metric(at.ask, 1))
        bodies = {shot.answer.text for shot in shots if shot.admitted and told(shot.answer).get("Code") != "OK"}
        same(bodies, set(), "what is admitted is answered")


@contract("CAMS-TH2", "Every key of a user counts against the same limit", sentence=QPS, calls=60, **HOW)
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


@contract("CAMS-TH4", "After the time that a refusal tells, calls are admitted again", sentence=QPS, calls=110, **HOW)
def recovers(ask: Ask) -> None:
    """The wait ends when the oldest of the last 50 is a second old; refused calls do not count."""
    with ground(ask) as at:
        limit = at.limit(operation("cams", METRIC).raw["qps"])
        for _ in range(TRIES):
            *more, again = made(at, METRIC, metric(at.ask, 1), limit + 1)
            shots = burst(at, METRIC, metric(at.ask, 1))
            at.pass_time(0.4)
            shots += [shoot(at, METRIC, one) for one in more]
            if not shots[-1].admitted:
                waited(at, shots, limit, again)
                return
        raise too_slow()


def waited(at: Ground, shots: Sequence[Shot], limit: int, again: Prepared) -> None:
    """The last of *shots* tells when the oldest of the last *limit* is forgotten; then *again* is admitted."""
    refused, oldest = shots[-1], [shot for shot in shots if shot.admitted][-limit]
    wait = _wait(refused.answer) / 1000
    soonest, latest = oldest.sent + SECOND - refused.received, oldest.received + SECOND - refused.sent
    right = soonest - 0.005 <= wait <= latest + 0.005
    holds(right, "the wait ends a second after the oldest call", wait, f"{soonest:.3f} to {latest:.3f} s")
    at.pass_time(max(0.0, refused.received + wait + 0.002 - at.now()))
    holds(shoot(at, METRIC, again).admitted, "a call is admitted once the wait is over", CODE, "OK")


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
        asked, limit = {"CustSpaceId": switched_on(at.ask).id}, at.limit(operation("cams", ENABLE).raw["qps"])
        aliases = [at.ask.cams.prepare(name, asked) for name in operation("cams", ENABLE).raw["http"]["aliases"]]
        shots = burst(at, ENABLE, asked)
        for answer in refusals(shots):
            refused_as(at.ask, answer, CODE)
            _wait(answer)
        at_most([*shots, *(shoot(at, ENABLE, one) for one in aliases)], limit, SECOND)


@contract("CAMS-TH10", "The second slides", sentence=QPS, calls=110, **HOW)
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
        at.pass_time(0.1 + 2 * SLACK)
        shots += [shoot(at, METRIC, next(calls)) for _ in range(half + 2)]
        at_least(shots, limit, SECOND)
        at_most(shots, limit, SECOND)
        at.pass_time(60)
        later = [shoot(at, METRIC, next(calls)) for _ in range(limit)]
        same(len(refusals(later)), 0, "after a minute the whole second is free again")
