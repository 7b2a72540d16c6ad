"""Graph insights whose parts, order, summary, windows, ranges or filters do not tell what the whole does."""

import json
from collections.abc import Callable
from typing import Any

from tests.mutants.bend import Asked
from tests.mutants.bends import asking, bodies, each, parsed, rows, statuses, when_refused
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, around, ignored
from tests.mutants.words import META_ACTIONS, M

Row = dict[str, Any]
META = "mockserver.vendors.meta"
BUTTON = f"{M}btn_name"


def _ignored(name: str, meant: str) -> Mutant:
    return Mutant(f"meta-insights-{name.replace('_', '-')}-ignored", "parameter",
                  f"{name} of insights is checked, then ignored.", meant, ignored("insights", name))  # fmt: skip


def _without(name: str, value: str) -> Any:
    """Rows of that part are missing."""
    return rows(lambda found, _: [row for row in found if row.get(name) != value], "insights")


def _one_more(*names: str) -> Any:
    """Where rows have all of *names*, each counts one impression and one message more."""

    def edit(row: Row) -> None:
        if row.keys() >= set(names):
            row.update({one: str(int(row[one]) + 1) for one in ("impressions", f"{M}delivered") if one in row})

    return each(edit, "insights")


def _column_lost(row: Row) -> None:
    if "age" in row or "country" in row:
        row.pop("age", None)
        row.pop("country", None)


def _same_part_twice(found: list[Row], asked: Asked) -> list[Row] | None:
    return [*found, found[0]] if "breakdowns" in asked.parameters else None


def _last_button_lost(found: list[Row], asked: Asked) -> list[Row] | None:
    del asked
    return found[:-1] if BUTTON in found[0] and len(found) > 1 else None


def _upward(sent: dict[str, str]) -> dict[str, str | None]:
    return {"sort": sent["sort"].replace("_descending", "_ascending")} if "_descending" in sent.get("sort", "") else {}


def _as_texts(key: Any, row: Any, totals: Any, by: Any) -> Any:
    found = key(row, totals, by)
    return None if found is None else str(found)


def _ties_turned(sorted_rows: Any, listed: Any, totals: Any, by: Any) -> Any:
    return sorted_rows(list(listed)[::-1], totals, by)


def _page_turned(found: list[Row], asked: Asked) -> list[Row] | None:
    """Each page is ordered by itself."""
    paged = "sort" in asked.parameters and int(asked.parameters.get("limit", "25")) < 100
    return found[::-1] if paged else None


def _first_rows(together: Any, world: Any, node: Any, listed: Any, shape: Any) -> Any:
    return listed[: max(len(together(world, node, listed, shape)), 3)]


def _summary_told_more(body: Row, asked: Asked) -> None:
    del asked
    if "summary" in body:
        body["summary"]["impressions"] = "1"


def _summary_of_first_day(body: Row, asked: Asked) -> None:
    del asked
    if "summary" in body and body["data"]:
        body["summary"]["date_stop"] = body["data"][0]["date_start"]


def _summary_cost(body: Row, asked: Asked) -> None:
    del asked
    name = f"{M}cost_per_delivered"
    if name in body.get("summary", {}):
        body["summary"][name] = "1.000000"


def _one_range(sent: dict[str, str]) -> dict[str, str | None]:
    found = parsed(sent.get("time_ranges", ""))
    return {"time_ranges": json.dumps(found[:1])} if isinstance(found, list) else {}


def _range_wins(sent: dict[str, str]) -> dict[str, str | None]:
    return {"time_ranges": None} if "time_range" in sent else {}


def _entries(edit: Callable[[Row], Any]) -> Any:
    """*edit* changes the entries of the action lists that have windows."""

    def listed(row: Row) -> None:
        for name in META_ACTIONS:
            for entry in row.get(name, ()):
                if entry.keys() - {"action_type", "value"}:
                    edit(entry)

    return each(listed, "insights")


def _day_is_week(entry: Row) -> None:
    if "28d_click" in entry and "1d_click" in entry:
        entry["28d_click"], entry["1d_click"] = entry["1d_click"], entry["28d_click"]


def _value_is_a_week(entry: Row) -> None:
    entry["value"] = entry.get("7d_click", "0")


def _value_lost(entry: Row) -> None:
    entry["value"] = "0"


