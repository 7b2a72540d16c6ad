"""Bad credentials of the Graph API: every way in which a call may be nobody's, or not allowed what it asks."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from . import found
from .ask import Ask
from .bad_meta import OTHERS, USER, Bad, Cases, Place
from .profile import Token
from .signing import appsecret_proof

PAGE = "Graph API, Access Tokens; Handling Errors"
PROOF_PAGE = "Graph API, Securing Requests"
BEARER = 'Sample request: curl -i -X GET -H "Authorization: Bearer <SYSTEM_USER_ACCESS_TOKEN>"'
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
UNKNOWN = "nonsense"
GARBAGE = ("nonsense", "x", "EAA", "EAAG" * 60, "null", "0", "[]", "{}", "é", "EAA|1", "Bearer EAA")


def own(ask: Ask) -> Token:
    """The ordinary token."""
    assert ask.profile.meta
    return ask.profile.meta.token


def specimen(ask: Ask, kind: str) -> Token | None:
    """The token of this kind, where the profile has one; an expired one where the target's today is past its end."""
    assert ask.profile.meta
    token = ask.profile.meta.tokens.get(kind)
    ends = str(entry(ask, token).get("expires", "")) if kind == "expired" else ""
    return None if ends and ends[:10] >= ask.target.today("UTC").isoformat() else token


def entry(ask: Ask, token: Token | None) -> Mapping[str, Any]:
    """What the world says of *token*."""
    listed = (ask.profile.world or {}).get("credentials", {}).get("access_tokens", ())
    return next((one for one in listed if token and one["token"] == token.token), {})


def header(scheme: str, token: str) -> dict[str, str]:
    """The Authorization header."""
    return {"Authorization": f"{scheme} {token}"}


def no_token(ask: Ask, place: Place) -> Sequence[Bad]:
    """No token at all, an empty one, and tokens where none is looked for."""
    error, token = "no_token" if place.operation in USER else "token_required", own(ask).token
    sent: list[Mapping[str, Any]] = [{}, {"access_token": ""}, {"token": token}, {"Access_Token": token}]
    headers = [header("Bearer", ""), header("Basic", token), header("Token", token), {"Authorization": token}]
    headers.append({"X-Access-Token": token})
    return [
        *(Bad(error, one, token=None) for one in sent),
        *(Bad(error, headers=one, token=None) for one in headers),
        Bad(error, headers=FORM, body=b"access_token=", token=None),
    ]


