"""The world as of now: a world file, the ledger of what happened since, and a clock."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from mockserver.clock import Clock
from mockserver.world.days import NOTHING, Totals, day_totals, nature, pinned_totals
from mockserver.world.entities import Account, Ad, AdSet, Campaign, Space
from mockserver.world.ledger import Ledger, RoiMetricEnabled
from mockserver.world.load import Node, WorldFile, graph_id, level_of, parents
from mockserver.world.periods import Span, buckets
from mockserver.world.series import EMPTY, Series, running, together

Row = tuple[Node, Span]
Made = TypeVar("Made")
FEW = 100  # nodes of a list that is sooner made anew than kept
_MOST_LISTS = 256


@dataclass(slots=True, eq=False)
class World:
    """What every dialect asks. What follows from the file and the day is worked out once and kept."""

    file: WorldFile
    clock: Clock
    ledger: Ledger = field(default_factory=Ledger)
    _series: dict[str, tuple[date, Series]] = field(default_factory=dict)
    _lists: dict[Hashable, Any] = field(default_factory=dict)
    _lock: AbstractContextManager[Any] = field(default_factory=Lock)

    def reset(self) -> None:
        """Forget what has happened since the file."""
        self.ledger = Ledger()

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What *make* returned when *key* was last asked for; the oldest of 256 is forgotten."""
        found: Made | None = self._lists.get(key)
        if found is None:
            found = make()
            with self._lock:
                while len(self._lists) >= _MOST_LISTS:
                    del self._lists[next(iter(self._lists))]
                self._lists[key] = found
        return found

    def node(self, graph_id: str) -> Node | None:
        """The ad account (act_<id>), campaign, ad set or ad of that Graph id."""
        return self.file.nodes.get(graph_id)

    def below(self, node: Node, level: str) -> Sequence[Node]:
        """The nodes of *level* in *node*, newest first; empty for a level above it."""
        return self.file.below.get((graph_id(node), level), ())

    def listed(self, node: Node, level: str, statuses: frozenset[str]) -> Sequence[Node]:
        """The nodes of *level* in *node* whose effective status is one of *statuses*, newest first."""

        nodes = self.below(node, level)

        def chosen() -> Sequence[Node]:
            return [one for one in nodes if not isinstance(one, Account) and self.effective_status(one) in statuses]

        if len(nodes) <= FEW:
            return chosen()
        return self.once(("listed", graph_id(node), level, statuses), chosen)

    def effective_status(self, node: Campaign | AdSet | Ad) -> str:
        """Deleted or archived as soon as what it belongs to is; else its own status, else a pause from above."""
        chain = [one for one in parents(node) if not isinstance(one, Account)]
        gone = next((one.status for one in chain if one.status in ("DELETED", "ARCHIVED")), None)
        if gone or node.status != "ACTIVE":
            return gone or node.status
        paused = next((level_of(one) for one in reversed(chain) if one.status == "PAUSED"), None)
        return f"{paused.upper()}_PAUSED" if paused else "ACTIVE"

    def account(self, node: Node) -> Account:
        """The ad account that *node* belongs to."""
        return node if isinstance(node, Account) else node.account if isinstance(node, Ad) else _owner(node)

    def today(self, node: Node) -> date:
        """Today in the time zone of the node's ad account."""
        return self.clock.today(self.account(node).timezone_name)

    def delivery(self, node: Node) -> Span:
        """From the first scheduled day of *node* to its last one, or to today while it runs."""
        ads = [ad for ad in self.below(node, "ad") if isinstance(ad, Ad)]
        today = self.today(node)
        return Span(min(ad.adset.start_date for ad in ads), max(_last_day(ad, today) for ad in ads))

    def active_ads(self, account: Account) -> int:
        """How many ads of *account* are active today; counted once a day."""
        today = self.today(account)

        def count() -> int:
            ads = (ad for ad in self.below(account, "ad") if isinstance(ad, Ad))
            return sum(ad.status == "ACTIVE" and _last_day(ad, today) == today for ad in ads)

        return self.once(("active ads", account.id, today), count)

    def totals(self, node: Node, span: Span) -> Totals:
        """What *node* did in *span*; days after today have not happened."""
        return self.series(node).total(span.since.toordinal(), span.until.toordinal())

    def series(self, node: Node) -> Series:
        """The running sums of *node* up to today, built once a day."""
        key, today = graph_id(node), self.today(node)
        known = self._series.get(key)
        if known is None or known[0] != today:
            known = self._series[key] = (today, self._build(node, today))
        return known[1]

    def _build(self, node: Node, today: date) -> Series:
        if not isinstance(node, Ad):
            level = {"account": "campaign", "campaign": "adset", "adset": "ad"}[level_of(node)]
            return together([self.series(child) for child in self.below(node, level)])
        first, last = node.adset.start_date, _last_day(node, today)
        if first > last:
            return EMPTY
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        if node.pins is not None:
            pins = {day: pinned_totals(dict(pin)) for day, pin in node.pins.items()}
            return running(first.toordinal(), [pins.get(day, NOTHING) for day in days])
        of = nature(self.file.seed, node, len(self.below(node.adset, "ad")))
        return running(first.toordinal(), [day_totals(self.file.seed, node, of, day) for day in days])

    def rows(self, node: Node, level: str, span: Span, increment: int | str) -> Sequence[Row]:
        """One row for each node of *level* and piece of *span* in which something was delivered.

        The list is kept, so that a page at any depth is a slice.
        """
        key = ("rows", graph_id(node), level, span, increment, self.today(node))
        return self.once(
            key, lambda: [row for one in self.below(node, level) for row in self._rows(one, span, increment)]
        )

    def _rows(self, node: Node, span: Span, increment: int | str) -> Iterator[Row]:
        series = self.series(node)
        first, last = date.fromordinal(series.first), date.fromordinal(max(series.last, 1))
        return ((node, piece) for piece in buckets(span, increment, first, last) if any(self.totals(node, piece)))

    def roi_metric_enabled_at(self, space: Space) -> datetime | None:
        """When template metrics were switched on for *space*; None if never."""
        return space.roi_metric_enabled_at or self.ledger.roi_metric_enabled_at.get(space.id)

    def enable_roi_metric(self, space: Space) -> None:
        """Switch template metrics on for *space*, from now."""
        self.ledger.append(RoiMetricEnabled(space.id, self.clock.instant()))


def _owner(node: Campaign | AdSet) -> Account:
    return node.campaign.account if isinstance(node, AdSet) else node.account


def _last_day(ad: Ad, today: date) -> date:
    return min(day for day in (ad.adset.end_date, ad.stopped_on, today) if day is not None)
