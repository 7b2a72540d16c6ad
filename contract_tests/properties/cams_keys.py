"""Who calls CAMS: keys that are unknown, inactive or powerless, temporary keys, bearer tokens, and credentials in part."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..ask import Ask
from ..bad_cams import Bad, deliver, host, near_misses, parameters, refuse, required, shaped, with_headers, with_parameters
from ..cams import FORM, Prepared
from ..expect import holds, same
from ..found_cams import ENABLE, METRIC, NAMES, WAYS, able, operation, spread, valid
from ..outcomes import OutOfScope
from ..profile import Key
from ..property import Live, contract
from ..signing import VERSION, query
from ..words_cams import GATEWAY, PRODUCT, refused_as, told
from .cams_envelope import without_id

AUTHORIZATIONS = (
    "ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256 ", "ACS3-HMAC-SHA256 Credential={key}",
    "ACS3-HMAC-SHA256 Credential={key},SignedHeaders=host", "ACS3-HMAC-SHA256 Credential={key},Signature={hex}",
    "ACS3-HMAC-SHA256 SignedHeaders=host,Signature={hex}", "ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature={hex}",
    "ACS3-HMAC-SHA256 Credential={key},SignedHeaders=host,Signature=",
    "ACS3-HMAC-SHA256 Credential={key} SignedHeaders=host Signature={hex}", "ACS3-HMAC-SHA256 {key}:{hex}",
)  # fmt: skip
METHODS_V1 = ("HMAC-SHA256", "hmac-sha1", "HMAC-MD5", "HMACSHA1", "none", "RSA")
METHODS_V3 = ("ACS3-HMAC-SM3", "ACS3-RSA-SHA256", "ACS3-HMAC-SHA1", "ACS3-hmac-sha256", "ACS3-")
DENIED = {"AuthAction", "AuthPrincipalType", "AuthPrincipalOwnerId", "NoPermissionType", "PolicyType"}
BEARER = {"SignatureType": "BEARERTOKEN"}
_HOW: dict[str, Any] = {"kind": "refusal", "examples": 1, "page": GATEWAY, "live": Live.MOCK}
Cases = Iterator[tuple[str, Mapping[str, str]]]


def everywhere(ask: Ask, most: int = 15) -> list[tuple[str, dict[str, str]]]:
    """Every operation in every scheme, method and place."""
    return spread(ask, [(name, way) for way in WAYS for name in NAMES], most)


def specimen(ask: Ask, kind: str) -> Key:
    """The world's key of that *kind*."""
    assert ask.profile.cams
    if kind not in ask.profile.cams.keys:
        raise OutOfScope(f"the world has no key that is {kind}")
    return ask.profile.cams.keys[kind]


@contract(
    "CAMS-U13", "An access key that does not exist is refused on every operation",
    sentence="InvalidAccessKeyId.NotFound: Specified access key is not found.", calls=60, **_HOW,
)  # fmt: skip
def unknown_keys_are_refused(ask: Ask) -> None:
    """Unknown ids, and almost right ones with the right secret: HTTP 404."""
    right = ask.cams.key
    wrong = near_misses(ask, right.id)
    for number, (name, way) in enumerate(everywhere(ask)):
        key = Key(wrong[number % len(wrong)], right.secret)
        refuse(ask, [Bad(name, "InvalidAccessKeyId.NotFound", "", {}, {**way, "key": key}, early=True)])


@contract(
    "CAMS-U14", "An inactive access key is refused on every operation",
    sentence="InvalidAccessKeyId.Inactive: Specified access key is disabled.", calls=30, **_HOW,
)  # fmt: skip
def inactive_keys_are_refused(ask: Ask) -> None:
    """A disabled key with its right secret."""
    key = specimen(ask, "inactive")
    cases = (Bad(name, "InvalidAccessKeyId.Inactive", "", {}, {**way, "key": key}, early=True) for name, way in everywhere(ask))
    refuse(ask, cases)


@contract(
    "CAMS-U15", "A key without permission is refused on every operation, and told which permission it lacks",
    sentence="Ram.PermissionDeny: You are not authorized to perform the operation. RAM authorization: cams:<operation>",
    kind="refusal", examples=1, page=PRODUCT, live=Live.MOCK, calls=30,
)  # fmt: skip
def powerless_keys_are_refused(ask: Ask) -> None:
    """Ram.PermissionDeny with an AccessDeniedDetail that names the action and the owner."""
    key, owners = specimen(ask, "powerless"), {one.world.get("owner_id") for one in _spaces(ask)}
    for name, way in everywhere(ask):
        answer = deliver(ask, ask.cams.prepare(name, shaped(ask, name), key=key, **way), name)
        refused_as(ask, answer, "Ram.PermissionDeny")
        detail = told(answer).get("AccessDeniedDetail")
        whole = isinstance(detail, dict) and set(detail) >= DENIED and all(isinstance(one, str) for one in detail.values())
        holds(whole, "a denial is explained", detail, sorted(DENIED))
        assert isinstance(detail, dict)
        same(detail["AuthAction"], operation(name).raw["permission"], "a denial names the action that is not allowed")
        holds(detail["AuthPrincipalOwnerId"] in owners, "a denial names the owner", detail["AuthPrincipalOwnerId"], owners)
        holds(detail["NoPermissionType"] in ("ImplicitDeny", "ExplicitDeny"), "a denial is implicit or explicit", detail)


