"""A claim that is no claim is refused, and says why."""

import hashlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mockserver.errors import MockError
from mockserver.pipeline import Request
from mockserver.vendors.cams.signature import Claim, claim, matches
from tests.recorded import SECRET, V1, V3, parameters, refused, v1_with, with_headers


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


@pytest.mark.parametrize("left_out", ["host", "x-acs-action", "x-acs-date", "x-acs-signature-nonce"])
def test_every_common_header_is_signed(left_out):
    """
    A V3 signature over fewer of the common headers than are sent is incomplete.
    """
    listed = V3.headers["authorization"].split("SignedHeaders=")[1].split(",")[0]
    fewer = ";".join(name for name in listed.split(";") if name != left_out)
    error = refused(with_headers(V3, authorization=V3.headers["authorization"].replace(listed, fewer)))

    assert error.name == "IncompleteSignature"
