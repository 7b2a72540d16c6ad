"""The world as of now: a world file, the ledger of what happened since, and a clock."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from itertools import product
from threading import Lock
from typing import Any, TypeVar

from mockserver.clock import Clock
from mockserver.world.assets import Assets, assets
from mockserver.world.buttons import buttons
from mockserver.world.days import NOTHING, Totals
from mockserver.world.entities import Account, Ad, AdSet, Campaign, Space
from mockserver.world.figures import Figures, Slice, Standings, last_day, runs
from mockserver.world.ledger import Event, Ledger, RoiMetricEnabled
from mockserver.world.load import Node, WorldFile, graph_id, level_of, parents
from mockserver.world.made import Made
from mockserver.world.periods import Span
from mockserver.world.pieces import Run, united
from mockserver.world.rows import Row
from mockserver.world.senders import Choice, Sender
from mockserver.world.series import Series, plus

Found = TypeVar("Found")
Recorded = TypeVar("Recorded", bound=Event)
MANY, LARGE, HUGE = 256, 16, 2  # of what is made once, how many are kept
FEW = 64  # ads that are added up one by one, and nodes of a list that is made anew; for more, what is made is kept
SEVERAL = 8  # ads of which the days are kept


@dataclass(slots=True, eq=False)
class World:
    """What every dialect asks. What follows from the file and the day is worked out once and kept."""

    file: WorldFile
    clock: Clock
    ledger: Ledger = field(default_factory=Ledger)
    figures: Figures = field(init=False)
    made: Made = field(init=False)
    _kept: dict[int, dict[Hashable, Any]] = field(default_factory=dict)
    _lock: AbstractContextManager[Any] = field(default_factory=Lock)

    def __post_init__(self) -> None:
        starts = [node.start_date for node in self.file.nodes.values() if isinstance(node, AdSet)]
        opened = [account.created_time.date() for account in self.file.accounts]
        self.figures = Figures(self.file.seed, min(starts + opened).toordinal(), self._siblings)
        self.made = Made(self.file)

    def compile(self) -> None:
        """Work out what each ad of the file counts for, which is the same on every day."""
        for node in self.file.nodes.values():
            if isinstance(node, Ad):
                self.figures.plan(node)

    def reset(self) -> None:
        """Forget what has happened since the file."""
        self.ledger, self.made = Ledger(), Made(self.file)
        self._kept = {}

    def record(self, make: Callable[[int], Recorded]) -> Recorded:
        """Add the event that *make* makes of its number in the ledger, which no other event has."""
        with self._lock:
            event = make(len(self.ledger.events))
            self.ledger.append(event)
            self.made = self.made.after(event)
            return event

    def once(self, key: Hashable, make: Callable[[], Found], most: int = MANY) -> Found:
        """What *make* returned when *key* was last asked for, unless something was made since; *most* are kept."""
        lists = self._kept.setdefault(most, {})
        key = (self.made.version, key)
        found: Found | None = lists.get(key)
        if found is None:
            found = make()
            with self._lock:
                while len(lists) >= most:
                    del lists[next(iter(lists))]
                lists[key] = found
        return found

    def on(self, day: date, made: Made) -> "World":
        """What there was when *made* was made, as it looks on *day*."""
        view = World(self.file, Clock(day), self.ledger)
        view.made, view.figures = made, self.figures
        return view

    def as_of(self, node: Node) -> tuple[Hashable, ...]:
        """What lists of *node* depend on beside the question: who it is, and the day."""
        return graph_id(node), self.today(node)

    def node(self, graph_id: str) -> Node | None:
        """The ad account (act_<id>), campaign, ad set or ad of that Graph id."""
        return self.made.node(graph_id)

    @property
    def assets(self) -> Assets:
        """The creatives, pixels and pages of the ads that there are now."""
        if not self.made.version:
            return self.file.assets

        def made() -> Assets:
            every = (ad for account in self.file.accounts for ad in self.below(account, "ad") if isinstance(ad, Ad))
            return assets(self.file.seed, every, self.file.nodes)

        return self.once("assets", made)

    def below(self, node: Node, level: str) -> Sequence[Node]:
        """The nodes of *level* in *node*, newest first; empty for a level above it."""
        return self.made.below(graph_id(node), level)

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
        return node if isinstance(node, Account) else node.account

    def today(self, node: Node) -> date:
        """Today in the time zone of the node's ad account."""
        return self.clock.today(self.account(node).timezone_name)

    def delivery(self, node: Node) -> Span:
        """From the first scheduled day of *node* to its last one, or to today while it runs."""
        ads = [ad for ad in self.below(node, "ad") if isinstance(ad, Ad)]
        today = self.today(node)
        last = max(last_day(ad, today.toordinal()) for ad in ads)
        return Span(min(ad.adset.start_date for ad in ads), date.fromordinal(last))

    def active_ads(self, account: Account) -> int:
        """How many ads of *account* are active today; counted once a day."""
        today = self.today(account)

        def count() -> int:
            ads = (ad for ad in self.below(account, "ad") if isinstance(ad, Ad))
            return sum(ad.status == "ACTIVE" and runs(ad, today) for ad in ads)

        return self.once(("active ads", account.id, today), count)

    def sender(self, node: Node, choice: Choice | None = None) -> Sender:
        """*node* with all of its ads, or with those of a *choice*."""

        def made() -> Sender:
            ads = (ad for ad in self.below(node, "ad") if isinstance(ad, Ad))
            key = graph_id(node) if choice is None else (graph_id(node), choice.key)
            return Sender(node, key, tuple(ads if choice is None else filter(choice.takes, ads)))

        if isinstance(node, Account):
            return self.once(("sender", choice and choice.key, *self.as_of(node)), made)
        return made()

    def totals(self, node: Node, span: Span) -> Totals:
        """What *node* did in *span*; days after today have not happened."""
        return self.total(Row(self.sender(node), span))

    def added(self, rows: Iterable[Row]) -> Totals:
        """What *rows* tell together."""
        return reduce(plus, map(self.total, rows), NOTHING)

    def total(self, row: Row) -> Totals:
        """What a row tells; days after today have not happened."""
        today = self.today(row.sender.node).toordinal()
        since, until = row.span.since.toordinal(), min(row.span.until.toordinal(), today)
        total = NOTHING
        for part in row.parts:
            if len(row.sender.ads) > FEW:
                total = plus(total, self._series(row.sender, part, today).total(since, until))
            else:
                total = plus(total, self.figures.total(row.sender.ads, part, since, until))
        return total

    def _series(self, sender: Sender, part: Slice, today: int) -> Series:
        """The running sums of *sender*, kept for the day."""

        of = part if part.button else Slice(part.country)  # who pressed a button is told apart before they are added

        def standing() -> Standings:
            return self.figures.standing(sender.ads, of, today)

        def made() -> Series:
            units = self.once(("standing", sender.key, of, today), standing, HUGE)
            return self.figures.together(sender.ads, units, part, today)

        return self.once(("series", sender.key, part, today), made)

    def _siblings(self, ad: Ad) -> int:
        return len(self.below(ad.adset, "ad"))

    def senders(self, node: Node, level: str, choice: Choice | None = None) -> Sequence[tuple[Sender, Sequence[Run]]]:
        """The nodes of *level* in *node* that have ads of the *choice*, each with the days on which it delivered."""

        def made() -> Sequence[tuple[Sender, Sequence[Run]]]:
            senders = (self.sender(one, choice) for one in self.below(node, level))
            return [(one, self.days(one)) for one in senders if one.ads]

        key = ("senders", level, choice and choice.key, *self.as_of(node))
        return self.once(key, made) if len(self.below(node, level)) > FEW else made()

    def days(self, sender: Sender) -> Sequence[Run]:
        """The days on which *sender* delivered something, as runs of ordinals in order."""
        today = self.today(sender.node).toordinal()

        def made() -> Sequence[Run]:
            return united(run for ad in sender.ads for run in self.figures.days(ad, today))

        return self.once(("days", sender.key, today), made) if len(sender.ads) > SEVERAL else made()

    def parts(self, sender: Sender, traits: tuple[str, ...], *, country: bool, button: bool) -> Sequence[Slice]:
        """The parts that a breakdown of *sender* may have, in order."""
        if button:
            return [
                Slice(button=name)
                for name in sorted({name for ad in sender.ads for name in buttons(self.file.seed, ad).names()})
            ]
        countries = sorted({country for ad in sender.ads for country in ad.adset.audience}) if country else [None]
        values = self.figures.crowds.members(traits)
        return [Slice(country=one, traits=traits, values=each) for one, each in product(countries, values)]

    def roi_metric_enabled_at(self, space: Space) -> datetime | None:
        """When template metrics were switched on for *space*; None if never."""
        return space.roi_metric_enabled_at or self.ledger.roi_metric_enabled_at.get(space.id)

    def enable_roi_metric(self, space: Space) -> None:
        """Switch template metrics on for *space*, from now."""
        self.record(lambda _: RoiMetricEnabled(space.id, self.clock.instant()))
