"""Async reports in tests: how they are asked for, and in which worlds."""

import json
from datetime import date
from typing import Any
from urllib.parse import urlencode

from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.world.load import build
from tests.graph import Graph, assert_graph_error
from tests.worlds import DEFAULT, edited

JSON, FORM = "application/json", "application/x-www-form-urlencoded"

FIRST = f"act_{DEFAULT['accounts'][0]['id']}"

FIELDS = "campaign_id,campaign_name,spend,impressions,actions,marketing_messages_delivered"

NOT_READY = {
    "is_transient": True,
    "error_user_title": "Loading Async Ads Report Failed",
    "error_user_msg": "Sorry, the report cannot be loaded successfully. Please check if your job status is completed"
    " instead of failed or running before fetching the data.",
}

TODAY = date(2026, 11, 21)


def started(graph: Graph, node: str, **arguments: Any) -> str:
    """The id of a new report run."""
    query = urlencode(
        {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
    )
    response = graph.send("POST", f"/v26.0/{node}/insights", f"access_token=EAAtok&{query}")
    assert response.status == 200, response.body
    return json.loads(response.body)["report_run_id"]


def status(graph: Graph, run: str, *fields: str) -> Any:
    """What the run tells of itself, by default or of *fields*."""
    return graph.read(f"/v26.0/{run}/", **({"fields": ",".join(fields)} if fields else {}))


def with_rules(hands, *rules: dict[str, Any], today: Any = TODAY, **settings: Any) -> Graph:
    """A client on the docs world with these rules for reports."""
    file = build(edited({"report_runs": list(rules)}))
    return Graph(Runtime(Settings(throttle=0, **settings), file, hands.clock(today)))


def refused_early(graph: Graph, run: str) -> None:
    """Its rows are refused as not ready."""
    error = assert_graph_error(
        graph.get(f"/v26.0/{run}/insights"),
        status=400,
        message="Error accessing adreport job.",
        code=2601,
        subcode=1815107,
    )
    assert {name: error[name] for name in NOT_READY} == NOT_READY
