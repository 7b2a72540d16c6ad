"""Junk is answered as the vendor answers, and nothing else happens."""

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import urlencode

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mockserver.contract.load import load
from mockserver.pipeline import Request, Response, Runtime
from mockserver.settings import Settings
from tests.cams import (
    FORM,
    JSON,
    Cams,
    assert_gateway_headers,
    flat,
    header,
    read_xml,
    reworded,
)
from tests.cams_world import PAGE, SPACE, world_file
from tests.conftest import Hands

RECORDED = json.loads((Path(__file__).parents[1] / "fixtures" / "wire" / "cams.json").read_text("utf-8"))
VALUES = {"CustSpaceId": SPACE, "PageId": PAGE, "CampaignName": "sale & <more> “ünï”", "Page": {"Index": 1, "Size": 5}}
DOTTED = {**{name: value for name, value in VALUES.items() if name != "Page"}, "Page.Index": "1", "Page.Size": "5"}


SOUND = Cams(Runtime(Settings(throttle=0), world_file(), Hands().clock()))
EDGES = st.sampled_from([edge + step for edge in (2**63, -(2**63), 2**31, -(2**31)) for step in (-1, 0, 1)])
ANYTHING = st.text(st.characters(), max_size=12)
NAMES = st.sampled_from(
    "Action Version Format AccessKeyId Signature SignatureMethod SignatureNonce Timestamp SecurityToken BearerToken"
    " CustSpaceId PageId AdAccountId CampaignId CampaignName Status Page Page.Size Page.Index Page. .Page OwnerId"
    " TemplateCode Language Start End Granularity TemplateType".split()
)
WORDS = (
    st.sampled_from([*load("cams").operations, "2020-06-06", "JSON", "xml", "key", "bearer", "token", SPACE, PAGE, ""])
    | st.sampled_from(["HMAC-SHA1", '{"Index":1,"Size":1e999}', '{"Index":1e30,"Size":9223372036854775807}', "1", "-1"])
    | EDGES.map(str)
)
QUERY = st.dictionaries(NAMES | ANYTHING, WORDS | ANYTHING, max_size=8).map(
    lambda values: urlencode(values, errors="replace")
)
HEADERS = st.dictionaries(
    st.sampled_from(
        "authorization content-type host x-acs-action x-acs-version x-acs-date x-acs-signature-nonce"
        " x-acs-content-sha256 x-acs-security-token x-acs-bearer-token".split()
    ),
    WORDS
    | ANYTHING
    | st.sampled_from([FORM["content-type"], JSON["content-type"], hashlib.sha256(b"").hexdigest()])
    | st.just("ACS3-HMAC-SHA256 Credential=key,SignedHeaders=host,Signature=a"),
    max_size=6,
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | EDGES | EDGES.map(str) | st.floats() | ANYTHING,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | ANYTHING, inner, max_size=4),
    max_leaves=8,
)
BODIES = st.binary(max_size=30) | QUERY.map(str.encode) | JSON_VALUES.map(lambda value: json.dumps(value).encode())


def assert_vendors_shape(response: Response) -> None:
    """Nothing but an answer, a business failure or a gateway error of the vendor."""
    kind = header(response, "content-type") or ""
    assert response.status in (200, 400, 404), response.body
    assert_gateway_headers(response, kind)
    body = json.loads(response.body) if kind.startswith("application/json") else read_xml(response)
    assert body["RequestId"] == header(response, "x-acs-request-id")
    assert re.fullmatch(r"[A-Za-z][A-Za-z.]*", body["Code"])
    assert ("HostId" in body) == (response.status != 200)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(["GET", "POST", "HEAD"]) | ANYTHING, st.just("/") | ANYTHING, QUERY | ANYTHING, HEADERS, BODIES)
@example("POST", "/", "\ud800=\ud800", {"authorization": "ACS3-HMAC-SHA256 \ud800"}, b"")
@example("GET", "/", "Action=%ff&Version=%00", {}, b"")
def test_junk_is_answered_as_the_vendor_answers(method, path, query, headers, body):
    """
    Whatever is sent, the answer is one of the vendor's, never a failure of this server.
    """
    assert_vendors_shape(SOUND.send(Request(method, path, query, headers, body)))
    assert SOUND.runtime.bugs == []


@settings(deadline=None, max_examples=400)
@given(
    st.sampled_from(sorted(load("cams").operations)),
    st.dictionaries(NAMES.filter(lambda name: not name.startswith("S") or name in ("Start", "Status")), JSON_VALUES),
    st.booleans(),
)
@example("ListMessageCampaign", VALUES | {"Page": {"Index": 1.0, "Size": 1e30}}, True)
@example("ListMessageCampaign", VALUES | {"Page": {"Index": 10**30, "Size": 10**30}}, True)
@example("GetChatappTemplateMetric", {"TemplateCode": "9001", "Start": 0.0, "End": 253402300799999.0}, True)
@example("GetChatappTemplateMetric", {"TemplateCode": "9001", "Start": 0, "End": 253402300800000}, False)
def test_junk_in_a_signed_call_is_answered_as_the_vendor_answers(action, values, as_json):
    """
    A caller who proves who they are may ask for anything in any type, and still hears the vendor's words.
    """
    if as_json:
        request = SOUND.v3(action, body=json.dumps(values).encode(), headers=JSON)
    else:
        request = SOUND.v3(action, {name: re.sub("[\ud800-\udfff]", "", text) for name, text in flat(values).items()})
    response = SOUND.send(request)

    assert b"SignatureDoesNotMatch" not in response.body
    assert_vendors_shape(response)
    assert SOUND.runtime.bugs == []


@settings(deadline=None)
@given(st.sampled_from(["Timestamp", "SignatureNonce", "Format", "PageId", "Signature", "AccessKeyId"]), ANYTHING)
def test_a_signed_text_cannot_be_changed(name, text):
    """
    No other text in place of a signed one is believed.
    """
    request = SOUND.v1("ListMessageCampaign", VALUES)
    spoilt = reworded(request, **{name: text.encode("utf-8", "replace").decode()})
    response = SOUND.send(spoilt)

    assert response.status != 200 or spoilt.query == request.query
