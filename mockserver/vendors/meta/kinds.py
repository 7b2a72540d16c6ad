"""The kinds of things that Graph knows by an id, and whose they are."""

from collections.abc import Set
from typing import Any

from mockserver.world.assets import Asset
from mockserver.world.entities import AccessToken, Account, Ad, AdSet, Campaign, Creative, Page, Pixel
from mockserver.world.load import Node
from mockserver.world.now import World

Thing = Node | Asset
_KINDS: dict[type, str] = {
    AccessToken: "me",
    Account: "adaccount",
    Campaign: "campaign",
    AdSet: "adset",
    Ad: "ad",
    Creative: "adcreative",
    Pixel: "adspixel",
    Page: "page",
}


def kind_of(thing: Any) -> str:
    """The operation that reads *thing*."""
    return _KINDS[type(thing)]


def find(world: World, object_id: str) -> Thing | None:
    """What *object_id* names."""
    return world.node(object_id) or world.assets.by_id.get(object_id)


def users(world: World, thing: Thing) -> Set[str]:
    """The ids of the ad accounts to which *thing* belongs."""
    if isinstance(thing, Pixel | Page):
        return world.assets.users[thing.id]
    return {world.account(thing.ad if isinstance(thing, Creative) else thing).id}


def account_of(world: World, thing: Thing) -> Account | None:
    """The ad account whose limits a read of *thing* counts against; pages have none."""
    if isinstance(thing, Page):
        return None
    if isinstance(thing, Pixel):
        return thing.accounts[0]
    return world.account(thing.ad if isinstance(thing, Creative) else thing)
