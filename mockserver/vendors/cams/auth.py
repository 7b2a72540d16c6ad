"""Who calls CAMS, and whether they may. The vendor does not say in which order it checks; here it is

 1. credentials are there, whole, and of a method that is served; a V3 body has the hash that it claims
 2. the access key is known          InvalidAccessKeyId.NotFound
 3. and active                       InvalidAccessKeyId.Inactive
 4. with its security token          MissingSecurityToken, InvalidSecurityToken
 5. the time is well formed          InvalidTimeStamp.Format
 6. and near                         InvalidTimeStamp.Expired
 7. the signature matches            SignatureDoesNotMatch
 8. the nonce is fresh               SignatureNonceUsed
 9. a policy allows the action       Ram.PermissionDeny

after the operation is known and before throttling and arguments. A bearer token skips 2 to 8.
"""

import re
from datetime import datetime

from mockserver.errors import MockError
from mockserver.pipeline import Exchange, Runtime
from mockserver.vendors.cams import errors
from mockserver.vendors.cams.signature import BEARER, Claim, claim, matches
from mockserver.world.entities import AccessKey, BearerToken
from mockserver.world.load import WorldFile

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")

Caller = AccessKey | BearerToken


def authenticated(runtime: Runtime, exchange: Exchange) -> Caller:
    """The key or token of the call, proven and allowed to call its operation; raises MockError."""
    made = claim(exchange.request, exchange.subject.texts)
    caller = _bearer(runtime.file, made) if made.scheme == BEARER else _signed(runtime, made)
    _ensure_allowed(caller, exchange.operation.raw["permission"])
    return caller


def _bearer(file: WorldFile, made: Claim) -> BearerToken:
    token = file.bearer_tokens.get(made.bearer_token)
    if token is None:
        raise MockError("Invalid", parameter="BearerToken")
    return token


def _signed(runtime: Runtime, made: Claim) -> AccessKey:
    key = _key(runtime.file, made)
    now = runtime.clock.wall()
    # "the request is valid within 15 minutes" — Alibaba Cloud, V3 request structure and signature, x-acs-date
    if abs(now - _time(made.timestamp).timestamp()) > runtime.settings.timestamp_minutes * 60:
        raise MockError("InvalidTimeStamp.Expired")
    if not matches(made, key.secret):
        raise MockError("SignatureDoesNotMatch", claim=made)
    if not runtime.nonces.use(key.owner_id, made.nonce, now):
        raise MockError("SignatureNonceUsed")
    return key


def _key(file: WorldFile, made: Claim) -> AccessKey:
    """The key of that id and security token; one id may be both a lasting key and a temporary one."""
    key = file.access_keys.get((made.access_key_id, made.security_token or None))
    same = [one for one in file.access_keys.values() if one.id == made.access_key_id] if key is None else [key]
    if not same:
        raise MockError("InvalidAccessKeyId.NotFound")
    if not any(one.active for one in same):
        raise MockError("InvalidAccessKeyId.Inactive")
    if key is None:
        raise MockError("Invalid" if made.security_token else "Missing", parameter="SecurityToken")
    return key


def _time(text: str) -> datetime:
    try:
        if _TIME.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise MockError("InvalidTimeStamp.Format")


def _ensure_allowed(caller: Caller, action: str) -> None:
    if not any(_covers(pattern, action) for pattern in caller.actions):
        temporary = isinstance(caller, AccessKey) and caller.security_token is not None
        raise MockError("Ram.PermissionDeny", denied=errors.denial(action, caller.owner_id, temporary=temporary))


def _covers(pattern: str, action: str) -> bool:
    return action.startswith(pattern[:-1]) if pattern.endswith("*") else action == pattern
