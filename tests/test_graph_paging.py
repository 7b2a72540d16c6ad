"""Pages: cursors, links, limits."""

import json
from contextlib import suppress
from itertools import pairwise
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from mockserver.app import create_app
from mockserver.errors import MockError
from mockserver.settings import Settings
from mockserver.vendors.meta import cursor
from mockserver.world.now import World
from tests.graph import ORIGIN, assert_graph_error, graph_on

GRAPH = graph_on("default")
ACCOUNT = f"act_{GRAPH.runtime.file.accounts[0].id}"
ASKED = {"level": "ad", "fields": "ad_id,spend", "date_preset": "last_7d", "time_increment": 1}
RECORDED = (
    "0 MAZDZD 1 MQZDZD 2 MgZDZD 9 OQZDZD 10 MTAZD 23 MjMZD 24 MjQZD 49 NDkZD 99 OTkZD 199 MTk5 224 MjI0 1000 MTAwMAZDZD"
).split()
EDGES = ["insights", "campaigns", "adsets", "ads"]
MANY = settings(max_examples=60, derandomize=True, deadline=None, database=None)


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert GRAPH.runtime.bugs == []


def read(edge="insights", **parameters):
    """A page of one of the account's edges."""
    return GRAPH.read(f"/v26.0/{ACCOUNT}/{edge}", **{**(ASKED if edge == "insights" else {}), **parameters})


def whole(edge="insights"):
    """All rows of an edge on one page."""
    return read(edge, limit=10_000)["data"]


@pytest.mark.parametrize(("index", "written"), list(zip(RECORDED[::2], RECORDED[1::2], strict=True)))
def test_a_cursor_is_the_index_of_a_row(index, written):
    """
    Recorded cursors are base64 of a zero-based index, each = written ZD.
    """
    assert cursor.encode(int(index)) == written
    assert cursor.decode(written) == int(index)


@given(st.text("MAQgZDNTOk=1 ", max_size=12))
@MANY
def test_only_written_cursors_are_read(text):
    """
    Whatever is not the cursor of some index is no cursor.
    """
    with suppress(MockError):
        assert cursor.encode(cursor.decode(text)) == text


@pytest.mark.parametrize(
    "written", ["nonsense", "MA==", "MA", "LTEZD", "MDAZD", "4pyT", "é", " MAZDZD", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"]
)
@pytest.mark.parametrize("direction", ["after", "before"])
def test_a_bad_cursor_is_refused(direction, written):
    """
    A text that is no cursor, an index below zero or written with zeros before it: 2642, in both directions.
    """
    response = GRAPH.get(f"/{ACCOUNT}/insights", **{**ASKED, direction: written})

    assert_graph_error(response, status=400, message="(#2642) Invalid cursors values", code=2642)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 24, 25, 26, 1000])
def test_every_limit_gives_each_row_once(edge, limit):
    """
    The pages of any limit, one after the other, are the whole; all but the last are full.
    """
    pages, after = [], None
    while True:
        body = read(edge, limit=limit, after=after)
        pages.append(body["data"])
        after = body["paging"]["cursors"]["after"]
        if "next" not in body["paging"]:
            break

    assert [row for page in pages for row in page] == whole(edge)
    assert {len(page) for page in pages[:-1]} <= {limit}
    assert 1 <= len(pages[-1]) <= limit


@pytest.mark.parametrize("edge", EDGES)
def test_a_page_has_25_rows_unless_a_limit_is_given(edge):
    """
    The default limit is 25, and the cursors are those of the first and the last row.
    """
    body = read(edge)

    assert body["data"] == whole(edge)[:25]
    assert len(body["data"]) == 25
    assert body["paging"]["cursors"] == {"before": "MAZDZD", "after": "MjQZD"}
    assert list(body["paging"]) == ["cursors", "next"]


def test_previous_and_next_are_where_there_is_something():
    """
    The first page has no previous, the last no next, one between has both, one alone has none.
    """
    count = len(whole())
    second = read(limit=2, after=cursor.encode(1))["paging"]

    assert set(read(limit=2)["paging"]) == {"cursors", "next"}
    assert second["cursors"] == {"before": cursor.encode(2), "after": cursor.encode(3)}
    assert set(second) == {"cursors", "next", "previous"}
    assert set(read(limit=2, after=cursor.encode(count - 3))["paging"]) == {"cursors", "previous"}
    assert set(read(limit=count)["paging"]) == {"cursors"}


@pytest.mark.parametrize("edge", EDGES)
def test_walking_back_meets_the_same_pages(edge):
    """
    From the last page, previous leads over the same pages to the first.
    """
    pages = [read(edge, limit=6)]
    while "next" in pages[-1]["paging"]:
        pages.append(GRAPH.follow(pages[-1]["paging"]["next"]))
    back = [pages[-1]]
    while "previous" in back[-1]["paging"]:
        back.append(GRAPH.follow(back[-1]["paging"]["previous"]))

    assert [page["data"] for page in back] == [page["data"] for page in pages[::-1]]


