"""Signature nonces that were used a short while ago."""

from collections import OrderedDict
from threading import Lock


class Nonces:
    """Remembers each (account, nonce) for *seconds*; a clock that steps back further than that forgets them."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._used: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._lock = Lock()

    def use(self, account: str, nonce: str, now: float) -> bool:
        """Whether *nonce* is fresh for *account*; from now on it is not."""
        with self._lock:
            while self._used and abs(now - next(iter(self._used.values()))) >= self._seconds:
                self._used.popitem(last=False)
            if (account, nonce) in self._used:
                return False
            self._used[account, nonce] = now
            return True
