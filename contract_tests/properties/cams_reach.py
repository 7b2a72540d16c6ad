"""Nothing is dropped: every error that an operation file lists can be had from that operation."""

import secrets
from collections.abc import Callable
from typing import Any

from ..ask import Ask
from ..bad_cams import Bad, Row, deliver, refuse, required, shaped, with_headers
from ..expect import same
from ..found_cams import ACCOUNTS, NAMES, UNKNOWN, metric, operation, spread, valid
from ..outcomes import OutOfScope
from ..profile import Key
from ..property import Live, contract
from ..words_cams import GATEWAY, refused_as
from .cams_keys import specimen
from .cams_owners import closed_space, codes_of_another_kind

Recipe = Callable[[Ask, str], Bad]
LIMIT = "System.LimitControl"  # reached where limits are spent


def _by(parameter: str = "", changes: Row | None = None, *, early: bool = True, **how: Any) -> Callable[[str], Recipe]:
    """The recipe of an error that needs nothing of the target."""
    return lambda error: lambda _, name: Bad(name, error, parameter, changes or {}, how, early)


def _missing(ask: Ask, name: str) -> Bad:
    del ask
    if required(name):
        return Bad(name, "Missing", required(name)[0], {required(name)[0]: None})
    return Bad(name, "Missing", "Timestamp", {}, {"scheme": "v1", "common": {"Timestamp": None}}, early=True)


def _key(error: str, kind: str) -> Recipe:
    return lambda ask, name: Bad(name, error, "", {}, {"key": specimen(ask, kind)}, early=True)


def _forged(error: str, parameter: str, make: Callable[[Key], Key]) -> Recipe:
    return lambda ask, name: Bad(name, error, parameter, {}, {"key": make(ask.cams.key)}, early=True)


def _used(ask: Ask, name: str) -> Bad:
    nonce = secrets.token_hex(16)
    ask.cams.ok(ACCOUNTS, valid(ask, ACCOUNTS), nonce=nonce)
    return Bad(name, "SignatureNonceUsed", "", {}, {"nonce": nonce}, early=True)


def _late(ask: Ask, name: str) -> Bad:
    return Bad(name, "InvalidTimeStamp.Expired", "", {}, {"at": ask.target.wall() - 3600}, early=True)


def _unsubscribed(ask: Ask, name: str) -> Bad:
    return Bad(name, "Product.Unsubscript", "", {"CustSpaceId": closed_space(ask, "unsubscribed").id})


def _another_kind(ask: Ask, name: str) -> Bad:
    codes = codes_of_another_kind(ask)
    if not codes:
        raise OutOfScope("the world has no template of another kind")
    return Bad(name, "InvalidParameter.TemplateTypeNotSupport", "", {"TemplateCode": codes[0], "CustSpaceId": None})


def _no_template(ask: Ask, name: str) -> Bad:
    return Bad(name, "DetailError.TemplateNotExist", "", {**metric(ask, 1), "TemplateCode": UNKNOWN})


_SIMPLE: dict[str, Callable[[str], Recipe]] = {
    "InvalidAction.NotFound": _by(action="NoSuchAction"),
    "InvalidVersion": _by(version="2019-01-01"),
    "InvalidParameter.Format": _by(scheme="v1", common={"Format": "YAML"}),
    "UnsupportedHTTPMethod": _by(method="DELETE"),
    "MissingHeader": _by("x-acs-date", common={"x-acs-date": None}),
    "InvalidSignatureMethod": _by(scheme="v1", common={"SignatureMethod": "HMAC-MD5"}),
    "InvalidTimeStamp.Format": _by(common={"x-acs-date": "yesterday"}),
    "Unknown.ResourceOwnerId": _by(changes={"CustSpaceId": UNKNOWN}, early=False),
    "InvalidParameter.PageInvalid": _by(changes={"Page": "first"}, early=False),
}
RECIPES: dict[str, Recipe] = {
    **{error: make(error) for error, make in _SIMPLE.items()},
    "Missing": _missing,
    "Invalid": _forged("Invalid", "SecurityToken", lambda key: Key(key.id, key.secret, "nobody's")),
    "InvalidAccessKeyId.NotFound": _forged(
        "InvalidAccessKeyId.NotFound", "", lambda key: Key("LTAInobody", key.secret)
    ),
    "InvalidAccessKeyId.Inactive": _key("InvalidAccessKeyId.Inactive", "inactive"),
    "InvalidTimeStamp.Expired": _late,
    "SignatureDoesNotMatch": _forged("SignatureDoesNotMatch", "", lambda key: Key(key.id, "wrong")),
    "SignatureNonceUsed": _used,
    "Ram.PermissionDeny": _key("Ram.PermissionDeny", "powerless"),
    "Product.Unsubscript": _unsubscribed,
    "InvalidParameter.TemplateTypeNotSupport": _another_kind,
    "DetailError.TemplateNotExist": _no_template,
}


@contract(
    "CAMS-K1", "Every documented error can be had from every operation that lists it", kind="effect", examples=1,
    sentence="HTTP status code, Error code, Error message", page=GATEWAY, live=Live.MOCK, calls=110,
)  # fmt: skip
def every_error_is_reachable(ask: Ask) -> None:
    """Each row of the errors of each operation file, but the spent limit, which is asked for elsewhere."""
    cases = [(name, error) for name in NAMES for error in operation(name).raw["errors"] if error != LIMIT]
    for name, error in spread(ask, cases, 30):
        if error == "IncompleteSignature":
            prepared = with_headers(ask.cams.prepare(name, shaped(ask, name)), authorization="ACS3-HMAC-SHA256 x")
            refused_as(ask, deliver(ask, prepared, name), error)
            continue
        same(error in RECIPES, True, f"the kit knows how to provoke {error}")
        try:
            bad = RECIPES[error](ask, name)
        except OutOfScope:
            continue
        refuse(ask, [bad])
