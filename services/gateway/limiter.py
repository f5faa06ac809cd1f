"""Limits per key (an address, an account), kept in this process's memory.

Buckets that have filled up again are forgotten, and there are never more than MAX_KEYS: whoever has that many
addresses shares what the least lately used ones leave. Each gateway process counts for itself, so that n processes
allow n times as much; that is enough against guessing, which argon2 makes slow anyway.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from services.gateway.domain.limits import Bucket, Rate, full, give_back, is_full, take

MAX_KEYS: Final = 20_000


class Limiter:
    """One rate for many keys."""

    def __init__(self, rate: Rate, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._now = now
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def wait(self, key: str) -> float:
        """Count an attempt. Returns 0 when it is allowed, else the seconds until one will be."""
        now = self._now()
        known = self._buckets.pop(key) if key in self._buckets else full(self._rate, now)
        bucket, wait = take(known, self._rate, now)
        self._buckets[key] = bucket
        self._forget(now)
        return wait

    def forgive(self, key: str) -> None:
        """The last attempt does not count."""
        if key in self._buckets:
            self._buckets[key] = give_back(self._buckets[key], self._rate)

    def _forget(self, now: float) -> None:
        while len(self._buckets) > 1:
            key, oldest = next(iter(self._buckets.items()))
            if len(self._buckets) <= MAX_KEYS and not is_full(oldest, self._rate, now):
                return
            del self._buckets[key]
