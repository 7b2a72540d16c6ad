"""Calls that are refused, each as a function that sends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mockserver.pipeline import Request, Response, Runtime
from mockserver.settings import Settings
from tests.cams import JSON, Cams, altered, reworded
from tests.cams_arguments import minimal
from tests.cams_world import (
    ACCOUNT,
    ACTIVE,
    PAGE,
    SPACE,
    TEMPLATE,
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


def valid(name: str, **changes: Any) -> Send:
    """The fewest arguments of *name* that are answered, with *changes*."""
    return lambda cams: cams.call(name, **{**minimal(name), **changes})


def after(first: str, more: Mapping[str, Any], name: str, **changes: Any) -> Send:
    """A valid call of *name* with *changes*, after one of *first* that is answered, in a world that is new."""

    def send(cams: Cams) -> Response:
        cams.runtime.reset()
        replace(cams, asked=[]).read(first, **{**minimal(first), **more})
        return valid(name, **changes)(cams)

    return send


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
