"""How CAMS calls travel: every spelling of parameters, both formats of answers, what SDKs sent, and junk."""

import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mockserver.contract.load import load
from mockserver.pipeline import Request, Response, Runtime
from mockserver.settings import Settings
from mockserver.vendors.cams.parameters import MOST_PARAMETERS
from mockserver.world.load import WorldFile, build
from tests.cams import (
    FORM,
    JSON,
    REQUEST_ID,
    Cams,
    assert_cams_error,
    assert_gateway_headers,
    flat,
    header,
    read_xml,
    reworded,
)
from tests.cams_world import ACTIVE, LISTED, PAGE, SPACE, document, world_file
from tests.conftest import Hands

RECORDED = json.loads((Path(__file__).parents[1] / "fixtures" / "wire" / "cams.json").read_text("utf-8"))
ACTIONS = json.loads((Path(__file__).parents[1] / "schemas" / "cams-actions.json").read_text("utf-8"))["actions"]
VALUES = {"CustSpaceId": SPACE, "PageId": PAGE, "CampaignName": "sale & <more> “ünï”", "Page": {"Index": 1, "Size": 5}}
DOTTED = {**{name: value for name, value in VALUES.items() if name != "Page"}, "Page.Index": "1", "Page.Size": "5"}


def rows(response: Response) -> list[dict[str, Any]]:
    """The records of a good JSON answer."""
    body = json.loads(response.body)
    assert (response.status, body["Code"]) == (200, "OK"), body
    return body["Data"]


def spellings(cams: Cams) -> dict[str, Request]:
    """One call in every spelling that a client was seen to use."""
    encoded = urlencode(flat(VALUES)).encode()
    split = urlencode(flat({"CustSpaceId": SPACE, "Page": VALUES["Page"]})).encode()
    rest = {"PageId": PAGE, "CampaignName": VALUES["CampaignName"]}
    action = "ListMessageCampaign"
    return {
        "V3, query": cams.v3(action, VALUES),
        "V3, GET": cams.v3(action, VALUES, method="GET"),
        "V3, form": cams.v3(action, body=encoded, headers=FORM),
        "V3, form with a charset": cams.v3(
            action, body=encoded, headers={"content-type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8"}
        ),
        "V3, query and form": cams.v3(action, rest, body=split, headers=FORM),
        "V3, JSON body": cams.v3(action, body=json.dumps(VALUES).encode(), headers=JSON),
        "V3, JSON body of texts": cams.v3(action, body=json.dumps(flat(VALUES)).encode(), headers=JSON),
        "V3, dotted": cams.v3(action, DOTTED),
        "V3, dotted in a form": cams.v3(action, body=urlencode(DOTTED).encode(), headers=FORM),
        "V3, dotted in JSON": cams.v3(action, body=json.dumps(DOTTED).encode(), headers=JSON),
        "V3, blank common parameters": cams.v3(action, VALUES | {"SignatureType": "", "AdAccountId": "", "Status": ""}),
        "V3, another body": cams.v3(action, VALUES, body=b"\xff", headers={"content-type": "application/octet-stream"}),
        "V1, query": cams.v1(action, VALUES),
        "V1, POST and query": cams.v1(action, VALUES, method="POST"),
        "V1, form": cams.v1(action, VALUES, method="POST", form=True),
        "V1, dotted": cams.v1(action, DOTTED),
        "V1, lower-case format": cams.v1(action, VALUES, common={"Format": "json"}),
    }


def test_every_spelling_is_the_same_call(cams):
    """
    Query, form and JSON body, nested or dotted, signed by V3 or V1: one call, one answer.
    """
    answers = {name: rows(cams.send(request)) for name, request in spellings(cams).items()}

    assert [row["CampaignId"] for row in answers["V3, query"]] == [ACTIVE]
    assert all(answer == answers["V3, query"] for answer in answers.values())


