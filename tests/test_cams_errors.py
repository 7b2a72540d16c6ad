"""Every error of CAMS, in the vendor's words and shape, and the order in which a call is checked."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from mockserver.pipeline import Request, Response, Runtime
from mockserver.settings import Settings
from mockserver.vendors.cams.errors import ERRORS
from tests.cams import JSON, Cams, altered, assert_cams_error, header, reworded
from tests.cams_world import (
    ACCOUNT,
    ACTIVE,
    FOREIGN,
    FOREIGN_TEMPLATE,
    OTHER_PAGE,
    PAGE,
    SECOND,
    SECOND_PAGE,
    SPACE,
    TEMPLATE,
    UNSUBSCRIBED,
    UNSUBSCRIBED_TEMPLATE,
    UTILITY,
    VIBER,
    world_file,
)

LIST = {"CustSpaceId": SPACE, "PageId": PAGE, "Page": {"Index": 1, "Size": 5}}
INSIGHTS = {"CustSpaceId": SPACE, "PageId": PAGE, "AdAccountId": ACCOUNT, "CampaignId": ACTIVE}
METRIC = {"TemplateCode": TEMPLATE, "Start": 1_790_000_000_000, "End": 1_795_000_000_000}
API_NOT_FOUND = "Specified api is not found, please check your url and method."
NOT_FOREIGN = "The resource does not belong to the current user."

Send = Callable[[Cams], Response]


@dataclass(frozen=True)
class Case:
    """A row of the error table, a call that provokes it, and what that call must hear."""

    row: str
    send: Send
    status: int
    code: str
    message: str
    success: bool | None


def cases(row: str, status: int, message: str, *sends: Send, code: str = "", success: bool | None = None) -> list[Case]:
    return [Case(row, send, status, code or row, message, success) for send in sends]


def missing(parameter: str, *sends: Send) -> list[Case]:
    return cases("Missing", 400, f"{parameter} is mandatory for this action.", *sends, code=f"Missing{parameter}")


def missing_header(name: str, *sends: Send) -> list[Case]:
    return cases("MissingHeader", 400, f"Specified header {name} is mandatory for this action.", *sends)


def invalid(parameter: str, *sends: Send) -> list[Case]:
    message = f"Specified parameter {parameter} is not valid."
    return cases("Invalid", 400, message, *sends, code=f"Invalid{parameter}")


def changed(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def listed(**changes: Any) -> Send:
    return lambda cams: cams.call("ListMessageCampaign", **changed(LIST, changes))


def insights(**changes: Any) -> Send:
    return lambda cams: cams.call("GetMessageCampaignInsights", **changed(INSIGHTS, changes))


def metric(**changes: Any) -> Send:
    return lambda cams: cams.call("GetChatappTemplateMetric", **changed(METRIC, changes))


def enable(**values: Any) -> Send:
    return lambda cams: cams.call("EnableWhatsappROIMetric", **values)


def as_key(key: str, send: Send, **more: Any) -> Send:
    return lambda cams: send(replace(cams, key=key, **more))


def v3(method: str = "POST", **headers: str | None) -> Send:
    """A good V3 call but for some headers, which are signed as they are."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda cams: cams.send(cams.v3("ListMessageCampaign", LIST, method=method, headers=sent))


def v3_spoilt(**headers: str | None) -> Send:
    """A V3 call whose headers were changed after it was signed."""
    return lambda cams: cams.send(altered(cams.v3("ListMessageCampaign", LIST), **headers))


def v1(**common: str | None) -> Send:
    """A good V1 call but for some common parameters, which are signed as they are."""
    return lambda cams: cams.send(cams.v1("ListMessageCampaign", LIST, common=common))


def v1_spoilt(**common: str | None) -> Send:
    """A V1 call whose parameters were changed after it was signed."""
    return lambda cams: cams.send(reworded(cams.v1("ListMessageCampaign", LIST), **common))


def bearer(token: str) -> Send:
    headers = {"x-acs-action": "ListMessageCampaign", "x-acs-version": "2020-06-06", "x-acs-bearer-token": token}
    return raw(Request("POST", "/", "", {name: value for name, value in headers.items() if value}))


def raw(request: Request) -> Send:
    return lambda cams: cams.send(request)


def json_body(body: bytes) -> Send:
    return lambda cams: cams.send(cams.v3("ListMessageCampaign", body=body, headers=JSON))


def elsewhere(cams: Cams) -> Response:
    return cams.send(replace(cams.v3("ListMessageCampaign", LIST), path="/v21.0"))


