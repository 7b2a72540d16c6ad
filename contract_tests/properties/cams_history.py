"""Where template metrics begin and end: nothing from before the feature was enabled, nothing from after now."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..ask import Ask
from ..expect import holds, same
from ..found_cams import DAY, METRIC, templates
from ..metrics_cams import COUNTS, STEPS, Told, buckets, cuts, entries, milliseconds, since, told
from ..outcomes import OutOfScope
from ..property import Live, contract
from .cams_world import world

PAGE = "Chat App Message Service: GetChatappTemplateMetric"
ENABLED = (
    "It takes at least one day for the data to become available after you enable this feature. Metrics are not"
    " collected for marketing templates that were used before this feature was enabled."
)
LAST = 253_402_300_799_999
MINUTE = 60_000
ENOUGH = 20  # messages a day, of which shares can be judged
_HOW: dict[str, Any] = {"page": PAGE, "kind": "cams", "live": Live.MOCK, "examples": 1}


@contract(
    "CAMS-M12", "Metrics begin when they were enabled, or when the template was made", sentence=ENABLED, calls=6,
    **_HOW,
)  # fmt: skip
def history_begins_with_enabling(ask: Ask) -> None:
    """Asked from 1970 on, the first bucket of each language starts then; before it there is nothing."""
    asked = 0
    for one in told(ask):
        enabled, known = since(ask, one.template), entries(ask, one.template)
        if enabled is None:
            continue
        for language, entry in known.items():
            begins = max(enabled, milliseconds(entry["created_time"]))
            if begins < one.end:
                holds(language in one.languages, f"there are metrics in {language}", one.languages, language)
                same(one.first(language), begins, f"the metrics of {language} begin when they were enabled")
        begins = min(map(one.first, one.languages))
        same(
            buckets(ask, one, max(0, begins - 40 * DAY), begins), [], "nothing is told from before metrics were enabled"
        )
        rows = buckets(ask, one, max(0, begins - 40 * DAY), begins + 1)
        same({row["Start"] for row in rows}, {begins}, "what was asked for from before is left out of the first bucket")
        same({row["Language"] for row in one.rows} - set(known), set(), "all languages are the template's own")
        asked += 1
    if not asked:
        raise OutOfScope("no template has had its metrics enabled since the world began")


@contract(
    "CAMS-M13", "Metrics end now", sentence="End: The end of the time range to query. Assumed: clipped to now",
    calls=4, **_HOW,
)  # fmt: skip
def history_ends_now(ask: Ask) -> None:
    """Asked up to the end of time, the last bucket ends now; of the future there is nothing."""
    one = told(ask)[0]
    earliest, latest = _now(ask)
    rows = buckets(ask, one, one.end - DAY, LAST)
    last, (_, after) = max(int(row["End"]) for row in rows), _now(ask)
    now_or_so = f"{earliest} to {max(latest, after)}"
    holds(earliest - MINUTE <= last <= max(latest, after) + MINUTE, "the last bucket ends now", last, now_or_so)
    for start in (after + DAY, after + 400 * DAY, LAST - 1):
        for step in ("DAILY", "HALF_HOUR") if ask.effort != "quick" else ("DAILY",):
            same(
                buckets(ask, one, start, min(start + 9 * DAY, LAST), Granularity=step),
                [],
                "nothing is told of the future",
            )


def _now(ask: Ask) -> tuple[int, int]:
    """The earliest and the latest moment that may be now on the target, in milliseconds: all of a day that is held."""
    held = ask.profile.today or ask.target.health.get("today")
    if not held:
        moments = [int(ask.target.wall() * 1000), int(ask.target.now().timestamp() * 1000)]
        return min(moments), max(moments)
    if len(str(held)) > len("2026-11-21"):
        at = int(datetime.fromisoformat(str(held)).timestamp() * 1000)
        return at, at
    day = datetime.fromisoformat(str(held)).replace(tzinfo=UTC)
    return int(day.timestamp() * 1000), int((day + timedelta(days=1)).timestamp() * 1000)


@contract(
    "CAMS-M14", "The buttons are those of the template",
    sentence="ButtonContent: The button text. Type: The button type.", calls=1, **_HOW,
)  # fmt: skip
def buttons_are_the_worlds(ask: Ask) -> None:
    """Every bucket of a language has the buttons that the world file gives it, in their order."""
    for one in told(ask):
        known = entries(ask, one.template)
        for row in one.rows:
            wanted = [(button["type"], button["text"]) for button in known[row["Language"]]["buttons"]]
            got = [(button["Type"], button["ButtonContent"]) for button in row["Cliented"]]
            same(got, wanted, f"the buttons of {row['Language']} are the template's")


@contract(
    "CAMS-M15", "Pinned days come out to the digit", sentence="SentCount 10, DeliveredCount 6, ReadCount 3", calls=1,
    **_HOW,
)  # fmt: skip
def pinned_days_come_out(ask: Ask) -> None:
    """On a day that the world file pins, and on one that it leaves out beside them."""
    asked = 0
    for one in told(ask):
        for language, entry in entries(ask, one.template).items():
            for row, pin in _pinned(one, language, entry.get("pins")):
                got = [row[name] for name in COUNTS] + [button["Count"] for button in row["Cliented"]]
                wanted = [pin.get(name, 0) for name in ("sent", "delivered", "read")]
                wanted += pin.get("clicks", [0] * len(row["Cliented"]))
                same(got, wanted, f"the metrics of {language} are those of the pinned day")
                asked += 1
    if not asked:
        raise OutOfScope("no template has pinned days")


def _pinned(one: Told, language: str, pins: Any) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Whole UTC days of *language*, and what the world pins for them."""
    for row in one.rows if pins is not None else ():
        whole = row["Start"] % DAY == 0 and row["End"] - row["Start"] == DAY
        if whole and row["Language"] == language:
            yield row, pins.get(datetime.fromtimestamp(row["Start"] / 1000, UTC).date().isoformat(), {})


