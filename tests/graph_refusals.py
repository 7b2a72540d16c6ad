"""Each way in which the Graph dialect refuses, with its words as the facts about the vendor give them."""

from tests.graph_asking import (
    INSIGHTS,
    LISTS,
    MANAGED,
    NODES,
    PAGED,
    PATHS,
    RUNS,
    SEVERAL,
    USER,
    USER_EDGES,
    WITH_FIELDS,
    Refusal,
    above,
    action,
    asked,
    at,
    by_json,
    crowded,
    early,
    elsewhere,
    filtered,
    part,
    posted,
    ranged,
    throttled,
)

ALL = tuple(PATHS)
EXPORT, BATCH = ("export_report",), ("batch",)
OF_INSIGHTS = (*INSIGHTS, *RUNS, *EXPORT, "ids_edge")
FILTERED = (*INSIGHTS, *LISTS)
DOCS = "https://developers.facebook.com/docs"
PRESETS = (
    "today, yesterday, this_month, last_month, this_quarter, maximum, data_maximum, last_3d, last_7d, last_14d,"
    " last_28d, last_30d, last_90d, last_week_mon_sun, last_week_sun_sat, last_quarter, last_year,"
    " this_week_mon_today, this_week_sun_today, this_year"
)
OPERATORS = (
    "EQUAL, NOT_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL, LESS_THAN, LESS_THAN_OR_EQUAL, IN_RANGE, NOT_IN_RANGE,"
    " CONTAIN, NOT_CONTAIN, IN, NOT_IN, STARTS_WITH, ENDS_WITH, ANY, ALL, AFTER, BEFORE, ON_OR_AFTER, ON_OR_BEFORE,"
    " NONE, TOP, CONTAINS_ANY, CONTAINS_ALL, NOT_CONTAINS_ANY, STEM_MATCH"
)
STATUSES = (
    "ACTIVE, PAUSED, DELETED, ARCHIVED, CAMPAIGN_PAUSED, ADSET_PAUSED, PENDING_REVIEW, DISAPPROVED, PREAPPROVED,"
    " PENDING_BILLING_INFO, IN_PROCESS, WITH_ISSUES"
)
VALIDATING = "Error validating access token: "
LOOK = f"please check {DOCS}/marketing-api/reference/ads-insights/ for all valid values"
BREAKDOWN = f"breakdowns param. please check {DOCS}/marketing-api/insights/breakdowns/ for all valid values"
BREAKDOWNS = f"please check {DOCS}/marketing-api/insights/breakdowns/ for all valid values"
MISSING = (
    "Unsupported get request. Object with ID '404404' does not exist, cannot be loaded due to missing permissions, or"
    f" does not support this operation. Please read the Graph API documentation at {DOCS}/graph-api"
)
EXPIRED = "Session has expired on Sunday, 31-Dec-23 16:00:00 PST. The current time is Saturday, 21-Nov-26 15:59:59 PST."
CHANGED = (
    "The session has been invalidated because the user changed their password or Facebook has changed the session for"
    " security reasons."
)
NEED_TOKEN = "An active access token must be used to query information about the current user."
CALLS_FROM = "There have been too many calls from this ad-account."
CALLS_TO = "There have been too many calls to this ad-account."
RATES = f"Wait a bit and try again. For more info, please refer to {DOCS}/graph-api/overview/rate-limiting"
EXCEEDED = "Calls to this api have exceeded the rate limit."
APP = "Application request limit reached"
METHOD = "GraphMethodException"
TIMES = "time_increment must be an integer between 1 and 90, or one of the following values: monthly, all_days"
BEYOND = "The start date of the time range cannot be beyond 37 months from the current date"
REDUCE = "Please reduce the amount of data you're asking for"
DATE = "Must be a date representation in the format YYYY-MM-DD"
ORDER = "since must be less than or equal to until in time_range"
ARRAY, NUMBER = "must be an array. Instead, got", "must be a number greater than or equal to"
APP_SAYS = {
    "is_transient": True,
    "error_user_title": "There have been too many calls from this app. Wait a bit and try again.",
}
USER_SAYS = {
    "is_transient": True,
    "error_user_title": "Ad Account Has Too Many API Calls",
    "error_user_msg": f"{CALLS_FROM} Please wait a bit and try again.",
}
ENUM = "must be one of the following values:"
THERE = "there while creating the report run. All available values are:"
NOT_YET = "is not served by this mock server yet."
BATCHED = "GraphBatchException"
READ = {"method": "GET", "relative_url": "me"}
NOT_READY = {
    "is_transient": True,
    "error_user_title": "Loading Async Ads Report Failed",
    "error_user_msg": "Sorry, the report cannot be loaded successfully. Please check if your job status is completed"
    " instead of failed or running before fetching the data.",
}

