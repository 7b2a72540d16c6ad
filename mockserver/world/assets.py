"""What follows from the ads of a world: their creatives, the pixels that they promote, the pages that speak in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mockserver.world.chance import digest
from mockserver.world.entities import Account, Ad, Creative, Page, Pixel

Asset = Creative | Pixel | Page


@dataclass(frozen=True, slots=True)
class Assets:
    """The assets of a world file by id, and which ad or ad account uses them; lists are newest first."""

    by_id: Mapping[str, Asset]
    creatives: Mapping[Ad, Creative]
    pixels: Mapping[Account, tuple[Pixel, ...]]
    pages: Mapping[Account, tuple[Page, ...]]
    users: Mapping[str, frozenset[str]]  # pixel or page → the ids of the ad accounts that use it


def assets(seed: int, ads: Iterable[Ad], taken: Mapping[str, object]) -> Assets:
    """The assets of *ads*; no new id is one of those *taken*."""
    newest = sorted(ads, key=lambda ad: ad.campaign.created_time, reverse=True)
    creatives = _creatives(seed, newest, taken)
    pixels = _pixels(newest)
    pages: dict[Account, dict[Page, None]] = {}
    for ad in newest:
        pages.setdefault(ad.account, {})[ad.campaign.page] = None
    users = {pixel.id: frozenset(account.id for account in pixel.accounts) for pixel in pixels}
    every = {page for listed in pages.values() for page in listed}
    users |= {page.id: frozenset(one.id for one, listed in pages.items() if page in listed) for page in every}
    by_id: dict[str, Asset] = {page.id: page for page in every}
    by_id |= {pixel.id: pixel for pixel in pixels}
    by_id |= {creative.id: creative for creative in creatives.values()}
    return Assets(
        by_id=by_id,
        creatives=creatives,
        pixels={account: tuple(one for one in pixels if account in one.accounts) for account in pages},
        pages={account: tuple(listed) for account, listed in pages.items()},
        users=users,
    )


def _creatives(seed: int, ads: Sequence[Ad], taken: Mapping[str, object]) -> dict[Ad, Creative]:
    used: set[str] = set()
    found: dict[Ad, Creative] = {}
    for ad in ads:
        serial = 0
        while (made := _creative(seed, ad, serial)).id in used or made.id in taken:
            serial += 1
        used.add(made.id)
        found[ad] = made
    return found


def _creative(seed: int, ad: Ad, serial: int) -> Creative:
    hashed = digest(seed, ad.id, "creative", serial)
    number = int.from_bytes(hashed[:8]) % 10**14
    return Creative(f"1202{number:014d}", hashed[8:24], ad)


def _pixels(newest: Sequence[Ad]) -> list[Pixel]:
    found: dict[str, list[Ad]] = {}
    for ad in newest:
        if ad.adset.pixel_id is not None:
            found.setdefault(ad.adset.pixel_id, []).append(ad)
    # the ad account that was the first to use a pixel owns it
    owners = {pixel: tuple(dict.fromkeys(ad.account for ad in reversed(ads))) for pixel, ads in found.items()}
    made = [Pixel(pixel, ads[-1].campaign.created_time, owners[pixel]) for pixel, ads in found.items()]
    return sorted(made, key=lambda pixel: pixel.created_time, reverse=True)
