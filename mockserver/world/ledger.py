"""What has happened since the world file: an append-only list of events."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from mockserver.world.reports import Report, ReportDeleted


@dataclass(frozen=True, slots=True)
class RoiMetricEnabled:
    """Template metrics were switched on for a space."""

    space_id: str
    at: datetime


Event = RoiMetricEnabled | Report | ReportDeleted


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
