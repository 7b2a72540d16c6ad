"""ETags, HEAD and the marks of a call: what the headers of two answers of the Graph API say of each other."""

import json
from typing import Any

from ..ask import Ask
from ..bad_meta import NODES, Place, places
from ..expect import holds, ok, same
from ..property import Live, contract
from ..target import operation
from ..tokens_meta import UNKNOWN
from ..watched_meta import rich
from ..wire import Answer
from .meta_headers import BUC, HEADERS_PAGE, KEYS, USAGE_PAGE

ETAG = "If-None-Match → 304, empty"
VARYING = {"date", "x-fb-request-id", "x-fb-trace-id", "x-fb-debug", "etag", "www-authenticate", *KEYS, BUC}


def _tagged(ask: Ask, place: Place, tag: str, parameters: Any = None) -> Answer:
    return ask.graph.call(place.path, parameters, headers={"If-None-Match": tag})


@contract(
    "META-H10",
    "What the client has is not sent again",
    sentence=ETAG,
    page=HEADERS_PAGE,
    kind="shape",
    live=Live.SAFE,
    calls=2,
    examples=1,
)
def not_sent_again(ask: Ask) -> None:
    """Every operation answers 304 without a body to the ETag of its own answer, and whole to any other."""
    listed = ask.some(places(ask), few=6) if ask.exact else places(ask, "me")
    for at, place in enumerate(listed):
        first = ask.graph.ok(place.path)
        tag = first.headers.get("etag", "")
        again = _tagged(ask, place, tag)
        same((again.status, again.body), (304, b""), "the answer's own ETag is answered with 304 and no body")
        same(again.headers.get("etag"), tag, "304 tells the same ETag")
        if not ask.exact:
            return
        for sent in (f"W/{tag}", f'"other", {tag}', f'{tag},"other"', "*"):
            same(_tagged(ask, place, sent).status, 304, f"If-None-Match: {sent} names the answer")
        other = ask.graph.ok(listed[at - 1].path).headers.get("etag", "")
        for sent in ('"other"', f'"{"0" * 40}"', "", *([other] if other != tag else [])):
            same(ok(_tagged(ask, place, sent)).body, first.body, f"If-None-Match: {sent} is not this answer's ETag")


@contract(
    "META-H11",
    "An error is sent whole whatever the client has",
    sentence="Recorded: If-None-Match → 304 of a good answer; assumed: an error has no ETag to compare",
    page=HEADERS_PAGE,
    kind="shape",
    live=Live.MOCK,
    calls=16,
    examples=1,
)
def errors_are_sent(ask: Ask) -> None:
    """If-None-Match changes nothing in an error."""
    for place in places(ask):
        answer = ask.graph.call(f"{place.path}/nonsense", headers={"If-None-Match": "*"})
        same(answer.status, 400, "an error is sent whatever the client has")
        same(answer.error.get("code"), 2500, "an error is sent whole whatever the client has")


@contract(
    "META-H12",
    "The ETag changes with the answer, and only with it",
    sentence="Recorded: a strong ETag, the SHA-1 of the body",
    page=HEADERS_PAGE,
    kind="shape",
    live=Live.MOCK,
    calls=64,
    examples=1,
)
def tags_tell_answers_apart(ask: Ask) -> None:
    """Different answers have different ETags, the same answers the same."""
    known: dict[str, bytes] = {}
    for place in ask.some(places(ask), few=6):
        first = next(iter(operation("meta", place.operation).record["properties"]))
        for parameters in ({}, {}, {"fields": first}, rich(place)):
            answer = ask.graph.ok(place.path, parameters)
            tag = answer.headers.get("etag", "")
            same(known.setdefault(tag, answer.body), answer.body, "one ETag stands for one answer")
    bodies = set(known.values())
    same(len(known), len(bodies), "one answer has one ETag")


