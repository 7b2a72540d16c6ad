"""How exactly a threaded client is held to the documented rate, against the real clock.

    .venv/bin/python benchmarks/throttle.py [seconds]

Eight threads ask for GetChatappTemplateMetric, documented at 50 QPS, as fast as they can.
"""

import hashlib
import hmac
import http.client
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import count
from threading import Thread

from mockserver.running import running
from mockserver.settings import Settings

QUERY = "End=1693407714687&Start=1693107714687&TemplateCode=1100000000000001"
EMPTY = hashlib.sha256(b"").hexdigest()
nonces = count()


def signed(host: str) -> dict[str, str]:
    """The headers of a fresh ACS3-signed call."""
    headers = {
        "host": host,
        "x-acs-action": "GetChatappTemplateMetric",
        "x-acs-content-sha256": EMPTY,
        "x-acs-date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": f"throttle-{time.time_ns()}-{next(nonces)}",
        "x-acs-version": "2020-06-06",
    }
    names = ";".join(headers)
    canonical = "\n".join(["POST", "/", QUERY, *(f"{k}:{v}" for k, v in headers.items()), "", names, EMPTY])
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.new(b"testsecret", to_sign.encode(), hashlib.sha256).hexdigest()
    headers["Authorization"] = f"ACS3-HMAC-SHA256 Credential=testid,SignedHeaders={names},Signature={signature}"
    return headers


def main() -> None:
    """Print how many calls were admitted."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    found: Counter[int] = Counter()
    with running(Settings(world="docs")) as server:
        end = time.perf_counter() + seconds

        def hammer() -> None:
            connection = http.client.HTTPConnection(server.host)
            while time.perf_counter() < end:
                connection.request("POST", f"/?{QUERY}", headers=signed(server.host))
                answer = connection.getresponse()
                answer.read()
                found[answer.status] += 1

        threads = [Thread(target=hammer) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    expected = 50 * seconds
    print(f"{sum(found.values())} calls in {seconds:.0f} s: {found[200]} admitted, {found[400]} refused")
    print(f"documented {expected:.0f}, off by {(found[200] / expected - 1) * 100:+.2f} %")


if __name__ == "__main__":
    main()
