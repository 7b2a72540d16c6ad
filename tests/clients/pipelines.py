"""Open-source pipelines that read Facebook insights, behind a door to their hard-coded host."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mockserver.running import Running
from tests.clients.behind import Place, behind, manner
from tests.clients.figures import Days, Row, breakdowns, days, equal, ids, listed, streams
from tests.clients.graph_sdks import account
from tests.clients.proof import NONE, proves

YES = "yes"
ROW = ("reads insights by", "streams", "rows equal the world's, day by day", "breakdowns sum to them", "next run")
LONG_AGO = "2020-01-01T00:00:00Z"  # they read objects that were changed since then


@proves("tap-facebook", *ROW)
def tap(server: Running) -> tuple[str, ...]:
    """Singer's tap: a job for each day and breakdown, objects one by one, creatives in batches."""
    span = days()
    config = {**_singer(server, span), "start_date": f"{span[-1]}T00:00:00Z", "insights_buffer_days": "1"}
    with behind(server, "tap-facebook") as place:
        place.file("config.json", config)
        catalog = _whole_catalog(place, "-c", "config.json", "--discover")
        arguments = ("-c", "config.json", "-p", place.file("catalog.json", catalog))
        loaded = _records(place.run("tap-facebook", *arguments))
        bookmark = sorted(one["updated_time"] for one in loaded["ads"])[len(loaded["ads"]) // 2]
        state = {"bookmarks": {"ads": {"updated_time": bookmark}}}
        again = _records(place.run("tap-facebook", *arguments, "-s", place.file("state.json", state)))

    newer = {one["id"] for one in loaded["ads"] if one["updated_time"] > bookmark}
    assert ids(loaded["ads"]) == listed(server, "ads")
    assert ids(loaded["campaigns"]) == listed(server, "campaigns")
    assert ids(loaded["adcreative"]) == listed(server, "adcreatives")
    equal(loaded["ads_insights"], server, span)
    assert ids(again["ads"]) == newer
    assert 0 < len(newer) < len(loaded["ads"])
    names = _names(catalog["streams"])
    broken = breakdowns(loaded, _broken(names), server, span)
    return manner(place.passed), streams(loaded, names), YES, broken, YES


def _singer(server: Running, span: Days) -> dict[str, str]:
    """What both Singer taps are told."""
    return {
        "start_date": f"{span[0]}T00:00:00Z",
        "end_date": f"{span[-1]}T00:00:00Z",
        "account_id": account(server).removeprefix("act_"),
        "access_token": "EAAtok",
    }


def _whole_catalog(place: Place, *arguments: str) -> Any:
    """The catalog that a Singer tap discovers, with everything selected."""
    catalog = json.loads(place.text("tap-facebook", *arguments))
    for stream in catalog["streams"]:
        for entry in stream["metadata"]:
            entry["metadata"]["selected"] = True
    return catalog


def _records(messages: Iterable[Row]) -> dict[str, list[Row]]:
    """Singer's records by stream."""
    found: dict[str, list[Row]] = defaultdict(list)
    for message in messages:
        if message["type"] == "RECORD":
            found[message["stream"]].append(message["record"])
    return found


def _names(catalog: Iterable[Row]) -> list[str]:
    return [stream.get("tap_stream_id") or stream["name"] for stream in catalog]


def _broken(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith("ads_insights_")]


@proves("airbyte-source-facebook-marketing", *ROW)
def airbyte(server: Running) -> tuple[str, ...]:
    """Airbyte's source: jobs polled in batches, with every breakdown and action breakdown that it has."""
    span = days()
    with behind(server, "airbyte") as place:
        options = ("--config", place.file("config.json", _airbyte(server, span)))
        (verdict,) = _of(place.run("source-facebook-marketing", "check", *options), "CONNECTION_STATUS")
        (found,) = _of(place.run("source-facebook-marketing", "discover", *options), "CATALOG")
        catalog = found["catalog"]["streams"]
        insights = [stream for stream in catalog if stream["name"].startswith("ads_insights")]
        messages = _read(place, options, insights)
        again = _read(place, (*options, "--state", place.file("state.json", _states(messages))), insights[:1])
        place.file("config.json", _airbyte(server, span, LONG_AGO))
        messages += _read(place, options, [stream for stream in catalog if stream not in insights])

    loaded, names = _airbyte_records(messages), _names(catalog)
    assert verdict["connectionStatus"]["status"] == "SUCCEEDED"
    assert _finished(messages) == set(names)
    for stream, edge in {"ads": "ads", "ad_sets": "adsets", "campaigns": "campaigns"}.items():
        assert ids(loaded[stream]) == listed(server, edge)
    equal(loaded["ads_insights"], server, span)
    equal(_airbyte_records(again)["ads_insights"], server, span)
    broken = breakdowns(loaded, _broken(names), server, span)
    return manner(place.passed), streams(loaded, names), YES, broken, YES


def _airbyte(server: Running, span: Days, since: str = "") -> Mapping[str, Any]:
    return {
        "account_ids": [account(server).removeprefix("act_")],
        "start_date": since or f"{span[0]}T00:00:00Z",
        "end_date": f"{span[-1]}T00:00:00Z",
        "credentials": {"auth_type": "Service", "access_token": "EAAtok"},
    }


def _read(place: Place, options: Iterable[str], chosen: Iterable[Row]) -> list[Row]:
    """What Airbyte's source says while it reads *chosen* streams."""
    catalog = place.file("catalog.json", {"streams": [_configured(stream) for stream in chosen]})
    return [*place.run("source-facebook-marketing", "read", *options, "--catalog", catalog)]


def _configured(stream: Row) -> dict[str, Any]:
    mode = "incremental" if "incremental" in stream["supported_sync_modes"] else "full_refresh"
    return {"stream": stream, "sync_mode": mode, "destination_sync_mode": "append"}


def _of(messages: Iterable[Row], kind: str) -> list[Row]:
    return [message for message in messages if message["type"] == kind]


def _states(messages: Iterable[Row]) -> list[Row]:
    """The last state of each stream."""
    states = [one["state"] for one in _of(messages, "STATE")]
    return list({state["stream"]["stream_descriptor"]["name"]: state for state in states}.values())


def _airbyte_records(messages: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for message in _of(messages, "RECORD"):
        found[message["record"]["stream"]].append(message["record"]["data"])
    return found


def _finished(messages: Iterable[Row]) -> set[str]:
    """The streams that Airbyte's source says it has read whole."""
    traces = [one["trace"]["stream_status"] for one in _of(messages, "TRACE") if "stream_status" in one["trace"]]
    return {one["stream_descriptor"]["name"] for one in traces if one["status"] == "COMPLETE"}


# they ask for columns that Graph does not have, and the vendor refuses those in any object
NOT_LOADED = ("adaccounts", "creatives", "videos")
INSIGHTS = "adsinsights_default"


@proves("meltano-tap-facebook", *ROW)
def meltano(server: Running) -> tuple[str, ...]:
    """Meltano's tap: objects by plain REST, a job for each day."""
    span = days()
    config = _singer(server, span)
    with behind(server, "meltano") as place:
        options = ("--config", place.file("config.json", config))
        catalog = _whole_catalog(place, *options, "--discover")
        names = _names(catalog["streams"])
        arguments = (*options, "--catalog", place.file("catalog.json", _chosen(catalog, [INSIGHTS])))
        messages = place.run("tap-facebook", *arguments)
        *_, state = (message["value"] for message in messages if message["type"] == "STATE")
        again = _records(place.run("tap-facebook", *arguments, "--state", place.file("state.json", state)))
        place.file("config.json", {**config, "start_date": LONG_AGO})
        place.file("catalog.json", _chosen(catalog, {*names} - {INSIGHTS, *NOT_LOADED}))
        loaded = _records([*messages, *place.run("tap-facebook", *arguments)])

    for edge in ("ads", "adsets", "campaigns"):
        assert ids(loaded[edge]) == listed(server, edge)
    for rows in (loaded[INSIGHTS], again[INSIGHTS]):
        equal(_once(rows, span), server, span)
    return manner(place.passed), streams(loaded, names, NOT_LOADED), YES, NONE, YES


def _once(rows: Iterable[Row], span: Days) -> list[Row]:
    """The rows of *span*: the tap reads beyond it, and asks for ranges that share a day, whose rows are the same."""
    return list({json.dumps(row): row for row in rows if str(span[0]) <= row["date_start"] <= str(span[-1])}.values())


def _chosen(catalog: Any, names: Iterable[str]) -> Any:
    """The catalog with the streams *names* selected, and no other."""
    for stream in catalog["streams"]:
        stream["metadata"][-1]["metadata"]["selected"] = stream["tap_stream_id"] in names
    return catalog


@proves("facebook-ads-reports", *ROW)
def reports(server: Running) -> tuple[str, ...]:
    """Reports by plain synchronous requests, whose next page is opened as it is."""
    span = days()
    with behind(server, "facebook-ads-reports") as place:
        script = str(Path(__file__).parent / "scripts/reports.py")
        (models,) = place.run("python", script, account(server), str(span[0]), str(span[-1]))

    refused = {name: text for name, text in models.items() if isinstance(text, str)}
    loaded = {name: rows for name, rows in models.items() if name not in refused}
    # Graph has no such field of a campaign
    assert [text for text in refused.values() if "nonexisting field (account_name)" not in text] == []
    assert ids(loaded["ad_summary_report"]) == listed(server, "ads")
    equal(loaded["ad_insights_report"], server, span)
    broken = [name for name, rows in loaded.items() if rows and "publisher_platform" in rows[0]]
    assert broken
    return (
        manner(place.passed),
        streams(loaded, list(models), refused),
        YES,
        breakdowns(loaded, broken, server, span),
        NONE,
    )