def _more_windows(entry: Row) -> None:
    entry["7d_view"] = "0"


def _operator(name: str, test: Any) -> Patch:
    return Patch(f"{META}.filters:NUMBER_OPERATORS[{name}]", lambda _: test)


def _own_figure(sent: dict[str, str]) -> dict[str, str | None]:
    return {"filtering": sent["filtering"].replace("campaign.spend", "ad.spend")} if "filtering" in sent else {}


def _smallest(passing: Any, test: Any, told: Any) -> Any:
    if test.top is None:
        return passing(test, told)
    return sorted(sorted(range(len(told)), key=lambda at: test.figure(told[at]) or 0)[: test.top])


def _without_dma(asked: Asked, error: Row) -> Asked | None:
    return asked.having(breakdowns=None) if "dma is not valid" in error.get("message", "") else None


def _range_for_ranges(asked: Asked, error: Row) -> Asked | None:
    if "time_ranges must be an array" not in error.get("message", ""):
        return None
    return asked.having(time_ranges=None)


def _any_summary(asked: Asked, error: Row) -> Asked | None:
    return asked.having(summary=None) if "for summary param" in error.get("message", "") else None


def _filter_dropped(words: str) -> Any:
    """A filter that is refused in these words is ignored."""
    return when_refused(
        lambda asked, error: asked.having(filtering=None) if words in error.get("message", "") else None
    )


def _fraction(row: Row) -> None:
    if "ctr" in row:
        row["ctr"] = f"{float(row['ctr']) / 100:.6f}"