REFUSALS = [
    # who calls
    Refusal("no_token", USER, asked(access_token=None), NEED_TOKEN, 2500),
    Refusal(
        "token_required",
        (*NODES, *RUNS, *EXPORT, *SEVERAL, *BATCH),
        asked(access_token=None),
        "An access token is required to request this resource.",
        104,
    ),
    Refusal(
        "token_malformed",
        ALL,
        asked(access_token="nonsense"),
        "Invalid OAuth access token - Cannot parse access token",
        190,
        status=401,
    ),
    Refusal("token_expired", ALL, asked(access_token="EAAexpired"), VALIDATING + EXPIRED, 190, 463),
    Refusal("token_password_changed", ALL, asked(access_token="EAApassword"), VALIDATING + CHANGED, 190, 460),
    Refusal(
        "token_deauthorized",
        ALL,
        asked(access_token="EAAdeauthorized"),
        VALIDATING + "The user has not authorized application 999.",
        190,
        458,
    ),
    Refusal(
        "appsecret_proof_bad",
        ALL,
        asked(appsecret_proof="0" * 64),
        "Invalid appsecret_proof provided in the API argument",
        kind=METHOD,
    ),
    Refusal(
        "appsecret_proof_missing",
        ALL,
        asked(access_token="EAAproof"),
        "API calls from the server require an appsecret_proof argument",
        kind=METHOD,
    ),
    Refusal(
        "no_permission_ads",
        (*NODES, *USER_EDGES, *RUNS, *EXPORT, *SEVERAL),
        asked(access_token="EAApowerless"),
        "(#200) Ad account owner has NOT grant ads_management or ads_read permission",
        200,
        status=403,
    ),
    # paths and objects
    Refusal(
        "object_missing",
        (*NODES, *RUNS, *EXPORT, *SEVERAL),
        elsewhere,
        MISSING.replace("get", "METHOD", 1),
        100,
        33,
        kind=METHOD,
    ),
    Refusal("unknown_path", (*USER, *NODES, *RUNS, "ids_edge"), at("/x"), "Unknown path components: EDGE/x", 2500),
    Refusal(
        "nonexisting_field",
        (*WITH_FIELDS, "report_run", "ids"),
        asked(fields="nonsense"),
        "(#100) Tried accessing nonexisting field (nonsense) on node type (TYPE)",
    ),
    Refusal(
        "field_syntax",
        (*WITH_FIELDS, "report_run"),
        asked(fields="id,na s"),
        'Syntax error "Expected end of string instead of " "." at character 5: id,na s',
        2500,
    ),
    Refusal(
        "too_much_data",
        WITH_FIELDS,
        asked(fields=",".join(["id"] * 1001)),
        "Please reduce the amount of data you're asking for, then retry your request",
        1,
        status=500,
    ),
    Refusal("whitelist", ("ad", "ads"), asked(fields="id,special_ad_categories"), "(#3) App must be on whitelist", 3),
    # arguments
    Refusal(
        "unknown_field",
        (*INSIGHTS, "ids_edge"),
        asked(fields="spend,X"),
        f"(#100) X is not valid for fields param. {LOOK}",
    ),
    Refusal(
        "unknown_fields", INSIGHTS, asked(fields="a,spend,b"), f"(#100) a, b are not valid for fields param. {LOOK}"
    ),
    Refusal(
        "field_retired",
        INSIGHTS,
        asked(fields="labels,spend,location"),
        "(#100) labels, location are not valid for fields param after V19.0",
    ),
    Refusal(
        "unknown_breakdown",
        INSIGHTS,
        asked(breakdowns="age,X"),
        f"(#100) X is not valid for breakdowns param. {BREAKDOWNS}",
    ),
    Refusal("unknown_breakdown", INSIGHTS, asked(breakdowns="dma"), f"(#100) dma is not valid for {BREAKDOWN}"),
    Refusal(
        "bad_combination",
        INSIGHTS,
        asked(breakdowns="platform_position"),
        "(#100) Current combination of data breakdown columns (action_type, platform_position) is invalid",
    ),
    Refusal("unknown_field", INSIGHTS, asked(summary="true"), f"(#100) true is not valid for summary param. {LOOK}"),
    Refusal(
        "field_retired",
        INSIGHTS,
        asked(summary="labels"),
        "(#100) labels is not valid for summary param after V19.0",
    ),
    Refusal("bad_enum", (*FILTERED, "ids_edge"), asked(date_preset="lifetime"), f"(#100) date_preset {ENUM} {PRESETS}"),
    Refusal("bad_enum", INSIGHTS, asked(level="adgroup"), f"(#100) level {ENUM} ad, adset, campaign, account"),
    Refusal("bad_enum", EXPORT, asked(format="pdf"), f"(#100) format {ENUM} csv, xls"),
    Refusal("bad_enum", LISTS, asked(effective_status=["on"]), f"(#100) effective_status[0] {ENUM} {STATUSES}"),
    Refusal(
        "deleted_objects",
        LISTS,
        asked(effective_status=["PAUSED", "DELETED"]),
        "Invalid parameter",
        subcode=1815001,
        extra={
            "error_user_title": "Cannot Request for Deleted Objects",
            "error_user_msg": "Requesting for deleted objects is not supported in this endpoint.",
        },
    ),
    Refusal(
        "enum_in_object",
        FILTERED,
        filtered({"field": "nonsense", "operator": "LIKE", "value": 1}),
        f"(#100) Param filtering[0][operator] must be one of {{{OPERATORS}}}",
    ),
    Refusal(
        "unknown_key_in_object",
        FILTERED,
        action("IN", value=[], values=[]),
        '(#100) Invalid keys "values" were found in param "filtering[0]".',
    ),
    Refusal(
        "filtering_not_array",
        FILTERED,
        asked(filtering={"field": "action_type"}),
        "(#100) param filtering must be an array.",
    ),
    Refusal("time_ranges_not_array", INSIGHTS, asked(time_ranges="{}"), "(#100) param time_ranges must be an array."),
    Refusal("time_ranges_not_array", INSIGHTS, asked(time_ranges=3), "(#100) param time_ranges must be an array."),
    Refusal("param_non_empty", INSIGHTS, asked(time_ranges=[{}]), "(#100) param time_ranges[0] must be non-empty."),
    Refusal("param_non_empty", FILTERED, action("IN"), "(#100) param filtering[0][value] must be non-empty."),
    Refusal("bad_enum", ("adspixels",), asked(sort_by="id"), f"(#100) sort_by {ENUM} LAST_FIRED_TIME, NAME"),
    Refusal("param_non_empty", FILTERED, asked(time_range="2021"), "(#100) param time_range must be non-empty."),
    Refusal(
        "param_type",
        (*PAGED, "insights_async", "report_run_insights", "ids_edge"),
        asked(limit="2.5"),
        "(#100) Param limit must be an integer. Instead, got float.",
    ),
    Refusal("param_type", ("ad", "me", "report_run"), by_json({"fields": 5}), f"(#100) Param fields {ARRAY} integer."),
    Refusal("param_type", WITH_FIELDS, by_json({"fields": {"a": 1}}), f"(#100) Param fields {ARRAY} object."),
    Refusal(
        "param_type",
        ("ids",),
        lambda _: by_json({"ids": 5})("/v26.0/"),
        f"(#100) Param ids {ARRAY} integer.",
    ),
    Refusal(
        "param_type",
        BATCH,
        asked(include_headers="x"),
        "(#100) Param include_headers must be a boolean. Instead, got string.",
    ),
    Refusal("param_non_empty", SEVERAL, asked(ids="[]"), "(#100) param ids must be non-empty."),
    Refusal(
        "param_minimum",
        ("insights", "insights_async", "report_run_insights"),
        asked(limit=0),
        f"(#100) Param limit {NUMBER} 1.",
    ),
    Refusal(
        "param_minimum",
        tuple(name for name in PAGED if name not in OF_INSIGHTS),
        asked(limit=-1),
        f"(#100) Param limit {NUMBER} 0.",
    ),
    Refusal(
        "bad_cursor", (*PAGED, "report_run_insights"), asked(after="nonsense"), "(#2642) Invalid cursors values", 2642
    ),
    Refusal("date_format", FILTERED, ranged("2021", "2026-01-01"), f"(#100) {DATE}"),
    Refusal("date_format", INSIGHTS, ranged("1767225600", "1767225600"), f"(#100) {DATE}"),
    Refusal("since_after_until", FILTERED, ranged("2026-02-02", "2026-02-01"), f"(#100) {ORDER}"),
    Refusal("beyond_37_months", FILTERED, ranged("2023-10-20", "2026-02-01"), f"(#3018) {BEYOND}", 3018),
    Refusal(
        "since_after_until",
        INSIGHTS,
        asked(time_ranges=[{"since": "2026-02-02", "until": "2026-02-01"}]),
        f"(#100) {ORDER}s",
    ),
    Refusal("time_increment", INSIGHTS, asked(time_increment=91), f"(#100) {TIMES}"),
    Refusal("level_above_node", INSIGHTS, above, "An unknown error occurred", 1, 99),
    Refusal(
        "filter_field_unknown_insights",
        INSIGHTS,
        filtered({"field": "effective_status", "operator": "IN", "value": ["ACTIVE"]}),
        "(#100) Filtering field effective_status is invalid",
    ),
    Refusal(
        "filter_field_unsupported_list",
        LISTS,
        filtered({"field": "configured_status", "operator": "IN", "value": ["ACTIVE"]}),
        "(#100) Filtering field 'configured_status' is not supported",
    ),
    Refusal(
        "filter_op_unsupported_list",
        LISTS,
        filtered({"field": "campaign.name", "operator": "NOT_EQUAL", "value": "x"}),
        "(#100) Filtering field 'campaign.name' with operation 'not_equal' is not supported",
        subcode=1487390,
    ),
    Refusal(
        "filter_op_unsupported_list",
        INSIGHTS,
        action("TOP", value=1),
        "(#100) Filtering field 'action_type' with operation 'top' is not supported",
        subcode=1487390,
    ),
    # limits
    Refusal("too_much_data", ("insights",), crowded, f"{REDUCE}, then retry your request", 1, status=500),
    Refusal(
        "app_limit",
        tuple(one for one in ALL if one != "batch"),
        throttled(1e-6, 4),
        f"(#4) {APP}",
        4,
        1504022,
        status=403,
        extra=APP_SAYS,
    ),
    Refusal(
        "user_limit",
        (*MANAGED, "ids"),
        throttled(1e-4, 17),
        "(#17) User request limit reached",
        17,
        2446079,
        extra=USER_SAYS,
    ),
    Refusal("account_limit", OF_INSIGHTS, throttled(1e-4, 613), f"(#613) {EXCEEDED}", 613, 1487742),
    Refusal("buc_insights", OF_INSIGHTS, throttled(1e-4, 80000), f"(#80000) {CALLS_FROM} {RATES}.", 80000, 2446079),
    Refusal(
        "buc_management",
        (*MANAGED, "ids"),
        throttled(1e-4, 80004),
        f"(#80004) {CALLS_TO} {RATES}#ads-management.",
        80004,
        2446079,
    ),
    # several requests in one
    Refusal(
        "unsupported_request",
        BATCH,
        lambda path: asked()(path.removeprefix("POST ")),
        f"Unsupported get request. Please read the Graph API documentation at {DOCS}/graph-api",
        kind=METHOD,
    ),
    Refusal(
        "too_many_ids", SEVERAL, asked(ids=list(map(str, range(51)))), "(#100) Too many IDs. Maximum: 50. Provided: 51."
    ),
    Refusal("batch_not_array", BATCH, asked(batch="x"), "batch parameter must be a JSON array", kind=BATCHED),
    Refusal(
        "too_many_batch",
        BATCH,
        asked(batch=[READ] * 51),
        "Too many requests in batch message. Maximum batch size is 50",
        kind=BATCHED,
    ),
    Refusal(
        "batch_dependency",
        BATCH,
        asked(batch=[{**READ, "depends_on": "x"}]),
        "Request 0 cannot depend on an  unresolved request with  name x."
        " Requests can only depend on preceding requests",
        kind=BATCHED,
    ),
    Refusal(
        "batch_entry",
        BATCH,
        part(1, READ, 5),
        "Request 1 must be an object with a method, a relative_url and no batch of its own.",
        kind=BATCHED,
    ),
    Refusal(
        "batch_unmet",
        BATCH,
        part(1, {**READ, "relative_url": "404404", "name": "x"}, {**READ, "depends_on": "x"}),
        "Request 1 was not made: the answer to the request with name x does not give what it depends on.",
        kind=BATCHED,
    ),
    # report runs
    Refusal(
        "report_not_ready",
        ("report_run_insights", *EXPORT),
        early,
        "Error accessing adreport job.",
        2601,
        1815107,
        extra=NOT_READY,
    ),
    Refusal(
        "report_field_missing",
        ("report_run_insights",),
        asked(fields="reach"),
        f"(#100) Cannot include reach in fields param because it wasn't {THERE} spend, date_start, date_stop",
    ),
    Refusal(
        "report_fields_missing",
        ("report_run_insights",),
        asked(fields="a,spend,b"),
        f"(#100) Cannot include a, b in fields param because they weren't {THERE} spend, date_start, date_stop",
    ),
    Refusal(
        "report_summary_missing",
        ("report_run_insights",),
        asked(summary="spend"),
        f"(#100) Cannot include spend in summary param because they weren't {THERE} ",
    ),
    # ours
    Refusal("not_served", EXPORT, asked(format="xls"), f"(#100) the xls format of an exported report {NOT_YET}"),
    Refusal("not_served", SEVERAL, posted, f"(#100) POST of several ids {NOT_YET}"),
    Refusal("not_served", USER, posted, f"(#100) POST PATH {NOT_YET}"),
    Refusal("not_served", tuple(one for one in NODES if one not in INSIGHTS), posted, f"(#100) POST PATH {NOT_YET}"),
]
