"""Every error of CAMS, in the vendor's words and shape, and the order in which a call is checked."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.vendors.cams.errors import ERRORS
from tests.cams import assert_cams_error, header
from tests.cams_cases import CASES
from tests.cams_sends import API_NOT_FOUND, LIST, METRIC, as_key, listed, v3_spoilt
from tests.cams_world import (
    FOREIGN,
    SPACE,
    TEMPLATE,
    world_file,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_every_error_has_the_vendors_words_and_shape(cams, case):
    """
    A refusal has the vendor's status, headers, body and words, and nothing else.
    """
    assert_cams_error(case.send(cams), status=case.status, code=case.code, message=case.message, success=case.success)


def test_a_wrong_signature_hears_what_should_have_been_signed(cams):
    """
    V1 and V3 repeat the text that the server signed, each in its own words.
    """
    by_parameter = cams.v1("ListMessageCampaign", LIST, method="POST")
    by_header = cams.v3("ListMessageCampaign", LIST)
    wrong = replace(cams, secret="wrong")

    for request in (by_parameter, by_header):
        assert cams.send(request).status == 200
    one = wrong.send(wrong.v1("ListMessageCampaign", LIST, method="POST", common={"SignatureNonce": "n"}))
    body = assert_cams_error(
        one,
        status=400,
        code="SignatureDoesNotMatch",
        message="Specified signature is not matched with our calculation. server string to sign is:" + wrong.signed[-1],
    )
    assert body["Message"].split(":")[1] == wrong.signed[-1]
    other = wrong.call("ListMessageCampaign", **LIST)
    text, canonical = wrong.signed[-1], wrong.canonical[-1]
    assert_cams_error(
        other,
        status=400,
        code="SignatureDoesNotMatch",
        message=f"Specified signature does not match our calculation. server StringToSign is [{text}]"
        f" server CanonicalRequest is [{canonical}]",
    )


@pytest.mark.parametrize("text", ["\ud800", "\x00", "é", "\x7f\x85"])
def test_a_signature_over_junk_is_refused_in_unicode(cams, text):
    """
    What is repeated of a request can be written, whatever the request had in its headers.
    """
    response = v3_spoilt(host=text)(cams)

    assert response.body.decode().startswith('{"RequestId":')
    assert_cams_error(
        response,
        status=400,
        code="SignatureDoesNotMatch",
        message=json.loads(response.body)["Message"],
    )


def test_every_row_of_the_error_table_is_provoked():
    """
    No error is worded that no call can hear.
    """
    assert {case.row for case in CASES} | {"SignatureDoesNotMatch"} == set(ERRORS)


def test_the_operation_files_list_the_errors_that_they_can_give(cams):
    """
    Together the operation files name the whole table; each names the rows that a call to it was seen to give.
    """
    operations = cams.dialect.contract.operations
    named = {name for operation in operations.values() for name in operation.raw["errors"]}

    assert named == set(ERRORS)
    for case in CASES:
        seen = replace(cams, asked=[])
        case.send(seen)
        for action in set(seen.asked) & set(operations):
            assert case.row in operations[action].raw["errors"], (action, case.row)


def test_a_denial_says_who_may_not_do_what(cams):
    """
    The gateway adds an object with the action and the kind of caller, not a text.
    """
    denied = assert_cams_error(
        as_key("powerless", listed())(cams),
        status=400,
        code="Ram.PermissionDeny",
        message="You are not authorized to perform the operation.",
    )["AccessDeniedDetail"]
    temporary = as_key("temporary-reader", listed(), security_token="token")(cams)

    assert denied == {
        "AuthAction": "cams:ListMessageCampaign",
        "AuthPrincipalType": "SubUser",
        "AuthPrincipalOwnerId": "1000",
        "NoPermissionType": "ImplicitDeny",
        "PolicyType": "AccountLevelIdentityBasedPolicy",
    }
    assert b'"AuthPrincipalType":"AssumedRoleUser"' in temporary.body


def test_a_throttled_call_hears_how_long_to_wait(cams, hands):
    """
    Both generations of SDKs find the wait in milliseconds, and after it the call is served.
    """
    throttled = replace(cams, runtime=Runtime(Settings(), world_file(), cams.runtime.clock))
    for _ in range(5):
        throttled.read("EnableWhatsappROIMetric")
        hands.forward(0.1)
    refused = throttled.call("EnableWhatsappROIMetric")

    assert header(refused, "x-acs-retry-after") == "500"
    assert header(refused, "x-ratelimit-user-api") == "Limit:5,Remain:0,TimeLeft:500"
    hands.forward(0.5)
    throttled.read("EnableWhatsappROIMetric")


def test_limits_are_counted_by_account_and_operation(cams):
    """
    Another key of the account shares its limit; another account, or another operation, does not.
    """
    throttled = replace(cams, runtime=Runtime(Settings(), world_file(), cams.runtime.clock))
    for _ in range(5):
        throttled.read("EnableWhatsappROIMetric")

    assert replace(throttled, security_token="token").call("EnableWhatsappROIMetric").status == 400
    assert replace(throttled, key="other").call("EnableWhatsappROIMetric").status == 200
    assert throttled.call("GetChatappTemplateMetric", **METRIC).status == 200
    for _ in range(200):
        throttled.read("ListMessageCampaign", **LIST)


STEPS: list[tuple[str, dict[str, Any]]] = [
    ("InvalidParameter.Format", {"Format": "YAML"}),
    ("UnsupportedHTTPMethod", {"method": "PUT", "Format": "JSON"}),
    ("MissingAction", {"Action": None, "method": "GET"}),
    ("MissingVersion", {"Version": None, "Action": "Nothing"}),
    ("InvalidVersion", {"Version": "2017-05-25"}),
    ("InvalidAction.NotFound", {"Action": "Nothing", "Version": "2020-06-06"}),
    ("MissingTimestamp", {"Timestamp": "", "Action": "GetChatappTemplateMetric"}),
    ("InvalidSignatureMethod", {"SignatureMethod": "HMAC-SHA256", "Timestamp": "now"}),
    ("InvalidAccessKeyId.NotFound", {"key": "unknown", "SignatureMethod": "HMAC-SHA1"}),
    ("InvalidAccessKeyId.Inactive", {"key": "inactive", "token": "wrong"}),
    ("MissingSecurityToken", {"key": "temporary", "token": None}),
    ("InvalidSecurityToken", {"key": "temporary", "token": "wrong"}),
    ("InvalidTimeStamp.Format", {"Timestamp": "now", "key": "powerless", "token": None}),
    ("InvalidTimeStamp.Expired", {"Timestamp": "2020-01-01T00:00:00Z"}),
    ("SignatureDoesNotMatch", {"secret": "wrong", "Timestamp": "2026-11-21T12:00:00Z"}),
    ("SignatureNonceUsed", {"SignatureNonce": "used", "secret": None}),
    ("Ram.PermissionDeny", {"key": "powerless", "SignatureNonce": "fresh"}),
    ("System.LimitControl", {"key": "key", "busy": True}),
    ("MissingEnd", {"End": None, "busy": False}),
    ("InvalidEnd", {"End": "0", "CustSpaceId": FOREIGN}),
    ("Unknown.ResourceOwnerId", {"End": str(METRIC["End"]), "CustSpaceId": FOREIGN}),
    ("DetailError.TemplateNotExist", {"CustSpaceId": SPACE, "TemplateCode": "1"}),
    ("OK", {"TemplateCode": TEMPLATE}),
]


@pytest.mark.parametrize("level", range(len(STEPS)), ids=[code for code, _ in STEPS])
def test_a_call_is_checked_in_the_documented_order(cams, level):
    """
    Of several faults the earliest check speaks: with faults 1 to n mended, fault n + 1 is heard.
    """
    faults: dict[str, Any] = {}
    for _, fault in reversed(STEPS[level:]):
        faults |= fault
    runtime = Runtime(Settings(throttle=0.02), world_file(), cams.runtime.clock)
    first = replace(cams, runtime=runtime)
    if faults.pop("busy", False):
        first.read("GetChatappTemplateMetric", **METRIC)
    runtime.nonces.use("1000", "used", runtime.clock.wall())
    caller = replace(
        first, key=faults.pop("key", "key"), security_token=faults.pop("token", None), secret=faults.pop("secret", None)
    )
    method = faults.pop("method", "GET")
    response = caller.send(caller.v1("GetChatappTemplateMetric", METRIC, method=method, common=faults))

    assert re.search(rb'(?:<Code>|"Code":")([A-Za-z.]+)', response.body)[1].decode() == STEPS[level][0]


@pytest.mark.parametrize("form", [False, True])
def test_v1_without_a_format_is_refused_in_xml(cams, form):
    """
    The default format is XML, for errors of the gateway and for failures of the product.
    """
    unknown = cams.v1("Nothing", form=form, method="POST", common={"Format": None})
    denied = replace(cams, key="powerless")
    failed = cams.v1(
        "ListMessageCampaign",
        LIST | {"Page": {"Index": 0, "Size": 1}},
        form=form,
        method="POST",
        common={"Format": "xml"},
    )

    assert_cams_error(cams.send(unknown), status=404, code="InvalidAction.NotFound", message=API_NOT_FOUND, xml=True)
    denial = denied.send(denied.v1("ListMessageCampaign", LIST, common={"Format": ""}))
    assert_cams_error(
        denial,
        status=400,
        code="Ram.PermissionDeny",
        message="You are not authorized to perform the operation.",
        xml=True,
    )
    assert b"<AccessDeniedDetail><AuthAction>cams:ListMessageCampaign</AuthAction>" in denial.body
    failure = cams.send(failed)
    assert failure.body.endswith(b"<Success>false</Success></ListMessageCampaignResponse>")
    assert header(failure, "content-type") == "text/xml;charset=utf-8"


def test_the_xml_error_is_the_recorded_one(cams):
    """
    Element by element an XML error is the one that users of the vendor have posted, its link in CDATA.
    """
    response = cams.send(cams.v1("ListMessageCampaign", common={"Format": None, "Version": "2017-05-25"}))
    id_ = header(response, "x-acs-request-id")

    assert response.body.decode() == (
        f"<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>{id_}</RequestId>"
        "<HostId>cams.ap-southeast-1.aliyuncs.com</HostId><Code>InvalidVersion</Code>"
        "<Message>Specified parameter Version is not valid.</Message><Recommend><![CDATA[https://api.aliyun.com/"
        f"troubleshoot?q=InvalidVersion&product=cams&requestId={id_}]]></Recommend></Error>"
    )
    assert_cams_error(
        cams.send(cams.v1("ListMessageCampaign", common={"Format": "YAML"})),
        status=400,
        code="InvalidParameter.Format",
        message="Specified parameter format is not valid.",
        xml=True,
    )
