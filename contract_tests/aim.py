"""From what a user says to a target: a mock of our own, a URL, or the live vendors."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from . import profile_file, worlds
from .manners import Manners
from .profile import Profile, ProfileFault, is_base_url
from .target import HEALTH, Target
from .transport import WSGI, Http, Lost, Transport, Wsgi

ALLOW_LIVE = "MOCKSERVER_ALLOW_LIVE"
MOCK_ORIGIN = "http://127.0.0.1:8086"
_VENDORS = ("facebook.com", "aliyuncs.com")
STOP_AT = 75.0  # per cent of a live limit

# makes a mock of ours as a WSGI application: (world, throttle, wall clock, steady clock)
Make = Callable[[str, float, Callable[[], float], Callable[[], float]], WSGI]


@dataclass(frozen=True, slots=True)
class Aim:
    """What the user says of the target: mock, live or a URL; a world's name or file; a profile file."""

    target: str = "mock"
    world: str | None = None
    profile: str | None = None
    allow_writes: bool = False
    max_calls: int | None = None

    def arguments(self) -> tuple[str, ...]:
        """What the command line needs beside the target to ask the same again."""
        files = (("--world", self.world), ("--profile", self.profile))
        return tuple(word for name, value in files if value for word in (name, value))


@dataclass(slots=True)
class _Hands:
    """The hands of the clocks of a mock in this process."""

    ahead: float = 0.0

    def wall(self) -> float:
        return time.time() + self.ahead

    def steady(self) -> float:
        return time.monotonic() + self.ahead

    def forward(self, seconds: float) -> None:
        self.ahead += seconds


@dataclass(frozen=True, slots=True)
class Range:
    """Where the mocks of a run come from."""

    make: Make

    @contextmanager
    def mock(self, world: str, throttle: float) -> Iterator[Target]:
        """A mock of *world* in this process, whose clocks can be moved."""
        profile = worlds.profile(worlds.read(world), MOCK_ORIGIN)
        hands = _Hands()
        way = Wsgi(self.make(world, throttle, hands.wall, hands.steady), MOCK_ORIGIN)
        yield Target(
            name="mock",
            profile=profile,
            transports=dict.fromkeys(("meta", "cams"), way),
            manners=Manners(heed_rates=throttle > 0),
            another=self.mock,
            forward=hands.forward,
            wall=hands.wall,
        )


@contextmanager
def aimed(aim: Aim, make: Make) -> Iterator[Target]:
    """The target of *aim*; raises ProfileFault where it cannot be asked."""
    if aim.target == "mock":
        with Range(make).mock(aim.world or "default", 0) as target:
            target.manners.most_calls = aim.max_calls
            yield target
        return
    target = _live(aim, Range(make)) if aim.target == "live" else _at_url(aim)
    try:
        yield target
    finally:
        for way in target.transports.values():
            way.close_all()


def _live(aim: Aim, mocks: Range) -> Target:
    if os.environ.get(ALLOW_LIVE) != "1":
        raise ProfileFault(f"--target live calls the vendors; it also needs {ALLOW_LIVE}=1 in the environment")
    if aim.profile is None:
        raise ProfileFault("--target live needs --profile FILE with base URLs, ids and where to find the secrets")
    profile = profile_file.read(aim.profile)
    if profile.meta is None and profile.cams is None:
        raise ProfileFault(f"{aim.profile} leaves nothing to ask: {'; '.join(profile.missing.values())}")
    return Target(
        name="live",
        profile=profile,
        transports=_transports(profile),
        manners=Manners(pace=profile.pace, stop_at=STOP_AT, most_calls=aim.max_calls, stops_whole=True),
        exact=False,
        another=mocks.mock,
        allow_writes=aim.allow_writes,
    )


def _transports(profile: Profile) -> dict[str, Transport]:
    parts = {"meta": profile.meta, "cams": profile.cams}
    urls = {vendor: part.base_url for vendor, part in parts.items() if part is not None}
    return {vendor: Http(url, profile.timeout, profile.ca_file) for vendor, url in urls.items()}


def _at_url(aim: Aim) -> Target:
    if not is_base_url(aim.target):
        raise ProfileFault(f"target is {aim.target!r}, expected mock, live or a URL such as http://127.0.0.1:8086")
    parts = urlsplit(aim.target)
    if parts.hostname and parts.hostname.endswith(_VENDORS):
        raise ProfileFault(f"{aim.target} is a live vendor; ask it with --target live, which has manners")
    url = aim.target.rstrip("/")
    profile = _profile_at(aim, url)
    target = Target(
        name=url,
        profile=profile,
        transports=_transports(profile) or {"meta": Http(url)},
        manners=Manners(stop_at=95.0, most_calls=aim.max_calls),
    )
    target.manners.heed_rates = target.throttle > 0
    return target


def _profile_at(aim: Aim, url: str) -> Profile:
    if aim.profile is None:
        return worlds.profile(worlds.read(aim.world or _told_world(url)), url)
    profile = profile_file.read(aim.profile)
    meta, cams = profile.meta, profile.cams
    return replace(
        profile,
        meta=replace(meta, base_url=url) if meta else None,
        cams=replace(cams, base_url=url) if cams else None,
    )


def _told_world(url: str) -> str:
    """The world that a mock of ours at *url* says it serves; `default` for any other server."""
    way = Http(url, timeout=10)
    try:
        body: Any = way.send("GET", HEALTH, {}, b"").json
    except Lost as lost:
        raise ProfileFault(f"nothing answers at {url}: {lost}") from None
    finally:
        way.close_all()
    return str(body.get("world", "default")) if isinstance(body, dict) else "default"
