"""Who calls the Graph API, and whether they may."""

import hashlib
import hmac
from datetime import datetime

from mockserver.clock import zone
from mockserver.errors import MockError
from mockserver.pipeline import Exchange, Request, Runtime
from mockserver.vendors.meta import route
from mockserver.world.entities import AccessToken

READ_PERMISSIONS = frozenset({"ads_read", "ads_management"})


def authenticated(runtime: Runtime, exchange: Exchange) -> AccessToken:
    """The access token of the call, sound and proven; raises MockError."""
    text = sent_token(exchange)
    if not text:
        raise MockError("no_token" if route.split(exchange.request.path, "").id == "me" else "token_required")
    token = runtime.file.access_tokens.get(text)
    if token is None:
        raise MockError("token_malformed")
    _ensure_valid(token, runtime.clock.instant())
    _ensure_proof(token, exchange.parameters.get("appsecret_proof"))
    return token


def sent_token(exchange: Exchange) -> str:
    """The token as sent: in query, form or JSON, or after Bearer or OAuth in the Authorization header."""
    sent = exchange.parameters.get("access_token")
    return sent if isinstance(sent, str) and sent else _from_header(exchange.request)


def _from_header(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() in ("bearer", "oauth") else ""


def may_read(token: AccessToken) -> bool:
    """Whether the token's permissions let it read ads and insights."""
    return bool(token.permissions & READ_PERMISSIONS)


def proof(token: AccessToken) -> str:
    """The appsecret_proof of *token*: hex HMAC-SHA256 of the token under the app's secret."""
    return hmac.new(token.app.secret.encode(), token.token.encode(), hashlib.sha256).hexdigest()


def _ensure_valid(token: AccessToken, now: datetime) -> None:
    if token.invalidated:
        raise MockError(f"token_{token.invalidated}", app=token.app.id)
    if token.expires is not None and token.expires <= now:
        raise MockError("token_expired", expired=_facebook_time(token.expires), now=_facebook_time(now))


def _ensure_proof(token: AccessToken, sent: object) -> None:
    if sent is None and token.app.require_appsecret_proof:
        raise MockError("appsecret_proof_missing")
    if sent is not None and not hmac.compare_digest(str(sent).encode("utf-8", "replace"), proof(token).encode()):
        raise MockError("appsecret_proof_bad")


def _facebook_time(at: datetime) -> str:
    return at.astimezone(zone("America/Los_Angeles")).strftime("%A, %d-%b-%y %H:%M:%S %Z")
