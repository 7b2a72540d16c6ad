"""A user's excess at CAMS: whom and what it touches, and what it changes."""

from typing import Any

from ..ask import Ask
from ..expect import holds, same
from ..found_cams import ACCOUNTS, ENABLE, INSIGHTS, LIST, METRIC, able, metric, switched_on, valid
from ..outcomes import OutOfScope
from ..property import contract
from .throttle_cams import CODE, HOW, QPS, burst, made, refusals, shoot
from .throttle_ground import QUIET, Ground, ground

OTHERS = (ACCOUNTS, LIST, INSIGHTS, ENABLE)


@contract("CAMS-TH5", "One operation's or user's excess touches no other", sentence=QPS, calls=70, **HOW)
def touches_no_other(ask: Ask) -> None:
    """While GetChatappTemplateMetric is refused, other operations are answered, and so is another user."""
    with ground(ask) as at:
        assert at.ask.profile.cams
        asked, other = metric(at.ask, 1), at.ask.profile.cams.keys.get("other_owner")
        calls = [(name, made(at, name, valid(at.ask, name), 1)[0]) for name in able(at.ask, *OTHERS)]
        theirs = made(at, METRIC, asked, 2, key=other) if other else []
        burst(at, METRIC, asked)
        for name, one in [*calls, *((METRIC, one) for one in theirs)]:
            user = "another user's " if name == METRIC else ""
            holds(shoot(at, name, one).admitted, f"{user}{name} is not refused for another's excess", CODE, "answered")


@contract("CAMS-TH6", "Another user's excess does not touch the caller", sentence=QPS, calls=14, **HOW)
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
    "CAMS-TH8",
    "An operation without a documented limit is not limited",
    sentence="Assumed: no limit is documented for the campaign operations.",
    calls=60,
    **HOW,
)
def not_limited(ask: Ask) -> None:
    """Sixty calls as fast as they go are all answered."""
    with ground(ask) as at:
        for name in (ACCOUNTS, LIST):
            shots = [shoot(at, name, one) for one in made(at, name, valid(at.ask, name), 60)]
            same(len(refusals(shots)), 0, f"no call of {name} is refused for its rate")


@contract(
    "CAMS-TH9", "Being refused changes no later answer", sentence="A refused call changes nothing.", calls=62, **HOW
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
    "CAMS-TH11",
    "A call of EnableWhatsappROIMetric that is refused for its rate enables nothing",
    sentence="A refused call changes nothing.",
    calls=20,
    **HOW,
)
def refused_enables_nothing(ask: Ask) -> None:
    """Two days later, with messages sent all the time, there is still no metric."""
    with ground(ask, "default", moved=True) as at:
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
