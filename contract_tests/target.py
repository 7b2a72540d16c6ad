"""Whom a run asks: transports, profile and manners in one place, through which every call goes."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

from mockserver.contract.load import load
from mockserver.contract.operation import Operation

from .dates import local_day
from .manners import Manners
from .outcomes import Broken, Indeterminate, OutOfScope
from .profile import Profile
from .property import Property
from .secrets import Mask
from .transport import Lost, Transport
from .wire import Answer

HEALTH = "/_mock/health"


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer of the run, with the operation that was asked (None where the call named none)."""

    vendor: str
    operation: Operation | None
    answer: Answer


# makes another mock in this process: (world, throttle) → its target, whose clocks `forward` moves
Another = Callable[[str, float], AbstractContextManager["Target"]]


@dataclass(eq=False)
class Target:
    """One target of one run. *exact* targets are mocks: no tolerance, and everything may be asked of them."""

    name: str  # mock, the URL, or live
    profile: Profile
    transports: dict[str, Transport]
    manners: Manners
    exact: bool = True
    allow_writes: bool = True
    another: Another | None = None
    forward: Callable[[float], None] | None = None
    wall: Callable[[], float] = time.time  # the time by which requests are signed
    watched: list[Property] = field(default_factory=list)
    faults: dict[str, tuple[Broken, Answer]] = field(default_factory=dict)  # of watching properties
    seen: Counter[str] = field(default_factory=Counter)  # answers by vendor
    kept: dict[str, Any] = field(default_factory=dict)  # what discovery has found
    _told: datetime | None = None

    @cached_property
    def mask(self) -> Mask:
        """Hides the profile's secrets."""
        return Mask(self.profile.secrets)

    @cached_property
    def health(self) -> dict[str, Any]:
        """What a mock of ours says of itself: the world, a held today, its throttle; empty for anything else."""
        if not self.exact:
            return {}
        try:
            answer = next(iter(self.transports.values())).send("GET", HEALTH, {}, b"")
        except Lost:
            return {}
        body = answer.json if answer.status == 200 else None
        return body if isinstance(body, dict) and body.get("status") == "ok" else {}

    @property
    def throttle(self) -> float:
        """The share of the documented limits that the target enforces: 0 where it says that it enforces none."""
        told = self.profile.throttle if self.profile.throttle is not None else self.health.get("throttle", 1.0)
        return float(told)

    def today(self, timezone_name: str) -> date:
        """Today where *timezone_name* is, as the target holds it."""
        if self.profile.today:
            return self.profile.today
        held = self.health.get("today") or ""
        if len(held) == len("2026-11-21"):
            return date.fromisoformat(held)
        return local_day(datetime.fromisoformat(held) if held else self.now(), timezone_name)

    def now(self) -> datetime:
        """The target's own time: the Date of its last answer, else that of its clock."""
        return self._told or datetime.fromtimestamp(self.wall(), UTC)

    def bad_credential(self) -> None:
        """Take note of a credential that is not the caller's own; a live target is shown one a run."""
        if self.exact:
            return
        if self.kept.get("bad credential"):
            raise OutOfScope("a live target is shown one bad credential a run")
        self.kept["bad credential"] = True

    def throttled(self, vendor: str, words: str) -> Indeterminate:
        """What a spent limit makes of a property; a live vendor that says so is asked no more in this run."""
        if not self.exact:
            self.manners.stopped[vendor] = f"{vendor} has said that a limit is spent: {words}"
        return Indeterminate(f"throttled: {words}")

    def in_scope(self, vendors: tuple[str, ...]) -> str | None:
        """Why none of *vendors* may be asked; None where all may."""
        for vendor in vendors:
            if getattr(self.profile, vendor) is None:
                return self.profile.missing.get(vendor, f"no credentials for {vendor}")
        return None

    def send(
        self,
        vendor: str,
        operation: Operation | None,
        method: str,
        target: str,
        headers: dict[str, str],
        body: bytes,
        *,
        subject: str = "",
        raw: bool = False,
    ) -> Answer:
        """One call, well-mannered unless *raw*, and seen by all properties that watch."""
        if not raw:
            name = operation.name if operation else ""
            self.manners.before(vendor, name, operation.raw["qps"] if operation else None, subject)
        answer = self._sent(vendor, method, target, headers, body, raw=raw)
        self.seen[vendor] += 1
        if not raw:
            self.manners.after(vendor, answer)
        self._heed(vendor, operation, answer)
        return answer

    def _sent(
        self, vendor: str, method: str, target: str, headers: dict[str, str], body: bytes, *, raw: bool
    ) -> Answer:
        """The answer; a mock that is there all the same, and loses a call twice, has broken its contract."""
        way = self.transports[vendor]
        try:
            return way.send(method, target, headers, body)
        except Lost as lost:
            if raw or not self.exact or lost.hang:
                raise
            way.send("GET", HEALTH, {}, b"")
            try:
                return way.send(method, target, headers, body)
            except Lost as again:
                raise Broken("a call is answered", str(again), "an answer") from None

    def _heed(self, vendor: str, operation: Operation | None, answer: Answer) -> None:
        if "date" in answer.headers:
            self._told = _date(answer.headers["date"]) or self._told
        for one in self.watched:
            if one.id in self.faults or vendor not in one.vendors or one.watches is None:
                continue
            try:
                one.watches(Seen(vendor, operation, answer))
            except Broken as broken:
                self.faults[one.id] = (broken, answer)
            except Exception as error:
                self.faults[one.id] = (Broken("an answer cannot be read", f"{type(error).__name__}: {error}"), answer)

    def watch(self, properties: Iterable[Property]) -> None:
        """Let those of *properties* that watch see every answer from now on."""
        self.watched = [one for one in properties if one.watches is not None]


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None


def operation(vendor: str, name: str) -> Operation:
    """The operation file of that name, compiled."""
    return load(vendor).operations[name]


def as_text(value: Any) -> str:
    """A parameter's value as it travels: text as it is, lists of words with commas, anything else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return ",".join(value)
    return json.dumps(value, ensure_ascii=False, default=str)
