"""Graph answers of the wrong type, format or precision."""

from decimal import ROUND_DOWN, Decimal
from typing import Any

from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import bodies, each, objects, values
from tests.mutants.catalogue import Mutant
from tests.mutants.words import META_ACTIONS, META_COSTS, META_COUNTS, META_MONEY, META_RATES

Row = dict[str, Any]


def _without_zeros(row: Row) -> None:
    for name in [name for name, value in row.items() if value == "0"]:
        del row[name]


def _nulls(row: Row) -> None:
    row.update(dict.fromkeys([name for name, value in row.items() if value == "0"], None))


def _one_object(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    if asked.operation != "insights" or len(reply.rows) != 1:
        return reply
    return reply.holding({**reply.json, "data": reply.rows[0]})


def _exponents(value: str) -> str:
    return f"{Decimal(value):.6E}" if "." in value and Decimal(value) < 1 else value


def _cut(places: int) -> Any:
    return lambda value: str(Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_DOWN)) if "." in value else value


def _no_empty_lists(row: Row) -> None:
    for one in META_ACTIONS:
        for entry in row.get(one, ()):
            entry["value"] = float(entry["value"])


def _paging_gone(body: Row, asked: Asked) -> None:
    del asked
    body.pop("paging", None)


def _numbered(row: Row) -> None:
    row["id"] = int(str(row["id"]).removeprefix("act_"))


def _in_lower_case(row: Row) -> None:
    row.update({name: row[name].lower() for name in ("status", "effective_status") if name in row})


def _spoken_time(row: Row) -> None:
    row.update({name: row[name].replace("T", " ")[:19] for name in ("created_time", "updated_time") if name in row})


def _empty_lists(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    wanted = [name for name in asked.parameters.get("fields", "").split(",") if name in META_ACTIONS]
    if asked.operation != "insights" or not reply.rows or not wanted:
        return reply
    return reply.listing([{**{name: [] for name in wanted}, **row} for row in reply.rows])


MUTANTS = (
    Mutant("meta-count-number", "type", "Counts are JSON numbers, not text.", "META-S7",
           values(META_COUNTS, int, "insights")),
    Mutant("meta-rate-number", "type", "Rates are JSON numbers.", "META-S7", values(META_RATES, float, "insights")),
    Mutant("meta-action-number", "type", "The values of actions are JSON numbers.", "META-S1",
           each(_no_empty_lists, "insights")),
    Mutant("meta-zero-null", "type", "A metric of nothing is null.", "META-I20", each(_nulls, "insights")),
    Mutant("meta-zero-left-out", "type", "A metric of nothing is left out.", "META-F3",
           each(_without_zeros, "insights")),
    Mutant("meta-data-object", "type", "A single row stands in data without its list.", "META-S2", _one_object),
    Mutant("meta-id-number", "type", "The id of an object is a JSON number.", "META-S1", objects(_numbered)),
    Mutant("meta-actions-empty", "type", "Action lists without types are empty lists.", "META-A5", _empty_lists),
    Mutant("meta-extra-key", "type", "Rows hold a key that nobody asked for.", "META-F3",
           each(lambda row: row.update(ad_internal_score="7"), "insights")),
    Mutant("meta-paging-missing", "type", "A page with rows has no paging.", "META-S10",
           bodies(_paging_gone, "insights", "campaigns", "adsets", "ads")),
    Mutant("meta-status-lower", "format", "Statuses are in lower case.", "META-S1", objects(_in_lower_case)),
    Mutant("meta-date-slashes", "format", "Dates are printed 2026/11/21.", "META-S9",
           values(("date_start", "date_stop"), lambda day: day.replace("-", "/"), "insights")),
    Mutant("meta-date-hours", "format", "Dates have a time of day.", "META-S9",
           values(("date_start", "date_stop"), lambda day: f"{day}T00:00:00", "insights")),
    Mutant("meta-time-naive", "format", "Times of objects have no offset.", "META-S1", objects(_spoken_time)),
    Mutant("meta-money-thousands", "format", "Money has thousands separators.", "META-S7",
           values(META_MONEY, lambda text: f"{Decimal(text):,}", "insights")),
    Mutant("meta-money-cents", "format", "Money is told in cents.", "META-S8",
           values(META_MONEY, lambda text: str(int(Decimal(text) * 100)), "insights")),
    Mutant("meta-money-trimmed", "format", "Money loses its trailing zeros.", "META-S8",
           values(META_MONEY, lambda text: text.rstrip("0").rstrip(".") if "." in text else text, "insights")),
    Mutant("meta-exponent", "format", "Small costs are printed with an exponent.", "META-S7",
           values(META_COSTS, _exponents, "insights")),
    Mutant("meta-zero-decimals", "format", "Zero is printed 0.000000.", "META-I23",
           values((*META_RATES, *META_COSTS), lambda text: "0.000000" if text == "0" else text, "insights")),
    Mutant("meta-rate-four", "rounding", "Rates have four decimals.", "META-S8",
           values(META_RATES, _cut(4), "insights")),
    Mutant("meta-cost-whole-cents", "rounding", "Costs are rounded to whole cents.", "META-S8",
           values(META_COSTS, _cut(2), "insights")),
    Mutant("meta-money-whole", "rounding", "Money loses its cents.", "META-I3",
           values(META_MONEY, lambda text: f"{Decimal(text):.0f}.00", "insights")),
)  # fmt: skip
