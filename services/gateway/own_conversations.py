"""Which conversations are one visitor's own: those whose id they named first, for ever.

An id is bound to its visitor before anybody hears of the conversation, so that nobody else can begin or open it.
"""

from collections.abc import Sequence
from uuid import UUID

from contracts.refusals import RefusalCode
from services.chassis.clock import Clock
from services.chassis.database import Database
from services.gateway import store


class OwnConversations:
    """What is known is remembered: a conversation never changes hands."""

    def __init__(self, database: Database, clock: Clock, visitor_id: UUID) -> None:
        self._database = database
        self._clock = clock
        self._visitor_id = visitor_id
        self._own: set[UUID] = set()

    def __contains__(self, stream: UUID) -> bool:
        return stream in self._own

    async def refusals(self, streams: Sequence[UUID]) -> dict[UUID, RefusalCode]:
        """Those of `streams` that are not the visitor's, and why. Raises Unavailable."""
        unknown = [stream for stream in streams if stream not in self._own]
        if not unknown:
            return {}
        async with self._database.connection() as connection:
            owners = await store.owners(connection, unknown)
        self._own |= {stream for stream, owner in owners.items() if owner == self._visitor_id}
        others = [stream for stream in unknown if stream not in self._own]
        return {stream: RefusalCode.NOT_YOURS if stream in owners else RefusalCode.UNKNOWN for stream in others}

    async def claim(self, stream: UUID) -> bool:
        """Make it the visitor's, unless somebody has it: then False. Raises Unavailable."""
        async with self._database.connection() as connection:
            owner = await store.bind_conversation(connection, stream, self._visitor_id, self._clock.now())
        if owner == self._visitor_id:
            self._own.add(stream)
        return stream in self._own
