"""What is asked of the Graph API: every operation with all its fields, and one bad input for each cheap refusal."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..ask import Ask
from ..graph import EMPTY, LEADS, next_link
from ..outcomes import OutOfScope
from ..property import Live
from ..wire import Answer
from ..words_meta import ERRORS
from . import places
from .probes import ALL, How, Probe, Refusal, filled
from .scout import Scouted
from .words import Ids, plain

_METRICS = "marketing_messages_delivered,marketing_messages_spend"
_RANGE = {"since": "<since>", "until": "<until>"}
_PURCHASE = {"field": "action_type", "operator": "IN", "value": ["offsite_conversion.fb_pixel_purchase"]}
_MANY = {"fields": ALL, "limit": 25, "summary": "true"}
_ROWS = {"fields": ALL, "limit": 25, "date_preset": "maximum", "default_summary": "true"}
_MONTHS = {"fields": _METRICS, "date_preset": "maximum", "time_increment": "monthly", "limit": 1}

# name, operation, path, parameters, whether every property must come
_GOOD: tuple[tuple[str, str, str, Mapping[str, Any], bool], ...] = (
    ("me", "me", "me", {"fields": ALL}, True),
    ("me by default", "me", "me", {}, False),
    ("adaccounts", "adaccounts", "me/adaccounts", _MANY, True),
    ("adaccount", "adaccount", "<account>", {"fields": ALL}, True),
    ("adaccount by default", "adaccount", "<account>", {}, False),
    ("insights by default", "insights", "<account>/insights", {}, False),
    ("insights of an ad", "insights", "<ad>/insights", _ROWS, True),
    ("campaigns", "campaigns", "<account>/campaigns", _MANY, True),
    ("campaigns by default", "campaigns", "<account>/campaigns", {"limit": 1}, False),
    ("adsets", "adsets", "<account>/adsets", _MANY, True),
    ("ads", "ads", "<account>/ads", _MANY, True),
    ("campaign", "campaign", "<campaign>", {"fields": ALL}, True),
    ("adset", "adset", "<adset>", {"fields": ALL}, True),
    ("ad", "ad", "<ad>", {"fields": ALL}, True),
    ("adcreatives", "adcreatives", "<account>/adcreatives", _MANY, True),
    ("adspixels", "adspixels", "<account>/adspixels", _MANY, True),
    ("promote_pages", "promote_pages", "<account>/promote_pages", _MANY, True),
    ("accounts", "accounts", "me/accounts", _MANY, True),
    ("adcreative", "adcreative", "<creative>", {"fields": ALL}, True),
    ("adspixel", "adspixel", "<pixel>", {"fields": ALL}, True),
    ("page", "page", "<promoted>", {"fields": ALL}, True),
    ("businesses", "businesses", "me/businesses", {"limit": 1}, False),
    ("business users", "business_users", "me/business_users", {"limit": 1}, False),
    *((edge, edge, f"<account>/{edge}", {"limit": 1}, False) for edge in EMPTY),
    (LEADS, LEADS, f"<ad>/{LEADS}", {"limit": 1}, False),
    ("insights by account", "insights", "<account>/insights", _ROWS, False),
    ("insights by campaign", "insights", "<account>/insights", {**_ROWS, "level": "campaign"}, False),
    ("insights by ad set", "insights", "<account>/insights", {**_ROWS, "level": "adset"}, False),
    ("insights by ad", "insights", "<account>/insights", {**_ROWS, "level": "ad"}, True),
    (
        "insights by day", "insights", "<ad>/insights",
        {"fields": ALL, "time_range": _RANGE, "time_increment": 1, "default_summary": "true"}, True,
    ),
    (
        "insights of purchases", "insights", "<account>/insights",
        {**_ROWS, "level": "ad", "action_breakdowns": "action_type", "filtering": [_PURCHASE]}, False,
    ),
)  # fmt: skip


_LISTED = {
    "bad_enum": ("request", "properties", "date_preset", "enum"),
    "enum_in_object": ("request", "properties", "filtering", "items", "properties", "operator", "enum"),
}


def _listed(row: str) -> dict[str, str]:
    """The values that the words of an error list, as the contract has them."""
    if row not in _LISTED:
        return {}
    return {"values": ", ".join(places.at("meta", "insights", _LISTED[row]))}


def _filter(**changed: Any) -> dict[str, Any]:
    entry = {"field": "action_type", "operator": "IN", "value": ["x"], **changed}
    return {"filtering": [entry]}


_INSIGHTS, _CAMPAIGNS = "<account>/insights", "<account>/campaigns"
_OF_FIELDS = {"param": "fields"}
_UNIX = {"since": "1790812800", "until": "1790899200"}
_REVERSED = {"since": "<today>", "until": "<yesterday>"}
_OLD = {"since": "2019-01-01", "until": "2019-01-31"}
_NOBODY = "act_1000000000000009"

# the error, operation, path, parameters, and what its words quote
_BAD: tuple[tuple[str, str, str, Mapping[str, Any], Mapping[str, str]], ...] = (
    ("unknown_field", "insights", _INSIGHTS, {"fields": "nonsense"}, {"field": "nonsense", **_OF_FIELDS}),
    (
        "unknown_fields", "insights", _INSIGHTS, {"fields": "nonsense,rubbish"},
        {"fields": "nonsense, rubbish", **_OF_FIELDS},
    ),
    ("field_retired", "insights", _INSIGHTS, {"fields": "labels"}, {"fields": "labels is", **_OF_FIELDS}),
    ("unknown_breakdown", "insights", _INSIGHTS, {"breakdowns": "nonsense"}, {"breakdown": "nonsense"}),
    (
        "bad_combination", "insights", _INSIGHTS, {"breakdowns": "platform_position"},
        {"columns": "action_type, platform_position"},
    ),
    ("time_ranges_not_array", "insights", _INSIGHTS, {"time_ranges": "nonsense"}, {}),
    ("bad_enum", "insights", _INSIGHTS, {"date_preset": "lifetime"}, {"parameter": "date_preset"}),
    (
        "enum_in_object", "insights", _INSIGHTS, _filter(operator="NONSENSE"),
        {"parameter": "filtering[0][operator]"},
    ),
    ("unknown_key_in_object", "insights", _INSIGHTS, _filter(values=["x"]), {}),
    ("filtering_not_array", "insights", _INSIGHTS, {"filtering": "nonsense"}, {}),
    ("filter_field_unknown_insights", "insights", _INSIGHTS, _filter(field="nonsense"), {"field": "nonsense"}),
    ("param_non_empty", "insights", _INSIGHTS, {"time_range": "2026-10-01"}, {"parameter": "time_range"}),
    (
        "param_type", "insights", _INSIGHTS, {"limit": "1.5"},
        {"parameter": "limit", "expected": "an integer", "got": "float"},
    ),
    ("param_minimum", "insights", _INSIGHTS, {"limit": "0"}, {"parameter": "limit", "minimum": "1"}),
    ("date_format", "insights", _INSIGHTS, {"time_range": _UNIX}, {}),
    ("since_after_until", "insights", _INSIGHTS, {"time_range": _REVERSED}, {"parameter": "time_range"}),
    ("beyond_37_months", "insights", _INSIGHTS, {"time_range": _OLD}, {}),
    ("time_increment", "insights", _INSIGHTS, {"time_increment": "91"}, {}),
    ("level_above_node", "insights", "<ad>/insights", {"level": "campaign"}, {}),
    ("bad_cursor", "insights", _INSIGHTS, {"after": "nonsense"}, {}),
    ("nonexisting_field", "campaign", "<campaign>", {"fields": "nonsense"}, {"field": "nonsense", "type": "Campaign"}),
    ("field_syntax", "campaign", "<campaign>", {"fields": "id;name"}, {"found": ";", "at": "2", "text": "id;name"}),
    ("filter_field_unsupported_list", "campaigns", _CAMPAIGNS, _filter(field="nonsense"), {}),
    ("filter_op_unsupported_list", "campaigns", _CAMPAIGNS, _filter(field="name"), {}),
    ("object_missing", "adaccount", _NOBODY, {}, {"method": "get", "id": _NOBODY}),
    ("unknown_path", "me", "me/nonsense", {}, {"path": "/nonsense"}),
)  # fmt: skip

# the error, operation, path, token (None: none at all; in <>: a specimen of the profile's), where it may be asked
_CALLERS: tuple[tuple[str, str, str, str | None, Live], ...] = (
    ("token_malformed", "me", "me", "nonsense", Live.SAFE),  # of a live target the one bad credential, the others wait
    ("no_token", "me", "me", None, Live.SAFE),
    ("token_required", "insights", _INSIGHTS, None, Live.SAFE),
    ("token_expired", "me", "me", "<expired>", Live.MOCK),
    ("no_permission_ads", "insights", _INSIGHTS, "<powerless>", Live.MOCK),
)
_DATES = {"expired": "2026-11-21", "now": "2026-11-21"}
_STATUSES = {"level_above_node": (400, 500), "token_malformed": (401, 400)}  # both were recorded


def probes() -> Iterator[Probe]:
    """The probes of the Graph API, good ones first."""
    for name, operation, path, parameters, whole in _GOOD:
        how = _call(operation, path, parameters)
        yield Probe(f"meta: {name}", "meta", operation, how, whole=whole)
    yield Probe("meta: first page", "meta", "insights", _page(1), must=("paging.next",))
    yield Probe("meta: second page", "meta", "insights", _page(2), cost=2, must=("paging.previous",))
    for row, operation, path, parameters, quoted in _BAD:
        yield Probe(f"meta: {row}", "meta", operation, _call(operation, path, parameters), _refusal(row, quoted))
    for row, operation, path, token, live in _CALLERS:
        yield Probe(f"meta: {row}", "meta", operation, _as(path, token), _refusal(row, _DATES), live)


def _refusal(row: str, quoted: Mapping[str, str]) -> Refusal:
    error = ERRORS[row]
    text, values = plain(error.example({**quoted, **_listed(row)}), Ids(), str)
    statuses = _STATUSES.get(row, (error.status,))
    return Refusal(row, error.code, statuses, text, error.subcode, error.type, values, listed=_LISTED.get(row, ()))


def _call(operation: str, path: str, parameters: Mapping[str, Any]) -> How:
    def how(ask: Ask, scouted: Scouted) -> Answer:
        asked = filled(parameters, operation, scouted)
        return ask.graph.call(filled(path, operation, scouted), asked)

    return how


def _page(count: int) -> How:
    def how(ask: Ask, scouted: Scouted) -> Answer:
        assert scouted["several"]
        answer = ask.graph.call(filled(_INSIGHTS, "insights", scouted), _MONTHS)
        for _ in range(count - 1):
            following = next_link(answer)
            if following is None:
                raise OutOfScope("there is no next page")
            answer = ask.graph.send("GET", following, {})
        return answer

    return how


def _as(path: str, token: str | None) -> How:
    """A call with another token than the profile's own."""

    def how(ask: Ask, scouted: Scouted) -> Answer:
        sent = _specimen(ask, token[1:-1]) if token and token.startswith("<") else token
        return ask.graph.call(filled(path, "", scouted), token=sent)

    return how


def _specimen(ask: Ask, kind: str) -> str:
    assert ask.profile.meta
    if kind not in ask.profile.meta.tokens:
        raise OutOfScope(f"the profile has no {kind} token")
    return ask.profile.meta.tokens[kind].token