def test_the_query_wins(cams):
    """
    Of two values of a parameter the one in the query counts, and a whole object counts above dotted parts.
    """
    body = urlencode(flat(VALUES | {"CustSpaceId": "nowhere", "Page.Size": "9"})).encode()
    answer = cams.send(cams.v3("ListMessageCampaign", VALUES, body=body, headers=FORM))

    assert len(rows(answer)) == 1


def test_bytes_that_are_no_text_match_nothing(cams):
    """
    A value that is no UTF-8, escaped or raw, is read and is nobody's name.
    """
    good = urlencode(flat(VALUES | {"CampaignName": ""})).encode()
    answers = [
        cams.send(
            cams.v3("ListMessageCampaign", body=good.replace(b"CampaignName=", b"CampaignName=" + bad), headers=FORM)
        )
        for bad in (b"\xff", b"%FF", b"%ed%a0%80")
    ]

    assert [rows(answer) for answer in answers] == [[], [], []]


@pytest.mark.parametrize("headers", [{}, {"x-acs-action": "GetMessageCampaignInsights", "x-acs-version": "1999-01-01"}])
def test_v1_is_named_by_its_parameters(cams, headers):
    """
    What a V1 call signs names its operation, whatever its headers say.
    """
    assert len(rows(cams.send(replace(cams.v1("ListMessageCampaign", VALUES), headers=headers)))) == 1


def test_v1_may_be_named_by_headers_too(cams):
    """
    A V1 call without Action or Version is named by its headers, as the vendor's own SDKs send both.
    """
    unnamed = cams.v1("", VALUES, common={"Action": None, "Version": None})
    headers = {"x-acs-action": "ListMessageCampaign", "x-acs-version": "2020-06-06"}

    assert len(rows(cams.send(replace(unnamed, headers=headers)))) == 1


def test_v3_is_named_by_its_headers(cams):
    """
    A V3 call is named by its headers, and answered in JSON whatever Format it asks for.
    """
    values = VALUES | {"Action": "Nothing", "Version": "1999-01-01", "Format": "XML"}

    assert len(rows(cams.call("ListMessageCampaign", **values))) == 1


def test_the_documentations_spelling_is_the_same_operation(cams):
    """
    EnableWhatsAppROIMetric, as the documentation writes it, is EnableWhatsappROIMetric, as the SDKs send it.
    """
    assert cams.read("EnableWhatsAppROIMetric").keys() == cams.read("EnableWhatsappROIMetric").keys()


def test_every_operation_of_the_vendor_is_known(cams):
    """
    All 173 operations exist: five are served, the others say that they are not.
    """
    heard = Counter(
        "served" if b"is not served" not in cams.call(action).body else f"{cams.call(action).status}"
        for action in ACTIONS
    )

    assert heard == {"served": 5, "404": 168}
    assert set(load("cams").operations) < set(ACTIONS)
    assert set(load("cams").operations) == set(cams.dialect.handlers)


def test_an_answer_carries_what_its_operation_has(cams):
    """
    RequestId, Code and Message stand in every answer; Success, Total and Data where the operation has them.
    """
    keys = {
        action: list(json.loads(cams.call(action, **values).body))
        for action, values in {
            "ListMessageCampaign": VALUES,
            "ListPageAdAccount": {"CustSpaceId": SPACE, "PageId": PAGE},
            "EnableWhatsappROIMetric": {},
            "GetChatappTemplateMetric": {"TemplateCode": "9001", "Start": 0, "End": 1},
        }.items()
    }

    assert keys == {
        "ListMessageCampaign": ["RequestId", "Code", "Message", "Success", "Total", "Data"],
        "ListPageAdAccount": ["RequestId", "Code", "Message", "Success", "Data"],
        "EnableWhatsappROIMetric": ["RequestId", "Code", "Message"],
        "GetChatappTemplateMetric": ["RequestId", "Code", "Message", "Data"],
    }


def test_a_good_answer_has_the_gateways_headers(cams):
    """
    A good answer names its request in a header, in JSON and in XML.
    """
    in_json = cams.call("ListMessageCampaign", **VALUES)
    in_xml = cams.send(cams.v1("ListMessageCampaign", VALUES, common={"Format": None}))

    assert_gateway_headers(in_json, "application/json;charset=utf-8")
    assert_gateway_headers(in_xml, "text/xml;charset=utf-8")
    assert json.loads(in_json.body)["RequestId"] == header(in_json, "x-acs-request-id")
    assert read_xml(in_xml)["RequestId"] == header(in_xml, "x-acs-request-id")


