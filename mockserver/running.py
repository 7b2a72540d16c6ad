"""A mock server in this process, for tests: the same application and WSGI server as `serve`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mockserver.app import create_app
from mockserver.clock import Clock
from mockserver.pipeline import Runtime
from mockserver.server import Server
from mockserver.settings import Settings


@dataclass(frozen=True, slots=True)
class Running:
    """A running server: its *url*, and its *runtime* for what a test looks into or moves."""

    url: str
    runtime: Runtime

    @property
    def host(self) -> str:
        """Host and port, as Alibaba Cloud's clients take their endpoint."""
        return self.url.removeprefix("http://")

    def reset(self) -> None:
        """As if it had just been started."""
        self.runtime.reset()

    def raise_own_bugs(self) -> None:
        """Raise the first bug of the server that an answer has shown, if there is one."""
        for bug in self.runtime.bugs:
            raise bug


@contextmanager
def running(settings: Settings | None = None, *, clock: Clock | None = None, port: int = 0) -> Iterator[Running]:
    """Serve *settings* on a free port of 127.0.0.1 until the block ends."""
    app = create_app(settings, clock=clock)
    server = Server(app, "127.0.0.1", port)
    server.start()
    try:
        yield Running(server.url, app.extensions["mockserver"])
    finally:
        server.stop()
