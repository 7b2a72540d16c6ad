"""Cold start, requests per second and CPU per request, beside a bare Flask answer on the same server.

    .venv/bin/python benchmarks/requests_and_start.py

Prints one table. Read the ratios: the absolute figures belong to the machine.
"""

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from signing import signed

BARE = """
from flask import Flask, Response
from waitress.server import create_server
app = Flask(__name__)
body = b"x" * 633
app.add_url_rule("/", view_func=lambda: Response(body, content_type="application/json"))
server = create_server(app, host="127.0.0.1", port=0, threads=64, ident=None)
print("Serving on http://127.0.0.1:%s" % server.effective_port, flush=True)
server.run()
"""
MOCK = [sys.executable, "-m", "mockserver.cli", "serve", "--world", "docs", "--throttle", "0", "--port", "0"]
INSIGHTS = (
    "/v26.0/120000000000001/insights?access_token=EAAtok&fields=marketing_messages_delivered,"
    "marketing_messages_read_rate,marketing_messages_spend"
)
CAMS = {
    "CustSpaceId": "cams-docs",
    "PageId": "2380000000001",
    "AdAccountId": "2390000000001",
    "CampaignId": "120000000000001",
}


@contextmanager
def server(command: list[str]) -> Iterator[tuple[int, int]]:
    """Its process id and port, once it says that it serves."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        line = next(line for line in process.stdout if "Serving on http" in line)
        yield process.pid, int(line.split("http://127.0.0.1:")[1].split()[0])
    finally:
        process.terminate()
        process.wait()


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


Call = Callable[[int], tuple[str, str, dict[str, str]]]


def load(pid: int, port: int, call: Call, calls: int) -> tuple[float, float]:
    """Requests per second over one keep-alive connection, and the server's CPU microseconds for each."""
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def send() -> None:
        method, path, headers = call(port)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body

    for _ in range(50):
        send()
    cpu, start = cpu_seconds(pid), time.perf_counter()
    for _ in range(calls):
        send()
    return calls / (time.perf_counter() - start), (cpu_seconds(pid) - cpu) / calls * 1e6


def cold_start() -> float:
    """Seconds from starting the process to the end of the first answer."""
    start = time.perf_counter()
    with server(MOCK) as (_, port):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", INSIGHTS)
        assert connection.getresponse().read()
        return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    starts = [cold_start() for _ in range(5)]
    with server([sys.executable, "-c", BARE]) as (pid, port):
        bare = load(pid, port, lambda _: ("GET", "/", {}), 3000)
    with server(MOCK) as (pid, port):
        graph = load(pid, port, lambda _: ("GET", INSIGHTS, {}), 3000)
        cams = load(pid, port, lambda port: signed("GetMessageCampaignInsights", CAMS, f"127.0.0.1:{port}"), 3000)
    print(f"cold start to first answer: median {statistics.median(starts):.2f} s of {len(starts)}")
    print(f"{'one connection':34}{'requests/s':>12}{'CPU µs':>9}{'CPU ratio':>11}")
    rows = {
        "bare Flask, constant 633 bytes": bare,
        "Graph, one insights row": graph,
        "CAMS, signed insights call": cams,
    }
    for name, (rate, cpu) in rows.items():
        print(f"{name:34}{rate:12.0f}{cpu:9.0f}{cpu / bare[1]:11.2f}")


if __name__ == "__main__":
    main()
