"""The Messenger pages of a space."""

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.cams import spaces
from mockserver.vendors.cams.record import NOTHING, many, one
from mockserver.world.entities import Page, Space
from mockserver.world.ledger import PageBound, PageUnbound
from mockserver.world.now import World

REGION = "ap-southeast-1"


def get_fb_messenger_pages(world: World, question: Question) -> Records:
    """Every page, for a Facebook access token that is good."""
    spaces.instance(world, question)
    token = world.file.access_tokens.get(question.arguments["AccessToken"])
    expired = token is not None and token.expires is not None and token.expires <= world.clock.now()
    if token is None or token.invalidated is not None or expired:
        raise MockError("Invalid", parameter="AccessToken")
    return many({"page_id": page.id, "page_name": page.name} for _, page in sorted(world.file.pages.items()))


def bind_messenger_page(world: World, question: Question) -> Records:
    """Give a page to the space of an instance; the answer is that page."""
    space, asked = spaces.instance(world, question), question.arguments
    if asked.get("RegionId", REGION) != REGION:
        raise MockError("Invalid", parameter="RegionId")
    page = _page(world, space, asked["PageId"])
    _bind(world, space, page, frozenset())
    return many([{"page_id": page.id, "page_name": page.name, "connection_status": "CONNECTED"}])


def create_messenger_page(world: World, question: Question) -> Records:
    """Give a page and its ad accounts to a space, as embedded authorization does."""
    asked = question.arguments
    space = spaces.named(world, question, asked["CustSpaceId"])
    accounts = frozenset(one.removeprefix("act_") for one in asked["AdAccountIds"])
    if any(world.node(f"act_{one}") is None or _anothers(world, space, one) for one in accounts):
        raise MockError("Unknown.ResourceOwnerId")
    _bind(world, space, _page(world, space, asked["PageId"]), accounts)
    return NOTHING


def delete_messenger_page(world: World, question: Question) -> Records:
    """Take a page from the space of an instance."""
    space, page_id = spaces.instance(world, question), question.arguments["PageId"]
    if page_id not in space.pages:
        raise MockError("Unknown.ResourceOwnerId")
    world.record(lambda _: PageUnbound(space.id, page_id))
    return one(data=page_id)


def _page(world: World, space: Space, page_id: str) -> Page:
    page = world.file.pages.get(page_id)
    if page is None or _anothers(world, space, page_id):
        raise MockError("Unknown.ResourceOwnerId")
    return page


def _anothers(world: World, space: Space, id_: str) -> bool:
    """Whether a page or ad account is of another owner, and never was of the owner of *space*."""
    now, before = world.made.spaces.values(), world.file.spaces.values()
    having = {one.owner_id for one in now if id_ in one.pages | one.accounts}
    had = {one.owner_id for one in before if id_ in one.pages | one.accounts}
    return bool(having) and space.owner_id not in having | had


def _bind(world: World, space: Space, page: Page, accounts: frozenset[str]) -> None:
    if page.id not in space.pages or not accounts <= space.accounts:
        world.record(lambda _: PageBound(space.id, page.id, accounts))
