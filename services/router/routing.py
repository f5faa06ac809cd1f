"""Brings waiting conversations and free agents together, and passes on what nobody takes; driven by deadlines.

Whatever makes room or need leaves a `route` deadline in its own transaction, so that a crash loses none and nobody
waits for a periodic job. Handling one makes at most one offer and, having made it, leaves another `route`: each offer
is a short transaction of its own that locks in the common order, and the chain ends when nothing more can be offered.
A handler drops the other notes of its kind before it looks, never after: what they tell of is then visible to it.
"""

import asyncio
from datetime import timedelta
from typing import Final
from uuid import UUID

from contracts.live import LivePlace
from contracts.parameters import TopicSettings
from services.chassis.clock import Clock, Ids
from services.chassis.database import Transaction
from services.chassis.deadlines import Deadline, Deadlines
from services.chassis.publisher import Publisher
from services.router.domain import offers
from services.router.domain.conversation import Decision
from services.router.domain.first_answer import answer_overdue
from services.router.domain.routing import next_agent
from services.router.store import agents, conversations, topics
from services.router.store.conversations import Turn
from services.router.work import Work

MOST_PLACES_TOLD: Final = 100


class Routing:
    """Handlers of the router's deadlines."""

    def __init__(self, publisher: Publisher, clock: Clock, ids: Ids) -> None:
        self._publisher = publisher
        self._clock = clock
        self._ids = ids

    async def route(self, tx: Transaction, deadline: Deadline) -> None:
        """Offer the longest waiting conversation of the topic to the agent whose turn it is."""
        await _look_alone(tx, deadline)
        turn = await conversations.next_waiting(tx.connection, deadline.subject)
        if turn is None:
            return
        topic = await topics.load(tx.connection, deadline.subject)
        if topic is None:
            return
        agent_id = next_agent(topic, turn.asked, turn.preferred_id, await agents.candidates(tx.connection, topic.id))
        if agent_id is None:
            return
        work = Work(tx, self._ids, self._clock.now())
        await self._offer(work, topic, turn, agent_id)
        work.route([topic.id])

    async def _offer(self, work: Work, topic: TopicSettings, turn: Turn, agent_id: UUID) -> None:
        """Make the offer, unless conversation or agent have changed since they were looked at."""
        agent = await work.lock_agent(agent_id)
        conversation = await work.load_locked(turn.conversation_id)
        if agent is None or conversation is None or not agent.takes(topic.id):
            return
        if conversation.topic.id != topic.id or conversation.asked != turn.asked:
            return
        lasts = timedelta(seconds=topic.offer_seconds)
        outcome = offers.make_offer(conversation, agent.ref, self._ids.new(), lasts, work.now)
        if isinstance(outcome, Decision):
            await work.keep(conversation, outcome)

    async def offer_expired(self, tx: Transaction, deadline: Deadline) -> None:
        """Pass the conversation on; nothing where the offer has ended otherwise."""
        asked_id = await conversations.agent_of_offer(tx.connection, deadline.subject)
        if asked_id is None:
            return
        work = Work(tx, self._ids, self._clock.now())
        # With everything else the agent is being asked about, for it may be the last they are asked before a break.
        for conversation in await work.load_offered(asked_id):
            if conversation.offer is not None and conversation.offer.id == deadline.subject:
                await work.keep(conversation, offers.expire(conversation, deadline.subject, work.now))

    async def answer_overdue(self, tx: Transaction, deadline: Deadline) -> None:
        """Pass on what its owner has accepted and not answered; nothing where they have, or still have time."""
        work = Work(tx, self._ids, self._clock.now())
        conversation = await work.load(deadline.subject)
        if conversation is not None:
            there = any(agent.id == conversation.owner_id and agent.connected for agent in work.agents.values())
            await work.keep(conversation, answer_overdue(conversation, work.now, there=there))

    async def tell_places(self, tx: Transaction, deadline: Deadline) -> None:
        """Tell the first hundred of the topic's queue their places."""
        await _look_alone(tx, deadline)
        line = await conversations.line(tx.connection, deadline.subject, MOST_PLACES_TOLD)
        places = (LivePlace(conversation_id=one, place=place) for place, one in enumerate(line, start=1))
        # At once, so that a broker that takes nothing holds up this transaction for the time of one cast only.
        await asyncio.gather(*map(self._publisher.cast, places))


async def _look_alone(tx: Transaction, deadline: Deadline) -> None:
    """Answer all notes of this kind that there are with one look, and let nobody else look at the topic meanwhile."""
    notes = Deadlines()
    notes.cancel(deadline.kind, deadline.subject)
    await notes.write(tx.connection)
    await conversations.lock_topic(tx.connection, deadline.subject)
