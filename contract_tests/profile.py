"""Whom the kit asks, and as whom: base URLs, ids and credentials."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit


class ProfileFault(Exception):
    """The profile cannot be used; the message names the value and what was expected."""


def is_base_url(text: object) -> bool:
    """Whether *text* is a scheme, a host and perhaps a port, and nothing else."""
    try:
        parts = urlsplit(text) if isinstance(text, str) else None
        port = parts.port if parts else None
    except ValueError:
        return False
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        return False
    return not (parts.path.strip("/") or parts.query or parts.fragment)


@dataclass(frozen=True, slots=True)
class Token:
    """A Graph access token, with its app's secret where the app wants proof."""

    token: str
    app_secret: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """An Alibaba Cloud access key; with *security_token* a temporary one."""

    id: str
    secret: str
    security_token: str | None = None


@dataclass(frozen=True, slots=True)
class Space:
    """A CAMS space with its pages and ad accounts; *world* is its entry in a world file."""

    id: str
    pages: tuple[str, ...]
    accounts: tuple[str, ...]
    world: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """A WhatsApp template: *codes* of languages are known on a mock only."""

    code: str
    space_id: str | None
    languages: tuple[str, ...] = ()
    usable: bool = True  # marketing, on WhatsApp, in a subscribed space of the caller


@dataclass(frozen=True, slots=True)
class MetaProfile:
    """The Graph half: *tokens* are specimens by kind (expired, powerless, …), known on a mock only."""

    base_url: str
    token: Token
    version: str = "v26.0"
    accounts: tuple[str, ...] = ()  # none: whatever the token sees
    tokens: Mapping[str, Token] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CamsProfile:
    """The CAMS half: *keys* and *closed* (spaces) are specimens by kind, known on a mock only."""

    base_url: str
    key: Key
    spaces: tuple[Space, ...]
    templates: tuple[Template, ...] = ()
    keys: Mapping[str, Key] = field(default_factory=dict)
    closed: Mapping[str, Space] = field(default_factory=dict)
    bearer: str | None = None


@dataclass(frozen=True, slots=True)
class Divergence:
    """A property that the target is known to break, until a date after which it counts as a failure again."""

    property: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that the kit knows of a target before its first call; *world* is the world file of a mock."""

    meta: MetaProfile | None
    cams: CamsProfile | None
    world: Mapping[str, Any] | None = None
    divergences: tuple[Divergence, ...] = ()
    today: date | None = None
    throttle: float | None = None
    ca_file: str | None = None
    timeout: float = 30.0
    pace: float = 2.0
    missing: Mapping[str, str] = field(default_factory=dict)  # why a vendor is out of scope

    @property
    def secrets(self) -> dict[str, str]:
        """Each secret value and the name that stands for it in print."""
        found: dict[str, str] = {}
        if self.meta:
            for kind, token in {"": self.meta.token, **self.meta.tokens}.items():
                suffix = f"_{kind.upper()}" if kind else ""
                found.setdefault(token.token, f"META_ACCESS_TOKEN{suffix}")
                found.setdefault(token.app_secret or "", f"META_APP_SECRET{suffix}")
        if self.cams:
            for kind, key in {"": self.cams.key, **self.cams.keys}.items():
                suffix = f"_{kind.upper()}" if kind else ""
                found.setdefault(key.secret, f"ALIBABA_CLOUD_ACCESS_KEY_SECRET{suffix}")
                found.setdefault(key.id, f"ALIBABA_CLOUD_ACCESS_KEY_ID{suffix}")
                found.setdefault(key.security_token or "", f"ALIBABA_CLOUD_SECURITY_TOKEN{suffix}")
            found.setdefault(self.cams.bearer or "", "ALIBABA_CLOUD_BEARER_TOKEN")
        return {value: name for value, name in found.items() if value}
