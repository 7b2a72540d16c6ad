"""Documented limits, counted exactly over sliding windows of an injected, steady clock."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock

from mockserver.errors import MockError


@dataclass(frozen=True, slots=True)
class Budget:
    """*limit* calls in any *period* seconds for *key*.

    With a *block*, the first call over the limit shuts it for so many seconds, after which it starts afresh.
    """

    key: tuple[str, ...]
    limit: int
    period: float
    error: str  # the row of the vendor's error table that refuses
    block: float = 0.0
    cost: int = 1  # of the call, in units of the limit


@dataclass(slots=True)
class Window:
    """The times of the calls admitted within the last period."""

    times: deque[float] = field(default_factory=deque)
    blocked_until: float = 0.0
    seen: float = 0.0

    def settle(self, now: float, period: float) -> None:
        """Forget what is older than *period*; everything if a block has ended or the clock has stepped back."""
        if now < self.seen or 0.0 < self.blocked_until <= now:
            self.times.clear()
            self.blocked_until = 0.0
        self.seen = now
        while self.times and self.times[0] <= now - period:
            self.times.popleft()

    def wait(self, now: float, budget: Budget) -> float:
        """Seconds until a call is admitted; 0 if it is now."""
        self.settle(now, budget.period)
        if now < self.blocked_until:
            return self.blocked_until - now
        if len(self.times) < budget.limit:
            return 0.0
        if budget.block:
            self.blocked_until = now + budget.block
            return budget.block
        return self.times[-budget.limit] + budget.period - now


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of a budget is spent: 100 per cent refuses, *wait* seconds until it does not."""

    percent: float
    wait: float


class Throttle:
    """All windows of one server; *scale* stretches every limit, 0 switches them off.

    The clock is read under the lock: two threads that read it before could arrive in the wrong order.
    """

    def __init__(self, steady: Callable[[], float], scale: float = 1.0) -> None:
        self._steady = steady
        self._scale = scale
        self._windows: dict[tuple[str, ...], Window] = {}
        self._lock = Lock()

    def admit(self, budgets: Iterable[Budget]) -> None:
        """Count one call against each budget, or raise MockError with the name and wait of the first that is spent."""
        if not self._scale:
            return
        with self._lock:
            now = self._steady()
            windows = [(self._window(budget), self._scaled(budget)) for budget in budgets]
            for window, budget in windows:
                if wait := window.wait(now, budget):
                    raise MockError(budget.error, wait=wait, budget=budget)
            for window, budget in windows:
                window.times.extend([now] * budget.cost)

    def note(self, key: tuple[str, ...]) -> None:
        """Remember that something happened now; nobody counts without limits."""
        if self._scale:
            with self._lock:
                self._windows.setdefault(key, Window()).times.append(self._steady())

    def noted(self, key: tuple[str, ...], period: float) -> int:
        """How often it happened within the last *period* seconds."""
        with self._lock:
            window = self._windows.get(key)
            if window is None:
                return 0
            window.settle(self._steady(), period)
            return len(window.times)

    def usage(self, budget: Budget) -> Usage:
        """How much of *budget* is spent."""
        if not self._scale:
            return Usage(0.0, 0.0)
        with self._lock:
            now = self._steady()
            window, scaled = self._window(budget), self._scaled(budget)
            window.settle(now, scaled.period)
            if now < window.blocked_until:
                return Usage(100.0, window.blocked_until - now)
            spent = len(window.times) * 100 / scaled.limit
            return Usage(min(spent, 100.0), window.times[-scaled.limit] + scaled.period - now if spent >= 100 else 0.0)

    def _window(self, budget: Budget) -> Window:
        return self._windows.setdefault(budget.key, Window())

    def _scaled(self, budget: Budget) -> Budget:
        limit = max(1, round(budget.limit * self._scale))
        return Budget(budget.key, limit, budget.period, budget.error, budget.block, budget.cost)
