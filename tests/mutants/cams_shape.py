"""CAMS answers of the wrong type, format or precision, and figures that do not follow from their counts."""

# a wrapper has the arguments of what it stands for

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from tests.mutants.bend import Asked
from tests.mutants.bends import bodies, each, values
from tests.mutants.catalogue import Mutant
from tests.mutants.words import (
    ACCOUNTS,
    ACTIONS,
    CAMPAIGNS,
    CAMS_COSTS,
    CAMS_COUNTS,
    CAMS_RATES,
    INSIGHTS,
    METRIC,
    P,
)

Row = dict[str, Any]
_SIX = Decimal("0.000001")
METRIC_COUNTS = ("SentCount", "DeliveredCount", "ReadCount")


def _follows(name: str, part: str, whole: str, times: int = 100, rounding: str = ROUND_HALF_UP) -> Any:
    """The figure *name* as if it were *part* of *whole*."""

    def edit(row: Row) -> None:
        of, by = Decimal(row[P + part]), Decimal(row[P + whole])
        row[P + name] = str((of * times / by).quantize(_SIX, rounding)) if of and by else "0"

    return each(edit, INSIGHTS)


def _put(**parts: Any) -> Any:
    """The whole body says this too; None leaves a part out."""

    def edit(body: Row, asked: Asked) -> None:
        del asked
        for name, value in parts.items():
            if value is None or name in body:
                body.pop(name, None)
            if value is not None:
                body[name] = value

    return bodies(edit, *ACTIONS)


def _null_for_none(body: Row, asked: Asked) -> None:
    del asked
    if body.get("Data") == []:
        body["Data"] = None


def _one_object(body: Row, asked: Asked) -> None:
    del asked
    if len(body.get("Data") or ()) == 1:
        body["Data"] = body["Data"][0]


def _dates_swapped(row: Row) -> None:
    row["DateStart"], row["DateStop"] = row["DateStop"], row["DateStart"]


def _sample(row: Row) -> None:
    """What the vendor's printed example shows."""
    row[f"{P}CostPerDelivered"], row[f"{P}CostPerLinkBtnClick"] = row[f"{P}Delivered"], row[f"{P}LinkBtnClick"]


def _one_rate(row: Row) -> None:
    row.update(dict.fromkeys(CAMS_RATES, row[f"{P}ReadRate"]))


def _buttons(change: Any) -> Any:
    def edit(row: Row) -> None:
        for button in row["Cliented"]:
            change(button)

    return each(edit, METRIC)


def _cut(places: int) -> Any:
    return lambda text: str(Decimal(text).quantize(Decimal(1).scaleb(-places), ROUND_DOWN)) if "." in text else text


