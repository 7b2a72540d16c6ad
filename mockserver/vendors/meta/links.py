"""The paging of a list: cursors, and links to the pages beside it."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from mockserver.gate.paging import Page
from mockserver.pipeline import Exchange
from mockserver.vendors.meta import cursor, parameters

Link = Callable[[str, str], str]  # `after` or `before`, and a cursor


def paging(page: Page, link: Link) -> dict[str, Any]:
    """The cursors of *page*, which is not empty, and links to the next and the previous one."""
    first, last = page.first, page.first + len(page.records) - 1
    told: dict[str, Any] = {"cursors": {"before": cursor.encode(first), "after": cursor.encode(last)}}
    if not page.last:
        told["next"] = link("after", cursor.encode(last))
    if first:
        told["previous"] = link("before", cursor.encode(first))
    return told


def beside(exchange: Exchange) -> Link:
    """Links to the pages beside the one that is asked for, which repeat what was asked."""

    def link(direction: str, at: str) -> str:
        request = exchange.request
        kept = parameters.kept(request, "limit", "after", "before")
        return _address(exchange, request.path, [*kept, ("limit", str(exchange.arguments["limit"])), (direction, at)])

    return link


def below(exchange: Exchange, path: str, sent: Mapping[str, str], limit: int) -> Link:
    """Links to the pages of the edge at *path*, asked for with *sent* and the credentials of this request."""
    credentials = [(name, exchange.parameters.get(name)) for name in ("access_token", "appsecret_proof")]
    kept = [(name, value) for name, value in credentials if isinstance(value, str) and value]
    kept += [(name, value) for name, value in sent.items() if name not in ("limit", "after", "before")]
    return lambda direction, at: _address(exchange, path, [*kept, ("limit", str(limit)), (direction, at)])


def _address(exchange: Exchange, path: str, query: list[tuple[str, str]]) -> str:
    """On the origin under which the client sees this server."""
    return f"{exchange.request.origin}{quote(path, errors='replace')}?{urlencode(query, errors='replace')}"
