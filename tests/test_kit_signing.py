"""The kit's own signers make what the vendors' SDKs made."""

from urllib.parse import parse_qsl

import pytest

from contract_tests.signing import appsecret_proof, query, v1_signature, v3_headers
from tests.recorded import RECORDED, SECRET

V1 = [one for one in RECORDED if one["scheme"] == "HMAC-SHA1"]
V3 = [one for one in RECORDED if one["scheme"].startswith("ACS3") and one["name"].startswith("node-")]


@pytest.mark.parametrize("entry", V1, ids=lambda one: one["name"])
def test_a_v1_signature_is_that_of_the_sdk(entry):
    """
    The kit signs a recorded V1 request as its SDK did.
    """
    pairs = dict(parse_qsl(entry["target"].partition("?")[2], keep_blank_values=True))
    pairs |= dict(parse_qsl(entry["body"], keep_blank_values=True)) if "=" in entry["body"] else {}
    signature = pairs.pop("Signature")

    assert v1_signature(SECRET, entry["method"], pairs) == signature


@pytest.mark.parametrize("entry", V3, ids=lambda one: one["name"])
def test_a_v3_authorization_is_that_of_the_sdk(entry):
    """
    The kit signs a recorded V3 request over the same headers, with the same result as its SDK.
    """
    headers = {name.lower(): value for name, value in entry["headers"]}
    authorization = headers.pop("authorization")
    key_id = authorization.partition("Credential=")[2].partition(",")[0]
    sent = query(dict(parse_qsl(entry["target"].partition("?")[2], keep_blank_values=True)))

    made = v3_headers(SECRET, key_id, entry["method"], sent, headers, entry["body"].encode())

    assert made["authorization"] == authorization


def test_an_appsecret_proof_is_that_of_the_sdk():
    """
    The proof of a recorded Graph request is the one that its SDK sent.
    """
    proof = appsecret_proof("s3cr3t", "EAAtok")

    assert proof == "f9095081aed087e4967c394043a223123f673988dc821ede01584f3adab4a157"
