"""Insights breakdowns: which may stand together, and which parts of the world each of them tells.

"Due to storage constraints, only some permutations of breakdowns are available."
— Meta, Insights API Breakdowns, Combining Breakdowns
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mockserver.errors import MockError
from mockserver.vendors.meta.actions import columns
from mockserver.vendors.meta.regions import region
from mockserver.world.figures import Slice
from mockserver.world.now import World
from mockserver.world.periods import Span, months_before
from mockserver.world.rows import Row
from mockserver.world.senders import Sender

HOURLY = frozenset({"hourly_stats_aggregated_by_advertiser_time_zone", "hourly_stats_aggregated_by_audience_time_zone"})
ASSETS = frozenset(
    "ad_format_asset body_asset call_to_action_asset description_asset image_asset link_url_asset title_asset"
    " video_asset".split()
)
BUTTON = "marketing_messages_btn_name"
# "Type 1 — The Insights API will not return unsupported offsite metrics" — Meta, Insights API Breakdowns; and what a
# button tells is how often it was pressed
WITHOUT_OFFSITE = HOURLY | {"region", BUTTON}
_UNIQUE = frozenset({"reach", "frequency", "cpp"})
# dma went on 22 June 2026, when comscore_market took its place
_GONE = frozenset({"dma"})
_TOGETHER = frozenset(
    frozenset(names.split())
    for names in (
        "age gender",
        "country region",
        "publisher_platform platform_position",
        "publisher_platform impression_device",
        "publisher_platform device_platform",
        "publisher_platform platform_position impression_device",
        "publisher_platform platform_position device_platform",
        *(f"{asset} {more}" for asset in sorted(ASSETS) for more in ("age", "gender", "age gender")),
    )
)
_NOT_ALONE = frozenset({"platform_position"})
# "Permutations marked with an asterisk (*) can be joined with action_type, action_target_id and action_destination"
_JOINED = frozenset({"action_type", "action_target_id", "action_destination"})
_WITH_PLACEMENT = frozenset({"action_device", "action_reaction", "action_video_sound", "action_video_type"})
_PLACEMENT = frozenset({"publisher_platform", "platform_position", "impression_device"})


@dataclass(frozen=True, slots=True)
class Column:
    """What a breakdown needs of the world: a trait, the country or the button; and how it prints its value."""

    prints: Callable[[Slice, Mapping[str, str]], str]
    traits: tuple[str, ...] = ()
    country: bool = False
    button: bool = False


def _trait(name: str) -> Column:
    return Column(lambda _, traits: traits[name], (name,))


_HOUR = Column(lambda _, traits: f"{traits['hour']}:00:00 - {traits['hour']}:59:59", ("hour",))
_MOBILE = "mobile_app"
COLUMNS: Mapping[str, Column] = {
    "age": _trait("age"),
    "gender": _trait("gender"),
    "country": Column(lambda part, _: str(part.country), country=True),
    "region": Column(lambda part, traits: region(str(part.country), traits["place"]), ("place",), country=True),
    "comscore_market": Column(lambda *_: "Unknown"),
    "publisher_platform": Column(lambda *_: "messenger"),
    "platform_position": Column(lambda *_: "messenger_inbox"),
    "impression_device": _trait("device"),
    "device_platform": Column(lambda _, traits: "desktop" if traits["device"] == "desktop" else _MOBILE, ("device",)),
    **dict.fromkeys(HOURLY, _HOUR),
    BUTTON: Column(lambda part, _: str(part.button), button=True),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The breakdowns of one call, in the order asked for."""

    names: tuple[str, ...] = ()

    @property
    def told(self) -> bool:
        """Whether the world can tell all of them; of what it cannot, there are no rows."""
        return all(name in COLUMNS for name in self.names)

    @property
    def traits(self) -> tuple[str, ...]:
        """The traits that tell the rows apart."""
        return tuple(dict.fromkeys(trait for name in self.names for trait in COLUMNS[name].traits))

    @property
    def country(self) -> bool:
        """Whether rows differ by country."""
        return any(COLUMNS[name].country for name in self.names)

    @property
    def button(self) -> bool:
        """Whether rows differ by button."""
        return BUTTON in self.names

    @property
    def whole(self) -> bool:
        """Whether rows leave nothing out: buttons tell clicks alone, and hours are forgotten."""
        return not self.button and HOURLY.isdisjoint(self.names)

    def parts(self, world: World, sender: Sender) -> Sequence[tuple[Slice, ...]]:
        """What rows of *sender* may tell: slices that print alike make one row."""
        found: dict[tuple[str, ...], tuple[Slice, ...]] = {}
        for one in world.parts(sender, self.traits, country=self.country, button=self.button):
            key = tuple(self.printed(one).values())
            found[key] = (*found.get(key, ()), one)
        return list(found.values())

    def kept_for(self, rows: Iterable[Row], today: date) -> Iterator[Row]:
        """Those of *rows* that are not too old: hours are kept for 13 months."""
        earliest = months_before(today, 13) if not HOURLY.isdisjoint(self.names) else date.min
        return (row for row in rows if row.span.since >= earliest)

    def printed(self, part: Slice) -> dict[str, str]:
        """The columns of a row that tells *part*."""
        traits = dict(zip(part.traits, part.values, strict=True))
        return {name: COLUMNS[name].prints(part, traits) for name in self.names}


def asked(arguments: Mapping[str, Any]) -> Asked:
    """The breakdowns asked for; raises MockError for those that Meta does not combine."""
    names = tuple(dict.fromkeys(arguments["breakdowns"]))
    for name in names:
        if name in _GONE:
            raise MockError("unknown_breakdown", breakdown=name)
    for beside in (columns(arguments), columns(arguments, "summary_action_breakdowns")):
        if not (_combines(frozenset(names)) and _joins(frozenset(beside), frozenset(names))):
            raise MockError("bad_combination", columns=", ".join(sorted({*names, *beside})))
    return Asked(names)


def withheld(names: Sequence[str], span: Span | None, today: date) -> frozenset[str]:
    """The figures that rows do not tell because of their breakdowns, or of those on so old a *span*."""
    # "Hourly breakdowns do not support unique fields, which are any fields prepended with unique_* or reach."
    # — Meta, Insights API Breakdowns; since 10 June 2025 none that begins more than 13 months ago tells them either
    if not HOURLY.isdisjoint(names) or (names and span and span.since < months_before(today, 13)):
        return _UNIQUE
    return frozenset()


def _combines(names: frozenset[str]) -> bool:
    if len(names) < 2:
        return not names & _NOT_ALONE
    return names in _TOGETHER


def _joins(actions: frozenset[str], names: frozenset[str]) -> bool:
    """Whether action breakdowns may stand beside breakdowns."""
    other: Sequence[str] = sorted(actions - _JOINED)
    if not other:
        return True
    if len(other) == 1 and other[0] in _WITH_PLACEMENT:
        return names <= _PLACEMENT
    cards = {"action_carousel_card_id", "action_carousel_card_name"}
    if set(other) <= cards:
        return names in ({"age"}, {"gender"}, {"age", "gender"}, {"country"}, {"impression_device"}, set())
    return not names and len(other) == 1