def test_request_ids_differ_and_come_again(cams, hands):
    """
    No two answers of a run share their ids; another run of the same world gives the same ones.
    """
    again = Cams(Runtime(Settings(throttle=0), world_file(), hands.clock()))
    one, other = ([cams_.call("ListMessageCampaign", **VALUES) for _ in range(50)] for cams_ in (cams, again))
    ids = [header(response, "x-acs-request-id") for response in one]
    traces = [header(response, "x-acs-trace-id") for response in one]

    assert len(set(ids)) == len(set(traces)) == 50
    assert all(REQUEST_ID.fullmatch(id_ or "") for id_ in ids)
    assert ids == [header(response, "x-acs-request-id") for response in other]


def test_xml_tells_what_json_tells(cams):
    """
    A V1 call without Format hears <ActionResponse>: a list repeats its element, and every text is escaped.
    """
    told = cams.send(cams.v1("ListMessageCampaign", VALUES | {"CampaignName": ""}, common={"Format": None}))
    first = rows(cams.call("ListMessageCampaign", **VALUES))[0]
    text = told.body.decode()

    assert text.count("<Data>") == 5
    assert text.endswith("</Data></ListMessageCampaignResponse>")
    assert f"<Success>true</Success><Total>{LISTED}</Total><Data><AdAccountId>" in text
    assert "<CampaignName>sale &amp; &lt;more&gt; “ünï”</CampaignName>" in text
    assert first["CampaignName"] == "sale & <more> “ünï”"


def test_xml_writes_what_xml_cannot_say(hands):
    """
    A name with control characters is still a well-formed document.
    """
    world = document()
    world["campaigns"][0]["adsets"][0]["ads"][0]["name"] = "a\x00b\x1f\ufffe]]>\r"
    cams = Cams(Runtime(Settings(throttle=0), build(world), hands.clock()))
    values = VALUES | {"CampaignName": ""}
    told = cams.send(cams.v1("ListMessageCampaign", values, common={"Format": "XML"}))

    assert read_xml(told)["Code"] == "OK"
    assert "<CampaignName>a\ufffdb\ufffd\ufffd]]&gt;" in told.body.decode()


def test_a_thousand_parameters_are_enough(cams):
    """
    A query of a thousand parameters is read; a longer one is refused without reading it.
    """
    values = {f"Extra{n}": "1" for n in range(MOST_PARAMETERS - len(VALUES))} | VALUES
    more = cams.v3("ListMessageCampaign", values | {"OneMore": "1"})

    assert len(rows(cams.call("ListMessageCampaign", **values))) == 1
    assert_cams_error(
        cams.send(more),
        status=400,
        code="InvalidParameter.Format",
        message="Specified parameter format is not valid.",
    )


def recorded_world(account: str, page: str) -> WorldFile:
    """A world in which what the SDKs were recorded to ask for exists."""
    world = document()
    world["accounts"][0]["id"] = account
    world["pages"][0]["id"] = page
    world["campaigns"] = [world["campaigns"][0] | {"account_id": account, "page_id": page}]
    ad = world["campaigns"][0]["adsets"][0]["ads"][0]
    ad |= {"id": "233001", "name": "test-campaign été+'()"}
    world["spaces"][0] |= {
        "id": "cams-8c8abc",
        "pages": [page],
        "accounts": [account],
        "roi_metric_enabled_at": "2023-08-01T00:00:00+00:00",
    }
    template = {"code": "110000000001", "space_id": "cams-8c8abc", "created_time": "2023-08-02T00:00:00+00:00"}
    world["templates"] = [world["templates"][1] | template]
    key = {"id": "testid", "secret": "testsecret", "owner_id": "1000", "actions": ["*"]}
    world["credentials"]["access_keys"] = [key, key | {"security_token": "CAIS+sts/token=="}]
    world["credentials"]["bearer_tokens"][0]["token"] = "bear-tok-1"
    return build(world)


