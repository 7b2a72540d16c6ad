"""One way to each error that the contract lists for jobs, batches and reads of several ids."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from . import found
from .composed_meta import Plain, call, plain, read
from .expect import ok
from .outcomes import OutOfScope
from .tokens_meta import UNKNOWN, own, specimen
from .wire import Answer, Call

if TYPE_CHECKING:
    from .ask import Ask

NOBODY = "404404404404404"
SLOW = frozenset({"report_not_ready"})  # only a world with a slow report tells it
QUOTED = {"report_summary_missing": {"known": ""}}  # the report of which it is asked has no summary
_KINDS = {
    "token_expired": "expired", "token_password_changed": "password_changed", "token_deauthorized": "deauthorized",
    "appsecret_proof_missing": "proof", "no_permission_ads": "powerless",
}  # fmt: skip
_FILTER = {"field": "action_type", "operator": "IN", "value": []}
_BAD: Mapping[str, Mapping[str, Any]] = {
    "unknown_field": {"fields": "nonsense"},
    "unknown_fields": {"fields": "nonsense,nowhere"},
    "field_retired": {"fields": "labels"},
    "unknown_breakdown": {"breakdowns": "nonsense"},
    "bad_combination": {"breakdowns": "platform_position"},
    "filter_op_unsupported_list": {"filtering": json.dumps([{**_FILTER, "operator": "TOP", "value": 1}])},
    "time_ranges_not_array": {"time_ranges": "2021"},
    "bad_enum": {"date_preset": "lifetime", "format": "pdf"},
    "enum_in_object": {"filtering": json.dumps([{**_FILTER, "operator": "LIKE"}])},
    "unknown_key_in_object": {"filtering": json.dumps([{**_FILTER, "values": []}])},
    "filtering_not_array": {"filtering": json.dumps(_FILTER)},
    "filter_field_unknown_insights": {"filtering": json.dumps([{**_FILTER, "field": "effective_status"}])},
    "param_non_empty": {"time_range": "2021"},
    "param_type": {"limit": "2.5", "include_headers": "x"},
    "param_minimum": {"limit": -1},
    "date_format": {"time_range": {"since": "2021", "until": "2021"}},
    "since_after_until": {"time_range": {"since": "2026-02-02", "until": "2026-02-01"}},
    "beyond_37_months": {"time_range": {"since": "2001-02-02", "until": "2026-02-01"}},
    "time_increment": {"time_increment": 91},
    "bad_cursor": {"after": "nonsense"},
    "nonexisting_field": {"fields": "nonsense"},
    "field_syntax": {"fields": "id name"},
    "too_many_ids": {"ids": ",".join(str(10**15 + at) for at in range(51))},
    "report_field_missing": {"fields": "reach"},
    "report_fields_missing": {"fields": "reach,clicks"},
    "report_summary_missing": {"summary": "spend"},
    "batch_not_array": {"batch": "nonsense"},
    "too_many_batch": {"batch": json.dumps([read("me")] * 51)},
    "batch_dependency": {"batch": json.dumps([read("me", depends_on="nobody")])},
}
_PARTS: Mapping[str, list[Any]] = {
    "batch_entry": [5],
    "batch_unmet": [read("me", depends_on="gone"), read(NOBODY, name="gone")][::-1],
}


def provoked(ask: "Ask", name: str, error: str) -> Answer:
    """The answer of the operation *name* to a call that provokes *error*; of a part of a batch, as if it were alone."""
    of = plain(ask, name)
    if error in _PARTS:
        return _part(ask, _PARTS[error])
    if error in _KINDS or error in ("token_required", "token_malformed", "appsecret_proof_bad"):
        return call(ask, of, **_credential(ask, error))
    return call(ask, *_wrong(ask, of, name, error))


def _credential(ask: "Ask", error: str) -> dict[str, Any]:
    if error == "appsecret_proof_bad":
        return {"token": None, "parameters": {"access_token": own(ask).token, "appsecret_proof": "0" * 64}}
    if error in _KINDS:
        token = specimen(ask, _KINDS[error])
        if token is None:
            raise OutOfScope(f"the profile has no token for {error}")
        return {"token": token.token if error == "appsecret_proof_missing" else token}
    return {"token": None if error == "token_required" else UNKNOWN}


def _wrong(ask: "Ask", of: Plain, name: str, error: str) -> tuple[Plain, Mapping[str, Any]]:
    match error, name:
        case "object_missing", "export_report":
            return of, {"report_run_id": NOBODY}
        case "object_missing", "ids" | "ids_edge":
            return of, {"ids": NOBODY}
        case "object_missing", _:
            return replace(of, path=NOBODY + "".join(of.path.partition("/")[1:])), {}
        case "unknown_path", _:
            return replace(of, path=f"{of.path}/nonsense"), {}
        case "unsupported_request", _:
            return replace(of, method="GET"), {}
        case "level_above_node", _:
            return replace(of, path=f"{found.nodes(ask, 'ad')[0].id}/insights"), {"level": "account"}
        case "param_non_empty", "ids" | "ids_edge":
            return of, {"ids": "[]"}
        case "param_type", "ids":
            body = {"headers": {"Content-Type": "application/json"}, "body": b'{"ids":5}'}
            return replace(of, parameters={}), {"_how": body}
        case "param_type", "report_run":
            return of, {"_how": {"headers": {"Content-Type": "application/json"}, "body": b'{"fields":5}'}}
    return of, _BAD[error]


def _part(ask: "Ask", parts: list[Any]) -> Answer:
    told = ok(ask.graph.call("", {"batch": json.dumps(parts)}, method="POST"))
    last = told.json[-1]
    return Answer(Call("GET", told.call.origin, told.call.target), last["code"], {}, last["body"].encode())
