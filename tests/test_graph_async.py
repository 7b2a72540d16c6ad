"""Async reports: asked for, looked at, read and thrown away."""

import json
from urllib.parse import urlencode

import pytest

from mockserver.world.reports import Report, ReportDeleted
from tests.graph import ACCOUNT, AD, ORIGIN, Graph, assert_graph_error, graph_on
from tests.graph_refusals import MISSING
from tests.reports import FIELDS, FIRST, started, status

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@pytest.mark.parametrize("carried", ["query", "form", "json", "async", "async post", "method"])
def test_a_report_is_asked_for_in_many_ways(carried):
    """
    A form as the Python SDK sends it, JSON with an extra id as Node does, a query, GET with async=true: one job each.
    """
    graph = graph_on("default")
    path, form = (
        f"/v26.0/{FIRST}/insights",
        urlencode({"level": "campaign", "fields": '["spend"]', "date_preset": "last_90d"}),
    )
    match carried:
        case "form":
            answer = graph.send("POST", path, "access_token=EAAtok", {"content-type": FORM}, form.encode())
        case "json":
            body = {"level": "campaign", "fields": "spend", "date_preset": "last_90d", "id": FIRST}
            answer = graph.send("POST", path, "access_token=EAAtok", {"content-type": JSON}, json.dumps(body).encode())
        case "query" | "async post":
            more = "&async=true" if carried == "async post" else "&async=false"
            answer = graph.send("POST", path, f"access_token=EAAtok&{form}{more}")
        case _:
            more = "&async=1" if carried == "async" else "&method=post"
            answer = graph.send("GET", path, f"access_token=EAAtok&{form}{more}")
    told = json.loads(answer.body)
    rows = graph.rows(f"/v26.0/{told['report_run_id']}/insights")

    assert list(told) == ["report_run_id"]
    assert told["report_run_id"].isdecimal()
    assert rows == graph.rows(path, level="campaign", fields="spend", date_preset="last_90d")
    assert rows


@pytest.mark.parametrize("level", ["account", "campaign", "adset", "ad", None])
@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"fields": FIELDS},
        {"fields": FIELDS, "date_preset": "last_90d", "time_increment": 7},
        {"fields": FIELDS, "time_range": {"since": "2026-08-01", "until": "2026-10-31"}, "time_increment": "monthly"},
        {"fields": "spend", "date_preset": "maximum", "time_increment": 1},
        {"date_preset": "today"},
        {
            "fields": "actions",
            "date_preset": "maximum",
            "filtering": [{"field": "action_type", "operator": "CONTAIN", "value": "purchase"}],
        },
    ],
)
def test_a_report_equals_the_read(level, arguments):
    """
    The rows of a report are those of the read with the same arguments, page by page, to the byte.
    """
    graph = graph_on("default")
    asked = {**arguments, **({"level": level} if level else {})}
    run = started(graph, FIRST, **asked)

    for limit in (25, 5000):
        assert graph.rows(f"/v26.0/{run}/insights", limit=limit) == graph.rows(
            f"/v26.0/{FIRST}/insights", limit=limit, **asked
        )


