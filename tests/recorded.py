"""The requests recorded from the vendors' SDKs, and what a test does to them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, quote

import pytest

from mockserver.errors import MockError
from mockserver.pipeline import Request
from mockserver.vendors.cams.signature import claim, matches

RECORDED = json.loads((Path(__file__).parents[1] / "fixtures" / "wire" / "cams.json").read_text("utf-8"))
SECRET = "testsecret"


def received(entry: Mapping) -> Request:
    """The recorded *entry* as the pipeline hands it on."""
    path, _, query = entry["target"].partition("?")
    headers = {name.lower(): value for name, value in entry["headers"]}
    return Request(entry["method"], path, query, headers, entry["body"].encode())


def parameters(request: Request) -> dict[str, str]:
    """The query and form parameters of *request*, decoded and merged."""
    form = request.body.decode() if "form" in request.headers.get("content-type", "") else ""
    return dict(parse_qsl(request.query, keep_blank_values=True) + parse_qsl(form, keep_blank_values=True))


def verified(request: Request, secret: str = SECRET) -> bool:
    """Whether *request* is signed with *secret*."""
    return matches(claim(request, parameters(request)), secret)


def refused(request: Request) -> MockError:
    """The refusal of *request*."""
    with pytest.raises(MockError) as caught:
        claim(request, parameters(request))
    return caught.value


def with_headers(request: Request, **changes: str | None) -> Request:
    """*request* with some headers changed (underscores for hyphens), or taken away by None."""
    headers = {**request.headers, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return replace(request, headers={name: value for name, value in headers.items() if value is not None})


def with_body(request: Request, body: bytes) -> Request:
    """*request* with another body, and for V3 with the hash of that body."""
    changed = replace(request, body=body)
    if "authorization" not in request.headers:
        return changed
    return with_headers(changed, x_acs_content_sha256=hashlib.sha256(body).hexdigest())


def altered(text: str) -> Iterator[str]:
    """The urlencoded *text* with one parameter changed, for each but the signature, its method and its version."""
    pairs = text.split("&")
    for at, pair in enumerate(pairs):
        if pair and not pair.startswith(("Signature=", "SignatureMethod=", "SignatureVersion=")):
            yield "&".join([*pairs[:at], f"{pair}x", *pairs[at + 1 :]])


def tampered(request: Request) -> list[Request]:
    """*request* with one parameter changed, for each in its query and in its form body."""
    queries = [replace(request, query=query) for query in altered(request.query)]
    return queries + [with_body(request, body.encode()) for body in altered(request.body.decode())]


def named(part: str) -> Request:
    """The first recorded request whose name contains *part*."""
    return received(next(entry for entry in RECORDED if part in entry["name"]))


def signed_headers(request: Request) -> list[str]:
    """The headers that a V3 *request* says it signed."""
    return request.headers["authorization"].split("SignedHeaders=")[1].split(",")[0].split(";")


SIGNED = [received(entry) for entry in RECORDED if entry["scheme"] != "BEARERTOKEN"]
BEARER = [received(entry) for entry in RECORDED if entry["scheme"] == "BEARERTOKEN"]
HEADER_SIGNED = [request for request in SIGNED if "authorization" in request.headers]
PARAMETER_SIGNED = [request for request in SIGNED if "authorization" not in request.headers]
V3 = named("python-tea-5.3.1__v3_ak__ListMessageCampaign")
V3_FORM = named("python-tea-3.1.0__v3_ak__SendChatappMassMessage")
V1 = named("python-core-2.16.1__common_GET__ListMessageCampaign")


def v1_with(**changes: str | None) -> Request:
    """The recorded V1 request with some of its parameters changed, or taken away by None."""
    merged = {**parameters(V1), **changes}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in merged.items() if value is not None)
    return replace(V1, query=query)


def canonical_query(query: str) -> str:
    """The raw *query* as the claim of a V3 request signs it."""
    return claim(replace(V3, query=query), {}).canonical_request.split("\n")[2]
