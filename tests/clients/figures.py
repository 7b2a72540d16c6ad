"""What a pipeline has loaded, beside what the world knows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from mockserver.running import Running
from mockserver.world.entities import Ad
from mockserver.world.periods import Span
from tests.clients.graph_sdks import account, told

Row = Mapping[str, Any]
Days = Sequence[date]
Loaded = Mapping[str, Sequence[Row]]
Figures = dict[str, Decimal]
DAYS = 2


def days() -> Days:
    """Days that are over in any time zone, and near enough for any default."""
    today = datetime.now(UTC).date()
    return [today - timedelta(3 + DAYS - number) for number in range(DAYS)]


def world(server: Running, span: Days) -> dict[tuple[str, str], Figures]:
    """What each ad of the account did on each day on which it did something: asked of the world, not of an answer."""
    return {(str(day), ad.id): figures for day in span for ad, figures in _done(server, day)}


def _done(server: Running, day: date) -> Iterator[tuple[Ad, Figures]]:
    known = server.runtime.world
    for ad in known.below(server.runtime.file.accounts[0], "ad"):
        totals = known.totals(ad, Span(day, day))
        if isinstance(ad, Ad) and any(totals):
            spend = Decimal(totals.spend) / 100
            yield ad, {"impressions": Decimal(totals.impressions), "spend": spend, "reach": Decimal(totals.reach)}


def equal(loaded: Iterable[Row], server: Running, span: Days) -> None:
    """The rows are the world's, each day and ad once, none missing and none made up."""
    listed = list(loaded)
    expected = world(server, span)
    names = ("impressions", "spend", "reach")
    rows = {_key(row): {name: Decimal(str(row[name])) for name in names} for row in listed}

    assert len(expected) > 10
    assert len({day for day, _ in expected}) == DAYS
    assert len(rows) == len(listed)
    assert rows == expected


def sums(broken: Iterable[Row], server: Running, span: Days) -> None:
    """Rows of a breakdown add up to the row that they break down."""
    found: dict[tuple[str, str], Figures] = defaultdict(lambda: dict.fromkeys(("impressions", "spend"), Decimal()))
    for row in broken:
        entry = found[_key(row)]
        for name in entry:
            entry[name] += Decimal(str(row[name]))

    assert found == {
        key: {name: row[name] for name in ("impressions", "spend")} for key, row in world(server, span).items()
    }


def _key(row: Row) -> tuple[str, str]:
    return row["date_start"][:10], row["ad_id"]


def listed(server: Running, edge: str) -> set[str]:
    """The ids that an edge of the account lists."""
    answer = told(server, f"{account(server)}/{edge}", fields="id", limit="500")
    return {one["id"] for one in answer["data"]}


def ids(rows: Iterable[Row]) -> set[str]:
    """The ids of rows."""
    return {row["id"] for row in rows}


def streams(loaded: Loaded, names: Sequence[str], left: Collection[str] = ()) -> str:
    """How many of the streams have rows, and which have none or were *left* out."""
    empty = [name for name in names if not loaded.get(name) and name not in left]
    counted = f"{len(names) - len(empty) - len(left)} of {len(names)}"
    return _cell(counted, empty=empty, refused=[name for name in names if name in left])


def breakdowns(loaded: Loaded, names: Sequence[str], server: Running, span: Days) -> str:
    """How many breakdowns have rows that add up, and which have none."""
    empty = [name for name in names if not loaded.get(name)]
    for name in names:
        if name not in empty:
            sums(loaded[name], server, span)
    return _cell(str(len(names) - len(empty)), empty=empty)


def _cell(counted: str, **named: Sequence[str]) -> str:
    """*counted*, and the names that it leaves out, by why it does."""
    told = [f"{why}: {', '.join(f'`{name}`' for name in sorted(names))}" for why, names in named.items() if names]
    return "; ".join((counted, *told))
