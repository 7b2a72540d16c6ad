"""The factory: the only module that knows everything."""

import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

from mockserver.clock import Clock, parse_today
from mockserver.pipeline import Dialect, Request, Response, Runtime, answer
from mockserver.settings import Settings
from mockserver.vendors.cams.dialect import CamsDialect
from mockserver.vendors.meta.calls import of_graph
from mockserver.vendors.meta.dialect import GraphDialect
from mockserver.world.load import load

OWN = "/_mock"
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_REASONS = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def create_app(settings: Settings | None = None, *, clock: Clock | None = None) -> Flask:
    """The Flask application of one mock server; its state hangs on `app.extensions["mockserver"]`.

    Vendor calls are answered ahead of Flask's request context, which costs as much as the answer itself;
    Flask serves what is our own, under /_mock.
    """
    settings = settings or Settings()
    file = load(settings.world)
    frozen = settings.today if settings.today is not None else parse_today(file.today)
    runtime = Runtime(settings, file, clock or Clock(frozen))
    app = Flask("mockserver", static_folder=None)
    app.extensions["mockserver"] = runtime
    app.add_url_rule(f"{OWN}/health", "health", _health(runtime))
    app.wsgi_app = _doors(app.wsgi_app, runtime)  # type: ignore[assignment, method-assign]
    app.register_error_handler(404, _not_ours)
    app.register_error_handler(405, _not_ours)
    return app


def _health(runtime: Runtime) -> Callable[[], ResponseReturnValue]:
    def health() -> ResponseReturnValue:
        held = runtime.clock.frozen
        return jsonify(
            status="ok",
            world=runtime.file.name,
            throttle=runtime.settings.throttle,
            today=None if held is None else held.isoformat(),
        )

    return health


def _not_ours(_: Exception) -> ResponseReturnValue:
    return jsonify(error=f"nothing is served here; {OWN}/health says whether the server is up"), 404


def _doors(own: WSGI, runtime: Runtime) -> WSGI:
    """CAMS owns / but for Graph's batches and reads of several ids, Meta every other path, /_mock is ours."""
    cams: Dialect = CamsDialect()
    graph: Dialect = GraphDialect()

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO") or "/"
        if path == OWN or path.startswith(OWN + "/"):
            return own(environ, start_response)
        request = _request(environ, path)
        response = answer(cams if path == "/" and not of_graph(request) else graph, runtime, request)
        start_response(_REASONS[response.status], _sized(response))
        return () if environ["REQUEST_METHOD"] == "HEAD" else (response.body,)

    return application


def _sized(response: Response) -> list[tuple[str, str]]:
    if response.status == 304:
        return response.headers
    return [*response.headers, ("Content-Length", str(len(response.body)))]


def _request(environ: dict[str, Any], path: str) -> Request:
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    if environ.get("CONTENT_TYPE"):
        headers["content-type"] = environ["CONTENT_TYPE"]
    return Request(
        method=environ["REQUEST_METHOD"],
        path=_text(path),
        query=_text(environ.get("QUERY_STRING", "")),
        headers=headers,
        body=environ["wsgi.input"].read() if environ.get("CONTENT_LENGTH") not in (None, "", "0") else b"",
        origin=_origin(environ, headers),
    )


def _text(latin: str) -> str:
    """What WSGI hands on as Latin-1 is UTF-8."""
    return latin if latin.isascii() else latin.encode("latin-1", "replace").decode("utf-8", "replace")


def _origin(environ: dict[str, Any], headers: dict[str, str]) -> str:
    """Scheme and host as the client sees them, through a proxy too."""
    scheme = headers.get("x-forwarded-proto", environ["wsgi.url_scheme"]).split(",")[0].strip()
    known = scheme if scheme in ("http", "https") else "http"
    named = (headers.get(name, "").split(",")[0].strip() for name in ("x-forwarded-host", "host"))
    bound = f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    host = next((host for host in named if _HOST.fullmatch(host)), bound)
    return f"{known}://{host}"
