"""How the kit treats its target: never faster than documented, never beyond its budget, heeding what it is told."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from math import inf
from typing import Any

from .outcomes import BudgetSpent, Indeterminate
from .wire import Answer

SHARE = 0.8  # of a documented rate
_LONGEST_WAIT = 60.0


@dataclass(slots=True)
class Manners:
    """*pace* is calls a second for each vendor (0: no pacing beyond documented rates), *stop_at* per cent of usage."""

    pace: float = 0.0
    stop_at: float = 100.0
    most_calls: int | None = None
    heed_rates: bool = True
    stops_whole: bool = False  # whether one spent ad account stops the vendor, for a path may not tell its account
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    calls: int = 0
    stopped: dict[str, str] = field(default_factory=dict)  # a vendor, or an ad account, and why
    _next: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def before(self, vendor: str, operation: str, qps: int | None, subject: str = "") -> None:
        """Wait for this call's turn; raises BudgetSpent, or Indeterminate where the target asked to be left alone."""
        with self._lock:
            if self.most_calls is not None and self.calls >= self.most_calls:
                raise BudgetSpent(f"the budget of {self.most_calls} calls is spent")
            for key in (vendor, subject):
                if key in self.stopped:
                    raise Indeterminate(self.stopped[key])
            self.calls += 1
            wait = self._turn(vendor, operation, qps)
        if wait > 0:
            self.sleep(wait)

    def _turn(self, vendor: str, operation: str, qps: int | None) -> float:
        """Seconds until the turn of this call, which is taken."""
        rates = {vendor: self.pace}
        if qps and self.heed_rates:
            rates[f"{vendor}/{operation}"] = qps * SHARE
        now = self.now()
        turn = max([now, *(self._next.get(key, now) for key, rate in rates.items() if rate)])
        self._next |= {key: turn + 1 / rate for key, rate in rates.items() if rate}
        return turn - now

    def after(self, vendor: str, answer: Answer) -> None:
        """Heed what the answer says of usage, and of when to come back."""
        if vendor == "meta":
            for key, spent in usage(answer.headers).items():
                if spent >= self.stop_at:
                    whom = "meta" if self.stops_whole else key
                    self.stopped[whom] = (
                        f"{key} has spent {spent:g} % of its limit; the kit stops at {self.stop_at:g} %"
                    )
        wait = retry_after(answer)
        if wait and answer.status >= 400:
            if wait > _LONGEST_WAIT:
                self.stopped[vendor] = f"{vendor} asked to be left alone for {wait:g} s"
            else:
                self.sleep(wait)


def retry_after(answer: Answer) -> float:
    """Seconds for which the answer asks to be left alone; 0 if it does not."""
    for name, unit in (("x-acs-retry-after", 1000), ("retry-after", 1)):
        try:
            wait = float(answer.headers.get(name, "")) / unit
        except ValueError:
            wait = _until(answer.headers.get(name, ""))
        if 0 < wait < inf:
            return wait
    return 0.0


def _until(text: str) -> float:
    """Seconds until the HTTP date *text*; 0 where it is none."""
    try:
        return parsedate_to_datetime(text).timestamp() - time.time()
    except ValueError:
        return 0.0


def usage(headers: Mapping[str, str]) -> dict[str, float]:
    """Per cent spent: of the app under `meta`, of each ad account under act_<id>."""
    app = [*_numbers(headers, "x-app-usage").values()]
    insights = _numbers(headers, "x-fb-ads-insights-throttle")
    own = [_numbers(headers, "x-ad-account-usage").get("acc_id_util_pct", 0.0), insights.get("acc_id_util_pct", 0.0)]
    found = {"meta": max([*app, insights.get("app_id_util_pct", 0.0)])}
    cases = _object(headers, "x-business-use-case-usage") or ({"?": []} if max(own) else {})
    for account, listed in cases.items():
        parts = [_only_numbers(case) for case in listed if isinstance(case, dict)] if isinstance(listed, list) else []
        spent = [part.get(name, 0.0) for part in parts for name in ("call_count", "total_cputime", "total_time")]
        found[f"act_{account}"] = max([*spent, *own])
    return found


def _object(headers: Mapping[str, str], name: str) -> dict[str, Any]:
    try:
        value = json.loads(headers.get(name, "{}"))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _numbers(headers: Mapping[str, str], name: str) -> dict[str, float]:
    return _only_numbers(_object(headers, name))


def _only_numbers(value: Mapping[str, Any]) -> dict[str, float]:
    return {key: one for key, one in value.items() if isinstance(one, int | float) and not isinstance(one, bool)}
