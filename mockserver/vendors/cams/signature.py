"""Who a CAMS request says it is, and whether its signature proves it."""

import hashlib
import hmac
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes

from mockserver.errors import MockError
from mockserver.pipeline import Request

V3: Final = "ACS3-HMAC-SHA256"
V1: Final = "HMAC-SHA1"
BEARER: Final = "BEARERTOKEN"

_AUTHORIZATION = re.compile(r"Credential=([^,]+),SignedHeaders=([^,]+),Signature=([^,]+)")
_RESERVED = re.compile(r"[^A-Za-z0-9\-_.~]")
_BARE = re.compile(r"[^A-Za-z0-9\-_.~%&=]+")  # what a query should have escaped
_NEEDED = r"(?:[0189A-F][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[B-DF])"  # all bytes but the unreserved
_ODD = re.compile(rf"(?:%(?!{_NEEDED})(?:[0-9A-Fa-f]{{2}})?)+")  # needless, lower-case or broken escapes


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says of its caller, as it was sent, and the text that its signature must sign."""

    scheme: Literal["ACS3-HMAC-SHA256", "HMAC-SHA1", "BEARERTOKEN"]
    access_key_id: str = ""
    security_token: str = ""
    nonce: str = ""
    timestamp: str = ""
    signature: str = ""
    string_to_sign: str = ""
    canonical_request: str = ""  # V3 only
    bearer_token: str = ""


def claim(request: Request, parameters: Mapping[str, str]) -> Claim:
    """What *request* claims; *parameters* are its query and form parameters, decoded and merged."""
    if request.headers.get("authorization", "").startswith("ACS3-"):
        return _header_claim(request)
    if "Signature" in parameters:
        return _parameter_claim(request.method, parameters)
    token = request.headers.get("x-acs-bearer-token") or parameters.get("BearerToken")
    if token:
        return _bearer_claim(request.headers, parameters, token)
    raise MockError("Missing", parameter="Signature" if parameters.get("AccessKeyId") else "AccessKeyId")


def matches(claim: Claim, secret: str) -> bool:
    """Whether *claim* is signed with *secret*; a bearer token is not signed, so it never matches."""
    text = _octets(claim.string_to_sign)
    if claim.scheme == V3:
        expected = hmac.digest(_octets(secret), text, "sha256").hex().encode()
    elif claim.scheme == V1:
        expected = b64encode(hmac.digest(_octets(f"{secret}&"), text, "sha1"))
    else:
        return False
    return hmac.compare_digest(expected, _octets(claim.signature))


def _header_claim(request: Request) -> Claim:
    """The claim of the Authorization header: V3, over the headers it names, the query and the body's hash."""
    algorithm, _, credentials = request.headers["authorization"].partition(" ")
    if algorithm != V3:
        raise MockError("InvalidSignatureMethod", method=algorithm)
    parts = _AUTHORIZATION.fullmatch(credentials)
    if parts is None:
        raise MockError("IncompleteSignature", reason="Authorization is malformed")
    _require(request.headers, "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256")
    body_hash = hashlib.sha256(request.body).hexdigest()
    canonical = _canonical_request(request, parts[2], body_hash)
    made = Claim(
        scheme=V3,
        access_key_id=parts[1],
        security_token=_security_token(parts[1], request.headers.get("x-acs-security-token", "")),
        nonce=request.headers["x-acs-signature-nonce"],
        timestamp=request.headers["x-acs-date"],
        signature=parts[3],
        string_to_sign=f"{V3}\n{hashlib.sha256(_octets(canonical)).hexdigest()}",
        canonical_request=canonical,
    )
    if request.headers["x-acs-content-sha256"] != body_hash:
        raise MockError("SignatureDoesNotMatch", claim=made)
    return made


