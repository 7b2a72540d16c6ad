"""A Graph call's parameters, wherever they stand: query, form body or JSON body."""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

import orjson
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from mockserver.contract import lenient
from mockserver.pipeline import Request

_BRACKETS = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])+)")
_STEP = re.compile(r"\[([^\[\]]*)\]")
MOST_PARAMETERS = 1000


def merged(request: Request) -> dict[str, Any]:
    """All parameters of *request*; the query wins over the body."""
    return {**_body(request), **_nested(pairs(request.query))}


def pairs(text: str) -> list[tuple[str, str]]:
    """The names and values of a query or form, blank values kept; what is beyond 1,000 is dropped."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return parse_qsl(
            "&".join(text.split("&", MOST_PARAMETERS)[:MOST_PARAMETERS]), keep_blank_values=True, errors="replace"
        )


def kept(request: Request, *without: str) -> list[tuple[str, str]]:
    """The parameters of *request* as a query spells them: those of the query as they stand, then the body's."""
    query = [pair for pair in pairs(request.query) if pair[0] not in without]
    named = _nested(pairs(request.query)).keys() | set(without)
    body = {name: value for name, value in _body(request).items() if name not in named and lenient.shallow(value)}
    return query + [(name, spelt(value)) for name, value in body.items()]


def spelt(value: Any) -> str:
    """*value*, an argument, as a query spells it."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _body(request: Request) -> Mapping[str, Any]:
    if not request.body:
        return {}
    content = request.headers.get("content-type", "")
    kind = content.lower()
    if "multipart/form-data" in kind:
        return _nested(_multipart(request.body, content))
    if "json" in kind or (not kind and request.body.lstrip().startswith(b"{")):
        try:
            value = orjson.loads(request.body)
        except orjson.JSONDecodeError:
            return {}
        return value if isinstance(value, dict) else {}
    if kind and "form-urlencoded" not in kind:
        return {}
    return _nested(pairs(request.body.decode("utf-8", "replace")))  # some clients name no type


def _multipart(body: bytes, kind: str) -> list[tuple[str, str]]:
    """The fields of a form as curl -F sends it, which the vendor's samples do; files are left out."""
    _, options = parse_options_header(kind)
    parser = FormDataParser(max_form_parts=MOST_PARAMETERS, max_form_memory_size=None)
    try:
        _, form, _ = parser.parse(BytesIO(body), "multipart/form-data", len(body), options)
    except RequestEntityTooLarge:
        return []
    return list(form.items(multi=True))


def _nested(listed: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """time_range[since]=…&time_range[until]=… as one object, a[]=… and a[0]=… as a list: PHP's spelling."""
    found: dict[str, Any] = {}
    for name, value in listed:
        match = _BRACKETS.fullmatch(name)
        if match is None:
            found[name] = value
        else:
            steps = _STEP.findall(match[2])[:8]
            _put(found, [match[1], *steps], value)
    return {name: _listed(value) for name, value in found.items()}


def _put(found: dict[str, Any], steps: list[str], value: str) -> None:
    *path, last = steps
    for step in path:
        name = step or str(len(found))
        if not isinstance(found.get(name), dict):
            found[name] = {}
        found = found[name]
    found[last or str(len(found))] = value


def _listed(value: Any) -> Any:
    """Objects whose names are 0, 1, 2 … are lists."""
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(part) for name, part in value.items()}
    return list(inner.values()) if inner and list(inner) == [str(n) for n in range(len(inner))] else inner
