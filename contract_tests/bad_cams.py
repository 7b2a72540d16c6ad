"""Bad calls of CAMS: how they differ from a valid one, and which error answers them."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from .cams import FORM, Prepared
from .found_cams import METRIC, UNKNOWN, operation, places, valid
from .outcomes import OutOfScope
from .signing import VERSION, query, v3_headers
from .wire import Answer
from .words_cams import refused_as

if TYPE_CHECKING:
    from .ask import Ask

JSON = "application/json"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bad:
    """A call of *name* that differs from a valid one by *changes* (None leaves a parameter out) or in *how* it is made.

    *error* answers it, and names *parameter*. An *early* refusal comes before any limit counts the call.
    """

    name: str
    error: str
    parameter: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    how: Mapping[str, Any] = field(default_factory=dict)
    early: bool = False


def shaped(ask: "Ask", name: str) -> Row:
    """A valid call of *name*; where the target lacks its subject one that only looks valid."""
    try:
        return valid(ask, name)
    except OutOfScope:
        known = places(ask)[0].asked
        made_up = {"TemplateCode": UNKNOWN, "Start": 1, "End": 2} if name == METRIC else {}
        return {**known, **made_up, **{one: UNKNOWN for one in required(name) if one not in {**known, **made_up}}}


def near_misses(ask: "Ask", text: str) -> list[str]:
    """Ids that are almost *text*, and that the world has not."""
    if "ids" not in ask.target.kept:
        ask.target.kept["ids"] = json.dumps(ask.profile.world)
    almost = (f"{text}0", text[:-1], f"0{text}", f"{text[::-1]}7", text.swapcase(), f"{text} ", UNKNOWN)
    return [one for one in dict.fromkeys(almost) if one not in ("", text) and f'"{one}"' not in ask.target.kept["ids"]]


def required(name: str) -> list[str]:
    """The parameters without which *name* is refused."""
    return sorted(operation(name).raw["request"]["required"])


def refuse(ask: "Ask", cases: Iterable[Bad]) -> None:
    """Every case gets its error; without any there is nothing to ask."""
    asked = 0
    for bad in cases:
        refused_as(ask, send(ask, bad), bad.error, bad.parameter, operation=operation(bad.name))
        asked += 1
    if not asked:
        raise OutOfScope("the target has nothing of which to ask this")


def send(ask: "Ask", bad: Bad) -> Answer:
    """Ask *bad*."""
    how = {"action": bad.name, **bad.how}
    prepared = ask.cams.prepare(how.pop("action"), {**shaped(ask, bad.name), **bad.changes}, **how)
    return deliver(ask, prepared, bad.name, early=bad.early)


def deliver(ask: "Ask", prepared: Prepared, name: str, *, early: bool = True) -> Answer:
    """Send *prepared* in its turn; what is refused *early* counts against no limit, so it need not wait for one."""
    return ask.cams.send(prepared, name, raw=early and ask.exact and operation(name).raw["qps"] is not None)


def in_json(ask: "Ask", name: str, body: Any, in_query: Mapping[str, str] | None = None) -> Prepared:
    """A V3 call with *body* as JSON, and perhaps something in its query, signed as such."""
    data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    first = ask.cams.prepare(name, {}).headers
    kept = {key: value for key, value in first.items() if key not in ("authorization", "x-acs-content-sha256")}
    headers = {**kept, "content-type": JSON, "x-acs-signature-nonce": secrets.token_hex(16), "x-acs-version": VERSION}
    text = query(in_query or {})
    signed = v3_headers(ask.cams.key.secret, ask.cams.key.id, "POST", text, headers, data)
    return Prepared("POST", f"/?{text}" if text else "/", signed, data)


def parameters(prepared: Prepared) -> dict[str, str]:
    """What *prepared* says in its query or form."""
    in_form = prepared.headers.get("content-type") == FORM
    text = prepared.body.decode() if in_form else urlsplit(prepared.target).query
    return dict(parse_qsl(text, keep_blank_values=True))


def with_parameters(prepared: Prepared, values: Mapping[str, str]) -> Prepared:
    """*prepared* with *values* for parameters, signed as before: what was tampered with."""
    if prepared.headers.get("content-type") == FORM:
        return replace(prepared, body=query(values).encode())
    return replace(prepared, target=f"/?{query(values)}" if values else "/")


def with_headers(prepared: Prepared, **changes: str | None) -> Prepared:
    """*prepared* with other headers; underscores stand for hyphens, None leaves one out."""
    changed = {name.replace("_", "-"): value for name, value in changes.items()}
    whole: dict[str, str | None] = {**prepared.headers, **changed}
    return replace(prepared, headers={name: value for name, value in whole.items() if value is not None})


def rehashed(prepared: Prepared) -> Prepared:
    """*prepared* with the hash of the body that it has now."""
    return with_headers(prepared, x_acs_content_sha256=hashlib.sha256(prepared.body).hexdigest())


def host(ask: "Ask") -> str:
    """The host that calls of the target name, with its port."""
    return urlsplit(ask.target.transports["cams"].origin).netloc
