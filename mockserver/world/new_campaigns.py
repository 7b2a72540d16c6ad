"""The campaigns of a new world, with their ad sets and ads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from mockserver.world.new_names import Names, chance
from mockserver.world.new_plans import Plan, new_plan
from mockserver.world.new_words import words

if TYPE_CHECKING:
    from random import Random

COUNTRIES = "US MX BR CA AU SG IN ID TH PH CL CO ZA AE SA MY DE FR IT ES NL PL GB JP AR TR KR".split()
EXCLUDED = {"DE": 40, "FR": 25, "JP": 35}  # Meta counts no delivery, read or click of these
DAILY_BUDGETS = (500, 1000, 1500, 2000, 2500, 5000, 6200, 7500, 10000, 20000)
LOWEST_ID = 120 * 10**15

Entry = dict[str, Any]


def new_campaigns(seed: int, names: Names, spaces: Sequence[Entry], count: int, as_of: date) -> list[Entry]:
    """*count* campaigns, oldest first; each of the *spaces* lends its account and its pages."""
    draw = chance(seed, "campaigns")
    made = []
    for number in range(count):
        locale = names.locale(number)
        name = f"{draw.choice(words(locale).occasions)} – {names.company(number)}"
        space = spaces[_turn(number, len(spaces))]
        made.append(_campaign(new_plan(number, draw, as_of), draw, name, space))
    made.sort(key=itemgetter("created_time"))
    _number(made, draw)
    return made


def _turn(number: int, accounts: int) -> int:
    """The account of the *number*th campaign: the first has seven of ten, the others share the rest."""
    tens, rest = divmod(number, 10)
    return 0 if rest < 7 or accounts == 1 else 1 + (3 * tens + rest - 7) % (accounts - 1)


def _campaign(plan: Plan, draw: Random, name: str, space: Entry) -> Entry:
    shape = draw.choices(((1,), (1, 1), (2,)), (10, 1, 1))[0]  # the number of ads in each ad set
    if plan.kind in ("excluded", "unstarted"):
        shape = (1,)
    # the same calendar day from Los Angeles to Sydney
    created = datetime(plan.created.year, plan.created.month, plan.created.day, 8 + draw.randrange(4), draw.randrange(60), draw.randrange(60))
    return {
        "id": "",
        "name": name,
        "account_id": space["accounts"][0],
        "page_id": draw.choice(space["pages"]),
        "status": plan.status,
        "created_time": _instant(created),
        "updated_time": f"{plan.stopped}T12:59:00Z" if plan.stopped else _instant(created + timedelta(minutes=40)),
        "adsets": [_adset(plan, draw, name, created, shape, group) for group in range(len(shape))],
    }


def _adset(plan: Plan, draw: Random, name: str, created: datetime, shape: Sequence[int], group: int) -> Entry:
    many, stop = sum(shape) > 1, {"stopped_on": str(plan.stopped)} if plan.stopped else {}
    made = []
    for ad in range(shape[group]):
        later = created + timedelta(minutes=10 * (group + ad), seconds=draw.randrange(20, 500))
        label = f"{name} – {group + 1}.{ad + 1}" if many else name
        made.append({"id": "", "name": label, "status": plan.status, "created_time": _instant(later)} | stop)
    return {
        "id": "",
        "name": f"{name} – {group + 1}" if many else name,
        "status": plan.status,
        **_budget(draw, plan.days()),
        "start_date": str(plan.start),
        **({"end_date": str(plan.end)} if plan.end else {}),
        **({"pixel_id": _pixel(draw)} if plan.pixel else {}),
        "audience": EXCLUDED if plan.kind == "excluded" else _audience(draw),
        "ads": made,
    }
