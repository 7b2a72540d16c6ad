"""Signatures of CAMS requests: those recorded from the vendors' SDKs, those altered since, and junk."""

import hashlib
from collections import Counter
from dataclasses import replace
from urllib.parse import quote, unquote_to_bytes

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mockserver.vendors.cams.signature import claim, matches
from tests.recorded import (
    BEARER,
    HEADER_SIGNED,
    PARAMETER_SIGNED,
    RECORDED,
    SECRET,
    SIGNED,
    V1,
    V3,
    V3_FORM,
    canonical_query,
    parameters,
    received,
    refused,
    signed_headers,
    tampered,
    verified,
    with_headers,
)


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


@pytest.mark.parametrize(("listed", "relisted"), [("=accept;", "="), ("=accept;", "=accept;accept-encoding;")])
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
@example("==&=0")
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
