"""Widgets as their panels see them, and the tokens of the visitors who open one."""

import secrets

from contracts.public import NewWidget, VisitorToken, WidgetConfig
from services.chassis.clock import Clock, Ids
from services.chassis.database import Database
from services.gateway import store
from services.gateway.accounts import token_hash
from services.gateway.store import Visitor
from services.gateway.topics import TopicList


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
            rating=widget.rating,
            transcript=widget.transcript,
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

    async def visitor(self, token: str) -> Visitor | None:
        """Whose token it is."""
        async with self._database.connection() as connection:
            return await store.visitor(connection, token_hash(token))
