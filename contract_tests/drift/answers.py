"""What surrounds a body under judgement: status, error, headers, limits, and ids that are the same in two places."""

from collections.abc import Iterator, Mapping

from .change import Judging, failed, header_place
from .finding import GONE, GROWN, HEADER_GONE, HEADER_NEW, LIMIT, RECODED, REFERENCE, STATUS, WORDS, Finding, Severity
from .heads import AS_ASKED, CHALLENGE, TIERS, VERSION
from .probes import Refusal
from .recording import Answered, Told
from .shapes import Shapes

_ABSENT = "(absent)"
_JSON = "application/json"
_EVERY = {
    "meta": ("content-type", VERSION, "x-fb-request-id", "x-fb-trace-id", "x-fb-rev"),
    "cams": ("content-type", "x-acs-request-id", "x-acs-trace-id"),
}
_SOME = {
    "meta": (
        "etag", "cache-control", "pragma", "x-fb-rlafr", "x-fb-debug", "x-app-usage", "x-ad-account-usage",
        "x-business-use-case-usage", "x-fb-ads-insights-throttle", "access-control-allow-origin", CHALLENGE,
    ),
    "cams": (
        "etag", "access-control-allow-origin", "access-control-expose-headers", "x-acs-retry-after",
        "x-ratelimit-user-api", "x-ratelimit-user",
    ),
}  # fmt: skip
_SPENT = ("call_count", "total_cputime", "total_time")
# what each usage header tells, by its path
_USAGE = {
    "x-app-usage": _SPENT,
    "x-ad-account-usage": ("acc_id_util_pct", "reset_time_duration", "ads_api_access_tier"),
    "x-business-use-case-usage": tuple(
        f"*[].{name}" for name in ("type", *_SPENT, "estimated_time_to_regain_access", "ads_api_access_tier")
    ),
    "x-fb-ads-insights-throttle": ("app_id_util_pct", "acc_id_util_pct", "ads_api_access_tier"),
}
_WORDED = (".type", "_tier")  # what a usage header tells in words; all else are numbers
_PATHS = {"meta": ("error.code", "error.error_subcode", "error.type"), "cams": ("Code", "Code", "Code")}


def result(answered: Answered) -> str:
    """The status of an answer, and its code where it is an error."""
    return f"{answered.status} {answered.error.code}" if answered.error else str(answered.status)


def errors(judging: Judging, old: Told, new: Told, *, worded: bool) -> Iterator[Finding]:
    """What differs between two errors; *worded* says that their words are the same."""
    pairs = ((old.code, new.code), (old.subcode, new.subcode), (old.type, new.type))
    for path, (before, now) in zip(_PATHS[judging.probe.vendor], pairs, strict=True):
        if before != now:
            yield judging.found(RECODED, path, _or_absent(before), _or_absent(now), judging.row)
    words = "error.message" if judging.probe.vendor == "meta" else "Message"
    if not worded:
        yield judging.found(WORDS, words, old.words, new.words, judging.row)
    refusal = judging.probe.refusal
    place = judging.top(*refusal.listed) if refusal and refusal.listed else judging.row
    if old.values and (more := sorted(set(new.values) - set(old.values))):
        yield judging.found(GROWN, f"{words} lists", ", ".join(old.values), f"also {', '.join(more)}", place)
    if new.values and (less := sorted(set(old.values) - set(new.values))):
        yield judging.found(GONE, f"{words} lists", ", ".join(less), _ABSENT, place)


def documented(refusal: Refusal) -> Told:
    """The documented error as it would be told."""
    return Told(refusal.code, refusal.subcode, refusal.type, refusal.words, refusal.values)


def headers(judging: Judging, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Finding]:
    """What differs between the headers of two answers."""
    for name in sorted(old.keys() | new.keys()):
        before, now = old.get(name, _ABSENT), new.get(name, _ABSENT)
        if before == now:
            continue
        place, path = header_place(judging, name), f"header {name}"
        if before == _ABSENT or now == _ABSENT:
            kind = HEADER_NEW if before == _ABSENT else HEADER_GONE
            yield judging.found(kind, path, before, now, place)
        else:
            yield judging.found(RECODED, path, before, now, place, _severity(name, before, now))


def _severity(name: str, before: str, now: str) -> Severity:
    """Another media type breaks clients; whatever else a header says otherwise may."""
    if name != "content-type":
        return Severity.WARNING
    return Severity.INFO if before.partition(";")[0] == now.partition(";")[0] else Severity.ERROR


