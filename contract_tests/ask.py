"""What a property is handed: clients, draws, and what the target has."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from mockserver.contract.operation import Operation

from . import found
from .cams import Cams
from .dates import Span, earliest
from .graph import Graph
from .outcomes import OutOfScope
from .profile import Profile, Space, Template
from .target import Target
from .wire import Answer

T = TypeVar("T")
SETTLED_DAYS = 3  # live figures of younger days still move


@dataclass(eq=False)
class Ask:
    """One example of one property: *draw* makes its choices, *answers* keeps what came of its calls."""

    target: Target
    data: Any  # Hypothesis's st.data()
    effort: str = "default"
    answers: list[Answer] = field(default_factory=list)
    drawn: dict[str, Any] = field(default_factory=dict)

    @property
    def profile(self) -> Profile:
        """Ids and credentials."""
        return self.target.profile

    @property
    def exact(self) -> bool:
        """Whether the target is a mock, which owes exact figures."""
        return self.target.exact

    @property
    def graph(self) -> Graph:
        """The Graph client."""
        return Graph(self)

    @property
    def cams(self) -> Cams:
        """The CAMS client."""
        return Cams(self)

    def send(self, vendor: str, operation: Operation | None, *call: Any, **how: Any) -> Answer:
        """One call of the target, kept as evidence."""
        answer = self.target.send(vendor, operation, *call, **how)
        self.answers.append(answer)
        return answer

    def draw(self, strategy: st.SearchStrategy[T], name: str = "") -> T:
        """One value of *strategy*, named in the report."""
        value: T = self.data.draw(strategy)
        self.drawn[name or f"draw {len(self.drawn) + 1}"] = value
        return value

    def one_of(self, values: Any, name: str = "") -> Any:
        """One of *values*, simplest first; nothing to choose from is out of scope."""
        listed = list(values)
        if not listed:
            raise OutOfScope(f"the target has no {name or 'such thing'}")
        return self.draw(st.sampled_from(listed), name)

    def some(self, values: Any, few: int = 4) -> list[Any]:
        """All of *values*, or at the quick effort and on a live target a drawn *few* of them."""
        listed = list(values)
        if (self.exact and self.effort != "quick") or len(listed) <= few:
            return listed
        return self.draw(st.lists(st.sampled_from(listed), min_size=few, max_size=few, unique_by=repr), "some")

    def account(self) -> found.Account:
        """One of the ad accounts."""
        account: found.Account = self.one_of(found.accounts(self), "account")
        return account

    def node(self, *levels: str) -> found.Node:
        """An object that has delivered, of one of *levels* (any by default)."""
        level = self.one_of(levels or found.LEVELS, "level")
        node: found.Node = self.one_of(found.nodes(self, level), "node")
        return node

    def today(self, account: found.Account) -> date:
        """Today where the account is."""
        return self.target.today(account.timezone_name)

    def last_day(self, account: found.Account) -> date:
        """The last day that may be compared: today on a mock, a settled one on a live target."""
        return self.today(account) - timedelta(days=0 if self.exact else SETTLED_DAYS)

    def span(self, node: found.Node, *, longest: int = 120) -> Span:
        """A closed range of at most *longest* days, near a month in which *node* delivered."""
        first, last = earliest(self.today(node.account)), self.last_day(node.account)
        month = self.one_of([one for one in node.months if one[0] <= last] or node.months, "month")
        since = month[0] + timedelta(days=self.draw(st.integers(-10, 27), "since"))
        since = min(max(since, first), last)
        until = since + timedelta(days=self.draw(st.integers(0, longest - 1), "days"))
        return since, min(until, last)

    def space(self) -> Space:
        """A usable CAMS space with a page and an ad account."""
        assert self.profile.cams
        space: Space = self.one_of([one for one in self.profile.cams.spaces if one.pages], "space")
        return space

    def template(self) -> Template:
        """A marketing template of WhatsApp in a usable space."""
        assert self.profile.cams
        template: Template = self.one_of([one for one in self.profile.cams.templates if one.usable], "template")
        return template


def time_range(span: Span) -> dict[str, str]:
    """The time_range parameter for *span*."""
    return {"since": span[0].isoformat(), "until": span[1].isoformat()}
