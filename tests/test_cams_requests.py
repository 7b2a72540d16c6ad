"""How CAMS calls travel: every spelling of parameters, both formats of answers, what SDKs sent, and junk."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from mockserver.pipeline import Request, Response, Runtime
from mockserver.settings import Settings
from mockserver.vendors.cams.parameters import MOST_PARAMETERS
from mockserver.world.load import build
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
)
from tests.cams_arguments import minimal
from tests.cams_world import ACTIVE, LISTED, PAGE, SPACE, document, world_file

RECORDED = json.loads((Path(__file__).parents[1] / "fixtures" / "wire" / "cams.json").read_text("utf-8"))
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


def test_what_v1_does_not_sign_says_nothing(cams):
    """
    V1 signs parameters alone: neither a header names its operation, nor does a JSON body fill in a parameter.
    """
    unnamed = cams.v1("", VALUES, common={"Action": None, "Version": None})
    headers = {"x-acs-action": "ListMessageCampaign", "x-acs-version": "2020-06-06"}
    bare = cams.v1("ListMessageCampaign", {})

    by_header = cams.send(replace(unnamed, headers=headers))
    by_body = cams.send(replace(bare, headers=JSON, body=json.dumps(VALUES).encode()))

    assert_cams_error(by_header, status=400, code="MissingAction", message="Action is mandatory for this action.")
    assert json.loads(by_body.body)["Code"] == "MissingCustSpaceId"


def test_v1_has_one_signature_version(cams):
    """
    SignatureVersion is 1.0 or absent; any other is refused.
    """
    assert len(rows(cams.send(cams.v1("ListMessageCampaign", VALUES, common={"SignatureVersion": None})))) == 1
    other = cams.v1("ListMessageCampaign", VALUES, common={"SignatureVersion": "2.0"})

    told = "Specified parameter SignatureVersion is not valid."
    assert_cams_error(cams.send(other), status=400, code="InvalidSignatureVersion", message=told)


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


@pytest.mark.parametrize("form", [False, True])
def test_a_dotted_list_reaches_the_documented_thousand(cams, form):
    """
    A mass message to 1,000 recipients is sent however its list is written, and one to 1,001 is refused.
    """
    whole = minimal("SendChatappMassMessage")
    parts = {"To": "155501", "Payload.1": "a", "Payload.2": "b", "TemplateParams.name": "Ann", "TemplateParams.n": "5"}
    dotted = {f"SenderList.{n}.{name}": part for n in range(1, 1002) for name, part in parts.items()}
    fitting = {name: part for name, part in dotted.items() if ".1001." not in name}

    def sent(values):
        values = {name: part for name, part in whole.items() if name != "SenderList"} | values
        return json.loads(cams.send(cams.v1("SendChatappMassMessage", values, method="POST", form=form)).body)["Code"]

    assert (sent(fitting), sent(dotted)) == ("OK", "InvalidSenderList")


@pytest.mark.parametrize(("format_", "xml"), [("JSON", False), ("json", False), (None, True)])
def test_too_many_parameters_are_refused_in_the_format_that_is_asked_for(cams, format_, xml):
    """
    Format counts wherever it stands among parameters that are too many, and without it the answer is XML.
    """
    values = {f"Extra{n}": "1" for n in range(MOST_PARAMETERS + 1)}
    request = cams.v1("ListMessageCampaign", values, method="POST", form=True, common={"Format": format_})

    for sent in (request, replace(request, body=request.body + b"&Format=JSON&Format=JSON" * (not xml))):
        assert_cams_error(
            cams.send(sent),
            status=400,
            code="InvalidParameter.Format",
            message="Specified parameter format is not valid.",
            xml=xml,
        )


def test_many_thousand_parameters_are_enough(cams):
    """
    A query of twenty thousand parameters is read; a longer one is refused without reading it.
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
