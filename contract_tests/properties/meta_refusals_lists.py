"""Graph lists and filters refuse bad limits, cursors, filters and statuses whole, in the documented words."""

import base64
import json
from collections.abc import Iterator, Sequence
from typing import Any

from ..ask import Ask
from ..bad_meta import LISTS, PAGED, Bad, Place, refusals
from ..property import Live
from ..target import operation
from .meta_refusals_filters import OPERATORS, entry, filtered

PAGING = "Graph API, Paginated Results"
LIST_FILTERS = "Measured on the live lists: which operators each field takes; every other field and operator is refused"
JSON = {"Content-Type": "application/json"}
_SAME = ("EQUAL", "NOT_EQUAL", "IN", "NOT_IN")
_SIZE = ("GREATER_THAN", "LESS_THAN", "IN_RANGE", "NOT_IN_RANGE")
TAKEN = {
    "id": _SAME, "name": ("EQUAL", "CONTAIN", "NOT_CONTAIN"), "status": _SAME, "effective_status": _SAME,
    "optimization_goal": _SAME, "bid_strategy": _SAME, "created_time": _SIZE, "updated_time": _SIZE,
    "start_time": _SIZE, "end_time": ("GREATER_THAN", "LESS_THAN", "IN_RANGE"), "daily_budget": _SIZE,
    "lifetime_budget": _SIZE, "bid_amount": _SIZE,
}  # fmt: skip
NEVER = (
    "configured_status", "campaign_id", "adset_id", "creative_id", "budget_remaining", "destination_type",
    "promoted_object", "is_dynamic_creative", "source_ad_id", "nonsense", "Name", "ad.adset_id", "adset.campaign_id",
)  # fmt: skip


def _cursor(text: str) -> str:
    """*text* as Graph writes it in a cursor."""
    return base64.b64encode(text.encode()).decode().replace("=", "ZD")


CURSORS = (
    "nonsense", "!!!", "0", "-1", "MA==", "MA", "MAZD", "MAZDZDZD", "MAZDZD ", "mazdzd", "QVFIUm", "{}", "é",
    *map(_cursor, ("-1", "00", "01", "1.5", "one", " 1", "1 ", "+1", "1e3", "0x1", "1,2", "null", "9" * 40)),
)  # fmt: skip


def _limit(value: str, got: str) -> Bad:
    quoted = {"parameter": "limit", "expected": "an integer", "got": got}
    return Bad("param_type", {"limit": value}, quoted)


def _json_limit(value: Any, got: str) -> Bad:
    quoted = {"parameter": "limit", "expected": "an integer", "got": got}
    return Bad("param_type", quoted=quoted, headers=JSON, body=json.dumps({"limit": value}).encode())


def _least(ask: Ask, place: Place) -> Sequence[Bad]:
    """Limits below the least one: lists may be asked for none of their rows, insights not."""
    del ask
    least = operation("meta", place.operation).parameters["limit"]["minimum"]
    quoted = {"parameter": "limit", "minimum": str(least)}
    return [Bad("param_minimum", {"limit": str(value)}, quoted) for value in (least - 1, -7, -25)]


refusals(
    "META-R20",
    "A limit below the least one is refused",
    "limit: int, 25 by default; assumed: the least limit of insights is 1, that of lists 0, and the words",
    "param_minimum",
    PAGED,
    _least,
    page=PAGING,
)
refusals(
    "META-R21",
    "A limit that is no whole number is refused",
    "Recorded on another edge: (#100) Param <name> must be an integer. Instead, got float.",
    "param_type",
    PAGED,
    [
        *(_limit(value, "float") for value in ("2.5", "1e3", "25.0")),
        *(_limit(value, "string") for value in ("abc", "ten", "0x10", "５", "5;6", "[5]", "true")),
        *(
            _json_limit(value, got)
            for value, got in ((2.5, "float"), ([5], "array"), ({}, "object"), (True, "boolean"))
        ),
    ],
    page=PAGING,
)
for _id, _name in (("META-R22", "after"), ("META-R23", "before")):
    refusals(
        _id,
        f"A bad cursor in `{_name}` is refused",
        "Recorded: (#2642) Invalid cursors values; after/before not decodable or not of this query",
        "bad_cursor",
        PAGED,
        [
            *(Bad("bad_cursor", {_name: cursor}) for cursor in CURSORS),
            Bad("bad_cursor", {_name: "nonsense", "limit": 5}),
            *([Bad("bad_cursor", {"after": "nonsense", "before": "MQZDZD"})] if _name == "after" else []),
        ],
        live=Live.SAFE,
        page=PAGING,
    )
