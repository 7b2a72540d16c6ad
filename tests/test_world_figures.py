"""What message campaigns did: figures that nest, add up in every way, and keep to their budgets."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.clock import Clock
from mockserver.world.crowds import CROWDS, KINDS, THICK, THIN, Crowds, crowds, roster
from mockserver.world.days import CONVERTED, NOTHING, UNCLICKED, UNCOUNTED, Totals
from mockserver.world.entities import Ad, AdSet
from mockserver.world.figures import Slice
from mockserver.world.load import Node, WorldFile, build, load
from mockserver.world.new import generate
from mockserver.world.now import HUGE, LARGE, World
from mockserver.world.periods import Span
from mockserver.world.rows import Row
from mockserver.world.series import plus
from mockserver.world.traits import TRAITS
from mockserver.world.units import day_budget
from tests.graph import graph_on
from tests.worlds import AS_OF

FEW = settings(max_examples=8, derandomize=True, deadline=None, database=None)
MANY = settings(max_examples=100, derandomize=True, deadline=None, database=None)
WORLDS = {name: World(load(name), Clock(AS_OF)) for name in ("default", "docs")}
NODES = [(name, node) for name, world in WORLDS.items() for node in world.file.nodes]
AGES = ("age",)


def at(chosen: tuple[str, str]) -> tuple[World, Node]:
    """A world and a node of it."""
    world = WORLDS[chosen[0]]
    return world, world.file.nodes[chosen[1]]


def made(seed: int) -> WorldFile:
    """A small random world."""
    sizes = {"accounts": 2, "campaigns": 5, "templates": 1, "pages": 2}
    return build(generate(seed=seed, locales=["en_US"], as_of=AS_OF, name="made", **sizes))


def added(each) -> Totals:
    """All of *each* together."""
    total = NOTHING
    for one in each:
        total = plus(total, one)
    return total


def parts(world: World, node, traits, *, country=False):
    """The parts of what *node* did."""
    return world.parts(world.sender(node), traits, country=country, button=False)


def ads(file: WorldFile) -> list[Ad]:
    """The ads of *file*."""
    return [node for node in file.nodes.values() if isinstance(node, Ad)]


def days(span: Span) -> list[Span]:
    """The days of *span* one by one."""
    return [Span(day, day) for n in range((span.until - span.since).days + 1)
            for day in [span.since + timedelta(days=n)]]  # fmt: skip


spans = st.tuples(st.dates(AS_OF - timedelta(days=700), AS_OF + timedelta(days=9)), st.integers(0, 90)).map(
    lambda one: Span(one[0], one[0] + timedelta(days=one[1]))
)
nodes = st.sampled_from(NODES)


@given(nodes, spans)
@MANY
def test_a_span_is_the_sum_of_its_days(chosen, span):
    """
    What an object did in a range is what it did day by day.
    """
    world, node = at(chosen)

    assert world.totals(node, span) == added(world.totals(node, day) for day in days(span))


@given(nodes, spans)
@MANY
def test_an_object_is_the_sum_of_its_ads(chosen, span):
    """
    What an object did is what its ads did, at every level.
    """
    world, node = at(chosen)
    assert world.totals(node, span) == added(world.totals(ad, span) for ad in world.sender(node).ads)


@given(st.sampled_from(list(WORLDS)), spans, st.sampled_from([(), AGES, ("gender",), ("touch",)]))
@FEW
def test_many_ads_at_once_are_the_ads_one_by_one(name, span, traits):
    """
    Running sums of many ads, kept by the days on which one starts or ends, tell what adding ad by ad tells.
    """
    world = WORLDS[name]
    everybody, today = ads(world.file), AS_OF.toordinal()
    since, until = span.since.toordinal(), min(span.until, AS_OF).toordinal()
    for values in world.figures.crowds.members(traits):
        piece = Slice(traits=traits, values=values)
        together = world.figures.together(everybody, world.figures.standing(everybody, piece, today), piece, today)
        apart = added(world.figures.total([ad], piece, since, until) for ad in everybody)
        assert together.total(since, until) == apart


@given(nodes, spans, st.sampled_from([AGES, ("gender",), ("device",), ("hour",), ("age", "gender")]), st.booleans())
@MANY
def test_parts_sum_to_the_whole(chosen, span, traits, country):
    """
    By trait, by country or by both, every count is the sum of its parts.
    """
    world, node = at(chosen)
    sender = world.sender(node)
    told = [world.total(Row(sender, span, (one,))) for one in parts(world, node, traits, country=country)]

    assert added(told) == world.totals(node, span)
    assert all(count >= 0 for totals in told for count in totals)


@given(nodes, spans)
@MANY
def test_counts_nest(chosen, span):
    """
    sent ≥ impressions ≥ delivered ≥ read, clicks and views; clicks ≥ what follows from them, in every part too.
    """
    world, node = at(chosen)
    sender = world.sender(node)
    for one in (Slice(), *parts(world, node, AGES, country=True)):
        t = world.total(Row(sender, span, (one,)))
        assert t.impressions >= max(t.reach, t.delivered) >= 0
        assert t.delivered >= max(t.read, t.media_view, t.link_btn_click)
        assert t.link_btn_click >= max(t[CONVERTED:-1])
        assert bool(t.purchase) == bool(t.purchase_value)


@given(st.sampled_from([chosen for chosen in NODES if chosen[0] == "default"]), spans)
@MANY
def test_a_funnel_narrows(chosen, span):
    """
    Where no day is pinned, nobody pays before a checkout begins, and none begins without a cart and a view; a pin has
    what its file gives, as the vendors' examples have carts without views.
    """
    world, node = at(chosen)
    sender = world.sender(node)
    for one in (Slice(), *parts(world, node, AGES, country=True)):
        t = world.total(Row(sender, span, (one,)))
        assert t.sent >= t.impressions
        assert t.view_content >= max(t.add_to_cart, t.add_to_wishlist)
        assert t.add_to_cart >= t.initiate_checkout >= max(t.purchase, t.add_payment_info)


@given(st.integers(0, 2**31))
@FEW
def test_no_day_costs_more_than_its_budget(seed):
    """
    In any world the ads of an ad set together never spend more on a day than its budget allows, nor in its lifetime.
    """
    world = World(made(seed), Clock(AS_OF))
    for adset in (node for node in world.file.nodes.values() if isinstance(node, AdSet)):
        last = min(adset.end_date or AS_OF, AS_OF)
        whole = Span(adset.start_date, max(last, adset.start_date))
        spent = [world.totals(adset, day).spend for day in days(whole)[-60:]]
        assert max(spent) <= day_budget(adset)
        if adset.lifetime_budget is not None:
            assert world.totals(adset, whole).spend <= adset.lifetime_budget


@given(st.integers(0, 2**31), spans)
@FEW
def test_any_world_adds_up(seed, span):
    """
    In any world an account is the sum of its ads' ages by country, and nothing is delivered where nothing is counted.
    """
    world = World(made(seed), Clock(AS_OF))
    for account in world.file.accounts:
        told = parts(world, account, AGES, country=True)
        rows = {one: world.total(Row(world.sender(account), span, (one,))) for one in told}
        assert added(rows.values()) == world.totals(account, span)
        assert not any(total.delivered for one, total in rows.items() if one.country in UNCOUNTED)
        assert not any(total.link_btn_click for one, total in rows.items() if one.country in UNCLICKED)


@given(nodes, st.integers(1, 60))
@MANY
def test_a_later_today_only_adds_to_what_was(chosen, later):
    """
    As today moves on, past days stay as they were, and a range to the end of time grows by the new days alone.
    """
    world, node = at(chosen)
    moved = World(world.file, Clock(AS_OF + timedelta(days=later)))
    past, ever = Span(date.min, AS_OF), Span(date.min, date.max)
    new = Span(AS_OF + timedelta(days=1), AS_OF + timedelta(days=later))

    assert moved.totals(node, past) == world.totals(node, ever)
    assert moved.totals(node, ever) == plus(world.totals(node, ever), moved.totals(node, new))


def test_today_moves_under_a_world_that_has_answered():
    """
    Sums that are kept grow with the day: a world that was asked yesterday tells today what a new one would.
    """
    wall = [1_795_000_000.0]
    world = World(load("default"), Clock(None, lambda: wall[0]))
    ever = Span(date.min, date.max)
    for _ in range(4):
        told = {node: world.totals(node, ever) for node in world.file.accounts}
        crowds.cache_clear()
        fresh = World(load("default"), Clock(None, lambda: wall[0]))
        assert told == {node: fresh.totals(node, ever) for node in world.file.accounts}
        wall[0] += 20 * 86400


@pytest.mark.parametrize("traits", [(one,) for one in TRAITS] + [("age", "gender"), ("device", "hour")])
def test_traits_share_all_cohorts_out(traits):
    """
    Each cohort of each crowd is in exactly one group, whatever the traits.
    """
    groups = Crowds(7, 1).members(traits).values()
    for crowd in range(CROWDS):
        masks = [one.cohorts[crowd] for one in groups]
        assert sum(masks) == (1 << (THICK if crowd < KINDS else THIN)) - 1
        assert sum(mask.bit_count() for mask in masks) == len(roster(7, crowd))


@pytest.mark.parametrize("trait", TRAITS)
def test_the_shares_of_a_trait_are_the_whole(trait):
    """
    The shares of the kinds of a trait are 65,536 together, and every kind is met in some crowd.
    """
    met = {cohort[trait] for seed, crowd in product(range(5), range(CROWDS)) for cohort in roster(seed, crowd)}

    assert sum(TRAITS[trait].values()) == 65536
    assert met == TRAITS[trait].keys()


def test_what_is_huge_displaces_nothing_else():
    """
    Units of many ads by country come and go; rows that were looked at for a page stay for the next one.
    """
    world = World(load("docs"), Clock(AS_OF))
    world.once("rows", lambda: 1, LARGE)
    for country in range(LARGE + 1):
        world.once(("units", country), lambda: 2, HUGE)

    assert world.once("rows", lambda: pytest.fail("rows were made again"), LARGE) == 1


def test_what_ads_count_for_is_worked_out_at_the_start(monkeypatch):
    """
    No request waits for the units of any ad of the file: the server has them before the first one.
    """
    runtime = graph_on("default").runtime
    monkeypatch.setattr("mockserver.world.figures.units", lambda *_: pytest.fail("units were worked out late"))
    span = Span(AS_OF - timedelta(days=30), AS_OF)

    assert any(any(runtime.world.totals(account, span)) for account in runtime.file.accounts)


def test_a_day_is_the_same_whichever_days_are_asked_with_it():
    """
    Days are worked out many at a time, and each is what it is alone.
    """
    together = Crowds(7, AS_OF.toordinal() - 300)
    for crowd in (0, KINDS):
        together.clickers(crowd, together.members()[()], AS_OF.toordinal())
        for day in (AS_OF.toordinal() - back for back in (299, 200, 6, 1, 0)):
            alone, who = Crowds(7, day), together.members()[()]
            assert together.acted(crowd, who, day, day) == alone.acted(crowd, who, day, day)


@pytest.mark.parametrize("length", [1, 30, 1000])
def test_a_range_costs_the_same_however_long(monkeypatch, length):
    """
    What an account did in any range is worked out by as many looks into running sums.
    """
    world = WORLDS["default"]
    account = world.file.accounts[0]
    whole = Span(AS_OF - timedelta(days=999), AS_OF)
    world.totals(account, whole)
    looked = []
    acted = Crowds.acted
    monkeypatch.setattr(Crowds, "acted", lambda *asked: looked.append(1) or acted(*asked))
    monkeypatch.setattr("mockserver.world.crowds._days", lambda *_: pytest.fail("a day was worked out again"))
    world.totals(account, Span(AS_OF - timedelta(days=length - 1), AS_OF))

    assert len(looked) <= 2 * len(world.sender(account).ads)
