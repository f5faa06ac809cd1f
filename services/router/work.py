"""One transaction's work on conversations and agents, and all that a change entails.

Whatever the domain decides is kept here, in one way for every command, fact and timer: the conversation and its log,
and what follows from it (domain/effects.py): the room of the agents concerned with their desks, timers, live messages,
and the notes that a topic has to be routed. All agents concerned are locked before a conversation is; since whoever
locks a conversation has locked its holders, two transactions that share conversations meet at an agent first.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from contracts.base import Actor
from contracts.live import LiveCard, LiveDesk, LiveEntry
from contracts.parameters import RoutingSettings, TopicSettings
from services.chassis.clock import Ids
from services.chassis.database import Connection, Transaction
from services.router.domain import effects, offers
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation, Decision
from services.router.domain.effects import ANSWER, OFFER, Timer
from services.router.domain.inactivity import first_look
from services.router.store import agents, conversations, reads, topics
from services.router.timers import INACTIVE, STAFFED, move

ROUTE: Final = "route"
"""Deadline: a topic has room or need that it had not before."""
PLACES: Final = "places"
"""Deadline: a topic's queue has moved."""
RELOADED: Final = timedelta(seconds=3)
"""A console that is back within has only been loaded anew: visitors are not told that nobody is there."""
NO_TIME: Final = timedelta()


