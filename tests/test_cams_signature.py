"""Signatures of CAMS requests: those recorded from the vendors' SDKs, those altered since, and junk."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote_to_bytes

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mockserver.errors import MockError
from mockserver.pipeline import Request
from mockserver.vendors.cams.signature import Claim, claim, matches

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
    """The urlencoded *text* with one parameter changed, for each but the signature and its method."""
    pairs = text.split("&")
    for at, pair in enumerate(pairs):
        if pair and not pair.startswith(("Signature=", "SignatureMethod=")):
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


def test_every_scheme_is_recorded():
    """
    The SDKs sign 61 of the recorded requests by V3 and 120 by V1; five carry a bearer token.
    """
    schemes = Counter(claim(received(entry), parameters(received(entry))).scheme for entry in RECORDED)

    assert schemes == {"ACS3-HMAC-SHA256": 61, "HMAC-SHA1": 120, "BEARERTOKEN": 5}
    assert schemes == Counter(entry["scheme"] for entry in RECORDED)


def test_what_an_sdk_signs_verifies():
    """
    Every signed request of every SDK verifies with the secret it was signed with.
    """
    assert len(SIGNED) == 181
    assert sum(verified(request) for request in SIGNED) == 181


@pytest.mark.parametrize("secret", ["testsecret&", "Testsecret", "testsecre", "", "\ud800"])
def test_another_secret_verifies_nothing(secret):
    """
    No signed request verifies with any secret but its own.
    """
    assert sum(verified(request, secret) for request in SIGNED) == 0


def test_a_changed_parameter_breaks_the_signature():
    """
    Every parameter is under the signature, the vendor's common ones too, in the query and in the form body.
    """
    changes = [tampered(request) for request in SIGNED]

    assert all(changes)
    assert sum(verified(request) for requests in changes for request in requests) == 0


def test_a_changed_method_breaks_the_signature():
    """
    The method is under the signature in both schemes.
    """
    assert not any(verified(replace(request, method="PUT")) for request in SIGNED)


def test_a_stale_body_hash_breaks_the_signature():
    """
    A V3 body other than the one that was hashed is a wrong signature, told with the server's claim.
    """
    error = refused(replace(V3_FORM, body=V3_FORM.body + b"x"))

    assert error.name == "SignatureDoesNotMatch"
    assert error.details["claim"].access_key_id == "testid"
    assert error.details["claim"].canonical_request.endswith(hashlib.sha256(V3_FORM.body + b"x").hexdigest())


def test_a_changed_signed_header_breaks_the_signature():
    """
    Each header that SignedHeaders names is under the V3 signature, the host with its port among them.
    """
    changes = [
        with_headers(request, **{name: request.headers[name] + "1"})
        for request in HEADER_SIGNED
        for name in signed_headers(request)
        if name != "x-acs-content-sha256"
    ]

    assert len(changes) > 61 * 6
    assert not any(verified(request) for request in changes)


@pytest.mark.parametrize(("listed", "relisted"), [("x-acs-action;", ""), ("=accept;", "=accept;accept-encoding;")])
def test_the_list_of_signed_headers_is_signed(listed, relisted):
    """
    A name taken from SignedHeaders or added to it breaks the V3 signature.
    """
    authorization = V3.headers["authorization"].replace(listed, relisted)

    assert authorization != V3.headers["authorization"]
    assert not verified(with_headers(V3, authorization=authorization))


def test_an_unsigned_header_does_not_matter():
    """
    What a proxy or an HTTP library adds to a request is no part of its signature.
    """
    assert all(verified(with_headers(request, x_forwarded_for="::1", via="é")) for request in SIGNED)
    assert all(verified(replace(request, headers={**request.headers, "host": "a"})) for request in PARAMETER_SIGNED)


def test_blanks_around_a_header_do_not_matter():
    """
    V3 signs a header's value without the blanks around it.
    """
    assert verified(with_headers(V3, x_acs_action=f" {V3.headers['x-acs-action']}\t"))


def test_signed_headers_are_read_in_order_and_lower_case():
    """
    The server signs over lower-case names in ascending order, however SignedHeaders lists them.
    """
    listed = ";".join(signed_headers(V3))
    shuffled = ";".join(name.title() for name in reversed(signed_headers(V3)))

    assert verified(with_headers(V3, authorization=V3.headers["authorization"].replace(listed, shuffled)))


def test_temporary_keys_verify_with_their_token():
    """
    A temporary key's request carries its security token, in a header for V3 and in a parameter for V1.
    """
    temporary = [received(entry) for entry in RECORDED if "sts" in entry["name"].split("__")[1]]
    claims = [claim(request, parameters(request)) for request in temporary]

    assert Counter(one.scheme for one in claims) == {"ACS3-HMAC-SHA256": 10, "HMAC-SHA1": 6}
    assert {one.security_token for one in claims} == {"CAIS+sts/token=="}
    assert all(matches(one, SECRET) for one in claims)


def test_a_claim_repeats_what_was_sent():
    """
    Key, nonce, time and signature are as the client wrote them.
    """
    by_header, by_parameter = claim(V3, {}), claim(V1, parameters(V1))

    assert by_header.access_key_id == by_parameter.access_key_id == "testid"
    assert by_header.nonce == V3.headers["x-acs-signature-nonce"]
    assert by_header.timestamp == V3.headers["x-acs-date"]
    assert by_header.canonical_request.startswith("POST\n/\nAdAccountId=2393%209%2A~&")
    assert by_parameter.nonce == parameters(V1)["SignatureNonce"]
    assert by_parameter.timestamp == parameters(V1)["Timestamp"]
    assert by_parameter.string_to_sign.startswith("GET&%2F&AccessKeyId%3Dtestid%26")
    assert by_parameter.canonical_request == ""


@pytest.mark.parametrize("request_", BEARER)
def test_a_bearer_token_signs_nothing(request_):
    """
    A bearer token travels in a header or a parameter, with no key and no signature that a secret could match.
    """
    bearer = claim(request_, parameters(request_))

    assert bearer.bearer_token.startswith("bear")
    assert bearer.access_key_id == bearer.signature == bearer.string_to_sign == ""
    assert not matches(bearer, "")
    assert not matches(bearer, bearer.bearer_token)


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("b=1&a=2", "a=2&b=1"),
        ("A=2&A=10&A=1", "A=1&A=10&A=2"),
        ("Page.Size=1&Page=2", "Page=2&Page.Size=1"),
        ("A&B=&=C", "=C&A=&B="),
        ("&&A=1&", "A=1"),
        ("A=b=c", "A=b%3Dc"),
        ("A=+%20%2B", "A=%20%20%2B"),
        ("A=*%2a%7E~!'()/:,", "A=%2A%2A~~%21%27%28%29%2F%3A%2C"),
        ("A=%41%c3%A9é", "A=A%C3%A9%C3%A9"),
        ("A=%&B=%4%41&C=%zz", "A=%25&B=%254A&C=%25zz"),
        ("A=%FF%fe", "A=%FF%FE"),
        ("A=\ud800", "A=%ED%A0%80"),
    ],
)
def test_a_query_has_one_signed_form(query, canonical):
    """
    Each SDK encodes a query in its own way; V3 signs them all in one.
    """
    assert canonical_query(query) == canonical


@settings(deadline=None)
@example("".join(f"%{byte:02X}%{byte:02x}" for byte in range(256)))
@given(st.text(st.sampled_from("aZ09-_.~%%%&=+ *é/2dDeEfF7"), max_size=40))
def test_the_signed_form_is_decoded_and_encoded_again(query):
    """
    The signed form of a query is that of its decoded names and values.
    """
    pairs = [pair.replace("+", " ").partition("=") for pair in query.split("&") if pair]
    encoded = sorted(
        (quote(unquote_to_bytes(name), ""), quote(unquote_to_bytes(value), "")) for name, _, value in pairs
    )

    assert canonical_query(query) == "&".join(f"{name}={value}" for name, value in encoded)


@pytest.mark.parametrize("algorithm", ["ACS3-HMAC-SM3", "ACS3-RSA-SHA256", "ACS3-", "ACS3-HMAC-SHA256,"])
def test_other_header_algorithms_are_refused(algorithm):
    """
    ACS3-HMAC-SHA256 is the only algorithm of the Authorization header that is served.
    """
    authorization = V3.headers["authorization"].replace("ACS3-HMAC-SHA256", algorithm)

    assert refused(with_headers(V3, authorization=authorization)).name == "InvalidSignatureMethod"


@pytest.mark.parametrize("method", ["HMAC-SHA256", "SHA256withRSA", "hmac-sha1", "HMAC-SHA1 "])
def test_other_parameter_algorithms_are_refused(method):
    """
    HMAC-SHA1 is the only SignatureMethod.
    """
    assert refused(v1_with(SignatureMethod=method)).name == "InvalidSignatureMethod"


@pytest.mark.parametrize(
    "credentials",
    [
        "",
        "Credential=testid",
        "Credential=testid,SignedHeaders=host",
        "Credential=,SignedHeaders=host,Signature=ab",
        "Credential=testid,SignedHeaders=,Signature=ab",
        "Credential=testid,SignedHeaders=host,Signature=",
        "Credential=testid, SignedHeaders=host, Signature=ab",
        "Credential=testid,SignedHeaders=host,Signature=ab,More=1",
        "SignedHeaders=host,Credential=testid,Signature=ab",
        "Credential=testid,SignedHeaders=host;absent,Signature=ab",
        "Credential=testid,SignedHeaders=host;,Signature=ab",
        "Credential=testid,SignedHeaders=hôst,Signature=ab",
    ],
)
def test_a_malformed_authorization_is_incomplete(credentials):
    """
    Authorization names a key, headers that are there, and a signature, in the vendor's one order.
    """
    error = refused(with_headers(V3, authorization=f"ACS3-HMAC-SHA256 {credentials}"))

    assert error.name == "IncompleteSignature"
    assert error.details["reason"]


def test_an_empty_signature_parameter_is_incomplete():
    """
    A Signature parameter without a value is no signature.
    """
    assert refused(v1_with(Signature="")).name == "IncompleteSignature"


@pytest.mark.parametrize("value", [None, ""])
@pytest.mark.parametrize("name", ["x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"])
def test_a_missing_header_is_named(name, value):
    """
    A V3 request without its date, nonce or body hash hears which header it lacks.
    """
    error = refused(with_headers(V3, **{name: value}))

    assert (error.name, error.details) == ("Missing", {"parameter": name})


@pytest.mark.parametrize("value", [None, ""])
@pytest.mark.parametrize("name", ["AccessKeyId", "SignatureMethod", "Timestamp", "SignatureNonce"])
def test_a_missing_parameter_is_named(name, value):
    """
    A V1 request without its key, method, time or nonce hears which parameter it lacks.
    """
    error = refused(v1_with(**{name: value}))

    assert (error.name, error.details) == ("Missing", {"parameter": name})


@pytest.mark.parametrize(
    "request_",
    [
        with_headers(V3, authorization=V3.headers["authorization"].replace("testid", "STS.abc")),
        v1_with(AccessKeyId="STS.abc"),
    ],
)
def test_a_temporary_key_needs_its_token(request_):
    """
    A key that starts with STS. is refused without a security token.
    """
    error = refused(request_)

    assert (error.name, error.details) == ("Missing", {"parameter": "SecurityToken"})


def test_nobody_is_refused():
    """
    A request with neither key nor token lacks an AccessKeyId; one with only a key lacks a Signature.
    """
    assert refused(Request("POST", "/")).details == {"parameter": "AccessKeyId"}
    assert refused(Request("POST", "/", headers={"authorization": "Bearer x"})).details == {"parameter": "AccessKeyId"}
    assert refused(v1_with(Signature=None)).details == {"parameter": "Signature"}


ANYTHING = st.text(st.characters(), max_size=20)
CREDENTIALS = st.builds(
    "{} Credential={},SignedHeaders={},Signature={}".format,
    st.sampled_from(["ACS3-HMAC-SHA256", "ACS3-HMAC-SM3", "ACS3-"]),
    ANYTHING,
    st.lists(st.sampled_from(["host", "x-acs-date", "x-odd", "authorization", ""]) | ANYTHING).map(";".join),
    ANYTHING,
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "authorization": CREDENTIALS | ANYTHING,
        "host": ANYTHING,
        "x-odd": ANYTHING,
        "x-acs-date": ANYTHING,
        "x-acs-signature-nonce": ANYTHING,
        "x-acs-security-token": ANYTHING,
        "x-acs-bearer-token": ANYTHING,
        "x-acs-content-sha256": ANYTHING | st.just(hashlib.sha256(b"").hexdigest()),
    },
)
PARAMETERS = st.dictionaries(
    st.sampled_from([*parameters(V1), "BearerToken"]) | ANYTHING, ANYTHING | st.just("HMAC-SHA1")
)


@settings(deadline=None)
@given(ANYTHING, ANYTHING, HEADERS, st.binary(max_size=3), PARAMETERS, ANYTHING)
@example("", "", {}, b"", {}, "")
@example("POST", "%" * 10**5, dict(V3.headers), b"", {}, SECRET)
@example("POST", "&" * 10**5, dict(V3.headers), b"\xff" * 10**5, {}, SECRET)
@example("POST", "", {**V3.headers, "authorization": "ACS3-HMAC-SHA256 " + "Credential=" * 10**5}, b"", {}, SECRET)
@example("POST", "", {}, b"", {**parameters(V1), "\udfff": "\ud800" * 10**5}, SECRET)
def test_junk_is_refused_or_proves_nothing(method, query, headers, body, merged, secret):
    """
    Whatever a client sends is refused as the vendor refuses, or is a claim that no secret proves.
    """
    try:
        made = claim(Request(method, "/", query, headers, body), merged)
    except MockError as error:
        made = error.details.get("claim", Claim("BEARERTOKEN"))

    assert not matches(made, secret)
