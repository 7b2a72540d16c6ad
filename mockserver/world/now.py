"""The world as of now: a world file, the ledger of what happened since, and a clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from mockserver.clock import Clock
from mockserver.world.days import NOTHING, Totals, day_totals, nature, pinned_totals
from mockserver.world.entities import Account, Ad, AdSet, Campaign, Space
from mockserver.world.ledger import Ledger, RoiMetricEnabled
from mockserver.world.load import Node, WorldFile, graph_id, level_of
from mockserver.world.periods import Span, buckets
from mockserver.world.series import EMPTY, Series, running, together

Row = tuple[Node, Span]


@dataclass(slots=True)
class World:
    """What every dialect asks; cheap to make, and made anew by a reset."""

    file: WorldFile
    clock: Clock
    ledger: Ledger = field(default_factory=Ledger)
    _series: dict[str, tuple[date, Series]] = field(default_factory=dict)
    _active_ads: dict[tuple[str, date], int] = field(default_factory=dict)

    def node(self, graph_id: str) -> Node | None:
        """The ad account (act_<id>), campaign, ad set or ad of that Graph id."""
        return self.file.nodes.get(graph_id)

    def below(self, node: Node, level: str) -> Sequence[Node]:
        """The nodes of *level* in *node*, newest first; empty for a level above it."""
        return self.file.below.get((graph_id(node), level), ())

    def listed(self, node: Node, level: str, statuses: frozenset[str]) -> Sequence[Node]:
        """The nodes of *level* in *node* whose effective status is one of *statuses*, newest first."""
        return _listed(self, graph_id(node), level, statuses)

    def effective_status(self, node: Campaign | AdSet | Ad) -> str:
        """The node's own status, or the pause of what it belongs to."""
        if node.status != "ACTIVE" or isinstance(node, Campaign):
            return node.status
        if node.campaign.status != "ACTIVE":
            return "CAMPAIGN_PAUSED" if node.campaign.status == "PAUSED" else node.campaign.status
        if isinstance(node, Ad) and node.adset.status != "ACTIVE":
            return "ADSET_PAUSED" if node.adset.status == "PAUSED" else node.adset.status
        return "ACTIVE"

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
        key = account.id, self.today(account)
        if key not in self._active_ads:
            ads = (ad for ad in self.below(account, "ad") if isinstance(ad, Ad))
            self._active_ads[key] = sum(ad.status == "ACTIVE" and _last_day(ad, key[1]) == key[1] for ad in ads)
        return self._active_ads[key]

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
        """One row for each node of *level* and piece of *span* in which something was delivered."""
        return _rows(self, graph_id(node), level, span, increment, self.today(node))

    def roi_metric_enabled_at(self, space: Space) -> datetime | None:
        """When template metrics were switched on for *space*; None if never."""
        return space.roi_metric_enabled_at or self.ledger.roi_metric_enabled_at.get(space.id)

    def enable_roi_metric(self, space: Space) -> None:
        """Switch template metrics on for *space*, from now."""
        self.ledger.append(RoiMetricEnabled(space.id, self.clock.instant()))

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


def _owner(node: Campaign | AdSet) -> Account:
    return node.campaign.account if isinstance(node, AdSet) else node.account


def _last_day(ad: Ad, today: date) -> date:
    return min(day for day in (ad.adset.end_date, ad.stopped_on, today) if day is not None)


@lru_cache(maxsize=256)
def _listed(world: World, graph_id: str, level: str, statuses: frozenset[str]) -> Sequence[Node]:
    nodes = world.below(world.file.nodes[graph_id], level)
    return [node for node in nodes if not isinstance(node, Account) and world.effective_status(node) in statuses]


@lru_cache(maxsize=64)
def _rows(world: World, graph_id: str, level: str, span: Span, increment: int | str, today: date) -> Sequence[Row]:
    """The list of rows, kept so that a page at any depth is a slice; *today* renews it."""
    assert today
    found = []
    for node in world.below(world.file.nodes[graph_id], level):
        series = world.series(node)
        if series is EMPTY:
            continue
        first, last = date.fromordinal(series.first), date.fromordinal(series.last)
        found += [(node, piece) for piece in buckets(span, increment, first, last) if any(world.totals(node, piece))]
    return found
