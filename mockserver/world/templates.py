"""What a WhatsApp template did between two instants: exact at every cut, so buckets of any size add up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate

from mockserver.clock import zone
from mockserver.world.chance import ONE, between, draws, part
from mockserver.world.entities import Space, Template, TemplatePin
from mockserver.world.now import World

HALF_HOUR = timedelta(minutes=30)
DAY = timedelta(days=1)
_BLOCK = 64  # days whose sums are worked out together
_MILLISECOND = timedelta(milliseconds=1)

Counts = tuple[int, ...]  # sent, delivered, read, then one click count per button


@dataclass(frozen=True, slots=True)
class Bucket:
    """The counts of *template* from *start* up to, but not including, *end*; *clicks* in the order of its buttons."""

    template: Template
    start: datetime
    end: datetime
    sent: int
    delivered: int
    read: int
    clicks: Sequence[int]


@dataclass(frozen=True, slots=True)
class Volume:
    """What several templates together sent, and what of it arrived, from *start* up to *end*."""

    start: datetime
    end: datetime
    sent: int
    delivered: int


def metrics(world: World, template: Template, start: datetime, end: datetime, step: timedelta) -> list[Bucket]:
    """The buckets of *step* that tile the part of *start* to *end* for which there is data."""
    cuts = _collected(world, template.space, max(start, template.created_time), end, step)
    sums = [_until(world.file.seed, template, cut) for cut in cuts]
    return [
        _bucket(template, one, two, [b - a for a, b in zip(low, high, strict=True)])
        for one, two, low, high in zip(cuts, cuts[1:], sums, sums[1:], strict=False)
    ]


def volumes(
    world: World, templates: Sequence[Template], start: datetime, end: datetime, step: timedelta
) -> list[Volume]:
    """The same for the *templates* of one space together, from when the first of them was created."""
    if not templates:
        return []
    start = max(start, min(one.created_time for one in templates))
    cuts = _collected(world, templates[0].space, start, end, step)
    sums = [_together(world.file.seed, templates, cut) for cut in cuts]
    return [
        Volume(one, two, high[0] - low[0], high[1] - low[1])
        for one, two, low, high in zip(cuts, cuts[1:], sums, sums[1:], strict=False)
    ]


def _together(seed: int, templates: Sequence[Template], at: datetime) -> tuple[int, int]:
    counts = [_until(seed, one, max(at, one.created_time)) for one in templates]
    return sum(one[0] for one in counts), sum(one[1] for one in counts)


def _collected(world: World, space: Space, start: datetime, end: datetime, step: timedelta) -> list[datetime]:
    """Where the part of *start* to *end* for which there is data is cut."""
    enabled, now = world.roi_metric_enabled_at(space), world.clock.instant()
    # "It takes at least one day for the data to become available after you enable this feature. Metrics are not
    # collected for marketing templates that were used before this feature was enabled."
    # — Alibaba Cloud, GetChatappTemplateMetric
    if enabled is None or now < enabled + DAY:
        return []
    return list(_cuts(max(start, enabled), min(end, now), step, space.timezone_name))


def _bucket(template: Template, start: datetime, end: datetime, counts: Sequence[int]) -> Bucket:
    sent, delivered, read, *clicks = counts
    return Bucket(template, start, end, sent, delivered, read, clicks)


def _cuts(start: datetime, end: datetime, step: timedelta, time_zone: str) -> Iterator[datetime]:
    if start >= end:
        return
    yield start
    cut = _next_cut(start, step, time_zone)
    while cut < end:
        yield cut
        cut = _next_cut(cut, step, time_zone)
    yield end


def _next_cut(at: datetime, step: timedelta, time_zone: str) -> datetime:
    local = at.astimezone(zone(time_zone))
    if step == DAY:
        midnight = datetime.combine(local.date() + DAY, datetime.min.time(), zone(time_zone))
        return midnight.astimezone(UTC)
    return at + HALF_HOUR - (at - datetime.min.replace(tzinfo=UTC)) % HALF_HOUR


def _until(seed: int, template: Template, at: datetime) -> Counts:
    """Everything counted before *at*: whole days, then the share of the day that has passed."""
    day = at.date()
    before, today = _days(seed, template, day)
    sent = today[0] * _passed(seed, template.code, day, at) // _weights(seed, template.code, day)[-1] if today[0] else 0
    sent //= HALF_HOUR // _MILLISECOND
    return tuple(a + b for a, b in zip(before, _share(today, sent), strict=True))


def _share(day: Counts, sent: int) -> Counts:
    """What of *day* follows from the first *sent* messages: each count a floor of a part, so that all nest."""
    delivered = _part(day[1], sent, day[0])
    read = _part(day[2], delivered, day[1])
    clicks = [_part(count, read, day[2]) if count <= day[2] else _part(count, delivered, day[1]) for count in day[3:]]
    return (sent, delivered, read, *clicks)


def _part(count: int, passed: int, whole: int) -> int:
    return count * passed // whole if whole else 0


def _passed(seed: int, code: str, day: date, at: datetime) -> int:
    """The weight of the part of *day* before *at*, in weight times milliseconds of a half hour."""
    since_midnight = at - datetime.combine(day, datetime.min.time(), UTC)
    slot, rest = divmod(since_midnight, HALF_HOUR)
    weights = _weights(seed, code, day)
    inside = weights[slot + 1] - weights[slot]
    return weights[slot] * (HALF_HOUR // _MILLISECOND) + inside * (rest // _MILLISECOND)


@lru_cache(maxsize=4096)
def _weights(seed: int, code: str, day: date) -> Sequence[int]:
    """Running weights of the 48 half hours of *day*: nights are quiet."""
    even = draws(seed, code, day.toordinal(), "slots") + draws(seed, code, day.toordinal(), "slots", 2)
    slots = [(1 + draw % 8) * (1 if slot < 14 or slot > 43 else 4) for slot, draw in enumerate(even[:48])]
    return tuple(accumulate(slots, initial=0))


def _days(seed: int, template: Template, day: date) -> tuple[Counts, Counts]:
    """The sums of all days before *day*, and the counts of *day* itself."""
    first = template.created_time.astimezone(UTC).date()
    block, index = divmod(max((day - first).days, 0), _BLOCK)
    sums = _sums(seed, template, first, block)
    low, high = sums[index], sums[index + 1]
    return low, tuple(b - a for a, b in zip(low, high, strict=True))


def _sums(seed: int, template: Template, first: date, block: int) -> Sequence[Counts]:
    """The running sums of the days of *block*; the blocks before it are worked out first, each once."""
    sums: Sequence[Counts] = ((0,) * (3 + len(template.buttons)),)
    for one in range(block + 1):
        sums = _block(seed, template, first, one, sums[-1])
    return sums


@lru_cache(maxsize=4096)
def _block(seed: int, template: Template, first: date, block: int, before: Counts) -> Sequence[Counts]:
    each = (_day(seed, template, first + timedelta(days=block * _BLOCK + n)) for n in range(_BLOCK))
    return tuple(accumulate(each, lambda a, b: tuple(map(sum, zip(a, b, strict=True))), initial=before))


def _day(seed: int, template: Template, day: date) -> Counts:
    if template.pins is not None:
        pin = template.pins.get(day, TemplatePin(0, 0, 0, (0,) * len(template.buttons)))
        return (pin.sent, pin.delivered, pin.read, *pin.clicks)
    draw = iter(draws(seed, template.code, template.language, day.toordinal()))
    sent = template.daily_volume * between(ONE // 2, ONE, next(draw)) >> 16
    delivered = part(sent, between(ONE * 9 // 10, ONE * 99 // 100, next(draw)), next(draw))
    read = part(delivered, between(ONE // 2, ONE * 9 // 10, next(draw)), next(draw))
    share = ONE // (3 + len(template.buttons))
    clicks = [part(read, between(share // 3, share, next(draw)), next(draw)) for _ in template.buttons]
    return (sent, delivered, read, *clicks)
