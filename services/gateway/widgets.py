"""Widgets as their panels see them, and the tokens of the visitors who open one."""

import secrets
import time
from collections.abc import Callable
from typing import Final
from uuid import UUID

from contracts.public import NewWidget, VisitorToken, WidgetConfig
from contracts.reads import Topic, Topics
from services.chassis.clock import Clock, Ids
from services.chassis.database import Database
from services.chassis.errors import Unavailable
from services.chassis.http import InternalClient
from services.gateway import store
from services.gateway.accounts import token_hash

TOPICS_SECONDS: Final = 5.0


class TopicList:
    """The router's topics, read at most every few seconds; the last known ones while it does not answer."""

    def __init__(self, router: InternalClient, now: Callable[[], float] = time.monotonic) -> None:
        self._router = router
        self._now = now
        self._topics: dict[UUID, Topic] = {}
        self._read_at: float | None = None

    async def named(self, ids: tuple[UUID, ...]) -> tuple[Topic, ...]:
        """The topics with these ids, in this order, without those that are gone. Raises Unavailable."""
        now = self._now()
        if self._read_at is None or now - self._read_at > TOPICS_SECONDS or not self._topics.keys() >= set(ids):
            try:
                topics = await self._router.get("/internal/topics", Topics)
            except Unavailable:
                if self._read_at is None:
                    raise
            else:
                self._topics = {topic.id: topic for topic in topics.topics}
            self._read_at = now
        return tuple(self._topics[topic_id] for topic_id in ids if topic_id in self._topics)


class Widgets:
    def __init__(self, database: Database, topics: TopicList, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._topics = topics
        self._clock = clock
        self._ids = ids

    async def widget(self, key: str) -> NewWidget | None:
        async with self._database.connection() as connection:
            return await store.widget(connection, key)

    async def config(self, key: str) -> WidgetConfig | None:
        """What the panel draws itself by; None when there is no such widget. Raises Unavailable."""
        widget = await self.widget(key)
        if widget is None:
            return None
        return WidgetConfig(
            key=widget.key,
            title=widget.title,
            language=widget.language,
            topics=await self._topics.named(widget.topic_ids),
            name_field=widget.name_field,
            email_field=widget.email_field,
            sneak_peek=widget.sneak_peek,
        )

    async def save(self, widget: NewWidget) -> None:
        async with self._database.connection() as connection:
            await store.save_widget(connection, self._ids.new(), widget)

    async def new_visitor(self, key: str) -> VisitorToken | None:
        """A new visitor of the widget; None when there is no such widget. The token exists nowhere else."""
        token = secrets.token_urlsafe(32)
        async with self._database.connection() as connection:
            added = await store.add_visitor(
                connection,
                visitor_id=self._ids.new(),
                widget_key=key,
                token_hash=token_hash(token),
                now=self._clock.now(),
            )
        return VisitorToken(token=token) if added else None
