"""The profile of a mock that serves a world file: its ids, and a specimen of every kind of credential in it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mockserver.resources import folder

from .profile import CamsProfile, Key, MetaProfile, Profile, ProfileFault, Space, Template, Token

_READ = {"ads_read", "ads_management"}
Entry = Mapping[str, Any]


def read(name: str) -> Entry:
    """The world file *name*: that of a shipped world, or a path; raises ProfileFault."""
    shipped = folder("fixtures") / "worlds" / f"{name}.json"
    try:
        world = json.loads((shipped if shipped.is_file() else Path(name)).read_bytes())
    except OSError as error:
        raise ProfileFault(f"cannot read the world {name}: {error.strerror}") from None
    except ValueError as error:
        raise ProfileFault(f"the world {name} is not JSON: {error}") from None
    if not isinstance(world, dict):
        raise ProfileFault(f"the world {name} is no JSON object")
    return world


def profile(world: Entry, base_url: str) -> Profile:
    """What the kit may use of a mock at *base_url* that serves *world*."""
    credentials = world.get("credentials", {})
    try:
        return Profile(meta=_meta(credentials, base_url), cams=_cams(world, credentials, base_url), world=world)
    except (KeyError, TypeError, AttributeError) as error:
        told = f"{type(error).__name__}: {error}"
        raise ProfileFault(f"the world is not one ({told}); `mockserver world check` names its faults") from None


def _meta(credentials: Entry, base_url: str) -> MetaProfile | None:
    apps = {app["id"]: app for app in credentials.get("apps", ())}
    sound: list[Entry] = []
    tokens: dict[str, Token] = {}
    for entry in credentials.get("access_tokens", ()):
        app = apps[entry["app_id"]]
        token = Token(entry["token"], app["secret"])
        kind = _kind(entry, app)
        if kind is None:
            sound.append(entry)
        else:
            tokens.setdefault(kind, token)
    if not sound:
        return None
    widest = max(sound, key=lambda entry: len(entry.get("accounts", ())))
    seen = set(widest.get("accounts", ()))
    narrow = next((entry for entry in sound if set(entry.get("accounts", ())) < seen), None)
    if narrow:
        tokens["narrow"] = Token(narrow["token"], apps[narrow["app_id"]]["secret"])
    return MetaProfile(base_url, Token(widest["token"], apps[widest["app_id"]]["secret"]), tokens=tokens)


def _kind(entry: Entry, app: Entry) -> str | None:
    """Why this token is no ordinary one; None where it is."""
    if "expires" in entry:
        return "expired" if entry["expires"] < "2026" else "expiring"
    if "invalidated" in entry:
        return str(entry["invalidated"])
    if not _READ & set(entry.get("permissions", ())):
        return "powerless"
    return "proof" if app.get("require_appsecret_proof") else None


def _cams(world: Entry, credentials: Entry, base_url: str) -> CamsProfile | None:
    entries = credentials.get("access_keys", ())
    owners = {space["owner_id"] for space in world.get("spaces", ()) if space.get("subscribed", True)}
    mighty = [entry for entry in entries if _mighty(entry) and entry["owner_id"] in owners]
    own = next((entry for entry in mighty if "security_token" not in entry), None)
    if own is None:
        return None
    spaces = world.get("spaces", ())
    usable = [one for one in spaces if one["owner_id"] == own["owner_id"] and one.get("subscribed", True)]
    return CamsProfile(
        base_url=base_url,
        key=_key(own),
        spaces=tuple(map(_space, usable)),
        templates=tuple(_templates(world, {one["id"] for one in usable})),
        keys=_specimens(entries, own),
        closed=_closed(spaces, own["owner_id"]),
        bearer=_bearer(credentials, own["owner_id"]),
    )


def _bearer(credentials: Entry, owner_id: str) -> str | None:
    tokens = credentials.get("bearer_tokens", ())
    return next((one["token"] for one in tokens if one["owner_id"] == owner_id and "*" in one["actions"]), None)


def _mighty(entry: Entry) -> bool:
    return "*" in entry.get("actions", ()) and entry.get("active", True)


def _specimens(entries: Iterable[Entry], own: Entry) -> dict[str, Key]:
    found: dict[str, Key] = {}
    for entry in entries:
        if not entry.get("active", True):
            kind = "inactive"
        elif not entry.get("actions"):
            kind = "powerless"
        elif entry["owner_id"] != own["owner_id"]:
            kind = "other_owner"
        elif "security_token" in entry:
            kind = "temporary" if entry["id"].startswith("STS.") else "temporary_same_id"
        else:
            continue
        found.setdefault(kind, _key(entry))
    return found


def _key(entry: Entry) -> Key:
    return Key(entry["id"], entry["secret"], entry.get("security_token"))


def _closed(spaces: Iterable[Entry], owner_id: str) -> dict[str, Space]:
    found: dict[str, Space] = {}
    for one in spaces:
        if one["owner_id"] != owner_id:
            found.setdefault("other_owner", _space(one))
        elif not one.get("subscribed", True):
            found.setdefault("unsubscribed", _space(one))
    return found


def _space(entry: Entry) -> Space:
    return Space(entry["id"], tuple(entry.get("pages", ())), tuple(entry.get("accounts", ())), entry)


def _templates(world: Entry, usable: set[str]) -> Iterable[Template]:
    grouped: dict[str, list[Entry]] = {}
    for entry in world.get("templates", ()):
        grouped.setdefault(entry["code"], []).append(entry)
    for code, entries in grouped.items():
        first = entries[0]
        fit = first["space_id"] in usable and all(
            (one.get("category"), one.get("type")) == ("MARKETING", "WHATSAPP") for one in entries
        )
        yield Template(code, first["space_id"], tuple(sorted(one["language"] for one in entries)), fit)
