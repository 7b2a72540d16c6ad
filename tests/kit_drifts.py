"""Vendors that have drifted, each in one respect, with the finding that it gives; and vendors with other data alone."""

from tests.mutants import bends

M = "marketing_messages_"
INSIGHTS, LIST, METRIC = "insights", "ListMessageCampaign", "GetChatappTemplateMetric"
CAMS_INSIGHTS = "GetMessageCampaignInsights"
ERROR, WARNING, INFO = "error", "warning", "info"
ABSENT = "(absent)"
SAME = "the same"
STATUSES = "ACTIVE, PAUSED, DELETED, ARCHIVED"


def has(**values):
    """An edit that puts *values* into a row."""
    return lambda row: row.update(values)


def lacks(name):
    """An edit that takes *name* out of a row."""
    return lambda row: row.pop(name, None)


def heads(vendor, operation=None, **headers):
    """A bend that gives the answers to *operation*, or all of *vendor*, other headers."""

    def change(reply, asked):
        there = {
            name: value for name, value in headers.items() if value is None or name != "etag" or reply.header(name)
        }
        return there if operation in (None, asked.operation) else {}

    return bends.headers(vendor, change)


def told(header, old, new):
    """A bend that writes *new* for *old* in a header of Meta's."""

    def change(reply, _):
        value = reply.header(header)
        return {header.replace("-", "_"): value.replace(old, new)} if value else {}

    return bends.headers("meta", change)


def without_rows(name):
    """A bend that leaves *name* out of good lists of Meta's."""

    def bend(asked, inner):
        reply = inner(asked)
        if asked.vendor != "meta" or not reply.rows:
            return reply
        return reply.holding({key: value for key, value in reply.json.items() if key != name})

    return bend


def html(asked, inner):
    """A bend that answers lists of campaigns in HTML."""
    reply = inner(asked)
    return reply.holding(b"<html>Sorry</html>") if asked.operation == "campaigns" else reply


def any_cursor(asked, inner):
    """A bend that takes any cursor for the first page."""
    return inner(asked.having(after=None) if asked.parameters.get("after") == "nonsense" else asked)


def no_ad_sets(asked, inner):
    """A bend that refuses to list ad sets."""
    return inner(asked.having(limit="-1") if asked.operation == "adsets" else asked)


def worded(old, new, *codes):
    """A bend that writes *new* for *old* in the messages of Meta's errors."""
    return bends.errors("meta", lambda error: error.update(message=error["message"].replace(old, new)), *codes)


def shorter(text):
    """*text* with three decimal places less."""
    return text[:-3] if "." in text else text


def no_reach(row):
    """An edit that makes the reach of a row null, where it has one."""
    row.update({name: None for name in row if name == "reach"})


def now_and_then(name):
    """A bend that leaves *name* out of the first of several rows of insights."""
    return bends.rows(lambda rows, _: rows[0].pop(name, None) and None if len(rows) > 1 else None, INSIGHTS)


