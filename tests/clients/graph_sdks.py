"""Meta's own SDKs for Python and Node."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import requests

from mockserver.clock import Clock
from mockserver.running import Running, running
from mockserver.settings import Settings
from tests.clients import places
from tests.clients.proof import proves

SCRIPT = Path(__file__).parent / "scripts/graph.cjs"
FIELDS = ["campaign_id", "impressions", "marketing_messages_delivered", "spend"]
WEEK = {"level": "campaign", "date_preset": "last_7d"}
POLLS = 50
TOKEN = {"access_token": "EAAtok"}


def account(server: Running) -> str:
    """The node of the first ad account."""
    return "act_" + server.runtime.file.accounts[0].id


def told(server: Running, path: str, **params: str) -> Any:
    """What the server answers to a plain request, without any SDK."""
    return requests.get(f"{server.url}/v26.0/{path}", params={**TOKEN, **params}, timeout=30).json()


def rows(server: Running, **params: str) -> list[dict[str, Any]]:
    """The insights rows of the account."""
    asked = {"fields": ",".join(FIELDS), **WEEK, "limit": "500", **params}
    return list(told(server, f"{account(server)}/insights", **asked)["data"])


def nested(server: Running) -> list[tuple[str, str, list[str]]]:
    """The newest three campaigns with their spend, asked one by one."""
    listed = told(server, f"{account(server)}/campaigns", fields="id,name", limit="3")["data"]
    spent = {"fields": "spend", "date_preset": "last_7d"}
    return [(one["id"], one["name"], _spend(told(server, f"{one['id']}/insights", **spent))) for one in listed]


def ads(server: Running, campaign: str) -> list[str]:
    """The ids of the ads of a campaign."""
    return [one["id"] for one in told(server, f"{campaign}/ads")["data"]]


def flat(campaigns: Any) -> list[tuple[str, str, list[str]]]:
    """The same, from one nested answer."""
    return [(one["id"], one["name"], _spend(one.get("insights", {"data": []}))) for one in campaigns["data"]]


def _spend(insights: Any) -> list[str]:
    return [row["spend"] for row in insights["data"]]


@contextmanager
def sdk(server: Running) -> Iterator[Any]:
    """The Python SDK's ad account, with the SDK pointed at *server*."""
    from facebook_business import FacebookAdsApi, FacebookSession
    from facebook_business.adobjects.adaccount import AdAccount

    before = FacebookSession.GRAPH
    FacebookSession.GRAPH = server.url
    FacebookAdsApi.init("999", "s3cr3t", "EAAtok", crash_log=False)
    try:
        yield AdAccount(account(server))
    finally:
        FacebookSession.GRAPH = before


def plain(objects: Any) -> list[dict[str, Any]]:
    """SDK objects as what they were made of."""
    return [one.export_all_data() for one in objects]


@proves("facebook_business", "insights")
def python_insights(server: Running) -> str:
    """A synchronous read."""
    with sdk(server) as asked:
        assert plain(asked.get_insights(fields=FIELDS, params=dict(WEEK))) == rows(server)
    return "yes"


@proves("facebook_business", "pages")
def python_pages(server: Running) -> str:
    """A cursor over several pages visits each row once."""
    with sdk(server) as asked:
        walked = plain(asked.get_insights(fields=FIELDS, params={**WEEK, "level": "ad", "limit": 5}))

    assert len(walked) > 10
    assert walked == rows(server, level="ad")
    return "yes"


@proves("facebook_business", "nested reads")
def python_nested(server: Running) -> str:
    """Nested fields of a list, with their parameters; the SDK cannot read nested lists of one object."""
    fields = ["id", "name", "ads{id}", "insights.date_preset(last_7d){spend}"]
    with sdk(server) as asked:
        found = list(islice(asked.get_campaigns(fields=fields, params={"limit": 3}), 3))

    assert flat({"data": plain(found)}) == nested(server)
    assert [[ad["id"] for ad in one["ads"]] for one in found] == [ads(server, one["id"]) for one in found]
    return "yes"


@proves("facebook_business", "async job")
def python_job(server: Running) -> str:
    """A report run: started, polled until it is done, read page by page."""
    with sdk(server) as asked:
        job = asked.get_insights(fields=FIELDS, params=dict(WEEK), is_async=True)
        assert "Job Completed" in (job.api_get()["async_status"] for _ in range(POLLS))
        assert job["async_percent_completion"] == 100
        assert plain(job.get_result(params={"limit": 5})) == rows(server)
    _slowly()
    return "yes"


