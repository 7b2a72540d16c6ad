"""Every error of the Graph API that this server gives: the one place where Meta's error words stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.errors import InvalidArguments, MockError
from mockserver.vendors.meta.refusals import refusal

_DOCS = "https://developers.facebook.com/docs"
_INSIGHTS_DOCS = f"please check {_DOCS}/marketing-api/reference/ads-insights/ for all valid values"
_BREAKDOWN_DOCS = f"please check {_DOCS}/marketing-api/insights/breakdowns/ for all valid values"
_LIMIT_DOCS = f"For more info, please refer to {_DOCS}/graph-api/overview/rate-limiting"


@dataclass(frozen=True, slots=True)
class GraphError:
    """One row of the error table; *message* is filled in by str.format from the refusal's details."""

    code: int
    message: str
    status: int = 400
    subcode: int | None = None
    type: str = "OAuthException"
    transient: bool | None = None
    title: str | None = None
    user_message: str | None = None


_ACCOUNT_LIMIT = "There have been too many calls from this ad-account. Please wait a bit and try again."

ERRORS: Mapping[str, GraphError] = {
    # arguments
    "unknown_field": GraphError(100, f"(#100) {{field}} is not valid for {{param}} param. {_INSIGHTS_DOCS}"),
    "unknown_fields": GraphError(100, f"(#100) {{fields}} are not valid for {{param}} param. {_INSIGHTS_DOCS}"),
    "field_retired": GraphError(100, "(#100) {fields} {verb} not valid for {param} param after V19.0"),
    "unknown_breakdown": GraphError(100, f"(#100) {{breakdown}} is not valid for breakdowns param. {_BREAKDOWN_DOCS}"),
    "bad_combination": GraphError(100, "(#100) Current combination of data breakdown columns ({columns}) is invalid"),
    "bad_enum": GraphError(100, "(#100) {parameter} must be one of the following values: {values}"),
    "enum_in_object": GraphError(100, "(#100) Param {parameter} must be one of {{{values}}}"),
    "unknown_key_in_object": GraphError(100, '(#100) Invalid keys "{key}" were found in param "{parameter}".'),
    "filter_field_unknown_insights": GraphError(100, "(#100) Filtering field {field} is invalid"),
    "filter_field_unsupported_list": GraphError(100, "(#100) Filtering field '{field}' is not supported"),
    "filter_op_unsupported_list": GraphError(
        100, "(#100) Filtering field '{field}' with operation '{operator}' is not supported", subcode=1487390
    ),
    "filtering_not_array": GraphError(100, "(#100) param filtering must be an array."),
    "time_ranges_not_array": GraphError(100, "(#100) param time_ranges must be an array."),
    "param_non_empty": GraphError(100, "(#100) param {parameter} must be non-empty."),
    "date_format": GraphError(100, "(#100) Must be a date representation in the format YYYY-MM-DD"),
    "since_after_until": GraphError(100, "(#100) since must be less than or equal to until in {parameter}"),
    "param_type": GraphError(100, "(#100) Param {parameter} must be {expected}. Instead, got {got}."),
    "param_minimum": GraphError(100, "(#100) Param {parameter} must be a number greater than or equal to {minimum}."),
    "time_increment": GraphError(
        100,
        "(#100) time_increment must be an integer between 1 and 90, or one of the following values: monthly, all_days",
    ),
    "beyond_37_months": GraphError(
        3018, "(#3018) The start date of the time range cannot be beyond 37 months from the current date"
    ),
    "level_above_node": GraphError(1, "An unknown error occurred", subcode=99),
    "nonexisting_field": GraphError(100, "(#100) Tried accessing nonexisting field ({field}) on node type ({type})"),
    "field_syntax": GraphError(
        2500, 'Syntax error "Expected end of string instead of "{found}"." at character {at}: {text}'
    ),
    "too_much_data": GraphError(
        1, "Please reduce the amount of data you're asking for, then retry your request", status=500
    ),
    "whitelist": GraphError(3, "(#3) App must be on whitelist"),
    "bad_cursor": GraphError(2642, "(#2642) Invalid cursors values"),
    # paths and objects
    "object_missing": GraphError(
        100,
        "Unsupported {method} request. Object with ID '{id}' does not exist, cannot be loaded due to missing"
        " permissions, or does not support this operation. Please read the Graph API documentation at"
        f" {_DOCS}/graph-api",
        subcode=33,
        type="GraphMethodException",
    ),
    "unknown_path": GraphError(2500, "Unknown path components: {path}"),
    "unsupported_request": GraphError(
        100,
        f"Unsupported {{method}} request. Please read the Graph API documentation at {_DOCS}/graph-api",
        type="GraphMethodException",
    ),
    # several requests in one
    "too_many_ids": GraphError(100, "(#100) Too many IDs. Maximum: 50. Provided: {count}."),
    "batch_not_array": GraphError(100, "batch parameter must be a JSON array", type="GraphBatchException"),
    "too_many_batch": GraphError(
        100, "Too many requests in batch message. Maximum batch size is 50", type="GraphBatchException"
    ),
    "batch_dependency": GraphError(
        100,
        "Request {number} cannot depend on an  unresolved request with  name {of}. Requests can only depend on"
        " preceding requests",
        type="GraphBatchException",
    ),
    "batch_entry": GraphError(
        100,
        "Request {number} must be an object with a method, a relative_url and no batch of its own.",
        type="GraphBatchException",
    ),
    "batch_unmet": GraphError(
        100,
        "Request {number} was not made: the answer to the request with name {of} does not give what it depends on.",
        type="GraphBatchException",
    ),
    # report runs
    "report_not_ready": GraphError(
        2601,
        "Error accessing adreport job.",
        subcode=1815107,
        transient=True,
        title="Loading Async Ads Report Failed",
        user_message="Sorry, the report cannot be loaded successfully. Please check if your job status is completed"
        " instead of failed or running before fetching the data.",
    ),
    "report_field_missing": GraphError(
        100,
        "(#100) Cannot include {fields} in fields param because it wasn't there while creating the report run. All"
        " available values are: {known}",
    ),
    "report_fields_missing": GraphError(
        100,
        "(#100) Cannot include {fields} in fields param because they weren't there while creating the report run. All"
        " available values are: {known}",
    ),
    "report_summary_missing": GraphError(
        100,
        "(#100) Cannot include {fields} in summary param because they weren't there while creating the report run. All"
        " available values are: {known}",
    ),
    # who calls
    "no_token": GraphError(2500, "An active access token must be used to query information about the current user."),
    "token_required": GraphError(104, "An access token is required to request this resource."),
    "token_malformed": GraphError(190, "Invalid OAuth access token - Cannot parse access token", status=401),
    "token_expired": GraphError(
        190,
        "Error validating access token: Session has expired on {expired}. The current time is {now}.",
        subcode=463,
    ),
    "token_password_changed": GraphError(
        190,
        "Error validating access token: The session has been invalidated because the user changed their password or"
        " Facebook has changed the session for security reasons.",
        subcode=460,
    ),
    "token_deauthorized": GraphError(
        190, "Error validating access token: The user has not authorized application {app}.", subcode=458
    ),
    "appsecret_proof_bad": GraphError(
        100, "Invalid appsecret_proof provided in the API argument", type="GraphMethodException"
    ),
    "appsecret_proof_missing": GraphError(
        100, "API calls from the server require an appsecret_proof argument", type="GraphMethodException"
    ),
    "no_permission_ads": GraphError(
        200, "(#200) Ad account owner has NOT grant ads_management or ads_read permission", status=403
    ),
    "deleted_objects": GraphError(
        100,
        "Invalid parameter",
        subcode=1815001,
        title="Cannot Request for Deleted Objects",
        user_message="Requesting for deleted objects is not supported in this endpoint.",
    ),
    # limits
    "app_limit": GraphError(
        4,
        "(#4) Application request limit reached",
        status=403,
        subcode=1504022,
        transient=True,
        title="There have been too many calls from this app. Wait a bit and try again.",
    ),
    "user_limit": GraphError(
        17,
        "(#17) User request limit reached",
        subcode=2446079,
        transient=True,
        title="Ad Account Has Too Many API Calls",
        user_message=_ACCOUNT_LIMIT,
    ),
    "account_limit": GraphError(613, "(#613) Calls to this api have exceeded the rate limit.", subcode=1487742),
    "buc_insights": GraphError(
        80000,
        f"(#80000) There have been too many calls from this ad-account. Wait a bit and try again. {_LIMIT_DOCS}.",
        subcode=2446079,
    ),
    "buc_management": GraphError(
        80004,
        "(#80004) There have been too many calls to this ad-account. Wait a bit and try again."
        f" {_LIMIT_DOCS}#ads-management.",
        subcode=2446079,
    ),
    # ours: what Meta serves and this server does not, refused so that nothing is silently ignored
    "not_served": GraphError(100, "(#100) {what} is not served by this mock server yet."),
}


