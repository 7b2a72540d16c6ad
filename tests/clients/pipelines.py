"""Open-source pipelines that read Facebook insights, behind a door to their hard-coded host."""

import json
import os
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from mockserver.running import Running
from tests import door
from tests.clients import places
from tests.clients.graph_sdks import account, told
from tests.clients.proof import NONE, proves

Row = Mapping[str, Any]
HOST = "graph.facebook.com"
DAYS = 2
YES = "yes"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pipeline runs: its environment, and a folder for its files."""

    python: Path
    folder: Path
    environment: Mapping[str, str]

    def run(self, program: str, *arguments: str) -> list[dict[str, Any]]:
        """What the pipeline prints, line by line."""
        ended = subprocess.run(
            [str(self.python.parent / program), *arguments],
            env={**os.environ, **self.environment},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr[-3000:]
        return [json.loads(line) for line in ended.stdout.splitlines() if line.startswith(("{", "["))]

    def file(self, name: str, content: object) -> str:
        """A file of JSON in the folder."""
        (self.folder / name).write_text(json.dumps(content), "utf-8")
        return name


@contextmanager
def behind(server: Running, name: str) -> Iterator[Place]:
    """A pipeline's environment, from which its host is *server*."""
    python = places.python(name)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with door.opened(HOST, server.host, folder) as opened:
            yield Place(python, folder, {**opened.environment(), **_trusting(python, opened.ca_file, folder)})


def _trusting(python: Path, ca_file: Path, folder: Path) -> dict[str, str]:
    """For programs that ask certifi alone which authorities to trust: a module beside it that adds ours."""
    hook = folder / "sitecustomize.py"
    hook.write_text(f"import certifi\ncertifi.where = lambda: {str(ca_file)!r}\n", "utf-8")
    return {"PYTHONPATH": str(folder)}


def days() -> list[date]:
    """Days that are over in any time zone, and near enough for any default."""
    today = datetime.now(UTC).date()
    return [today - timedelta(3 + DAYS - number) for number in range(DAYS)]


def world(server: Running, asked: Sequence[date] | None = None, level: str = "ad") -> dict[tuple[str, str], Row]:
    """What synchronous insights tell: a row for each day and object."""
    span = asked or days()
    wanted = {"since": str(span[0]), "until": str(span[-1])}
    params = {"time_range": json.dumps(wanted), "time_increment": "1", "level": level, "limit": "1000"}
    fields = f"{level}_id,impressions,spend,reach"
    answer = told(server, f"{account(server)}/insights", fields=fields, **params)
    return {(row["date_start"], row[f"{level}_id"]): row for row in answer["data"]}


def equal(loaded: Iterable[Row], server: Running, names: Sequence[str] = ("impressions", "spend", "reach")) -> None:
    """The rows are the world's, each day and ad once, none missing and none made up."""
    rows = {(row["date_start"][:10], row["ad_id"]): row for row in loaded}
    expected = world(server)

    assert len(expected) > 10
    assert len({day for day, _ in expected}) == DAYS
    assert rows.keys() == expected.keys()
    for key, row in rows.items():
        assert {name: Decimal(str(row[name])) for name in names} == {
            name: Decimal(expected[key][name]) for name in names
        }


def sums(broken: Iterable[Row], server: Running) -> None:
    """Rows of a breakdown add up to the row that they break down."""
    found: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(), Decimal()])
    for row in broken:
        entry = found[row["date_start"][:10], row["ad_id"]]
        entry[0] += Decimal(str(row["impressions"]))
        entry[1] += Decimal(str(row["spend"]))

    assert found == {key: [Decimal(row["impressions"]), Decimal(row["spend"])] for key, row in world(server).items()}


def _records(messages: Iterable[Row]) -> dict[str, list[Row]]:
    """Singer's records by stream."""
    found: dict[str, list[Row]] = {message["stream"]: [] for message in messages if message["type"] == "SCHEMA"}
    for message in messages:
        if message["type"] == "RECORD":
            found[message["stream"]].append(message["record"])
    return found


def listed(server: Running, edge: str, **params: str) -> set[str]:
    """The ids that an edge of the account lists."""
    answer = told(server, f"{account(server)}/{edge}", fields="id", limit="500", **params)
    return {one["id"] for one in answer["data"]}


def _of_all(loaded: Sized, streams: Sized) -> str:
    return f"{len(loaded)} of {len(streams)}"


ROW = ("reads insights by", "streams", "rows equal the world's, day by day", "breakdowns sum to them", "next run")


