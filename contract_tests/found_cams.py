"""What a CAMS target has, found by reading it: its pages' campaigns, and a valid call of every operation."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from mockserver.contract.load import load
from mockserver.contract.operation import Operation

from .dates import local_day
from .outcomes import OutOfScope
from .profile import Space, Template

if TYPE_CHECKING:
    from .ask import Ask

T = TypeVar("T")
Row = dict[str, Any]

LIST, INSIGHTS = "ListMessageCampaign", "GetMessageCampaignInsights"
ACCOUNTS, METRIC, ENABLE = "ListPageAdAccount", "GetChatappTemplateMetric", "EnableWhatsappROIMetric"
NAMES = (ACCOUNTS, LIST, INSIGHTS, METRIC, ENABLE)
WAYS: tuple[Row, ...] = tuple(
    {"scheme": scheme, "method": method, "place": place}
    for scheme in ("v3", "v1")
    for method, place in (("POST", "query"), ("GET", "query"), ("POST", "form"))
)
DAY = 86_400_000
SIZE = 100
MOST_PAGES, MOST_PLACES = 20, 12
UNKNOWN = "999999999999999999"


@dataclass(frozen=True, slots=True)
class Place:
    """A page in a space, whose message campaigns can be listed."""

    space: Space
    page_id: str

    @property
    def asked(self) -> Row:
        """The parameters that name it."""
        return {"CustSpaceId": self.space.id, "PageId": self.page_id}


def operation(name: str) -> Operation:
    """The operation file *name*."""
    return load("cams").operations[name]


def spread(ask: "Ask", cases: Sequence[T], most: int = 12) -> list[T]:
    """All of *cases*; at the quick effort, and of a live target, at most *most* of them, evenly spread."""
    if (ask.exact and ask.effort != "quick") or len(cases) <= most:
        return list(cases)
    step = -(-len(cases) // most)
    step += step > 2 and step % 2 == 0  # an odd step meets every column of a table of even width
    return list(cases[ask.draw(st.integers(0, step - 1), "first case") :: step])


def fewer(ask: "Ask", usual: int, quick: int) -> int:
    """*usual*, or at the quick effort *quick*."""
    return quick if ask.effort == "quick" else usual


def evenly(values: Sequence[T], most: int) -> list[T]:
    """At most *most* of *values*, evenly spread."""
    return list(values[:: -(-len(values) // most)]) if values else []


def places(ask: "Ask") -> list[Place]:
    """Every page of every usable space, or the first dozen of them."""
    assert ask.profile.cams
    found = [Place(space, page) for space in ask.profile.cams.spaces for page in space.pages]
    if not found:
        raise OutOfScope("no space has a page")
    return found[:MOST_PLACES]


def listed(ask: "Ask", place: Place, **filters: str) -> list[Row]:
    """Every message campaign of *place*, page by page."""
    rows: list[Row] = []
    for index in range(1, MOST_PAGES + 1):
        page = ask.cams.rows(LIST, {**place.asked, **filters, "Page": {"Index": index, "Size": SIZE}})
        rows += page
        if len(page) < SIZE:
            return rows
    return rows


def campaigns(ask: "Ask") -> list[tuple[Place, Row]]:
    """The message campaigns of every page, read once."""
    if "campaigns" not in ask.target.kept:
        ask.target.kept["campaigns"] = [(place, row) for place in places(ask) for row in listed(ask, place)]
    found: list[tuple[Place, Row]] = ask.target.kept["campaigns"]
    if not found:
        raise OutOfScope("no page has a message campaign")
    return found


def full_places(ask: "Ask") -> list[Place]:
    """The pages that have message campaigns and no more than can be read whole; those with most of them first."""
    count = Counter((place.space.id, place.page_id) for place, _ in campaigns(ask))
    fitting = [one for one, number in count.most_common() if number < SIZE * MOST_PAGES]
    if not fitting:
        raise OutOfScope("the lists of campaigns are too long to be read whole")
    found = {(place.space.id, place.page_id): place for place in places(ask)}
    return [found[one] for one in fitting]


def named(place: Place, row: Mapping[str, Any]) -> Row:
    """The parameters that name the message campaign *row* of *place*."""
    return {**place.asked, "AdAccountId": row["AdAccountId"], "CampaignId": row["CampaignId"]}


def templates(ask: "Ask") -> list[Template]:
    """The marketing templates of WhatsApp in usable spaces."""
    assert ask.profile.cams
    return [one for one in ask.profile.cams.templates if one.usable]


def midnight(ask: "Ask") -> int:
    """The last midnight of UTC on the target, in milliseconds."""
    today = ask.target.today("UTC")
    return int(datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp() * 1000)


def valid(ask: "Ask", name: str) -> Row:
    """The parameters of a call of the operation *name* that must succeed."""
    if name == LIST:
        return {**places(ask)[0].asked, "Page": {"Index": 1, "Size": 5}}
    if name == ACCOUNTS:
        return places(ask)[0].asked
    if name == INSIGHTS:
        return named(*campaigns(ask)[0])
    if name == METRIC:
        return metric(ask, 3)
    return {"CustSpaceId": switched_on(ask).id}


def metric(ask: "Ask", days: int, **more: Any) -> Row:
    """The parameters of template metrics for some whole days, the last of which ended a day ago."""
    if not templates(ask):
        raise OutOfScope("no space has a marketing template of WhatsApp")
    template, end = templates(ask)[0], midnight(ask) - DAY
    asked = {"TemplateCode": template.code, "CustSpaceId": template.space_id, "Start": end - days * DAY, "End": end}
    return {**asked, **more}


def switched_on(ask: "Ask") -> Space:
    """A space for which template metrics are on already where there is one, so that enabling changes nothing."""
    assert ask.profile.cams
    spaces = sorted(ask.profile.cams.spaces, key=lambda one: "roi_metric_enabled_at" not in one.world)
    if not spaces:
        raise OutOfScope("the caller has no space")
    return spaces[0]


def able(ask: "Ask", *names: str) -> list[str]:
    """Those of the operations *names* (default: all) that can be called here; on a live target none that writes."""
    found = []
    for name in names or NAMES:
        if name == ENABLE and not (ask.exact and ask.target.allow_writes):
            continue
        try:
            valid(ask, name)
        except OutOfScope:
            continue
        found.append(name)
    if not found:
        raise OutOfScope("none of the operations can be called here")
    return found


def often(ask: "Ask") -> list[str]:
    """What can be called here; at the quick effort without what may be asked only five times a second."""
    slow = ask.effort == "quick" and ask.target.throttle > 0
    return [name for name in able(ask) if not (slow and name == ENABLE)]


def todays(ask: "Ask", timezone_name: str) -> set[date]:
    """The day, or at midnight the two days, that may be today on the target in a time zone."""
    told = ask.target.today(timezone_name)
    held = ask.profile.today or ask.target.health.get("today")
    return {told} if held else {told, local_day(datetime.fromtimestamp(ask.target.wall(), UTC), timezone_name)}