# a name, the faulty vendor; the finding between two recordings: severity, kind, path, old, new, file, what its line
# holds; the same by the contract, or what differs, or None where it says nothing
MUTANTS = (
    (
        "a field of insights is new", bends.each(has(brand_new="x"), INSIGHTS),
        (INFO, "new field", "data[].brand_new", ABSENT, "string", "meta/insights", '"properties": {'), SAME,
    ),
    (
        "a field of CAMS is new", bends.each(has(BrandNew=1), LIST),
        (INFO, "new field", "Data[].BrandNew", ABSENT, "integer", "cams/ListMessageCampaign", '"properties": {'), SAME,
    ),
    (
        "a known field comes unasked", bends.each(has(social_spend="1.5"), INSIGHTS),
        (INFO, "new field", "data[].social_spend", ABSENT, "string", "meta/insights", '"social_spend": {'), SAME,
    ),
    (
        "a field of errors is new", bends.errors("meta", has(help="x")),
        (INFO, "new field", "error.help", ABSENT, "string", "meta/_error", '"properties": {'), SAME,
    ),
    (
        "a field of insights is gone", bends.each(lacks(M + "delivered"), INSIGHTS),
        (WARNING, "gone", f"data[].{M}delivered", "string", ABSENT, "meta/insights", f'"{M}delivered": '),
        {"old": r"^\d+$"},
    ),
    (
        "a field of campaigns is gone, which stand in another file", bends.objects(lacks("objective")),
        (WARNING, "gone", "data[].objective", "string", ABSENT, "meta/campaign", '"objective": '), SAME,
    ),
    (
        "the total is gone", bends.bodies(lambda body, _: body.pop("Total", None), LIST),
        (WARNING, "gone", "Total", "integer", ABSENT, "cams/ListMessageCampaign", '"Total": '), SAME,
    ),
    (
        "a required field is gone from some rows", now_and_then("date_stop"),
        (WARNING, "gone", "data[].date_stop", "string", "absent at times", "meta/insights", '"date_stop": '),
        {"old": "required"},
    ),
    (
        "another field is gone from some rows, as fields without data are", now_and_then("reach"), None, None,
    ),
    (
        "lists have no paging", without_rows("paging"),
        (WARNING, "gone", "paging", "object", ABSENT, "meta/accounts", '"paging": {'), SAME,
    ),
    (
        "a page has no next", bends.bodies(lambda body, _: body.get("paging", {}).pop("next", None), INSIGHTS),
        (WARNING, "gone", "paging.next", "string", ABSENT, "meta/insights", '"next": '), {"old": "uri"},
    ),
    (
        "a text is a number", bends.values([M + "delivered"], int, INSIGHTS),
        (ERROR, "retyped", f"data[].{M}delivered", "string", "integer", "meta/insights", f'"{M}delivered": '), SAME,
    ),
    (
        "a number is a text", bends.values(["Budget"], str, LIST),
        (ERROR, "retyped", "Data[].Budget", "integer", "string", "cams/ListMessageCampaign", '"Budget": '), SAME,
    ),
    (
        "a value is null at times", bends.rows(lambda rows, _: no_reach(rows[0]), INSIGHTS),
        (ERROR, "retyped", "data[].reach", "string", "null", "meta/insights", '"reach": '), SAME,
    ),
    (
        "a list is an object", bends.bodies(lambda body, _: body.update(Data={"Items": []}), "ListPageAdAccount"),
        (ERROR, "retyped", "Data", "array", "object", "cams/ListPageAdAccount", '"Data": {'), SAME,
    ),
    (
        "an action's value is a number",
        bends.each(lambda row: [one.update(value=7) for one in row.get("action_values", ())], INSIGHTS),
        (ERROR, "retyped", "data[].action_values[].value", "string", "integer", "meta/insights", '"money"'), SAME,
    ),
    (
        "dates are written otherwise", bends.values(["created_time"], lambda text: text[:-2] + ":" + text[-2:], "ads"),
        (ERROR, "re-coded", "data[].created_time", "time +hhmm", "time +hh:mm", "meta/ad", '"created_time": {'),
        {"old": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}$"},
    ),
    (
        "rates have fewer places", bends.values([M + "read_rate"], shorter, INSIGHTS),
        (
            ERROR, "re-coded", f"data[].{M}read_rate", "6 decimal places", "3 decimal places", "meta/insights",
            f'"{M}read_rate": ',
        ), None,
    ),
    (
        "counts have decimals", bends.values(["impressions"], lambda text: f"{text}.5", INSIGHTS),
        (ERROR, "re-coded", "data[].impressions", "digits", "decimal", "meta/insights", '"impressions": '),
        {"old": r"^\d+$"},
    ),
    (
        "milliseconds are seconds", bends.values(["CreateTime"], lambda at: at // 1000, LIST),
        (
            ERROR, "re-coded", "Data[].CreateTime", "milliseconds", "seconds", "cams/ListMessageCampaign",
            '"CreateTime": ',
        ), SAME,
    ),
    (
        "ids are UUIDs", bends.values(["PageId"], lambda _: "608f9cca-b5eb-3d72-8047-b25d6d75bdec", LIST),
        (ERROR, "re-coded", "Data[].PageId", "digits", "uuid", "cams/ListMessageCampaign", '"PageId": '), None,
    ),
    (
        "an enumeration has a new word", bends.objects(lambda row: "adset_id" in row and row.update(status="FROZEN")),
        (WARNING, "enum grown", "data[].status", STATUSES, "also FROZEN", "meta/ad", '"status": {"enum": ["ACTIVE"'),
        SAME,
    ),
    (
        "an enumeration over several lines has a new word",
        bends.objects(lambda row: "adset_id" in row and row.update(effective_status="FROZEN")),
        (
            WARNING, "enum grown", "data[].effective_status", f"{STATUSES}, CAMPAIGN_PAUSED, ADSET_PAUSED",
            "also FROZEN", "meta/ad", '"enum": ["ACTIVE"',
        ), SAME,
    ),
    (
        "a button is of a new type",
        bends.each(lambda row: [one.update(Type="copy_code_button") for one in row["Cliented"]], METRIC),
        (
            WARNING, "enum grown", "Data[].Cliented[].Type", "phone_number_button, url_button, quick_reply_button",
            "also copy_code_button", "cams/GetChatappTemplateMetric", '"Type": {"enum"',
        ), SAME,
    ),
    (
        "an error lists a new preset", worded("this_year", "this_year, next_year", 100),
        (
            WARNING, "enum grown", "error.message lists", None, "also next_year", "meta/insights", '"enum": [',
        ), SAME,
    ),
    (
        "an error lists a preset less", worded("last_14d, ", "", 100),
        (WARNING, "gone", "error.message lists", "last_14d", ABSENT, "meta/insights", '"enum": ['), SAME,
    ),
    (
        "an error has another code", bends.errors("meta", has(code=101), 2642),
        (ERROR, "re-coded", "error.code", "2642", "101", "meta/insights", '"bad_cursor"'), SAME,
    ),
    (
        "an error has another subcode", bends.errors("meta", has(error_subcode=34), 1),
        (ERROR, "re-coded", "error.error_subcode", "99", "34", "meta/insights", '"level_above_node"'), SAME,
    ),
    (
        "an error is of another type", bends.errors("meta", has(type="GraphException"), 3018),
        (ERROR, "re-coded", "error.type", "OAuthException", "GraphException", "meta/insights", '"beyond_37_months"'),
        SAME,
    ),
    (
        "an error of CAMS has another code", bends.errors("cams", has(Code="MissingParameter"), "MissingPageId"),
        (ERROR, "re-coded", "Code", "MissingPageId", "MissingParameter", "cams/ListMessageCampaign", '"Missing"'), SAME,
    ),
    (
        "an error has other words", worded("Invalid cursors", "Bad cursor", 2642),
        (
            WARNING, "words", "error.message", "(#2642) Invalid cursors values", "(#2642) Bad cursor values",
            "meta/insights", '"bad_cursor"',
        ), SAME,
    ),
    (
        "an error of CAMS has other words", bends.errors("cams", has(Message="No page."), "MissingPageId"),
        (
            WARNING, "words", "Message", "PageId is mandatory for this action.", "No page.", "cams/ListMessageCampaign",
            '"Missing"',
        ), SAME,
    ),
    (
        "an error has another status", bends.statuses("meta", 422, 3018),
        (ERROR, "status", "(the status)", "400", "422", "meta/insights", '"beyond_37_months"'), SAME,
    ),
    (
        "a bad cursor is taken", any_cursor,
        (ERROR, "status", "(the status)", "400 2642", "200", "meta/insights", '"bad_cursor"'), SAME,
    ),
    (
        "a good call is refused", no_ad_sets,
        (ERROR, "status", "(the status)", "200", "400 100", "meta/adsets", '"response": {'), SAME,
    ),
    (
        "a body is HTML", html,
        (ERROR, "re-coded", "(the body)", "JSON", "HTML", "meta/campaigns", '"response": {'), SAME,
    ),
    (
        "a header is gone", heads("meta", x_fb_trace_id=None),
        (WARNING, "header gone", "header x-fb-trace-id", "word", ABSENT, "meta/accounts", '"http": {'),
        {"old": "in every answer"},
    ),
    (
        "a usage header is gone", heads("meta", INSIGHTS, x_business_use_case_usage=None),
        (WARNING, "header gone", "header x-business-use-case-usage", "limits", ABSENT, "meta/insights", '"http": {'),
        None,
    ),
    (
        "a header is new", heads("cams", LIST, x_new="1"),
        (INFO, "header new", "header x-new", ABSENT, "digits", "cams/ListMessageCampaign", '"http": {'), SAME,
    ),
    (
        "the media type is another", heads("meta", "ads", content_type="text/javascript; charset=UTF-8"),
        (
            ERROR, "re-coded", "header content-type", "application/json;charset=utf-8", "text/javascript;charset=utf-8",
            "meta/ads", '"http": {',
        ), {"old": "application/json"},
    ),
    (
        "another version answers", heads("meta", INSIGHTS, facebook_api_version="v27.0"),
        (WARNING, "re-coded", "header facebook-api-version", "as asked", "v27.0", "meta/insights", '"http": {'), SAME,
    ),
    (
        "a usage header lacks a key", told("x-app-usage", '"total_cputime":0,', ""),
        (WARNING, "limit", "header x-app-usage.total_cputime", "told", ABSENT, "meta/accounts", '"http": {'),
        {"old": "documented"},
    ),
    (
        "a usage header has a key more", told("x-app-usage", "}", ',"calls":0}'),
        (INFO, "limit", "header x-app-usage.calls", ABSENT, "told", "meta/accounts", '"http": {'), None,
    ),
    (
        "a usage is a text", told("x-app-usage", '"total_time":0', '"total_time":"0"'),
        (ERROR, "limit", "header x-app-usage.total_time", "number", "string", "meta/accounts", '"http": {'), SAME,
    ),
    (
        "there is a new tier", told("x-ad-account-usage", "standard_access", "full_access"),
        (
            WARNING, "limit", "header x-ad-account-usage.ads_api_access_tier", "standard_access", "full_access",
            "meta/activities", '"http": {',
        ), {"old": "development_access, standard_access"},
    ),
    (
        "a request has two ids", heads("cams", LIST, x_acs_request_id="608F9CCA-B5EB-3D72-8047-B25D6D75BDEC"),
        (
            WARNING, "reference", "RequestId = header x-acs-request-id", "the same id", "another id",
            "cams/ListMessageCampaign", '"response": {',
        ), SAME,
    ),
)  # fmt: skip
OTHER_DATA = (
    ("other figures", bends.values(["impressions", "reach"], lambda text: str(int(text) * 3 + 1), INSIGHTS)),
    ("other names", bends.values(["CampaignName"], lambda _: "1999-12-31", LIST)),
    ("no offsite actions", bends.each(lacks("actions"), INSIGHTS)),
    ("no figures but zero", bends.values([M + "read_rate", M + "spend"], lambda _: "0", INSIGHTS)),
    ("one row alone", bends.rows(lambda rows, _: rows[:1], "campaigns", "adsets", "ads", LIST, METRIC)),
    ("nothing listed", bends.rows(lambda *_: [], METRIC, CAMS_INSIGHTS, "ListPageAdAccount")),
    ("known words unseen so far", bends.values(["effective_status"], lambda _: "ARCHIVED", "ads", "adsets")),
    ("another ETag and date", heads("meta", etag='"x"', date="Sat, 01 Jan 2028 00:00:00 GMT", x_fb_rev="7")),
    ("a server of another name", heads("cams", server="nginx", via="1.1 proxy", connection="close")),
)
