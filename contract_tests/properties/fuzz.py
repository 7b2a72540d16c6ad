"""No input breaks the Graph API: whatever stands in a path, query, header or body is answered in its envelope."""

import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from hypothesis import strategies as st

from mockserver.contract.load import load

from .. import found
from ..ask import Ask
from ..bad_meta import OTHERS, places
from ..composed_meta import COMPOSED, plain
from ..graph import USER_EDGES
from ..hostile import CORE, HEADER_TEXTS, MORE, TEXTS, credentials, unharmed
from ..property import Live, contract
from ..strategies import invalid, valid
from ..target import as_text
from ..wire import Answer

PAGE = "Graph API, Handling errors"
SENTENCE = "Every error is answered in JSON: {error: {message, type, code, fbtrace_id}}."
HOW: dict[str, Any] = {"sentence": SENTENCE, "page": PAGE, "kind": "fuzz", "live": Live.MOCK}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X")
OBJECTS = {"campaign": "campaign", "adset": "adset", "ad": "ad"}
PROTOCOL = (
    "access_token", "appsecret_proof", "method", "ids", "batch", "debug", "pretty", "format", "locale",
    "suppress_http_code", "no_such_parameter", "fields[]", "time_range[since]", "filtering[0][field]", "a[b][c]", "%00",
)  # fmt: skip
PATHS = (
    "/v26.0/", "/v26.0//insights", "/%00", "/..%2f..%2fetc%2fpasswd", "/v26.0/act_", "/v999.99/me", "/v26/me",
    "/v26.0/me/insights", "/%ED%A0%80", "/%FF/insights", "/" + "a/" * 300, "/" + "x" * 5000, "/favicon.ico", "/*",
    "/v26.0/insights/insights", "/%7B%7D", "/v26.0/%F0%9F%91%A9", "/act_%E0%B9%92/insights", "/-1", "/0", "/%2e%2e",
    "/v26.0/me%20/adaccounts", "/" + "9" * 400, "/me%0D%0AX:%201", "/v26.0/act_1%2Finsights", "/me;a=b", "/ME",
)  # fmt: skip
HEADERS = (
    "accept", "accept-encoding", "accept-language", "authorization", "content-encoding", "content-type", "cookie",
    "if-none-match", "origin", "range", "referer", "user-agent", "x-forwarded-for", "x-forwarded-host",
    "x-forwarded-proto", "x-http-method-override", "x-odd",
)  # fmt: skip
KINDS = (
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x",
    "text/plain", "application/json; charset=utf-16", "", "x", "application/xml",
)  # fmt: skip
Send = Callable[[], Answer]


def path_of(ask: Ask, name: str, turn: int = 0) -> str:
    """A path that the operation *name* serves, of one account or another."""
    if name in COMPOSED:
        return plain(ask, name).path
    if name == "me" or name in USER_EDGES:
        return "me" if name == "me" else f"me/{name}"
    if name in OTHERS:
        return next((place.path for place in places(ask, name)), "me")
    if name in OBJECTS:
        nodes = found.nodes(ask, OBJECTS[name])
        return nodes[turn % len(nodes)].id
    accounts = found.accounts(ask)
    account = accounts[turn % len(accounts)].id
    return account if name == "adaccount" else f"{account}/{name}"


def get(ask: Ask, path: str, query: str, **how: Any) -> Send:
    """A call of *path* with *query*, percent-encoded as it stands, and the caller's own credentials."""
    assert ask.profile.meta
    method, headers, body = how.get("method", "GET"), how.get("headers", {}), how.get("body", b"")
    whole = f"{path if path.startswith('/') else f'/{ask.profile.meta.version}/{path}'}?{credentials(ask)}&{query}"
    return partial(ask.graph.send, method, whole, headers, body)


@contract("META-Z1", "Any value of any parameter is answered", calls=8, examples=25, **HOW)
def any_value(ask: Ask) -> None:
    """Values that the operation's file allows, values that it does not, and texts of any script and encoding."""
    operations = {name: one for name, one in load("meta").operations.items() if one.parameters}
    sends = []
    for turn in range(5):
        name = ask.one_of(sorted(operations), f"operation {turn}")
        chosen = ask.draw(st.lists(st.sampled_from(sorted(operations[name].parameters)), min_size=1, max_size=3))
        pairs = [f"{one}={ask.draw(_value(name, one), f'{one} {turn}')}" for one in chosen]
        sends.append(get(ask, path_of(ask, name, turn), "&".join(pairs)))
    unharmed(ask, "meta", sends)


@cache
def _value(operation: str, parameter: str) -> st.SearchStrategy[str]:
    """A value of one parameter, percent-encoded."""
    schema = load("meta").operations[operation].parameters[parameter]
    typed = (valid(schema) | invalid(schema)).map(lambda value: quote(as_text(value), errors="surrogatepass"))
    return TEXTS | typed


@contract("META-Z2", "Every parameter bears every nasty text", calls=700, examples=1, **HOW)
def each_nasty_text(ask: Ask) -> None:
    """NUL, halves of letters, invalid UTF-8, emoji, right-to-left, 5 and 60 kB, deep nesting, numbers at bounds."""
    for chunk in _chunks(ask.some(list(_nasty()), 60)):
        unharmed(ask, "meta", [get(ask, path_of(ask, name, turn), query) for turn, (name, query) in enumerate(chunk)])


