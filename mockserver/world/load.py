"""A world file, read once into entities and indexes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from mockserver.errors import UserError
from mockserver.resources import folder
from mockserver.world import credentials, entries
from mockserver.world.assets import Assets, assets
from mockserver.world.check import faults
from mockserver.world.entities import (
    AccessKey,
    AccessToken,
    Account,
    Ad,
    AdSet,
    App,
    BearerToken,
    Campaign,
    Page,
    ReportRule,
    Space,
    Template,
)

Node = Account | Campaign | AdSet | Ad
LEVELS = ("account", "campaign", "adset", "ad")
_LEVEL: dict[type, str] = dict(zip((Account, Campaign, AdSet, Ad), LEVELS, strict=True))


@dataclass(frozen=True, slots=True)
class WorldFile:
    """Everything that is true before the first request; lists are newest first, as the vendors list them."""

    name: str
    seed: int
    today: str | None
    accounts: tuple[Account, ...]
    pages: Mapping[str, Page]
    nodes: Mapping[str, Node]  # by Graph id: accounts under act_<id>
    below: Mapping[tuple[str, str], tuple[Node, ...]]  # (Graph id, level) → the nodes of that level, itself included
    assets: Assets  # creatives, pixels and pages
    spaces: Mapping[str, Space]
    templates: Mapping[str, tuple[Template, ...]]  # by code, one for each language
    apps: Mapping[str, App]
    access_tokens: Mapping[str, AccessToken]
    access_keys: Mapping[tuple[str, str | None], AccessKey]  # by id and security token
    bearer_tokens: Mapping[str, BearerToken]
    report_runs: tuple[ReportRule, ...] = ()


def graph_id(node: Node) -> str:
    """The id under which Graph knows *node*."""
    return f"act_{node.id}" if isinstance(node, Account) else node.id


def level_of(node: Node) -> str:
    """The level of *node*: account, campaign, adset or ad."""
    return _LEVEL[type(node)]


def parents(node: Node) -> Iterator[Node]:
    """*node* and everything above it, up to its account."""
    yield node
    if isinstance(node, Ad):
        yield from parents(node.adset)
    elif isinstance(node, AdSet):
        yield from parents(node.campaign)
    elif isinstance(node, Campaign):
        yield node.account


def created_time(node: Node) -> datetime:
    """When *node* was made; an ad set with its campaign."""
    return (node.campaign if isinstance(node, AdSet) else node).created_time


def updated_time(node: Campaign | AdSet | Ad) -> datetime:
    """When *node* was last changed: with its campaign, or when it was made."""
    campaign = node if isinstance(node, Campaign) else node.campaign
    return max(created_time(node), campaign.updated_time)


def shipped() -> list[str]:
    """The names of the worlds that ship with the package."""
    return sorted(path.stem for path in (folder("fixtures") / "worlds").glob("*.json"))


def read_document(name: str) -> Any:
    """The JSON document of a shipped world or of a world file; raises UserError."""
    path = folder("fixtures") / "worlds" / f"{name}.json" if name in shipped() else Path(name)
    try:
        return orjson.loads(path.read_bytes())
    except OSError as error:
        raise UserError(
            f"world {name!r} is neither shipped ({', '.join(shipped())}) nor a readable file: {error.strerror}"
        ) from None
    except orjson.JSONDecodeError as error:
        raise UserError(f"world file {name!r} is not JSON: {error}") from None


def load(name: str) -> WorldFile:
    """A shipped world by its name, or a world file by its path; raises UserError that names the first faults."""
    document = read_document(name)
    if found := faults(document):
        more = f" (and {len(found) - 1} more; `mockserver world check` lists them)" if len(found) > 1 else ""
        raise UserError(f"world {name!r}: {found[0]}{more}")
    return build(document)


def build(document: Mapping[str, Any]) -> WorldFile:
    """The entities of a *document* that has no faults."""
    accounts = {entry["id"]: entries.account(entry) for entry in document["accounts"]}
    pages = {entry["id"]: Page(**entry) for entry in document["pages"]}
    ads = list(entries.ads(document, accounts, pages))
    nodes, below = _index(accounts.values(), ads)
    spaces = {entry["id"]: entries.space(entry) for entry in document["spaces"]}
    templates = sorted((entries.template(entry, spaces) for entry in document["templates"]), key=lambda one: one.code)
    keys = document["credentials"]
    apps = {entry["id"]: credentials.app(entry) for entry in keys["apps"]}
    return WorldFile(
        name=document["name"],
        seed=document["seed"],
        today=document.get("today"),
        accounts=tuple(accounts.values()),
        pages=pages,
        nodes=nodes,
        below=below,
        assets=assets(document["seed"], ads, nodes),
        spaces=spaces,
        templates={code: tuple(same) for code, same in groupby(templates, key=lambda one: one.code)},
        apps=apps,
        access_tokens={entry["token"]: credentials.access_token(entry, apps) for entry in keys["access_tokens"]},
        access_keys={(key.id, key.security_token): key for key in map(credentials.access_key, keys["access_keys"])},
        bearer_tokens={entry["token"]: credentials.bearer_token(entry) for entry in keys["bearer_tokens"]},
        report_runs=tuple(entries.report_rule(entry) for entry in document.get("report_runs", ())),
    )


def _index(accounts: Any, ads: list[Ad]) -> tuple[dict[str, Node], dict[tuple[str, str], tuple[Node, ...]]]:
    nodes: dict[str, Node] = {graph_id(account): account for account in accounts}
    below: dict[tuple[str, str], dict[Node, None]] = {
        (graph_id(account), level): {} for account in accounts for level in LEVELS
    }
    for account in accounts:
        below[graph_id(account), "account"][account] = None
    for ad in ads:
        chain = list(parents(ad))
        for depth, node in enumerate(chain):
            nodes[graph_id(node)] = node
            for child in chain[: depth + 1]:
                below.setdefault((graph_id(node), level_of(child)), {})[child] = None
    return nodes, {key: tuple(sorted(found, key=age, reverse=True)) for key, found in below.items()}


def age(node: Node) -> tuple[datetime, int]:
    """What lists are sorted by, newest last."""
    return created_time(node), 0 if isinstance(node, Account) else int(node.id)
