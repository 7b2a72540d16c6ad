"""What has happened since the world file: an append-only list of events."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any

from mockserver.world.entities import Ad, Message, Space, Template
from mockserver.world.reports import Report, ReportDeleted


@dataclass(frozen=True, slots=True)
class RoiMetricEnabled:
    """Template metrics were switched on for a space."""

    space_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CampaignCreated:
    """A message campaign was created, with an ad set and a campaign of its own."""

    ad: Ad


@dataclass(frozen=True, slots=True)
class CampaignDeleted:
    """A message campaign was deleted; *on* is its last day."""

    ad_id: str
    on: date


@dataclass(frozen=True, slots=True)
class TemplateCreated:
    """A template was created in one language."""

    template: Template


@dataclass(frozen=True, slots=True)
class TemplateDeleted:
    """A template was deleted in one language."""

    code: str
    language: str


@dataclass(frozen=True, slots=True)
class PageBound:
    """A space was given a page, and the ad accounts that go with it."""

    space_id: str
    page_id: str
    accounts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PageUnbound:
    """A page was taken from a space."""

    space_id: str
    page_id: str


@dataclass(frozen=True, slots=True)
class InstanceCreated:
    """A customer was given a space."""

    space: Space


@dataclass(frozen=True, slots=True)
class InstanceDeleted:
    """A space was given up."""

    space_id: str


@dataclass(frozen=True, slots=True)
class PhoneAdded:
    """A space was given a phone number."""

    space_id: str
    number: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Settings of a *subject* were changed: a phone number, a space, an instance, or a template in one language."""

    subject: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MessageSent:
    """A chat message was sent."""

    message: Message


Event = (
    RoiMetricEnabled
    | CampaignCreated
    | CampaignDeleted
    | TemplateCreated
    | TemplateDeleted
    | PageBound
    | PageUnbound
    | InstanceCreated
    | InstanceDeleted
    | PhoneAdded
    | Changed
    | MessageSent
    | Report
    | ReportDeleted
)


@dataclass(slots=True)
class Ledger:
    """Events in order, with what they add up to at hand; a reset is a new ledger."""

    events: list[Event] = field(default_factory=list)
    roi_metric_enabled_at: dict[str, datetime] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    serials: Iterator[int] = field(default_factory=lambda: count(1))  # of reports

    def append(self, event: Event) -> None:
        """Add *event*; only the first switch-on of a space counts."""
        self.events.append(event)
        match event:
            case RoiMetricEnabled():
                self.roi_metric_enabled_at.setdefault(event.space_id, event.at)
            case Report():
                self.reports[event.id] = event
            case ReportDeleted():
                self.reports.pop(event.id, None)
