"""Where limits are provoked, and when each call certainly was: between its sending and the receipt of its answer."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .. import worlds
from ..ask import Ask
from ..expect import holds
from ..outcomes import Indeterminate, OutOfScope
from ..wire import Answer

SLACK = 0.02  # seconds by which two clocks may disagree within one second
QUIET = 1.05  # seconds after which a limit of calls a second has forgotten all of them
TRIES = 5  # bursts, until one is fast enough
MOST_CALLS = 600
LIMITED, STANDARD = "development_access", "standard_access"  # the tiers of an ad account


@dataclass(frozen=True, slots=True)
class Shot:
    """One call: it reached the target between *sent* and *received*, in seconds."""

    sent: float
    received: float
    answer: Answer
    admitted: bool


@dataclass(slots=True)
class Ground:
    """A target that enforces limits; in this process its clocks are moved where others are waited for."""

    ask: Ask
    moved: float = field(default=0.0)

    @property
    def movable(self) -> bool:
        """Whether time can be passed without waiting."""
        return self.ask.target.forward is not None

    def now(self) -> float:
        """A steady clock that moves with the target's."""
        return time.monotonic() + self.moved

    def pass_time(self, seconds: float) -> None:
        """Let *seconds* pass."""
        if self.ask.target.forward is None:
            time.sleep(seconds)
        else:
            self.ask.target.forward(seconds)
            self.moved += seconds

    def limit(self, documented: int) -> int:
        """How many calls the target admits where its vendor documents so many; out of scope if that is too many."""
        limit = max(1, round(documented * self.ask.target.throttle))
        if limit > MOST_CALLS:
            raise OutOfScope(f"a limit of {limit} calls is not reached cheaply")
        return limit

    def shoot(self, send: Callable[[], Answer], refused: Callable[[Answer], bool]) -> Shot:
        """One call, timed."""
        sent = self.now()
        answer = send()
        return Shot(sent, self.now(), answer, not refused(answer))


@contextmanager
def ground(ask: Ask, world: str = "docs", throttle: float = 1.0, *, moved: bool = False) -> Iterator[Ground]:
    """The target if it enforces limits; a mock in this process is asked for one of *world* that does.

    With *moved* only the latter will do, for clocks have to be moved.
    """
    target = ask.target
    if target.name == "mock" and target.another is not None:
        with target.another(world, throttle) as mock:
            yield Ground(Ask(mock, ask.data, ask.effort, ask.answers, ask.drawn))
    elif moved:
        raise OutOfScope("only a mock in this process has clocks that can be moved")
    elif not target.throttle:
        raise OutOfScope("the target says that it enforces no limits")
    else:
        yield Ground(ask)


@contextmanager
def special(
    ask: Ask, throttle: float = 1.0, *, tier: str = STANDARD, active: int = 0, users: int = 1000, moved: bool = True
) -> Iterator[Ground]:
    """Like ground(), with a mock whose first ad account has so many active ads, and whose apps have so many users."""
    world: Any = deepcopy(dict(worlds.read("docs")))
    first = world["accounts"][0]
    world["accounts"] = [{**first, "ads_api_access_tier": tier}, {**first, "id": f"{first['id']}0"}]
    for app in world["credentials"]["apps"]:
        app["users"] = users
    for token in world["credentials"]["access_tokens"]:
        token["accounts"] = [account["id"] for account in world["accounts"]]
    if active:
        _activate(world["campaigns"][0]["adsets"][0], active)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "world.json"
        path.write_text(json.dumps(world), "utf-8")
        with ground(ask, str(path), throttle, moved=moved) as at:
            yield at


def _activate(adset: dict[str, Any], ads: int) -> None:
    """Let *adset* run since a few days ago, without an end, with so many ads."""
    del adset["end_date"]
    adset["start_date"] = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    first = {name: value for name, value in adset["ads"][0].items() if name != "pins"}
    adset["ads"] = [{**first, "id": str(int(first["id"]) + 1000 + number)} for number in range(ads)]


def at_most(shots: Sequence[Shot], limit: int, period: float) -> bool:
    """Whether the limit was reached: no *period* holds more than *limit* admitted calls, and one is refused."""
    admitted = [shot for shot in shots if shot.admitted]
    for first, last in zip(admitted, admitted[limit:], strict=False):
        took = last.received - first.sent
        certainly = took < period - SLACK
        what = f"no more than {limit} calls are admitted in {period:g} s"
        holds(not certainly, what, f"{limit + 1} admitted within {took:.3f} s", f"at most {limit}")
    return len(admitted) < len(shots)


def at_least(shots: Sequence[Shot], limit: int, period: float) -> None:
    """No call is refused unless *limit* admitted ones may lie in the *period* before it."""
    for at, shot in enumerate(shots):
        if not shot.admitted:
            before = [one for one in shots[:at] if one.admitted and one.received > shot.sent - period - SLACK]
            what = f"a call is refused only after {limit} others within {period:g} s"
            holds(len(before) >= limit, what, f"refused after {len(before)}", f"refused after {limit}")


def too_slow() -> Indeterminate:
    """What to raise where the calls were too slow to reach the limit."""
    return Indeterminate("this machine is too slow to reach the limit")
