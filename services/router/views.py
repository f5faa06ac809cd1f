"""Reading conversations, desks and boards, each as the one who asks may see it."""

from uuid import UUID

from contracts.reads import Board, Colleagues, ConversationRecord, Desk, Heads, HeadsRequest, PastConversations
from contracts.views import Header, Snapshot, VisitorSnapshot, visitor_entry
from services.chassis.clock import Clock
from services.chassis.database import Database
from services.router.domain.visitor import record_of, visitor_header
from services.router.store import reads


class NotTakingPart(Exception):
    """The agent has no part in the conversation and is not being asked about it."""


class Views:
    """The router's read side, on one database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def for_visitor(self, conversation_id: UUID, after: int) -> VisitorSnapshot | None:
        """The conversation as its visitor sees it; whose it is, the gateway knows."""
        async with self._database.connection() as connection:
            stand = await reads.stand(connection, conversation_id, after, None)
        if stand is None:
            return None
        return VisitorSnapshot(
            header=visitor_header(stand.header),
            entries=tuple(visitor_entry(entry) for entry in stand.entries),
            place=stand.place,
        )

    async def for_agent(self, conversation_id: UUID, after: int, agent_id: UUID) -> Snapshot | None:
        """The conversation as agents see it. Raises NotTakingPart."""
        async with self._database.connection() as connection:
            stand = await reads.stand(connection, conversation_id, after, agent_id)
        if stand is None:
            return None
        if not stand.asked and not stand.supervises and not _takes_part(stand.header, agent_id):
            raise NotTakingPart
        return Snapshot(header=stand.header, entries=stand.entries, visitor_online=stand.visitor_online)

    async def record(self, conversation_id: UUID, agent_id: UUID) -> ConversationRecord | None:
        """What the conversation was, and what was said in it as its visitor saw it. Raises NotTakingPart."""
        async with self._database.connection() as connection:
            stand = await reads.stand(connection, conversation_id, 0, agent_id)
        if stand is None:
            return None
        over = stand.header.state == "closed"
        if not over and not stand.asked and not stand.supervises and not _takes_part(stand.header, agent_id):
            raise NotTakingPart
        return record_of(stand.header, stand.entries)

    async def desk(self, agent_id: UUID) -> Desk | None:
        """The agent's desk as it is now."""
        async with self._database.connection() as connection:
            return await reads.desk(connection, agent_id, self._clock.now())

    async def board(self, agent_id: UUID) -> Board | None:
        """The open conversations that the agent may see."""
        async with self._database.connection() as connection:
            return await reads.board(connection, agent_id)

    async def colleagues(self, conversation_id: UUID, agent_id: UUID) -> Colleagues | None:
        """The agents to whom the conversation might be passed on. Raises NotTakingPart."""
        async with self._database.connection() as connection:
            stand = await reads.stand(connection, conversation_id, reads.NO_ENTRIES, agent_id)
            if stand is None or stand.header.topic is None:
                return None
            if not stand.supervises and not _takes_part(stand.header, agent_id):
                raise NotTakingPart
            return await reads.colleagues(connection, stand.header.topic.id, self._clock.now())

    async def agents(self) -> Colleagues:
        """All agents, by name."""
        async with self._database.connection() as connection:
            return await reads.colleagues(connection, None, self._clock.now())

    async def past(self, visitor_id: UUID) -> PastConversations:
        """The visitor's own conversations, the newest first."""
        async with self._database.connection() as connection:
            return await reads.past(connection, visitor_id)

    async def past_of_customer(self, customer_id: UUID, *, verified: bool) -> PastConversations:
        """The customer's conversations, the newest first; with `verified` those alone that the site vouched for."""
        async with self._database.connection() as connection:
            return await reads.past_of_customer(connection, customer_id, verified=verified)

    async def heads(self, request: HeadsRequest) -> Heads:
        """The newest numbers of what is asked for and exists."""
        async with self._database.connection() as connection:
            return Heads(
                conversations=await reads.heads(connection, request.conversation_ids),
                desks=await reads.desk_versions(connection, request.agent_ids),
            )


def _takes_part(header: Header, agent_id: UUID) -> bool:
    return any(agent.id == agent_id for agent in header.participants)
