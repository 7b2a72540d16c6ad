"""Fields of fields: other objects, edges with arguments and insights in one answer, at any depth and a bounded cost."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.errors import MockError
from mockserver.vendors.meta.expansion import DEEPEST, MOST_FIELDS, parse
from tests.graph import ACCOUNT, AD, ORIGIN, Graph, assert_graph_error, graph_on
from tests.worlds import DEFAULT

GRAPH = graph_on("default")
FIRST = f"act_{DEFAULT['accounts'][0]['id']}"
CAMPAIGN, ADSET = "120000000000003", "120000000000002"
MANY = settings(max_examples=60, derandomize=True, deadline=None, database=None)
SPAN = '{"since":"2026-10-01","until":"2026-10-31"}'
TOO_MUCH = "Please reduce the amount of data you're asking for, then retry your request"


@pytest.fixture(scope="module", autouse=True)
def _no_bugs():
    yield
    assert GRAPH.runtime.bugs == []


def refused(graph, path=f"/{ACCOUNT}", **parameters):
    """Code and message of a refusal."""
    error = json.loads(graph.get(path, **parameters).body)["error"]
    return error["code"], error["message"]


def test_a_message_campaign_is_read_as_metas_page_reads_it(docs: Graph):
    """
    The vendor's own read of a message campaign names its campaign, its page, its budget, its schedule and its pixel.
    """
    fields = (
        "id,campaign{name},creative{actor_id},"
        "adset{name,lifetime_budget,daily_budget,start_time,end_time,promoted_object{pixel_id}}"
    )
    read = docs.read(f"/{AD}", fields=fields)
    creative = read["creative"].pop("id")

    assert read == {
        "campaign": {"name": "campaign-name", "id": CAMPAIGN},
        "creative": {"actor_id": "2380000000001"},
        "adset": {
            "name": "campaign-name",
            "lifetime_budget": "0",
            "daily_budget": "6200",
            "start_time": "2024-05-01T00:00:00-0700",
            "end_time": "2025-07-29T23:59:59-0700",
            "promoted_object": {"pixel_id": "330000000000001"},
            "id": ADSET,
        },
        "id": AD,
    }
    assert docs.read(f"/{creative}", fields="actor_id")["actor_id"] == "2380000000001"
    listed = docs.rows(f"/{ACCOUNT}/ads", fields="id,campaign{name,is_direct_send_campaign,is_message_campaign}")
    assert listed[0]["campaign"] == {
        "name": "campaign-name",
        "is_direct_send_campaign": False,
        "is_message_campaign": True,
        "id": CAMPAIGN,
    }


EDGES = [
    (FIRST, "campaigns", "id,name,status"),
    (FIRST, "adsets", "name,promoted_object{pixel_id},targeting{geo_locations{countries}}"),
    (FIRST, "ads", "id,adset{name,campaign{name}},creative{actor_id}"),
    (FIRST, "adcreatives", "name"),
    (FIRST, "adspixels", "name,owner_ad_account{currency}"),
    (FIRST, "promote_pages", "name"),
    ("me", "adaccounts", "name,currency"),
    ("me", "accounts", "name"),
]


@pytest.mark.parametrize(("path", "edge", "fields"), EDGES, ids=lambda one: one.split(",")[0])
@pytest.mark.parametrize("arguments", [{}, {"limit": "2"}, {"limit": "2", "after": "MQZDZD"}, {"limit": "1"}])
def test_a_nested_edge_is_the_edge(path, edge, fields, arguments):
    """
    An edge in the fields of its node tells what the edge itself tells for the same arguments, cursors included.
    """
    direct = GRAPH.read(f"/{path}/{edge}", fields=fields, **arguments)
    spelt = "".join(f".{name}({value})" for name, value in arguments.items())
    nested = GRAPH.read(f"/{path}", fields=f"id,{edge}{spelt}{{{fields}}}").get(edge, {"data": []})

    assert nested["data"] == direct["data"]
    assert nested.get("paging", {}).get("cursors") == direct.get("paging", {}).get("cursors")
    assert ("next" in nested.get("paging", {})) == ("next" in direct.get("paging", {}))


@pytest.mark.parametrize(
    ("edge", "spelt", "arguments"),
    [
        ("campaigns", '.filtering([{"field":"effective_status","operator":"IN","value":["ACTIVE"]}])', None),
        ("campaigns", ".effective_status(ACTIVE,PAUSED)", {"effective_status": "ACTIVE,PAUSED"}),
        ("ads", ".effective_status(['ARCHIVED'])", {"effective_status": ["ARCHIVED"]}),
        ("adsets", ".is_completed(true)", {"is_completed": "true"}),
        ("ads", ".summary(true)", {"summary": "true"}),
        ("ads", '.summary("true").limit("3")', {"summary": "true", "limit": "3"}),
        ("ads", ".filtering([{field:name,operator:CONTAIN,value:'a, (b'}]).summary(1)", "found"),
    ],
)
def test_arguments_of_an_edge_are_its_parameters(edge, spelt, arguments):
    """
    Filters, statuses and summaries are arguments in every spelling that the parameter has, commas and brackets too.
    """
    if arguments is None:
        arguments = {"filtering": [{"field": "effective_status", "operator": "IN", "value": ["ACTIVE"]}]}
    elif arguments == "found":
        arguments = {"filtering": [{"field": "name", "operator": "CONTAIN", "value": "a, (b"}], "summary": "1"}
    direct = GRAPH.read(f"/{FIRST}/{edge}", fields="id,name", **arguments)
    nested = GRAPH.read(f"/{FIRST}", fields=f"{edge}{spelt}{{id,name}}").get(edge, {"data": []})

    assert nested["data"] == direct["data"]
    assert nested.get("summary") == direct.get("summary")


INSIGHTS = [
    ("insights", {}),
    ("insights{spend,impressions}", {"fields": "spend,impressions"}),
    ("insights.date_preset(last_7d){spend}", {"fields": "spend", "date_preset": "last_7d"}),
    (
        "insights.date_preset(last_7d).time_increment(1){spend}",
        {"fields": "spend", "date_preset": "last_7d", "time_increment": "1"},
    ),
    (
        f"insights.time_range({SPAN}).level(ad){{ad_id,spend}}",
        {"fields": "ad_id,spend", "time_range": SPAN, "level": "ad"},
    ),
    (
        "insights.time_range({'since':'2026-10-01','until':'2026-10-31'}).time_increment(monthly){reach}",
        {"fields": "reach", "time_range": SPAN, "time_increment": "monthly"},
    ),
    ("insights.level(ad).limit(2){spend}", {"fields": "spend", "level": "ad", "limit": "2"}),
    (
        'insights.filtering([{"field":"action_type","operator":"CONTAIN","value":"cart"}]){actions}',
        {"fields": "actions", "filtering": [{"field": "action_type", "operator": "CONTAIN", "value": "cart"}]},
    ),
    ("insights.fields(spend,reach).level('ad')", {"fields": "spend,reach", "level": "ad"}),
]


@pytest.mark.parametrize(("field", "parameters"), INSIGHTS)
def test_nested_insights_are_the_insights(field, parameters):
    """
    Insights in the fields of an object are those of the direct call with the same parameters, page for page.
    """
    for path in (FIRST, GRAPH.rows(f"/{FIRST}/campaigns", limit=500)[0]["id"]):
        direct = GRAPH.read(f"/{path}/insights", **parameters)
        nested = GRAPH.read(f"/{path}", fields=f"id,{field}").get("insights", {"data": []})

        assert nested["data"] == direct["data"]
        assert nested.get("paging", {}).get("cursors") == direct.get("paging", {}).get("cursors")


def test_objects_in_objects_in_objects():
    """
    An answer nests as deep as it is asked, each level telling what it tells alone.
    """
    fields = (
        f"name,campaigns.limit(3){{id,adsets.limit(2){{id,ads.limit(1){{id,insights.time_range({SPAN}){{spend}}}}}}}}"
    )
    account = GRAPH.read(f"/{FIRST}", fields=fields)
    found = 0
    for campaign in account["campaigns"]["data"]:
        adsets = GRAPH.read(f"/{campaign['id']}/adsets", limit=2)["data"]
        assert [one["id"] for one in campaign.get("adsets", {"data": []})["data"]] == [one["id"] for one in adsets]
        for adset in campaign.get("adsets", {"data": []})["data"]:
            for ad in adset.get("ads", {"data": []})["data"]:
                direct = GRAPH.read(f"/{ad['id']}/insights", fields="spend", time_range=SPAN)["data"]
                assert ad.get("insights", {"data": []})["data"] == direct
                found += len(direct)

    assert found


@pytest.mark.parametrize(
    "field",
    [
        "campaigns.limit(4){name,adsets.limit(1){id}}",
        "ads.limit(3).filtering([{field:'effective_status',operator:'IN',value:['ACTIVE']}]){id,creative{name}}",
        "adcreatives.limit(5)",
        f"insights.time_range({SPAN}).level(ad).time_increment(1).limit(40){{ad_id,spend}}",
    ],
)
def test_the_next_of_a_nested_edge_works_when_opened(field):
    """
    The link to the next page is absolute, names the edge itself, and leads through the whole list.
    """
    name = field.partition(".")[0]
    nested = GRAPH.read(f"/v25.0/{FIRST}", fields=field)[name]
    link = nested["paging"]["next"]
    walked = list(nested["data"])
    while "next" in nested["paging"]:
        nested = GRAPH.follow(nested["paging"]["next"])
        walked += nested["data"]
    whole = GRAPH.read(f"/{FIRST}", fields=field.replace("limit(", "limit(5000").replace("50004", "5000"))[name]["data"]

    assert link.startswith(f"{ORIGIN}/v25.0/{FIRST}/{name}?access_token=EAAtok&")
    assert parse_qs(urlsplit(link).query)["after"]
    assert len(walked) > 4
    assert [one.get("id") for one in walked] == [one.get("id") for one in whole][: len(walked)]
    assert len(walked) == len(whole)


def test_a_link_carries_the_proof_and_no_token_of_a_header(docs: Graph):
    """
    A nested link repeats the credentials of the query: the proof with the token, and none where a header holds it.
    """
    bearer = {"authorization": "Bearer EAAtok"}
    query = "fields=insights.time_increment(1).limit(1).date_preset(maximum)"
    body = json.loads(docs.send("GET", f"/{ACCOUNT}", query, bearer).body)

    assert "access_token" not in body["insights"]["paging"]["next"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("campaign", {"campaign": {"id": CAMPAIGN}}),
        ("campaign{}", {"campaign": {"id": CAMPAIGN}}),
        ("campaign{ name , id }", {"campaign": {"name": "campaign-name", "id": CAMPAIGN}}),
        ("campaign.fields(name)", {"campaign": {"name": "campaign-name", "id": CAMPAIGN}}),
        ("account{name}", {"account": {"name": "Docs Ad Account", "id": ACCOUNT}}),
        ("account", {"account": {"account_id": "2390000000001", "id": ACCOUNT}}),
        ("name.as(title)", {"title": "campaign-name"}),
        ("campaign.as(parent){id}", {"parent": {"id": CAMPAIGN}}),
        ("adset.as(a){id},adset.as(b){name}", {"a": {"id": ADSET}, "b": {"name": "campaign-name", "id": ADSET}}),
        ("adcreatives.as(shown){actor_id}", {"shown": {"data": [{"actor_id": "2380000000001", "id": "CREATIVE"}]}}),
        ("targeting{age_min}", {"targeting": {"age_min": 18}}),
        (
            "adset{promoted_object{pixel_id}}",
            {"adset": {"promoted_object": {"pixel_id": "330000000000001"}, "id": ADSET}},
        ),
        (
            "adset{attribution_spec{window_days}}",
            {"adset": {"attribution_spec": [{"window_days": 7}, {"window_days": 1}], "id": ADSET}},
        ),
        ("issues_info{level},adlabels{name}", {}),
        ("adset{source_adset{name}}", {"adset": {"id": ADSET}}),
        ("name,name,id,name", {"name": "campaign-name"}),
    ],
)
def test_what_is_asked_of_an_object_is_told_of_it(docs: Graph, fields, told):
    """
    Objects tell what is asked of them and their id, plain properties their parts; what is not set is absent.
    """
    read = docs.read(f"/{AD}", fields=fields)
    if "shown" in read:
        del read["shown"]["paging"]
    (creative,) = (row["id"] for row in docs.rows(f"/{AD}/adcreatives"))

    assert read == json.loads(json.dumps({**told, "id": AD}).replace("CREATIVE", creative))


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        (
            "insights.date_preset(x){spend}",
            100,
            "(#100) For field 'insights': date_preset must be one of the following",
        ),
        ("insights.level(x)", 100, "(#100) For field 'insights': level must be one of the following values: ad, adset"),
        ("insights.time_range(x)", 100, "(#100) For field 'insights': param time_range must be non-empty."),
        ("insights.time_range({since:2026-02-02,until:2026-02-01})", 100, "(#100) For field 'insights': since must be"),
        ("insights.time_range({since:2020-01-01,until:2020-01-02})", 3018, "(#3018) The start date of the time range"),
        ("insights.time_increment(91)", 100, "(#100) For field 'insights': time_increment must be an integer"),
        ("insights{spendy}", 100, "(#100) Tried accessing nonexisting field (spendy) on node type (AdsInsights)"),
        ("campaigns{insights{spendy}}", 100, "(#100) Tried accessing nonexisting field (spendy) on node type (AdsIns"),
        ("campaigns{ads{x}}", 100, "(#100) Tried accessing nonexisting field (x) on node type (Ad)"),
        ("ads{special_ad_categories}", 3, "(#3) App must be on whitelist"),
        (
            "campaigns.limit(-1)",
            100,
            "(#100) For field 'campaigns': Param limit must be a number greater than or equal",
        ),
        (
            "campaigns{ads.limit(x)}",
            100,
            "(#100) For field 'ads': Param limit must be an integer. Instead, got string.",
        ),
        ("campaigns.after(x)", 2642, "(#2642) Invalid cursors values"),
        (
            "ads.filtering([{field:x,operator:IN,value:1}])",
            100,
            "(#100) For field 'ads': Filtering field 'x' is not supported",
        ),
        ("copies{id}", 100, "(#100) Tried accessing nonexisting field (copies) on node type (AdAccount)"),
        ("users{id}", 100, "(#100) the edge users in the fields param is not served by this mock server yet."),
        (
            "ads{promoted_object{x}}",
            100,
            "(#100) Tried accessing nonexisting field (promoted_object) on node type (Ad)",
        ),
        ("adsets{promoted_object{x}}", 100, "(#100) Tried accessing nonexisting field (x) on node type (AdPromotedOb"),
        ("adsets{targeting{geo_locations{x}}}", 100, "(#100) Tried accessing nonexisting field (x) on node type (Tar"),
        ("insights{actions{value}}", 100, "(#100) expansion of the insights field actions is not served by this mock"),
    ],
)
def test_what_is_refused_alone_is_refused_nested(docs: Graph, fields, code, message):
    """
    A nested refusal is the direct one; where it is a 100 about an argument it says for which field.
    """
    if fields == "copies{id}":
        fields, message = "ads{copies{id}}", "(#100) the edge copies in the fields param is not served by this mock"
    found = refused(docs, fields=fields)

    assert (found[0], found[1][: len(message)]) == (code, message)


@pytest.mark.parametrize(
    ("fields", "found", "at"),
    [
        ("likes.limit(1000){id},comments.limit(1000){id}{from},sharedposts{id}", "{", 46),  # recorded
        ("campaigns{id", "{", 9),
        ("campaigns{id,ads{id}", "{", 9),
        ("campaigns.limit(2{id}", "(", 15),
        ("campaigns.limit", ".", 9),
        ("campaigns.limit{id}", ".", 9),
        ("campaigns(2){id}", "(", 9),
        ("campaigns{id}}", "}", 13),
        ("campaigns{id]", "]", 12),
        ("campaigns.limit(2]){id}", "]", 17),
        ("campaigns{na-me}", "-", 12),
        ("name{id}", "{", 4),
        ("campaigns{id},campaigns{name}", "campaigns", 14),
        ("{id}", "{", 0),
        (".limit(1)", ".", 0),
    ],
)
def test_a_syntax_error_names_the_character(docs: Graph, fields, found, at):
    """
    What does not read as fields is refused with 2500, the character and its place; an open bracket with where it opens.
    """
    message = f'Syntax error "Expected end of string instead of "{found}"." at character {at}: {fields}'

    assert refused(docs, fields=fields) == (2500, message)


@pytest.mark.parametrize("count", [1, 7, 50])
def test_an_answer_holds_a_bounded_number_of_objects_and_rows(count):
    """
    An answer with nested fields holds as many objects and rows as it may; one more, and it is too much.
    """
    ads = len(GRAPH.rows(f"/{FIRST}/ads", limit=500))
    fields = "ads.limit(500){id}"
    fitting, tight = graph_on("default", most_nodes=ads + 1), graph_on("default", most_nodes=ads)

    assert len(fitting.read(f"/{FIRST}", fields=fields)["ads"]["data"]) == ads
    assert_graph_error(tight.get(f"/{FIRST}", fields=fields), status=500, message=TOO_MUCH, code=1)
    few = graph_on("default", most_nodes=count)
    assert few.get(f"/{FIRST}", fields=f"ads.limit({count - 1 or 1})").status == (500 if count == 1 else 200)


def test_rows_of_insights_count_as_well():
    """
    Insights by days of every ad are more than one answer holds.
    """
    fields = "ads.limit(500){insights.date_preset(maximum).time_increment(1).limit(5000){spend}}"

    assert_graph_error(GRAPH.get(f"/{FIRST}", fields=fields), status=500, message=TOO_MUCH, code=1)


def test_depth_and_number_of_fields_are_bounded(docs: Graph):
    """
    Ten levels and a thousand fields are read, one more is too much.
    """
    deep = "".join("campaigns{" if at % 2 else "account{" for at in range(DEEPEST - 1))
    names = [f"name.as(a{at})" for at in range(MOST_FIELDS - 1)]

    assert docs.read(f"/{CAMPAIGN}", fields=deep + "id" + "}" * (DEEPEST - 1))["account"]["id"] == ACCOUNT
    assert refused(docs, f"/{CAMPAIGN}", fields="account{" + deep + "id" + "}" * DEEPEST) == (1, TOO_MUCH)
    assert len(docs.read(f"/{AD}", fields=",".join([*names, "id"]))) == MOST_FIELDS
    assert refused(docs, f"/{AD}", fields=",".join([*names, "id", "status"])) == (1, TOO_MUCH)
    assert refused(docs, f"/{AD}", fields="campaign{" * 100_000) == (1, TOO_MUCH)


def test_nested_objects_need_the_permission_of_their_own():
    """
    me needs no permission, the ad accounts in it do.
    """
    powerless = {"access_token": "EAApowerless"}

    assert GRAPH.read("/me", fields="id,name", **powerless)
    assert refused(GRAPH, "/me", fields="adaccounts{name}", **powerless)[0] == 200


@given(st.text(alphabet="ab_{}()[].,\"' 1\\", max_size=40))
@MANY
def test_every_text_is_read_or_refused(text):
    """
    Any text is either a tree of fields or a refusal, never a fault of this server.
    """
    refused = ""
    try:
        parse(text)
    except MockError as error:
        refused = error.name

    assert refused in ("", "field_syntax", "too_much_data")


NAMES = st.sampled_from(["id", "name", "status", "campaign", "adset", "creative", "account"])
TREES = st.recursive(
    st.lists(NAMES, min_size=1, max_size=3, unique=True).map(",".join),
    lambda inner: st.tuples(st.sampled_from(["campaign", "adset", "account"]), inner).map(
        lambda pair: f"id,{pair[0]}{{{pair[1]}}}"
    ),
    max_leaves=4,
)


@given(TREES)
@MANY
def test_an_expanded_object_is_the_object_read_alone(fields):
    """
    What an ad tells of its campaign, ad set or account is what they tell when read by their own ids.
    """
    ad = GRAPH.rows(f"/{FIRST}/ads", limit=1)[0]["id"]
    response = GRAPH.get(f"/{ad}", fields=f"adset{{{fields}}}")
    nested = json.loads(response.body)
    alone = GRAPH.get(f"/{GRAPH.read(f'/{ad}', fields='adset_id')['adset_id']}", fields=fields)

    assert response.status == alone.status
    if response.status == 200:
        assert nested["adset"] == json.loads(alone.body)


def test_nested_insights_have_their_summary():
    """
    A summary that is asked of nested insights is the one that the edge itself tells.
    """
    graph = graph_on("default")
    asked = {"level": "ad", "summary": "spend", "date_preset": "last_90d", "limit": "1"}
    text = ".".join(f"{name}({value})" for name, value in asked.items())
    nested = graph.read(f"/{FIRST}", fields=f"insights.{text}{{spend}}")["insights"]

    assert nested["summary"] == graph.read(f"/{FIRST}/insights", fields="spend", **asked)["summary"]


def test_nothing_takes_the_name_of_the_id():
    """
    An alias that would hide the id of an object is a syntax error.
    """
    code, message = refused(GRAPH, f"/{FIRST}", fields="ads.as(id){name}")

    assert code == 2500
    assert message.startswith('Syntax error "Expected end of string instead of "id"."')
