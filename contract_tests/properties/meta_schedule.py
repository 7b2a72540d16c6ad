"""When the ads of a mock's world file deliver, and what that has cost."""

from collections.abc import Iterator
from datetime import date

from ..ask import Ask, time_range
from ..dates import DAY, Span, earliest, iso_instant
from ..expect import holds, number, same
from ..found import Account
from ..property import Live, contract
from .meta_lists import some_accounts
from .meta_presets import LIFETIME_BEFORE
from .meta_rows import RECORDED, Row, every_row, span_of, spread
from .meta_world import PAGE, campaigns, objects


def schedule(adset: Row, ad: Row) -> Span:
    """The first and the last day of *ad*, far away where there is none."""
    last = min(adset.get("end_date", "9999-12-31"), ad.get("stopped_on", "9999-12-31"))
    return date.fromisoformat(adset["start_date"]), date.fromisoformat(last)


@contract(
    "META-O5",
    "An ad delivers while it is scheduled, and then alone",
    sentence="Assumed of a mock: an ad delivers from its ad set's first day to its last, or until it was stopped.",
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=2,
    examples=4,
)
def while_scheduled(ask: Ask) -> None:
    """No row of a day outside start_date to min(end_date, stopped_on); the first and the last day have one."""
    account = ask.account()
    today = ask.today(account)
    ads = {ad["id"]: (ad, schedule(above[1], ad)) for edge, ad, above in objects(ask, account) if edge == "ads"}
    starts = {start for _, (start, _) in ads.values() if earliest(today) <= start <= today}
    first = ask.one_of(sorted(starts), "first day")
    span = max(first - 5 * DAY, earliest(today)), min(first + 45 * DAY, today)
    asked = {"level": "ad", "time_increment": 1, "fields": "ad_id,impressions", "time_range": time_range(span)}
    told: dict[str, dict[date, int]] = {one: {} for one in ads}
    for row in every_row(ask, f"{account.id}/insights", **asked):
        told[row["ad_id"]][span_of(row)[0]] = int(row["impressions"])
    for one, days in told.items():
        ad, (start, stop) = ads[one]
        strange = [str(day) for day in days if not start <= day <= stop]
        same(strange, [], f"ad {one} delivers while it is scheduled")
        ends = [day for day in (start, stop) if span[0] <= day <= span[1]] if start < stop and "pins" not in ad else []
        if max((days.get(day + step, 0) for day in ends for step in (DAY, -DAY)), default=0) >= 200:
            same([str(day) for day in ends if day not in days], [], f"ad {one} delivers on its first and last day")


@contract(
    "META-O6",
    "An ad account's amount_spent is what its rows say, in hundredths",
    sentence="Assumed: amount_spent is in hundredths of the account's currency, and of all time.",
    page=RECORDED,
    kind="identity",
    live=Live.MOCK,
    calls=2,
    examples=1,
)
def amount_spent(ask: Ask) -> None:
    """amount_spent = 100 · spend of all time, at least that of the last 37 months."""
    for account in some_accounts(ask):
        row = ask.graph.row(account.id, date_preset="maximum", fields="spend") or {"spend": "0"}
        told = ask.graph.ok(account.id, {"fields": "amount_spent"}).json
        spent, spend = number(told.get("amount_spent"), "amount_spent"), number(row["spend"], "spend") * 100
        starts = [adset["start_date"] for one in campaigns(ask, account) for adset in one["adsets"]]
        kept = max(earliest(ask.today(account)), account.created).isoformat()
        if all(start >= kept for start in starts):
            same(str(spent), str(spend.to_integral_value()), "amount_spent is what the rows say")
        holds(spent >= spend, "amount_spent is no less than what the rows say", str(spent), str(spend))


@contract(
    "META-O8",
    "An older message campaign's lifetime is its schedule",
    sentence="On success, your app receives a JSON object with the number of messages delivered, the read rate, and the"
    " start and stop date of the messaging campaign. Assumed: of campaigns created before 1 March 2025.",
    page="Measure Campaign Performance on Marketing Message API for Messenger",
    kind="honoured",
    live=Live.MOCK,
    calls=20,
    examples=1,
)
def lifetime_is_the_schedule(ask: Ask) -> None:
    """Without dates the row of an older object is dated from its first scheduled day to its last, or today."""
    for account in some_accounts(ask):
        today = ask.today(account)
        for one, spans in spread(ask, list(_old(ask, account))):
            wanted = min(start for start, _ in spans), min(max(stop for _, stop in spans), today)
            told = {span_of(row) for row in ask.graph.insights(one, fields="impressions")}
            holds(told <= {wanted}, "the lifetime of an older campaign is its schedule", told, wanted)


def _old(ask: Ask, account: Account) -> Iterator[tuple[str, list[Span]]]:
    """Campaigns, ad sets and ads from before March, with the schedules of their ads."""
    for campaign in campaigns(ask, account):
        if iso_instant(campaign["created_time"]).date() >= LIFETIME_BEFORE - DAY:
            continue
        yield campaign["id"], [schedule(adset, ad) for adset in campaign["adsets"] for ad in adset["ads"]]
        for adset in campaign["adsets"]:
            yield adset["id"], [schedule(adset, ad) for ad in adset["ads"]]
            for ad in adset["ads"]:
                if iso_instant(ad["created_time"]).date() < LIFETIME_BEFORE - DAY:
                    yield ad["id"], [schedule(adset, ad)]
