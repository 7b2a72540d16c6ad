"""Alibaba Cloud's SDKs, each in an interpreter of its own: calls go in as JSON, answers come out as JSON."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from contract_tests.signing import query, v3_headers
from mockserver.contract.load import load
from mockserver.running import Running
from tests.cams_arguments import BEFORE, NAMES, minimal
from tests.clients import places
from tests.clients.graph_sdks import told
from tests.clients.proof import proves

SCRIPTS = Path(__file__).parent / "scripts"
READS = ("Get", "List", "Query")
# others would miss what these take away, and all of them their space
LAST = ("Archive", "ChatappPhoneNumberDeregister", "Delete", "Remove", "Unbind", "UpdateWabaMmlStatus")
VERY_LAST = "DeleteInstance"
FIELDS = "marketing_messages_delivered,marketing_messages_link_btn_click,marketing_messages_spend"

Call = tuple[str, Mapping[str, Any]]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Client:
    """A client: how it is started, which signatures it has, and the operations that it must know at least."""

    name: str
    command: Callable[[], list[str]]
    signatures: tuple[str, ...]
    operations: int
    campaigns: bool = True

    def ask(
        self, server: Running, calls: Iterable[Call], signature: str = "", secret: str = "testsecret"
    ) -> list[Answer]:
        """What the client makes of the answers to *calls*."""
        asked = {
            "host": server.host,
            "key": "testid",
            "secret": secret,
            "signature": signature or self.signatures[0],
            "calls": list(calls),
        }
        ended = subprocess.run(
            self.command(),
            input=json.dumps(asked),
            env={**os.environ, "NODE_PATH": str(places.HOME / "node/node_modules")},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr[-3000:]
        return list(json.loads(ended.stdout))


def _python(script: str, environment: str = "") -> Callable[[], list[str]]:
    return lambda: [str(places.python(environment) if environment else sys.executable), str(SCRIPTS / script)]


def _node(kind: str) -> Callable[[], list[str]]:
    def command() -> list[str]:
        places.node()
        return ["node", str(SCRIPTS / "cams.cjs"), kind]

    return command


CLIENTS = (
    Client("alibabacloud_cams20200606 5.x", _python("cams_typed.py"), ("V3", "V1"), 173),
    Client("alibabacloud_cams20200606 3.1.0", _python("cams_typed.py", "cams-3.1.0"), ("V3", "V1"), 92, False),
    Client("@alicloud/cams20200606", _node("typed"), ("V3", "V1"), 54, False),
    Client("@alicloud/pop-core", _node("pop"), ("V1",), 173),
    Client("aliyun-python-sdk-core", _python("cams_core.py"), ("V1",), 173),
)


def raw(server: Running, action: str, arguments: Mapping[str, Any]) -> Answer:
    """The answer to a request signed without any SDK."""
    sent = query({name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()})
    common = {
        "host": server.host,
        "x-acs-action": action,
        "x-acs-version": "2020-06-06",
        "x-acs-date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": uuid.uuid4().hex,
    }
    headers = v3_headers("testsecret", "testid", "GET", sent, common, b"")
    return dict(requests.get(f"{server.url}/?{sent}", headers=headers, timeout=30).json())


def within(got: Any, whole: Any) -> bool:
    """Whether all that a client has got stands in the *whole* answer; it may not know newer parts of it."""
    if isinstance(got, dict):
        return all(value in ([], {}) or within(value, whole[name]) for name, value in got.items())
    if isinstance(got, list):
        return len(got) == len(whole) and all(map(within, got, whole))
    return bool(got == whole)


def everything(server: Running) -> list[Call]:
    """A call of each operation, in an order in which each can be answered."""
    in_order = sorted(
        NAMES, key=lambda name: (name == VERY_LAST, name.startswith(LAST), not name.startswith(READS), name)
    )
    return [(name, minimal(name, server.runtime.file)) for name in sorted(in_order, key=_after_what_it_needs)]


def _after_what_it_needs(name: str) -> bool:
    return name in BEFORE or name.startswith(LAST)


def _signed(client: Client, signature: str) -> Callable[[Running], str]:
    def proof(server: Running) -> str:
        """A list of templates, read through the client's own models."""
        call = ("ListChatappTemplate", minimal("ListChatappTemplate", server.runtime.file))
        (answer,) = client.ask(server, [call], signature)
        whole = raw(server, *call)

        assert whole["Code"] == "OK"
        assert within({**answer["body"], "RequestId": whole["RequestId"]}, whole)
        return "yes"

    return proof


def _pages(client: Client) -> Callable[[Running], str]:
    def proof(server: Running) -> str:
        """Pages of five hold what one page of a hundred holds."""
        first = minimal("ListChatappTemplate", server.runtime.file)
        sizes = [(1, 100), (1, 5), (2, 5), (3, 5), (4, 5)]
        calls = [("ListChatappTemplate", {**first, "Page": {"Index": index, "Size": size}}) for index, size in sizes]
        whole, *parts = [answer["body"].get("ListTemplate", []) for answer in client.ask(server, calls)]

        assert len(whole) > 10
        assert [one for part in parts for one in part] == whole
        return "yes"

    return proof


def _operations(client: Client) -> Callable[[Running], str]:
    def proof(server: Running) -> str:
        """Each operation that the client knows answers OK."""
        calls = everything(server)
        answers = dict(zip((name for name, _ in calls), client.ask(server, calls), strict=True))
        known = {name: answer for name, answer in answers.items() if answer is not None}

        assert {name: answer for name, answer in known.items() if not _good(name, answer)} == {}
        assert len(known) >= client.operations
        return str(len(known))

    return proof


def _good(name: str, answer: Answer) -> bool:
    """Whether it is a body with Code OK; only an operation that documents no Code need not have it."""
    body, documented = answer.get("body"), load("cams").operations[name].raw["response"]["properties"]
    return bool(body) and body.get("Code") == ("OK" if "Code" in documented else None)


def _refusals(client: Client) -> Callable[[Running], str]:
    def proof(server: Running) -> str:
        """The vendor's code and status reach the caller as an exception."""
        (missing,) = client.ask(server, [("GetChatappTemplateDetail", {"Language": "en"})])
        (unsigned,) = client.ask(server, [("ListChatappTemplate", {})], secret="wrong")

        assert (missing["code"], int(missing["status"])) == ("MissingTemplateCode", 400)
        assert (unsigned["code"], int(unsigned["status"])) == ("SignatureDoesNotMatch", 400)
        return "yes"

    return proof


def _numbers(client: Client) -> Callable[[Running], str]:
    def proof(server: Running) -> str:
        """A campaign has the numbers that Graph tells for the same days."""
        asked = minimal("GetMessageCampaignInsights", server.runtime.file)
        (answer,) = client.ask(server, [("GetMessageCampaignInsights", asked)])
        (row,) = answer["body"]["Data"]
        days = json.dumps({"since": row["DateStart"], "until": row["DateStop"]})
        (same,) = told(server, f"{asked['CampaignId']}/insights", fields=FIELDS, time_range=days)["data"]

        assert int(same["marketing_messages_delivered"]) > 0
        assert {name.replace("_", ""): value for name, value in same.items()}.items() <= {
            name.lower(): value for name, value in row.items()
        }.items()
        return "yes"

    return proof


for one in CLIENTS:
    for each in one.signatures:
        proves(one.name, each)(_signed(one, each))
    if one.campaigns:
        proves(one.name, "numbers as Graph tells them")(_numbers(one))
    proves(one.name, "pages")(_pages(one))
    proves(one.name, "operations")(_operations(one))
    proves(one.name, "refusals")(_refusals(one))