def _spaces(ask: Ask) -> Any:
    assert ask.profile.cams
    return ask.profile.cams.spaces


@contract(
    "CAMS-U16", "Each part of V1's credentials is missed by its name",
    sentence="Recorded: MissingAccessKeyId, MissingTimestamp: {Param} is mandatory for this action.", calls=60, **_HOW,
)  # fmt: skip
def parts_of_v1_are_missed(ask: Ask) -> None:
    """AccessKeyId, SignatureMethod, Timestamp, SignatureNonce and Signature, absent or empty: Missing<Name>."""
    parts = ("AccessKeyId", "SignatureMethod", "Timestamp", "SignatureNonce")
    cases = [(name, way, part, none) for part in parts for none in (None, "") for way in WAYS[3:] for name in NAMES]
    for name, way, part, none in spread(ask, cases, 24):
        how = {**way, "common": {part: none}}
        refuse(ask, [Bad(name, "Missing", part, {}, how, early=True)])
    for name in NAMES:
        prepared = ask.cams.prepare(name, shaped(ask, name), scheme="v1")
        kept = {one: value for one, value in parameters(prepared).items() if one != "Signature"}
        refused_as(ask, deliver(ask, with_parameters(prepared, kept), name), "Missing", "Signature")


@contract(
    "CAMS-U17", "Each part of V3's credentials is missed by its name",
    sentence="Assumed: a V3 header that is missing is a MissingHeader", calls=45, **_HOW,
)  # fmt: skip
def parts_of_v3_are_missed(ask: Ask) -> None:
    """x-acs-date, x-acs-signature-nonce and x-acs-content-sha256, absent or empty: MissingHeader."""
    cases = [(name, way, part) for part in ("x-acs-date", "x-acs-signature-nonce") for way in WAYS[:3] for name in NAMES]
    for number, (name, way, part) in enumerate(spread(ask, cases)):
        how = {**way, "common": {part: "" if number % 3 == 2 else None}}
        refuse(ask, [Bad(name, "MissingHeader", part, {}, how, early=True)])
    for name in NAMES:
        prepared = with_headers(ask.cams.prepare(name, shaped(ask, name)), x_acs_content_sha256=None)
        refused_as(ask, deliver(ask, prepared, name), "MissingHeader", "x-acs-content-sha256")


@contract(
    "CAMS-U18", "A call without any credential is refused on every operation",
    sentence="Recorded: MissingAccessKeyId, AccessKeyId is mandatory for this action.", calls=30, **_HOW,
)  # fmt: skip
def nobody_is_refused(ask: Ask) -> None:
    """Neither Authorization nor Signature, the action in a header or a parameter, by GET or POST."""
    for name in NAMES:
        for method in ("GET", "POST"):
            prepared = ask.cams.prepare(name, shaped(ask, name), method=method)
            bare = with_headers(prepared, authorization=None)
            refused_as(ask, deliver(ask, bare, name), "Missing", "AccessKeyId")
            asked = {**parameters(prepared), "Action": name, "Version": VERSION, "Format": "JSON"}
            plain = with_parameters(Prepared(method, "/", {"host": host(ask)}), asked)
            refused_as(ask, deliver(ask, plain, name), "Missing", "AccessKeyId")


@contract(
    "CAMS-U19", "A signature method or version that is not served is refused",
    sentence="InvalidSignatureMethod: Specified signature method is not valid.", calls=40, **_HOW,
)  # fmt: skip
def other_methods_are_refused(ask: Ask) -> None:
    """V1 knows HMAC-SHA1 and version 1.0 alone, V3 ACS3-HMAC-SHA256 alone."""
    for name in spread(ask, NAMES, 2):
        for method in METHODS_V1:
            how = {"scheme": "v1", "common": {"SignatureMethod": method}}
            refuse(ask, [Bad(name, "InvalidSignatureMethod", "", {}, how, early=True)])
        how = {"scheme": "v1", "common": {"SignatureVersion": "2.0"}}
        refuse(ask, [Bad(name, "Invalid", "SignatureVersion", {}, how, early=True)])
        for method in METHODS_V3:
            prepared = ask.cams.prepare(name, shaped(ask, name))
            text = prepared.headers["authorization"].replace("ACS3-HMAC-SHA256", method)
            changed = with_headers(prepared, authorization=text)
            refused_as(ask, deliver(ask, changed, name), "InvalidSignatureMethod")


