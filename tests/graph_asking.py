"""How tests provoke each error of the Graph dialect, for each operation in the world docs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from mockserver.clock import Clock
from mockserver.contract.load import load as load_contract
from mockserver.pipeline import Response, Runtime
from mockserver.settings import Settings
from mockserver.world import report_runs
from mockserver.world.entities import ReportPlan
from mockserver.world.load import load
from tests.graph import ACCOUNT, AD, Graph, graph_on

RUN = "/v26.0/RUN"  # of a report that is asked for first
PATHS = {
    "insights": f"/v26.0/{ACCOUNT}/insights",
    "campaigns": f"/v26.0/{ACCOUNT}/campaigns",
    "adsets": f"/v26.0/{ACCOUNT}/adsets",
    "ads": f"/v26.0/{ACCOUNT}/ads",
    "adaccount": f"/v26.0/{ACCOUNT}",
    "campaign": "/v26.0/120000000000003/",
    "adset": "/v26.0/120000000000002/",
    "ad": f"/v26.0/{AD}/",
    "me": "/v26.0/me",
    "adaccounts": "/v26.0/me/adaccounts",
    "insights_async": f"POST /v26.0/{ACCOUNT}/insights",
    "report_run": f"{RUN}/",
    "report_run_insights": f"{RUN}/insights",
    "report_run_delete": f"DELETE {RUN}",
    "export_report": "/ads/ads_insights/export_report?report_run_id=RUN",
    "batch": "POST /v26.0/?batch=[]",
    "ids": f"/v26.0/?ids={ACCOUNT},{AD}",
    "ids_edge": f"/v26.0/insights?ids={ACCOUNT},{AD}",
    "adcreative": "/v26.0/120237521950668685",
    "adspixel": "/v26.0/330000000000001",
    "page": "/v26.0/2380000000001",
    "accounts": "/v26.0/me/accounts",
    "leads": f"/v26.0/{AD}/leads",
    "businesses": "/v26.0/me/businesses",
    "business_users": "/v26.0/me/business_users",
    **{
        edge: f"/v26.0/{ACCOUNT}/{edge}"
        for edge in (
            *("adcreatives", "adspixels", "promote_pages"),
            *("activities", "adimages", "adlabels", "advideos", "customaudiences", "customconversions"),
        )
    },
}
TYPES = {name: load_contract("meta").operations[name].record.get("title", "") for name in PATHS}
TYPES |= {"report_run": "AdReportRun", "ids": "AdAccount"}
INSIGHTS = ("insights", "insights_async")
RUNS = ("report_run", "report_run_insights", "report_run_delete")
SEVERAL = ("ids", "ids_edge")
LISTS = ("campaigns", "adsets", "ads")
EDGES = (
    *("adcreatives", "adspixels", "promote_pages", "leads"),
    *("activities", "adimages", "adlabels", "advideos", "customaudiences", "customconversions"),
)
OBJECTS = ("adaccount", "campaign", "adset", "ad", "adcreative", "adspixel", "page")
USER_EDGES = ("adaccounts", "accounts", "businesses", "business_users")
USER = ("me", *USER_EDGES)
NODES = (*INSIGHTS, *LISTS, *EDGES, *OBJECTS)
PAGED = (*INSIGHTS, *LISTS, *EDGES, *USER_EDGES)
WITH_FIELDS = (*LISTS, *EDGES, *OBJECTS, *USER)
MANAGED = tuple(name for name in (*LISTS, *EDGES, *OBJECTS) if name != "page")

GRAPH = graph_on("docs")


@dataclass(frozen=True)
class Refusal:
    """*ask* makes the error *name* of an operation's path; TYPE, PATH, EDGE in *message* are the operation's."""

    name: str
    operations: tuple[str, ...]
    ask: Callable[[str], Response]
    message: str
    code: int = 100
    subcode: int | None = None
    status: int = 400
    kind: str = "OAuthException"
    extra: Mapping[str, Any] = field(default_factory=dict)

    def words(self, operation: str) -> str:
        """The message that *operation* gives."""
        method, _, target = PATHS[operation].rpartition(" ")
        path = target.partition("?")[0].removeprefix("/v26.0").rstrip("/")
        edge = path if operation in SEVERAL else path.removeprefix("/" + path.split("/")[1]) if path else ""
        told = {"TYPE": TYPES.get(operation, ""), "PATH": path, "EDGE": edge, "METHOD": (method or "GET").lower()}
        words = self.message
        for name, value in told.items():
            words = words.replace(name, value)
        return words


def called(graph: Graph, target: str, body: Any = None, **parameters: Any) -> Response:
    """Call a path of PATHS, of a new report where it names one, with *parameters* that are text or travel as JSON."""
    method, _, path = target.rpartition(" ")
    path, _, query = path.replace("RUN", report(graph) if "RUN" in path else "").partition("?")
    sent = {"access_token": "EAAtok", **dict(parse_qsl(query)), **parameters}
    texts = {name: one if isinstance(one, str) else json.dumps(one) for name, one in sent.items() if one is not None}
    kind = {} if body is None else {"content-type": "application/json"}
    return graph.send(method or "GET", path, urlencode(texts), kind, b"" if body is None else json.dumps(body).encode())


def report(graph: Graph, seconds: int = 0) -> str:
    """The id of a report of the ad account's spend that takes so many *seconds*."""
    world = graph.runtime.world
    node, arguments = (
        world.file.nodes[ACCOUNT],
        load_contract("meta").operations["insights_async"].read({"fields": "spend"}),
    )
    return report_runs.request(world, node, "account", arguments, None, ReportPlan(seconds=seconds)).id


