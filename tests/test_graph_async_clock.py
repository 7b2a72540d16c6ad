"""What becomes of async reports: by the clock, by the rules of a world, and after thirty days."""

import json
from datetime import datetime

import pytest

from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.world.check import faults
from mockserver.world.load import load
from tests.graph import ACCOUNT, AD, Graph, assert_graph_error
from tests.graph_refusals import MISSING
from tests.reports import FIRST, TODAY, refused_early, started, status, with_rules
from tests.worlds import DOCS, edited


@pytest.mark.parametrize("today", [None, TODAY, datetime.fromisoformat("2026-11-21T12:00:00+00:00")])
def test_a_slow_run_gets_on_by_the_clock(hands, today):
    """
    Not started, started, running to 100 per cent, completed and at last no longer running: real time moves it, whether
    the world's today follows the clock or is held still.
    """
    graph = with_rules(hands, {"outcome": "completed", "seconds": 100}, today=today)
    run = started(graph, AD, fields="spend")
    told = []
    for seconds in (0, 1, 9, 35, 50, 4, 1, 1):
        hands.forward(seconds)
        one = status(graph, run)
        told.append((one["async_status"], one["async_percent_completion"], one["is_running"], "time_completed" in one))
        if one["async_status"] != "Job Completed":
            refused_early(graph, run)

    assert told == [
        ("Job Not Started", 0, False, False),
        ("Job Started", 0, True, False),
        ("Job Running", 11, True, False),
        ("Job Running", 50, True, False),
        ("Job Running", 100, True, False),
        ("Job Running", 100, True, False),
        ("Job Completed", 100, True, True),
        ("Job Completed", 100, False, True),
    ]
    assert status(graph, run)["time_completed"] - status(graph, run)["time_ref"] == 100
    assert graph.read(f"/{run}/insights")["data"]


def test_a_setting_makes_every_report_slow(hands):
    """
    report_seconds is how long a report takes that the world has no rule for.
    """
    graph = with_rules(hands, {"level": "ad", "outcome": "completed"}, report_seconds=30)
    slow, quick = started(graph, ACCOUNT), started(graph, ACCOUNT, level="ad")
    hands.forward(29)

    assert status(graph, quick)["async_status"] == "Job Completed"
    assert status(graph, slow)["async_status"] == "Job Running"
    hands.forward(1)
    assert status(graph, slow)["async_status"] == "Job Completed"


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"outcome": "failed"}, ("Job Failed", 2, 1504044, "Service temporarily unavailable")),
        ({"outcome": "skipped"}, ("Job Skipped", 2, 1504044, "Service temporarily unavailable")),
        (
            {"outcome": "failed", "error_code": -3, "error_subcode": 1504045},
            ("Job Failed", -3, 1504045, "The report is too large."),
        ),
        (
            {"outcome": "failed", "error_code": -2, "error_subcode": 2490547, "error_message": "x"},
            ("Job Failed", -2, 2490547, "x"),
        ),
        ({"outcome": "failed", "error_code": 1}, ("Job Failed", 1, None, "Service temporarily unavailable")),
    ],
)
def test_a_run_may_come_to_nothing(hands, rule, told):
    """
    A failed or skipped run says why, by default from v25 on, when asked at any version; its rows stay refused.
    """
    graph = with_rules(hands, {**rule, "seconds": 40})
    run = started(graph, ACCOUNT)
    early = status(graph, run)
    hands.forward(40)
    late = status(graph, run)
    older = graph.read(f"/v24.0/{run}")

    assert "error_code" not in early
    assert (late["async_status"], late["error_code"], late.get("error_subcode"), late["error_message"]) == told
    assert {"error_user_title", "error_user_msg"} <= late.keys()
    assert not [name for name in older if name.startswith("error_")]
    assert graph.read(f"/v24.0/{run}", fields="error_code") == {"error_code": told[1], "id": run}
    assert (late["is_running"], late["async_percent_completion"]) == (False, 0)
    refused_early(graph, run)