def test_pages_of_a_report_lead_to_each_other():
    """
    Cursors and links of a report are as a read's, on the run's own path.
    """
    graph = graph_on("default")
    run = started(graph, FIRST, level="ad", fields="ad_id,spend", date_preset="last_90d", limit=7)
    first = graph.read(f"/v26.0/{run}/insights", limit=3)
    second = graph.follow(first["paging"]["next"])
    read = graph.read(f"/v26.0/{FIRST}/insights", level="ad", fields="ad_id,spend", date_preset="last_90d", limit=3)

    assert first["data"] == read["data"]
    assert first["paging"]["cursors"] == read["paging"]["cursors"]
    assert first["paging"]["next"].startswith(f"{ORIGIN}/v26.0/{run}/insights?")
    assert second["data"] == graph.follow(read["paging"]["next"])["data"]
    assert graph.follow(second["paging"]["previous"])["data"] == first["data"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"fields": "nonsense"}, {"date_preset": "lifetime"}, {"level": "adgroup"}, {"time_increment": 91},
        {"time_range": {"since": "2026-02-02", "until": "2026-02-01"}}, {"filtering": "x"}, {"breakdowns": "nonsense"},
        {"time_range": {"since": "2020-02-02", "until": "2026-02-01"}}, {"limit": 0}, {"export_format": "pdf"},
    ],
)  # fmt: skip
def test_a_job_is_refused_as_the_read_is(docs: Graph, arguments):
    """
    What a read refuses is refused when the job is asked for, in the same words, and makes no job.
    """
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
    job = docs.send("POST", f"/v26.0/{ACCOUNT}/insights", urlencode({"access_token": "EAAtok", **texts}))
    read = docs.get(f"/v26.0/{ACCOUNT}/insights", **texts)
    told = [{**json.loads(one.body)["error"], "fbtrace_id": ""} for one in (job, read)]

    assert (job.status, told[0]) == (read.status, told[1])
    assert docs.runtime.world.ledger.events == []


def test_what_a_job_is_asked_of_must_be_there(docs: Graph):
    """
    An unknown object, another's account and an unknown edge answer in the words of a post.
    """
    missing = docs.send("POST", "/v26.0/404404/insights", "access_token=EAAtok")
    powerless = docs.send("POST", f"/v26.0/{ACCOUNT}/insights", "access_token=EAApowerless")

    words = MISSING.replace("get request", "post request")
    assert_graph_error(missing, status=400, message=words, code=100, subcode=33, kind="GraphMethodException")
    assert json.loads(powerless.body)["error"]["code"] == 200


@pytest.mark.parametrize("body", [b"", b"{}"])
def test_a_run_tells_its_default_fields(docs: Graph, body):
    """
    Done at the first look: nine fields, whether or not the Node SDK sends its {} along.
    """
    run = started(docs, ACCOUNT, date_preset="last_7d")
    told = json.loads(docs.send("GET", f"/v26.0/{run}/", "access_token=EAAtok", {"content-type": JSON}, body).body)

    assert told == {
        "id": run,
        "account_id": ACCOUNT.removeprefix("act_"),
        "time_ref": int(docs.runtime.clock.instant().timestamp()),
        "time_completed": int(docs.runtime.clock.instant().timestamp()),
        "async_status": "Job Completed",
        "async_percent_completion": 100,
        "is_running": True,
        "date_start": "2026-11-14",
        "date_stop": "2026-11-20",
    }


def test_a_run_tells_what_is_asked(docs: Graph):
    """
    Every field of an AdReportRun may be asked for: what it was asked comes back, what it has not is absent.
    """
    asked = {
        "level": "ad",
        "fields": "spend,reach",
        "time_increment": "7",
        "date_preset": "last_7d",
        "export_format": "csv",
    }
    run = started(docs, ACCOUNT, **asked, export_name="mine", export_columns="reach")
    known = json.loads((load_contract() / "report_run.json").read_text())["response"]["properties"]
    told = status(docs, run, *known)

    assert told["fields"] == ["spend", "reach"]
    assert (told["level"], told["time_increment"], told["date_preset"]) == ("ad", "7", "last_7d")
    assert (told["friendly_name"], told["is_async_export"], told["export_columns"]) == ("mine", 1, ["reach"])
    assert told["async_report_url"] == f"{ORIGIN}/ads/ads_insights/export_report?report_run_id={run}&format=csv"
    assert not {"emails", "schedule_id", "error_code", "time_range"} & told.keys()
    assert list(status(docs, run, "async_status", "is_running")) == ["async_status", "is_running", "id"]
    assert_graph_error(
        docs.get(f"/{run}", fields="nonsense"), status=400, code=100,
        message="(#100) Tried accessing nonexisting field (nonsense) on node type (AdReportRun)",
    )  # fmt: skip


def load_contract():
    """The folder of Meta's operation files."""
    from mockserver.resources import folder

    return folder("schemas") / "meta"