def asked(**parameters: Any) -> Callable[[str], Response]:
    """Ask with *parameters*."""
    return lambda path: called(GRAPH, path, **parameters)


def at(below: str) -> Callable[[str], Response]:
    """Ask below the operation's path."""

    def ask(target: str) -> Response:
        path, mark, query = target.partition("?")
        return called(GRAPH, path.rstrip("/") + below + mark + query)

    return ask


def by_json(body: Any) -> Callable[[str], Response]:
    """Ask with a JSON body."""
    return lambda path: called(GRAPH, path, body)


def elsewhere(target: str) -> Response:
    """Ask the same of an id that nobody has."""
    known = next(one for one in ("RUN", ACCOUNT, target.split("/")[2]) if one in target)
    return called(GRAPH, target.replace(known, "404404"))


def above(path: str) -> Response:
    """Ask for the account's rows under one of its ads."""
    return called(GRAPH, path.replace(ACCOUNT, AD), level="account")


def posted(path: str) -> Response:
    """Write instead of read."""
    return called(GRAPH, f"POST {path}")


def early(target: str) -> Response:
    """Ask for the rows of a report that takes a minute."""
    return called(GRAPH, target.replace("RUN", report(GRAPH, seconds=60)))


def part(at: int, *entries: Any) -> Callable[[str], Response]:
    """Ask with a batch of *entries* for the answer to the one *at* that place, as if it had come alone."""

    def ask(target: str) -> Response:
        answer = json.loads(called(GRAPH, target, batch=list(entries)).body)[at]
        headers = [
            (one["name"], one["value"].replace("text/javascript", "application/json")) for one in answer["headers"]
        ]
        return Response(answer["code"], headers, answer["body"].encode())

    return ask


def crowded(path: str) -> Response:
    """Ask a server of few rows for each day of many months."""
    return graph_on("docs", row_budget=9).get(path, date_preset="maximum", time_increment=1)


def filtered(entry: Any) -> Callable[[str], Response]:
    """Ask with one entry of filtering."""
    return asked(filtering=[entry])


def throttled(scale: float, code: int) -> Callable[[str], Response]:
    """Ask every 61 seconds, with limits scaled by *scale*, until *code* refuses."""

    def ask(path: str) -> Response:
        steady = [0.0]
        clock = Clock(date(2026, 11, 21), steady=lambda: steady[0])
        graph = Graph(Runtime(Settings(throttle=scale), load("docs"), clock))
        for _ in range(60):
            response = called(graph, path)
            if f'"code":{code},'.encode() in response.body:
                break
            steady[0] += 61
        return response

    return ask


def ranged(since: str, until: str) -> Callable[[str], Response]:
    """Ask for a range of days."""
    return asked(time_range={"since": since, "until": until})


def action(operator: str, **rest: Any) -> Callable[[str], Response]:
    """Ask with a filter on action_type."""
    return filtered({"field": "action_type", "operator": operator, **rest})
