"""EnableWhatsappROIMetric: it switches template metrics on, once and from then on; data appears a day later."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ..ask import Ask
from ..bad_cams import Row
from ..expect import holds, same
from ..found_cams import DAY, ENABLE, METRIC, UNKNOWN, WAYS, switched_on
from ..metrics_cams import buckets, entries, milliseconds, told
from ..outcomes import OutOfScope
from ..profile import Key, Template
from ..property import Live, contract
from ..words_cams import told as fields
from .cams_envelope import without_id
from .cams_history import ENABLED, LAST, PAGE

NAME_PAGE = "Chat App Message Service: EnableWhatsappROIMetric"
HOUR = 3600
MINUTE = 60_000
_HOW: dict[str, Any] = {"page": PAGE, "kind": "cams", "examples": 1, "writes": True}


@contract(
    "CAMS-E1", "Enabling is answered OK, and once more OK",
    sentence="Enables WhatsApp-related metric collection. CustSpaceId: not required", live=Live.TOLERANT, calls=3,
    **{**_HOW, "page": NAME_PAGE},
)  # fmt: skip
def enabling_is_idempotent(ask: Ask) -> None:
    """With CustSpaceId, again, and on mocks without it and under the name that the page's prose uses."""
    space = switched_on(ask)
    answers = [without_id(ask.cams.ok(ENABLE, {"CustSpaceId": space.id})) for _ in range(2)]
    if ask.exact:
        answers.append(without_id(ask.cams.ok(ENABLE, {}, scheme="v1", method="GET")))
        for how in (WAYS[0], WAYS[-1]):
            prepared = ask.cams.prepare("EnableWhatsAppROIMetric", {"CustSpaceId": space.id}, **how)
            answer = ask.cams.send(prepared, ENABLE)
            same(fields(answer).get("Code"), "OK", "EnableWhatsAppROIMetric is EnableWhatsappROIMetric")
            answers.append(without_id(fields(answer)))
        same(answers, [answers[0]] * len(answers), "every enabling is answered the same way")
        same(set(answers[0]), {"Code", "Message"}, "enabling tells nothing but that it is done")


@contract(
    "CAMS-E2", "Enabling what is enabled changes none of its data", sentence=ENABLED, live=Live.TOLERANT, calls=5,
    **_HOW,
)  # fmt: skip
def enabling_again_changes_nothing(ask: Ask) -> None:
    """The metrics of a space that has some, before and after it is enabled again, by name and without."""
    one = told(ask)[0]
    span = (one.end - 3 * DAY - 5, one.end)
    before = buckets(ask, one, *span)
    ask.cams.ok(ENABLE, {"CustSpaceId": one.template.space_id})
    same(buckets(ask, one, *span), before, "enabling again changes no data")
    if ask.exact:
        ask.cams.ok(ENABLE, {})
        same(buckets(ask, one, *span), before, "enabling all spaces changes no data of one that was enabled")


@dataclass(frozen=True, slots=True)
class Closed:
    """A fresh mock with a *template* in a space for which metrics are off."""

    ask: Ask
    template: Template

    def later(self, hours: float) -> None:
        """Move the mock's clocks on."""
        assert self.ask.target.forward
        self.ask.target.forward(hours * HOUR)

    def now(self) -> int:
        """The mock's time in milliseconds."""
        return int(self.ask.target.wall() * 1000)

    def enable(self, **how: Any) -> None:
        """Switch metrics on for the template's space."""
        self.ask.cams.ok(ENABLE, {"CustSpaceId": self.template.space_id}, **how)

    def rows(self, granularity: str = "DAILY", start: int = 0) -> list[Row]:
        """Everything that is told of the template."""
        asked = {"TemplateCode": self.template.code, "Start": start, "End": LAST, "Granularity": granularity}
        return self.ask.cams.rows(METRIC, asked)


@contextmanager
def closed(ask: Ask) -> Iterator[Closed]:
    """A fresh mock of the world default, in which one space has a template and no metrics."""
    if ask.target.another is None:
        raise OutOfScope("no other mock can be made")
    with ask.target.another("default", 0) as mock:
        there = Ask(mock, ask.data, ask.effort, answers=ask.answers)
        assert mock.profile.cams
        off = {one.id for one in mock.profile.cams.spaces if "roi_metric_enabled_at" not in one.world}
        now = mock.wall() * 1000
        for one in mock.profile.cams.templates:
            made = [milliseconds(entry["created_time"]) for entry in entries(there, one).values()]
            if one.usable and one.space_id in off and made and max(made) < now:
                yield Closed(there, one)
                return
        raise OutOfScope("every template of the world default is younger than now, or has its metrics on")


