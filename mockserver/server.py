"""A production WSGI server, the same for `serve` and for a test process."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from mockserver.errors import UserError

THREADS = 64
CONNECTIONS = 2000  # slow clients hold connections, not threads
_OTHER_FILES = 256  # what the process may open beside its connections
LARGEST_BODY = 16 * 1024 * 1024
_TICK = 0.05  # seconds between looks at what is still being answered
_LAST_TICKS = 100


class Server:
    """Waitress on one address; *port* 0 takes a free one. Run it here, or start it in a thread beside a test."""

    def __init__(self, application: Callable[..., Any], host: str, port: int) -> None:
        listener = _listener(host, port)
        self.host, self.port = host, int(listener.getsockname()[1])
        self._stopping = False
        self._thread: Thread | None = None
        self._server = create_server(
            application,
            sockets=[listener],
            threads=THREADS,
            connection_limit=connections(),
            max_request_body_size=LARGEST_BODY,
            asyncore_use_poll=True,
            ident=None,
            clear_untrusted_proxy_headers=False,
        )

    @property
    def url(self) -> str:
        """The address as a client on this machine writes it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def run(self) -> None:
        """Serve until stop(), then finish what is being answered and free the port."""
        while not self._stopping:
            self._turn(1.0)
        self._server.del_channel()
        self._server.socket.close()
        for _ in range(_LAST_TICKS):
            if not self._busy():
                break
            self._turn(_TICK)
        self._server.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._server._map, ignore_all=True)

    def start(self) -> None:
        """Serve in a thread of this process."""
        self._thread = Thread(target=self.run, name="mockserver", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End run(), from any thread or signal handler."""
        self._stopping = True
        with suppress(OSError):  # the loop may have seen it already and be gone
            self._server.pull_trigger()
        if self._thread is not None:
            self._thread.join()

    def _turn(self, timeout: float) -> None:
        wasyncore.loop(timeout=timeout, map=self._server._map, use_poll=True, count=1)

    def _busy(self) -> bool:
        channels = self._server.active_channels.values()
        return any(channel.requests or channel.total_outbufs_len for channel in channels)


def connections() -> int:
    """How many connections are held at once: as many as the limit of open files has room for."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return CONNECTIONS
    open_files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if open_files == resource.RLIM_INFINITY:
        return CONNECTIONS
    return min(CONNECTIONS, max(open_files - _OTHER_FILES, open_files // 2))


def _listener(host: str, port: int) -> socket.socket:
    """A bound socket; raises UserError that names the address and the reason."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        reason = os.strerror(error.errno) if isinstance(error.errno, int) and error.errno > 0 else error.strerror
        raise UserError(f"cannot listen on {host}:{port}: {reason}") from None
    listener.setblocking(False)
    return listener