def test_a_run_may_be_stuck(hands):
    """
    A stuck run stays at 99 per cent for good.
    """
    graph = with_rules(hands, {"outcome": "stuck", "seconds": 10})
    run = started(graph, ACCOUNT)
    for _ in range(5):
        hands.forward(86_400)
        told = status(graph, run)

        assert (told["async_status"], told["async_percent_completion"], told["is_running"]) == ("Job Running", 99, True)
        refused_early(graph, run)


def test_the_first_rule_that_fits_decides(hands):
    """
    A rule may be for an ad account, for a level or for any.
    """
    account = DOCS["accounts"][0]["id"]
    graph = with_rules(
        hands,
        {"account_id": account, "level": "campaign", "outcome": "failed"},
        {"account_id": account, "level": "ad", "outcome": "skipped"},
        {"level": "adset", "outcome": "stuck"},
    )
    told = {level: status(graph, started(graph, ACCOUNT, level=level))["async_status"] for level in
            ("account", "campaign", "adset", "ad")}  # fmt: skip

    assert told == {"account": "Job Completed", "campaign": "Job Failed", "adset": "Job Running", "ad": "Job Skipped"}
    assert status(graph, started(graph, AD))["async_status"] == "Job Skipped"


def test_rules_are_checked():
    """
    A rule for an account that is not there, or with an outcome that is none, is a fault of the world.
    """
    found = faults(edited({"report_runs": [{"outcome": "failed", "account_id": "1"}]}))
    misshapen = faults(edited({"report_runs": [{"outcome": "lost"}]}))

    assert found == ['$.report_runs[0].account_id: is "1", expected the id of one of the accounts']
    assert misshapen[0].startswith('$.report_runs[0].outcome: is "lost", expected one of')


def test_a_report_holds_the_days_of_its_creation(hands):
    """
    A relative range is what it was on the day on which the job was asked for, as is everything in its rows.
    """
    graph = Graph(Runtime(Settings(throttle=0), load("default"), hands.clock()))
    first = graph.rows(f"/{FIRST}/insights", date_preset="last_7d", fields="spend", level="ad")
    edge = {"time_range": {"since": "2023-10-21", "until": "2026-11-30"}, "fields": "spend"}
    everything = graph.rows(f"/{FIRST}/insights", **edge)
    run, long = started(graph, FIRST, date_preset="last_7d", fields="spend", level="ad"), started(graph, FIRST, **edge)
    hands.forward(5 * 86_400)

    assert graph.rows(f"/{run}/insights") == first
    assert graph.rows(f"/{FIRST}/insights", date_preset="last_7d", fields="spend", level="ad") != first
    assert graph.rows(f"/{long}/insights") == everything
    assert graph.get(f"/{FIRST}/insights", **edge).status == 400
    assert (status(graph, run)["date_start"], status(graph, run)["date_stop"]) == ("2026-11-14", "2026-11-20")
    assert graph.runtime.bugs == []


@pytest.mark.parametrize("path", ["", "/insights"])
def test_a_run_expires_after_thirty_days(hands, path):
    """
    A second before 30 days have passed it is there; then it is no object at all.
    """
    graph = with_rules(hands)
    run = started(graph, AD)
    hands.forward(30 * 86_400 - 1)
    late = graph.get(f"/v26.0/{run}{path}")
    hands.forward(1)

    assert late.status == 200
    assert_graph_error(
        graph.get(f"/v26.0/{run}{path}"), status=400, message=MISSING.replace("404404", run), code=100, subcode=33,
        kind="GraphMethodException",
    )  # fmt: skip


def test_a_report_under_way_is_not_exported(hands):
    """
    What cannot be read cannot be exported.
    """
    graph = with_rules(hands, {"outcome": "completed", "seconds": 10})
    run = started(graph, AD)

    assert json.loads(graph.get("/ads/ads_insights/export_report", report_run_id=run).body)["error"]["code"] == 2601
    hands.forward(10)
    assert graph.get("/ads/ads_insights/export_report", report_run_id=run).status == 200
