"""GetChatappTemplateMetric: buckets tile the range, nest, and add up however they are cut."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from ..ask import Ask
from ..expect import holds, near, same
from ..found_cams import DAY, METRIC, metric
from ..metrics_cams import COUNTS, STEPS, buckets, cuts, sums, told, window, zone_of
from ..property import Live, contract
from ..target import Seen

PAGE = "Chat App Message Service: GetChatappTemplateMetric"
TYPES = ("phone_number_button", "url_button", "quick_reply_button")
_HOW: dict[str, Any] = {"page": PAGE, "kind": "cams"}
Row = dict[str, Any]


@contract(
    "CAMS-M1", "A range is the sum of its parts at every cut, to the millisecond",
    sentence="Start, End: This is a UNIX timestamp. Unit: milliseconds. Assumed: from Start up to, but not"
    " including, End", page=PAGE, kind="metamorphic", live=Live.MOCK, calls=3, examples=6,
)  # fmt: skip
def ranges_add_up(ask: Ask) -> None:
    """f[a,c) = f[a,b) + f[b,c) for every count, button and language, in either granularity."""
    one, step = ask.one_of(told(ask), "template"), ask.one_of(STEPS, "Granularity")
    start, end = window(ask, one, 3 if step == "HALF_HOUR" else 40)
    cut = ask.draw(st.integers(start + 1, end - 1), "cut")
    whole = sums(buckets(ask, one, start, end, Granularity=step))
    parts = sums([row for span in ((start, cut), (cut, end)) for row in buckets(ask, one, *span, Granularity=step)])
    same(parts, whole, "the metrics of a range are the sum of its parts")


@contract(
    "CAMS-M2", "A day is the sum of its half hours", sentence="Granularity: The metric granularity. DAILY, HALF_HOUR",
    live=Live.TOLERANT, calls=2, examples=4, **{**_HOW, "kind": "metamorphic"},
)  # fmt: skip
def days_are_their_half_hours(ask: Ask) -> None:
    """Each DAILY bucket equals the HALF_HOUR buckets inside it, for every count, button and language."""
    one = ask.one_of(told(ask), "template")
    start, end = window(ask, one, 3)
    days, halves = (buckets(ask, one, start, end, Granularity=step) for step in ("DAILY", "HALF_HOUR"))
    if not ask.exact:
        for name, count in sums(days).items():
            near(
                Decimal(sums(halves).get(name, 0)),
                Decimal(count),
                count // 20 + 2,
                f"{name} in days is about {name} in half hours",
            )
        return
    for day in days:
        inside = [one for one in halves if day["Start"] <= one["Start"] and one["End"] <= day["End"]]
        own = [one for one in inside if one["Language"] == day["Language"]]
        same(sums(own), sums([day]), "a day is the sum of its half hours")
    same(sums(halves), sums(days), "half hours and days tell of the same messages")


@contract(
    "CAMS-M3", "Buckets tile the range, by language and then by time",
    sentence="Start: The start time for metric collection. End: The end time. Assumed: cut at half hours, days in"
    " the space's time zone, UTC unless set", live=Live.MOCK, calls=2, examples=5, **_HOW,
)  # fmt: skip
def buckets_tile_the_range(ask: Ask) -> None:
    """From Start, or from when there is data, to End: no gap, no overlap, cut at half hours or at midnights."""
    one = ask.one_of(told(ask), "template")
    start, end = window(ask, one, 4)
    for step in STEPS:
        rows = buckets(ask, one, start, end, Granularity=step)
        wanted = [
            (language, *span)
            for language in one.languages
            for first in [max(start, one.first(language))]
            if first < end
            for span in pairwise(cuts(first, end, step, zone_of(ask, one)))
        ]
        got = [(row["Language"], row["Start"], row["End"]) for row in rows]
        same(got, wanted, f"buckets of {step} tile the range, by language and then by time")
        holds({row["TemplateCode"] for row in rows} <= {one.template.code}, "all rows are of the template", rows)


def _nested(seen: Seen) -> None:
    for row in _rows(seen):
        sent, delivered, read = (row[name] for name in COUNTS)
        nested = all(isinstance(count, int) for count in (sent, delivered, read)) and 0 <= read <= delivered <= sent
        holds(nested, "sent >= delivered >= read >= 0 in every bucket", row, "nested counts")
        holds(row["Start"] < row["End"], "a bucket ends after it starts", row, "Start before End")


def _clicked(seen: Seen) -> None:
    for row in _rows(seen):
        over = [one for one in row["Cliented"] if not 0 <= one["Count"] <= row["DeliveredCount"]]
        holds(not over, "no button is clicked more often than its message was delivered", over, row["DeliveredCount"])


def _rows(seen: Seen) -> list[Mapping[str, Any]]:
    named = seen.operation is not None and seen.operation.name == METRIC
    return [row for row in seen.answer.rows if isinstance(row, dict)] if named else []


@contract(
    "CAMS-M4", "Counts nest in every bucket",
    sentence="SentCount, DeliveredCount, ReadCount: the number of sent, delivered and read messages",
    live=Live.TOLERANT, calls=1, examples=1, watches=_nested, **_HOW,
)  # fmt: skip
def counts_nest(ask: Ask) -> None:
    """sent >= delivered >= read >= 0, in every answer of the run."""
    ask.cams.rows(METRIC, metric(ask, 2))


@contract(
    "CAMS-M5", "No button is clicked more often than its message was delivered",
    sentence="Cliented: The statistics about button clicks. (The page prints 20 clicks on 6 delivered)",
    live=Live.MOCK, calls=1, examples=1, watches=_clicked, **_HOW,
)  # fmt: skip
def clicks_are_of_delivered_messages(ask: Ask) -> None:
    """0 <= Count <= DeliveredCount for every button, in every answer of the run."""
    ask.cams.rows(METRIC, metric(ask, 2, Granularity="HALF_HOUR"))


@contract(
    "CAMS-M6", "Granularity defaults to DAILY, TemplateType to WHATSAPP",
    sentence="If you do not pass this parameter, the default value WHATSAPP is used. Recorded: Granularity default:"
    " DAILY", live=Live.TOLERANT, calls=5, examples=1, **{**_HOW, "kind": "honoured"},
)  # fmt: skip
def defaults_are_as_documented(ask: Ask) -> None:
    """Each of them left out, both left out, both given: the same rows; half hours are other ones."""
    one = told(ask)[0]
    start, end = one.end - 3 * DAY - 12_345, one.end
    words = {"Granularity": "DAILY", "TemplateType": "WHATSAPP"}
    given = buckets(ask, one, start, end, **words)
    for left_out in ({}, {"Granularity": "DAILY"}, {"TemplateType": "WHATSAPP"}):
        same(buckets(ask, one, start, end, **left_out), given, f"only {left_out} given, the others default")
    holds(
        len(buckets(ask, one, start, end, Granularity="HALF_HOUR")) >= len(given), "half hours are no fewer than days"
    )


@contract(
    "CAMS-M7", "Language is what a client would filter, and languages part the rows",
    sentence="Language: The language of the template.", live=Live.TOLERANT, calls=4, examples=1,
    **{**_HOW, "kind": "honoured"},
)  # fmt: skip
def languages_part_the_rows(ask: Ask) -> None:
    """Each language alone gives its own rows, in their order; together they are the rows without Language."""
    for one in told(ask):
        start, end = one.end - 2 * DAY, one.end
        for step in STEPS[: 2 if ask.effort != "quick" else 1]:
            rows = buckets(ask, one, start, end, Granularity=step)
            for language in sorted({row["Language"] for row in rows}):
                own = [row for row in rows if row["Language"] == language]
                got = buckets(ask, one, start, end, Granularity=step, Language=language)
                same(got, own, f"Language={language} gives the rows of that language")


@contract(
    "CAMS-M8", "A wider range never counts less", sentence="The start and the end of the time range to query.",
    live=Live.MOCK, calls=2, examples=3, **{**_HOW, "kind": "metamorphic"},
)  # fmt: skip
def wider_counts_more(ask: Ask) -> None:
    """Of two ranges, one inside the other, every count of the wider is at least the other's."""
    one = ask.one_of(told(ask), "template")
    start, end = window(ask, one, 20)
    before, after = (ask.draw(st.integers(0, 20 * DAY), name) for name in ("earlier", "later"))
    inner = sums(buckets(ask, one, start, end))
    outer = sums(buckets(ask, one, max(0, start - before), min(end + after, max(one.end, end))))
    less = {name: count for name, count in inner.items() if outer.get(name, 0) < count}
    same(less, {}, "a wider range counts no less")


