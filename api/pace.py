"""How often one address may ask what needs no sign-in."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from records.errors import TooManyRequests

PER_MINUTE = 60  # all touch screens of a site may share one address; trying codes one by one takes far more
AT_ONCE = 20
MOST_ADDRESSES = 10_000


class Pace:
    """A token bucket for each address, in memory: every process counts for itself. Safe to share between threads."""

    def __init__(
        self,
        per_minute: float = PER_MINUTE,
        at_once: int = AT_ONCE,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate, self._size, self._now = per_minute / 60, float(at_once), now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, address: str) -> None:
        """Count one question of this address; raises TooManyRequests with the seconds to wait."""
        with self._lock:
            now = self._now()
            left, since = self._left.pop(address, (self._size, now))
            left = min(self._size, left + (now - since) * self._rate)
            self._left[address] = (max(left - 1, 0.0) if left >= 1 else left, now)
            if len(self._left) > MOST_ADDRESSES:
                self._left.popitem(last=False)
        if left < 1:
            raise TooManyRequests(retry_after=math.ceil((1 - left) / self._rate))