def twice(cams: Cams) -> Response:
    request = cams.v3("ListMessageCampaign", LIST)
    assert cams.send(request).status == 200
    return cams.send(request)


def too_often(cams: Cams) -> Response:
    throttled = replace(cams, runtime=Runtime(Settings(), world_file(), cams.runtime.clock))
    for _ in range(5):
        throttled.read("EnableWhatsappROIMetric")
    return throttled.call("EnableWhatsappROIMetric")


CASES = [
    *cases(
        "InvalidParameter.Format",
        400,
        "Specified parameter format is not valid.",
        *[json_body(body) for body in (b"{", b"[]", b"null", b"[" * 5000, b"\xff")],
        raw(Request("POST", "/", "&".join(f"a{n}=1" for n in range(200_000)), {"x-acs-action": "A"})),
    ),
    *cases(
        "UnsupportedHTTPMethod",
        400,
        "This http method not supported.",
        *[v3(method) for method in ("PUT", "DELETE", "HEAD", "OPTIONS", "get", "")],
    ),
    *cases(
        "InvalidAction.NotFound",
        404,
        API_NOT_FOUND,
        lambda cams: cams.call("listMessageCampaign"),
        lambda cams: cams.call("Nothing"),
        lambda cams: cams.call("ListMessageCampaign "),
        elsewhere,
    ),
    *cases(
        "not_served",
        404,
        f"{API_NOT_FOUND} (SendChatappMessage exists in CAMS 2020-06-06 and is not served by this mock server yet.)",
        lambda cams: cams.call("SendChatappMessage"),
        lambda cams: cams.send(cams.v1("SendChatappMessage")),
        code="InvalidAction.NotFound",
    ),
    *cases(
        "InvalidVersion",
        400,
        "Specified parameter Version is not valid.",
        v3(x_acs_version="2017-05-25"),
        v1(Version="2017-05-25"),
        v1(Version="2020-6-6"),
    ),
    *cases(
        "InvalidAccessKeyId.NotFound",
        404,
        "Specified access key is not found.",
        as_key("LTAInobody", listed()),
        as_key("STS.nobody", listed(), security_token="token"),
        as_key("KEY", listed()),
    ),
    *cases(
        "InvalidAccessKeyId.Inactive",
        400,
        "Specified access key is disabled.",
        as_key("inactive", listed()),
        as_key("inactive", listed(), security_token="token"),
    ),
    *cases(
        "IncompleteSignature",
        400,
        "The request signature does not conform to Aliyun standards.",
        v3_spoilt(authorization="ACS3-HMAC-SHA256 Credential=key"),
        v3_spoilt(x_acs_version="2020-06-06", host=None),
        v1_spoilt(Signature=""),
    ),
    *cases(
        "InvalidSignatureMethod",
        400,
        "Specified signature method is not valid.",
        v3_spoilt(authorization="ACS3-RSA-SHA256 Credential=key,SignedHeaders=host,Signature=a"),
        v1(SignatureMethod="HMAC-SHA256"),
    ),
    *cases(
        "InvalidTimeStamp.Format",
        400,
        "Specified time stamp or date value is not well formatted.",
        v3(x_acs_date="Sat, 21 Nov 2026 12:00:00 GMT"),
        v3(x_acs_date="20261121T120000Z"),
        v1(Timestamp="2026-02-30T12:00:00Z"),
        v1(Timestamp="2026-11-21T12:00:60Z"),
        v1(Timestamp="2026-11-21T12:00:00+00:00"),
        v1(Timestamp="２０26-11-21T12:00:00Z"),
    ),
    *cases(
        "InvalidTimeStamp.Expired",
        400,
        "Specified time stamp or date value is expired.",
        v3(x_acs_date="2026-11-21T11:00:00Z"),
        v1(Timestamp="2026-11-21T13:00:00Z"),
        v1(Timestamp="0001-01-01T00:00:00Z"),
        v1(Timestamp="9999-12-31T23:59:59Z"),
    ),
    *cases("SignatureNonceUsed", 400, "Specified signature nonce was used already.", twice),
    *cases(
        "Ram.PermissionDeny",
        400,
        "You are not authorized to perform the operation.",
        as_key("powerless", listed()),
        as_key("reader", enable()),
        as_key("temporary-reader", listed(), security_token="token"),
        bearer("weak-bearer"),
    ),
    *cases("System.LimitControl", 400, "The system is under flow control.", too_often),
    *cases(
        "Product.Unsubscript",
        400,
        "You have not subscribed to the specified product.",
        listed(CustSpaceId=UNSUBSCRIBED),
        insights(CustSpaceId=UNSUBSCRIBED),
        enable(CustSpaceId=UNSUBSCRIBED),
        as_key("nobody", enable()),
        as_key("nobody", metric()),
        metric(TemplateCode=UNSUBSCRIBED_TEMPLATE),
    ),
    *cases(
        "Unknown.ResourceOwnerId",
        400,
        NOT_FOREIGN,
        *[listed(**one) for one in ({"CustSpaceId": "nowhere"}, {"CustSpaceId": FOREIGN}, {"PageId": "999"})],
        *[listed(**one) for one in ({"AdAccountId": "503"}, {"AdAccountId": "act_act_501"}, {"CustSpaceId": SECOND})],
        *[insights(CampaignId=one) for one in ("1", OTHER_PAGE, "71", "act_501", "8501")],
        insights(PageId=SECOND_PAGE),
        insights(AdAccountId="502"),
        enable(CustSpaceId=FOREIGN),
        as_key("other", listed()),
        as_key("other", metric()),
        metric(TemplateCode=FOREIGN_TEMPLATE),
        metric(CustSpaceId=SECOND),
    ),
    *cases(
        "InvalidParameter.PageInvalid",
        200,
        "The Page parameter format is invalid.",
        *[
            listed(Page=page)
            for page in (
                "1",
                "[]",
                "{",
                "null",
                "[" * 5000,
                {"Index": 0, "Size": 5},
                {"Index": 1, "Size": 0},
                {"Index": -1, "Size": 5},
                {"Index": "x", "Size": 5},
                {"Index": 1.5, "Size": 5},
                {"Index": 1.0, "Size": 5},
                {"Index": 10**30, "Size": 5},
                {"Index": 1, "Size": True},
                {"Index": None, "Size": 5},
            )
        ],
        success=False,
    ),
    *cases(
        "InvalidParameter.TemplateTypeNotSupport",
        200,
        "The template type is not supported.",
        metric(TemplateCode=UTILITY),
        metric(TemplateCode=VIBER),
    ),
    *cases(
        "DetailError.TemplateNotExist",
        200,
        "The template does not exist.",
        metric(TemplateCode="1"),
        metric(Language="fr"),
        metric(Language="EN"),
    ),
    *missing("Action", v1(Action=None), raw(Request("POST", "/", "Format=JSON"))),
    *missing("Version", v1(Version=None)),
    *missing("AccessKeyId", bearer(""), v1(AccessKeyId=None)),
    *missing("Signature", v1_spoilt(Signature=None)),
    *missing("Timestamp", v1(Timestamp="")),
    *missing("SignatureNonce", v1(SignatureNonce=None)),
    *missing("SecurityToken", as_key("STS.key", listed()), as_key("temporary", listed())),
    *missing("CustSpaceId", listed(CustSpaceId=None), listed(CustSpaceId="")),
    *missing("Page", listed(Page=None), listed(Page="")),
    *missing(
        "Page.Size", listed(Page={"Index": 1}), listed(Page={"Index": "x"}), listed(Page={"Index": 1}, OwnerId="me")
    ),
    *missing("End", metric(Start=None, End=None)),
    *missing("Start", metric(Start="")),
    *missing("TemplateCode", metric(TemplateCode=None, Granularity="WEEKLY")),
    *missing_header("x-acs-action", v3(x_acs_action=None)),
    *missing_header("x-acs-version", v3(x_acs_version="")),
    *missing_header("x-acs-date", v3(x_acs_date=None)),
    *missing_header("x-acs-signature-nonce", v3(x_acs_signature_nonce="")),
    *missing_header("x-acs-content-sha256", v3(x_acs_content_sha256=None)),
    *invalid("SecurityToken", as_key("temporary", listed(), security_token="wrong")),
    *invalid("SecurityToken", as_key("reader", listed(), security_token="token")),
    *invalid("BearerToken", bearer("nobody's")),
    *invalid("TemplateType", metric(TemplateType="VIBER")),
    *invalid("Granularity", metric(Granularity="WEEKLY"), metric(Granularity="daily")),
    *invalid("OwnerId", listed(OwnerId="me")),
    *invalid("Start", metric(Start="yesterday"), metric(Start=-1), metric(Start=10**18), metric(Start=10**40)),
    *invalid("End", metric(End=METRIC["Start"]), metric(End=0), metric(End="9" * 19), metric(End="2026-11-21")),
]


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

    assert named == set(ERRORS) - {"not_served"}
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
