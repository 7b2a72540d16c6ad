"""How calls reach a target: a WSGI application in this process, or HTTP."""

import http.client
import io
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes, urlsplit
from urllib.request import getproxies, proxy_bypass

from .outcomes import Indeterminate
from .wire import Answer, Call

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_CHUNK, _LARGEST = 1 << 16, 1 << 28
_STALE = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class Lost(Indeterminate):
    """No answer came: *hang* if the time ran out, else the connection was refused or lost."""

    def __init__(self, what: str, *, hang: bool = False) -> None:
        super().__init__(what)
        self.hang = hang


class Transport(Protocol):
    """A way to one target, known by its *origin*, e.g. https://graph.facebook.com."""

    @property
    def origin(self) -> str: ...

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """The answer to one request; raises Lost where there is none."""

    def close_all(self) -> None:
        """Let go of what is kept open."""


@dataclass(frozen=True, slots=True)
class Wsgi:
    """A WSGI application called in this process."""

    app: WSGI
    origin: str = "http://127.0.0.1"

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Call the application once."""
        started: dict[str, Any] = {}

        def start_response(status: str, sent: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
            del exc_info
            started.update(status=int(status[:3]), headers={name.lower(): value for name, value in sent})
            return lambda _: None

        chunks = self.app(_environ(self.origin, method, target, headers, body), start_response)
        try:
            whole = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return Answer(Call(method, self.origin, target, headers, body), started["status"], started["headers"], whole)

    def close_all(self) -> None:
        """Nothing is kept open."""


def _environ(origin: str, method: str, target: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    path, _, query = target.partition("?")
    host = urlsplit(origin)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": host.hostname,
        "SERVER_PORT": str(host.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": host.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return environ


@dataclass(frozen=True, slots=True)
class Http:
    """HTTP or HTTPS with one kept-alive connection a thread; *origin* without a path."""

    origin: str
    timeout: float = 30.0
    ca_file: str | None = None
    _kept: threading.local = field(default_factory=threading.local)
    _opened: list[http.client.HTTPConnection] = field(default_factory=list)

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send one request; a kept connection that has gone stale is opened anew once."""
        fresh = getattr(self._kept, "connection", None) is None
        try:
            return self._once(method, target, headers, body)
        except _STALE as error:
            self.close()
            if fresh:
                raise Lost(f"{method} {self.origin}: the connection was lost ({error})") from None
        except TimeoutError:
            self.close()
            raise Lost(f"{method} {self.origin}: no answer within {self.timeout:g} s", hang=True) from None
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Lost(f"{method} {self.origin}: {type(error).__name__}: {error}") from None
        return self.send(method, target, headers, body)

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._kept, "connection", None)
        if connection is not None:
            connection.close()
            self._opened.remove(connection)
        self._kept.connection = None

    def close_all(self) -> None:
        """Close the connections of all threads."""
        while self._opened:
            self._opened.pop().close()

    def _once(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        connection = getattr(self._kept, "connection", None)
        if connection is None:
            connection = self._kept.connection = self._open()
            self._opened.append(connection)
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers.items():
            if name.lower() != "host":
                connection.putheader(name, value.encode("utf-8", "replace"))
        if body or method in ("POST", "PUT", "PATCH"):
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        response = connection.getresponse()
        whole = self._body(response)
        if response.will_close:
            self.close()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(Call(method, self.origin, target, headers, body), response.status, told, whole)

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        """The whole body; one that drips longer than the time allowed, or never ends, is a hang."""
        until, parts, size = time.monotonic() + self.timeout, [], 0
        while part := response.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            if time.monotonic() > until or size > _LARGEST:
                raise TimeoutError
        response.close()  # read1 leaves it open, and the connection waits for it
        return b"".join(parts)

    def _open(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.origin)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        proxy = None if proxy_bypass(host) else getproxies().get(parts.scheme)
        through = urlsplit(proxy) if proxy and secure else None
        address = (through.hostname or "", through.port or 80) if through else (host, port)
        if not secure:
            return http.client.HTTPConnection(*address, timeout=self.timeout)
        context = ssl.create_default_context(cafile=self.ca_file)
        connection = http.client.HTTPSConnection(*address, timeout=self.timeout, context=context)
        if through:
            connection.set_tunnel(host, port)
        return connection