@proves("tap-facebook", *ROW)
def tap(server: Running) -> tuple[str, ...]:
    """Singer's tap: a job for each day and breakdown, objects one by one, creatives in batches."""
    _, last = days()
    config = {
        "start_date": f"{last}T00:00:00Z",
        "end_date": f"{last}T00:00:00Z",
        "account_id": account(server).removeprefix("act_"),
        "access_token": "EAAtok",
        "insights_buffer_days": "1",
    }
    with behind(server, "tap-facebook") as place:
        place.file("config.json", config)
        catalog = _whole_catalog(place, "tap-facebook", "-c", "config.json", "--discover")
        arguments = ("-c", "config.json", "-p", place.file("catalog.json", catalog))
        loaded = _records(place.run("tap-facebook", *arguments))
        bookmark = sorted(one["updated_time"] for one in loaded["ads"])[len(loaded["ads"]) // 2]
        state = {"bookmarks": {"ads": {"updated_time": bookmark}}}
        again = _records(place.run("tap-facebook", *arguments, "-s", place.file("state.json", state)))

    broken = [name for name in loaded if name.startswith("ads_insights_") and loaded[name]]
    assert {one["id"] for one in loaded["ads"]} == listed(server, "ads")
    assert {one["id"] for one in loaded["campaigns"]} == listed(server, "campaigns")
    assert {one["id"] for one in loaded["adcreative"]} == listed(server, "adcreatives")
    equal(loaded["ads_insights"], server)
    for name in broken:
        sums(loaded[name], server)
    newer = {one["id"] for one in loaded["ads"] if one["updated_time"] > bookmark}
    assert {one["id"] for one in again["ads"]} == newer
    assert 0 < len(newer) < len(loaded["ads"])
    return "SDK, async", _of_all(loaded, catalog["streams"]), YES, str(len(broken)), YES


def _whole_catalog(place: Place, *command: str) -> Any:
    """The catalog that a Singer tap discovers, with everything selected."""
    printed = subprocess.run(
        [str(place.python.parent / command[0]), *command[1:]],
        env={**os.environ, **place.environment},
        cwd=place.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    catalog = json.loads(printed.stdout)
    for stream in catalog["streams"]:
        for entry in stream["metadata"]:
            entry["metadata"]["selected"] = True
    return catalog


@proves("airbyte-source-facebook-marketing", *ROW)
def airbyte(server: Running) -> tuple[str, ...]:
    """Airbyte's source: jobs polled in batches, with every breakdown and action breakdown that it has."""
    first, last = days()
    config = {
        "account_ids": [account(server).removeprefix("act_")],
        "start_date": f"{first}T00:00:00Z",
        "end_date": f"{last}T00:00:00Z",
        "credentials": {"auth_type": "Service", "access_token": "EAAtok"},
    }
    with behind(server, "airbyte") as place:
        options = ("--config", place.file("config.json", config))
        (verdict,) = _of(place.run("source-facebook-marketing", "check", *options), "CONNECTION_STATUS")
        (found,) = _of(place.run("source-facebook-marketing", "discover", *options), "CATALOG")
        streams = found["catalog"]["streams"]
        catalog = {"streams": [_configured(stream) for stream in streams]}
        arguments = ("read", *options, "--catalog", place.file("catalog.json", catalog))
        messages = place.run("source-facebook-marketing", *arguments)
        states = {one["state"]["stream"]["stream_descriptor"]["name"]: one["state"] for one in _of(messages, "STATE")}
        state = place.file("state.json", list(states.values()))
        insights = [stream for stream in catalog["streams"] if stream["stream"]["name"] == "ads_insights"]
        place.file("catalog.json", {"streams": insights})
        again = _airbyte_records(place.run("source-facebook-marketing", *arguments, "--state", state))

    loaded = _airbyte_records(messages)
    broken = [name for name in loaded if name.startswith("ads_insights_") and loaded[name]]
    assert verdict["connectionStatus"]["status"] == "SUCCEEDED"
    assert _finished(messages) == {stream["name"] for stream in streams}
    equal(loaded["ads_insights"], server)
    for name in broken:
        sums(loaded[name], server)
    equal(again["ads_insights"], server)
    return "SDK, async, polled in batches", _of_all(streams, streams), YES, str(len(broken)), YES


def _of(messages: Iterable[Row], kind: str) -> list[Row]:
    return [message for message in messages if message["type"] == kind]


def _configured(stream: Row) -> dict[str, Any]:
    mode = "incremental" if "incremental" in stream["supported_sync_modes"] else "full_refresh"
    return {"stream": stream, "sync_mode": mode, "destination_sync_mode": "append"}


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


@proves("meltano-tap-facebook", *ROW)
def meltano(server: Running) -> tuple[str, ...]:
    """Meltano's tap: objects by plain REST, a job for each day."""
    first, last = days()
    config = {
        "start_date": f"{first}T00:00:00Z",
        "end_date": f"{last}T00:00:00Z",
        "account_id": account(server).removeprefix("act_"),
        "access_token": "EAAtok",
    }
    with behind(server, "meltano") as place:
        options = ("--config", place.file("config.json", config))
        catalog = _whole_catalog(place, "tap-facebook", *options, "--discover")
        for stream in catalog["streams"]:
            if stream["tap_stream_id"] in NOT_LOADED:
                stream["metadata"][-1]["metadata"]["selected"] = False
        arguments = (*options, "--catalog", place.file("catalog.json", catalog))
        messages = place.run("tap-facebook", *arguments)
        *_, state = (message["value"] for message in messages if message["type"] == "STATE")
        again = _records(place.run("tap-facebook", *arguments, "--state", place.file("state.json", state)))

    loaded = _records(messages)
    until = str(last)
    equal((row for row in loaded["adsinsights_default"] if row["date_start"] <= until), server)
    equal((row for row in again["adsinsights_default"] if str(first) <= row["date_start"] <= until), server)
    return "SDK, async; objects by REST", _of_all(loaded, catalog["streams"]), YES, NONE, YES


@proves("facebook-ads-reports", *ROW)
def reports(server: Running) -> tuple[str, ...]:
    """Reports by plain synchronous requests, whose next page is opened as it is."""
    first, last = days()
    with behind(server, "facebook-ads-reports") as place:
        script = str(Path(__file__).parent / "scripts/reports.py")
        (models,) = place.run("python", script, account(server), str(first), str(last))

    refused = {name: text for name, text in models.items() if isinstance(text, str)}
    loaded = {name: rows for name, rows in models.items() if name not in refused}
    # Graph has no such field of a campaign
    assert [text for text in refused.values() if "nonexisting field (account_name)" not in text] == []
    assert {one["id"] for one in loaded["ad_summary_report"]} == listed(server, "ads")
    sums(loaded["ad_insights_report"], server)
    return "REST, sync", _of_all(loaded, models), YES, "1", NONE
