"""What a world document gets wrong about its ids: given twice, or naming nothing."""

from collections.abc import Iterable, Iterator
from typing import Any

from mockserver.world.check.shape import shown

Placed = tuple[str, str]  # a JSON path, and the text that stands there


def reference_faults(world: dict[str, Any]) -> Iterator[str]:
    """Ids and keys that are not unique, and references to what is not there."""
    for several in _unique(world):
        yield from _repeated(several)
    known = {name: {entry["id"] for entry in world[name]} for name in ("accounts", "pages", "spaces")}
    known["apps"] = {entry["id"] for entry in world["credentials"]["apps"]}
    for place, text, name in _references(world):
        if text not in known[name]:
            yield f"{place}: is {shown(text)}, expected the id of one of the {name}"


def _unique(world: dict[str, Any]) -> Iterator[Iterable[Placed]]:
    """Each group of which no two may be equal."""
    credentials = world["credentials"]
    yield _graph_ids(world)
    yield _each("$.spaces", world["spaces"], "id")
    yield _phone_numbers(world)
    yield _pairs("$.templates", world["templates"], "code", "language")
    yield _each("$.credentials.apps", credentials["apps"], "id")
    yield _each("$.credentials.access_tokens", credentials["access_tokens"], "token")
    yield _pairs("$.credentials.access_keys", credentials["access_keys"], "id", "security_token")
    yield _each("$.credentials.bearer_tokens", credentials["bearer_tokens"], "token")


def _each(place: str, entries: list[dict[str, Any]], name: str) -> Iterator[Placed]:
    for number, entry in enumerate(entries):
        yield f"{place}[{number}].{name}", entry[name]


def _pairs(place: str, entries: list[dict[str, Any]], one: str, other: str) -> Iterator[Placed]:
    for number, entry in enumerate(entries):
        yield f"{place}[{number}]", f"{entry[one]} {entry.get(other, '')}".rstrip()


def _phone_numbers(world: dict[str, Any]) -> Iterator[Placed]:
    for i, space in enumerate(world["spaces"]):
        yield from _each_text(f"$.spaces[{i}].phone_numbers", space.get("phone_numbers", ()))


def _each_text(place: str, texts: Iterable[str]) -> Iterator[Placed]:
    return ((f"{place}[{number}]", text) for number, text in enumerate(texts))


def _graph_ids(world: dict[str, Any]) -> Iterator[Placed]:
    """Accounts, pages, campaigns, ad sets and ads share one space of ids."""
    for kind in ("accounts", "pages", "campaigns"):
        yield from _each(f"$.{kind}", world[kind], "id")
    for i, campaign in enumerate(world["campaigns"]):
        yield from _each(f"$.campaigns[{i}].adsets", campaign["adsets"], "id")
        for j, adset in enumerate(campaign["adsets"]):
            yield from _each(f"$.campaigns[{i}].adsets[{j}].ads", adset["ads"], "id")


def _repeated(several: Iterable[Placed]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for place, text in several:
        if text in seen:
            yield f"{place}: is {shown(text)} like {seen[text]}, expected another"
        seen.setdefault(text, place)


def _references(world: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each reference: its place, the id that it names and the kind of thing that must have it."""
    for i, campaign in enumerate(world["campaigns"]):
        yield f"$.campaigns[{i}].account_id", campaign["account_id"], "accounts"
        yield f"$.campaigns[{i}].page_id", campaign["page_id"], "pages"
    for i, space in enumerate(world["spaces"]):
        yield from _listed(f"$.spaces[{i}]", space, "pages")
        yield from _listed(f"$.spaces[{i}]", space, "accounts")
    for i, template in enumerate(world["templates"]):
        yield f"$.templates[{i}].space_id", template["space_id"], "spaces"
    for i, rule in enumerate(world.get("report_runs", [])):
        if "account_id" in rule:
            yield f"$.report_runs[{i}].account_id", rule["account_id"], "accounts"
    for i, token in enumerate(world["credentials"]["access_tokens"]):
        yield f"$.credentials.access_tokens[{i}].app_id", token["app_id"], "apps"
        yield from _listed(f"$.credentials.access_tokens[{i}]", token, "accounts")


def _listed(place: str, entry: dict[str, Any], name: str) -> Iterator[tuple[str, str, str]]:
    for number, text in enumerate(entry[name]):
        yield f"{place}.{name}[{number}]", text, name
