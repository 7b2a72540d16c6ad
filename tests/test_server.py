"""The server under clients that are slow, many or gone."""

import http.client
import socket
import subprocess
import sys
import time
from contextlib import closing
from datetime import date

import pytest
import requests

from mockserver.running import running
from mockserver.settings import Settings

PATH = "/v26.0/120000000000001/insights?access_token=EAAtok&fields=spend"


@pytest.fixture(scope="module")
def server():
    with running(Settings(world="docs", throttle=0, today=date(2026, 11, 21))) as started:
        yield started
        started.raise_own_bugs()


def connect(server) -> socket.socket:
    host, port = server.host.split(":")
    return socket.create_connection((host, int(port)), timeout=10)


@pytest.mark.parametrize(
    "start",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nhalf",
        b"",
    ],
    ids=["headers", "bodies", "nothing"],
)
def test_two_hundred_slow_clients_do_not_stop_others(server, start):
    """
    While 200 clients hang in the middle of a request, another one is answered at once.
    """
    slow = [connect(server) for _ in range(200)]
    try:
        for one in slow:
            one.sendall(start)
        before = time.monotonic()
        answers = [requests.get(server.url + PATH, timeout=10).status_code for _ in range(5)]
        took = time.monotonic() - before
    finally:
        for one in slow:
            one.close()

    assert answers == [200] * 5
    assert took < 5


def test_a_connection_is_kept_alive(server):
    """
    Several requests travel over one connection, a GET with a body among them.
    """
    with closing(http.client.HTTPConnection(server.host)) as connection:
        answers = []
        for _ in range(3):
            connection.request("GET", PATH, body=b"{}", headers={"Content-Type": "application/json"})
            sock = connection.sock
            answers.append(connection.getresponse().read())

    assert sock is not None
    assert len(set(answers)) == 1
    assert b'"spend":"38.87"' in answers[0]


def test_a_chunked_body_is_read(server):
    """
    A body without a length, as the Node SDKs send it, is read whole.
    """
    body = iter([b"access_token=EAA", b"tok&fields=spend"])
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = requests.request("GET", server.url + "/120000000000001/insights", data=body, headers=headers, timeout=10)

    assert answer.json()["data"][0]["spend"] == "38.87"


def test_head_answers_with_headers_alone(server):
    """
    HEAD has the headers of GET and no body.
    """
    answer = requests.head(server.url + PATH, timeout=10)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["facebook-api-version"] == "v26.0"


def test_a_known_body_is_not_sent_again(server):
    """
    If-None-Match with the ETag of the answer gets 304 and an empty body.
    """
    first = requests.get(server.url + PATH, timeout=10)
    second = requests.get(server.url + PATH, headers={"If-None-Match": first.headers["ETag"]}, timeout=10)

    assert (second.status_code, second.content) == (304, b"")


def test_next_stands_on_the_origin_that_the_client_sees(server):
    """
    Behind a proxy, paging links name the proxy.
    """
    query = (
        PATH + "&date_preset=maximum&time_range={'since':'2024-05-01','until':'2025-07-29'}&time_increment=1&limit=1"
    )
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "graph.facebook.com"}
    direct = requests.get(server.url + query, timeout=10).json()["paging"]["next"]
    proxied = requests.get(server.url + query, headers=headers, timeout=10)

    assert direct.startswith(server.url + "/v26.0/120000000000001/insights?")
    assert proxied.json()["paging"]["next"].startswith("https://graph.facebook.com/v26.0/120000000000001/insights?")
    assert "Strict-Transport-Security" not in proxied.headers


def test_our_own_paths_are_json(server):
    """
    /_mock/health says that the server is up; anything else there is a plain JSON 404.
    """
    health = requests.get(server.url + "/_mock/health", timeout=10)
    unknown = requests.get(server.url + "/_mock/nothing", timeout=10)

    assert health.json() == {"status": "ok", "world": "docs", "throttle": 0, "today": "2026-11-21"}
    assert (unknown.status_code, list(unknown.json())) == (404, ["error"])


@pytest.mark.parametrize("path", ["/", "/v26.0", "/v26.0/me", "/favicon.ico", "/%00", "/v26.0/%ff", "//", "/a/b/c/d"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_no_path_answers_html(server, method, path):
    """
    Whatever is asked, the answer is a vendor's JSON or XML, never HTML and never a 5xx.
    """
    answer = requests.request(method, server.url + path, timeout=10)

    assert answer.status_code < 500
    assert answer.headers["Content-Type"].split(";")[0] in ("application/json", "text/xml")


def test_a_bug_of_ours_is_not_worded_as_the_vendors(server, monkeypatch):
    """
    An answer that breaks its own schema is HTTP 500 with X-Mock-Bug, and the fixture raises it again.
    """
    from mockserver.world import measures

    monkeypatch.setitem(measures.MEASURES, "impressions", lambda _: "many")
    answer = requests.get(server.url + PATH.replace("spend", "impressions"), timeout=10)
    bugs = list(server.runtime.bugs)
    server.runtime.bugs.clear()

    assert answer.status_code == 500
    assert answer.headers["X-Mock-Bug"].startswith("insights: ")
    assert "error" not in answer.json()
    assert len(bugs) == 1


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_sigterm_stops_cleanly(log_format):
    """
    `serve` answers on the port that it names, and SIGTERM ends it with exit code 0 and no traceback.
    """
    command = [sys.executable, "-m", "mockserver.cli", "serve", "--port", "0", "--log-format", log_format]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = next(line for line in process.stdout if "http://127.0.0.1:" in line)
    url = "http://127.0.0.1:" + line.split("http://127.0.0.1:")[1].split('"')[0].split()[0]
    health = requests.get(url + "/_mock/health", timeout=10).json()
    process.terminate()
    _, errors = process.communicate(timeout=10)

    assert health["status"] == "ok"
    assert process.returncode == 0
    assert "Traceback" not in errors


@pytest.mark.parametrize(("open_files", "held"), [(1024, 768), (256, 128), (100_000, 2000), (-1, 2000)])
def test_connections_leave_room_for_other_files(monkeypatch, open_files, held):
    """
    The limit of open files is never reached by connections, so accepting one never fails.
    """
    import resource

    from mockserver.server import connections

    monkeypatch.setattr(resource, "getrlimit", lambda _: (open_files, open_files))

    assert connections() == held
