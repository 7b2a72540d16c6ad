"""The credentials of a world file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mockserver.world.entities import AccessKey, AccessToken, App, BearerToken


def app(entry: Mapping[str, Any]) -> App:
    """A Meta app."""
    return App(
        id=entry["id"],
        secret=entry["secret"],
        require_appsecret_proof=entry.get("require_appsecret_proof", False),
        users=entry.get("users", 1000),
    )


def access_token(entry: Mapping[str, Any], apps: Mapping[str, App]) -> AccessToken:
    """A Graph access token of one of *apps*."""
    return AccessToken(
        token=entry["token"],
        app=apps[entry["app_id"]],
        user_id=entry["user_id"],
        user_name=entry["user_name"],
        permissions=frozenset(entry["permissions"]),
        accounts=frozenset(entry["accounts"]),
        expires=datetime.fromisoformat(entry["expires"]) if "expires" in entry else None,
        invalidated=entry.get("invalidated"),
    )


def access_key(entry: Mapping[str, Any]) -> AccessKey:
    """An Alibaba Cloud access key."""
    return AccessKey(**{**entry, "actions": tuple(entry["actions"])})


def bearer_token(entry: Mapping[str, Any]) -> BearerToken:
    """A gateway bearer token."""
    return BearerToken(**{**entry, "actions": tuple(entry["actions"])})
