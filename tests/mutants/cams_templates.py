"""Template metrics and the switch that starts them."""

# a wrapper has the arguments of what it stands for

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import bodies, each, rows, values
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import argument, around, ignored
from tests.mutants.words import ENABLE, METRIC

Row = dict[str, Any]
TEMPLATES, HANDLERS = "mockserver.world.templates", "mockserver.vendors.cams.handlers:WORLD"
ENABLED = "mockserver.world.now:World.roi_metric_enabled_at"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def _swapped(one: str, other: str) -> Any:
    def edit(row: Row) -> None:
        row[one], row[other] = row[other], row[one]

    return each(edit, METRIC)


def _more_when_daily(found: list[Row], asked: Asked) -> None:
    if asked.parameters.get("Granularity") != "HALF_HOUR":
        for row in found:
            row["SentCount"] += row["SentCount"] // 10


def _clicks_of_nobody(row: Row) -> None:
    for button in row["Cliented"]:
        button["Count"] += row["ReadCount"]


def _last_button(row: Row) -> None:
    row["Cliented"] = row["Cliented"][:1]


def _unclicked(row: Row) -> None:
    row["Cliented"] = [button for button in row["Cliented"] if button["Count"]]


def _button_by_button(found: list[Row], asked: Asked) -> None:
    del asked
    for row in found:
        for button in row["Cliented"]:
            button["ButtonContent"] = row["Cliented"][0]["ButtonContent"]


def _middle_dropped(found: list[Row], asked: Asked) -> list[Row]:
    del asked
    return found[:1] + found[2:] if len(found) > 2 else found


