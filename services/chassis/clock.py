"""Time and identity as things that are handed in, so that rules about them can be tested without waiting."""

from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


class Ids(Protocol):
    def new(self) -> UUID:
        """An id never given before."""


class RandomIds:
    """Random ids (UUID version 4)."""

    def new(self) -> UUID:
        return uuid4()


class CountingIds:
    """Ids 1, 2, 3... for tests that compare whole results."""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> UUID:
        self._last += 1
        return UUID(int=self._last)
