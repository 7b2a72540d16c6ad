"""The forms in which a secret may travel."""

import base64
import gzip
import json
import re
import zlib
from collections.abc import Callable
from html import escape
from urllib.parse import quote, quote_plus, urlencode

Form = Callable[[str], str]


def lowered(text: str) -> str:
    """*text* with its percent escapes in lower case."""
    return re.sub("%[0-9A-F]{2}", lambda found: found[0].lower(), text)


def based(data: bytes) -> str:
    return base64.b64encode(data).decode()


def percent(text: str) -> str:
    return quote(text, safe="")


FORMS: dict[str, Form] = {
    "raw": str,
    "percent": percent,
    "percent twice": lambda text: percent(percent(text)),
    "percent in lower case": lambda text: lowered(percent(text)),
    "percent twice in lower case": lambda text: lowered(percent(lowered(percent(text)))),
    "percent where it must be": lambda text: quote(text, safe="/ =+'"),
    "form": quote_plus,
    "query": lambda text: urlencode({"access_token": text, "limit": 5}),
    "JSON": json.dumps,
    "JSON unescaped": lambda text: json.dumps(text, ensure_ascii=False),
    "JSON with slashes escaped": lambda text: json.dumps(text).replace("/", "\\/"),
    "JSON in JSON": lambda text: json.dumps({"body": json.dumps({"access_token": text})}),
    "JSON in a query": lambda text: percent(json.dumps([text])),
    "HTML": escape,
    "repr": repr,
    "repr of bytes": lambda text: repr(text.encode()),
    "base64": lambda text: based(text.encode()),
    "base64 one further": lambda text: based(b"x" + text.encode()),
    "base64 two further": lambda text: based(b"xy" + text.encode() + b"z"),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(b"id:" + text.encode()).decode(),
    "base64 of JSON": lambda text: based(json.dumps({"token": text}).encode()),
    "base64 in lines": lambda text: base64.encodebytes(text.encode() * 4).decode(),
    "basic auth": lambda text: "Basic " + based(f"user:{text}".encode()),
    "base64 twice": lambda text: based(based(text.encode()).encode()),
    "base64 in a query": lambda text: percent(based(text.encode())),
    "gzip in base64": lambda text: based(gzip.compress(text.encode())),
    "gzip in a path": lambda text: "/x/y" + based(gzip.compress(text.encode())),
    "gzip of base64 in base64": lambda text: based(gzip.compress(based(text.encode()).encode())),
    "gzip as repr": lambda text: repr(gzip.compress(text.encode())),
    "gzip as Latin-1": lambda text: gzip.compress(text.encode()).decode("latin-1"),
    "gzip in percent": lambda text: quote(gzip.compress(text.encode())),
    "zlib in base64": lambda text: based(zlib.compress(text.encode())),
    "hex": lambda text: text.encode().hex(),
    "read as Latin-1": lambda text: text.encode().decode("latin-1"),
}
