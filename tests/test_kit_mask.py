"""The mask that hides secrets: what it knows, and what it leaves alone."""

import hashlib
import hmac
import json
from html import escape
from urllib.parse import quote_plus

from hypothesis import given
from hypothesis import strategies as st

from contract_tests.secrets import Mask
from tests.kit_forms import FORMS, based, lowered, percent
from tests.kit_results import HARD, SECRETS

MASK = Mask(SECRETS)


def test_a_proof_is_told_from_other_texts_by_its_value():
    """
    The appsecret_proof of any token by any app secret of the profile is known wherever it stands.
    """
    mask = Mask({"token1": "META_ACCESS_TOKEN", "token2": "META_ACCESS_TOKEN_OLD", "secret": "META_APP_SECRET"})
    proofs = [hmac.new(b"secret", token, hashlib.sha256).hexdigest() for token in (b"token1", b"token2")]

    assert mask.text(" ".join(proofs)) == "$META_APPSECRET_PROOF $META_APPSECRET_PROOF_OLD"


def test_the_greater_part_of_a_secret_is_hidden_as_well():
    """
    A token that was cut short or made longer shows no more than what was added to it.
    """
    token = "EAAGm0PX4ZCpsBO1xyzABC"
    mask = Mask({token: "TOKEN"})

    assert mask.text(f"a {token[:-1]} b") == "a $TOKEN_PART b"
    assert mask.text(f"a {token[5:]} b") == "a $TOKEN_PART b"
    assert mask.text(f"a {token}x b") == "a $TOKENx b"


def test_the_longer_of_two_secrets_that_begin_alike_is_named():
    """
    A secret that begins with another one is replaced by its own name.
    """
    mask = Mask({"EAAtok": "SHORT", "EAAtok+more": "LONG"})

    assert mask.text("EAAtok EAAtok+more EAAtok%2Bmore") == "$SHORT $LONG $LONG"


def test_ordinary_text_is_left_as_it_is():
    """
    Where there is no secret, not one character changes, whatever it looks like.
    """
    text = "fields=a%2Cb&x=\\u00e9 &amp; Signature: the signature; \x1f\x8b x^2 " + based(b"nothing secret in here")

    assert MASK.text(text) == text
    assert MASK.parts("") == []


CHAINED = st.lists(
    st.sampled_from(
        [percent, lowered, json.dumps, escape, repr, quote_plus, FORMS["base64"], FORMS["gzip in base64"], FORMS["hex"]]
    ),
    max_size=4,
)
VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=6, max_size=40)


@given(value=VALUES, forms=CHAINED, before=st.text(max_size=8), after=st.text(max_size=8))
def test_any_secret_in_any_chain_of_encodings_is_found_and_hidden(value, forms, before, after):
    """
    A secret of any characters, encoded several times over in any order, between any other text, is seen and hidden.
    """
    text = value
    for form in forms:
        text = form(text)
    mask = Mask({value: "CANARY"})

    assert mask.survivors(text.encode()) == ["CANARY"]
    assert mask.survivors(mask.text(f"{before} {text} {after}").encode("utf-8", "surrogatepass")) == []


@given(st.text(), st.binary())
def test_masking_bears_any_text(text, data):
    """
    Any text and any bytes are masked and searched without an error.
    """
    assert MASK.text(text + HARD) is not None
    assert MASK.survivors(data) == []