class Work:
    """To be made anew in each attempt of a transaction. `agents` are those locked so far, as they are now."""

    def __init__(self, tx: Transaction, ids: Ids, now: datetime) -> None:
        self.tx = tx
        self.now = now
        self.ids = ids
        self.agents: dict[UUID, Agent] = {}

    # --- what is to be changed

    async def lock_agent(self, agent_id: UUID) -> Agent | None:
        """The agent, kept from changing; None when there is none of this id. Before any conversation is locked."""
        await self._lock([agent_id])
        return self.agents.get(agent_id)

    async def load(self, conversation_id: UUID, *agent_ids: UUID) -> Conversation | None:
        """The conversation to act on, locked after the agents whose room it takes and those named."""
        await self._lock({*agent_ids, *await conversations.holders(self.tx.connection, [conversation_id])})
        return await self.load_locked(conversation_id)

    async def load_locked(self, conversation_id: UUID) -> Conversation | None:
        """The conversation, when whoever can hold it is locked already. Raises Outrun when somebody else does."""
        return await conversations.lock(self.tx.connection, conversation_id, self.agents)

    async def load_offered(self, agent_id: UUID) -> list[Conversation]:
        """The agent is locked, and with them everything they are being asked about."""
        return await self._load_all(agent_id, agents.offered)

    async def load_chats(self, agent_id: UUID) -> list[Conversation]:
        """The agent is locked, and with them every conversation they take part in that is not over."""
        return await self._load_all(agent_id, agents.chats)

    async def _load_all(
        self, agent_id: UUID, held: Callable[[Connection, UUID], Awaitable[list[UUID]]]
    ) -> list[Conversation]:
        guess = await held(self.tx.connection, agent_id)
        await self._lock({agent_id, *await conversations.holders(self.tx.connection, guess)})
        # What an agent holds changes only while they are locked: from here on it is no guess.
        loaded = [await self.load_locked(one) for one in await held(self.tx.connection, agent_id)]
        return [one for one in loaded if one is not None]

    async def _lock(self, agent_ids: Iterable[UUID]) -> None:
        if missing := set(agent_ids) - self.agents.keys():
            self.agents |= await agents.lock(self.tx.connection, missing)

    async def topic_of(self, conversation: Conversation) -> TopicSettings:
        """The parameters of the topic that the conversation is in."""
        topic = await topics.load(self.tx.connection, conversation.topic.id)
        if topic is None:
            raise LookupError("a conversation's topic is never removed")
        return topic

    # --- what has been decided

    async def add(self, decision: Decision, client_id: UUID, sender: Actor) -> bool:
        """Begin a conversation; False when there is one of its id."""
        if not await conversations.add(self.tx.connection, decision, client_id):
            return False
        self._tell(decision, client_id, sender)
        await self._follow(None, decision)
        return True

    async def keep(
        self, before: Conversation, decision: Decision, *, client_id: UUID | None = None, sender: Actor | None = None
    ) -> None:
        """Keep what was decided about a loaded conversation, with everything it entails."""
        if decision.conversation == before:
            return
        await conversations.save(self.tx.connection, before, decision, client_id)
        self._tell(decision, client_id, sender)
        await self._follow(before, decision)

    async def _follow(self, before: Conversation | None, decision: Decision) -> None:
        """Do what a conversation's change entails."""
        entailed = effects.of_conversation(before, decision)
        for timer in entailed.timers:
            self.set_timer(timer)
        settings = await topics.routing(self.tx.connection) if entailed.missed else RoutingSettings()
        for agent_id in sorted(entailed.shown):
            await self.keep_agent(effects.on_agent(self.agents[agent_id], entailed, settings, self.now))
        self.route(entailed.route)
        self._look_at(PLACES, entailed.places)
        if entailed.card:
            self.tx.outbox.add(LiveCard(card=effects.card(decision.conversation)))
        if entailed.over:
            await self._tell_end(decision.conversation)
        await self._watch_silence(before, decision.conversation)

    async def _watch_silence(self, before: Conversation | None, after: Conversation) -> None:
        """Set the timer of a silence that may begin now; one that began before has been timed then."""
        look: datetime | None = self.now
        if after.closed:
            look = None
        elif before is None:
            look = first_look(await self.topic_of(after), self.now)
        elif before.topic == after.topic:
            topic = await self.topic_of(after) if after.owned_at != before.owned_at else None
            if topic is None or topic.inactivity_from != "last_message":
                return
            look = first_look(topic, self.now)
        self.set_timer(Timer(INACTIVE, after.id, look))

    async def keep_agent(self, after: Agent) -> None:
        """Keep a locked agent, show them their desk, and use the room they have gained.

        Who takes no conversations any more loses what they are being asked about: `load_offered` must have locked it.
        """
        before = self.agents[after.id]
        await agents.save(self.tx.connection, before, after)
        self.agents[after.id] = after
        await self.tell_desk(after.id)
        self.route(effects.topics_to_route(before, after))
        gone = effects.disconnects(before, after)
        self._look_at(STAFFED, effects.topics_staffed(before, after), RELOADED if gone else NO_TIME)
        if gone:
            for conversation_id in await agents.first_answers(self.tx.connection, after.id):
                self.set_timer(Timer(ANSWER, conversation_id, self.now))
        if effects.withdraws(before, after):
            await self.withdraw_offers(after.id)

    async def withdraw_offers(self, agent_id: UUID) -> None:
        """Ask the agent no longer about anything; `load_offered` has locked it."""
        for conversation_id in await agents.offered(self.tx.connection, agent_id):
            conversation = await self.load_locked(conversation_id)
            if conversation is not None and conversation.offer is not None:
                await self.keep(conversation, offers.withdraw(conversation, conversation.offer.id, self.now))

    async def tell_desk(self, agent_id: UUID) -> None:
        """Show the agent their desk as it is now."""
        desk = await reads.desk(self.tx.connection, agent_id, self.now)
        if desk is not None:
            self.tx.outbox.add(LiveDesk(agent_id=agent_id, desk=desk))

    def set_timer(self, timer: Timer) -> None:
        """Set a timer instead of any other of its kind and subject."""
        if timer.due_at is None:
            self.tx.deadlines.cancel(timer.kind, timer.subject)
        elif timer.kind == OFFER:
            # An offer is timed once, when it is made: there is no other to look for.
            self.tx.deadlines.set(timer.kind, timer.subject, timer.due_at)
        else:
            move(self.tx.deadlines, timer.kind, timer.subject, timer.due_at, self.ids)

    def route(self, topic_ids: Iterable[UUID]) -> None:
        """Look at the topics' queues after this transaction."""
        self._look_at(ROUTE, topic_ids)

    def _look_at(self, kind: str, topic_ids: Iterable[UUID], after: timedelta = NO_TIME) -> None:
        for topic_id in topic_ids:
            # Each note has a generation of its own: one that is being handled may already have looked, and must not
            # be waited for.
            self.tx.deadlines.set(kind, topic_id, self.now + after, self.ids.new().int >> 65)

    async def _tell_end(self, conversation: Conversation) -> None:
        """Pass on the conversation that is over as its visitor saw it, with the entries of this transaction."""
        stand = await reads.stand(self.tx.connection, conversation.id, 0, None)
        if stand is None:
            raise LookupError("a conversation that has just ended is there")
        answered = await conversations.holds_answer(self.tx.connection, conversation.id)
        self.tx.outbox.add(effects.ended(conversation, stand.entries, self.now, answered=answered))

    def _tell(self, decision: Decision, client_id: UUID | None, sender: Actor | None) -> None:
        answer = decision.answer
        for entry in decision.entries:
            self.tx.outbox.add(
                LiveEntry(
                    conversation_id=decision.conversation.id,
                    entry=entry,
                    sender=sender if entry is answer else None,
                    client_id=client_id if entry is answer else None,
                )
            )
