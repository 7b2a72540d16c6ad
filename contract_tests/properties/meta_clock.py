"""Another mock of the same make, whose clock is put forward: presets on other days, figures as time goes by."""

from calendar import isleap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from ..ask import Ask, time_range
from ..dates import DAY, PRESETS, iso_instant, local_day
from ..expect import same
from ..found import Account
from ..outcomes import OutOfScope
from ..property import Live, contract
from .meta_presets import SENTENCE, calendar
from .meta_rows import PAGE, Row, span_of, summed

WORLD = "default"
HOUR = 3600.0
# days on which a calendar is easily wrong: the first and the last of years, quarters and months
TURNS = ((1, 1), (1, 31), (2, 28), (3, 1), (3, 31), (4, 1), (5, 31), (7, 1), (10, 1), (12, 31))


@contextmanager
def another(ask: Ask) -> Iterator[tuple[Ask, str, Account]]:
    """The questions of *ask* put to another mock whose clock may be moved, with an ad of it that goes on delivering."""
    if ask.target.another is None or ask.target.forward is None:
        raise OutOfScope("the clock of this target cannot be put forward")
    with ask.target.another(WORLD, 0) as target:
        later = Ask(target, ask.data, ask.effort, ask.answers, ask.drawn)
        later.graph.ok("me")  # its Date tells the time
        yield later, *ask.one_of(_endless(later), "ad")


def _endless(ask: Ask) -> list[tuple[str, Account]]:
    """The ads of the world file that have begun and never end, with their accounts."""
    assert ask.profile.world
    accounts = {one["id"]: _account(one) for one in ask.profile.world["accounts"]}
    begun = (ask.target.now().date() - 90 * DAY).isoformat()
    return [
        (ad["id"], accounts[campaign["account_id"]])
        for campaign in ask.profile.world["campaigns"]
        for adset in campaign["adsets"]
        for ad in adset["ads"]
        if not {"end_date", "stopped_on", "pins"} & (adset.keys() | ad.keys()) and adset["start_date"] < begun
    ]


def _account(entry: Row) -> Account:
    created = local_day(iso_instant(entry["created_time"]), entry["timezone_name"])
    return Account(f"act_{entry['id']}", entry["currency"], entry["timezone_name"], created, entry["name"])


def put_forward(ask: Ask, seconds: float) -> None:
    """Move the clock of *ask*'s mock, and have it tell the time."""
    assert ask.target.forward is not None
    ask.target.forward(seconds)
    ask.graph.ok("me")


def until_midnight(ask: Ask, account: Account) -> float:
    """Seconds until the next midnight where *account* is, or the one after that if it is near."""
    now, zone = ask.target.now(), ZoneInfo(account.timezone_name)
    night = datetime.combine(now.astimezone(zone).date() + DAY, datetime.min.time(), zone)
    seconds = (night.astimezone(UTC) - now).total_seconds()
    return seconds if seconds > HOUR else seconds + 24 * HOUR


def _turns(ask: Ask) -> list[date]:
    """Days to come on which a calendar turns, some of them or (deep) all; a leap day and the March after it always."""
    today = ask.target.now().date()
    years = range(today.year, today.year + 3)
    turns = [date(year, *turn) for year in years for turn in TURNS]
    leap = next(year for year in range(today.year + 1, today.year + 9) if isleap(year))
    wanted = turns if ask.effort == "deep" else ask.draw(st.lists(st.sampled_from(turns), max_size=6), "turns")
    days = {*wanted, date(leap, 2, 29), date(leap, 3, 2), today + ask.draw(st.integers(2, 400), "days ahead") * DAY}
    return sorted(day for day in days if day > today + DAY)


@contract(
    "META-C9",
    "Presets follow the calendar of the ad account's time zone on any day",
    sentence=SENTENCE + " T is today in the ad account's time zone.",
    page=PAGE,
    kind="honoured",
    live=Live.MOCK,
    calls=160,
    examples=2,
)
def presets_on_any_day(ask: Ask) -> None:
    """date_start and date_stop of every preset are the kit's own, however far the clock is put forward."""
    with another(ask) as (later, ad, account):
        hour = ask.draw(st.integers(0, 23), "hour")
        for day in _turns(later):
            moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
            put_forward(later, (moment - later.target.now()).total_seconds())
            _presets_now(later, ad, account)


def _presets_now(ask: Ask, ad: str, account: Account) -> None:
    """Every preset is dated by the kit's own calendar."""
    for name in ask.some(PRESETS, 6):
        told = [span_of(row) for row in ask.graph.insights(ad, date_preset=name, fields="impressions")]
        young = not told and name in ("last_year", "last_quarter")
        what = f"{name} on {ask.today(account)} in {account.timezone_name}"
        same(told, [] if young else [calendar(ask, account, name)], what)


@contract(
    "META-C10",
    "Presets tell the same as their explicit ranges around midnight",
    sentence=SENTENCE + " T is today in the ad account's time zone.",
    page=PAGE,
    kind="metamorphic",
    live=Live.MOCK,
    calls=40,
    examples=3,
)
def presets_around_midnight(ask: Ask) -> None:
    """insights(preset) = insights(time_range of the preset), just before and after midnight where the account is."""
    with another(ask) as (later, ad, account):
        put_forward(later, until_midnight(later, account) + ask.one_of((-60, 60), "seconds after midnight"))
        for name in ask.some(PRESETS, 5):
            span = calendar(later, account, name)
            told = later.graph.insights(ad, date_preset=name, fields=summed(later))
            explicit = later.graph.insights(ad, time_range=time_range(span), fields=summed(later))
            same(told, explicit, f"{name} tells the same as its explicit range around midnight")


@contract(
    "META-T10",
    "An answer is the same at any time of the day",
    sentence="Assumed: today counts whole from its first minute.",
    page=PAGE,
    kind="metamorphic",
    live=Live.MOCK,
    calls=12,
    examples=3,
)
def any_time_of_day(ask: Ask) -> None:
    """insights(today) and others are the same a minute after midnight, at eleven and an hour before midnight."""
    with another(ask) as (later, ad, account):
        put_forward(later, until_midnight(later, account) + 60)
        told = [_rows(later, ad)]
        for _ in range(2):
            put_forward(later, 11 * HOUR)
            told.append(_rows(later, ad))
        same(told[1:], told[:1] * 2, "an answer is the same at any time of the day")


def _rows(ask: Ask, node: str) -> list[Row]:
    names = ("today", "last_7d", "maximum")
    return [row for name in names for row in ask.graph.insights(node, date_preset=name, fields=summed(ask))]


@contract(
    "META-N5",
    "What has happened stays as it was",
    sentence="Figures are final after 28 days. Assumed of a mock: they are final from the first.",
    page=PAGE,
    kind="metamorphic",
    live=Live.MOCK,
    calls=6,
    examples=3,
)
def the_past_stays(ask: Ask) -> None:
    """The rows of past days are the same on a later day, and each new day adds one of its own."""
    with another(ask) as (later, ad, account):
        today = later.today(account)
        days = ask.draw(st.integers(1, 60), "days ahead")
        span = time_range((today - 60 * DAY, today + timedelta(days=days)))
        asked = {"time_increment": 1, "fields": summed(later), "time_range": span}
        before = later.graph.insights(ad, **asked)
        put_forward(later, days * 24 * HOUR)
        told = later.graph.insights(ad, **asked)
        same(told[: len(before)], before, "what has happened stays as it was")
        new = [span_of(row)[0] for row in told[len(before) :]]
        same(new, [today + timedelta(days=one + 1) for one in range(days)], "each new day adds a row of its own")
