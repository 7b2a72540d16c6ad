"""Two answers to one probe, or an answer and the contract: what the judges share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from . import places
from .finding import SEVERITIES, Finding, Severity
from .heads import CHALLENGE
from .places import ERROR, Node, Place
from .probes import Probe
from .recording import Answered
from .shapes import Shapes, holders

# what may be there or not, whatever the contract: it depends on the data, on the day, or on where the page lies
_OPTIONAL = frozenset(
    {
        "actions", "action_values", "website_purchase_roas", "cost_per_action_type", "1d_click", "7d_click",
        "28d_click", "1d_view", "cpc", "cpm", "cpp", "ctr", "frequency", "inline_link_click_ctr",
        "cost_per_inline_link_click", "marketing_messages_sent", "stop_time", "end_time", "timezone_id", "pixel_id",
        "promoted_object", "source_campaign_id", "source_adset_id", "source_ad_id", "next", "previous",
        "AccessDeniedDetail",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judging:
    """One probe under judgement, whose answers of *status* are looked up in the contract."""

    probe: Probe
    status: int

    @property
    def file(self) -> str:
        """The file of the contract that describes the body."""
        return ERROR if self.status >= 400 else self.probe.operation

    def node(self, path: str) -> Node:
        """What the contract says of *path*."""
        return places.node(self.probe.vendor, self.file, path)

    def top(self, *at: str) -> Place:
        """A line of the operation file itself."""
        return places.place(self.probe.vendor, self.probe.operation, *at)

    @property
    def operation(self) -> Mapping[str, Any]:
        """The operation file."""
        return places.raw(self.probe.vendor, self.probe.operation)

    @property
    def row(self) -> Place:
        """The line of the documented error, or of what a good answer looks like."""
        refusal = self.probe.refusal
        if refusal is None:
            return self.top("response")
        return places.error_place(self.probe.vendor, self.probe.operation, refusal.row)

    def found(
        self, kind: str, path: str, old: object, new: object, place: Place, severity: Severity | None = None
    ) -> Finding:
        """A finding of this probe."""
        return Finding(
            vendor=self.probe.vendor,
            kind=kind,
            path=path,
            old=str(old),
            new=str(new),
            places=(place,),
            probes=(self.probe.id,),
            severity=severity or SEVERITIES[kind],
        )

    def must(self, path: str, body: Shapes) -> bool:
        """Whether *path* has to be there wherever what holds it is."""
        name = path.rpartition(".")[2]
        if path in self.probe.must:
            return True
        if path == "paging":
            return "data[]" in body
        return not path.endswith("[]") and name not in _OPTIONAL


def outermost(paths: Iterable[str]) -> list[str]:
    """*paths* without those inside another one of them."""
    listed = set(paths)
    return sorted(path for path in listed if listed.isdisjoint(holders(path)))


def inside(path: str, others: set[str]) -> bool:
    """Whether *path* is one of *others* or inside one."""
    return path in others or not others.isdisjoint(holders(path))


def failed(answered: Answered) -> bool:
    """Whether the answer is an error."""
    return answered.error is not None


def header_place(judging: Judging, name: str) -> Place:
    """Where a header is to be noted: the contract has no more of them than the operation's HTTP and its limit."""
    return judging.row if name == CHALLENGE else judging.top("qps" if "ratelimit" in name else "http")
