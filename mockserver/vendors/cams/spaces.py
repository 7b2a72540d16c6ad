"""Whose space, page, ad account, phone number or instance a call names."""

from collections.abc import Sequence

from mockserver.errors import MockError
from mockserver.pipeline import Question
from mockserver.world import channel
from mockserver.world.channel import Phone
from mockserver.world.entities import Space
from mockserver.world.now import World


def named(world: World, question: Question, space_id: str) -> Space:
    """The caller's subscribed space of that id; raises MockError."""
    space = world.made.spaces.get(space_id)
    if space is None or space.owner_id != question.caller.owner_id:
        raise MockError("Unknown.ResourceOwnerId")
    if not space.subscribed:
        raise MockError("Product.Unsubscript")
    return space


def usable(world: World, question: Question) -> Sequence[Space]:
    """The space that CustSpaceId or CustWabaId names, or every subscribed space of the caller; raises MockError."""
    asked = question.arguments
    if "CustSpaceId" in asked:
        return [named(world, question, asked["CustSpaceId"])]
    owner = question.caller.owner_id
    own = [space for space in world.made.spaces.values() if space.owner_id == owner and space.subscribed]
    if not own:
        raise MockError("Product.Unsubscript")
    # "This parameter is deprecated. Use CustSpaceId instead." — Alibaba Cloud, CreateChatappTemplate, CustWabaId
    return [with_waba(world, own, asked["CustWabaId"])] if "CustWabaId" in asked else own


def with_waba(world: World, among: Sequence[Space], waba_id: str) -> Space:
    """The one *among* these spaces whose WhatsApp account has that id, or that has it itself; raises MockError."""
    for space in among:
        if waba_id in (channel.waba(world.file.seed, space).id, space.id):
            return space
    raise MockError("Unknown.ResourceOwnerId")


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


def instance(world: World, question: Question) -> Space:
    """The space that InstanceId names: the instance of a customer is their space; raises MockError."""
    return named(world, question, question.arguments["InstanceId"])


def phone(world: World, among: Sequence[Space], number: str) -> Phone:
    """The phone number of one *among* these spaces, sent with or without its plus sign; raises MockError."""
    wanted = number.removeprefix("+")
    for space in among:
        for one in channel.phones(world.file.seed, space):
            if one.number == wanted:
                return one
    raise MockError("Unknown.ResourceOwnerId")