MUTANTS = (
    _ignored("breakdowns", "META-BD3"),
    _ignored("action_attribution_windows", "META-AW1"),
    _ignored("time_ranges", "META-TR1"),
    _ignored("sort", "META-SO1"),
    _ignored("summary", "META-D15-insights"),
    _ignored("default_summary", "META-SU1"),
    Mutant("meta-ctr-fraction", "rate", "ctr is a fraction of one, not per cent.", "META-I13",
           each(_fraction, "insights")),
    Mutant("meta-cpm-reach", "rate", "cpm is by reach.", "META-I13",
           each(lambda row: row.update({"cpm": row["cpp"]} if {"cpm", "cpp"} <= row.keys() else {}), "insights")),
    Mutant("meta-part-lost", "row", "People of 65 and more have no rows.", "META-BD1", _without("age", "65+")),
    Mutant("meta-part-desktop", "row", "Desktops have no rows.", "META-BD1", _without("impression_device", "desktop")),
    Mutant("meta-part-country", "count", "Each country counts one message more.", "META-BD1", _one_more("country")),
    Mutant("meta-part-marginal", "count", "By age and gender each row counts one message more than by age alone.",
           "META-BD2", _one_more("age", "gender")),
    Mutant("meta-part-region", "count", "By region each row counts one message more than by country alone.",
           "META-BD2", _one_more("country", "region")),
    Mutant("meta-part-column", "row", "Rows do not say whose age or country they tell of.", "META-BD3",
           each(_column_lost, "insights")),
    Mutant("meta-part-twice", "row", "The first part is told twice.", "META-BD3", rows(_same_part_twice, "insights")),
    Mutant("meta-part-reach", "row", "Hours tell reach.", "META-BD4",
           around(f"{META}.breakdowns:withheld", lambda *_: frozenset())),
    Mutant("meta-part-hour", "row", "The last hour of the day is missing.", "META-BD4",
           rows(lambda found, _: [row for row in found if "23:00:00 - 23:59:59" not in row.values()], "insights")),
    Mutant("meta-part-button", "row", "The last button is missing.", "META-BD5", rows(_last_button_lost, "insights")),
    Mutant("meta-sort-upward", "order", "Descending is ascending.", "META-SO1", asking(_upward, "insights")),
    Mutant("meta-sort-texts", "order", "Figures are sorted as texts.", "META-SO1",
           around(f"{META}.sorting:_key", _as_texts)),
    Mutant("meta-sort-ties", "order", "Rows that are equal are turned round.", "META-SO2",
           around(f"{META}.sorting:sorted_rows", _ties_turned)),
    Mutant("meta-sort-page", "order", "Pages of sorted rows are turned round.", "META-SO2",
           rows(_page_turned, "insights")),
    Mutant("meta-summary-page", "count", "The summary adds the first rows alone.", "META-SU1",
           around(f"{META}.insights:_together", _first_rows)),
    Mutant("meta-summary-fields", "row", "The summary tells impressions whatever it is asked for.", "META-SU2",
           bodies(_summary_told_more, "insights")),
    Mutant("meta-summary-dates", "time", "The summary ends where its first row begins.", "META-SU2",
           bodies(_summary_of_first_day, "insights")),
    Mutant("meta-summary-cost", "rate", "Every cost of a summary is 1.", "META-SU2", bodies(_summary_cost, "insights")),
    Mutant("meta-ranges-first", "time", "Of several time_ranges the first alone is told.", "META-TR1",
           asking(_one_range, "insights")),
    Mutant("meta-ranges-lose", "time", "time_range wins over time_ranges.", "META-TR1",
           asking(_range_wins, "insights")),
    Mutant("meta-window-swapped", "count", "A window of 28 days counts what one of a day does.", "META-AW1",
           _entries(_day_is_week)),
    Mutant("meta-window-value", "count", "Beside windows, value counts clicks alone.", "META-AW1",
           _entries(_value_is_a_week)),
    Mutant("meta-window-zero", "count", "Beside windows, value is 0.", "META-AW2", _entries(_value_lost)),
    Mutant("meta-window-unasked", "row", "A window is told that nobody asked for.", "META-AW2",
           _entries(_more_windows)),
    Mutant("meta-filter-name", "filter", "Filters by name look at the name backwards.", "META-FI1",
           Patch(f"{META}.insight_filters:_TEXTS[name]", lambda _: lambda world, node: node.name[::-1])),
    Mutant("meta-filter-starts", "filter", "STARTS_WITH minds the first character alone.", "META-FI1",
           Patch(f"{META}.filters:TEXT_OPERATORS[STARTS_WITH]", lambda _: lambda text, value: text[:1] == value[:1])),
    Mutant("meta-filter-greater", "filter", "GREATER_THAN lets the limit itself pass.", "META-FI2",
           _operator("GREATER_THAN", lambda figure, value: figure >= value)),
    Mutant("meta-filter-range", "filter", "IN_RANGE leaves out its end.", "META-FI2",
           _operator("IN_RANGE", lambda figure, value: value[0] <= figure < value[1])),
    Mutant("meta-filter-hundredths", "filter", "Spend is compared in hundredths.", "META-FI2",
           Patch(f"{META}.insight_filters:_HUNDREDTHS", lambda _: frozenset())),
    Mutant("meta-filter-neither", "filter", "What equals the limit passes neither a filter nor its contrary.",
           "META-FI3", (_operator("LESS_THAN_OR_EQUAL", lambda figure, value: figure < value),
                        _operator("GREATER_THAN_OR_EQUAL", lambda figure, value: figure > value),
                        _operator("NOT_IN_RANGE", lambda figure, value: not value[0] <= figure <= value[1] * 1.01),
                        _operator("EQUAL", lambda figure, value: False))),
    Mutant("meta-filter-level", "filter", "campaign.spend is the spend of the ad.", "META-FI4",
           asking(_own_figure, "insights")),
    Mutant("meta-filter-top", "filter", "TOP keeps the smallest.", "META-FI4",
           (around(f"{META}.insight_choice:passing", _smallest),)),
    Mutant("meta-gone-breakdown", "refusal", "A breakdown that is gone is ignored.", "META-R62",
           when_refused(_without_dma)),
    Mutant("meta-ranges-object", "refusal", "time_ranges that are no list are ignored.", "META-R63",
           when_refused(_range_for_ranges)),
    Mutant("meta-summary-unknown", "refusal", "Unknown fields of a summary are ignored.", "META-R64",
           when_refused(_any_summary)),
    Mutant("meta-filter-unfit", "refusal", "Operators that do not fit a field are ignored.", "META-R65",
           _filter_dropped("with operation")),
    Mutant("meta-filter-untyped", "refusal", "A figure may be compared with a text.", "META-R66",
           _filter_dropped("must be a number")),
    Mutant("meta-too-much-400", "status", "Too much data is refused with HTTP 400.", "META-R67",
           statuses("meta", 400, 1)),
)  # fmt: skip
