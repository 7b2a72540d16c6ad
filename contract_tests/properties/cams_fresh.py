"""A signed call is good for fifteen minutes, and once: timestamps and nonces, everywhere."""

import secrets
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ..ask import Ask
from ..bad_cams import Bad, deliver, refuse, shaped, with_headers
from ..expect import holds, same
from ..found_cams import ACCOUNTS, ENABLE, LIST, METRIC, NAMES, WAYS, able, fewer, spread, valid
from ..outcomes import OutOfScope
from ..profile import Key
from ..property import Live, contract
from ..wire import Answer
from ..words_cams import GATEWAY, refused_as, told

MINUTE = 60
NEAR = (1, 5 * MINUTE, 14 * MINUTE, 15 * MINUTE - 30)
FAR = (
    15 * MINUTE + 30, 16 * MINUTE, 20 * MINUTE, 30 * MINUTE, 31 * MINUTE + 5, 45 * MINUTE, 61 * MINUTE,
    8 * 3600, 86_400, 366 * 86_400,
)  # fmt: skip
USED = "SignatureNonceUsed"
_FRESH: dict[str, Any] = {"examples": 1, "page": GATEWAY, "live": Live.MOCK}
_HOW: dict[str, Any] = {"kind": "refusal", **_FRESH}


@contract(
    "CAMS-U26", "A time up to fifteen minutes off is accepted, early or late", kind="honoured",
    sentence="x-acs-date: the request is valid within 15 minutes", calls=30, **_FRESH,
)  # fmt: skip
def near_times_are_accepted(ask: Ask) -> None:
    """A second, 5, 14 and almost 15 minutes off, on every operation, in every scheme, method and place."""
    cases = [
        (name, way, off * sign) for off in reversed(NEAR) for sign in (1, -1) for way in WAYS for name in able(ask)
    ]
    cheap = [one for one in cases if one[0] not in (ENABLE, METRIC)]
    few = [(name, WAYS[3 * (sign > 0)], sign * NEAR[-1]) for name in able(ask, ENABLE, METRIC) for sign in (1, -1)]
    for name, way, off in spread(ask, cheap, 20) + few:
        answer = ask.cams.call(name, valid(ask, name), at=ask.target.wall() + off, **way)
        same(told(answer).get("Code"), "OK", f"{name} by {way['scheme']} is accepted when its time is {off} s off")


@contract(
    "CAMS-U27", "A time more than fifteen minutes off is refused, early or late",
    sentence="InvalidTimeStamp.Expired: Specified time stamp or date value is expired.", calls=250, **_HOW,
)  # fmt: skip
def far_times_are_refused(ask: Ask) -> None:
    """From 15½ minutes to years off, on every operation, in every scheme, method and place."""
    offs = [off * sign for off in FAR for sign in (1, -1)]
    cases = [(name, way, off) for off in offs for way in WAYS for name in NAMES]
    for name, way, off in spread(ask, cases[:: 2 if ask.effort != "deep" else 1], 50):
        how = {**way, "at": ask.target.wall() + off}
        refuse(ask, [Bad(name, "InvalidTimeStamp.Expired", "", {}, how, early=True)])


def misshapen(at: datetime) -> Iterator[str]:
    """The moment *at* in every form but the documented one, and moments that there are not."""
    yield from (at.strftime("%Y-%m-%dT%H:%M:%S"), at.strftime("%Y-%m-%d %H:%M:%SZ"), at.strftime("%Y-%m-%dT%H:%MZ"))
    yield from (
        at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        at.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        at.strftime("%Y%m%dT%H%M%SZ"),
    )
    yield from (at.strftime("%Y-%m-%dT%H:%M:%S+0000"), at.strftime("%Y-%m-%dt%H:%M:%Sz"), at.strftime("%Y-%m-%d"))
    yield from (at.strftime("%a, %d %b %Y %H:%M:%S GMT"), str(int(at.timestamp())), str(int(at.timestamp() * 1000)))
    yield from (f"{at.year}-13-01T00:00:00Z", f"{at.year}-02-30T00:00:00Z", at.strftime("%Y-%m-%dT25:00:00Z"), "now")


@contract(
    "CAMS-U28", "A time that is not written YYYY-MM-DDThh:mm:ssZ is refused",
    sentence="InvalidTimeStamp.Format: Specified time stamp or date value is not well formatted.", calls=80, **_HOW,
)  # fmt: skip
def misshapen_times_are_refused(ask: Ask) -> None:
    """The present moment in other forms, and impossible ones, in both schemes."""
    texts = list(misshapen(datetime.fromtimestamp(ask.target.wall(), UTC)))
    cases = [(NAMES[number % 5], text, way) for number, text in enumerate(texts) for way in WAYS]
    for name, text, way in spread(ask, cases, 24):
        common = {"x-acs-date" if way["scheme"] == "v3" else "Timestamp": text}
        refuse(ask, [Bad(name, "InvalidTimeStamp.Format", "", {}, {**way, "common": common}, early=True)])