@contract(
    "META-H13",
    "HEAD is GET without its body",
    sentence="Assumed: HEAD has the status and the headers of GET",
    page=HEADERS_PAGE,
    kind="shape",
    live=Live.MOCK,
    calls=96,
    examples=1,
)
def head_is_get(ask: Ask) -> None:
    """Good or bad, an answer to HEAD has GET's status and headers, and no body."""
    for place in ask.some(places(ask), few=6):
        for path, parameters in ((place.path, rich(place)), (place.path, {}), (f"{place.path}/nonsense", {})):
            get, head = (ask.graph.call(path, parameters, method=method) for method in ("GET", "HEAD"))
            same((head.status, head.body), (get.status, b""), "HEAD has GET's status and no body")
            same(_lasting(head), _lasting(get), "HEAD has GET's headers")
            same(head.headers.get("etag"), get.headers.get("etag"), "HEAD has GET's ETag")


def _lasting(answer: Answer) -> dict[str, str]:
    skipped = VARYING | {"connection", "server"}
    names = {name: "told" for name in answer.headers if name in VARYING}
    return names | {name: value for name, value in answer.headers.items() if name not in skipped}


@contract(
    "META-H14",
    "Every call has marks of its own",
    sentence="Recorded: x-fb-request-id, x-fb-trace-id, fbtrace_id: by which Meta's support finds a call",
    page=HEADERS_PAGE,
    kind="shape",
    live=Live.SAFE,
    calls=3,
    examples=1,
)
def marks_differ(ask: Ask) -> None:
    """No two calls have the same request id or trace, good or bad, also where they ask the same."""
    answers = [ask.graph.call("me", {"fields": "nonsense"} if bad else {}) for bad in (True, True, False)]
    if ask.exact:
        answers += [
            ask.graph.call(place.path, parameters) for place in places(ask) for parameters in ({}, {"fields": "-"})
        ]
    for name in ("x-fb-request-id", "x-fb-trace-id", "x-fb-debug"):
        marks = [answer.headers[name] for answer in answers if name in answer.headers]
        same(len(set(marks)), len(marks), f"no two calls have the same {name}")
    traces = [answer.error["fbtrace_id"] for answer in answers if answer.status >= 400]
    same(len(set(traces)), len(traces), "no two errors have the same fbtrace_id")


@contract(
    "META-H15",
    "Usage is told of the ad account that is asked about, to its own callers alone",
    sentence='x-business-use-case-usage {"<act id>":[{"type":"ads_insights",…}]}; assumed: strangers are told none',
    page=USAGE_PAGE,
    kind="shape",
    live=Live.MOCK,
    calls=60,
    examples=1,
)
def usage_of_the_account(ask: Ask) -> None:
    """Good answers and refusals of arguments tell the account's usage and tier; who is not known is told nothing."""
    usage = {*KEYS, BUC}
    for place in places(ask, *(name for name in NODES if name != "page")):  # a page has no ad account of its own
        assert place.node
        good, bad = ask.graph.call(place.path), ask.graph.call(place.path, {"fields": "nonsense"})
        for answer in (good, bad):
            cases = json.loads(answer.headers.get(BUC, "{}"))
            same(list(cases), [place.node.account.number], f"{BUC} is that of the ad account asked about")
            tiers = {cases[place.node.account.number][0]["ads_api_access_tier"], *_tiers(answer)}
            holds(len(tiers) == 1, "all usage headers tell the account's one tier", sorted(tiers), "one")
            same(tiers, {_tier(ask, place) or next(iter(tiers))}, "the tier is the ad account's own")
        same(sorted(usage & set(bad.headers)), sorted(usage & set(good.headers)), "a refusal tells the same usage")
        stranger = ask.graph.call(place.path, token=UNKNOWN)
        same(sorted(usage & set(stranger.headers)), [], "whoever is not known is told no usage")
        nobodys = ask.graph.call(place.of("404404404404404"))
        same(sorted(usage & set(nobodys.headers)), ["x-app-usage"], "what is nobody's has no account's usage")


def _tiers(answer: Answer) -> list[str]:
    names = [name for name in ("x-ad-account-usage", "x-fb-ads-insights-throttle") if name in answer.headers]
    return [json.loads(answer.headers[name])["ads_api_access_tier"] for name in names]


def _tier(ask: Ask, place: Place) -> str | None:
    """The tier of the place's ad account, where the world file tells it."""
    assert place.node
    listed = (ask.profile.world or {}).get("accounts", ())
    tiers = (one.get("ads_api_access_tier") for one in listed if one["id"] == place.node.account.number)
    return next(tiers, None)
