"""Each kind of object tells all of its fields in their types, and the vendor's printed examples are such answers."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from mockserver.contract.load import load

from ..ask import Ask
from ..bad_meta import WITH_FIELDS, places
from ..expect import holds, same
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..target import Seen, operation
from ..watched_meta import rich
from ..wire import Answer, Call
from .meta_printed import metric_formats
from .meta_shape import EXAMPLE, INSIGHTS_PAGE, fault

UNSET = {"stop_time", "end_time", "timezone_id", "tracking_specs"}  # absent where the object has none


@contract(
    "META-S13",
    "Every object tells all of its fields, alone and in lists",
    sentence="Fields of AdAccount, Campaign, AdSet, Ad and User (SDK 26.0.3); unset fields are absent, not null",
    page="Marketing API reference: AdAccount, Campaign, AdSet, Ad",
    kind="shape",
    live=Live.MOCK,
    calls=12,
    examples=1,
)
def whole_objects(ask: Ask) -> None:
    """All fields asked for together are all told, and make an answer of the operation's schema."""
    for place in places(ask, *WITH_FIELDS):
        one, asked = operation("meta", place.operation), rich(place)
        answer = ask.graph.ok(place.path, asked)
        same(fault(one, answer.json), "", f"{place.operation} with all fields matches its schema")
        for row in answer.rows if one.raw["paging"] else [answer.json]:
            missing = set(asked["fields"]) - UNSET - set(row)
            same(sorted(missing), [], f"{place.operation} tells every field that is asked for")
            above = {name: row[name] for name in ("campaign", "adset") if name in row}
            wanted = {name: {"id": row.get(f"{name}_id")} for name in above}
            same(above, wanted, f"what {place.operation} belongs to is what its ids say")


@contract(
    "META-S14",
    "The vendor's printed examples are answers of the contract",
    sentence=EXAMPLE,
    page=INSIGHTS_PAGE,
    kind="shape",
    live=Live.SAFE,
    calls=0,
    examples=1,
)
def examples_conform(ask: Ask) -> None:
    """Each printed answer matches the response schema of its operation, to the number formats."""
    del ask
    for one in load("meta").operations.values():
        for example in one.raw["examples"]:
            same(fault(one, example["response"]), "", f"the example {example['title']!r} matches its schema")
            metric_formats(_printed(one.name, example["response"]))


def _printed(name: str, body: Mapping[str, Any]) -> Seen:
    return Seen(
        "meta", operation("meta", name), Answer(Call("GET", "", f"/{name}"), 200, {}, json.dumps(body).encode())
    )


@contract(
    "META-S15",
    "The printed example is reproduced where its campaign is known",
    sentence=EXAMPLE,
    page=INSIGHTS_PAGE,
    kind="shape",
    live=Live.MOCK,
    calls=2,
    examples=1,
)
def examples_are_reproduced(ask: Ask) -> None:
    """In the world of the printed examples the printed questions get the printed answers, field by field."""
    if (ask.profile.world or {}).get("name") != "docs":
        raise OutOfScope("the target does not serve the world of the printed examples")
    place = next(one for one in places(ask, "insights") if one.node and one.node.level == "ad")
    assert place.node
    days = {"time_range": {"since": "2024-05-01", "until": "2025-07-29"}}
    if not date(2025, 7, 29) <= ask.today(place.node.account) <= date(2027, 5, 1):
        raise OutOfScope("the printed range is not over, or older than 37 months")
    for example in operation("meta", "insights").raw["examples"]:
        printed = example["response"]["data"][0]
        told = {name: value for name, value in printed.items() if not name.startswith("date_")}
        asked = {**example["request"], "fields": ",".join(told), **days}
        rows = ask.graph.ok(place.path, asked).rows
        holds(len(rows) == 1, "the printed question gets one row", len(rows), 1)
        same(
            {name: rows[0].get(name) for name in told}, told, f"the example {example['title']!r} is answered as printed"
        )
