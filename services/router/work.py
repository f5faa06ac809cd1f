"""One transaction's work on conversations and agents, and all that a change entails.

Whatever the domain decides is kept here, in one way for every command, fact and timer: the conversation and its log,
the offers with their timers, the room of the agents concerned with their desks, the live messages, and the note that
a topic has to be routed. The agents concerned are locked before the conversation is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from contracts.base import Actor
from contracts.entries import Entry, OfferEnded, OfferMade
from contracts.live import LiveDesk, LiveEntry
from services.chassis.clock import Ids
from services.chassis.database import Transaction
from services.router.domain import agent as room
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation, Decision
from services.router.store import agents, conversations, reads

ROUTE: Final = "route"
"""Deadline: a topic has room or need that it had not before."""
OFFER: Final = "offer"
"""Deadline: an offer's time is over."""
PLACES: Final = "places"
"""Deadline: a topic's queue has moved."""

ENDED_CHATS_SHOWN: Final = timedelta(minutes=30)


class Work:
    """To be made anew in each attempt of a transaction. `agents` are those locked so far, as they are now."""

    def __init__(self, tx: Transaction, ids: Ids, now: datetime) -> None:
        self.tx = tx
        self.now = now
        self.agents: dict[UUID, Agent] = {}
        self._ids = ids

    async def lock_agent(self, agent_id: UUID) -> Agent | None:
        """The agent, kept from changing; None when there is none of this id. Before any conversation is locked."""
        self.agents |= await agents.lock(self.tx.connection, [agent_id])
        return self.agents.get(agent_id)

    async def load(self, conversation_id: UUID) -> Conversation | None:
        """The conversation to act on, locked after the agents whose room it takes."""
        held_by = await conversations.holders(self.tx.connection, conversation_id)
        if missing := held_by - self.agents.keys():
            self.agents |= await agents.lock(self.tx.connection, missing)
        return await conversations.lock(self.tx.connection, conversation_id, self.agents)

    async def load_locked(self, conversation_id: UUID) -> Conversation | None:
        """The conversation, when whoever can hold it is locked already. Raises Outrun when somebody else does."""
        return await conversations.lock(self.tx.connection, conversation_id, self.agents)

    async def add(self, decision: Decision, client_id: UUID, sender: Actor) -> bool:
        """Begin a conversation; False when there is one of its id."""
        if not await conversations.add(self.tx.connection, decision, client_id):
            return False
        conversation = decision.conversation
        self._tell(conversation.id, decision.entries, client_id, sender)
        self._route([conversation.topic.id])
        self._places(conversation.topic.id)
        return True

    async def keep(
        self, before: Conversation, decision: Decision, *, client_id: UUID | None = None, sender: Actor | None = None
    ) -> None:
        """Keep what was decided about a loaded conversation, with everything it entails."""
        if not decision.entries:
            return
        after = decision.conversation
        await conversations.save(self.tx.connection, before, decision, client_id)
        self._tell(after.id, decision.entries, client_id, sender)
        self._set_timers(decision.entries)
        if before.offer != after.offer or before.header.state != after.header.state:
            for agent_id in sorted(before.holders | after.holders):
                await self.keep_agent(self._moved(agent_id, before, after))
        if after.header.state == "waiting" and before.header.state != "waiting":
            self._route([after.topic.id])
        if before.in_line and not after.in_line:
            self._places(after.topic.id)

    async def keep_agent(self, after: Agent) -> None:
        """Keep a locked agent, show them their desk, and use the room they have gained."""
        before = self.agents[after.id]
        await agents.save(self.tx.connection, before, after)
        self.agents[after.id] = after
        await self.tell_desk(after.id)
        if after.has_room and (not before.has_room or after.load < before.load):
            self._route(after.topic_ids)
        elif after.has_room:
            self._route(after.topic_ids - before.topic_ids)

    async def tell_desk(self, agent_id: UUID) -> None:
        """Show the agent their desk as it is now."""
        desk = await reads.desk(self.tx.connection, agent_id, self.now - ENDED_CHATS_SHOWN)
        if desk is not None:
            self.tx.outbox.add(LiveDesk(agent_id=agent_id, desk=desk))

    def route_again(self, topic_id: UUID) -> None:
        """Look at the topic once more, after this transaction."""
        self._route([topic_id])

    def _moved(self, agent_id: UUID, before: Conversation, after: Conversation) -> Agent:
        agent = self.agents[agent_id]
        if agent_id not in before.holders:
            return room.take(agent, self.now)
        return room.release(agent, self.now) if agent_id not in after.holders else agent

    def _tell(
        self, conversation_id: UUID, entries: tuple[Entry, ...], client_id: UUID | None, sender: Actor | None
    ) -> None:
        for entry in entries:
            answers = entry is entries[-1]
            self.tx.outbox.add(
                LiveEntry(
                    conversation_id=conversation_id,
                    entry=entry,
                    sender=sender if answers else None,
                    client_id=client_id if answers else None,
                )
            )

    def _set_timers(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            match entry.body:
                case OfferMade() as made:
                    self.tx.deadlines.set(OFFER, made.offer_id, made.expires_at)
                case OfferEnded() as ended:
                    self.tx.deadlines.cancel(OFFER, ended.offer_id)
                case _:
                    pass

    def _route(self, topic_ids: Iterable[UUID]) -> None:
        for topic_id in topic_ids:
            self._look_at(ROUTE, topic_id)

    def _places(self, topic_id: UUID) -> None:
        self._look_at(PLACES, topic_id)

    def _look_at(self, kind: str, topic_id: UUID) -> None:
        # Each note has a generation of its own: one that is being handled may already have looked, and must not
        # be waited for.
        self.tx.deadlines.set(kind, topic_id, self.now, self._ids.new().int >> 65)
