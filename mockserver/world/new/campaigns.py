"""The campaigns of a new world, with their ad sets and ads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from mockserver.world.new.names import Names, chance
from mockserver.world.new.plans import Plan, new_plan
from mockserver.world.new.words import words

if TYPE_CHECKING:
    from random import Random

COUNTRIES = [
    *("US", "MX", "BR", "CA", "AU", "SG", "IN", "ID", "TH", "PH", "CL", "CO", "ZA", "AE", "SA", "MY"),
    *("DE", "FR", "IT", "ES", "NL", "PL", "GB", "JP"),  # Meta counts no delivery, read or click of these
    *("AR", "TR", "KR"),  # and no click of these
]
AUDIENCES = {
    "pixel": {"US": 60, "BR": 25, "DE": 15},
    "excluded": {"DE": 40, "FR": 25, "JP": 35},
}
DAILY_BUDGETS = (500, 1000, 1500, 2000, 2500, 5000, 6200, 7500, 10000, 20000)
LOWEST_ID = 120 * 10**15
STEP = timedelta(minutes=7)  # from one thing made to the next

Entry = dict[str, Any]


def new_campaigns(
    seed: int, names: Names, spaces: Sequence[Entry], count: int, as_of: date, months: int
) -> list[Entry]:
    """*count* campaigns, oldest first; each of the *spaces* lends its account and its pages."""
    draw = chance(seed, "campaigns")
    pixel_ids = [str(id_) for id_ in chance(seed, "pixels").sample(range(3 * 10**14, 10**15), len(spaces))]
    made = []
    for number in range(count):
        locale = names.locale(number)
        name = f"{draw.choice(words(locale).occasions)} – {names.company(number)}"
        turn = _turn(number, len(spaces))
        plan = new_plan(number, draw, as_of, months, pixel_ids[turn])
        made.append(_campaign(plan, draw, name, spaces[turn]))
    made.sort(key=itemgetter("created_time"))
    _number(made, draw)
    return made


def _turn(number: int, accounts: int) -> int:
    """The account of the *number*th campaign: the first has seven of ten, the others share the rest."""
    tens, rest = divmod(number, 10)
    return 0 if rest < 7 or accounts == 1 else 1 + (3 * tens + rest - 7) % (accounts - 1)


def _campaign(plan: Plan, draw: Random, name: str, space: Entry) -> Entry:
    shape = draw.choices(((1,), (1, 1), (2,)), (10, 1, 1))[0]  # the number of ads in each ad set
    # from 8:00 to 13:00 UTC it is the same day from Los Angeles to Sydney
    created = datetime.combine(plan.created, time(8)) + timedelta(seconds=draw.randrange(4 * 3600))
    return {
        "id": "",
        "name": name,
        "account_id": space["accounts"][0],
        "page_id": draw.choice(space["pages"]),
        "status": plan.status,
        "created_time": _instant(created),
        "updated_time": f"{plan.stopped}T12:59:00Z" if plan.stopped else _instant(created + timedelta(minutes=40)),
        "adsets": [
            _adset(plan, draw, f"{name} – {group}" if sum(shape) > 1 else name, created + group * STEP, ads)
            for group, ads in enumerate(shape, 1)
        ],
    }


def _adset(plan: Plan, draw: Random, name: str, created: datetime, ads: int) -> Entry:
    return {
        "id": "",
        "name": name,
        "status": plan.status,
        **_budget(plan, draw),
        "start_date": str(plan.start),
        **({"end_date": str(plan.end)} if plan.end else {}),
        **({"pixel_id": plan.pixel_id} if plan.pixel_id else {}),
        "audience": dict(AUDIENCES.get(plan.kind) or _audience(draw)),
        "ads": [
            {
                "id": "",
                "name": f"{name} – {ad}" if ads > 1 else name,
                "status": plan.status,
                "created_time": _instant(created + ad * STEP),
                **({"stopped_on": str(plan.stopped)} if plan.stopped else {}),
            }
            for ad in range(1, ads + 1)
        ],
    }


def _budget(plan: Plan, draw: Random) -> dict[str, int]:
    daily, lasting = draw.choice(DAILY_BUDGETS), draw.random() < 0.45
    if plan.end and lasting:
        return {"lifetime_budget": daily * ((plan.end - plan.start).days + 1)}
    return {"daily_budget": daily}


def _audience(draw: Random) -> dict[str, int]:
    """One to five countries, with shares in steps of five per cent."""
    countries = draw.sample(COUNTRIES, draw.randrange(1, 6))
    cuts = [0, *sorted(draw.sample(range(5, 100, 5), len(countries) - 1)), 100]
    return {country: high - low for country, low, high in zip(countries, cuts, cuts[1:], strict=False)}


def _instant(at: datetime) -> str:
    return f"{at.isoformat()}Z"


def _number(campaigns: list[Entry], draw: Random) -> None:
    """Give every campaign, ad set and ad its id: what is newer has a larger one."""
    aged = []
    for campaign in campaigns:
        aged.append((campaign["created_time"], campaign))
        for adset in campaign["adsets"]:
            aged.append((adset["ads"][0]["created_time"], adset))
            aged.extend((ad["created_time"], ad) for ad in adset["ads"])
    last = 0
    for created, entry in sorted(aged, key=itemgetter(0)):
        seconds = int(datetime.fromisoformat(created).timestamp())
        last = max(last + 1, LOWEST_ID + seconds * 100_000 + draw.randrange(100_000))
        entry["id"] = str(last)
