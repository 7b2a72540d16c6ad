"""Template metrics as the kit reads them: templates that have data, windows near it, counts and cuts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from .expect import holds
from .found_cams import DAY, METRIC, midnight, templates
from .outcomes import OutOfScope
from .profile import Template

if TYPE_CHECKING:
    from .ask import Ask

Row = dict[str, Any]
HALF_HOUR = 30 * 60 * 1000
STEPS = ("HALF_HOUR", "DAILY")
COUNTS = ("SentCount", "DeliveredCount", "ReadCount")
MOST_TRIED, MOST_FOUND = 6, 2


@dataclass(frozen=True, slots=True)
class Told:
    """A template that has data: its whole history in days up to *end*, the last midnight but one."""

    template: Template
    rows: Sequence[Row]
    end: int

    @property
    def asked(self) -> Row:
        """The parameters that name it."""
        return {"TemplateCode": self.template.code, "CustSpaceId": self.template.space_id}

    @property
    def languages(self) -> list[str]:
        """The languages that have data, in order."""
        return sorted({row["Language"] for row in self.rows})

    def first(self, language: str) -> int:
        """When the data of *language* starts."""
        return min(int(row["Start"]) for row in self.rows if row["Language"] == language)

    @property
    def busy(self) -> list[Row]:
        """The days on which something was sent, or all days where nothing ever was."""
        return [row for row in self.rows if row["SentCount"]] or list(self.rows)


def told(ask: "Ask") -> list[Told]:
    """Two templates that have data, those in most languages first; read once."""
    if "metrics" not in ask.target.kept:
        found: list[Told] = []
        end = midnight(ask) - (DAY if ask.exact else 3 * DAY)
        start = 0 if ask.exact else end - 60 * DAY
        for one in sorted(templates(ask), key=lambda one: -len(one.languages))[:MOST_TRIED]:
            asked = {"TemplateCode": one.code, "CustSpaceId": one.space_id, "Start": start, "End": end}
            rows = ask.cams.rows(METRIC, asked)
            due = since(ask, one)
            holds(
                rows or not due or due >= end - DAY, "a template whose metrics are enabled has metrics", rows, "buckets"
            )
            found += [Told(one, rows, end)] if rows else []
            if len(found) == MOST_FOUND:
                break
        ask.target.kept["metrics"] = found
    known: list[Told] = ask.target.kept["metrics"]
    if not known:
        raise OutOfScope("no template has metrics")
    return known


def entries(ask: "Ask", template: Template) -> dict[str, Mapping[str, Any]]:
    """The entries of *template* in the world file, by language; those in spaces that can be used."""
    usable = {space.id for space in ask.profile.cams.spaces} if ask.profile.cams else set()
    own = [entry for entry in (ask.profile.world or {}).get("templates", ()) if entry["code"] == template.code]
    return {entry["language"]: entry for entry in own if entry["space_id"] in usable}


def milliseconds(text: str) -> int:
    """An instant of a world file as CAMS prints it."""
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def since(ask: "Ask", template: Template) -> int | None:
    """When the world file has the metrics of *template* begin; None where it does not enable them."""
    assert ask.profile.cams
    space = next((space for space in ask.profile.cams.spaces if space.id == template.space_id), None)
    at = space.world.get("roi_metric_enabled_at") if space else None
    made = [milliseconds(entry["created_time"]) for entry in entries(ask, template).values()]
    return max(milliseconds(at), min(made)) if at and made else None


def buckets(ask: "Ask", one: Told, start: int, end: int, **more: Any) -> list[Row]:
    """The metrics of *one* from *start* to *end*."""
    return ask.cams.rows(METRIC, {**one.asked, "Start": start, "End": end, **more})


def window(ask: "Ask", one: Told, days: int) -> tuple[int, int]:
    """A range of at most *days* days, to the millisecond, around a day on which something was sent."""
    day = ask.one_of(one.busy, "day")
    start = int(day["Start"]) + ask.draw(st.integers(-DAY // 2, DAY // 2), "from")
    end = start + ask.draw(st.integers(HALF_HOUR, days * DAY), "for")
    return max(start, 0), max(min(end, one.end), start + 2)


def sums(rows: Sequence[Row]) -> dict[str, int]:
    """The sum of every count, of each language and button."""
    found: Counter[str] = Counter()
    for row in rows:
        for name, count in counts(row).items():
            found[f"{row['Language']} {name}"] += count
    return {name: count for name, count in found.items() if count}


def counts(row: Mapping[str, Any]) -> dict[str, int]:
    """The counts of one bucket; buttons by their place, type and text."""
    clicked = {
        f"button {at} {one['Type']} {one['ButtonContent']}": int(one["Count"]) for at, one in enumerate(row["Cliented"])
    }
    return {**{name: int(row[name]) for name in COUNTS}, **clicked}


def cuts(start: int, end: int, step: str, timezone_name: str) -> list[int]:
    """Where buckets of *step* are cut between *start* and *end*: half hours of UTC, midnights of the time zone."""
    found, at = [start], start
    while (at := _next(at, step, timezone_name)) < end:
        found.append(at)
    return [*found, end]


def _next(at: int, step: str, timezone_name: str) -> int:
    if step == "HALF_HOUR":
        return at - at % HALF_HOUR + HALF_HOUR
    zone = ZoneInfo(timezone_name)
    day = datetime.fromtimestamp(at // 1000, UTC).astimezone(zone).date() + timedelta(days=1)
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)


def zone_of(ask: "Ask", one: Told) -> str:
    """The time zone in which days of *one* are cut."""
    assert ask.profile.cams
    space = next((space for space in ask.profile.cams.spaces if space.id == one.template.space_id), None)
    return str(space.world.get("timezone_name", "UTC")) if space else "UTC"
