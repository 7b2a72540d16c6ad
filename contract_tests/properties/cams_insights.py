"""GetMessageCampaignInsights: one row for the whole delivery, whose rates and costs follow from its counts."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ..ask import Ask
from ..expect import holds, near, number, numbers, same
from ..found_cams import INSIGHTS, Place, campaigns, evenly, full_places, named, spread, todays
from ..outcomes import OutOfScope
from ..property import Live, contract
from .cams_lists import HIDDEN, whole
from .cams_world import schedules, world

PAGE = "Chat App Message Service: GetMessageCampaignInsights"
DELIVERED, CLICKS, SPEND = "MarketingMessagesDelivered", "MarketingMessagesLinkBtnClick", "MarketingMessagesSpend"
READ_RATE, DELIVERY_RATE = "MarketingMessagesReadRate", "MarketingMessagesDeliveryRate"
RATIOS = {  # each rate or cost: what it is made of, and times what
    "MarketingMessagesLinkBtnClickRate": (CLICKS, DELIVERED, 100),
    "MarketingMessagesCostPerDelivered": (SPEND, DELIVERED, 1),
    "MarketingMessagesCostPerLinkBtnClick": (SPEND, CLICKS, 1),
}
MOST, QUICK, FEW = 300, 14, 3
ENOUGH = 500  # cents a day for which some message is sent
_HOW: dict[str, Any] = {"page": PAGE, "examples": 1}
Row = dict[str, Any]


def rounded(value: Decimal) -> str:
    """*value* half up with 6 decimals; nothing prints as 0."""
    exact = value.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    return str(exact) if exact else "0"


def told(ask: Ask, quick: int = QUICK) -> Iterator[tuple[Row, list[Row]]]:
    """Each message campaign that is listed, and its rows of insights; at the quick effort *quick* of them."""
    for place, row in spread(ask, evenly(campaigns(ask), MOST), quick if ask.exact else FEW):
        yield row, ask.cams.rows(INSIGHTS, named(place, row))


@contract(
    "CAMS-I1", "Rates and costs follow from the counts, to the printed digit",
    sentence="The percentage of delivered messages that resulted in a link click. The average cost for each"
    " delivered message. The average cost for each message link click.", live=Live.TOLERANT, calls=45,
    kind="identity", **_HOW,
)  # fmt: skip
def ratios_follow(ask: Ask) -> None:
    """Clicks/delivered · 100, spend/delivered, spend/clicks, half up with 6 decimals; over nothing they are 0."""
    for _, rows in told(ask, MOST):
        for row in rows:
            for name, (part, base, scale) in RATIOS.items():
                over, under = numbers(row, part, base)
                wanted = over * scale / under if under else Decimal(0)
                if ask.exact:
                    same(row[name], rounded(wanted), f"{name} is {part} over {base}")
                else:
                    near(number(row[name], name), wanted, wanted / 2 + 1, f"{name} is {part} over {base}")


@contract(
    "CAMS-I2", "Read and delivery rates are shares of whole messages",
    sentence="The number of read messages divided by the number of delivered messages. The message delivery rate.",
    live=Live.TOLERANT, calls=45, kind="identity", **_HOW,
)  # fmt: skip
def rates_are_shares(ask: Ask) -> None:
    """From 0 to 100; some whole number of messages makes each rate, to the digit."""
    for _, rows in told(ask):
        for row in rows:
            delivered = int(number(row[DELIVERED], DELIVERED))
            for name in (READ_RATE, DELIVERY_RATE, "MarketingMessagesLinkBtnClickRate"):
                rate = number(row[name], name)
                holds(0 <= rate <= 100, f"{name} is a percentage", row[name], "0 to 100")
                holds(delivered or not rate, f"{name} is 0 where nothing was delivered", row[name], "0")
            if ask.exact and delivered:
                _whole(row, delivered)


def _whole(row: Row, delivered: int) -> None:
    read = round(number(row[READ_RATE], READ_RATE) * delivered / 100)
    near_by = [rounded(Decimal(one) * 100 / delivered) for one in (read - 1, read, read + 1)]
    holds(row[READ_RATE] in near_by, "a whole number of messages was read", row[READ_RATE], near_by)
    if number(row[DELIVERY_RATE], DELIVERY_RATE):
        sent = round(Decimal(delivered) * 100 / number(row[DELIVERY_RATE], DELIVERY_RATE))
        near_by = [rounded(Decimal(delivered) * 100 / one) for one in (sent - 1, sent, sent + 1) if one]
        holds(row[DELIVERY_RATE] in near_by, "a whole number of messages was sent", row[DELIVERY_RATE], near_by)


@contract(
    "CAMS-I3", "One row tells the whole delivery, from a first to a last day",
    sentence="DateStart: The start time. DateStop: The end time.", live=Live.SAFE, calls=45, kind="cams", **_HOW,
)  # fmt: skip
def one_row_tells_it_all(ask: Ask) -> None:
    """At most one row, its days in order, nothing clicked that was not delivered, nothing negative."""
    for campaign, rows in told(ask):
        holds(len(rows) <= 1, "one message campaign makes one row at most", len(rows), "0 or 1")
        for row in rows:
            first, last = date.fromisoformat(row["DateStart"]), date.fromisoformat(row["DateStop"])
            holds(first <= last, "DateStart is not after DateStop", (row["DateStart"], row["DateStop"]), "in order")
            delivered, clicks, spend = numbers(row, DELIVERED, CLICKS, SPEND)
            holds(min(delivered, clicks, spend) >= 0, "no figure is below 0", row, "0 or more")
            if ask.exact:
                holds(clicks <= delivered, "nothing is clicked that was not delivered", clicks, f"at most {delivered}")
                _within_budget(campaign, spend, (last - first).days + 1)


def _within_budget(campaign: Row, spend: Decimal, days: int) -> None:
    most = Decimal(campaign["Budget"]) / 100 * (days if campaign["BudgetType"] == "daily" else 1)
    holds(spend <= most, "spend never passes the budget, which is in cents", str(spend), f"at most {most}")


@contract(
    "CAMS-I4", "The days are those of the message campaign's schedule",
    sentence="Spend … during its entire delivery period. Assumed: from its first scheduled day to its last one, or"
    " to today", live=Live.MOCK, calls=45, kind="cams", **_HOW,
)  # fmt: skip
def days_are_the_schedules(ask: Ask) -> None:
    """DateStart is the first scheduled day, DateStop the last one or today in the ad account's time zone."""
    known, zones = schedules(ask), {one["id"]: one["timezone_name"] for one in world(ask)["accounts"]}
    asked = 0
    for place, row in spread(ask, evenly(campaigns(ask), MOST), QUICK):
        of = known.get(row["CampaignId"])
        if of is None:
            continue
        before = todays(ask, zones[of.account])
        rows = ask.cams.rows(INSIGHTS, named(place, row))
        days = {min(day, of.last or day).isoformat() for day in before | todays(ask, zones[of.account])}
        for one in rows:
            same(one["DateStart"], of.first.isoformat(), "the delivery starts on the first scheduled day")
            holds(
                one["DateStop"] in days, "the delivery ends on the last scheduled day, or today", one["DateStop"], days
            )
            asked += 1
    if not asked:
        raise OutOfScope("no message campaign has delivered anything")