MUTANTS = (
    Mutant("cams-count-number", "type", "Counts of insights are JSON numbers.", "CAMS-S1",
           values(CAMS_COUNTS, int, INSIGHTS)),
    Mutant("cams-rate-number", "type", "Rates of insights are JSON numbers.", "CAMS-S1",
           values(CAMS_RATES, float, INSIGHTS)),
    Mutant("cams-metric-text", "type", "Counts of template metrics are text.", "CAMS-S1",
           values(METRIC_COUNTS, str, METRIC)),
    Mutant("cams-click-text", "type", "Counts of button clicks are text.", "CAMS-S1",
           _buttons(lambda button: button.update(Count=str(button["Count"])))),
    Mutant("cams-budget-text", "type", "Budgets are text.", "CAMS-S1", values(("Budget",), str, CAMPAIGNS)),
    Mutant("cams-total-text", "type", "Total is text.", "CAMS-S1",
           bodies(lambda body, asked: body.update(Total=str(body["Total"])), CAMPAIGNS)),
    Mutant("cams-success-text", "type", "Success is the word true.", "CAMS-S1",
           bodies(lambda body, asked: body.update(Success="true"), INSIGHTS, CAMPAIGNS, ACCOUNTS)),
    Mutant("cams-success-missing", "type", "Success is missing.", "CAMS-S3",
           bodies(lambda body, asked: body.pop("Success"), INSIGHTS, CAMPAIGNS, ACCOUNTS)),
    Mutant("cams-message-missing", "type", "Message is missing.", "CAMS-S1", _put(Message=None)),
    Mutant("cams-code-number", "type", "Code is 200 for a good answer.", "CAMS-S1", _put(Code=200)),
    Mutant("cams-extra-key", "type", "Bodies hold a key that no page knows.", "CAMS-S2", _put(TraceId="0a1b")),
    Mutant("cams-data-null", "type", "Data is null where there is nothing.", "CAMS-L7",
           bodies(_null_for_none, INSIGHTS, CAMPAIGNS, METRIC)),
    Mutant("cams-data-object", "type", "A single record stands in Data without its list.", "CAMS-S1",
           bodies(_one_object, INSIGHTS, ACCOUNTS)),
    Mutant("cams-name-missing", "type", "Ad accounts have no name.", "CAMS-S1",
           each(lambda row: row.pop("AdAccountName"), ACCOUNTS)),
    Mutant("cams-button-content-missing", "type", "URL buttons have no content.", "CAMS-S1",
           _buttons(lambda button: button.pop("ButtonContent") if button["Type"] == "url_button" else None)),
    Mutant("cams-button-type", "format", "Button types are in capitals.", "CAMS-S1",
           _buttons(lambda button: button.update(Type=button["Type"].upper()))),
    Mutant("cams-create-seconds", "format", "CreateTime is in seconds.", "CAMS-S4",
           values(("CreateTime",), lambda at: at // 1000, CAMPAIGNS)),
    Mutant("cams-create-text", "format", "CreateTime is a text of digits.", "CAMS-S1",
           values(("CreateTime",), str, CAMPAIGNS)),
    Mutant("cams-metric-seconds", "format", "Start and End of buckets are in seconds.", "CAMS-S4",
           values(("Start", "End"), lambda at: at // 1000, METRIC)),
    Mutant("cams-date-compact", "format", "Dates are printed 20261121.", "CAMS-S4",
           values(("DateStart", "DateStop"), lambda day: day.replace("-", ""), INSIGHTS)),
    Mutant("cams-dates-swapped", "format", "DateStart and DateStop are swapped.", "CAMS-I3",
           each(_dates_swapped, INSIGHTS)),
    Mutant("cams-money-cents", "format", "Spend is told in cents.", "CAMS-S4",
           values((f"{P}Spend",), lambda text: str(int(Decimal(text) * 100)), INSIGHTS)),
    Mutant("cams-percent-sign", "format", "Rates have a per cent sign.", "CAMS-S4",
           values(CAMS_RATES, lambda text: f"{text}%", INSIGHTS)),
    Mutant("cams-status-lower", "format", "Statuses are in lower case.", "CAMS-L8",
           values(("Status",), lambda text: text.lower(), CAMPAIGNS)),
    Mutant("cams-rate-two", "rounding", "Rates have two decimals.", "CAMS-S4", values(CAMS_RATES, _cut(2), INSIGHTS)),
    Mutant("cams-cost-cut", "rounding", "The cost of a delivered message is cut, not rounded half up.", "CAMS-I1",
           _follows("CostPerDelivered", "Spend", "Delivered", 1, ROUND_DOWN)),
    Mutant("cams-cost-cents", "rounding", "Costs have two decimals.", "CAMS-I1", values(CAMS_COSTS, _cut(2), INSIGHTS)),
    Mutant("cams-click-rate-turned", "rate", "Click rates are delivered by clicks.", "CAMS-I1",
           _follows("LinkBtnClickRate", "Delivered", "LinkBtnClick")),
    Mutant("cams-rate-fraction", "rate", "Rates are fractions of one.", "CAMS-I1",
           values(CAMS_RATES, lambda text: str(Decimal(text) / 100), INSIGHTS)),
    Mutant("cams-costs-swapped", "rate", "The cost of a click is that of a delivered message.", "CAMS-I1",
           _follows("CostPerLinkBtnClick", "Spend", "Delivered", 1)),
    Mutant("cams-costs-are-counts", "rate", "Costs repeat the counts, as the printed example does.", "CAMS-I1",
           each(_sample, INSIGHTS)),
    Mutant("cams-one-rate", "rate", "All rates repeat the read rate, as in the printed example.", "CAMS-I1",
           each(_one_rate, INSIGHTS)),
)  # fmt: skip
