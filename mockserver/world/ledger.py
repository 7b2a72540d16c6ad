"""What has happened since the world file: an append-only list of events."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RoiMetricEnabled:
    """Template metrics were switched on for a space."""

    space_id: str
    at: datetime


@dataclass(slots=True)
class Ledger:
    """Events in order, with what they add up to at hand; a reset is a new ledger."""

    events: list[RoiMetricEnabled] = field(default_factory=list)
    roi_metric_enabled_at: dict[str, datetime] = field(default_factory=dict)

    def append(self, event: RoiMetricEnabled) -> None:
        """Add *event*; only the first switch-on of a space counts."""
        self.events.append(event)
        self.roi_metric_enabled_at.setdefault(event.space_id, event.at)