def also_known_as(file: WorldFile, account: str, other: str) -> WorldFile:
    """*file* with a second id for one ad account: no world holds the punctuation that was recorded."""
    space = replace(file.spaces["cams-8c8abc"], accounts=frozenset({other}))
    nodes = {**file.nodes, f"act_{other}": file.nodes[f"act_{account}"]}
    return replace(file, nodes=nodes, spaces={**file.spaces, space.id: space})


RECORDED_WORLDS = {
    "ListMessageCampaign": also_known_as(recorded_world("23939", "239001"), "23939", "2393 9*~"),
    "GetMessageCampaignInsights": recorded_world("239001", "323001"),
}
OTHER_WORLD = recorded_world("1", "323001")


def received(entry: dict[str, Any]) -> Request:
    """The recorded *entry* as the pipeline gets it."""
    path, _, query = entry["target"].partition("?")
    headers = {name.lower(): value for name, value in entry["headers"]}
    return Request(entry["method"], path, query, headers, entry["body"].encode())


def recorded_time(request: Request) -> float:
    """The time at which *request* was signed."""
    texts = dict(parse_qsl(request.query)) | dict(parse_qsl(request.body.decode()))
    at = request.headers.get("x-acs-date") or texts["Timestamp"]
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize("entry", RECORDED, ids=lambda entry: entry["name"])
def test_what_the_sdks_sent_is_answered(entry):
    """
    Each recorded request of each SDK, at its own time, is proven, read and answered in the vendor's shape.
    """
    request = received(entry)
    action = entry["name"].split("__")[2]
    cams = Cams(
        Runtime(Settings(), RECORDED_WORLDS.get(action, OTHER_WORLD), Hands(wall=recorded_time(request)).clock())
    )
    response = cams.send(request)
    body = json.loads(response.body)

    assert cams.runtime.bugs == []
    if action not in cams.dialect.handlers:
        message = f"Specified api is not found, please check your url and method. ({action} exists in CAMS 2020-06-06"
        message += " and is not served by this mock server yet.)"
        assert_cams_error(response, status=404, code="InvalidAction.NotFound", message=message)
        return
    assert (response.status, body["Code"]) == (200, "OK"), body
    assert_gateway_headers(response, "application/json;charset=utf-8")
    assert body.get("Total", 1) == 1
    assert action != "GetMessageCampaignInsights" or int(body["Data"][0]["MarketingMessagesDelivered"]) > 1000
    assert action != "GetChatappTemplateMetric" or len(body["Data"]) == 4
    if entry["scheme"] != "BEARERTOKEN":
        used = cams.send(request)
        assert_cams_error(
            used, status=400, code="SignatureNonceUsed", message="Specified signature nonce was used already."
        )


def test_every_recorded_request_is_replayed_once():
    """
    186 requests were recorded: 181 signed ones and five with a bearer token.
    """
    assert len(RECORDED) == 186


SOUND = Cams(Runtime(Settings(throttle=0), world_file(), Hands().clock()))
ANYTHING = st.text(st.characters(), max_size=12)
NAMES = st.sampled_from(
    "Action Version Format AccessKeyId Signature SignatureMethod SignatureNonce Timestamp SecurityToken BearerToken"
    " CustSpaceId PageId AdAccountId CampaignId CampaignName Status Page Page.Size Page.Index Page. .Page OwnerId"
    " TemplateCode Language Start End Granularity TemplateType".split()
)
WORDS = st.sampled_from(
    [*ACTIONS[:3], *load("cams").operations, "2020-06-06", "JSON", "xml", "key", "bearer", "token", SPACE, PAGE, ""]
) | st.sampled_from(["HMAC-SHA1", '{"Index":1,"Size":1e999}', '{"Index":1e30,"Size":9223372036854775807}', "1", "-1"])
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
    st.none() | st.booleans() | st.integers() | st.floats() | ANYTHING,
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