@contract(
    "CAMS-I5", "What is paused, deleted or archived still has its insights",
    sentence="Assumed: deleted objects count in insights; Data is empty before anything was delivered",
    live=Live.MOCK, calls=30, kind="cams", **_HOW,
)  # fmt: skip
def every_campaign_has_insights(ask: Ask) -> None:
    """Every campaign of every status answers with Data; what ran before has a row, what has not begun has none."""
    known = schedules(ask)
    now = max(todays(ask, "Pacific/Kiritimati"))
    hidden = [
        (place, row) for place in full_places(ask)[:6] for word in HIDDEN for row in whole(ask, place, Status=word)[:10]
    ]
    for place, row in [*hidden, *spread(ask, evenly(campaigns(ask), MOST), QUICK)]:
        rows, of = ask.cams.rows(INSIGHTS, named(place, row)), known.get(row["CampaignId"])
        if of and of.first > now:
            same(rows, [], "what has not begun has no insights")
        ran = of and of.first < now.replace(day=1) and (of.last is None or of.last > of.first)
        if of and ran and not of.pinned and of.daily > ENOUGH:
            same(len(rows), 1, f"the campaign {row['CampaignId']}, which is {row['Status']}, has insights")


def siblings(ask: Ask) -> list[tuple[Place, Row]]:
    """Two or more message campaigns of one ad set, where the world has such."""
    known = schedules(ask) if ask.profile.world else {}
    groups: dict[str, list[tuple[Place, Row]]] = {}
    for place, row in campaigns(ask):
        if row["CampaignId"] in known:
            groups.setdefault(known[row["CampaignId"]].adset, []).append((place, row))
    several = [group for group in groups.values() if len({row["CampaignId"] for _, row in group}) > 1]
    return [one for group in several[:3] for one in group[:4]]


@contract(
    "CAMS-I6", "Asked twice, the same insights; asked for another campaign, other ones",
    sentence="Assumed: reading changes nothing", live=Live.TOLERANT, calls=30, kind="metamorphic", **_HOW,
)  # fmt: skip
def insights_are_steady(ask: Ask) -> None:
    """Every campaign's row, again in the other direction; rows of different campaigns differ."""
    first = {
        row["CampaignId"]: (place, row) for place, row in [*siblings(ask), *spread(ask, evenly(campaigns(ask), 25), 6)]
    }
    there = {one: ask.cams.rows(INSIGHTS, named(*of)) for one, of in first.items()}
    back = {one: ask.cams.rows(INSIGHTS, named(*first[one])) for one in reversed(first)}
    if ask.exact:
        same(back, there, "the same question has the same answer, whatever was asked in between")
        known = schedules(ask) if ask.profile.world else {}
        own = [rows[0] for one, rows in there.items() if rows and one in known and not known[one].pinned]
        busy = [tuple(sorted(row.items())) for row in own if int(row[DELIVERED]) > 1000]
        same(len(set(busy)), len(busy), "different message campaigns have different insights")
    else:
        same(
            {one: len(rows) for one, rows in back.items()}, {one: len(rows) for one, rows in there.items()}, "rows stay"
        )
