"""The kit's own client of CAMS, with its own signers."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mockserver.contract.load import load
from mockserver.contract.operation import Operation

from .expect import holds
from .outcomes import Broken
from .profile import Key
from .signing import VERSION, encoded, query, v1_signature, v3_headers
from .wire import Answer

if TYPE_CHECKING:
    from .ask import Ask

FORM = "application/x-www-form-urlencoded"
Change = Callable[["Prepared"], "Prepared"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A signed request, ready to be sent as it is or changed first."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""
    seal: str = ""  # what the caller's own key has signed; anything else is a bad credential

    def content(self) -> str:
        """All that is sent, as one text."""
        return repr((self.method, self.target, sorted(self.headers.items()), self.body))


@dataclass(frozen=True, slots=True)
class Cams:
    """Calls CAMS for one example of one property; what it sends and gets is kept there."""

    ask: "Ask"

    @property
    def key(self) -> Key:
        """The profile's ordinary access key."""
        assert self.ask.profile.cams
        return self.ask.profile.cams.key

    def prepare(
        self,
        action: str | None,
        parameters: Mapping[str, Any] | None = None,
        *,
        key: Key | None = None,
        scheme: str = "v3",
        method: str = "POST",
        place: str = "query",
        version: str | None = VERSION,
        nonce: str | None = None,
        at: float | None = None,
        common: Mapping[str, str | None] | None = None,
    ) -> Prepared:
        """A signed request: *scheme* v3 or v1, parameters in the query or in a `form`, *at* seconds since 1970.

        *common* overrides common headers (v3) or parameters (v1) before they are signed; None leaves one out.
        """
        sent = {name: _text(value) for name, value in (parameters or {}).items() if value is not None}
        made = _v3 if scheme == "v3" else _v1
        first = {
            "Action": action,
            "Version": version,
            "nonce": nonce or secrets.token_hex(16),
            "time": self._time(at),
        }
        origin = urlsplit(self.ask.target.transports["cams"].origin).netloc
        prepared = made(first, key or self.key, method, place, sent, dict(common or {}), origin)
        sound = key in (None, self.key) and not common and nonce is None and at is None
        return replace(prepared, seal=prepared.content() if sound else "")

    def _time(self, at: float | None) -> str:
        """When a request is signed: *at*, or now."""
        signed = datetime.fromtimestamp(self.ask.target.wall() if at is None else at, UTC)
        return signed.strftime("%Y-%m-%dT%H:%M:%SZ")

    def call(self, action: str | None, parameters: Mapping[str, Any] | None = None, **how: Any) -> Answer:
        """One signed call; see prepare(). `raw=True` leaves manners aside and hands a spent limit on as an answer."""
        raw = how.pop("raw", False)
        return self.send(self.prepare(action, parameters, **how), action, raw=raw)

    def send(self, prepared: Prepared, action: str | None, *, raw: bool = False) -> Answer:
        """Send *prepared* as it stands."""
        one = prepared
        if one.seal != one.content():
            self.ask.target.bad_credential()
        answer = self.ask.send("cams", named(action), one.method, one.target, one.headers, one.body, raw=raw)
        limited = str(answer.error.get("Code", "")).startswith(("Throttling", "System.LimitControl"))
        if limited and not raw and self.ask.target.throttle:
            raise self.ask.target.throttled("cams", str(answer.error.get("Message", "")))
        return answer

    def ok(self, action: str, parameters: Mapping[str, Any] | None = None, **how: Any) -> dict[str, Any]:
        """The body of a call that the vendor documents as valid: HTTP 200 and Code OK, or the property is broken."""
        answer = self.call(action, parameters, **how)
        body = answer.json
        if answer.status != 200 or not isinstance(body, dict) or body.get("Code") != "OK":
            got = {"status": answer.status, "body": answer.text[:600]}
            raise Broken(f"a valid call of {action} is refused", got, {"status": 200, "Code": "OK"})
        return body

    def rows(self, action: str, parameters: Mapping[str, Any] | None = None, **how: Any) -> list[dict[str, Any]]:
        """The Data of a valid call."""
        data = self.ok(action, parameters, **how).get("Data")
        holds(isinstance(data, list), f"{action} answers with Data, a list", data, "a list")
        assert isinstance(data, list)
        return data


def _v3(
    first: Mapping[str, str | None], key: Key, method: str, place: str, sent: Mapping[str, str],
    common: Mapping[str, str | None], host: str,
) -> Prepared:  # fmt: skip
    headers: dict[str, str | None] = {
        "host": host,
        "x-acs-action": first["Action"],
        "x-acs-version": first["Version"],
        "x-acs-date": first["time"],
        "x-acs-signature-nonce": first["nonce"],
        "accept": "application/json",
        **({"x-acs-accesskey-id": key.id, "x-acs-security-token": key.security_token} if key.security_token else {}),
        **({"content-type": FORM} if place == "form" else {}),
        **common,
    }
    kept = {name: value for name, value in headers.items() if value is not None}
    text = query(sent)
    in_query, body = ("", text.encode()) if place == "form" else (text, b"")
    signed = v3_headers(key.secret, key.id, method, in_query, kept, body)
    return Prepared(method, "/" + (f"?{in_query}" if in_query else ""), signed, body)


def _v1(
    first: Mapping[str, str | None], key: Key, method: str, place: str, sent: Mapping[str, str],
    common: Mapping[str, str | None], host: str,
) -> Prepared:  # fmt: skip
    values: dict[str, str | None] = {
        "Action": first["Action"],
        "Version": first["Version"],
        "Format": "JSON",
        "AccessKeyId": key.id,
        "SignatureMethod": "HMAC-SHA1",
        "SignatureVersion": "1.0",
        "SignatureNonce": first["nonce"],
        "Timestamp": first["time"],
        "SecurityToken": key.security_token,
        **sent,
        **common,
    }
    whole = {name: value for name, value in values.items() if value is not None}
    text = f"{query(whole)}&Signature={encoded(v1_signature(key.secret, method, whole))}"
    headers = {"host": host}
    if place == "form":
        return Prepared(method, "/", {**headers, "content-type": FORM}, text.encode())
    return Prepared(method, f"/?{text}", headers)


def named(action: str | None) -> Operation | None:
    """The operation file of *action*, None where there is none."""
    return load("cams").operations.get(action or "")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
