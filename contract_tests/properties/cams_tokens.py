"""Temporary keys with their security tokens, and bearer tokens: right ones are accepted, others refused, everywhere."""

from dataclasses import replace
from typing import Any

from ..ask import Ask
from ..bad_cams import Bad, deliver, host, parameters, refuse, shaped
from ..cams import FORM, Prepared
from ..expect import same
from ..found_cams import ENABLE, NAMES, WAYS, often, spread, valid
from ..outcomes import OutOfScope
from ..profile import Key
from ..property import Live, contract
from ..signing import VERSION, query
from ..words_cams import GATEWAY, refused_as, told
from .cams_envelope import without_id
from .cams_keys import everywhere, known

BEARER = {"SignatureType": "BEARERTOKEN"}
_HOW: dict[str, Any] = {"kind": "refusal", "examples": 1, "page": GATEWAY, "live": Live.MOCK}


@contract(
    "CAMS-U21", "A temporary key is accepted with its own security token", kind="honoured", examples=1,
    sentence="Recorded: x-acs-security-token, SecurityToken, both signed", page=GATEWAY, live=Live.MOCK, calls=30,
)  # fmt: skip
def temporary_keys_are_accepted(ask: Ask) -> None:
    """On every operation, in every scheme; it sees what its owner's lasting key sees."""
    keys = [key for kind in ("temporary", "temporary_same_id") if (key := known(ask, kind))]
    if not keys:
        raise OutOfScope("the world has no temporary key")
    for name in often(ask):
        plain = without_id(ask.cams.ok(name, valid(ask, name)))
        for number, way in enumerate(spread(ask, WAYS, 3) if name != ENABLE else WAYS[1::2]):
            body = ask.cams.ok(name, valid(ask, name), key=keys[number % len(keys)], **way)
            same(without_id(body), plain, f"{name} tells a temporary key what it tells the lasting one")


@contract(
    "CAMS-U22", "A temporary key is refused without its security token, or with another",
    sentence="Recorded: MissingSecurityToken, SecurityToken is mandatory for this action. Assumed:"
    " InvalidSecurityToken", calls=60, **_HOW,
)  # fmt: skip
def security_tokens_are_checked(ask: Ask) -> None:
    """No token, a cut, a longer and another key's token; and a lasting key with a token that is nobody's."""
    keys = [key for kind in ("temporary", "temporary_same_id") if (key := known(ask, kind))]
    cases: list[tuple[Key, str]] = []
    for key in keys:
        token = key.security_token or ""
        wrong = [
            f"{token}x",
            token[:-1],
            token.swapcase(),
            *(one.security_token or "" for one in keys if one is not key),
        ]
        cases += [(replace(key, security_token=one), "Invalid") for one in wrong if one and one != token]
        if key.id.startswith("STS."):
            cases.append((replace(key, security_token=None), "Missing"))
    cases += [(Key(ask.cams.key.id, ask.cams.key.secret, "nobody's"), "Invalid")]
    for number, (name, way) in enumerate(everywhere(ask)):
        for key, error in cases if ask.effort == "deep" else cases[number % 3 :: 3]:
            refuse(ask, [Bad(name, error, "SecurityToken", {}, {**way, "key": key}, early=True)])


def _borne(ask: Ask, name: str, token: str | None, *, by_header: bool, method: str = "POST") -> Prepared:
    """A call with a bearer *token*, in a header or among the parameters, and without any signature."""
    asked = parameters(ask.cams.prepare(name, shaped(ask, name)))
    if by_header:
        headers = {"host": host(ask), "x-acs-action": name, "x-acs-version": VERSION}
        headers |= {} if token is None else {"x-acs-bearer-token": token}
        return Prepared(method, f"/?{query({**asked, **BEARER})}", headers)
    asked |= {"Action": name, "Version": VERSION, "Format": "JSON", **BEARER}
    asked |= {} if token is None else {"BearerToken": token}
    if method == "GET":
        return Prepared(method, f"/?{query(asked)}", {"host": host(ask)})
    return Prepared(method, "/", {"host": host(ask), "content-type": FORM}, query(asked).encode())


@contract(
    "CAMS-U23", "A bearer token stands for a key", kind="honoured", examples=1,
    sentence="Recorded: x-acs-bearer-token and SignatureType=BEARERTOKEN, no Authorization", page=GATEWAY,
    live=Live.MOCK, calls=20,
)  # fmt: skip
def bearer_tokens_are_accepted(ask: Ask) -> None:
    """On every operation, in a header or among the parameters, it sees what its owner's key sees."""
    token = _bearer(ask)
    for name in often(ask):
        plain = without_id(ask.cams.ok(name, valid(ask, name)))
        for by_header, method in ((True, "POST"), (True, "GET"), (False, "POST"), (False, "GET")):
            if name == ENABLE and method == "GET":
                continue
            answer = ask.cams.send(_borne(ask, name, token, by_header=by_header, method=method), name)
            same(without_id(told(answer)), plain, f"{name} tells a bearer token what it tells its owner's key")


@contract(
    "CAMS-U24", "A bearer token that is nobody's is refused on every operation",
    sentence="Assumed: InvalidBearerToken, Specified parameter BearerToken is not valid.", calls=50, **_HOW,
)  # fmt: skip
def bearer_tokens_are_checked(ask: Ask) -> None:
    """Cut, longer, in another case, or an access key's id."""
    token = _bearer(ask)
    wrong = [f"{token}x", token[:-1], token.swapcase(), ask.cams.key.id, "x"]
    cases = [(name, one, by_header) for by_header in (True, False) for one in wrong if one != token for name in NAMES]
    for name, one, by_header in spread(ask, cases):
        refused_as(ask, deliver(ask, _borne(ask, name, one, by_header=by_header), name), "Invalid", "BearerToken")
    for name in NAMES:
        refused_as(ask, deliver(ask, _borne(ask, name, None, by_header=True), name), "Missing", "AccessKeyId")


def _bearer(ask: Ask) -> str:
    assert ask.profile.cams
    if ask.profile.cams.bearer is None:
        raise OutOfScope("the world has no bearer token")
    return ask.profile.cams.bearer