def _parameter_claim(method: str, parameters: Mapping[str, str]) -> Claim:
    """The claim of the Signature parameter: V1, over every other parameter and no header."""
    if not parameters["Signature"]:
        raise MockError("IncompleteSignature", reason="Signature is empty")
    _require(parameters, "AccessKeyId", "SignatureMethod", "Timestamp", "SignatureNonce")
    if parameters.get("SignatureVersion", "1.0") != "1.0":
        raise MockError("Invalid", parameter="SignatureVersion")
    if parameters["SignatureMethod"] != V1:
        raise MockError("InvalidSignatureMethod", method=parameters["SignatureMethod"])
    # "Sort all request parameters (including common request parameters and user-defined parameters […],
    # excluding the Signature parameter […]) alphabetically by the parameter name." — Alibaba Cloud, Signature
    pairs = sorted(pair for pair in parameters.items() if pair[0] != "Signature")
    query = "&".join([f"{_encode(name)}={_encode(value)}" for name, value in pairs])
    twice = query.replace("%", "%25").replace("=", "%3D").replace("&", "%26")
    return Claim(
        scheme=V1,
        access_key_id=parameters["AccessKeyId"],
        security_token=_security_token(parameters["AccessKeyId"], parameters.get("SecurityToken", "")),
        nonce=parameters["SignatureNonce"],
        timestamp=parameters["Timestamp"],
        signature=parameters["Signature"],
        string_to_sign=f"{method}&%2F&{twice}",
    )


def _bearer_claim(headers: Mapping[str, str], parameters: Mapping[str, str], token: str) -> Claim:
    """The claim of a bearer *token*, which signs nothing."""
    return Claim(
        scheme=BEARER,
        nonce=headers.get("x-acs-signature-nonce") or parameters.get("SignatureNonce", ""),
        timestamp=headers.get("x-acs-date") or parameters.get("Timestamp", ""),
        bearer_token=token,
    )


def _canonical_request(request: Request, signed: str, body_hash: str) -> str:
    """The V3 text of *request* over the headers that *signed* names."""
    # "将所有需要签名的参数的名称转换为小写。将所有参数按照参数名称的字符顺序以升序排列。"
    # (names in lower case, ascending) — Alibaba Cloud, V3 request structure and signature
    names = sorted(signed.lower().split(";"))
    # "除Authorization外的所有公共请求头，只要存在必须被加入签名" (every common header that is there is signed) — ibidem
    unsigned = [name for name in request.headers if (name == "host" or name.startswith("x-acs-")) and name not in names]
    if unsigned:
        raise MockError("IncompleteSignature", reason=f"header {unsigned[0]} is not signed")
    try:
        headers = "".join([f"{name}:{request.headers[name].strip()}\n" for name in names])
    except KeyError as absent:
        raise MockError("IncompleteSignature", reason=f"signed header {absent} is absent") from None
    # "RPC风格API使用正斜杠（/）作为CanonicalURI" (an RPC API has a slash) — ibidem
    query = _canonical_query(request.query)
    return "\n".join([request.method, "/", query, headers, ";".join(names), body_hash])


def _canonical_query(query: str) -> str:
    """The raw *query* in the one encoding that is signed, whichever its client chose."""
    # "具有重复名称的参数应按值进行排序" (parameters of one name are sorted by value) — ibidem
    query = _BARE.sub(lambda bare: _encode(bare[0]), query.replace("+", "%20"))
    query = _ODD.sub(lambda odd: quote_from_bytes(unquote_to_bytes(odd[0]), safe=""), query)
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    return "&".join("=".join(pair) for pair in sorted([(name, value.replace("=", "%3D")) for name, _, value in pairs]))


def _encode(text: str) -> str:
    """*text* with all but the unreserved characters of RFC 3986 escaped."""
    return quote(text, safe="", errors="surrogatepass") if _RESERVED.search(text) else text


def _octets(text: str) -> bytes:
    """*text* in UTF-8, whatever a hostile client put into it."""
    return text.encode("utf-8", "surrogatepass")


def _require(values: Mapping[str, str], *names: str) -> None:
    """Refuse *values* in which one of *names* is absent or empty."""
    for name in names:
        if not values.get(name):
            raise MockError("Missing", parameter=name)


def _security_token(access_key_id: str, token: str) -> str:
    """The *token* of a temporary key, without which the key is refused."""
    if access_key_id.startswith("STS.") and not token:
        raise MockError("Missing", parameter="SecurityToken")
    return token