def _nasty() -> Iterator[tuple[str, str]]:
    """Each parameter with all of CORE and some of MORE, on each of its operations in turn."""
    homes: dict[str, list[str]] = {name: ["insights"] for name in PROTOCOL}
    for operation in load("meta").operations.values():
        for name in operation.parameters:
            homes.setdefault(name, []).append(operation.name)
    for turn, (name, operations) in enumerate(homes.items()):
        texts = (*CORE[: 6 if name in PROTOCOL else None], *MORE[turn % 8 :: 8])
        yield from ((operations[at % len(operations)], f"{name}={text}") for at, text in enumerate(texts))


def _chunks(cases: list[Any], size: int = 150) -> Iterator[list[Any]]:
    yield from (cases[at : at + size] for at in range(0, len(cases), size))


@contract("META-Z3", "Any path and any method is answered", calls=60, examples=8, **HOW)
def any_path(ask: Ask) -> None:
    """Odd paths by every method, and drawn texts before, behind and instead of an id."""
    texts = ask.draw(st.lists(TEXTS.filter(_graph_path), min_size=4, max_size=4), "paths")
    account = path_of(ask, "adaccount")
    drawn = [f"/v26.0/{text}" for text in texts[:2]] + [f"/{texts[2]}/insights", f"/{account}/{texts[3]}"]
    sends = [get(ask, path, "fields=id") for path in drawn]
    for path in ask.some(PATHS, 8):
        sends.append(get(ask, path, "fields=id", method=ask.one_of(METHODS, f"method of {path[:30]}")))
    for name in ("me", "adaccounts", "insights", "ads", "adsets"):
        method = ask.one_of(METHODS, f"method of {name}")
        sends.append(get(ask, path_of(ask, name), "fields=id", method=method))
    unharmed(ask, "meta", sends)


def _graph_path(text: str) -> bool:
    """Whether a path of *text* is no address of a mock's own."""
    return len(text) < 20_000 and not unquote_to_bytes(text).lstrip(b"/").startswith(b"_mock")


@contract("META-Z4", "Any body is answered", calls=10, examples=15, **HOW)
def any_body(ask: Ask) -> None:
    """Bytes that call themselves JSON or a form need be neither."""
    sends = []
    for turn in range(8):
        value = ask.draw(st.binary(max_size=40) | TEXTS.map(unquote_to_bytes) | _json_bodies(), f"body {turn}")
        how = {"method": ask.one_of(METHODS[:6], f"method {turn}"), "body": value}
        headers = {"content-type": ask.one_of(KINDS, f"type {turn}")}
        sends.append(get(ask, path_of(ask, ("insights", "ads", "me")[turn % 3]), "", headers=headers, **how))
    unharmed(ask, "meta", sends)


@cache
def _json_bodies() -> st.SearchStrategy[bytes]:
    parameters = load("meta").operations["insights"].parameters
    names = st.sampled_from(sorted(parameters))
    values = {name: st.tuples(st.just(name), valid(one) | invalid(one)) for name, one in parameters.items()}
    return st.lists(names.flatmap(values.__getitem__), max_size=3).map(lambda pairs: json.dumps(dict(pairs)).encode())


@contract("META-Z5", "Any header is answered", calls=10, examples=15, **HOW)
def any_header(ask: Ask) -> None:
    """Headers of any text but control characters."""
    sends = []
    for turn in range(8):
        names = ask.draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=3, unique=True), f"names {turn}")
        headers = {name: ask.draw(HEADER_TEXTS, f"{name} {turn}") for name in names}
        sends.append(get(ask, path_of(ask, ("insights", "me", "ads")[turn % 3]), "limit=1", headers=headers))
    unharmed(ask, "meta", sends)


@contract("META-Z6", "Any query is answered", calls=20, examples=4, **HOW)
def any_query(ask: Ask) -> None:
    """Parameters repeated, empty, in brackets, by the thousand, and queries that are none."""
    junk = ask.draw(st.lists(TEXTS, min_size=4, max_size=4), "queries")
    queries = [
        *junk,
        "fields=id&fields=name&fields=", "&&&===&=&a", "fields", "=x", "?", "a=b;c=d", "limit=1&limit=2&limit=x",
        "time_range[since]=2026-01-01&time_range[until]=2026-01-02&time_range=x",
        "fields[]=id&fields[]=name&fields[5]=x",
        "filtering[0][field]=action_type&filtering[0][operator]=IN&filtering[0][value][]=x", "a" + "[b]" * 500 + "=1",
        "&".join(f"p{number}={number}" for number in range(3000)), "x=" + "%F0%9F%91%A9" * 5000,
        "fields=" + "id," * 9000,
    ]  # fmt: skip
    sends = [get(ask, path_of(ask, name), query) for query in queries for name in ("insights", "ads")]
    unharmed(ask, "meta", sends)


@contract("META-Z7", "Odd but harmless values are answered live too", sentence=SENTENCE, page=PAGE, kind="fuzz",
          live=Live.SAFE, calls=11, examples=1)  # fmt: skip
def harmless(ask: Ask) -> None:
    """Reads of one's own ad account with odd fields, cursors, dates and limits."""
    fields = ("%00", "%ED%A0%80", "%FF", quote("👩‍👩‍👧‍👦"), quote("\u202eabc"), "x" * 5000)
    queries = [f"fields={text}" for text in fields] + ["limit=0", "limit=1000000000", "after=%00"]
    queries.append("time_range=" + quote('{"since":"0001-01-01","until":"9999-12-31"}'))
    unharmed(ask, "meta", [get(ask, path_of(ask, "insights"), query) for query in queries])