def _used(ask: Ask, answer: Answer, what: str) -> None:
    holds(told(answer).get("Code") != "OK", f"a nonce is good once ({what})", answer.text[:300], USED)
    refused_as(ask, answer, USED)


@contract(
    "CAMS-U29", "A call cannot be sent twice",
    sentence="Recorded: SignatureNonceUsed, Specified signature nonce was used already.", calls=60, **_HOW,
)  # fmt: skip
def replays_are_refused(ask: Ask) -> None:
    """The same call to the letter, on every operation, in every scheme, method and place."""
    for name in able(ask):
        for way in spread(ask, WAYS, 3) if name not in (ENABLE, METRIC) else WAYS[1::2]:
            prepared = ask.cams.prepare(name, valid(ask, name), **way)
            same(told(ask.cams.send(prepared, name)).get("Code"), "OK", "a fresh nonce is accepted")
            for _ in range(2):
                _used(ask, deliver(ask, prepared, name), f"{name} sent again, {way}")


@contract(
    "CAMS-U30", "A nonce is good for one call, whatever the next one asks",
    sentence="Recorded: a nonce must not repeat within 15 minutes per account", calls=80, **_HOW,
)  # fmt: skip
def nonces_are_good_once(ask: Ask) -> None:
    """A used nonce in another operation, scheme, method, place, with other parameters, or another time."""
    cases = [(first, second, name) for first in WAYS for second in WAYS for name in NAMES]
    for first, second, name in spread(ask, cases[:: 3 if ask.effort != "deep" else 1], 18):
        nonce = secrets.token_hex(16)
        same(
            told(ask.cams.call(ACCOUNTS, valid(ask, ACCOUNTS), nonce=nonce, **first)).get("Code"),
            "OK",
            "a fresh nonce is accepted",
        )
        again = ask.cams.prepare(name, shaped(ask, name), nonce=nonce, at=ask.target.wall() - 77, **second)
        _used(ask, deliver(ask, again, name), f"first by {first}, then {name} by {second}")


@contract(
    "CAMS-U31", "A nonce stays used, however many calls come after it",
    sentence="Recorded: a nonce must not repeat within 15 minutes per account", calls=110, **_HOW,
)  # fmt: skip
def nonces_are_remembered(ask: Ask) -> None:
    """The first nonces of a long row of calls, asked again at its end."""
    row = [
        ask.cams.prepare(ACCOUNTS, valid(ask, ACCOUNTS), **WAYS[number % 6]) for number in range(fewer(ask, 100, 40))
    ]
    for prepared in row:
        same(told(ask.cams.send(prepared, ACCOUNTS)).get("Code"), "OK", "a fresh nonce is accepted")
    for prepared in (*row[:4], *row[30:34], *row[-2:]):
        _used(ask, deliver(ask, prepared, ACCOUNTS), "after a long row of other calls")


@contract(
    "CAMS-U32", "A fresh nonce of any form is accepted", kind="honoured",
    sentence="Recorded: 32 hex signs from Tea SDKs, 64 from openapi-core, UUIDs elsewhere", calls=40, **_FRESH,
)  # fmt: skip
def fresh_nonces_are_accepted(ask: Ask) -> None:
    """Short and long ones, UUIDs, and ones that differ from a used one in their case, first or last sign alone."""
    base = f"a{secrets.token_hex(8)}Z"
    forms = [base, base.upper(), base.lower(), f"{base}0", base[:-1], f"0{base}", f"{base}-", base[::-1]]
    forms += [str(uuid.uuid4()), secrets.token_hex(32), secrets.token_hex(4), "9" * 16 + secrets.token_hex(4), base * 6]
    for number, nonce in enumerate(dict.fromkeys(forms)):
        for way in (WAYS[number % 3], WAYS[3 + number % 3]):
            mine = f"{nonce}{way['scheme']}"
            answer = ask.cams.call(LIST, valid(ask, LIST), nonce=mine, **way)
            same(told(answer).get("Code"), "OK", f"the fresh nonce {mine} is accepted")


