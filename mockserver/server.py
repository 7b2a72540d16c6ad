"""A production WSGI server, the same for `serve` and for a test process."""

from collections.abc import Callable
from threading import Thread
from typing import Any

from waitress.server import create_server

from mockserver.errors import UserError

THREADS = 64
CONNECTIONS = 2000
LARGEST_BODY = 16 * 1024 * 1024


class Server:
    """Waitress on one address; *port* 0 takes a free one. Start it here, or in a thread beside a test."""

    def __init__(self, application: Callable[..., Any], host: str, port: int) -> None:
        try:
            self._server = create_server(
                application,
                host=host,
                port=port,
                threads=THREADS,
                connection_limit=CONNECTIONS,
                channel_timeout=120,
                max_request_body_size=LARGEST_BODY,
                asyncore_use_poll=True,
                ident=None,
                clear_untrusted_proxy_headers=False,
            )
        except OSError as error:
            raise UserError(f"cannot listen on {host}:{port}: {error.strerror}") from None
        except ValueError as error:
            raise UserError(f"cannot listen on {host}:{port}: {error}") from None
        self._thread: Thread | None = None
        self.host = host
        self.port = int(self._server.effective_port)

    @property
    def url(self) -> str:
        """The address as a client on this machine writes it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{self.port}"

    def run(self) -> None:
        """Serve until close() or an interrupt."""
        self._server.run()

    def start(self) -> None:
        """Serve in a thread of this process."""
        self._thread = Thread(target=self.run, name="mockserver", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening, finish what is being answered, free the port."""
        self._server.close()
        self._server.task_dispatcher.shutdown(timeout=2)
        self._server.pull_trigger()
        if self._thread is not None:
            self._thread.join(timeout=5)