def documented_headers(judging: Judging, answered: Answered) -> Iterator[Finding]:
    """What the recorded and documented headers of the vendor say otherwise."""
    vendor, told = judging.probe.vendor, answered.headers
    for name in _EVERY[vendor]:
        if name not in told:
            yield judging.found(HEADER_GONE, f"header {name}", "in every answer", _ABSENT, header_place(judging, name))
    for name in sorted(told.keys() - {*_EVERY[vendor], *_SOME[vendor]}):
        yield judging.found(HEADER_NEW, f"header {name}", _ABSENT, told[name], header_place(judging, name))
    for name, right in (("content-type", _JSON), (VERSION, AS_ASKED)):
        if name in told and told[name].partition(";")[0] != right:
            severity = _severity(name, right, told[name])
            yield judging.found(RECODED, f"header {name}", right, told[name], header_place(judging, name), severity)


def limits(judging: Judging, old: Answered, new: Answered) -> Iterator[Finding]:
    """What two answers say otherwise of limits."""
    both = {name for name in old.headers if new.headers.get(name) == old.headers[name] == "limits"}
    before, now = (
        {path: one for path, one in answer.limits.items() if path.split(".")[0] in both} for answer in (old, new)
    )
    for path in sorted(before.keys() | now.keys()):
        place = header_place(judging, path)
        if path not in now:
            yield judging.found(LIMIT, f"header {path}", "told", _ABSENT, place)
        elif path not in before:
            yield judging.found(LIMIT, f"header {path}", _ABSENT, "told", place, Severity.INFO)
        elif now[path].types != before[path].types:
            types = ", ".join(before[path].types), ", ".join(now[path].types)
            yield judging.found(LIMIT, f"header {path}", *types, place, Severity.ERROR)
        elif set(now[path].words) - set(before[path].words) - set(TIERS):
            yield judging.found(LIMIT, f"header {path}", _listed(before[path].words), _listed(now[path].words), place)


def documented_limits(judging: Judging, told: Shapes) -> Iterator[Finding]:
    """What the contract and the documented usage headers say otherwise of limits."""
    named = {path.split(".")[0] for path in told}
    for path in (f"{header}.{name}" for header in sorted(named & _USAGE.keys()) for name in _USAGE[header]):
        kind, place = "string" if path.endswith(_WORDED) else "number", header_place(judging, path)
        if path not in told:
            yield judging.found(LIMIT, f"header {path}", "documented", _ABSENT, place)
        elif told[path].types != (kind,):
            types = ", ".join(told[path].types)
            yield judging.found(LIMIT, f"header {path}", kind, types, place, Severity.ERROR)
    qps = judging.operation["qps"]
    for path, shape in sorted(told.items()):
        place = header_place(judging, path)
        if path.endswith(".Limit") and qps and shape.words != (str(qps),):
            yield judging.found(LIMIT, f"header {path}", str(qps), _listed(shape.words), place)
        elif path.endswith("_tier") and (more := set(shape.words) - set(TIERS)):
            yield judging.found(LIMIT, f"header {path}", _listed(TIERS), _listed(tuple(sorted(more))), place)


def references(judging: Judging, old: Mapping[str, str], new: Answered) -> Iterator[Finding]:
    """Places that said the same id and do so no more."""
    there = {*new.body, *(f"header {name}" for name in new.headers), "call"}
    for mark in sorted(set(old.values())):
        first, *others = [place for place, one in old.items() if one == mark and place in there] or [""]
        for other in others:
            if new.same.get(first, first) != new.same.get(other, other):
                yield judging.found(REFERENCE, f"{first} = {other}", "the same id", "another id", judging.row)


def forms(judging: Judging, old: str, new: str) -> Iterator[Finding]:
    """A body that was JSON and is something else."""
    if old != new:
        yield judging.found(RECODED, "(the body)", old, new, judging.row)


def statuses(judging: Judging, old: str, new: str) -> Finding:
    """Another status, or an error where there was none."""
    return judging.found(STATUS, "(the status)", old, new, judging.row)


def turned(old: Answered, new: Answered) -> bool:
    """Whether one is an error and the other is not."""
    return failed(old) is not failed(new)


def _or_absent(value: object) -> object:
    return _ABSENT if value is None else value


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words)