@contract(
    "CAMS-U20", "A malformed Authorization, or an empty Signature, is refused",
    sentence="IncompleteSignature: The request signature does not conform to Aliyun standards.", calls=55, **_HOW,
)  # fmt: skip
def malformed_authorizations(ask: Ask) -> None:
    """Every way in which Authorization can be cut short."""
    cases = [(name, text) for text in AUTHORIZATIONS for name in NAMES]
    for name, text in spread(ask, cases):
        prepared = ask.cams.prepare(name, shaped(ask, name))
        made = text.format(key=ask.cams.key.id, hex="0" * 64)
        refused_as(ask, deliver(ask, with_headers(prepared, authorization=made), name), "IncompleteSignature")
    for name in NAMES:
        prepared = ask.cams.prepare(name, shaped(ask, name), scheme="v1")
        empty = with_parameters(prepared, {**parameters(prepared), "Signature": ""})
        refused_as(ask, deliver(ask, empty, name), "IncompleteSignature")


@contract(
    "CAMS-U21", "A temporary key is accepted with its own security token", kind="honoured", examples=1,
    sentence="Recorded: x-acs-security-token, SecurityToken, both signed", page=GATEWAY, live=Live.MOCK, calls=30,
)  # fmt: skip
def temporary_keys_are_accepted(ask: Ask) -> None:
    """On every operation, in every scheme; it sees what its owner's lasting key sees."""
    keys = [key for kind in ("temporary", "temporary_same_id") if (key := _known(ask, kind))]
    if not keys:
        raise OutOfScope("the world has no temporary key")
    for name in able(ask):
        plain = without_id(ask.cams.ok(name, valid(ask, name)))
        for number, way in enumerate(WAYS if name != ENABLE else WAYS[1::2]):
            body = ask.cams.ok(name, valid(ask, name), key=keys[number % len(keys)], **way)
            same(without_id(body), plain, f"{name} tells a temporary key what it tells the lasting one")


def _known(ask: Ask, kind: str) -> Key | None:
    assert ask.profile.cams
    return ask.profile.cams.keys.get(kind)


@contract(
    "CAMS-U22", "A temporary key is refused without its security token, or with another",
    sentence="Recorded: MissingSecurityToken, SecurityToken is mandatory for this action. Assumed: InvalidSecurityToken",
    calls=60, **_HOW,
)  # fmt: skip
def security_tokens_are_checked(ask: Ask) -> None:
    """No token, a cut, a longer and another key's token; and a lasting key with a token that is nobody's."""
    keys = [key for kind in ("temporary", "temporary_same_id") if (key := _known(ask, kind))]
    cases: list[tuple[Key, str]] = []
    for key in keys:
        token = key.security_token or ""
        wrong = [f"{token}x", token[:-1], token.swapcase(), *(one.security_token or "" for one in keys if one is not key)]
        cases += [(replace(key, security_token=one), "Invalid") for one in wrong if one and one != token]
        if key.id.startswith("STS."):
            cases.append((replace(key, security_token=None), "Missing"))
    cases += [(replace(ask.cams.key, security_token="nobody's"), "Invalid")]
    for number, (name, way) in enumerate(everywhere(ask)):
        for key, error in (cases if ask.effort == "deep" else cases[number % 3 :: 3]):
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
    sentence="Recorded: x-acs-bearer-token and SignatureType=BEARERTOKEN, no Authorization", page=GATEWAY, live=Live.MOCK,
    calls=20,
)  # fmt: skip
def bearer_tokens_are_accepted(ask: Ask) -> None:
    """On every operation, in a header or among the parameters, it sees what its owner's key sees."""
    token = _bearer(ask)
    for name in able(ask):
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


@contract(
    "CAMS-U25", "Whoever may not call learns nothing of the arguments",
    sentence="Assumed: credentials, time, signature, nonce and permission are checked before arguments and product",
    calls=25, **_HOW,
)  # fmt: skip
def credentials_come_first(ask: Ask) -> None:
    """A bad credential beside a missing parameter, or beside an unknown space, is what is told."""
    wrong: list[tuple[Key, str]] = [(Key(ask.cams.key.id, "wrong"), "SignatureDoesNotMatch")]
    wrong.append((Key("LTAInobody", "x"), "InvalidAccessKeyId.NotFound"))
    for kind, error in (("inactive", "InvalidAccessKeyId.Inactive"), ("powerless", "Ram.PermissionDeny")):
        wrong += [(key, error)] if (key := _known(ask, kind)) else []
    cases = [(name, *one) for one in wrong for name in NAMES]
    for name, key, error in spread(ask, cases):
        absent = dict.fromkeys(required(name))
        refuse(ask, [Bad(name, error, "", {**absent, "CustSpaceId": None}, {"key": key}, early=True)])
        asked = {"CustSpaceId": "cams-nobody", **({"Start": "x"} if name == METRIC else {})}
        refuse(ask, [Bad(name, error, "", asked, {"key": key, "scheme": "v1"}, early=True)])
