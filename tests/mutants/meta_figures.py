"""Graph figures that do not follow from their counts, or that do not add up."""

from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from mockserver.world.entities import Account
from mockserver.world.periods import Span
from mockserver.world.rows import Row as WorldRow
from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import each, rows, values, worked_out
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import around
from tests.mutants.words import META_RATES, M

FILTERS = "mockserver.vendors.meta.insight_filters"
Row = dict[str, Any]
_SIX = Decimal("0.000001")


def _ratio(part: Any, whole: Any, times: int = 100, rounding: str = ROUND_HALF_UP) -> str:
    if not Decimal(whole) or not Decimal(part):
        return "0"
    return str((Decimal(part) * times / Decimal(whole)).quantize(_SIX, rounding))


def _rate(name: str, part: str, whole: str, times: int = 100, rounding: str = ROUND_HALF_UP) -> Any:
    """The rate *name* as if it were *part* of *whole*."""
    return worked_out(
        M + name,
        lambda row: _ratio(row.get(M + part, 0), row.get(M + whole, 0), times, rounding),
        (M + part, M + whole),
    )


def _nan(row: Row) -> None:
    row.update({name: "NaN" for name in row if "_rate" in name and "benchmark" not in name and row[name] == "0"})


def _fails_on_zero(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    if asked.operation == "insights" and any(row.get(f"{M}cost_per_delivered") == "0" for row in reply.rows):
        return reply.holding({"error": {"message": "division by zero", "type": "Exception", "code": 1}}, 500)
    return reply


def _mean_of_days(asked: Asked, inner: Inner) -> Reply:
    """The read rate of a whole range is the mean of its days' rates."""
    reply, name = inner(asked), f"{M}read_rate"
    whole = asked.operation == "insights" and "time_increment" not in asked.parameters
    if not whole or len(reply.rows) != 1 or name not in reply.rows[0]:
        return reply
    days = inner(asked.having(time_increment="1", limit="5000")).rows
    mean = sum((Decimal(day[name]) for day in days), Decimal(0)) / max(len(days), 1)
    return reply.listing([{**reply.rows[0], name: str(mean.quantize(_SIX)) if mean else "0"}])


def _alone_is_more(found: list[Row], asked: Asked) -> None:
    name = f"{M}link_btn_click"
    if asked.parameters.get("fields", "") == name:
        for row in found:
            row[name] = str(int(row[name]) + 1)


def _seen_from_account(found: list[Row], asked: Asked) -> None:
    if asked.path.split("/")[-2].startswith("act_") and asked.parameters.get("level") == "campaign":
        for row in found:
            row.update(
                {name: str(int(row[name]) * 9 // 10) for name in (f"{M}delivered", "impressions") if name in row}
            )


def _more_read_than_delivered(row: Row) -> None:
    delivered, read = row.get(f"{M}delivered"), row.get(f"{M}read")
    if delivered is not None and read is not None:
        row[f"{M}delivered"], row[f"{M}read"] = read, delivered


def _without_deleted(sender: Any, world: Any, node: Any, choice: Any = None) -> Any:
    found = sender(world, node, choice)
    if not isinstance(node, Account):
        return found
    kept = tuple(ad for ad in found.ads if ad.adset.campaign.status != "DELETED")
    return replace(found, key=(found.key, "not deleted"), ads=kept)


def _without_delivery_info(named: Any, filtering: Any, level: str) -> Any:
    return named([entry for entry in filtering if not entry["field"].endswith("delivery_info")], level)


def _named_anywhere(named: Any, filtering: Any, level: str) -> Any:
    status = any(entry["field"].endswith("effective_status") for entry in filtering)
    return frozenset({"ARCHIVED", "DELETED"}) if status else named(filtering, level)


def _of_the_living(passing: Any, world: Any, *asked: Any) -> Any:
    return (one for one in passing(world, *asked) if _status(world, one) not in ("ARCHIVED", "DELETED"))


def _status(world: Any, id_: str) -> str:
    node = world.node(id_)
    return str(world.effective_status(node)) if node else ""


def _long_ranges_cut(total: Any, world: Any, row: WorldRow) -> Any:
    span = row.span
    if (span.until - span.since).days < 60 or span.since.year < 2000:
        return total(world, row)
    return total(world, row._replace(span=Span(span.since + timedelta(days=1), span.until)))


def _roas(row: Row, change: Any) -> None:
    for entry in row.get("website_purchase_roas", ()):
        entry["value"] = change(Decimal(entry["value"]))


def _by_type_twice(row: Row) -> None:
    if row.get("actions"):
        row["actions"] = [*row["actions"], row["actions"][0]]


MUTANTS = (
    Mutant("meta-row-created", "time", "Rows say that their object was never changed.", "META-F8",
           each(lambda row: row.update({"updated_time": row["created_time"]} if "created_time" in row else {}),
                "insights")),
    Mutant("meta-row-goal", "row", "Every optimization_goal is REACH.", "META-F8",
           values(("optimization_goal",), lambda _: "REACH", "insights")),
    Mutant("meta-rate-cut", "rounding", "Rates are cut after six decimals and not rounded half up.", "META-I1",
           _rate("link_btn_click_rate", "link_btn_click", "delivered", 100, ROUND_DOWN)),
    Mutant("meta-cost-rounded-up", "rounding", "The cost of a click is cut, not rounded half up.", "META-I2",
           _rate("cost_per_link_btn_click", "spend", "link_btn_click", 1, ROUND_DOWN)),
    Mutant("meta-click-rate-read", "rate", "Click rates are by read messages.", "META-I1",
           _rate("link_btn_click_rate", "link_btn_click", "read")),
    Mutant("meta-read-rate-sent", "rate", "Read rates are by sent messages.", "META-I4",
           _rate("read_rate", "read", "sent")),
    Mutant("meta-delivery-rate-turned", "rate", "Delivery rates are sent by delivered.", "META-I5",
           _rate("delivery_rate", "sent", "delivered")),
    Mutant("meta-quick-rate-link", "rate", "Quick reply rates count the link clicks.", "META-I6",
           _rate("quick_reply_btn_click_rate", "link_btn_click", "delivered")),
    Mutant("meta-rate-fraction", "rate", "Rates are fractions of one, not per cent.", "META-I7",
           values(META_RATES, lambda text: _ratio(text, 100, 1), "insights")),
    Mutant("meta-cost-by-sent", "rate", "The cost of a delivered message is by those sent.", "META-I3",
           _rate("cost_per_delivered", "spend", "sent", 1)),
    Mutant("meta-costs-swapped", "rate", "The cost of a click is that of a delivered message.", "META-I2",
           _rate("cost_per_link_btn_click", "spend", "delivered", 1)),
    Mutant("meta-roas-turned", "rate", "ROAS is spend by value.", "META-I8",
           each(lambda row: _roas(row, lambda value: f"{1 / value:.2f}" if value else "0"), "insights")),
    Mutant("meta-rate-mean", "rate", "The rate of a range is the mean of its days' rates.", "META-I9", _mean_of_days),
    Mutant("meta-rate-nan", "rate", "A rate of nothing delivered is NaN.", "META-I23", each(_nan, "insights")),
    Mutant("meta-zero-division", "rate", "Nothing delivered makes the answer fail with 500.", "META-I23",
           _fails_on_zero),
    Mutant("meta-alone-differs", "count", "Link clicks asked for alone are one more than beside other fields.",
           "META-F1", rows(_alone_is_more, "insights")),
    Mutant("meta-read-over-delivered", "count", "Delivered and read messages are swapped.", "META-I20",
           each(_more_read_than_delivered, "insights")),
    Mutant("meta-parent-differs", "count", "A campaign's row counts less where its account is asked.", "META-G2",
           rows(_seen_from_account, "insights")),
    Mutant("meta-gone-listed", "count", "Below another object, what is archived or deleted has rows too.", "META-G9",
           around(f"{FILTERS}:_named", lambda *_: frozenset({"ARCHIVED", "DELETED"}))),
    Mutant("meta-archived-listed", "count", "Below another object, what is archived has rows too.", "META-G9",
           around(f"{FILTERS}:_named", lambda named, *asked: named(*asked) | {"ARCHIVED"})),
    Mutant("meta-gone-for-good", "count", "What is deleted has no rows, though its status is asked for.", "META-G9",
           around(f"{FILTERS}:_named", lambda named, *asked: named(*asked) - {"DELETED"})),
    Mutant("meta-archived-for-good", "count", "What is archived has no rows by delivery_info.", "META-G9",
           around(f"{FILTERS}:_named", _without_delivery_info)),
    Mutant("meta-gone-silent", "count", "What is deleted tells nothing by its own id.", "META-G9",
           around(f"{FILTERS}:read", lambda read, filtering, level, _: read(filtering, level, "account"))),
    Mutant("meta-dead-with-the-living", "filter", "A status of campaigns lists deleted ads.", "META-G10",
           around(f"{FILTERS}:_named", _named_anywhere)),
    Mutant("meta-filter-of-children", "filter", "A filter on ads takes deleted ones out of rows.", "META-G11",
           around("mockserver.vendors.meta.insight_choice:_passing_ids", _of_the_living)),
    Mutant("meta-deleted-dropped", "count", "The account's totals leave out deleted campaigns.", "META-G8",
           around("mockserver.world.now:World.sender", _without_deleted)),
    Mutant("meta-long-range-short", "count", "Ranges of 60 days and more leave out their first day.", "META-T1",
           around("mockserver.world.now:World.total", _long_ranges_cut)),
    Mutant("meta-actions-repeated", "count", "The first action type is listed twice.", "META-A5",
           each(_by_type_twice, "insights")),
)  # fmt: skip
