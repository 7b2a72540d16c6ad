"""What has changed between two recordings, or between a recording and the contract."""

from collections.abc import Iterator
from dataclasses import replace

from ..profile import ProfileFault
from . import answers, bodies
from .change import Judging, failed
from .finding import NOT_ASKED, Finding, Judge, Severity, merged
from .probes import Probe, catalogue
from .recording import BROKEN, BUDGET, LOST, Answered, Recording

_SAME = ("RequestId", "header x-acs-request-id", "Recommend")  # "RequestId" is told in all of them


def recordings(old: Recording, new: Recording) -> list[Finding]:
    """What *new* says otherwise than *old*; raises ProfileFault where they have nothing in common."""
    pairs = [
        (probe, old.probes[name], new.probes[name])
        for name, probe in catalogue().items()
        if name in old.probes and name in new.probes and not old.probes[name].unasked
    ]
    if not pairs:
        raise ProfileFault("the two recordings have no answered probe in common")
    judged = ((probe, _than(probe, before), now) for probe, before, now in pairs)
    return merged(one for probe, judge, now in judged for one in _findings(probe, judge, now))


def contract(recording: Recording) -> list[Finding]:
    """What *recording* says otherwise than the contract; raises ProfileFault where nothing was answered."""
    asked = [(probe, recording.probes[name]) for name, probe in catalogue().items() if name in recording.probes]
    if all(answered.unasked for _, answered in asked):
        raise ProfileFault("the recording has no answered probe")
    return merged(one for probe, answered in asked for one in _findings(probe, _by_contract(probe), answered))


def _findings(probe: Probe, judge: Judge, answered: Answered) -> Iterator[Finding]:
    for one in judge(answered):
        yield replace(one, again={probe.id: judge})


def _than(probe: Probe, old: Answered) -> Judge:
    def judge(new: Answered) -> list[Finding]:
        return list(_unasked(probe, new) if new.unasked else _changed(probe, old, new))

    return judge


def _by_contract(probe: Probe) -> Judge:
    def judge(answered: Answered) -> list[Finding]:
        return list(_unasked(probe, answered) if answered.unasked else _against(probe, answered))

    return judge


def _unasked(probe: Probe, answered: Answered) -> Iterator[Finding]:
    """A probe that should have been answered: what the target does not have is no drift."""
    if answered.unasked in (BROKEN, LOST, BUDGET):
        judging = Judging(probe, 200)
        severity = Severity.INFO if answered.unasked == BUDGET else Severity.WARNING
        yield judging.found(NOT_ASKED, "", "an answer", answered.why, judging.top("http"), severity)


def _changed(probe: Probe, old: Answered, new: Answered) -> Iterator[Finding]:
    judging = Judging(probe, new.status)
    if answers.turned(old, new):
        yield answers.statuses(judging, answers.result(old), answers.result(new))
        return
    if old.status != new.status:
        yield answers.statuses(judging, str(old.status), str(new.status))
    yield from answers.forms(judging, old.form, new.form)
    yield from answers.headers(judging, old.headers, new.headers)
    yield from answers.limits(judging, old, new)
    if old.form == new.form == "JSON":
        if old.error and new.error:
            yield from answers.errors(judging, old.error, new.error, worded=old.error.words == new.error.words)
        yield from bodies.changed(judging, old.body, new.body)
        yield from answers.references(judging, old.same, new)


def _against(probe: Probe, answered: Answered) -> Iterator[Finding]:
    judging, refusal = Judging(probe, answered.status), probe.refusal
    right = refusal.statuses if refusal else (200,)
    if failed(answered) is not (refusal is not None):
        wanted = f"{right[0]} {refusal.code}" if refusal else "200"
        yield answers.statuses(judging, wanted, answers.result(answered))
        return
    if answered.status not in right:
        yield answers.statuses(judging, " or ".join(map(str, right)), str(answered.status))
    yield from answers.forms(judging, "JSON", answered.form)
    yield from answers.documented_headers(judging, answered)
    yield from answers.documented_limits(judging, answered.limits)
    if answered.form == "JSON":
        if refusal and answered.error:
            worded = refusal.fits(answered.error.words)
            yield from answers.errors(judging, answers.documented(refusal), answered.error, worded=worded)
        yield from bodies.against(judging, answered.body)
        same = dict.fromkeys(_SAME, "<id:1>") if probe.vendor == "cams" else {}
        yield from answers.references(judging, same, answered)
