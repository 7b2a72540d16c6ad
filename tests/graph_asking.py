"""How tests provoke each error of the Graph dialect, for each operation in the world docs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mockserver.clock import Clock
from mockserver.contract.load import load as load_contract
from mockserver.pipeline import Response, Runtime
from mockserver.settings import Settings
from mockserver.world.load import load
from tests.graph import ACCOUNT, AD, Graph, graph_on

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
    "adcreative": "/v26.0/120237521950668685",
    "adspixel": "/v26.0/330000000000001",
    "page": "/v26.0/2380000000001",
    "accounts": "/v26.0/me/accounts",
    "businesses": "/v26.0/me/businesses",
    **{
        edge: f"/v26.0/{ACCOUNT}/{edge}"
        for edge in (
            *("adcreatives", "adspixels", "promote_pages"),
            *("activities", "adimages", "adlabels", "advideos", "customaudiences", "customconversions"),
        )
    },
}
TYPES = {name: load_contract("meta").operations[name].record.get("title", "") for name in PATHS}
INSIGHTS = ("insights",)
LISTS = ("campaigns", "adsets", "ads")
EDGES = (
    *("adcreatives", "adspixels", "promote_pages"),
    *("activities", "adimages", "adlabels", "advideos", "customaudiences", "customconversions"),
)
OBJECTS = ("adaccount", "campaign", "adset", "ad", "adcreative", "adspixel", "page")
USER_EDGES = ("adaccounts", "accounts", "businesses")
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
        path = PATHS[operation].removeprefix("/v26.0").rstrip("/")
        edge = path.removeprefix("/" + path.split("/")[1])
        return self.message.replace("TYPE", TYPES.get(operation, "")).replace("PATH", path).replace("EDGE", edge)


def asked(**parameters: Any) -> Callable[[str], Response]:
    """Ask with *parameters*."""
    return lambda path: GRAPH.get(path, **parameters)


def at(path: str) -> Callable[[str], Response]:
    """Ask below the operation's path."""
    return lambda operation: GRAPH.get(operation.rstrip("/") + path)


def by_json(body: Any) -> Callable[[str], Response]:
    """Ask with a JSON body."""
    headers = {"content-type": "application/json"}
    return lambda path: GRAPH.send("GET", path, "access_token=EAAtok", headers, json.dumps(body).encode())


def elsewhere(path: str) -> Response:
    """Ask the same of an id that nobody has."""
    return GRAPH.get(path.replace(path.split("/")[2], "404404"))


def above(path: str) -> Response:
    """Ask for the account's rows under one of its ads."""
    return GRAPH.get(path.replace(ACCOUNT, AD), level="account")


def posted(path: str) -> Response:
    """Write instead of read."""
    return GRAPH.send("POST", path, "access_token=EAAtok")


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
            response = graph.get(path)
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
