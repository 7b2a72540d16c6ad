"""The kit's own signers for CAMS, written from the vendor's signature pages alone."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote

V3 = "ACS3-HMAC-SHA256"
VERSION = "2020-06-06"


def encoded(text: str) -> str:
    """*text* with all but A-Z a-z 0-9 - _ . ~ escaped."""
    return quote(text, safe="-_.~", errors="surrogatepass")


def query(values: Mapping[str, str]) -> str:
    """*values* as a query, sorted by name as both signatures want it."""
    return "&".join(f"{encoded(name)}={encoded(values[name])}" for name in sorted(values))


def v3_headers(
    secret: str, key_id: str, method: str, sent_query: str, headers: Mapping[str, str], body: bytes
) -> dict[str, str]:
    """*headers* with the body's hash and the Authorization of V3 over host, content-type and all x-acs-* headers."""
    hashed = hashlib.sha256(body).hexdigest()
    whole = {**headers, "x-acs-content-sha256": hashed}
    names = sorted(name for name in whole if name in ("host", "content-type") or name.startswith("x-acs-"))
    listed = "".join(f"{name}:{whole[name].strip()}\n" for name in names)
    canonical = "\n".join([method, "/", sent_query, listed, ";".join(names), hashed])
    text = f"{V3}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    whole["authorization"] = f"{V3} Credential={key_id},SignedHeaders={';'.join(names)},Signature={signature}"
    return whole


def v1_signature(secret: str, method: str, values: Mapping[str, str]) -> str:
    """The Signature parameter of V1 over all other parameters."""
    text = f"{method}&%2F&{encoded(query(values))}"
    return base64.b64encode(hmac.new(f"{secret}&".encode(), text.encode(), hashlib.sha1).digest()).decode()


def appsecret_proof(app_secret: str, token: str) -> str:
    """The proof that the caller of the Graph API knows the app's secret."""
    return hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