refusals(
    "META-R30",
    "Lists are not filtered by fields that they do not take",
    LIST_FILTERS,
    "filter_field_unsupported_list",
    LISTS,
    [
        filtered("filter_field_unsupported_list", entry(field=name, value="x"), field=name)
        for name in (*NEVER, *(f"{prefix}.nonsense" for prefix in ("campaign", "adset", "ad")))
    ],
    live=Live.TOLERANT,
    page="Marketing API, lists of campaigns, ad sets and ads",
)


def _unsupported() -> Iterator[Bad]:
    """Every operator that a field of lists does not take: all of them for some fields, a few for the others."""
    thorough = ("id", "name", "effective_status", "created_time", "end_time")
    for name, taken in TAKEN.items():
        tried = OPERATORS if name in thorough else ("EQUAL", "CONTAIN", "GREATER_THAN", "IN", "NOT_IN_RANGE")
        for operator in tried:
            if operator not in taken:
                for field in (name, f"campaign.{name}") if operator in ("NOT_EQUAL", "EQUAL") else (name,):
                    bad = entry(field=field, operator=operator, value="x")
                    yield filtered("filter_op_unsupported_list", bad, field=field, operator=operator.lower())


refusals(
    "META-R31",
    "Lists are not filtered with operators that a field does not take",
    LIST_FILTERS,
    "filter_op_unsupported_list",
    LISTS,
    list(_unsupported()),
    live=Live.TOLERANT,
    page="Marketing API, lists of campaigns, ad sets and ads",
)


def _statuses(ask: Ask, place: Place) -> Sequence[Bad]:
    """Words that are no effective status, alone and among good ones."""
    del ask
    known = operation("meta", place.operation).parameters["effective_status"]["items"]["enum"]
    sent = {"on": 0, "active": 0, '["RUNNING"]': 0, "ACTIVE,on": 1, '["PAUSED","ACTIVE",5]': 2, "ACTIVE|PAUSED": 0}
    return [
        Bad(
            "bad_enum",
            {"effective_status": value},
            {"parameter": f"effective_status[{at}]", "values": ", ".join(known)},
        )
        for value, at in sent.items()
    ]


refusals(
    "META-R33",
    "Pixels are sorted by what they can be sorted by",
    "sort_by: LAST_FIRED_TIME, NAME (SDK 26.0.3)",
    "bad_enum",
    ("adspixels",),
    [
        Bad("bad_enum", {"sort_by": value}, {"parameter": "sort_by", "values": "LAST_FIRED_TIME, NAME"})
        for value in ("id", "name", "NAMES")
    ],
)
refusals(
    "META-R37",
    "What is deleted is not listed by effective_status",
    "Query as edges with status filter: DELETED: No if status filter does not contain DELETED, and error if it does.",
    "deleted_objects",
    LISTS,
    [
        Bad("deleted_objects", {"effective_status": value})
        for value in ("DELETED", '["ACTIVE","DELETED"]', '["DELETED"]')
    ],
    live=Live.TOLERANT,
    page="Marketing API, Manage Your Ad Object's Status",
)
refusals(
    "META-R32",
    "An effective_status that is none is refused",
    "Recorded: … not in enum; list printed in documented order, comma+space",
    "bad_enum",
    LISTS,
    _statuses,
    live=Live.TOLERANT,
)