# what a report run that came to nothing tells: (error_code, error_subcode) → message, title and words for a user
REPORT_FAILURES: Mapping[tuple[int, int | None], tuple[str, str, str]] = {
    (-3, 1504045): (
        "The report is too large.",
        "Report Too Large",
        "The report ran out of memory. Please ask for fewer fields, breakdowns or days.",
    ),
    (-2, 2490547): (
        "The report could not be generated.",
        "Report Failed",
        "Something went wrong while the report was generated. Please try again.",
    ),
    (2, 1504044): (
        "Service temporarily unavailable",
        "Service Temporarily Unavailable",
        "The service is temporarily unavailable. Please try again.",
    ),
}
REPORT_FAILURE = (2, 1504044)  # unless a world's rule says which


def worded(error: MockError) -> tuple[GraphError, str]:
    """The table row of *error* and its message with the details filled in."""
    within = error.within
    if isinstance(error, InvalidArguments):
        error = refusal(error.problems[0])
    row = ERRORS[error.name]
    message = row.message.format(**error.details)
    if within:
        message = message.replace("(#100) ", f"(#100) For field '{within}': ", 1)
    # what a client sent may be no Unicode at all
    return row, message.encode("utf-8", "replace").decode()


def body(row: GraphError, message: str, trace_id: str) -> dict[str, Any]:
    """The body of an error answer."""
    error = {
        "message": message,
        "type": row.type,
        "code": row.code,
        "error_subcode": row.subcode,
        "is_transient": row.transient,
        "error_user_title": row.title,
        "error_user_msg": row.user_message,
        "fbtrace_id": trace_id,
    }
    return {"error": {name: value for name, value in error.items() if value is not None}}