def nearly(ask: Ask, place: Place) -> Sequence[Bad]:
    """The ordinary token cut, lengthened, and in another case."""
    del place
    assert ask.profile.meta
    token = own(ask).token
    tries = (token[:-1], token[1:], token[: len(token) // 2], f"{token}x", f"x{token}", token * 2, f"{token}\0")
    cases = (token.lower(), token.upper(), token.swapcase(), token[::-1])
    known = {one.token for one in (own(ask), *ask.profile.meta.tokens.values())}
    return [Bad("token_malformed", token=one) for one in (*tries, *cases) if one not in known | {""}]


def dead(error: str, kind: str) -> Cases:
    """The cases of the token of this *kind*: in the query with its proof and without, and in a header."""

    def cases(ask: Ask, place: Place) -> Sequence[Bad]:
        token = specimen(ask, kind)
        if token is None or (error == "no_permission_ads" and place.operation == "me"):
            return []
        quoted = {"app": entry(ask, token).get("app_id", "")} if kind == "deauthorized" else {}
        how: tuple[Mapping[str, Any], ...] = (
            {"token": token},
            {"token": token.token},
            {"token": None, "headers": header("Bearer", token.token)},
            {"token": None, "headers": FORM, "body": urlencode({"access_token": token.token}).encode()},
        )
        return [Bad(error, quoted=quoted, **one) for one in how]

    return cases


def bad_proofs(ask: Ask, place: Place) -> Sequence[Bad]:
    """Proofs that are not that of the token under its app's secret."""
    del place
    token, demanding = own(ask), specimen(ask, "proof")
    secret = token.app_secret or ""
    right = appsecret_proof(secret, token.token)
    others = [appsecret_proof(secret, f"{token.token}x"), appsecret_proof(f"{secret}x", token.token)]
    proofs = [
        "0" * 64,
        *others,
        right[:-1],
        right[1:],
        f"{right}0",
        "",
        "nonsense",
        secret,
        appsecret_proof(token.token, secret),
    ]
    cases = [_proven(token, proof) for proof in proofs]
    cases.append(
        Bad("appsecret_proof_bad", {"appsecret_proof": "0" * 64}, token=None, headers=header("Bearer", token.token))
    )
    form = urlencode({"access_token": token.token, "appsecret_proof": "0" * 64}).encode()
    cases.append(Bad("appsecret_proof_bad", token=None, headers=FORM, body=form))
    if demanding:
        cases += [_proven(demanding, proof) for proof in (right, "0" * 64, "")]
        cases.append(_proven(token, appsecret_proof(demanding.app_secret or "", demanding.token)))
    return cases


def _proven(token: Token, proof: str) -> Bad:
    return Bad("appsecret_proof_bad", {"access_token": token.token, "appsecret_proof": proof}, token=None)


def unproven(ask: Ask, place: Place) -> Sequence[Bad]:
    """A token whose app demands proof, without any."""
    del place
    token = specimen(ask, "proof")
    if token is None:
        return []
    error = "appsecret_proof_missing"
    return [Bad(error, token=token.token), Bad(error, token=None, headers=header("Bearer", token.token))]


def _hidden(ask: Ask, level: str, seen: Collection[str]) -> list[str]:
    """The ids of objects of that kind in no ad account of *seen*."""
    if level in found.LEVELS:
        return [node.id for node in found.nodes(ask, level) if node.account.number not in seen]
    listed = {
        account.number: [row["id"] for row in ask.graph.ok(f"{account.id}/{OTHERS[level]}", {"limit": 500}).rows]
        for account in found.accounts(ask)
    }
    known = {one for number in listed if number in seen for one in listed[number]}
    return [one for number in listed if number not in seen for one in listed[number] if one not in known]


def elsewhere(ask: Ask, place: Place) -> Sequence[Bad]:
    """The place's path for an object of an ad account that the narrow token does not see."""
    token = specimen(ask, "narrow")
    assert place.node
    if token is None:
        return []
    seen = entry(ask, token).get("accounts", ())
    if place.node.level == "account":
        others = [f"act_{one}" for one in entry(ask, own(ask)).get("accounts", ()) if one not in seen]
        return [Bad("no_permission_ads", path=place.of(one), token=token) for one in others[:3]]
    hidden = _hidden(ask, place.node.level, seen)
    ways: tuple[Mapping[str, Any], ...] = (
        {"token": token},
        {"token": None, "headers": header("Bearer", token.token)},
    )
    return [
        Bad("object_missing", {}, {"method": "get", "id": one}, path=place.of(one), **way)
        for one in dict.fromkeys((*hidden[:1], *hidden[-1:]))
        for way in ways
    ]


def first_of_all(ask: Ask, place: Place) -> Sequence[Bad]:
    """Bad credentials together with bad parameters, and for objects and edges that there are not."""
    wrong = {"fields": "nonsense", "limit": "-1", "time_range": "x", "level": "x", "after": "x", "filtering": "x"}
    cases: list[Bad] = []
    for error, how in _bad_credentials(ask, place):
        more = how.pop("parameters", {})
        cases.append(Bad(error, {**wrong, **more}, **how))
        if error != "no_permission_ads":
            cases.append(Bad(error, more, path=f"{place.path}/nonsense", **how))
            if place.node:
                cases.append(Bad(error, more, path=place.of("404404404404404"), **how))
    return cases


def _bad_credentials(ask: Ask, place: Place) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "no_token" if place.operation in USER else "token_required", {"token": None}
    yield "token_malformed", {"token": UNKNOWN}
    proof = {"access_token": own(ask).token, "appsecret_proof": "0" * 64}
    yield "appsecret_proof_bad", {"token": None, "parameters": proof}
    for kind, error in (
        ("expired", "token_expired"), ("password_changed", "token_password_changed"),
        ("deauthorized", "token_deauthorized"), ("powerless", "no_permission_ads"),
    ):  # fmt: skip
        token = specimen(ask, kind)
        if token and (kind != "powerless" or place.operation != "me"):
            yield error, {"token": token}
    if demanding := specimen(ask, "proof"):
        yield "appsecret_proof_missing", {"token": demanding.token}


def two_tokens(ask: Ask, place: Place) -> Sequence[Bad]:
    """A bad token before a good one."""
    del place
    token = own(ask).token
    good, bad = (urlencode({"access_token": one}).encode() for one in (token, UNKNOWN))
    return [
        Bad("token_malformed", token=UNKNOWN, headers=header("Bearer", token)),
        Bad("token_malformed", token=UNKNOWN, headers=FORM, body=good),
        Bad("token_malformed", token=UNKNOWN, headers=JSON, body=json.dumps({"access_token": token}).encode()),
        Bad("token_malformed", token=None, headers={**FORM, **header("Bearer", token)}, body=bad),
    ]
