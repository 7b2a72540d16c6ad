"""What is asked of CAMS: every operation that reads, and one bad input for each cheap refusal."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..ask import Ask
from ..outcomes import OutOfScope
from ..property import Live
from ..wire import Answer
from ..words_cams import ERRORS
from .probes import How, Probe, Refusal, filled
from .scout import Scouted

_PLACE = {"CustSpaceId": "<space>", "PageId": "<page>"}
_CAMPAIGN = {**_PLACE, "AdAccountId": "<cams_account>", "CampaignId": "<cams_campaign>"}
_METRIC = {"CustSpaceId": "<template_space>", "TemplateCode": "<template>", "Start": "<start>", "End": "<end>"}
_LIST, _METRICS, _ACCOUNTS = "ListMessageCampaign", "GetChatappTemplateMetric", "ListPageAdAccount"
_INSIGHTS = "GetMessageCampaignInsights"
_HOUR = 3600

# name, action, parameters, whether every property must come
_GOOD: tuple[tuple[str, str, Mapping[str, Any], bool], ...] = (
    (_LIST, _LIST, {**_PLACE, "Page": {"Index": 1, "Size": 25}}, True),
    (f"{_LIST} beyond the end", _LIST, {**_PLACE, "Page": {"Index": 9999, "Size": 25}}, False),
    (_ACCOUNTS, _ACCOUNTS, _PLACE, True),
    (_INSIGHTS, _INSIGHTS, _CAMPAIGN, True),
    (_METRICS, _METRICS, {**_METRIC, "TemplateType": "WHATSAPP"}, True),
    (f"{_METRICS} by half hours", _METRICS, {**_METRIC, "Start": "<last>", "Granularity": "HALF_HOUR"}, True),
)
# the error, the parameter that it names, operation, parameters, how the call is changed
_BAD: tuple[tuple[str, str, str, Mapping[str, Any], Mapping[str, Any]], ...] = (
    ("InvalidAction.NotFound", "", _ACCOUNTS, {}, {"action": "ListNonsense"}),
    ("InvalidVersion", "", _ACCOUNTS, _PLACE, {"version": "2020-06-07"}),
    ("Missing", "PageId", _LIST, {"CustSpaceId": "<space>", "Page": {"Index": 1, "Size": 1}}, {}),
    ("Missing", "TemplateCode", _METRICS, {"Start": "<start>", "End": "<end>"}, {}),
    ("Missing", "CampaignId", _INSIGHTS, {**_PLACE, "AdAccountId": "<cams_account>"}, {}),
    ("Invalid", "Granularity", _METRICS, {**_METRIC, "Granularity": "NONSENSE"}, {}),
    ("InvalidParameter.PageInvalid", "", _LIST, {**_PLACE, "Page": {"Index": 0, "Size": 1}}, {}),
    ("DetailError.TemplateNotExist", "", _METRICS, {**_METRIC, "TemplateCode": "1"}, {}),
    ("Unknown.ResourceOwnerId", "", _ACCOUNTS, {**_PLACE, "CustSpaceId": "cams-nonsense"}, {}),
    ("InvalidTimeStamp.Expired", "", _ACCOUNTS, _PLACE, {"late": _HOUR}),
    ("Ram.PermissionDeny", "", _ACCOUNTS, _PLACE, {"key": "powerless"}),
)


def probes() -> Iterator[Probe]:
    """The probes of CAMS, good ones first."""
    for name, action, parameters, whole in _GOOD:
        yield Probe(f"cams: {name}", "cams", action, _call(action, parameters, {}), whole=whole)
    for row, parameter, operation, parameters, changed in _BAD:
        live = Live.MOCK if "key" in changed else Live.SAFE
        how = _call(operation, parameters, changed)
        yield Probe(f"cams: {row}{parameter}", "cams", operation, how, _refusal(row, parameter), live)


def _refusal(row: str, parameter: str) -> Refusal:
    error = ERRORS[row]
    code = (error.code or row).replace("{parameter}", parameter)
    shown = error.message.replace("{parameter}", parameter)
    return Refusal(row, code, (error.status,), shown, pattern=error.text(parameter))


def _call(operation: str, parameters: Mapping[str, Any], changed: Mapping[str, Any]) -> How:
    def how(ask: Ask, scouted: Scouted) -> Answer:
        asked = filled(parameters, operation, scouted)
        signed = {name: value for name, value in changed.items() if name == "version"}
        if "late" in changed:
            signed["at"] = ask.target.wall() - changed["late"]
        if "key" in changed:
            signed["key"] = _specimen(ask, changed["key"])
        sent = {name: value for name, value in asked.items() if value != ""}
        return ask.cams.call(changed.get("action", operation), sent, **signed)

    return how


def _specimen(ask: Ask, kind: str) -> Any:
    assert ask.profile.cams
    if kind not in ask.profile.cams.keys:
        raise OutOfScope(f"the profile has no {kind} key")
    return ask.profile.cams.keys[kind]
