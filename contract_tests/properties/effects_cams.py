"""What each parameter of CAMS does: questions that differ in it alone, or why it does nothing."""

from collections.abc import Callable, Sequence
from typing import Any

from mockserver.contract.load import load

from ..ask import Ask
from ..found_cams import (
    ACCOUNTS,
    DAY,
    INSIGHTS,
    LIST,
    METRIC,
    NAMES,
    UNKNOWN,
    campaigns,
    midnight,
    switched_on,
    templates,
    valid,
)
from ..found_others import OTHERS
from ..outcomes import OutOfScope
from ..wire import Answer
from . import effects_others
from .effects import Question, Table, register

HOUR = DAY // 24
STATUSES = ("AVAILABLE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED", "DELETED", "ARCHIVED")
OWNER = "Recorded: OwnerId, ResourceOwnerAccount and ResourceOwnerId are accepted by every SDK and ignored."
ISV = "Assumed: IsvCode verifies a RAM user that an ISV has authorized; no such user is in a world."
_ALL = load("cams").operations
_OWNERS = ("OwnerId", "ResourceOwnerAccount", "ResourceOwnerId")


def asked(name: str, parameter: str, *values: Any) -> Callable[[Ask], Sequence[Question]]:
    """A valid call as it is, and with each of *values* as *parameter*."""

    def questions(ask: Ask) -> Sequence[Question]:
        whole = valid(ask, name)
        return [Question(name, whole), *(Question(name, {**whole, parameter: value}) for value in values)]

    return questions


def own(parameter: str, row_name: str) -> Callable[[Ask], Sequence[Question]]:
    """The list for a campaign's own value of *parameter*, and for one that no campaign has."""

    def questions(ask: Ask) -> Sequence[Question]:
        place, row = campaigns(ask)[0]
        whole = {**place.asked, "Page": {"Index": 1, "Size": 5}}
        return [Question(LIST, {**whole, parameter: value}) for value in (row[row_name], UNKNOWN)]

    return questions


def statuses(ask: Ask) -> Sequence[Question]:
    """The list of a page with campaigns, for each status."""
    place, _ = campaigns(ask)[0]
    whole = {**place.asked, "Page": {"Index": 1, "Size": 5}}
    return [Question(LIST, {**whole, "Status": status}) for status in STATUSES]


def pages(name: str, *pairs: tuple[int, int]) -> Callable[[Ask], Sequence[Question]]:
    """Pages of the longest list by Index and Size; there must be two campaigns."""

    def questions(ask: Ask) -> Sequence[Question]:
        places = [place for place, _ in campaigns(ask)]
        longest = max(places, key=places.count)
        if places.count(longest) < 2:
            raise OutOfScope(f"no list is long enough for two values of {name}")
        return [Question(LIST, {**longest.asked, "Page": {"Index": index, "Size": size}}) for index, size in pairs]

    return questions


def measured(ask: Ask) -> tuple[dict[str, Any], int, int]:
    """The parameters of metrics of a template that has some, and the first and last millisecond that they tell of."""
    end = midnight(ask) - DAY
    for template in [one for one in templates(ask) if one.space_id == switched_on(ask).id][:5]:
        whole = {"TemplateCode": template.code, "CustSpaceId": template.space_id, "Start": end - 9 * DAY, "End": end}
        rows = ask.cams.rows(METRIC, whole)
        if rows and end - rows[0]["Start"] > HOUR:
            return whole, rows[0]["Start"], end
    raise OutOfScope("no template has metrics")


def metrics(parameter: str, *values: Any) -> Callable[[Ask], Sequence[Question]]:
    """Metrics with each of *values*, or from or to the first and the middle of what there is."""

    def questions(ask: Ask) -> Sequence[Question]:
        whole, first, last = measured(ask)
        middle = (first + last) // 2
        times = {"Start": (first, middle), "End": (middle, last)}.get(parameter, values)
        return [Question(METRIC, {**whole, parameter: value}) for value in times]

    return questions


def template(parameter: str, value: str) -> Callable[[Ask], Sequence[Question]]:
    """Metrics as they are, and with *value* as *parameter*; a mock refuses it even where there are no metrics."""

    def questions(ask: Ask) -> Sequence[Question]:
        whole = valid(ask, METRIC) if ask.exact else measured(ask)[0]
        return [Question(METRIC, whole), Question(METRIC, {**whole, parameter: value})]

    return questions


def answer(ask: Ask, question: Question) -> Answer:
    """Ask it."""
    return ask.cams.call(question.where, question.asked)


def content(told: Answer) -> Any:
    """What an answer says, but for its ids."""
    return {"status": told.status, **{name: told.error.get(name) for name in ("Code", "Message", "Data", "Total")}}


def base(ask: Ask, name: str) -> Question:
    """A valid call of the operation *name*."""
    return Question(name, valid(ask, name))


EFFECTS: dict[tuple[str, str], Callable[[Ask], Sequence[Question]]] = {
    **{(name, "CustSpaceId"): asked(name, "CustSpaceId", UNKNOWN) for name in NAMES},
    **{(name, "PageId"): asked(name, "PageId", UNKNOWN) for name in (ACCOUNTS, LIST, INSIGHTS)},
    **{(INSIGHTS, name): asked(INSIGHTS, name, UNKNOWN) for name in ("AdAccountId", "CampaignId")},
    (LIST, "AdAccountId"): own("AdAccountId", "AdAccountId"),
    (LIST, "CampaignId"): own("CampaignId", "CampaignId"),
    (LIST, "CampaignName"): own("CampaignName", "CampaignName"),
    (LIST, "Status"): statuses,
    (LIST, "Page"): pages("Page", (1, 1), (1, 2)),
    (LIST, "Page.Index"): pages("Page.Index", (1, 1), (2, 1)),
    (LIST, "Page.Size"): pages("Page.Size", (1, 1), (1, 2)),
    (METRIC, "TemplateCode"): template("TemplateCode", UNKNOWN),
    (METRIC, "TemplateType"): template("TemplateType", "VIBER"),
    (METRIC, "Language"): template("Language", "zz"),
    (METRIC, "Granularity"): metrics("Granularity", "DAILY", "HALF_HOUR"),
    (METRIC, "Start"): metrics("Start"),
    (METRIC, "End"): metrics("End"),
    **effects_others.EFFECTS,
}
IGNORED = {
    **{(name, one): OWNER for name in _ALL for one in _OWNERS if one in _ALL[name].parameters},
    **{(name, "IsvCode"): ISV for name in _ALL if "IsvCode" in _ALL[name].parameters},
    **effects_others.IGNORED,
}
TABLE = Table(
    vendor="cams",
    answer=answer,
    content=content,
    effects=EFFECTS,
    ignored=IGNORED,
    ignored_values={
        "OwnerId": 1,
        "ResourceOwnerAccount": "somebody@example.com",
        "ResourceOwnerId": 2,
        "IsvCode": "skdi3kksloslikd",
    },
    refused={},
    refused_values={},
    served={},
    base=base,
    others=OTHERS,
)
register(TABLE)
