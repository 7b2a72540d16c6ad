"""Meta's own Python SDK: async jobs, batches and reads of several ids, against a running server."""

import json
from dataclasses import replace
from datetime import date

import pytest
from facebook_business.adobjects.ad import Ad
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.adreportrun import AdReportRun
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from mockserver.running import running
from mockserver.settings import Settings
from tests.conftest import Hands

PARAMS = {"level": "campaign", "date_preset": "last_90d", "time_increment": 30}
FIELDS = ["campaign_id", "spend", "impressions"]
STATUS = ["async_status", "async_percent_completion", "is_running"]


@pytest.fixture
def hands_of_server() -> Hands:
    return Hands()


@pytest.fixture
def serve(monkeypatch, hands_of_server):
    """Runs a server with these settings and points the SDK at it."""
    running_servers = []

    def start(**settings):
        context = running(replace(Settings(throttle=0), **settings), clock=hands_of_server.clock(date(2026, 11, 21)))
        server = context.__enter__()
        running_servers.append((context, server))
        monkeypatch.setattr(FacebookSession, "GRAPH", server.url)
        api = FacebookAdsApi.init("999", "s3cr3t", "EAAtok", crash_log=False)
        return api, AdAccount("act_" + server.runtime.file.accounts[0].id)

    yield start
    for context, server in running_servers:
        server.raise_own_bugs()
        context.__exit__(None, None, None)


def test_an_async_job_is_done_at_the_first_poll(serve):
    """
    The job that get_insights starts is completed when it is first looked at, and has the rows of the sync call.
    """
    _, account = serve()
    job = account.get_insights(fields=FIELDS, params=dict(PARAMS), is_async=True)
    job = job.api_get()
    rows = [dict(row) for row in job.get_result(params={"limit": 4})]
    sync = [dict(row) for row in account.get_insights(fields=FIELDS, params=dict(PARAMS))]

    assert (job["async_status"], job["async_percent_completion"]) == ("Job Completed", 100)
    assert rows == sync
    assert len(rows) > 25


def test_a_slow_job_is_polled_until_it_is_done(serve, hands_of_server):
    """
    Reading a slow job too early is Meta's 2601; after the seconds of the setting it is completed.
    """
    _, account = serve(report_seconds=60)
    job = account.get_insights(fields=FIELDS, params=dict(PARAMS), is_async=True)
    seen = []
    with pytest.raises(FacebookRequestError) as early:
        job.get_result()
    while job.api_get(fields=STATUS)["async_status"] != "Job Completed":
        seen.append((job["async_status"], job["async_percent_completion"]))
        hands_of_server.forward(20)

    assert (early.value.api_error_code(), early.value.api_error_subcode()) == (2601, 1815107)
    assert early.value.api_transient_error()
    assert seen == [("Job Not Started", 0), ("Job Running", 37), ("Job Running", 74)]
    assert len(list(job.get_result())) > 0


def test_a_job_is_found_by_its_id_and_deleted(serve):
    """
    AdReportRun(id) reads the same job from elsewhere; after DELETE it is gone.
    """
    api, account = serve()
    job = account.get_insights(fields=FIELDS, params=dict(PARAMS), is_async=True)
    found = AdReportRun(job["id"]).api_get()

    assert found["async_status"] == "Job Completed"
    assert len(list(AdReportRun(job["id"]).get_insights())) > 0
    assert api.call("DELETE", (job["id"],)).json() == {"success": True}
    with pytest.raises(FacebookRequestError, match="Unsupported get request"):
        AdReportRun(job["id"]).api_get()


def test_a_batch_calls_back_each_part(serve):
    """
    Good parts reach the success callback, bad ones the failure callback, and nothing is left to retry.
    """
    api, account = serve()
    ads = [one["id"] for one in account.get_ads(fields=["id"], params={"limit": 5})][:5]
    good, bad = [], []
    batch = api.new_batch()
    for id_ in [*ads[:2], "404404", *ads[2:]]:
        Ad(id_).api_get(fields=["name"], batch=batch, success=good.append, failure=bad.append)
    batch.add("GET", f"{account['id']}/insights", params={"fields": ["nonsense"]}, failure=bad.append)
    batch.add("POST", f"{account['id']}/insights", params={"fields": ["spend"]}, success=good.append)

    assert batch.execute() is None
    assert [one.json().get("id") for one in good[:-1]] == ads
    assert list(good[-1].json()) == ["report_run_id"]
    assert [one.error().api_error_code() for one in bad] == [100, 100]
    assert [one.error().api_error_subcode() for one in bad] == [33, None]


def test_null_parts_are_batched_again(serve):
    """
    What timed out comes back as a new batch; batch after batch every part is answered once, in order.
    """
    api, account = serve(batch_parts=3)
    ads = [one["id"] for one in account.get_ads(fields=["id"])][:10]
    good, rounds = [], 0
    batch = api.new_batch()
    for id_ in ads:
        Ad(id_).api_get(fields=["name"], batch=batch, success=lambda one: good.append(one.json()["id"]))
    while batch is not None:
        batch, rounds = batch.execute(), rounds + 1

    assert good == ads
    assert rounds == 4


def test_more_than_fifty_parts_are_refused(serve):
    """
    The 51st part makes the SDK raise Meta's GraphBatchException.
    """
    api, account = serve()
    batch = api.new_batch()
    for _ in range(51):
        account.api_get(fields=["name"], batch=batch)
    with pytest.raises(FacebookRequestError) as refused:
        batch.execute()

    assert refused.value.api_error_type() == "GraphBatchException"
    assert refused.value.api_error_message() == "Too many requests in batch message. Maximum batch size is 50"


def test_a_part_that_the_client_has_is_a_success(serve):
    """
    A part with the ETag of its answer is 304, which the SDK takes for a success.
    """
    api, account = serve()
    path, good = f"{account['id']}?fields=name", []
    for headers in (None, "etag"):
        batch = api.new_batch()
        told = {one["name"]: one["value"] for one in good[0].headers()}["ETag"] if headers else None
        batch.add("GET", path, headers={"If-None-Match": told} if told else None, success=good.append)
        batch.execute()

    assert [one.status() for one in good] == [200, 304]


def test_get_by_ids_reads_several_objects(serve):
    """
    The SDK's get_by_ids, and a call of /insights with ids, have one part for each id.
    """
    api, account = serve()
    ads = [one["id"] for one in account.get_ads(fields=["id"])][:3]
    read = Ad.get_by_ids(ads, fields=["name"])
    told = api.call(
        "GET", ("insights",), params={"ids": ",".join(ads), "fields": "spend", "date_preset": "maximum"}
    ).json()

    assert [one["id"] for one in read] == ads
    assert list(told) == ads
    assert json.dumps(told[ads[0]]["data"]) == json.dumps(
        [dict(row) for row in Ad(ads[0]).get_insights(fields=["spend"], params={"date_preset": "maximum"})]
    )
