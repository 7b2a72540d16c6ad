"""Fresh ACS3-signed calls, by the vendor's page and without the server's code."""

import hashlib
import hmac
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from urllib.parse import quote

EMPTY = hashlib.sha256(b"").hexdigest()
nonces = count()


def signed(action: str, parameters: Mapping[str, str], host: str) -> tuple[str, str, dict[str, str]]:
    """Method, target and headers of a call of *action*, signed as testid."""
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in sorted(parameters.items()))
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": EMPTY,
        "x-acs-date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": f"bench-{time.time_ns()}-{next(nonces)}",
        "x-acs-version": "2020-06-06",
    }
    names = ";".join(headers)
    canonical = "\n".join(["POST", "/", query, *(f"{k}:{v}" for k, v in headers.items()), "", names, EMPTY])
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.new(b"testsecret", to_sign.encode(), hashlib.sha256).hexdigest()
    headers["Authorization"] = f"ACS3-HMAC-SHA256 Credential=testid,SignedHeaders={names},Signature={signature}"
    return "POST", f"/?{query}", headers