def _whole_days(row: Row) -> None:
    """The end of a bucket is the end of its day, whatever End was asked for."""
    day = 86_400_000
    row["End"] = -(-row["End"] // day) * day if row["End"] - row["Start"] > 1_800_000 else row["End"]


def _interleaved(found: list[Row], asked: Asked) -> list[Row]:
    del asked
    return sorted(found, key=lambda row: row["Start"])


def _in_shanghai(cuts: Any, start: Any, end: Any, step: Any, time_zone: str) -> Any:
    return cuts(start, end, step, "Asia/Shanghai")


def _no_idle(found: list[Row], asked: Asked) -> list[Row]:
    del asked
    return [row for row in found if row["SentCount"] > 20]


def _moved(**ends: int) -> Any:
    """The asked Start or End, moved by so many milliseconds."""

    def edit(found: Row) -> None:
        for name, by in ends.items():
            if name in found:
                found[name] = max(found[name] + by, 0)

    return argument(METRIC, edit)


def _finer(merged: Any, sent: Any, request: Any) -> Any:
    found = merged(sent, request)
    ends = [str(found.get(name, "")) for name in ("Start", "End")]
    short = all(end.isdigit() for end in ends) and int(ends[1]) - int(ends[0]) < 30 * 86_400_000
    return {"Granularity": "HALF_HOUR", **found} if short else found


def _always(enabled: Any, world: Any, space: Any) -> Any:
    return enabled(world, space) or LONG_AGO


def _at_once(enabled: Any, world: Any, space: Any) -> Any:
    found = enabled(world, space)
    return found and found - timedelta(days=1)


def _only_file(enabled: Any, world: Any, space: Any) -> Any:
    del enabled, world
    return space.roi_metric_enabled_at


def _anew(handler: Any, world: Any, question: Any) -> Any:
    from mockserver.vendors.cams import spaces

    records = handler(world, question)
    for space in spaces.usable(world, question):
        world.ledger.roi_metric_enabled_at[space.id] = world.clock.instant()
    return records


def _everywhere(handler: Any, world: Any, question: Any) -> Any:
    records = handler(world, question)
    for space in world.file.spaces.values():
        if world.roi_metric_enabled_at(space) is None:
            world.enable_roi_metric(space)
    return records


def _off_again(handler: Any, world: Any, question: Any) -> Any:
    """Enabling what was enabled switches it off."""
    from mockserver.vendors.cams import spaces

    on = [space for space in spaces.usable(world, question) if world.ledger.roi_metric_enabled_at.get(space.id)]
    records = handler(world, question)
    for space in on:
        world.ledger.roi_metric_enabled_at.pop(space.id)
    return records


def _end_first(asked: Asked, inner: Inner) -> Reply:
    """An End before Start has empty metrics."""
    reply = inner(asked)
    if asked.operation != METRIC or (reply.json or {}).get("Code") != "InvalidEnd":
        return reply
    good = {"RequestId": reply.json["RequestId"], "Code": "OK", "Message": "OK", "Data": []}
    return reply.holding(good, 200)


def _enabled_at_failure(asked: Asked, inner: Inner) -> Reply:
    """Enabling is said to have worked where it was refused."""
    reply = inner(asked)
    if asked.operation != ENABLE or (reply.json or {}).get("Code") not in (
        "Unknown.ResourceOwnerId",
        "Product.Unsubscript",
    ):
        return reply
    return reply.holding({"RequestId": reply.json["RequestId"], "Code": "OK", "Message": "OK"}, 200)


MUTANTS = (
    Mutant("cams-bucket-gap", "template", "Buckets end a millisecond early.", "CAMS-M3",
           values(("End",), lambda at: at - 1, METRIC)),
    Mutant("cams-bucket-overlap", "template", "Buckets begin a minute early.", "CAMS-M3",
           values(("Start",), lambda at: at - 60_000, METRIC)),
    Mutant("cams-bucket-dropped", "template", "The second bucket is missing.", "CAMS-M3",
           rows(_middle_dropped, METRIC)),
    Mutant("cams-bucket-repeated", "template", "The last bucket comes twice.", "CAMS-M3",
           rows(lambda found, asked: [*found, found[-1]], METRIC)),
    Mutant("cams-bucket-quiet", "template", "Buckets with few messages are left out.", "CAMS-M3",
           rows(_no_idle, METRIC)),
    Mutant("cams-bucket-whole-day", "template", "Daily buckets end at midnight, beyond the End asked for.", "CAMS-M3",
           each(_whole_days, METRIC)),
    Mutant("cams-bucket-shanghai", "template", "Daily buckets are cut at midnight of Shanghai.", "CAMS-M18",
           around(f"{TEMPLATES}:_cuts", _in_shanghai)),
    Mutant("cams-bucket-order", "template", "Buckets go by time, not by language first.", "CAMS-M3",
           rows(_interleaved, METRIC)),
    Mutant("cams-daily-more", "template", "Days count more sent than their half hours.", "CAMS-M2",
           rows(_more_when_daily, METRIC)),
    Mutant("cams-read-over-delivered", "template", "Delivered and read counts are swapped.", "CAMS-M4",
           _swapped("DeliveredCount", "ReadCount")),
    Mutant("cams-delivered-over-sent", "template", "Sent and delivered counts are swapped.", "CAMS-M4",
           _swapped("SentCount", "DeliveredCount")),
    Mutant("cams-clicks-over-read", "template", "A button is clicked by more than have read.", "CAMS-M5",
           each(_clicks_of_nobody, METRIC)),
    Mutant("cams-buttons-first", "template", "Only the first button of a template is told.", "CAMS-M14",
           each(_last_button, METRIC)),
    Mutant("cams-buttons-unclicked", "template", "Buttons that nobody clicked are left out.", "CAMS-M2",
           each(_unclicked, METRIC)),
    Mutant("cams-buttons-same", "template", "Every button has the content of the first.", "CAMS-M14",
           rows(_button_by_button, METRIC)),
    Mutant("cams-metric-language-ignored", "parameter", "Language of GetChatappTemplateMetric is ignored.",
           "CAMS-D15-GetChatappTemplateMetric", ignored(METRIC, "Language")),
    Mutant("cams-metric-granularity-ignored", "parameter", "Granularity is ignored: buckets are days.",
           "CAMS-D15-GetChatappTemplateMetric", ignored(METRIC, "Granularity")),
    Mutant("cams-metric-granularity-default", "default", "Without Granularity short ranges are told by half hours.",
           "CAMS-M6", around("mockserver.vendors.cams.parameters:merged", _finer)),
    Mutant("cams-metric-space-ignored", "parameter", "CustSpaceId of GetChatappTemplateMetric is ignored.", "CAMS-R24",
           ignored(METRIC, "CustSpaceId")),
    Mutant("cams-metric-start-early", "template", "Buckets begin an hour before Start.", "CAMS-M3",
           _moved(Start=-3_600_000)),
    Mutant("cams-metric-end-late", "template", "Buckets go on for a day after End.", "CAMS-M3", _moved(End=86_400_000)),
    Mutant("cams-metric-end-first", "template", "An End before Start has empty metrics.", "CAMS-R7", _end_first),
    Mutant("cams-metric-languages-first", "template", "Only the first language is told.", "CAMS-M12",
           rows(lambda found, asked: [row for row in found if row["Language"] == found[0]["Language"]], METRIC)),
    Mutant("cams-switch-always", "switch", "Metrics are there without having been enabled.", "CAMS-E3",
           around(ENABLED, _always)),
    Mutant("cams-switch-at-once", "switch", "Metrics show at once, and of the day before too.", "CAMS-E3",
           around(ENABLED, _at_once)),
    Mutant("cams-switch-dead", "switch", "Enabling changes nothing.", "CAMS-E3", around(ENABLED, _only_file)),
    Mutant("cams-switch-anew", "switch", "Enabling again starts the count anew.", "CAMS-E4",
           around(f"{HANDLERS}[EnableWhatsappROIMetric]", _anew)),
    Mutant("cams-switch-off", "switch", "Enabling again switches off.", "CAMS-E4",
           around(f"{HANDLERS}[EnableWhatsappROIMetric]", _off_again)),
    Mutant("cams-switch-everywhere", "switch", "Enabling one space enables every space.", "CAMS-E5",
           around(f"{HANDLERS}[EnableWhatsappROIMetric]", _everywhere)),
    Mutant("cams-switch-refused-ok", "switch", "Enabling a space of others is said to have worked.", "CAMS-E6",
           _enabled_at_failure),
    Mutant("cams-switch-data", "switch", "Enabling answers with Data.", "CAMS-S10",
           bodies(lambda body, asked: body.update(Data=[]), ENABLE)),
)  # fmt: skip
