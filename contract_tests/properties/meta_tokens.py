"""What a sound token of the Graph API is good for, wherever it stands, and that it is never told to others."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlencode

from ..ask import Ask
from ..bad_meta import places
from ..expect import holds, ok, same
from ..outcomes import OutOfScope
from ..profile import Token
from ..property import Live, contract
from ..signing import appsecret_proof
from ..target import Seen
from ..tokens_meta import BEARER, FORM, JSON, PAGE, entry, header, own, specimen
from ..wire import Answer, Call

_CARRIED = re.compile(r"(?:access_token|appsecret_proof)=([A-Za-z0-9_-]+)")
_SECRET = re.compile(r"EAA[A-Za-z0-9_-]{3,}|[0-9a-f]{64}")  # what Meta's tokens and proofs look like
_TIME = re.compile(r"[A-Z][a-z]+, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d P[SD]T")


def bare(answer: Answer) -> Any:
    """The answer without the links to its neighbours, which repeat the request."""
    body = ok(answer).json
    if isinstance(body, dict) and isinstance(body.get("paging"), dict):
        paging = {name: value for name, value in body["paging"].items() if name not in ("next", "previous")}
        return {**body, "paging": paging}
    return body


@contract(
    "META-U13",
    "A token in the query and after Bearer are the same token",
    sentence=BEARER,
    page="Measure Campaign Performance on Marketing Message API for Messenger",
    kind="honoured",
    live=Live.SAFE,
    calls=2,
    examples=1,
)
def query_or_bearer(ask: Ask) -> None:
    """Every operation gives the same answer either way; the proof stays in the query."""
    token = own(ask)
    assert ask.profile.meta
    for place in places(ask)[: None if ask.exact else 1]:
        plain = bare(ask.graph.call(place.path))
        target = f"/{ask.profile.meta.version}/{place.path}?{urlencode(_proof(token))}"
        by_header = ask.graph.send("GET", target, header("Bearer", token.token))
        same(bare(by_header), plain, "Bearer and query give the same answer")


def _proof(token: Token) -> dict[str, str]:
    return {"appsecret_proof": appsecret_proof(token.app_secret, token.token)} if token.app_secret else {}


def _ways(token: Token) -> Iterator[tuple[str, Mapping[str, str], Mapping[str, Any]]]:
    """Every place in which *token* may stand, and good ones before bad ones: its name, parameters, the rest."""
    both = {"access_token": token.token, **_proof(token)}
    form, bad = urlencode(both).encode(), b"access_token=nonsense"
    yield "a Bearer header, without proof", {}, {"headers": header("Bearer", token.token)}
    yield "an OAuth header", {}, {"headers": header("OAuth", token.token)}
    yield "a bearer header", {}, {"headers": header("bearer", token.token)}
    yield "a form", {}, {"headers": FORM, "body": form}
    yield "JSON", {}, {"headers": JSON, "body": json.dumps(both).encode()}
    yield "the query, without proof", {"access_token": token.token}, {}
    yield "the query before a header", both, {"headers": header("Bearer", "nonsense")}
    yield "the query before a form", both, {"headers": FORM, "body": bad}
    yield "a form before a header", {}, {"headers": {**FORM, **header("Bearer", "nonsense")}, "body": form}
    yield "a header beside an empty query", {"access_token": ""}, {"headers": header("Bearer", token.token)}


@contract(
    "META-U14",
    "A token may stand in query, header, form or JSON, and the first of them counts",
    sentence="access_token query or body; Authorization: Bearer or OAuth; assumed: which of two tokens counts",
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=190,
    examples=1,
)
def anywhere(ask: Ask) -> None:
    """Every operation gives the same answer wherever the token stands; one whose app demands proof works with it."""
    demanding = specimen(ask, "proof")
    for place in ask.some(places(ask), few=6):
        plain = bare(ask.graph.call(place.path))
        for name, parameters, how in _ways(own(ask)):
            answer = ask.graph.call(place.path, parameters, token=None, **how)
            same(bare(answer), plain, f"a token in {name} gives the same answer")
        if demanding and _sees(ask, demanding) >= _sees(ask, own(ask)):
            same(bare(ask.graph.call(place.path, token=demanding)).keys(), plain.keys(), "a proven token is answered")


def _sees(ask: Ask, token: Token) -> set[str]:
    return set(entry(ask, token).get("accounts", ()))


@contract(
    "META-U15",
    "A token sees its own ad accounts, all of them and no others",
    sentence="The ad accounts that the access token may see",
    page="Marketing API reference, AdAccount",
    kind="honoured",
    live=Live.MOCK,
    calls=12,
    examples=1,
)
def own_accounts(ask: Ask) -> None:
    """me/adaccounts lists what the token was granted; each of them can be read, and me without any permission."""
    tokens = [token for token in (own(ask), specimen(ask, "narrow"), specimen(ask, "proof")) if token]
    for token in tokens:
        granted = entry(ask, token).get("accounts")
        if granted is None:
            raise OutOfScope("the profile does not say what its tokens see")
        listed = ask.graph.ok("me/adaccounts", {"limit": 5000, "summary": "true"}, token=token)
        wanted = sorted(f"act_{one}" for one in granted)
        same(sorted(row["id"] for row in listed.rows), wanted, "me/adaccounts lists the token's own ad accounts")
        same(listed.json["summary"]["total_count"], len(wanted), "me/adaccounts counts the token's own ad accounts")
        for account in wanted:
            same(ask.graph.ok(account, token=token).json["id"], account, "an own ad account can be read")
        told = ask.graph.ok("me", token=token).json
        same(told["id"], entry(ask, token)["user_id"], "me is the user to whom the token belongs")
    if powerless := specimen(ask, "powerless"):
        ask.graph.ok("me", token=powerless)


@contract(
    "META-U17",
    "An expired token is told when it expired, and what time it is",
    sentence="Recorded: Session has expired on Thursday, 20-Nov-26 10:00:00 PST. The current time is …",
    page=PAGE,
    kind="refusal",
    live=Live.MOCK,
    calls=1,
    examples=1,
)
def expiry_is_told(ask: Ask) -> None:
    """Both times are Pacific ones: the token's own, and a later one."""
    token = specimen(ask, "expired")
    if token is None:
        raise OutOfScope("the profile has no expired token")
    message = ask.graph.call("me", token=token).error.get("message", "")
    told = [_pacific(text) for text in _TIME.findall(message)]
    same(len(told), 2, f"two times are told as the vendor writes them: {message}")
    holds(told[0] < told[1], "a token is expired once its time is past", str(told[0]), f"before {told[1]}")
    if expires := entry(ask, token).get("expires"):
        same(told[0], datetime.fromisoformat(expires).astimezone(UTC), "the time told is the token's own")


