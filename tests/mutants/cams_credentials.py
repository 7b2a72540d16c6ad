"""A CAMS gateway that lets in whom it should not, or keeps out whom it should not."""

# a wrapper has the arguments of what it stands for

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from unittest import mock

from mockserver.errors import MockError
from mockserver.vendors.cams import signature
from mockserver.vendors.cams.signature import V1, V3
from tests.mutants.bends import errors
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, around

AUTH, SIGNATURE = "mockserver.vendors.cams.auth", "mockserver.vendors.cams.signature"
NONCES = "mockserver.gate.nonces:Nonces.use"


def _first_key(file: Any) -> Any:
    return next(iter(file.access_keys.values()))


def _unproven(scheme: str) -> Patch:
    return around(f"{AUTH}:matches", lambda matches, made, secret: made.scheme == scheme or matches(made, secret))


def _either_method(matches: Any, made: Any, secret: str) -> bool:
    """The method is not part of what V1 signs."""
    text = made.string_to_sign
    other = text.replace("POST&", "GET&", 1) if text.startswith("POST&") else text.replace("GET&", "POST&", 1)
    return bool(matches(made, secret) or (made.scheme == V1 and matches(replace(made, string_to_sign=other), secret)))


def _any_secret(signed: Any, runtime: Any, made: Any) -> Any:
    """A signature with the secret of another key is as good."""
    try:
        return signed(runtime, made)
    except MockError as error:
        keys = runtime.file.access_keys.values()
        if error.name != "SignatureDoesNotMatch" or not any(signature.matches(made, key.secret) for key in keys):
            raise
        return next(key for key in keys if key.id == made.access_key_id)


def _body_unhashed(header_claim: Any, request: Any) -> Any:
    """The body is not hashed: whatever x-acs-content-sha256 says is believed."""
    sent = SimpleNamespace(hexdigest=lambda: request.headers.get("x-acs-content-sha256", ""))
    believing = SimpleNamespace(sha256=lambda data: sent if data == request.body else hashlib.sha256(data))
    with mock.patch.object(signature, "hashlib", believing):
        return header_claim(request)


def _unsigned_headers(canonical: Any, request: Any, signed: str, body_hash: str) -> Any:
    """Headers that the signature does not name are nobody's business."""
    names = signed.lower().split(";")
    kept = {name: value for name, value in request.headers.items() if name in names}
    return canonical(replace(request, headers=kept), signed, body_hash)


def _any_method_name(parameter_claim: Any, method: str, parameters: Any) -> Any:
    """SignatureMethod is not looked at."""
    try:
        return parameter_claim(method, parameters)
    except MockError as error:
        if error.name != "InvalidSignatureMethod":
            raise
        with mock.patch.object(signature, "V1", parameters["SignatureMethod"]):
            return replace(parameter_claim(method, parameters), scheme=V1)


def _signed_though(*names: str, when: Any = lambda runtime, made: True) -> Patch:
    """A call that should be refused with one of *names* is taken for its key's, or the first key's."""

    def wrapper(signed: Any, runtime: Any, made: Any) -> Any:
        try:
            return signed(runtime, made)
        except MockError as error:
            if error.name not in names or not when(runtime, made):
                raise
            keys = [one for one in runtime.file.access_keys.values() if one.id == made.access_key_id]
            return keys[0] if keys else _first_key(runtime.file)

    return around(f"{AUTH}:_signed", wrapper)


