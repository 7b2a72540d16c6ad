"""Asking the probes: from a target to a recording."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from ..ask import Ask
from ..outcomes import Broken, BudgetSpent, Indeterminate, OutOfScope
from ..profile import ProfileFault
from ..signing import VERSION
from ..target import Target
from ..wire import Answer
from . import heads, shapes, vocabulary, words
from .clean import Private, private
from .places import ERROR
from .probes import Probe, catalogue, chosen
from .recording import BROKEN, BUDGET, LOST, SCOPE, Answered, Recording, Told, kit_version
from .scout import Scouted, forget

_SILENT = 3  # answers that have not come one after the other
_WHY = (
    (BudgetSpent, BUDGET),
    (OutOfScope, SCOPE),
    (Indeterminate, LOST),
)


def asked(target: Target, only: Collection[str] | None = None) -> Recording:
    """What *target* answers now to the probes, or to those in *only*; raises ProfileFault if it answers none of all."""
    hidden = private(target.profile)
    forget(target)
    named = catalogue() if only is None else only
    found: dict[str, Answered] = {}
    for probe in chosen(live=not target.exact):
        if probe.id in named:
            found[probe.id] = _gone_silent(probe, found) or ask(probe, target, hidden)
    if only is None and all(answered.unasked for answered in found.values()):
        raise ProfileFault(f"{target.name} could not be asked: {next(iter(found.values())).why}")
    return Recording(kit_version(), target.now().date(), _kind(target), api(target), found, hidden)


def _gone_silent(probe: Probe, found: Mapping[str, Answered]) -> Answered | None:
    """The vendor's last answer, if the last few never came: it is left alone."""
    last = [one for name, one in found.items() if catalogue()[name].vendor == probe.vendor][-_SILENT:]
    return last[-1] if len(last) == _SILENT and all(one.unasked == LOST for one in last) else None


def ask(probe: Probe, target: Target, hidden: Private) -> Answered:
    """What *target* answers to *probe*, or why it could not be asked."""
    outside = target.in_scope((probe.vendor,))
    if outside:
        return Answered(unasked=SCOPE, why=hidden.hide(outside))
    asking = Ask(target, None)
    try:
        answer = probe.how(asking, Scouted(asking))
    except (OutOfScope, Indeterminate) as reason:
        kind = next(word for kind, word in _WHY if isinstance(reason, kind))
        return Answered(unasked=kind, why=_why(str(reason), hidden))
    except Exception as error:
        why = error.what if isinstance(error, Broken) else f"the answer cannot be read ({type(error).__name__})"
        return Answered(unasked=BROKEN, why=_why(why, hidden))
    finally:
        for one in asking.answers:
            hidden.learn(one)
    return observed(probe, answer, api(target).get(probe.vendor, ""), hidden)


def observed(probe: Probe, answer: Answer, version: str, hidden: Private) -> Answered:
    """*answer* to *probe* as shapes, with nothing private in it."""
    ids, body = words.Ids(), answer.json
    told = _told(probe.vendor, answer, ids, hidden)
    file = ERROR if answer.status >= 400 else probe.operation
    return Answered(
        status=answer.status,
        form=_form(answer),
        error=told,
        headers=heads.of(answer.headers, version, hidden.holds),
        limits=heads.limits(answer.headers, hidden.holds),
        body={} if body is None else shapes.of(body, _vocabulary(probe.vendor, file), hidden.holds),
        same=words.same(answer, ids),
    )


def succeeds(vendor: str, answer: Answer) -> bool:
    """Whether *answer* is what was asked for rather than an error."""
    if vendor == "meta":
        return answer.status < 400 and "error" not in (answer.json if isinstance(answer.json, dict) else {})
    return answer.status < 400 and answer.error.get("Code", "OK") == "OK"


def _told(vendor: str, answer: Answer, ids: words.Ids, hidden: Private) -> Told | None:
    if succeeds(vendor, answer):
        return None
    error = answer.error
    if vendor == "cams":
        text, listed = words.plain(str(error.get("Message", "")), ids, hidden.hide)
        return Told(_code(error.get("Code"), hidden), words=text, values=listed)
    text, listed = words.plain(str(error.get("message", "")), ids, hidden.hide)
    subcode, kind = error.get("error_subcode"), error.get("type")
    return Told(
        _code(error.get("code"), hidden),
        subcode if isinstance(subcode, int) else None,
        _short(kind, hidden) if isinstance(kind, str) else None,
        text,
        listed,
    )


def _code(value: Any, hidden: Private) -> int | str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return _short(value, hidden) if isinstance(value, str) else None


def _short(value: str, hidden: Private) -> str:
    return words.plain(value, words.Ids(), hidden.hide)[0][:80]


def _vocabulary(vendor: str, file: str) -> Callable[[str], Collection[str]]:
    return lambda path: vocabulary.of(vendor, file, path)


def _form(answer: Answer) -> str:
    if answer.json is not None:
        return "JSON"
    start = answer.text.lstrip()[:200].lower()
    if not start:
        return "nothing"
    if start.startswith(("<!doctype html", "<html")):
        return "HTML"
    return "XML" if start.startswith("<") else "text"


def _why(text: str, hidden: Private) -> str:
    return words.plain(text, words.Ids(), hidden.hide)[0][:200]


def _kind(target: Target) -> str:
    return target.name if target.name in ("mock", "live") else "url"


def api(target: Target) -> dict[str, str]:
    """The versions of the APIs that *target* is asked in."""
    meta, cams = target.profile.meta, target.profile.cams
    return {**({"meta": meta.version} if meta else {}), **({"cams": VERSION} if cams else {})}
