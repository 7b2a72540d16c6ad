"""A CAMS client for tests, in process, with signers of its own, and the one assertion that every error must pass."""

import hashlib
import hmac
import json
import re
import xml.etree.ElementTree as ElementTree
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from mockserver.pipeline import Request, Response, Runtime, answer
from mockserver.vendors.cams.dialect import CamsDialect

VERSION = "2020-06-06"
FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}
REQUEST_ID = re.compile(r"[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}")
ERROR_KEYS = ["RequestId", "Message", "Recommend", "HostId", "Code"]
XML_ERROR_KEYS = ["RequestId", "HostId", "Code", "Message", "Recommend"]


def encoded(text: str) -> str:
    """*text* as the vendor's signatures want it."""
    return quote(text, safe="-_.~")


def flat(values: Mapping[str, Any]) -> dict[str, str]:
    """*values* as the SDKs send them: what is no text travels as JSON."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}


@dataclass
class Cams:
    """Calls the CAMS dialect with one access key; each call is signed anew, at the clock's time."""

    runtime: Runtime
    key: str = "key"
    secret: str | None = None
    security_token: str | None = None
    dialect: CamsDialect = field(default_factory=CamsDialect)
    nonces: Iterator[int] = field(default_factory=lambda: count(1))
    asked: list[str] = field(default_factory=list)  # the actions that were signed
    signed: list[str] = field(default_factory=list)  # the texts that were signed
    canonical: list[str] = field(default_factory=list)  # and the canonical requests of V3

    def send(self, request: Request) -> Response:
        """The answer to exactly this."""
        return answer(self.dialect, self.runtime, request)

    def time(self, at: datetime | None = None) -> str:
        """The time of the clock as the vendor writes it."""
        return (at or self.runtime.clock.now()).strftime("%Y-%m-%dT%H:%M:%SZ")

    def signing(self) -> str:
        """The secret of the key, by the custom of the test world."""
        return f"secret of {self.key}" if self.secret is None else self.secret

    def v3(
        self,
        action: str,
        values: Mapping[str, Any] | None = None,
        *,
        method: str = "POST",
        body: bytes = b"",
        headers: Mapping[str, str | None] | None = None,
    ) -> Request:
        """A request signed in its headers, with *values* in its query; a header that is None is left out."""
        self.asked.append(action)
        query = urlencode(flat(values or {}))
        sent: dict[str, str | None] = {
            "host": "cams.test",
            "x-acs-action": action,
            "x-acs-version": VERSION,
            "x-acs-date": self.time(),
            "x-acs-signature-nonce": f"nonce-{next(self.nonces)}",
            "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
            "x-acs-security-token": self.security_token,
            **(headers or {}),
        }
        kept = {name: value for name, value in sent.items() if value is not None}
        signature, names = self._v3_signature(method, flat(values or {}), kept)
        kept["authorization"] = f"ACS3-HMAC-SHA256 Credential={self.key},SignedHeaders={names},Signature={signature}"
        return Request(method, "/", query, kept, body)

    def _v3_signature(self, method: str, values: Mapping[str, str], headers: Mapping[str, str]) -> tuple[str, str]:
        names = ";".join(sorted(headers))
        lines = [
            method,
            "/",
            "&".join(f"{encoded(name)}={encoded(values[name])}" for name in sorted(values)),
            *(f"{name}:{headers[name].strip()}" for name in sorted(headers)),
            "",
            names,
            headers.get("x-acs-content-sha256", ""),
        ]
        self.canonical.append("\n".join(lines))
        text = "ACS3-HMAC-SHA256\n" + hashlib.sha256(self.canonical[-1].encode()).hexdigest()
        self.signed.append(text)
        return hmac.new(self.signing().encode(), text.encode(), hashlib.sha256).hexdigest(), names

    def v1(
        self,
        action: str,
        values: Mapping[str, Any] | None = None,
        *,
        method: str = "GET",
        form: bool = False,
        common: Mapping[str, str | None] | None = None,
    ) -> Request:
        """A request signed in its parameters, in its query or form body; a common one that is None is left out."""
        self.asked.append(action)
        sent: dict[str, str | None] = {
            "Action": action,
            "Version": VERSION,
            "Format": "JSON",
            "AccessKeyId": self.key,
            "SecurityToken": self.security_token,
            "SignatureMethod": "HMAC-SHA1",
            "SignatureVersion": "1.0",
            "SignatureNonce": f"nonce-{next(self.nonces)}",
            "Timestamp": self.time(),
            **flat(values or {}),
            **(common or {}),
        }
        kept = {name: value for name, value in sent.items() if value is not None}
        signed = "&".join(f"{encoded(name)}={encoded(kept[name])}" for name in sorted(kept))
        text = f"{method}&%2F&{encoded(signed)}"
        self.signed.append(text)
        made = hmac.new(f"{self.signing()}&".encode(), text.encode(), hashlib.sha1).digest()
        query = urlencode({**kept, "Signature": b64encode(made).decode()})
        return Request(method, "/", "", FORM, query.encode()) if form else Request(method, "/", query)

    def call(self, action: str, /, **values: Any) -> Response:
        """The answer to a V3 call."""
        return self.send(self.v3(action, values))

    def read(self, action: str, /, **values: Any) -> Any:
        """The body of a good answer."""
        response = self.call(action, **values)
        body = json.loads(response.body)
        # one operation, ChangeResourceGroup, has neither
        assert (response.status, body.get("Code", "OK"), body.get("Message", "OK")) == (200, "OK", "OK"), response.body
        assert body["RequestId"] == header(response, "x-acs-request-id")
        return body