@contract(
    "CAMS-M9", "The buttons of a template are the same in every bucket",
    sentence="Type: The button type. ButtonContent: The button text.", live=Live.TOLERANT, calls=1, examples=1,
    **_HOW,
)  # fmt: skip
def buttons_are_constant(ask: Ask) -> None:
    """Documented types, and in every bucket of a language the same buttons in the same order."""
    for one in told(ask):
        for language in one.languages:
            rows = [row for row in one.rows if row["Language"] == language]
            buttons = [[(part["Type"], part["ButtonContent"]) for part in row["Cliented"]] for row in rows]
            kinds = {kind for row in buttons for kind, _ in row}
            holds(kinds <= set(TYPES), "a button's type is documented", kinds, TYPES)
            if ask.exact:
                same(
                    [row for row in buttons if row != buttons[0]],
                    [],
                    "a template's buttons are the same in every bucket",
                )


@contract(
    "CAMS-M10", "Asked twice, with or without CustSpaceId, the same metrics", sentence="CustSpaceId: not required",
    live=Live.TOLERANT, calls=3, examples=1, **{**_HOW, "kind": "metamorphic"},
)  # fmt: skip
def metrics_are_steady(ask: Ask) -> None:
    """The same question, and the same without naming the space of the template."""
    for one in told(ask)[: 1 if ask.effort == "quick" else 2]:
        start, end = one.end - 2 * DAY - 999, one.end - 77
        first = buckets(ask, one, start, end)
        same(buckets(ask, one, start, end), first, "the same question has the same answer")
        if one.template.space_id:
            free = ask.cams.rows(METRIC, {"TemplateCode": one.template.code, "Start": start, "End": end})
            same(free, first, "the template's code alone names it among the caller's spaces")


@contract(
    "CAMS-M11", "Every count of a single millisecond, and of a whole history, is told",
    sentence="Start, End: integer", live=Live.MOCK, calls=4, examples=1, **_HOW,
)  # fmt: skip
def short_and_long_ranges(ask: Ask) -> None:
    """One millisecond is a bucket; the whole history in days is the sum of its halves."""
    one = told(ask)[0]
    at = int(one.busy[-1]["Start"]) + 5
    rows = buckets(ask, one, at, at + 1, Granularity="HALF_HOUR")
    spans = {(row["Start"], row["End"]) for row in rows}
    same(spans, {(at, at + 1)}, "a range of one millisecond is one bucket")
    middle = (min(map(one.first, one.languages)) + one.end) // 2
    halves = [row for span in ((0, middle), (middle, one.end)) for row in buckets(ask, one, *span)]
    same(sums(halves), sums(one.rows), "the whole history is the sum of its halves")
