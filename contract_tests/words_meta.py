"""The Graph API's documented errors, written from its recordings and pages: the kit's own table, and its judge."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any

from .expect import holds, refused, same
from .wire import Answer

if TYPE_CHECKING:
    from .ask import Ask

_DOCS = "https://developers.facebook.com/docs"
_WAIT = f"Wait a bit and try again. For more info, please refer to {_DOCS}/graph-api/overview/rate-limiting"
_VALIDATING = "Error validating access token: "
_METHOD = "GraphMethodException"
_NOT_READY = (
    "Sorry, the report cannot be loaded successfully. Please check if your job status is completed instead of failed or"
    " running before fetching the data."
)
_BATCH = "GraphBatchException"
_THERE = "there while creating the report run. All available values are: {known}"
_TELLING = ("error_subcode", "is_transient", "error_user_title", "error_user_msg", "error_data")


@dataclass(frozen=True, slots=True)
class Words:
    """One documented error: *message* names in braces what it quotes of the request; *more* stands beside it."""

    code: int
    message: str
    subcode: int | None = None
    status: int = 400
    type: str = "OAuthException"
    more: tuple[tuple[str, Any], ...] = ()

    @property
    def telling(self) -> dict[str, Any]:
        """Everything that the error holds beside message, type, code and trace."""
        return {**({} if self.subcode is None else {"error_subcode": self.subcode}), **dict(self.more)}

    def example(self, quoted: Mapping[str, str]) -> str:
        """The message with what is in *quoted* filled in."""
        parts = Formatter().parse(self.message)
        return "".join(text + ("" if name is None else quoted.get(name, f"<{name}>")) for text, name, _, _ in parts)

    def pattern(self, quoted: Mapping[str, str]) -> str:
        """The whole message as a pattern; what is not in *quoted* may be anything."""
        found = ""
        for literal, name, _, _ in Formatter().parse(self.message):
            found += re.escape(literal)
            if name is not None:
                found += re.escape(quoted[name]) if name in quoted else ".+?"
        return found


ERRORS: Mapping[str, Words] = {
    # arguments
    "unknown_field": Words(
        100,
        "(#100) {field} is not valid for {param} param. please check"
        f" {_DOCS}/marketing-api/reference/ads-insights/ for all valid values",
    ),
    "unknown_fields": Words(
        100,
        "(#100) {fields} are not valid for {param} param. please check"
        f" {_DOCS}/marketing-api/reference/ads-insights/ for all valid values",
    ),
    "field_retired": Words(100, "(#100) {fields} not valid for {param} param after V19.0"),
    "unknown_breakdown": Words(
        100,
        "(#100) {breakdown} is not valid for breakdowns param. please check"
        f" {_DOCS}/marketing-api/insights/breakdowns/ for all valid values",
    ),
    "bad_combination": Words(100, "(#100) Current combination of data breakdown columns ({columns}) is invalid"),
    "bad_enum": Words(100, "(#100) {parameter} must be one of the following values: {values}"),
    "enum_in_object": Words(100, "(#100) Param {parameter} must be one of {{{values}}}"),
    "unknown_key_in_object": Words(100, '(#100) Invalid keys "{key}" were found in param "{parameter}".'),
    "filter_field_unknown_insights": Words(100, "(#100) Filtering field {field} is invalid"),
    "filter_field_unsupported_list": Words(100, "(#100) Filtering field '{field}' is not supported"),
    "filter_op_unsupported_list": Words(
        100, "(#100) Filtering field '{field}' with operation '{operator}' is not supported", 1487390
    ),
    "filtering_not_array": Words(100, "(#100) param filtering must be an array."),
    "time_ranges_not_array": Words(100, "(#100) param time_ranges must be an array."),
    "param_non_empty": Words(100, "(#100) param {parameter} must be non-empty."),
    "date_format": Words(100, "(#100) Must be a date representation in the format YYYY-MM-DD"),
    "since_after_until": Words(100, "(#100) since must be less than or equal to until in {parameter}"),
    "param_type": Words(100, "(#100) Param {parameter} must be {expected}. Instead, got {got}."),
    "param_minimum": Words(100, "(#100) Param {parameter} must be a number greater than or equal to {minimum}."),
    "time_increment": Words(
        100,
        "(#100) time_increment must be an integer between 1 and 90, or one of the following values: monthly, all_days",
    ),
    "beyond_37_months": Words(
        3018, "(#3018) The start date of the time range cannot be beyond 37 months from the current date"
    ),
    "level_above_node": Words(1, "An unknown error occurred", 99),
    "nonexisting_field": Words(100, "(#100) Tried accessing nonexisting field ({field}) on node type ({type})"),
    "field_syntax": Words(
        2500, 'Syntax error "Expected end of string instead of "{found}"." at character {at}: {text}'
    ),
    "too_much_data": Words(
        1, "Please reduce the amount of data you're asking for, then retry your request", status=500
    ),
    "whitelist": Words(3, "(#3) App must be on whitelist"),
    "bad_cursor": Words(2642, "(#2642) Invalid cursors values"),
    # paths and objects
    "object_missing": Words(
        100,
        "Unsupported {method} request. Object with ID '{id}' does not exist, cannot be loaded due to missing"
        " permissions, or does not support this operation. Please read the Graph API documentation at"
        f" {_DOCS}/graph-api",
        33,
        type=_METHOD,
    ),
    "unknown_path": Words(2500, "Unknown path components: {path}"),
    "unsupported_request": Words(
        100,
        f"Unsupported {{method}} request. Please read the Graph API documentation at {_DOCS}/graph-api",
        type=_METHOD,
    ),
    # several requests in one
    "too_many_ids": Words(100, "(#100) Too many IDs. Maximum: 50. Provided: {count}."),
    "batch_not_array": Words(100, "batch parameter must be a JSON array", type=_BATCH),
    "too_many_batch": Words(100, "Too many requests in batch message. Maximum batch size is 50", type=_BATCH),
    "batch_dependency": Words(
        100,
        "Request {number} cannot depend on an  unresolved request with  name {of}."
        " Requests can only depend on preceding requests",
        type=_BATCH,
    ),
    "batch_entry": Words(
        100, "Request {number} must be an object with a method, a relative_url and no batch of its own.", type=_BATCH
    ),
    "batch_unmet": Words(
        100,
        "Request {number} was not made: the answer to the request with name {of} does not give what it depends on.",
        type=_BATCH,
    ),
    # report runs
    "report_not_ready": Words(
        2601,
        "Error accessing adreport job.",
        1815107,
        more=(
            ("is_transient", True),
            ("error_user_title", "Loading Async Ads Report Failed"),
            ("error_user_msg", _NOT_READY),
        ),
    ),
    "report_field_missing": Words(100, f"(#100) Cannot include {{fields}} in fields param because it wasn't {_THERE}"),
    "report_fields_missing": Words(
        100, f"(#100) Cannot include {{fields}} in fields param because they weren't {_THERE}"
    ),
    "report_summary_missing": Words(
        100, f"(#100) Cannot include {{fields}} in summary param because they weren't {_THERE}"
    ),
    # who calls
    "no_token": Words(2500, "An active access token must be used to query information about the current user."),
    "token_required": Words(104, "An access token is required to request this resource."),
    "token_malformed": Words(190, "Invalid OAuth access token - Cannot parse access token", status=401),
    "token_expired": Words(190, _VALIDATING + "Session has expired on {expired}. The current time is {now}.", 463),
    "token_password_changed": Words(
        190,
        _VALIDATING + "The session has been invalidated because the user changed their password or Facebook has changed"
        " the session for security reasons.",
        460,
    ),
    "token_deauthorized": Words(190, _VALIDATING + "The user has not authorized application {app}.", 458),
    "appsecret_proof_bad": Words(100, "Invalid appsecret_proof provided in the API argument", type=_METHOD),
    "appsecret_proof_missing": Words(
        100, "API calls from the server require an appsecret_proof argument", type=_METHOD
    ),
    "no_permission_ads": Words(
        200, "(#200) Ad account owner has NOT grant ads_management or ads_read permission", status=403
    ),
    "deleted_objects": Words(
        100,
        "Invalid parameter",
        1815001,
        more=(
            ("error_user_title", "Cannot Request for Deleted Objects"),
            ("error_user_msg", "Requesting for deleted objects is not supported in this endpoint."),
        ),
    ),
    # limits
    "app_limit": Words(
        4,
        "(#4) Application request limit reached",
        1504022,
        status=403,
        more=(
            ("is_transient", True),
            ("error_user_title", "There have been too many calls from this app. Wait a bit and try again."),
        ),
    ),
    "user_limit": Words(
        17,
        "(#17) User request limit reached",
        2446079,
        more=(
            ("is_transient", True),
            ("error_user_title", "Ad Account Has Too Many API Calls"),
            (
                "error_user_msg",
                "There have been too many calls from this ad-account. Please wait a bit and try again.",
            ),
        ),
    ),
    "account_limit": Words(613, "(#613) Calls to this api have exceeded the rate limit.", 1487742),
    "buc_insights": Words(80000, f"(#80000) There have been too many calls from this ad-account. {_WAIT}.", 2446079),
    "buc_management": Words(
        80004, f"(#80004) There have been too many calls to this ad-account. {_WAIT}#ads-management.", 2446079
    ),
}
LIMITS = frozenset({"app_limit", "user_limit", "account_limit", "buc_insights", "buc_management"})
OWN = frozenset({"not_served"})  # a mock's own word for what it leaves out


def refused_with(ask: "Ask", answer: Answer, error: str, quoted: Mapping[str, str] | None = None) -> None:
    """*answer* is the documented *error* and nothing else; on a mock to the letter, *quoted* filled in."""
    words = ERRORS[error]
    if not ask.exact:
        refused(answer, words.code, status=range(400, 600))
    else:
        refused(answer, words.code, status=words.status, subcode=words.subcode, type=words.type)
        message = answer.error.get("message")
        worded = isinstance(message, str) and re.fullmatch(words.pattern(quoted or {}), message, re.DOTALL)
        holds(worded, f"the error {error} has its documented words", message, words.example(quoted or {}))
        told = {name: answer.error[name] for name in _TELLING if name in answer.error}
        same(told, words.telling, f"the error {error} tells what it is documented to tell")
    body = answer.json
    whole = isinstance(body, dict) and set(body) == {"error"}
    holds(whole, "a refused request is refused whole: its answer holds an error and nothing else", body, {"error": {}})