def header(response: Response, name: str) -> str | None:
    """The value of a header."""
    return next((value for key, value in response.headers if key == name), None)


def altered(request: Request, **headers: str | None) -> Request:
    """*request* with some headers changed after it was signed (underscores for hyphens), or taken away by None."""
    changed = {**request.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return replace(request, headers={name: value for name, value in changed.items() if value is not None})


def reworded(request: Request, **texts: str | None) -> Request:
    """*request* with some texts of its query changed after it was signed, or taken away by None."""
    changed = {**dict(parse_qsl(request.query, keep_blank_values=True)), **texts}
    return replace(request, query=urlencode({name: text for name, text in changed.items() if text is not None}))


def assert_gateway_headers(response: Response, content_type: str) -> None:
    """The headers of every answer; nothing that belongs to the connection is among them."""
    assert header(response, "content-type") == content_type
    assert header(response, "access-control-allow-origin") == "*"
    assert header(response, "access-control-expose-headers") == "*"
    assert REQUEST_ID.fullmatch(header(response, "x-acs-request-id") or "")
    assert re.fullmatch("[0-9a-f]{32}", header(response, "x-acs-trace-id") or "")
    assert header(response, "etag")
    assert not {name for name, _ in response.headers} & {"connection", "keep-alive", "transfer-encoding"}


def assert_cams_error(
    response: Response, *, status: int, code: str, message: str, xml: bool = False, success: bool | None = None
) -> dict[str, Any]:
    """The whole shape of a refusal: status, headers, and a body with nothing but the vendor's words.

    Status 200 is a business failure, whose body has Success (*success*) only where the operation has it.
    """
    assert response.status == status, response.body
    assert_gateway_headers(response, "text/xml;charset=utf-8" if xml else "application/json;charset=utf-8")
    body = read_xml(response) if xml else json.loads(response.body)
    assert (body["Code"], body["Message"]) == (code, message)
    assert body["RequestId"] == header(response, "x-acs-request-id")
    expected = ERROR_KEYS if not xml else XML_ERROR_KEYS
    if status == 200:
        expected = ["RequestId", "Code", "Message"] if success is None else ["RequestId", "Code", "Message", "Success"]
        assert body.get("Success") == success
    else:
        link = f"https://api.aliyun.com/troubleshoot?q={code}&product=cams&requestId={body['RequestId']}"
        assert (body["HostId"], body["Recommend"]) == ("cams.ap-southeast-1.aliyuncs.com", link)
    assert [name for name in body if name != "AccessDeniedDetail"] == expected
    assert ("AccessDeniedDetail" in body) == (code == "Ram.PermissionDeny")
    throttled = {"x-acs-retry-after", "x-ratelimit-user-api"} if code == "System.LimitControl" else set()
    assert {name for name, _ in response.headers} & {"x-acs-retry-after", "x-ratelimit-user-api"} == throttled
    return body


def read_xml(response: Response) -> dict[str, Any]:
    """The body of an XML answer as JSON would tell it, texts all."""
    text = response.body.decode()
    assert text.startswith("<?xml version='1.0' encoding='UTF-8'?><")
    return {child.tag: child.text for child in ElementTree.fromstring(text)}  # noqa: S314 - our own
