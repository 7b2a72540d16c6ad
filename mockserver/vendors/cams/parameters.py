"""A CAMS call's parameters, wherever they stand: query, form body or JSON body."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

import orjson

from mockserver.errors import MockError
from mockserver.pipeline import Request

MOST_PARAMETERS = 20_000  # a mass message has 1,000 recipients, and SenderList.1.To is one parameter
_HOW = ("Format", "Signature")  # what says in which format to answer
_DEEPEST = 8
_NUMBER = re.compile("[1-9][0-9]{0,3}")


def texts(request: Request) -> dict[str, str]:
    """The query and form parameters of *request* as they are signed; the query wins."""
    return _pairs(_form(request)) | _pairs(request.query)


def how(request: Request) -> dict[str, str]:
    """Those of its texts that say how to answer, of a *request* with too many."""
    named = ((field.partition("=")[0], field) for field in f"{_form(request)}&{request.query}".split("&"))
    return _pairs("&".join({name: field for name, field in named if name in _HOW}.values()))


def merged(sent: Mapping[str, str], request: Request | None) -> dict[str, Any]:
    """The texts *sent* and any JSON body of *request*, dotted names gathered.

    Page.Size=… is {"Page": {"Size": …}}, SenderList.1.To=… is {"SenderList": [{"To": …}]}. An empty text counts as
    absent, and so does null.
    """
    whole: dict[str, Any] = {}
    gathered: dict[str, Any] = {}
    for name, value in {**(_json_object(request) if request else {}), **sent}.items():
        outer, *inner = name.split(".", _DEEPEST)
        if value is None or value == "":
            continue
        if inner:
            _put(gathered.setdefault(outer, {}), inner, value)
        else:
            whole[name] = value
    return {name: _listed(value) for name, value in gathered.items()} | whole


def _put(tree: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for step in path[:-1]:
        below = tree.get(step)
        tree[step] = tree = below if isinstance(below, dict) else {}
    tree[path[-1]] = value


def _listed(value: Any) -> Any:
    """*value* with a list wherever all names are numbers, in their order."""
    if not isinstance(value, dict):
        return value
    parts = {name: _listed(part) for name, part in value.items()}
    if not all(_NUMBER.fullmatch(name) for name in parts):
        return parts
    return [parts[name] for name in sorted(parts, key=int)]


def _form(request: Request) -> str:
    return request.body.decode("utf-8", "replace") if _content_type(request).endswith("form-urlencoded") else ""


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
