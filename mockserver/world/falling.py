"""How counts fall into cells: of what nests for the whole, no cell has more of the part."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from mockserver.world.days import CONVERTED, UNCLICKED, UNCOUNTED, Totals

Cell = tuple[str, int]  # a country and its weight
# each count, and the one that it is a part of; what is counted in some countries only comes first
_PART_OF = {
    **dict.fromkeys(("sent", "reach", "spend"), "impressions"),
    **dict.fromkeys(("read", "media_view"), "delivered"),
    **dict.fromkeys(Totals._fields[CONVERTED:-1], "link_btn_click"),
    "purchase_value": "purchase",
}
_CLICKS = ("link_btn_click", "quick_reply_btn_click", "phone_call_btn_click")
_ROOTS = {"impressions": frozenset[str](), "delivered": UNCOUNTED, **dict.fromkeys(_CLICKS, UNCLICKED)}


def by_country(messages: int, audience: Mapping[str, int]) -> Mapping[str, int]:
    """How many of *messages* go to each country of an *audience* in per cent."""
    ends = [messages * percent // 100 for percent in accumulate(audience.values())]
    return {country: end - start for country, start, end in zip(audience, [0, *ends], ends, strict=False)}


def fallen(whole: Totals, cells: Sequence[Cell]) -> Iterator[Totals]:
    """What of *whole* falls into each of *cells*; together they are the whole."""
    weights = list(accumulate(weight for _, weight in cells))
    messages = _cut(weights, whole.impressions, weights)
    ends = {name: _root(getattr(whole, name), messages, cells, without) for name, without in _ROOTS.items()}
    for name, of in _PART_OF.items():
        ends[name] = _cut(ends[of], getattr(whole, name), weights)
    before: Sequence[int] = (0,) * len(Totals._fields)
    for after in zip(*(ends[name] for name in Totals._fields), strict=True):
        yield Totals._make(b - a for a, b in zip(before, after, strict=True))
        before = after


def counting(audience: Mapping[str, int], totals: Totals) -> Mapping[str, int]:
    """The part of an *audience* in which everything that *totals* count is counted; all of it where there is none."""
    without = UNCLICKED if any(getattr(totals, name) for name in _CLICKS) else UNCOUNTED if totals.delivered else ()
    return {country: share for country, share in audience.items() if country not in without} or audience


def _root(count: int, messages: Sequence[int], cells: Sequence[Cell], without: frozenset[str]) -> list[int]:
    """Where the cells end in *count*, which falls as *messages* do, but *without* some countries."""
    each = (end - start for start, end in zip([0, *messages], messages, strict=False))
    told = list(accumulate(0 if country in without else one for (country, _), one in zip(cells, each, strict=True)))
    return _cut(told, count, messages)


def _cut(ends: Sequence[int], count: int, otherwise: Sequence[int]) -> list[int]:
    """Where cells that end at *ends* of another count end in *count*; of a count of nothing, as *otherwise*."""
    if not count:
        return [0] * len(ends)
    ends = ends if ends[-1] else otherwise
    return [end * count // ends[-1] if ends[-1] else 0 for end in ends]
