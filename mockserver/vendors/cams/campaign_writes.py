"""Message campaigns that are created and deleted through CAMS; Graph sees them too."""

from datetime import date, timedelta
from typing import Any

from mockserver.errors import MockError
from mockserver.gate.paging import Records
from mockserver.pipeline import Question
from mockserver.vendors.cams import campaigns, spaces
from mockserver.vendors.cams.record import NOTHING, one
from mockserver.world.chance import draws
from mockserver.world.entities import Account, Ad, AdSet, Campaign
from mockserver.world.ledger import CampaignCreated, CampaignDeleted
from mockserver.world.now import World

_LIFETIME = timedelta(days=29)  # a lifetime budget needs a last day: the thirtieth


def create_message_campaign(world: World, question: Question) -> Records:
    """A campaign with an ad set and an ad of its own, which delivers from today."""
    space, asked = spaces.with_page(world, question), question.arguments
    account = world.node(f"act_{spaces.account_id(space, asked['AdAccountId'])}")
    assert isinstance(account, Account)
    made = world.record(lambda number: CampaignCreated(_ad(world, account, asked, number)))
    return one(campaign_id=made.ad.id)


def delete_message_campaign(world: World, question: Question) -> Records:
    """Delete it; what is deleted already stays so."""
    ad = campaigns.asked_ad(world, question)
    if ad.status != "DELETED":
        today = world.today(ad)
        world.record(lambda _: CampaignDeleted(ad.id, today))
    return NOTHING


def sync_message_campaign(world: World, question: Question) -> Records:
    """Nothing is ever out of step here; page and ad account must belong to a space of the caller."""
    asked = question.arguments
    account_id = asked["AdAccountId"].removeprefix("act_")
    if not any(asked["PageId"] in one.pages and account_id in one.accounts for one in spaces.usable(world, question)):
        raise MockError("Unknown.ResourceOwnerId")
    return NOTHING


def _ad(world: World, account: Account, asked: Any, number: int) -> Ad:
    now, today = world.clock.instant(), world.clock.today(account.timezone_name)
    ids = [_id(world, number, place) for place in range(3)]
    name, page = asked["Name"], world.file.pages[asked["PageId"]]
    campaign = Campaign(ids[0], name, account, page, "ACTIVE", now, now)
    return Ad(ids[2], name, _adset(ids[1], campaign, asked, today), "ACTIVE", now, None, None)


def _adset(id_: str, campaign: Campaign, asked: Any, today: date) -> AdSet:
    # "The budget, in cents." — Alibaba Cloud, CreateMessageCampaign
    daily, budget = asked["BudgetType"] == "daily", asked["Budget"]
    return AdSet(
        id=id_,
        name=campaign.name,
        campaign=campaign,
        status="ACTIVE",
        daily_budget=budget if daily else None,
        lifetime_budget=None if daily else budget,
        start_date=today,
        end_date=None if daily else today + _LIFETIME,
        pixel_id=None,
        audience={"US": 100},
    )


def _id(world: World, number: int, place: int) -> str:
    """An id that nothing has, higher for what is made later."""
    draw = draws(world.file.seed, "made", number, place)
    found = 12_025 * 10**13 + (3 * number + place) * 10**6 + draw[0] * 10
    while world.node(str(found)) is not None:
        found += 1
    return str(found)
