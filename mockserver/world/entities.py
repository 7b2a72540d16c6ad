"""What a world is made of: frozen values, built once from a world file and compared by identity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """A Meta ad account; *id* is without the act_ prefix."""

    id: str
    name: str
    currency: str
    timezone_name: str
    created_time: datetime
    ads_api_access_tier: str
    timezone_id: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A Facebook page that sends Messenger messages."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Campaign:
    """A Graph campaign: ad sets under one name, account and page."""

    id: str
    name: str
    account: Account
    page: Page
    status: str
    created_time: datetime
    updated_time: datetime


@dataclass(frozen=True, slots=True, eq=False)
class AdSet:
    """A message group: budget (hundredths), schedule and audience (per cent by country)."""

    id: str
    name: str
    campaign: Campaign
    status: str
    daily_budget: int | None
    lifetime_budget: int | None
    start_date: date
    end_date: date | None
    pixel_id: str | None
    audience: Mapping[str, int]

    @property
    def account(self) -> Account:
        return self.campaign.account


@dataclass(frozen=True, slots=True, eq=False)
class Ad:
    """A message campaign: what MESSAGE_CAMPAIGN_ID and CAMS's CampaignId name."""

    id: str
    name: str
    adset: AdSet
    status: str
    created_time: datetime
    stopped_on: date | None
    pins: Mapping[date, Mapping[str, int]] | None

    @property
    def campaign(self) -> Campaign:
        return self.adset.campaign

    @property
    def account(self) -> Account:
        return self.adset.account


@dataclass(frozen=True, slots=True, eq=False)
class Creative:
    """What an ad shows; the page of its campaign speaks in it. *mark* ends its name."""

    id: str
    mark: bytes
    ad: Ad

    @property
    def name(self) -> str:
        """The ad's name, its day of creation and a mark, as the vendor makes names of creatives."""
        return f"{self.ad.name} {self.ad.created_time:%Y-%m-%d}-{self.mark.hex()}"


@dataclass(frozen=True, slots=True, eq=False)
class Pixel:
    """A pixel that ad sets promote; *accounts* are those which use it, its owner first."""

    id: str
    created_time: datetime
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """A CAMS space: a customer of the ISV, with the pages and ad accounts that it may use."""

    id: str
    owner_id: str
    subscribed: bool
    timezone_name: str
    roi_metric_enabled_at: datetime | None
    pages: frozenset[str]
    accounts: frozenset[str]
    waba_id: str | None = None
    phone_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Button:
    """A button of a template: its CAMS type and its text."""

    type: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class TemplatePin:
    """One pinned day of a template: counts, and one click count per button."""

    sent: int
    delivered: int
    read: int
    clicks: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A message template in one language; *daily_volume* is what it sends on an ordinary day."""

    code: str
    name: str
    space: Space
    language: str
    category: str
    type: str
    created_time: datetime
    daily_volume: int
    buttons: tuple[Button, ...]
    pins: Mapping[date, TemplatePin] | None


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """A chat message that was sent; *group_id* where it was sent to several people at once."""

    id: str
    space_id: str
    channel: str
    sender: str
    recipient: str
    sent_at: datetime
    type: str
    message_type: str | None
    content: str | None
    template_code: str | None
    template_name: str | None
    language: str | None
    fallback: str | None
    group_id: str | None


@dataclass(frozen=True, slots=True, eq=False)
class App:
    """A Meta app; its hourly limit is 200 calls for each of its *users*."""

    id: str
    secret: str
    require_appsecret_proof: bool
    users: int


@dataclass(frozen=True, slots=True, eq=False)
class AccessToken:
    """A Graph access token, with what it may do and the ad accounts that it may see."""

    token: str
    app: App
    user_id: str
    user_name: str
    permissions: frozenset[str]
    accounts: frozenset[str]
    expires: datetime | None
    invalidated: str | None


@dataclass(frozen=True, slots=True, eq=False)
class AccessKey:
    """An Alibaba Cloud access key; with a *security_token* it is an STS key."""

    id: str
    secret: str
    owner_id: str
    actions: tuple[str, ...]
    active: bool = True
    security_token: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class BearerToken:
    """A gateway bearer token."""

    token: str
    owner_id: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """What becomes of a job after *seconds*: completed, failed, skipped, or stuck for good."""

    outcome: str = "completed"
    seconds: float = 0
    error_code: int | None = None
    error_subcode: int | None = None
    error_message: str | None = None


@dataclass(frozen=True, slots=True)
class ReportRule:
    """A world's plan for the jobs of an ad account, of a level, or of any."""

    plan: ReportPlan
    account_id: str | None = None
    level: str | None = None

    def applies(self, account: Account, level: str) -> bool:
        """Whether it is about the jobs of *account* at *level*."""
        return self.account_id in (None, account.id) and self.level in (None, level)
