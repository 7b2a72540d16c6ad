"""What watching properties of the Graph API look at: every answer, taken apart once, and a handful of their own."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .bad_meta import Place, one_of_each, places, send
from .property import Live, contract
from .target import Seen, operation
from .wire import Answer, Call

if TYPE_CHECKING:
    from .ask import Ask

_COMPOSING = ("batch", "ids", "async", "method", "suppress_http_code", "debug", "pretty")
_LONGEST = 8000  # a longer address or body may be refused before it reaches the API
_FIRST, _FAR = "MAZDZD", "MTAwMDAw"  # the cursors of the first row and of one that there is not
_HANDFUL = "the answers that watching properties ask for"
DOCUMENTED = (
    "marketing_messages_delivered,marketing_messages_read_rate,marketing_messages_link_btn_click,"
    "marketing_messages_link_btn_click_rate,marketing_messages_cost_per_delivered,"
    "marketing_messages_cost_per_link_btn_click,marketing_messages_spend"
)


def graph(seen: Seen) -> Answer | None:
    """The answer, if the Graph API itself gave it."""
    call = seen.answer.call
    foreign = not call.path.strip("/") or call.path.startswith(("/_mock", "/ads/"))
    return None if foreign or composed(call) or max(len(call.target), len(call.body)) > _LONGEST else seen.answer


def composed(call: Call) -> bool:
    """Whether it is made of calls, is a job, or has its answer bent by a modifier: properties of their own judge it."""
    sent, query = call.body.decode("utf-8", "replace"), call.query
    return any(name in query or name in sent for name in _COMPOSING)


def with_body(seen: Seen) -> Answer | None:
    """The answer, if it should have a body: to anything but HEAD, and not 304."""
    answer = graph(seen)
    return None if answer is None or answer.call.method == "HEAD" or answer.status == 304 else answer


@lru_cache(maxsize=4)
def parsed(body: bytes) -> Any:
    """The body as JSON, None where it is none; parsed once for all that watch."""
    try:
        return json.loads(body)
    except ValueError:
        return None


def good(seen: Seen) -> Any:
    """The body of a good answer; None for any other."""
    answer = with_body(seen)
    return parsed(answer.body) if answer is not None and answer.status == 200 else None


def error_of(answer: Answer) -> dict[str, Any]:
    """The error of a bad answer; empty where it tells none."""
    body = parsed(answer.body)
    error = body.get("error") if isinstance(body, dict) else None
    return error if isinstance(error, dict) else {}


def rows_of(seen: Seen) -> list[Any]:
    """The rows of a good answer."""
    body = good(seen)
    listed = body.get("data") if isinstance(body, dict) else None
    return listed if isinstance(listed, list) else []


def paging_of(seen: Seen) -> dict[str, Any]:
    """The paging of a good answer; empty where it has none."""
    body = good(seen)
    paging = body.get("paging") if isinstance(body, dict) else None
    return paging if isinstance(paging, dict) else {}


def watching(
    id: str,  # noqa: A002  # the field's word
    title: str,
    watches: Callable[[Seen], None],
    *,
    sentence: str,
    page: str,
    live: Live,
) -> None:
    """Put the property into the catalogue that *watches* holds of every answer, and of a handful asked for it."""

    def check(ask: "Ask") -> None:
        for seen in handful(ask):
            ask.answers.append(seen.answer)
            watches(seen)

    how: dict[str, Any] = {"sentence": sentence, "page": page, "kind": "shape", "examples": 1, "watches": watches}
    contract(id, title, live=live, calls=2, **how)(check)


def handful(ask: "Ask") -> list[Seen]:
    """Good and bad answers of every operation, asked for once a run; of a live target one of each."""
    kept = ask.target.kept.get(_HANDFUL)
    if kept is None:
        kept = ask.target.kept[_HANDFUL] = list(_asked(ask))
    found: list[Seen] = kept
    return found


def _asked(ask: "Ask") -> Iterator[Seen]:
    if not ask.exact:
        place = places(ask, "insights")[0]
        for fields in (DOCUMENTED, "nonsense"):
            yield _seen(place, ask.graph.call(place.path, {"fields": fields}))
        return
    for place in places(ask):
        yield _seen(place, ask.graph.call(place.path))
        answer = ask.graph.call(place.path, rich(place), version="v25.0")
        yield _seen(place, answer)
        for method in ("GET", "HEAD"):
            tag = {"If-None-Match": answer.headers.get("etag", "*")}
            yield _seen(place, ask.graph.call(place.path, rich(place), version="v25.0", headers=tag, method=method))
        for after in (_FIRST, _FAR):
            yield _seen(place, ask.graph.call(place.path, {"after": after, "limit": 1}, version=None))
    for place, bad in one_of_each(ask, places(ask)):
        yield _seen(place, send(ask, place, replace(bad, version=bad.version or "v25.0")))


def rich(place: Place) -> dict[str, Any]:
    """The parameters that ask for everything that is answered at *place*."""
    one = operation("meta", place.operation)
    fields = [name for name, schema in one.record["properties"].items() if "x-from" in schema]
    if place.operation != "insights":
        return {"fields": fields, **({"limit": 20, "summary": "true"} if one.raw["paging"] else {})}
    level = {} if place.node is None or place.node.level == "account" else {"level": "ad"}
    return {"fields": fields, "date_preset": "maximum", "time_increment": "monthly", "limit": 20, **level}


def _seen(place: Place, answer: Answer) -> Seen:
    return Seen("meta", operation("meta", place.operation), answer)
