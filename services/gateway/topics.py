"""The topics as they are now: open or closed, staffed or not, with their texts; one list for the whole process.

The router tells of every change (`live.topics.v1`); the list is read whole at start, with each beat, and when it is
asked for after a while, because a live message may be lost. What was told while the list was being read is newer than
what is read. Whoever listens hears of changes only.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

from contracts.reads import Topics, TopicView
from services.chassis.errors import InternalHttpError, Unavailable
from services.chassis.http import InternalClient

TOPICS_SECONDS: Final = 5.0
"""A list that was read so long ago is read again by who asks for it."""


class TopicList:
    def __init__(self, router: InternalClient, now: Callable[[], float] = time.monotonic) -> None:
        self._router = router
        self._now = now
        self._topics: dict[UUID, TopicView] = {}
        self._told: dict[UUID, TopicView] = {}
        self._read_at: float | None = None
        self._reading = asyncio.Lock()
        self._listeners: list[Callable[[], None]] = []

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener`, which may not wait, whenever something in the list has changed."""
        self._listeners.append(listener)

    def known(self, ids: Iterable[UUID]) -> tuple[TopicView, ...]:
        """The topics with these ids, in this order, as last heard of; without those that are gone."""
        return tuple(self._topics[topic_id] for topic_id in ids if topic_id in self._topics)

    async def named(self, ids: tuple[UUID, ...]) -> tuple[TopicView, ...]:
        """As `known`, read anew after a while or where one is missing. Raises Unavailable when none was ever read."""
        old = self._read_at is None or self._now() - self._read_at > TOPICS_SECONDS
        if old or not self._topics.keys() >= set(ids):
            try:
                await self._read_once(self._read_at)
            except (Unavailable, InternalHttpError):
                if self._read_at is None:
                    raise
                self._read_at = self._now()
        return self.known(ids)

    async def refresh(self) -> None:
        """Read the list. Raises Unavailable or another InternalHttpError, and then it stays as it is."""
        async with self._reading:
            await self._read()

    async def _read_once(self, seen: float | None) -> None:
        """Read the list, unless somebody has since it was last read at `seen`: many may ask at the same time."""
        async with self._reading:
            if self._read_at == seen:
                await self._read()

    async def _read(self) -> None:
        self._told = {}
        topics = await self._router.get("/internal/topics", Topics)
        self._read_at = self._now()
        self._become({topic.id: topic for topic in topics.topics} | self._told)

    def take(self, told: Iterable[TopicView]) -> None:
        """The router has told of these topics."""
        news = {topic.id: topic for topic in told}
        self._told |= news
        self._become(self._topics | news)

    def _become(self, topics: dict[UUID, TopicView]) -> None:
        if topics == self._topics:
            return
        self._topics = topics
        for listener in self._listeners:
            listener()