@contract(
    "CAMS-U33", "A nonce is spent by a proven call, and by no other",
    sentence="Assumed: a nonce is spent by a proven call only", calls=24, **_HOW,
)  # fmt: skip
def only_proven_calls_spend(ask: Ask) -> None:
    """What is forged, late or malformed spends nothing; what is signed right spends even where it is refused later."""
    forged: tuple[Mapping[str, Any], ...] = (
        {"key": Key(ask.cams.key.id, "wrong")}, {"key": Key("LTAInobody", "x")}, {"at": ask.target.wall() - 3600},
        {"version": "1"},
    )  # fmt: skip
    for way in WAYS[::3]:
        for how in forged:
            nonce = secrets.token_hex(16)
            ask.cams.call(ACCOUNTS, valid(ask, ACCOUNTS), nonce=nonce, **{**way, **how})
            answer = ask.cams.call(ACCOUNTS, valid(ask, ACCOUNTS), nonce=nonce, **way)
            same(told(answer).get("Code"), "OK", "nobody can spend somebody else's nonce by a forged call")
        nonce = secrets.token_hex(16)
        ask.cams.call(ACCOUNTS, {**valid(ask, ACCOUNTS), "PageId": None}, nonce=nonce, **way)
        _used(ask, ask.cams.call(ACCOUNTS, valid(ask, ACCOUNTS), nonce=nonce, **way), "after a proven call")


@contract(
    "CAMS-U34", "A nonce belongs to the account",
    sentence="Assumed: a nonce belongs to the account (recorded: … per account)", calls=6, **_HOW,
)  # fmt: skip
def nonces_belong_to_accounts(ask: Ask) -> None:
    """Another owner may use the same nonce; another key of the same owner may not."""
    assert ask.profile.cams
    other, own = (ask.profile.cams.keys.get(kind) for kind in ("other_owner", "temporary"))
    if other is None and own is None:
        raise OutOfScope("the world has one key alone")
    for way in WAYS[::3]:
        nonce = secrets.token_hex(16)
        ask.cams.call(ACCOUNTS, valid(ask, ACCOUNTS), nonce=nonce, **way)
        if other:
            refused_as(
                ask,
                ask.cams.call(ACCOUNTS, valid(ask, ACCOUNTS), nonce=nonce, key=other, **way),
                "Unknown.ResourceOwnerId",
            )
        if own:
            _used(ask, ask.cams.call(ACCOUNTS, valid(ask, ACCOUNTS), nonce=nonce, key=own, **way), "by another key")


@contract(
    "CAMS-U35", "A nonce is remembered for fifteen minutes",
    sentence="Recorded: a nonce must not repeat within 15 minutes per account", calls=12, **_HOW,
)  # fmt: skip
def nonces_are_kept_fifteen_minutes(ask: Ask) -> None:
    """On a mock whose clock can be moved: used after 14 minutes, and an old call is late after 16."""
    if ask.target.another is None:
        raise OutOfScope("the target's clock cannot be moved")
    with ask.target.another("default", 0) as mock:
        there = Ask(mock, ask.data, ask.effort, answers=ask.answers)
        assert mock.forward
        for way in WAYS:
            nonce = secrets.token_hex(16)
            first = there.cams.prepare(ACCOUNTS, valid(there, ACCOUNTS), nonce=nonce, **way)
            same(told(there.cams.send(first, ACCOUNTS)).get("Code"), "OK", "a fresh nonce is accepted")
            mock.forward(14 * MINUTE)
            _used(there, there.cams.send(first, ACCOUNTS), "14 minutes later")
            _used(
                there,
                there.cams.call(ACCOUNTS, valid(there, ACCOUNTS), nonce=nonce, **way),
                "14 minutes later, signed anew",
            )
            mock.forward(2 * MINUTE)
            refused_as(there, there.cams.send(first, ACCOUNTS), "InvalidTimeStamp.Expired")


@contract(
    "CAMS-U36", "A replay cannot be hidden by what the signature does not cover",
    sentence="Recorded: SignatureNonceUsed, Specified signature nonce was used already.", calls=20, **_HOW,
)  # fmt: skip
def replays_cannot_be_hidden(ask: Ask) -> None:
    """A replay with another escape, another order of parameters, or another unsigned header."""
    for name in able(ask, ACCOUNTS, LIST):
        for way in WAYS:
            prepared = ask.cams.prepare(name, valid(ask, name), **way)
            same(told(ask.cams.send(prepared, name)).get("Code"), "OK", "a fresh nonce is accepted")
            agent = with_headers(prepared, user_agent="another/1.0")
            _used(ask, deliver(ask, agent, name), "with another user agent")
            if way["place"] == "query":
                turned = "&".join(reversed(prepared.target.removeprefix("/?").split("&")))
                shuffled = replace(prepared, target=f"/?{turned}")
                _used(ask, deliver(ask, shuffled, name), "with its parameters in another order")
