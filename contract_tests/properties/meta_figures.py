"""How the figures of Graph insights are printed, and that each is a figure of its own."""

from ..ask import Ask, time_range
from ..expect import holds, number, numbers, same
from ..outcomes import OutOfScope
from ..property import Live, contract
from .meta_counts import RATES
from .meta_identities import CLICKED, some_rows
from .meta_rows import AMOUNTS, COUNTS, PAGE, SENT, Row, busy, every_row, projected


@contract(
    "META-I22",
    "Counts are whole, money has hundredths, rates have six decimals, nothing is 0",
    sentence='Printed example: "marketing_messages_delivered": "2755", "marketing_messages_spend": "38.87",'
    ' "marketing_messages_read_rate": "79.419238", "marketing_messages_delivery_rate": "0".',
    page=PAGE,
    kind="identity",
    live=Live.MOCK,
    calls=1,
    examples=12,
)
def figures_as_printed(ask: Ask) -> None:
    """Every figure has the decimals of the printed example; zero is a bare 0."""
    for row in some_rows(ask, *COUNTS, *AMOUNTS, *RATES):
        for names, places in ((COUNTS, 0), (AMOUNTS, 2), (RATES, 6)):
            for name in names:
                if name == SENT and name not in row:
                    continue
                value = number(row.get(name), name)
                wanted = "0" if not value else f"{value:.{places}f}"
                same(row[name], wanted, f"{name} is printed with {places} decimals, and nothing as 0")
                holds(value >= 0, f"{name} is not negative", row[name])


@contract(
    "META-I11",
    "Different figures differ",
    sentence="Each field has its own definition; no two of the message counts and rates are the same figure.",
    page=PAGE,
    kind="identity",
    live=Live.MOCK,
    calls=4,
    examples=1,
)
def different_figures(ask: Ask) -> None:
    """No two columns of counts, and no two of rates, are equal in a dozen rows with thousands of messages."""
    if ask.profile.world is None or any("pins" in ad for ad in _ads(ask.profile.world)):
        raise OutOfScope("somebody chose the numbers of this world")
    counts = COUNTS[1:]  # what is delivered everywhere is all impressions
    node = ask.node("account")
    asked = {"level": "ad", "date_preset": "maximum", "time_increment": "monthly", "fields": counts + RATES[:6]}
    rows = [row for row in every_row(ask, f"{node.id}/insights", **asked) if int(row[CLICKED]) > 1000]
    if len(rows) < 12:
        raise OutOfScope("too few months with thousands of messages")
    for names in (counts, RATES[:6]):
        columns = {tuple(row[name] for row in rows): name for name in names}
        same(sorted(columns.values()), sorted(names), "no two figures are the same in every row")


def _ads(world: object) -> list[Row]:
    assert isinstance(world, dict)
    return [ad for campaign in world["campaigns"] for adset in campaign["adsets"] for ad in adset["ads"]]


@contract(
    "META-I12",
    "Benchmarks are a lasting figure of each ad account",
    sentence="Assumed: the fields have no documented formula; a benchmark is the same in every row of an ad account.",
    page=PAGE,
    kind="identity",
    live=Live.MOCK,
    calls=2,
    examples=4,
)
def benchmarks_last(ask: Ask) -> None:
    """marketing_messages_*_benchmark is one rate an account, whatever the level, object and range."""
    names = ("marketing_messages_read_rate_benchmark", "marketing_messages_click_rate_benchmark")
    node = ask.node()
    rows = ask.graph.insights(node.id, time_range=time_range(busy(ask, node)), level="ad", fields=names)
    rows += ask.graph.insights(node.account.id, date_preset="maximum", fields=names)
    told = {tuple(numbers(row, *names)) for row in projected(rows, names)}
    same(len(told), 1, "a benchmark is the same in every row of an ad account")
    for read, click in told:
        holds(0 < click <= read <= 100, "of messages, no more are clicked than read", (str(click), str(read)))
