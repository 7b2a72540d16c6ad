"""A door for programs with a hard-coded host: an HTTP proxy that ends TLS for that host and leads to a server here."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.tls_proxy import handler, serving, trusted


@dataclass
class Door:
    """An open door: its *url* as a proxy, the file of its authority, what went through, and who was turned away."""

    url: str
    ca_file: Path
    passed: list[tuple[str, str, bytes]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """What a program must find in its environment to come through."""
        trusted = dict.fromkeys(("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"), str(self.ca_file))
        return {"HTTPS_PROXY": self.url, "https_proxy": self.url, "NO_PROXY": "", **trusted}


@contextmanager
def opened(host: str, upstream: str, folder: Path) -> Iterator[Door]:
    """Lead https://*host* to *upstream*, host:port, and nobody anywhere else."""
    ca_file, context = trusted(host, folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    door = Door(f"http://127.0.0.1:{server.server_port}", ca_file)
    server.RequestHandlerClass = _tunnel(host, upstream, context, door)
    with serving(server):
        yield door


def _tunnel(host: str, upstream: str, context: ssl.SSLContext, door: Door) -> type[BaseHTTPRequestHandler]:
    class Tunnel(handler(upstream, door.passed)):
        def do_CONNECT(self) -> None:
            if self.path != f"{host}:443":
                door.refused.append(self.path)
                self.send_error(403)
                return
            self.send_response_only(200, "Connection established")
            self.end_headers()
            self.request = context.wrap_socket(self.request, server_side=True)
            self.setup()
            self.close_connection = False

        def finish(self) -> None:
            """The server knows only the socket that TLS was laid over, so this one is closed here."""
            super().finish()
            self.request.close()

    return Tunnel