def test_run_ids_are_the_same_in_every_run(docs: Graph):
    """
    The nth report of a world has the same id whenever it is asked for, and no two share one, across resets too.
    """
    other = graph_on("docs")
    ids = [started(docs, AD) for _ in range(20)]

    assert ids == [started(other, AD) for _ in range(20)]
    assert len(set(ids)) == 20
    docs.runtime.reset()
    assert docs.get(f"/{ids[0]}").status == 400
    assert [started(docs, AD) for _ in range(3)] == ids[:3]


def test_a_run_can_be_deleted(docs: Graph):
    """
    DELETE, with Node's extra id too, throws it away; a second time there is nothing to throw away, and others stay.
    """
    run, other = started(docs, AD), started(docs, AD)
    first = docs.send("DELETE", f"/v26.0/{run}", f"access_token=EAAtok&id={run}")
    again = docs.send("DELETE", f"/v26.0/{run}", "access_token=EAAtok")

    assert json.loads(first.body) == {"success": True}
    assert json.loads(again.body)["error"]["message"].startswith(f"Unsupported delete request. Object with ID '{run}'")
    assert docs.get(f"/{run}").status == 400
    assert docs.get(f"/{other}").status == 200


@pytest.mark.parametrize(
    ("method", "path", "code", "words"),
    [
        ("POST", "", 100, "Unsupported post request. Object with ID"),
        ("PUT", "", 100, "Unsupported put request. Object with ID"),
        ("POST", "/insights", 100, "Unsupported post request. Object with ID"),
        ("DELETE", "/insights", 100, "(#100) DELETE of the insights of a report run is not served"),
        ("GET", "/ads", 2500, "Unknown path components: /ads"),
    ],
)
def test_a_run_has_no_other_calls(docs: Graph, method, path, code, words):
    """
    It is looked at, read and deleted, and that is all.
    """
    run = started(docs, AD)
    error = json.loads(docs.send(method, f"/v26.0/{run}{path}", "access_token=EAAtok").body)["error"]

    assert error["code"] == code
    assert error["message"].startswith(words)


def test_reports_happened(docs: Graph):
    """
    What was asked for, with its time, and what was thrown away are events of the ledger, in order.
    """
    asked = docs.runtime.clock.instant()
    run = started(docs, AD)
    docs.send("DELETE", f"/{run}", "access_token=EAAtok")
    report, deleted = docs.runtime.world.ledger.events

    assert (type(report), report.id) == (Report, run)
    assert asked <= report.at <= docs.runtime.clock.instant()
    assert deleted == ReportDeleted(run)


def test_a_job_makes_ten_times_the_rows_of_a_read():
    """
    What is too much data for a read is read from a job; a job of more than ten times as many rows fails with -3.
    """
    asked = {"level": "ad", "time_increment": 1, "date_preset": "maximum", "fields": "spend"}
    rows = len(graph_on("default").rows(f"/{FIRST}/insights", **asked, limit=500))
    fits, fails = graph_on("default", row_budget=rows // 2), graph_on("default", row_budget=rows // 20)
    for graph in (fits, fails):
        refused = graph.get(f"/{FIRST}/insights", **asked)
        assert_graph_error(
            refused,
            status=500,
            code=1,
            message="Please reduce the amount of data you're asking for, then retry your request",
        )
    told = status(fails, started(fails, FIRST, **asked))

    assert len(fits.rows(f"/{started(fits, FIRST, **asked)}/insights", limit=500)) == rows
    assert (told["async_status"], told["error_code"], told["error_subcode"]) == ("Job Failed", -3, 1504045)


def test_a_field_of_which_there_is_no_data_may_be_read_from_its_job(docs: Graph):
    """
    Fields of the job that no row tells are fields of the job all the same.
    """
    run = started(docs, AD, fields="spend,unique_clicks")

    assert docs.read(f"/{run}/insights", fields="unique_clicks,spend")["data"][0].keys() == {
        "spend",
        "date_start",
        "date_stop",
    }
