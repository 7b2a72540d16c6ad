"""Graph insights up to today, which counts, and of days to come, which do not."""

from datetime import date, timedelta

from hypothesis import strategies as st

from ..ask import Ask, time_range
from ..dates import DAY, earliest
from ..expect import holds, same
from ..outcomes import OutOfScope
from ..property import Live, contract
from .meta_rows import PAGE, RECORDED, Row, busy, every_row, span_of


@contract(
    "META-T8",
    "Days to come add nothing",
    sentence="Recorded: a future `until` is accepted; rows simply stop at today. Assumed: date_stop is that asked for.",
    page=RECORDED,
    kind="metamorphic",
    live=Live.MOCK,
    calls=4,
    examples=8,
)
def until_in_the_future(ask: Ask) -> None:
    """f[a, today] = f[a, d] for every d > today, and days to come have no rows."""
    node = ask.node()
    today = ask.today(node.account)
    since = max(min(busy(ask, node)[0], today - 20 * DAY), earliest(today))
    until = today + timedelta(days=ask.draw(st.integers(1, 500), "days ahead"))
    for increment in ("all_days", 1):
        told, ahead = (
            every_row(ask, f"{node.id}/insights", time_range=time_range((since, last)), time_increment=increment)
            for last in (today, until)
        )
        same(_undated(ahead), _undated(told), "days to come add nothing")
        stops = {span_of(row)[1] for row in ahead}
        right = stops <= {until} if increment == "all_days" else all(day <= today for day in stops)
        holds(right, "date_stop is the day asked for, or a day that has come", stops, until)


def _undated(rows: list[Row]) -> list[Row]:
    return [{name: value for name, value in row.items() if name != "date_stop"} for row in rows]


@contract(
    "META-T9",
    "Today counts, and whole",
    sentence="Assumed: today counts whole from its first minute, so that an answer is the same at any time of the day.",
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=2,
    examples=3,
)
def today_counts(ask: Ask) -> None:
    """An ad that has run for a fortnight and goes on delivers today too, as on its other days."""
    account = ask.account()
    today, running = ask.today(account), _running(ask, account.number, ask.today(account))
    span = max(today - 14 * DAY, earliest(today)), today
    asked = {"level": "ad", "fields": "ad_id,impressions", "time_increment": 1, "time_range": time_range(span)}
    days: dict[str, dict[date, int]] = {}
    for row in every_row(ask, f"{account.id}/insights", **asked):
        days.setdefault(row["ad_id"], {})[span_of(row)[0]] = int(row["impressions"])
    past = {ad: [count for day, count in days[ad].items() if day < today] for ad in sorted(running & days.keys())}
    steady = [ad for ad, counts in past.items() if len(counts) == 14 and min(counts) >= 50]
    for ad in steady:
        least, told = max(past[ad]) * 15 // 100, days[ad].get(today, 0)
        holds(told >= least, f"ad {ad} delivers today as on other days", told, f">= {least}")
    if not steady:
        raise OutOfScope("no ad has been running for a fortnight")


def _running(ask: Ask, account: str, today: date) -> set[str]:
    """The ads of the world file that neither are pinned nor have ended."""
    if ask.profile.world is None:
        raise OutOfScope("only a world file tells what is running")
    day = today.isoformat()
    return {
        ad["id"]
        for campaign in ask.profile.world["campaigns"]
        for adset in campaign["adsets"]
        for ad in adset["ads"]
        if campaign["account_id"] == account
        and "pins" not in ad
        and min(adset.get("end_date", day), ad.get("stopped_on", day)) >= day
    }


@contract(
    "META-T11",
    "Thirty-seven months are kept, to the day",
    sentence="maximum: up to 37 months. Recorded: the start date of the time range cannot be beyond 37 months from the"
    " current date.",
    page=RECORDED,
    kind="honoured",
    live=Live.TOLERANT,
    calls=3,
    examples=3,
)
def the_first_day_kept(ask: Ask) -> None:
    """A range from the same day 37 months ago is answered, and to today it is `maximum` of an account as old."""
    account = ask.account()
    today = ask.today(account)
    first = earliest(today) if ask.exact else earliest(today) + timedelta(days=2)
    ask.graph.insights(account.id, time_range=time_range((first, first)), fields="spend")
    whole = every_row(
        ask, f"{account.id}/insights", time_range=time_range((first, today)), level="ad", fields="ad_id,spend"
    )
    if ask.exact and account.created <= first:
        every = every_row(ask, f"{account.id}/insights", date_preset="maximum", level="ad", fields="ad_id,spend")
        same(every, whole, "maximum is the range from 37 months ago to today")
