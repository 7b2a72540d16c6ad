"""Who calls CAMS: keys that are unknown, inactive or powerless, and credentials of which a part is missing."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..ask import Ask
from ..bad_cams import (
    Bad,
    deliver,
    host,
    near_misses,
    parameters,
    refuse,
    required,
    shaped,
    with_headers,
    with_parameters,
)
from ..cams import Prepared
from ..expect import holds, same
from ..found_cams import METRIC, NAMES, WAYS, operation, spread
from ..outcomes import OutOfScope
from ..profile import Key
from ..property import Live, contract
from ..signing import VERSION
from ..words_cams import GATEWAY, PRODUCT, refused_as, told

AUTHORIZATIONS = (
    "ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256 ", "ACS3-HMAC-SHA256 Credential={key}", "ACS3-HMAC-SHA256 {key}:{hex}",
    "ACS3-HMAC-SHA256 Credential={key},SignedHeaders=host", "ACS3-HMAC-SHA256 Credential={key},Signature={hex}",
    "ACS3-HMAC-SHA256 Credential={key},SignedHeaders=host,Signature=",
    "ACS3-HMAC-SHA256 SignedHeaders=host,Signature={hex}",
    "ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature={hex}",
    "ACS3-HMAC-SHA256 Credential={key} SignedHeaders=host Signature={hex}",
)  # fmt: skip
METHODS_V1 = ("HMAC-SHA256", "hmac-sha1", "HMAC-MD5", "HMACSHA1", "none", "RSA")
METHODS_V3 = ("ACS3-HMAC-SM3", "ACS3-RSA-SHA256", "ACS3-HMAC-SHA1", "ACS3-hmac-sha256", "ACS3-")
DENIED = {"AuthAction", "AuthPrincipalType", "AuthPrincipalOwnerId", "NoPermissionType", "PolicyType"}
_HOW: dict[str, Any] = {"kind": "refusal", "examples": 1, "page": GATEWAY, "live": Live.MOCK}
Cases = Iterator[tuple[str, Mapping[str, str]]]


def everywhere(ask: Ask, most: int = 15) -> list[tuple[str, dict[str, Any]]]:
    """Every operation in every scheme, method and place."""
    return spread(ask, [(name, way) for way in WAYS for name in NAMES], most)


def specimen(ask: Ask, kind: str) -> Key:
    """The world's key of that *kind*."""
    assert ask.profile.cams
    if kind not in ask.profile.cams.keys:
        raise OutOfScope(f"the world has no key that is {kind}")
    return ask.profile.cams.keys[kind]


def known(ask: Ask, kind: str) -> Key | None:
    """The world's key of that *kind*, if it has one."""
    assert ask.profile.cams
    return ask.profile.cams.keys.get(kind)


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
    cases = (
        Bad(name, "InvalidAccessKeyId.Inactive", "", {}, {**way, "key": key}, early=True)
        for name, way in everywhere(ask)
    )
    refuse(ask, cases)


@contract(
    "CAMS-U15", "A key without permission is refused on every operation, and told which permission it lacks",
    sentence="Ram.PermissionDeny: You are not authorized to perform the operation. RAM authorization:"
    " cams:<operation>", kind="refusal", examples=1, page=PRODUCT, live=Live.MOCK, calls=30,
)  # fmt: skip
def powerless_keys_are_refused(ask: Ask) -> None:
    """Ram.PermissionDeny with an AccessDeniedDetail that names the action and the owner."""
    key, owners = specimen(ask, "powerless"), {one.world.get("owner_id") for one in _spaces(ask)}
    for name, way in everywhere(ask):
        answer = deliver(ask, ask.cams.prepare(name, shaped(ask, name), key=key, **way), name)
        refused_as(ask, answer, "Ram.PermissionDeny")
        detail = told(answer).get("AccessDeniedDetail")
        whole = (
            isinstance(detail, dict) and set(detail) >= DENIED and all(isinstance(one, str) for one in detail.values())
        )
        holds(whole, "a denial is explained", detail, sorted(DENIED))
        assert isinstance(detail, dict)
        same(detail["AuthAction"], operation(name).raw["permission"], "a denial names the action that is not allowed")
        holds(
            detail["AuthPrincipalOwnerId"] in owners, "a denial names the owner", detail["AuthPrincipalOwnerId"], owners
        )
        holds(
            detail["NoPermissionType"] in ("ImplicitDeny", "ExplicitDeny"), "a denial is implicit or explicit", detail
        )


def _spaces(ask: Ask) -> Any:
    assert ask.profile.cams
    return ask.profile.cams.spaces


@contract(
    "CAMS-U16", "Each part of V1's credentials is missed by its name",
    sentence="Recorded: MissingAccessKeyId, MissingTimestamp: {Param} is mandatory for this action.", calls=60,
    **_HOW,
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
    cases = [
        (name, way, part) for part in ("x-acs-date", "x-acs-signature-nonce") for way in WAYS[:3] for name in NAMES
    ]
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
    "CAMS-U25", "Whoever may not call learns nothing of the arguments",
    sentence="Assumed: credentials, time, signature, nonce and permission are checked before arguments and product",
    calls=25, **_HOW,
)  # fmt: skip
def credentials_come_first(ask: Ask) -> None:
    """A bad credential beside a missing parameter, or beside an unknown space, is what is told."""
    wrong: list[tuple[Key, str]] = [(Key(ask.cams.key.id, "wrong"), "SignatureDoesNotMatch")]
    wrong.append((Key("LTAInobody", "x"), "InvalidAccessKeyId.NotFound"))
    for kind, error in (("inactive", "InvalidAccessKeyId.Inactive"), ("powerless", "Ram.PermissionDeny")):
        wrong += [(key, error)] if (key := known(ask, kind)) else []
    cases = [(name, *one) for one in wrong for name in NAMES]
    for name, key, error in spread(ask, cases):
        absent = dict.fromkeys(required(name))
        refuse(ask, [Bad(name, error, "", {**absent, "CustSpaceId": None}, {"key": key}, early=True)])
        asked = {"CustSpaceId": "cams-nobody", **({"Start": "x"} if name == METRIC else {})}
        refuse(ask, [Bad(name, error, "", asked, {"key": key, "scheme": "v1"}, early=True)])