def _late(runtime: Any, made: Any) -> float:
    """Seconds by which the call is older than now."""
    sent = datetime.strptime(made.timestamp, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return float(runtime.clock.wall() - sent.timestamp())


def _five_minutes(signed: Any, runtime: Any, made: Any) -> Any:
    key = signed(runtime, made)
    if abs(_late(runtime, made)) > 300:
        raise MockError("InvalidTimeStamp.Expired")
    return key


def _loose_time(time: Any, text: str) -> Any:
    try:
        return time(text)
    except MockError:
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            raise MockError("InvalidTimeStamp.Format") from None
        return found if found.tzinfo else found.replace(tzinfo=UTC)


def _fresh_nonce(scheme: str) -> Patch:
    def wrapper(signed: Any, runtime: Any, made: Any) -> Any:
        again = made.nonce + str(next(runtime.serial)) if made.scheme == scheme else made.nonce
        return signed(runtime, replace(made, nonce=again))

    return around(f"{AUTH}:_signed", wrapper)


def _spent_by_refused(signed: Any, runtime: Any, made: Any) -> Any:
    try:
        return signed(runtime, made)
    except MockError as error:
        if error.name == "SignatureDoesNotMatch":
            runtime.nonces.use(_first_key(runtime.file).owner_id, made.nonce, runtime.clock.wall())
        raise


def _any_token(key: Any, file: Any, made: Any) -> Any:
    try:
        return key(file, made)
    except MockError as error:
        if error.details.get("parameter") != "SecurityToken":
            raise
        return next(one for one in file.access_keys.values() if one.id == made.access_key_id)


def _any_bearer(bearer: Any, file: Any, made: Any) -> Any:
    return file.bearer_tokens.get(made.bearer_token) or next(iter(file.bearer_tokens.values()))


def _no_bearer(bearer: Any, file: Any, made: Any) -> Any:
    raise MockError("Invalid", parameter="BearerToken")


def _nobody(authenticated: Any, runtime: Any, exchange: Any) -> Any:
    try:
        return authenticated(runtime, exchange)
    except MockError as error:
        if error.name != "Missing" or error.details["parameter"] not in ("AccessKeyId", "Signature"):
            raise
        return _first_key(runtime.file)


def _inactive(key: Any, file: Any, made: Any) -> Any:
    try:
        return key(file, made)
    except MockError as error:
        if error.name != "InvalidAccessKeyId.Inactive":
            raise
        return next(one for one in file.access_keys.values() if one.id == made.access_key_id)


def _other_owner(ensure: Any, caller: Any, action: str) -> None:
    """Only read actions need a permission."""
    if not action.startswith("cams:Enable"):
        ensure(caller, action)


MUTANTS = (
    Mutant("cams-v3-unchecked", "credential", "V3 signatures are not checked.", "CAMS-U7", _unproven(V3)),
    Mutant("cams-v1-unchecked", "credential", "V1 signatures are not checked.", "CAMS-U8", _unproven(V1)),
    Mutant("cams-v1-method-unsigned", "credential", "A V1 signature of a GET is good for a POST.", "CAMS-U5",
           around(f"{AUTH}:matches", _either_method)),
    Mutant("cams-v3-body-unsigned", "credential", "V3 does not look whether the body is the one signed.", "CAMS-U5",
           around(f"{SIGNATURE}:_header_claim", _body_unhashed)),
    Mutant("cams-v3-headers-unsigned", "credential", "V3 takes x-acs headers that are not signed.", "CAMS-U6",
           around(f"{SIGNATURE}:_canonical_request", _unsigned_headers)),
    Mutant("cams-v1-any-method", "credential", "V1 takes any SignatureMethod.", "CAMS-U19",
           around(f"{SIGNATURE}:_parameter_claim", _any_method_name)),
    Mutant("cams-secret-of-other", "credential", "The secret of any key proves every key.", "CAMS-U8",
           around(f"{AUTH}:_signed", _any_secret)),
    Mutant("cams-unsigned", "credential", "Calls without credentials are answered.", "CAMS-U18",
           around(f"{AUTH}:authenticated", _nobody)),
    Mutant("cams-key-unknown", "credential", "Unknown access keys are taken.", "CAMS-U13",
           _signed_though("InvalidAccessKeyId.NotFound")),
    Mutant("cams-key-inactive", "credential", "Inactive access keys are taken.", "CAMS-U14",
           around(f"{AUTH}:_key", _inactive)),
    Mutant("cams-key-powerless", "credential", "Keys without permission are taken.", "CAMS-U15",
           Patch(f"{AUTH}:_ensure_allowed", lambda _: lambda caller, action: None)),
    Mutant("cams-enable-powerless", "credential", "Enabling metrics needs no permission.", "CAMS-U15",
           around(f"{AUTH}:_ensure_allowed", _other_owner)),
    Mutant("cams-sts-any", "credential", "Any security token is taken, or none.", "CAMS-U22",
           around(f"{AUTH}:_key", _any_token)),
    Mutant("cams-bearer-any", "credential", "Any bearer token is taken.", "CAMS-U24",
           around(f"{AUTH}:_bearer", _any_bearer)),
    Mutant("cams-bearer-none", "credential", "Bearer tokens are refused.", "CAMS-U23",
           around(f"{AUTH}:_bearer", _no_bearer)),
    Mutant("cams-nonce-v3", "credential", "V3 nonces may be used again.", "CAMS-U30", _fresh_nonce(V3)),
    Mutant("cams-nonce-v1", "credential", "V1 nonces may be used again.", "CAMS-U30", _fresh_nonce(V1)),
    Mutant("cams-nonce-shared", "credential", "A nonce that another account used is used.", "CAMS-U34",
           around(NONCES, lambda use, nonces, account, nonce, now: use(nonces, "", nonce, now))),
    Mutant("cams-nonce-spent", "state", "A call with a bad signature spends its nonce.", "CAMS-U33",
           around(f"{AUTH}:_signed", _spent_by_refused)),
    Mutant("cams-time-old", "credential", "Calls of any age are taken.", "CAMS-U27",
           _signed_though("InvalidTimeStamp.Expired", when=lambda runtime, made: _late(runtime, made) > 0)),
    Mutant("cams-time-ahead", "credential", "Calls from the future are taken.", "CAMS-U27",
           _signed_though("InvalidTimeStamp.Expired", when=lambda runtime, made: _late(runtime, made) < 0)),
    Mutant("cams-time-half-hour", "credential", "Calls of up to 30 minutes are taken.", "CAMS-U27",
           _signed_though("InvalidTimeStamp.Expired", when=lambda runtime, made: abs(_late(runtime, made)) < 1800)),
    Mutant("cams-time-strict", "credential", "Calls older than 5 minutes are refused.", "CAMS-U26",
           around(f"{AUTH}:_signed", _five_minutes)),
    Mutant("cams-time-format", "credential", "Times in any spelling are taken.", "CAMS-U28",
           around(f"{AUTH}:_time", _loose_time)),
    Mutant("cams-secret-told", "credential", "The refusal of a signature tells the secret.", "CAMS-U9",
           errors("cams", lambda row: row.update(Message=f"{row['Message']} testsecret"), "SignatureDoesNotMatch")),
)  # fmt: skip
