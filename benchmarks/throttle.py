"""How exactly a threaded client is held to the documented rate, against the real clock.

    .venv/bin/python benchmarks/throttle.py [seconds]

Eight threads ask for GetChatappTemplateMetric, documented at 50 QPS, as fast as they can.
"""

import http.client
import sys
import time
from collections import Counter
from threading import Thread

from signing import signed

from mockserver.running import running
from mockserver.settings import Settings

METRIC = {"Start": "1693107714687", "End": "1693407714687", "TemplateCode": "1100000000000001"}


def main() -> None:
    """Print how many calls were admitted."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    found: Counter[int] = Counter()
    with running(Settings(world="docs")) as server:
        end = time.perf_counter() + seconds

        def hammer() -> None:
            connection = http.client.HTTPConnection(server.host)
            while time.perf_counter() < end:
                method, target, headers = signed("GetChatappTemplateMetric", METRIC, server.host)
                connection.request(method, target, headers=headers)
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
