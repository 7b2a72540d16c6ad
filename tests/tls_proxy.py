"""A TLS reverse proxy under another host name, as it stands before a real vendor."""

import http.client
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import trustme

NAME = "localhost"


@dataclass
class Proxy:
    """A running proxy: its *url*, the file of its authority, and what went through: method, target, body."""

    url: str
    ca_file: Path
    passed: list[tuple[str, str, bytes]] = field(default_factory=list)


@contextmanager
def proxied(upstream: str, folder: Path) -> Iterator[Proxy]:
    """Pass everything on to *upstream*, host:port; TLS ends here."""
    ca_file, context = trusted(NAME, folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    proxy = Proxy(f"https://{NAME}:{server.server_port}", ca_file)
    server.RequestHandlerClass = handler(upstream, proxy.passed)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with serving(server):
        yield proxy


def trusted(host: str, folder: Path) -> tuple[Path, ssl.SSLContext]:
    """The file in *folder* of a new authority, and the TLS of *host* that it vouches for."""
    authority = trustme.CA()
    ca_file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    return ca_file, context


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    """*server* answers until the block ends."""
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def handler(upstream: str, passed: list[tuple[str, str, bytes]]) -> type[BaseHTTPRequestHandler]:
    """Passes every request on to *upstream*, and notes it in *passed*."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            passed.append((self.command, self.path, body))
            headers = {**dict(self.headers.items()), "X-Forwarded-Proto": "https"}
            connection = http.client.HTTPConnection(upstream, timeout=30)
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            whole = answer.read()
            connection.close()
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(whole)))
            self.end_headers()
            self.wfile.write(whole)

        do_GET = do_POST = do_DELETE = do_PUT = do_HEAD = pass_on

    return Handler