def _pacific(text: str) -> datetime:
    moment = datetime.strptime(text[:-4], "%A, %d-%b-%y %H:%M:%S").replace(tzinfo=UTC)
    holds(moment.strftime("%A") == text.partition(",")[0], "the day of the week is that of the date", text)
    return moment + timedelta(hours=8 if text.endswith("PST") else 7)


def unprinted(seen: Seen) -> None:
    """No answer prints the credentials of its call, but for the links to neighbouring pages."""
    answer = seen.answer
    told = " ".join(answer.headers.values())
    secrets = [one for one in _sent(answer.call) if one in told or one.encode() in answer.body]
    if not secrets:
        return
    call = answer.call
    rest = f"{unquote(call.target)} {' '.join(call.headers.values())} {call.body.decode('utf-8', 'replace')}"
    printed = f"{_unlinked(answer)} {told}"
    for secret in secrets:
        if rest.count(secret) == 1:
            holds(secret not in printed, "an answer prints no credential", "the caller's credential", "none")


_LINK = re.compile(r'"(?:next|previous)":"[^"]*"')


def _unlinked(answer: Answer) -> str:
    """The body without its links; the parts of a batch and of a read of several ids have links of their own."""
    if answer.call.method == "POST" or "ids" in answer.call.query:
        return _LINK.sub("", answer.text.replace('\\"', '"'))
    if not any(f'"{name}":' in answer.text for name in _LINKS):
        return answer.text
    return json.dumps(_without_links(answer.json), ensure_ascii=False)


def _without_links(value: Any) -> Any:
    if isinstance(value, dict):
        links = _LINKS if "cursors" in value else ()
        return {name: _without_links(part) for name, part in value.items() if name not in links}
    return [_without_links(part) for part in value] if isinstance(value, list) else value


_LINKS = ("next", "previous")


def _sent(call: Call) -> list[str]:
    """The tokens and proofs that the call carries, where they look like some."""
    body = call.body[:4000].decode("utf-8", "replace")
    given = next((value for name, value in call.headers.items() if name.lower() == "authorization"), "")
    found = [given.rpartition(" ")[2], *_CARRIED.findall(call.target), *_CARRIED.findall(body)]
    return [one for one in found if _SECRET.fullmatch(one)]


@contract(
    "META-U16",
    "No answer prints a credential, but for the links to neighbouring pages",
    sentence="next is absolute and echoes every query param incl. access_token; assumed: nothing else does",
    page="Graph API, Paginated Results",
    kind="shape",
    live=Live.SAFE,
    calls=6,
    examples=1,
    watches=unprinted,
)
def nothing_is_printed(ask: Ask) -> None:
    """Neither good answers nor refusals hold a token or an app's secret; a header's token is in no link."""
    token = own(ask)
    for place in places(ask, "me", "insights", "campaigns"):
        answers = [ask.graph.call(place.path, {"limit": 1}), ask.graph.call(place.path, {"fields": "nonsense"})]
        for answer in answers:
            for secret in (token.token, token.app_secret):
                told = secret and not secret.islower() and len(secret) > 5 and secret in _unlinked(answer)
                holds(not told, "an answer prints no credential", "the caller's credential", "none")
        if not ask.exact:
            return
    for answer in _with_header(ask, token):
        holds(token.token not in answer.text, "a link does not print the token of a header", "it does", "it does not")


def _with_header(ask: Ask, token: Token) -> Iterator[Answer]:
    for place in places(ask, "insights", "ads"):
        yield ask.graph.call(place.path, {"limit": 1}, token=None, headers=header("Bearer", token.token))
