"""Which live keys this process listens to: each as long as somebody needs it, and a while longer.

`hold` returns once the broker has bound the key, so that what is read afterwards cannot miss a live message. Keys that
nobody holds are unbound by `sweep`, not by `release`: a page that reloads finds its key still bound.
"""

import asyncio
from collections import Counter, defaultdict
from typing import Protocol


class LiveKeys(Protocol):
    """The broker's side; both raise services.chassis.errors.Unavailable."""

    async def bind(self, key: str) -> None:
        """Live messages with this key reach this process from now on."""

    async def unbind(self, key: str) -> None:
        """They no longer do."""


class Bindings:
    def __init__(self, keys: LiveKeys) -> None:
        self._keys = keys
        self._held: Counter[str] = Counter()
        self._bound: set[str] = set()
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def hold(self, key: str) -> None:
        """Listen to `key`, and count one more who does. Raises Unavailable, and then nothing is held."""
        self._held[key] += 1
        if key in self._bound:
            return
        try:
            async with self._locks[key]:
                if key not in self._bound:
                    await self._keys.bind(key)
                    self._bound.add(key)
        except BaseException:
            self.release(key)
            raise

    def release(self, key: str) -> None:
        """One less needs `key`."""
        self._held[key] -= 1
        if self._held[key] <= 0:
            del self._held[key]

    async def sweep(self) -> None:
        """Unbind what nobody holds; called with every beat (beats.py). Raises Unavailable; the rest waits for the next.

        So a key outlives its last holder by up to a beat, and its messages are thrown away meanwhile.
        """
        for key in [key for key in self._bound if key not in self._held]:
            async with self._locks[key]:
                if key in self._held:
                    continue
                # Forgotten first: whoever comes while it is being unbound waits for the lock and binds anew.
                self._bound.discard(key)
                await self._keys.unbind(key)