def _slowly() -> None:
    """A job that takes half a minute: polled until its percentage and its status both say that it is done."""
    at, seen = [datetime.now(UTC).timestamp()], []
    slow = Settings(throttle=0, report_seconds=30)
    with running(slow, clock=Clock(None, lambda: at[0])) as server, sdk(server) as asked:
        job = asked.get_insights(fields=FIELDS, params=dict(WEEK), is_async=True)
        while "Job Completed" not in seen and len(seen) < POLLS:
            seen.append(job.api_get()["async_status"])
            at[0] += 4
        assert plain(job.get_result(params={"limit": 5})) == rows(server)

    assert list(dict.fromkeys(seen)) == ["Job Not Started", "Job Running", "Job Completed"]
    assert seen.count("Job Running") > 3


@proves("facebook_business", "batch")
def python_batch(server: Running) -> str:
    """Reads of several objects in one call; a bad one does not spoil the others."""
    from facebook_business.adobjects.campaign import Campaign

    done: list[Any] = []
    failed: list[Any] = []
    ids = [row["campaign_id"] for row in rows(server)]
    with sdk(server) as asked:
        batch = asked.get_api_assured().new_batch()
        for one in [*ids, "1"]:
            Campaign(one).api_get(fields=["name", "status"], batch=batch, success=done.append, failure=failed.append)
        batch.execute()

    assert [one.json() for one in done] == [told(server, one, fields="name,status") for one in ids]
    assert [(one.status(), one.error().api_error_subcode()) for one in failed] == [(400, 33)]
    return "yes"


@proves("facebook_business", "refusals")
def python_refusal(server: Running) -> str:
    """The vendor's code and words reach the caller as an exception."""
    from facebook_business.exceptions import FacebookRequestError

    with sdk(server) as asked, pytest.raises(FacebookRequestError) as refused:
        asked.get_insights(params={"time_range": {"since": "2026-02-02", "until": "2026-02-01"}})

    assert (refused.value.http_status(), refused.value.api_error_code()) == (400, 100)
    assert refused.value.api_error_message() == "(#100) since must be less than or equal to until in time_range"
    return "yes"


def _node(server: Running, capability: str) -> Any:
    """What the Node SDK got."""
    command = ["node", str(SCRIPT), server.url, capability, account(server)]
    environment = {**os.environ, "NODE_PATH": str(places.node())}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    return json.loads(ended.stdout)


@proves("facebook-nodejs-business-sdk", "insights")
def node_insights(server: Running) -> str:
    """A synchronous read."""
    assert _node(server, "insights") == rows(server)
    return "yes"


@proves("facebook-nodejs-business-sdk", "pages")
def node_pages(server: Running) -> str:
    """A cursor that opens each `next` as it is."""
    walked = _node(server, "pages")

    assert len(walked) > 10
    assert walked == rows(server, level="ad")
    return "yes"


@proves("facebook-nodejs-business-sdk", "nested reads")
def node_nested(server: Running) -> str:
    """Edges, their fields and their parameters within `fields`."""
    assert flat(_node(server, "nested reads")["campaigns"]) == nested(server)
    return "yes"


@proves("facebook-nodejs-business-sdk", "async job")
def node_job(server: Running) -> str:
    """A report run, whose parameters travel as JSON."""
    got = _node(server, "async job")

    assert got["run"]["async_percent_completion"] == 100
    assert got["rows"] == rows(server)
    return "yes"


@proves("facebook-nodejs-business-sdk", "batch")
def node_batch(server: Running) -> str:
    """A batch that travels as JSON, with brackets and quotes as they are in its relative addresses."""
    name, insights, refused = _node(server, "batch")

    assert (name["ok"], name["body"]["name"]) == (True, told(server, account(server), fields="name")["name"])
    assert insights["body"]["data"] == rows(server)[:25]
    assert (refused["ok"], refused["status"], refused["body"]["error"]["code"]) == (False, 400, 100)
    return "yes"


@proves("facebook-nodejs-business-sdk", "refusals")
def node_refusal(server: Running) -> str:
    """The vendor's code and words reach the caller as an exception."""
    refused = _node(server, "refusals")

    assert (refused["status"], refused["body"]["code"]) == (400, 100)
    assert refused["body"]["message"].startswith("(#100) nonsense is not valid for fields param.")
    return "yes"
