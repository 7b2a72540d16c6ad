"""A new world document: names by Faker, everything else by even chance from the seed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from mockserver.errors import UserError
from mockserver.world.new.campaigns import new_campaigns
from mockserver.world.new.credentials import OTHER_OWNER, OWNER, credentials
from mockserver.world.new.names import Names, chance
from mockserver.world.new.templates import new_templates

LEAST = {"accounts": 1, "campaigns": 0, "templates": 0, "pages": 1, "months": 1}
MARKETS = (  # currency (all have hundredths), time zone, access tier
    ("USD", "America/Los_Angeles", "standard_access"),
    ("EUR", "Europe/Berlin", "standard_access"),
    ("SGD", "Asia/Singapore", "development_access"),
    ("GBP", "Europe/London", "standard_access"),
    ("BRL", "America/Sao_Paulo", "standard_access"),
    ("AUD", "Australia/Sydney", "development_access"),
    ("MXN", "America/Mexico_City", "standard_access"),
    ("USD", "Asia/Dubai", "standard_access"),
)

Entry = dict[str, Any]


def generate(
    *,
    seed: int,
    locales: Sequence[str],
    accounts: int,
    campaigns: int,
    templates: int,
    pages: int,
    as_of: date,
    name: str,
    months: int = 20,
) -> dict[str, object]:
    """A world of these sizes, its campaigns made in the *months* up to *as_of*; equal arguments make equal worlds."""
    _refuse(seed, name, as_of, accounts=accounts, campaigns=campaigns, templates=templates, pages=pages, months=months)
    names = Names.of(seed, locales)
    markets = _accounts(seed, names, accounts, as_of, months)
    senders = _pages(seed, names, pages)
    spaces = _spaces(markets, senders, as_of)
    return {
        "name": name,
        "seed": seed,
        "accounts": markets,
        "pages": senders,
        "campaigns": new_campaigns(seed, names, spaces[: len(markets)], campaigns, as_of, months),
        "spaces": spaces,
        "templates": new_templates(seed, locales, spaces, templates, as_of),
        "credentials": credentials([account["id"] for account in markets]),
    }


def _refuse(seed: int, name: str, as_of: date, **sizes: int) -> None:
    if not name:
        raise UserError("name is empty, expected some text")
    if seed.bit_length() > 63:
        raise UserError(f"seed has {seed.bit_length()} bits, expected at most 63")
    for option, size in sizes.items():
        if size < LEAST[option]:
            raise UserError(f"{option} is {size}, expected at least {LEAST[option]}")
    if not 2000 <= as_of.year <= 2090:
        raise UserError(f"as_of is {as_of}, expected a day from 2000 to 2090")


def _accounts(seed: int, names: Names, count: int, as_of: date, months: int) -> list[Entry]:
    draw = chance(seed, "accounts")
    ids = draw.sample(range(10**15, 10**16), count)
    made = []
    for number, id_ in enumerate(ids):
        currency, timezone_name, tier = MARKETS[number % len(MARKETS)]
        created = as_of - timedelta(days=max(draw.randrange(1100, 1800), 31 * months))
        made.append(
            {
                "id": str(id_),
                "name": names.company(number),
                "currency": currency,
                "timezone_name": timezone_name,
                "created_time": f"{created}T{draw.randrange(8, 20):02}:{draw.randrange(60):02}:00Z",
                "ads_api_access_tier": tier,
            }
        )
    return made


def _pages(seed: int, names: Names, count: int) -> list[Entry]:
    ids = chance(seed, "pages").sample(range(10**14, 2 * 10**14), count)
    return [{"id": str(id_), "name": names.company(number)} for number, id_ in enumerate(ids)]


def _spaces(accounts: list[Entry], pages: list[Entry], as_of: date) -> list[Entry]:
    """A space for each account, two at least; then one without subscription and one of another owner."""
    shops = [_space(f"cams-shop-{n + 1}", OWNER, accounts, pages, n) for n in range(max(2, len(accounts)))]
    if len(accounts) > 2:
        shops[0] = _space("cams-shop-1", OWNER, accounts, pages, 0, len(accounts) - 1)
    unsubscribed = _space("cams-unsubscribed", OWNER, accounts, pages, 0) | {"subscribed": False}
    foreign = _space("cams-other-owner", OTHER_OWNER, accounts, pages, len(accounts) - 1)
    for enabled in (shops[0], foreign):
        enabled["roi_metric_enabled_at"] = f"{as_of - timedelta(days=200)}T06:00:00Z"
    return [*shops, unsubscribed, foreign]


def _space(id_: str, owner: str, accounts: list[Entry], pages: list[Entry], *numbers: int) -> Entry:
    these = [number % len(accounts) for number in numbers]
    lent = [page["id"] for at in these for page in pages[at :: len(accounts)] or [pages[at % len(pages)]]]
    return {
        "id": id_,
        "owner_id": owner,
        "subscribed": True,
        "pages": list(dict.fromkeys(lent)),
        "accounts": [accounts[at]["id"] for at in these],
    }