@contract(
    "CAMS-M16", "A space that nobody has enabled has no old metrics", sentence=ENABLED, calls=4, **_HOW,
)  # fmt: skip
def closed_spaces_tell_nothing(ask: Ask) -> None:
    """Where the world enables nothing, what is told began a day ago at least, and not when the template was made."""
    assert ask.profile.cams
    off = {one.id for one in ask.profile.cams.spaces if "roi_metric_enabled_at" not in one.world}
    closed = [one for one in templates(ask) if one.space_id in off and entries(ask, one)]
    if not closed:
        raise OutOfScope("metrics are enabled for every template")
    for template in closed[: 4 if ask.effort != "quick" else 1]:
        made = {milliseconds(entry["created_time"]) for entry in entries(ask, template).values()}
        now, _ = _now(ask)
        for row in ask.cams.rows(METRIC, {"TemplateCode": template.code, "Start": 0, "End": LAST})[:1]:
            # a server that is up for long may have been asked to enable it; but not for as long as this
            old = row["Start"] in made and now - row["Start"] > 400 * DAY
            holds(not old, "nothing is told of a space that nobody has enabled", row["Start"], "no metrics")
            waited = now - row["Start"] >= DAY - MINUTE
            holds(waited, "metrics are told a day after they were enabled, not before", row["Start"], "no metrics yet")


@contract(
    "CAMS-M17", "What a template sends in a day is about its volume",
    sentence="SentCount: The number of sent messages. (The world file says how many messages a template sends on an"
    " ordinary day)", calls=1, **_HOW,
)  # fmt: skip
def volumes_are_the_worlds(ask: Ask) -> None:
    """On every whole day from four tenths of the volume up to all of it; over all days no count is all of another."""
    for one in told(ask):
        for language, entry in entries(ask, one.template).items():
            volume = entry["daily_volume"]
            if entry.get("pins") is not None or volume < ENOUGH:
                continue
            whole = [row for row in one.rows if row["Language"] == language and row["End"] - row["Start"] == DAY]
            odd = [row["SentCount"] for row in whole if not 0.4 * volume <= row["SentCount"] <= volume]
            same(odd, [], f"a day's messages are about the template's volume of {volume}")
            if len(whole) * volume > 50 * ENOUGH:
                _shares(whole)


def _shares(rows: Sequence[Mapping[str, Any]]) -> None:
    sent, delivered, read = (sum(row[name] for row in rows) for name in COUNTS)
    holds(0.5 * sent < delivered < sent, "most of what is sent is delivered, not all of it", delivered, sent)
    holds(
        0.2 * delivered < read < delivered, "a good part of what is delivered is read, not all of it", read, delivered
    )
    for buttons in zip(*(row["Cliented"] for row in rows), strict=True):
        clicks = sum(button["Count"] for button in buttons)
        holds(0 < clicks < read, "every button is clicked by some of those who read", clicks, f"below {read}")


@contract(
    "CAMS-M18", "Days are cut in the space's own time zone",
    sentence="Assumed: DAILY buckets are cut in the space's time zone, UTC unless set", calls=8, **_HOW,
)  # fmt: skip
def days_are_cut_in_the_spaces_zone(ask: Ask) -> None:
    """On mocks of the same world whose spaces are elsewhere; half hours stay those of UTC."""
    if ask.target.another is None:
        raise OutOfScope("no other mock can be made")
    for zone in ("Asia/Kolkata", "America/St_Johns")[: 2 if ask.effort == "deep" else 1]:
        moved = {**world(ask), "spaces": [{**space, "timezone_name": zone} for space in world(ask)["spaces"]]}
        with TemporaryDirectory() as folder:
            path = Path(folder) / "world.json"
            path.write_text(json.dumps(moved), encoding="utf-8")
            with ask.target.another(str(path), 0) as mock:
                there = Ask(mock, ask.data, ask.effort, answers=ask.answers)
                _cut_there(there, zone)


def _cut_there(there: Ask, zone: str) -> None:
    one = told(there)[0]
    start, end = one.end - 4 * DAY - 12_345, one.end - 6_789
    for step in STEPS:
        rows = buckets(there, one, start, end, Granularity=step, Language=one.languages[0])
        got = [row["Start"] for row in rows] + [rows[-1]["End"]]
        same(
            got, cuts(max(start, one.first(one.languages[0])), end, step, zone), f"buckets of {step} are cut in {zone}"
        )
