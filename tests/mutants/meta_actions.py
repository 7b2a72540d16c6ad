"""Graph insights whose action lists tell clicks, their devices and their destinations wrongly."""

from collections.abc import Callable
from typing import Any

from tests.mutants.bend import Asked
from tests.mutants.bends import each, rows
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, argument, around, ignored
from tests.mutants.words import META_ACTIONS

Entry = dict[str, Any]
ACTIONS = "mockserver.vendors.meta.actions"
DEVICE, TARGET = "action_device", "action_target_id"
LINK, PURCHASE = "link_click", "offsite_conversion.fb_pixel_purchase"
TYPED = (("action_type", LINK),)


def _ignored(name: str) -> Mutant:
    return Mutant(f"meta-insights-{name.replace('_', '-')}-ignored", "parameter",
                  f"{name} of insights is checked, then ignored.", "META-D15-insights",
                  ignored("insights", name))  # fmt: skip


def _entries(edit: Callable[[Entry], Any]) -> Any:
    """*edit* changes every entry of the action lists in place."""

    def all_entries(row: Entry) -> None:
        for name in META_ACTIONS:
            for entry in row.get(name, ()):
                edit(entry)

    return each(all_entries, "insights")


def _lists(choose: Callable[[list[Entry], Asked], list[Entry]]) -> Any:
    """`actions` are those of their entries that *choose* returns."""

    def chosen(found: list[Entry], asked: Asked) -> None:
        for row in found:
            if "actions" in row:
                row["actions"] = choose(row["actions"], asked)

    return rows(chosen, "insights")


def _by_device(asked: Asked) -> bool:
    return DEVICE in asked.parameters.get("action_breakdowns", "")


def _one_device_lost(entries: list[Entry], asked: Asked) -> list[Entry]:
    return [one for one in entries if one.get(DEVICE) != "desktop"] if _by_device(asked) else entries


def _conversions_by_device(entries: list[Entry], asked: Asked) -> list[Entry]:
    if not _by_device(asked):
        return entries
    return [one if one.get("action_type") == LINK else {**one, DEVICE: "desktop"} for one in entries]


def _device_unsaid(entry: Entry) -> None:
    entry.pop(DEVICE, None)


def _types_told(entry: Entry) -> None:
    entry.setdefault("action_type", LINK)


def _half(entries: list[Entry], asked: Asked) -> list[Entry]:
    """What is told together counts half."""
    if "action_type" in asked.parameters.get("action_breakdowns", "action_type"):
        return entries
    return [{**one, "value": str(int(one["value"]) // 2)} for one in entries]


def _other_target(entry: Entry) -> None:
    if TARGET in entry:
        entry[TARGET] = entry[TARGET][::-1]


def _other_name(entry: Entry) -> None:
    if "action_destination" in entry:
        entry["action_destination"] = entry["action_destination"].upper()


def _windows_lost(entry: Entry) -> None:
    if "action_type" not in entry:
        entry.pop("1d_click", None)


def _whole_spend(told: Any, name: str, entries: Any, spend: int, decimals: int) -> Any:
    found = told(name, entries, spend, decimals)
    if name == "cost_per_action_type":
        for one in (one for one in found or () if one[DEVICE] or one[TARGET]):
            one["value"] = (spend, 100)
    return found


def _no_clicks(entries: list[Entry], asked: Asked) -> list[Entry]:
    parts = asked.parameters.get("breakdowns", "")
    return [one for one in entries if one.get("action_type") != LINK] if "region" in parts else entries


def _costs_of_conversions(row: Entry) -> None:
    if "region" in row:
        row.setdefault("cost_per_action_type", []).append({"action_type": PURCHASE, "value": "1.000000"})


def _twice(told: Any, world: Any, row: Any, **asked: bool) -> Any:
    return {cell: 2 * count for cell, count in told(world, row, **asked).items()}


def _mobile(entry: Entry) -> None:
    if entry.get(DEVICE) == "iphone":
        entry[DEVICE] = "mobile"


def _not_in_windows(entry: Entry) -> None:
    if entry.get("action_type") == LINK:
        entry.pop("7d_click", None)


MUTANTS = (
    _ignored("action_breakdowns"),
    _ignored("summary_action_breakdowns"),
    Mutant("meta-actions-device-lost", "row", "By device, clicks on desktops are missing.", "META-A10",
           _lists(_one_device_lost)),
    Mutant("meta-actions-device-of-all", "row", "Conversions have a device too.", "META-A10",
           _lists(_conversions_by_device)),
    Mutant("meta-actions-device-unsaid", "row", "Clicks do not say on which device they were made.", "META-A10",
           _entries(_device_unsaid)),
    Mutant("meta-actions-types-told", "row", "Types are told that nobody asked for.", "META-A11",
           _entries(_types_told)),
    Mutant("meta-actions-types-half", "count", "Types that are told together count half.", "META-A11",
           _lists(_half)),
    Mutant("meta-actions-target", "row", "Clicks go to another page.", "META-A12", _entries(_other_target)),
    Mutant("meta-actions-destination", "row", "Destinations are in capitals.", "META-A12", _entries(_other_name)),
    Mutant("meta-actions-cost", "rate", "By device or page each action costs the whole spend.", "META-A10",
           around(f"{ACTIONS}:told", _whole_spend)),
    Mutant("meta-actions-windows-lost", "row", "Types that are told together have no 1d_click.", "META-A11",
           _entries(_windows_lost)),
    Mutant("meta-actions-region", "row", "Regions tell no link clicks.", "META-A13", _lists(_no_clicks)),
    Mutant("meta-actions-region-cost", "row", "Regions tell what a purchase costs.", "META-BD4",
           each(_costs_of_conversions, "insights")),
    Mutant("meta-actions-twice", "count", "By device or page each click counts twice.", "META-A10",
           around("mockserver.world.clicks:told_apart", _twice)),
    Mutant("meta-actions-summary", "parameter", "A summary is always by device.", "META-A14",
           argument("insights", lambda found: found.update(summary_action_breakdowns=["action_type", DEVICE]))),
    Mutant("meta-actions-device-word", "format", "A click on an iphone is made on a mobile.", "META-A12",
           _entries(_mobile)),
    Mutant("meta-actions-clicks", "count", "link_click counts people who were reached.", "META-A13",
           around(f"{ACTIONS}:_clicks", lambda _told, _world, _rows, totals, _columns: [(TYPED, totals.reach)])),
    Mutant("meta-actions-window", "count", "Clicks are not within 7 days of a click.", "META-AW1",
           _entries(_not_in_windows)),
    Mutant("meta-actions-offsite", "row", "Hours and regions tell offsite conversions.", "META-BD4",
           Patch("mockserver.vendors.meta.breakdowns:WITHOUT_OFFSITE", lambda _: frozenset())),
)  # fmt: skip
