"""A CAMS call's parameters, wherever they stand: query, form body or JSON body."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson

from mockserver.errors import MockError
from mockserver.pipeline import Request

MOST_PARAMETERS = 1000


def texts(request: Request) -> dict[str, str]:
    """The query and form parameters of *request* as they are signed; the query wins."""
    form = request.body.decode("utf-8", "replace") if _content_type(request).endswith("form-urlencoded") else ""
    return _pairs(form) | _pairs(request.query)


def merged(sent: Mapping[str, str], request: Request | None) -> dict[str, Any]:
    """The texts *sent* and any JSON body of *request*, dotted names gathered: Page.Size=… is {"Page": {"Size": …}}.

    An empty text counts as absent, and so does null.
    """
    whole: dict[str, Any] = {}
    gathered: dict[str, Any] = {}
    for name, value in {**(_json_object(request) if request else {}), **sent}.items():
        outer, dot, inner = name.partition(".")
        if value is None or value == "":
            continue
        if dot:
            gathered.setdefault(outer, {})[inner] = value
        else:
            whole[name] = value
    return gathered | whole


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _pairs(text: str) -> dict[str, str]:
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    try:
        return dict(parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_PARAMETERS))
    except ValueError:
        raise MockError("InvalidParameter.Format") from None


def _json_object(request: Request) -> dict[str, Any]:
    if not request.body or _content_type(request) != "application/json":
        return {}
    try:
        value = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise MockError("InvalidParameter.Format")
    return value
