"""Every error of CAMS, in the vendor's words and shape, and the order in which a call is checked."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from mockserver.contract.load import load
from mockserver.pipeline import Request, Response, Runtime
from mockserver.settings import Settings
from mockserver.vendors.cams.errors import ERRORS
from tests.cams import JSON, Cams, altered, assert_cams_error
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
from tests.conftest import Hands

LIST = {"CustSpaceId": SPACE, "PageId": PAGE, "Page": {"Index": 1, "Size": 5}}
INSIGHTS = {"CustSpaceId": SPACE, "PageId": PAGE, "AdAccountId": ACCOUNT, "CampaignId": ACTIVE}
METRIC = {"TemplateCode": TEMPLATE, "Start": 1_790_000_000_000, "End": 1_795_000_000_000}
API_NOT_FOUND = "Specified api is not found, please check your url and method."


@dataclass(frozen=True)
class Case:
    """A row of the error table, a call that provokes it, and what that call must hear."""

    name: str
    send: Callable[[Cams], Response]
    status: int
    code: str
    message: str
    success: bool | None = None


def listed(**changes: Any) -> Callable[[Cams], Response]:
    return lambda cams: cams.call("ListMessageCampaign", **without_none(LIST, changes))


def insights(**changes: Any) -> Callable[[Cams], Response]:
    return lambda cams: cams.call("GetMessageCampaignInsights", **without_none(INSIGHTS, changes))


def metric(**changes: Any) -> Callable[[Cams], Response]:
    return lambda cams: cams.call("GetChatappTemplateMetric", **without_none(METRIC, changes))


def without_none(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def as_key(key: str, send: Callable[[Cams], Response], **more: Any) -> Callable[[Cams], Response]:
    return lambda cams: send(replace(cams, key=key, **more))


def v3(**headers: str | None) -> Callable[[Cams], Response]:
    """A good V3 call but for some headers, which are signed as they are."""
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda cams: cams.send(cams.v3("ListMessageCampaign", LIST, headers=changed))


def v3_spoilt(**headers: str | None) -> Callable[[Cams], Response]:
    """A V3 call whose headers were changed after it was signed."""
    return lambda cams: cams.send(altered(cams.v3("ListMessageCampaign", LIST), **headers))


def v1(**common: str | None) -> Callable[[Cams], Response]:
    """A good V1 call but for some common parameters, which are signed as they are."""
    return lambda cams: cams.send(cams.v1("ListMessageCampaign", LIST, common=common))


def raw(request: Request) -> Callable[[Cams], Response]:
    return lambda cams: cams.send(request)


def json_body(body: bytes) -> Callable[[Cams], Response]:
    return lambda cams: cams.send(cams.v3("ListMessageCampaign", body=body, headers=JSON))


def twice(cams: Cams) -> Response:
    request = cams.v3("ListMessageCampaign", LIST)
    assert cams.send(request).status == 200
    return cams.send(request)


def too_often(cams: Cams) -> Response:
    throttled = replace(cams, runtime=Runtime(Settings(), world_file(), cams.runtime.clock))
    for _ in range(5):
        throttled.read("EnableWhatsappROIMetric")
    return throttled.call("EnableWhatsappROIMetric")


def missing(parameter: str) -> tuple[int, str, str]:
    return 400, f"Missing{parameter}", f"{parameter} is mandatory for this action."


def invalid(parameter: str) -> tuple[int, str, str]:
    return 400, f"Invalid{parameter}", f"Specified parameter {parameter} is not valid."


def missing_header(header: str) -> tuple[int, str, str]:
    return 400, "MissingHeader", f"Specified header {header} is mandatory for this action."


def row(name: str, status: int, message: str) -> tuple[str, tuple[int, str, str]]:
    return name, (status, name, message)


FORMAT = row("InvalidParameter.Format", 400, "Specified parameter format is not valid.")
METHOD = row("UnsupportedHTTPMethod", 400, "This http method not supported.")
NOT_FOUND = row("InvalidAction.NotFound", 404, API_NOT_FOUND)
VERSION = row("InvalidVersion", 400, "Specified parameter Version is not valid.")
UNKNOWN_KEY = row("InvalidAccessKeyId.NotFound", 404, "Specified access key is not found.")
INACTIVE_KEY = row("InvalidAccessKeyId.Inactive", 400, "Specified access key is disabled.")
INCOMPLETE = row("IncompleteSignature", 400, "The request signature does not conform to Aliyun standards.")
SIGNATURE_METHOD = row("InvalidSignatureMethod", 400, "Specified signature method is not valid.")
TIME_FORMAT = row(
    "InvalidTimeStamp.Format", 400, "Specified time stamp or date value is not well formatted."
)
EXPIRED = row("InvalidTimeStamp.Expired", 400, "Specified time stamp or date value is expired.")
NONCE_USED = row("SignatureNonceUsed", 400, "Specified signature nonce was used already.")
DENIED = row("Ram.PermissionDeny", 400, "You are not authorized to perform the operation.")
LIMIT = row("System.LimitControl", 400, "The system is under flow control.")
UNSUBSCRIPT = row("Product.Unsubscript", 400, "You have not subscribed to the specified product.")
FOREIGNER = row("Unknown.ResourceOwnerId", 400, "The resource does not belong to the current user.")
PAGE_INVALID = row("InvalidParameter.PageInvalid", 200, "The Page parameter format is invalid.")
TEMPLATE_TYPE = row("InvalidParameter.TemplateTypeNotSupport", 200, "The template type is not supported.")
NO_TEMPLATE = row("DetailError.TemplateNotExist", 200, "The template does not exist.")

CASES = [
    Case(name, send, *expected)
    for (name, expected), sends in [
        (FORMAT, [v1(Format="YAML"), v1(Format="json "), json_body(b"{"), json_body(b"[]"), json_body(b"[" * 5000)]),
        (FORMAT, [raw(Request("POST", "/", "&".join(f"a{n}=1" for n in range(200_000)), {"x-acs-action": "A"}))]),
        (METHOD, [lambda cams: cams.send(cams.v3("ListMessageCampaign", LIST, method="PUT"))]),
        (METHOD, [lambda cams: cams.send(cams.v3("ListMessageCampaign", LIST, method="get"))]),
        (NOT_FOUND, [lambda cams: cams.call("listMessageCampaign"), lambda cams: cams.call("Nothing")]),
        (NOT_FOUND, [lambda cams: cams.send(replace(cams.v3("ListMessageCampaign", LIST), path="/v21.0"))]),
        (VERSION, [v3(x_acs_version="2017-05-25"), v1(Version="2017-05-25")]),
        (UNKNOWN_KEY, [as_key("LTAInobody", listed()), as_key("STS.nobody", listed(), security_token="token")]),
        (INACTIVE_KEY, [as_key("inactive", listed()), as_key("inactive", listed(), security_token="token")]),
        (INCOMPLETE, [v3_spoilt(authorization="ACS3-HMAC-SHA256 Credential=key"), v1(Format="JSON", Signature="")]),
        (SIGNATURE_METHOD, [v3_spoilt(authorization="ACS3-RSA-SHA256 x"), v1(SignatureMethod="HMAC-SHA256")]),
        (TIME_FORMAT, [v3(x_acs_date="Sat, 21 Nov 2026 12:00:00 GMT"), v1(Timestamp="2026-02-30T12:00:00Z")]),
        (TIME_FORMAT, [v1(Timestamp="2026-11-21T12:00:00+00:00"), v1(Timestamp="２０26-11-21T12:00:00Z")]),
        (EXPIRED, [v3(x_acs_date="2026-11-21T11:00:00Z"), v1(Timestamp="2026-11-21T13:00:00Z")]),
        (EXPIRED, [v1(Timestamp="0001-01-01T00:00:00Z"), v1(Timestamp="9999-12-31T23:59:59Z")]),
        (NONCE_USED, [twice]),
        (DENIED, [as_key("powerless", listed()), as_key("temporary-reader", listed(), security_token="token")]),
        (LIMIT, [too_often]),
        (UNSUBSCRIPT, [listed(CustSpaceId=UNSUBSCRIBED), insights(CustSpaceId=UNSUBSCRIBED)]),
        (UNSUBSCRIPT, [as_key("nobody", lambda cams: cams.call("EnableWhatsappROIMetric"))]),
        (UNSUBSCRIPT, [as_key("nobody", metric()), metric(TemplateCode=UNSUBSCRIBED_TEMPLATE)]),
        (FOREIGNER, [listed(CustSpaceId="nowhere"), listed(CustSpaceId=FOREIGN), listed(PageId="999")]),
        (FOREIGNER, [listed(AdAccountId="503"), listed(AdAccountId="act_act_501"), listed(CustSpaceId=SECOND)]),
        (FOREIGNER, [insights(CampaignId="1"), insights(CampaignId=OTHER_PAGE), insights(CampaignId="71")]),
        (FOREIGNER, [insights(PageId=SECOND_PAGE), insights(AdAccountId="502"), insights(CampaignId="act_501")]),
        (FOREIGNER, [as_key("other", listed()), as_key("other", metric())]),
        (FOREIGNER, [metric(TemplateCode=FOREIGN_TEMPLATE), metric(CustSpaceId=SECOND)]),
    ]
    for send in sends
]
CASES += [Case("Missing", send, *missing(parameter)) for parameter, send in [
    ("Action", v1(Action=None)),
    ("Version", v1(Version=None)),
    ("Action", raw(Request("POST", "/", "Format=JSON"))),
    ("AccessKeyId", lambda cams: cams.send(Request("POST", "/", "", {"x-acs-action": "ListMessageCampaign", "x-acs-version": "2020-06-06"}))),
    ("Signature", v1(Signature=None)),
    ("AccessKeyId", v1(AccessKeyId=None)),
    ("Timestamp", v1(Timestamp="")),
    ("SignatureNonce", v1(SignatureNonce=None)),
    ("SecurityToken", as_key("STS.key", listed())),
    ("SecurityToken", as_key("temporary", listed())),
    ("CustSpaceId", listed(CustSpaceId=None)),
    ("CustSpaceId", listed(CustSpaceId="")),
    ("Page", listed(Page="")),
    ("Page.Size", listed(Page={"Index": 1})),
    ("Page.Index", listed(Page={"Size": "x"})),
    ("End", metric(Start=None, End=None)),
    ("Start", metric(Start="")),
]]
