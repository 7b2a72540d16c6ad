"""Whose space, page and ad account a call names."""

from collections.abc import Sequence

from mockserver.errors import MockError
from mockserver.pipeline import Question
from mockserver.world.entities import Space
from mockserver.world.now import World


def named(world: World, question: Question, space_id: str) -> Space:
    """The caller's subscribed space of that id; raises MockError."""
    space = world.file.spaces.get(space_id)
    if space is None or space.owner_id != question.caller.owner_id:
        raise MockError("Unknown.ResourceOwnerId")
    if not space.subscribed:
        raise MockError("Product.Unsubscript")
    return space


def usable(world: World, question: Question) -> Sequence[Space]:
    """The space that CustSpaceId names, or without it every subscribed space of the caller; raises MockError."""
    if "CustSpaceId" in question.arguments:
        return [named(world, question, question.arguments["CustSpaceId"])]
    owner = question.caller.owner_id
    own = [space for space in world.file.spaces.values() if space.owner_id == owner and space.subscribed]
    if not own:
        raise MockError("Product.Unsubscript")
    return own


def with_page(world: World, question: Question) -> Space:
    """The space that CustSpaceId names, to which the page that PageId names belongs; raises MockError."""
    space = named(world, question, question.arguments["CustSpaceId"])
    if question.arguments["PageId"] not in space.pages:
        raise MockError("Unknown.ResourceOwnerId")
    return space


def account_id(space: Space, sent: str) -> str:
    """The id of an ad account of *space*, *sent* with or without act_; raises MockError."""
    found = sent.removeprefix("act_")
    if found not in space.accounts:
        raise MockError("Unknown.ResourceOwnerId")
    return found