@contract(
    "CAMS-E3", "Metrics appear a day after enabling, and tell nothing from before it", sentence=ENABLED,
    live=Live.MOCK, calls=14, **_HOW,
)  # fmt: skip
def metrics_appear_a_day_later(ask: Ask) -> None:
    """Nothing before enabling, at once, an hour or 23:58 hours later; then everything from the moment of enabling."""
    with closed(ask) as mock:
        same(mock.rows(), [], "a space for which metrics are off has none")
        at = mock.now()
        mock.enable()
        for hours, what in ((0, "at once"), (1, "after an hour"), (22.96, "just before a day has passed")):
            mock.later(hours)
            same(mock.rows(), [], f"metrics do not appear {what}")
        mock.later(0.05)
        _begins(mock, at)
        mock.later(72)
        _begins(mock, at)
        holds(
            sum(row["SentCount"] for row in mock.rows()), "messages that are sent after enabling are counted", 0, "some"
        )


def _begins(mock: Closed, at: int) -> None:
    for granularity in ("DAILY", "HALF_HOUR"):
        rows = mock.rows(granularity, at - 9 * DAY)
        holds(rows, "metrics appear a day after enabling", rows, "buckets")
        first, last = min(row["Start"] for row in rows), max(row["End"] for row in rows)
        holds(abs(first - at) < MINUTE, "metrics begin with the moment of enabling", first, at)
        holds(abs(last - mock.now()) < MINUTE, "metrics end now", last, mock.now())


@contract(
    "CAMS-E4", "Enabling again neither restarts the wait nor moves the beginning", sentence=ENABLED, live=Live.MOCK,
    calls=8, **_HOW,
)  # fmt: skip
def enabling_again_restarts_nothing(ask: Ask) -> None:
    """Enabled, and again 12 hours later, by name and without: data after a day, from the first moment on."""
    with closed(ask) as mock:
        at = mock.now()
        mock.enable(scheme="v1", method="GET")
        mock.later(12)
        mock.enable()
        mock.ask.cams.ok(ENABLE, {})
        mock.later(12.05)
        _begins(mock, at)
        mock.enable()
        mock.later(5)
        _begins(mock, at)


@contract(
    "CAMS-E5", "Enabling without CustSpaceId enables every space of the caller, and no other's",
    sentence="CustSpaceId: not required. Assumed: all subscribed spaces of the caller", live=Live.MOCK, calls=6,
    **_HOW,
)  # fmt: skip
def enabling_all(ask: Ask) -> None:
    """By the owner: data a day later; by another owner, or for another space: none."""
    with closed(ask) as mock:
        mock.ask.cams.ok(ENABLE, {}, place="form")
        at = mock.now()
        mock.later(24.05)
        _begins(mock, at)
    with closed(ask) as mock:
        assert mock.ask.profile.cams
        other = mock.ask.profile.cams.keys.get("other_owner")
        if other:
            mock.ask.cams.ok(ENABLE, {}, key=other)
        for space in mock.ask.profile.cams.spaces:
            if space.id != mock.template.space_id:
                mock.ask.cams.ok(ENABLE, {"CustSpaceId": space.id})
        mock.later(30)
        same(mock.rows(), [], "enabling other spaces leaves a space as it was")


@contract(
    "CAMS-E6", "A refused enabling enables nothing", sentence="Assumed: an error leaves nothing changed",
    live=Live.MOCK, calls=8, **_HOW,
)  # fmt: skip
def refused_enabling_changes_nothing(ask: Ask) -> None:
    """Forged, late, powerless, by another owner, of an unknown space, by PUT: nothing a day later."""
    with closed(ask) as mock:
        there, asked = mock.ask, {"CustSpaceId": mock.template.space_id}
        assert there.profile.cams
        keys = [
            key for kind, key in there.profile.cams.keys.items() if kind in ("powerless", "inactive", "other_owner")
        ]
        refusals: list[Callable[[], Any]] = [
            lambda: there.cams.call(ENABLE, asked, key=Key(there.cams.key.id, "wrong")),
            lambda: there.cams.call(ENABLE, asked, at=there.target.wall() - HOUR),
            lambda: there.cams.call(ENABLE, asked, method="PUT"),
            lambda: there.cams.call(ENABLE, {"CustSpaceId": UNKNOWN}),
            lambda: there.cams.call(ENABLE, {**asked, "OwnerId": "me"}, scheme="v1"),
            *(lambda key=key: there.cams.call(ENABLE, asked, key=key) for key in keys),
        ]
        for refused in refusals:
            code = fields(refused()).get("Code")
            holds(code != "OK", "a bad enabling is refused", code, "an error")
        mock.later(25)
        same(mock.rows(), [], "a refused enabling enables nothing")