@given(st.integers(0, 40), st.integers(1, 40))
@MANY
def test_before_gives_the_rows_before(index, limit):
    """
    The page before a row is the rows just before it, fewer at the beginning.
    """
    rows = whole()
    page = read(limit=limit, before=cursor.encode(index))

    assert page["data"] == rows[max(index - limit, 0) : index]


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("index", [10_000, 10**14, "last"])
def test_past_the_end_there_is_nothing(edge, index):
    """
    After the last row comes {"data":[]}, without cursors that a client could follow for ever.
    """
    after = cursor.encode(len(whole(edge)) - 1 if index == "last" else index)

    assert read(edge, after=after) == {"data": []}
    assert GRAPH.get(f"/{ACCOUNT}/{edge}", before="MAZDZD").body == b'{"data":[]}'


@pytest.mark.parametrize("edge", EDGES)
def test_next_opened_verbatim_is_the_page_after(edge):
    """
    The link of the next page and the after cursor lead to the same page, which links to its own neighbours.
    """
    first = read(edge, limit=4)
    second = GRAPH.follow(first["paging"]["next"])

    assert second == read(edge, limit=4, after=first["paging"]["cursors"]["after"])
    assert GRAPH.follow(second["paging"]["previous"])["data"] == first["data"]


def test_next_keeps_every_parameter():
    """
    The link repeats the path and each parameter of the request, the token too, and adds limit and after.
    """
    sent = [("fields", "spend"), ("time_range[since]", "2026-11-01"), ("time_range[until]", "2026-11-20")]
    sent += [("level", "ad"), ("access_token", "EAAtok"), ("unknown", "ä & ="), ("filtering", "[]"), ("empty", "")]
    first = json.loads(GRAPH.send("GET", f"/v25.0/{ACCOUNT}/insights/", urlencode([*sent, ("limit", "3")])).body)
    link = urlsplit(first["paging"]["next"])

    assert f"{link.scheme}://{link.netloc}" == ORIGIN
    assert link.path == f"/v25.0/{ACCOUNT}/insights/"
    assert parse_qsl(link.query, keep_blank_values=True) == [*sent, ("limit", "3"), ("after", "MgZDZD")]


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_next_keeps_what_stood_in_the_body(kind):
    """
    Parameters of a body are in the link as well: opened without the body, it is the page after.
    """
    asked = {"level": "ad", "fields": "ad_id,spend", "date_preset": "last_7d", "limit": 2, "access_token": "EAAtok"}
    body = (json.dumps(asked) if "json" in kind else urlencode(asked)).encode()
    first = json.loads(GRAPH.send("GET", f"/{ACCOUNT}/insights", "", {"content-type": kind}, body).body)

    assert GRAPH.follow(first["paging"]["next"]) == GRAPH.read(f"/{ACCOUNT}/insights", **asked, after="MQZDZD")


def test_links_do_not_grow():
    """
    However many links are followed, limit and after are in the address once.
    """
    page = read(limit=3)
    links = []
    while "next" in page["paging"] and len(links) < 8:
        links.append(page["paging"]["next"])
        page = GRAPH.follow(links[-1])

    assert all(link.count("after=") == link.count("limit=") == 1 for link in links)
    assert all(abs(len(one) - len(other)) <= 4 for one, other in pairwise(links))


def test_the_path_of_a_link_is_an_address():
    """
    A line break in the path, as in the vendor's own sample, is escaped in the link.
    """
    page = json.loads(GRAPH.send("GET", f"/{ACCOUNT}/insights \n", urlencode({**ASKED, "access_token": "EAAtok"})).body)

    assert page["paging"]["next"].startswith(f"{ORIGIN}/{ACCOUNT}/insights%20%0A?level=ad&")


@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({}, "http://localhost"),
        ({"Host": "graph.test:8086"}, "http://graph.test:8086"),
        ({"Host": "[::1]:8086"}, "http://[::1]:8086"),
        ({"X-Forwarded-Proto": "https", "X-Forwarded-Host": "graph.facebook.com"}, "https://graph.facebook.com"),
        ({"Host": "inner", "X-Forwarded-Host": "outer:81, inner"}, "http://outer:81"),
        ({"X-Forwarded-Proto": "javascript"}, "http://localhost"),
        ({"X-Forwarded-Host": 'evil"><script>'}, "http://localhost"),
    ],
)
def test_links_lead_to_the_origin_that_the_client_sees(headers, origin):
    """
    Behind a proxy a link has the proxy's scheme and host, and nothing that is no host.
    """
    client = Client(create_app(Settings(throttle=0)))
    answer = client.get(f"/{ACCOUNT}/ads?limit=1&access_token=EAAtok", headers=headers)

    assert answer.json["paging"]["next"].startswith(f"{origin}/{ACCOUNT}/ads?access_token=EAAtok&limit=1&after=")


@pytest.mark.parametrize("increment", [1, "monthly", "all_days"])
def test_a_page_costs_the_same_at_any_depth(monkeypatch, increment):
    """
    A page of five rows works out the figures of five rows, whether it is the first or far down.
    """
    asked = {"time_increment": increment, "date_preset": "maximum", "limit": 5}
    read(**asked)
    worked_out, total = [], World.total
    monkeypatch.setattr(World, "total", lambda world, row: worked_out.append(row) or total(world, row))
    for at in (0, 4, 8):
        worked_out.clear()
        told = read(**asked, after=cursor.encode(at))["data"]

        assert len(told) == 5
        assert len(worked_out) == 5
