"""Vendors that tell one campaign differently, each in itself without a fault; and printed examples that are not met."""

# a wrapper has the arguments of what it stands for

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.mutants.bend import Asked
from tests.mutants.bends import each, rows, values
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import around
from tests.mutants.words import ACCOUNTS, CAMPAIGNS, INSIGHTS, METRIC, M, P

Row = dict[str, Any]
_SIX = Decimal("0.000001")


def _ratio(part: Decimal, whole: Decimal, times: int = 100) -> str:
    return str((part * times / whole).quantize(_SIX, ROUND_HALF_UP)) if part and whole else "0"


def _consistently(change: Any) -> Any:
    """*change* edits delivered, clicks and spend of CAMS insights; what follows from them follows."""

    def edit(row: Row) -> None:
        counts = {name: Decimal(row[P + name]) for name in ("Delivered", "LinkBtnClick", "Spend")}
        change(counts)
        delivered, clicks, spend = counts.values()
        row[f"{P}Delivered"], row[f"{P}LinkBtnClick"] = str(delivered), str(clicks)
        row[f"{P}Spend"] = f"{spend:.2f}" if spend else "0"
        row[f"{P}LinkBtnClickRate"] = _ratio(clicks, delivered)
        row[f"{P}CostPerDelivered"] = _ratio(Decimal(f"{spend:.2f}"), delivered, 1)
        row[f"{P}CostPerLinkBtnClick"] = _ratio(Decimal(f"{spend:.2f}"), clicks, 1)

    return each(edit, INSIGHTS)


def _one_click_less(counts: dict[str, Decimal]) -> None:
    counts["LinkBtnClick"] -= 1 if counts["LinkBtnClick"] else 0


def _in_euros(counts: dict[str, Decimal]) -> None:
    counts["Spend"] *= Decimal("0.92")


def _day(by: int) -> Any:
    return lambda text: (date.fromisoformat(text) + timedelta(days=by)).isoformat()


def _read_rate(row: Row) -> None:
    row[f"{P}ReadRate"] = _ratio(Decimal(row[f"{P}ReadRate"]), Decimal("100.01"))


def _other_names(told: Any, record: Any, name: str) -> Any:
    found = told(record, name)
    below = type(record.thing).__name__ in ("AdSet", "Ad")
    return f"{found} (copy)" if name == "name" and below else found


def _unlisted(found: list[Row], asked: Asked) -> list[Row]:
    """The campaign whose id is greatest is not listed where one page holds them all."""
    del asked
    return [row for row in found if not row["CampaignId"].endswith(("0", "5"))]


def _unrecorded(row: Row) -> None:
    name = f"{M}delivery_rate"
    if row.get(name) == "0" and row.get(f"{M}delivered", "0") != "0":
        row[name] = "100"


def _cents(row: Row) -> None:
    row["Budget"] //= 100


def _six_decimals(told: Any, name: str, entries: Any, spend: int, decimals: int) -> Any:
    del decimals
    return told(name, entries, spend, 6)


MUTANTS = (
    Mutant("cams-across-clicks", "across", "CAMS tells one click less than Graph.", "BOTH-X1",
           _consistently(_one_click_less)),
    Mutant("cams-across-euros", "across", "CAMS tells spend in another currency.", "BOTH-X1", _consistently(_in_euros)),
    Mutant("cams-across-read-rate", "across", "CAMS tells a slightly lower read rate.", "BOTH-X1",
           each(_read_rate, INSIGHTS)),
    Mutant("cams-across-date-stop", "across", "CAMS tells a DateStop a day early.", "BOTH-X1",
           values(("DateStop",), _day(-1), INSIGHTS)),
    Mutant("cams-across-date-start", "across", "CAMS tells a DateStart a day early.", "CAMS-I4",
           values(("DateStart",), _day(-1), INSIGHTS)),
    Mutant("cams-across-name", "across", "CAMS cuts names after 12 characters.", "BOTH-X3",
           values(("CampaignName",), lambda text: text[:12], CAMPAIGNS)),
    Mutant("cams-across-created", "across", "CAMS tells creation times an hour late.", "BOTH-X3",
           values(("CreateTime",), lambda at: at + 3_600_000, CAMPAIGNS)),
    Mutant("cams-across-budget", "across", "CAMS tells budgets in whole units.", "BOTH-X3", each(_cents, CAMPAIGNS)),
    Mutant("cams-across-budget-type", "across", "CAMS calls every budget daily.", "BOTH-X3",
           values(("BudgetType",), lambda _: "daily", CAMPAIGNS)),
    Mutant("cams-across-status", "across", "CAMS calls every campaign AVAILABLE.", "BOTH-X4",
           values(("Status",), lambda _: "AVAILABLE", CAMPAIGNS)),
    Mutant("cams-across-currency", "across", "CAMS tells every ad account in USD.", "BOTH-X5",
           values(("Currency",), lambda _: "USD", ACCOUNTS)),
    Mutant("cams-across-account-name", "across", "CAMS tells ad accounts' names in capitals.", "BOTH-X5",
           values(("AdAccountName",), lambda text: text.upper(), ACCOUNTS)),
    Mutant("cams-across-unlisted", "across", "CAMS does not list campaigns whose id ends in 0 or 5.", "BOTH-X3",
           rows(_unlisted, CAMPAIGNS)),
    Mutant("meta-across-names", "across", "Graph calls ads and ad sets copies.", "BOTH-X3",
           around("mockserver.vendors.meta.columns:Record.__getitem__", _other_names)),
    Mutant("meta-example-delivery", "example", "A delivery rate without a record of what was sent is 100.", "META-S15",
           each(_unrecorded, "insights"), world="docs"),
    Mutant("meta-example-roas", "example", "ROAS is told with six decimals.", "META-D14",
           around("mockserver.vendors.meta.actions:told", _six_decimals),
           world="docs"),
    Mutant("cams-example-template", "example", "Of the messages in the printed example one fewer was delivered.",
           "CAMS-D14",
           each(lambda row: row.update(DeliveredCount=max(row["DeliveredCount"] - 1, row["ReadCount"])), METRIC),
           world="docs"),
)  # fmt: skip
