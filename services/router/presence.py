"""Who is there: gateways tell which pages are open, and what follows when an agent's last one or a visitor's goes.

Each gateway's word is a lease on its pages. What it changes of an agent is a note in the same transaction, a deadline
`presence` due at once, which compares the agent with the pages there are then; so two gateways that speak at the same
time agree, a crash loses nothing, and each agent is locked for a moment only. Whoever's time is over is looked at again
under their lock: who came back in time loses nothing.
"""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from contracts.conversation import GatewayPresence
from contracts.envelope import Received
from services.chassis.clock import Clock, Ids
from services.chassis.database import Database, Transaction
from services.chassis.deadlines import Deadline, Deadlines
from services.router.domain import inactivity
from services.router.domain.agent import Agent
from services.router.domain.leaving import connection_lost
from services.router.domain.presence import lost_at, seen, signed_off
from services.router.store import agents, presence, topics
from services.router.store.presence import Moved
from services.router.timers import CHATS_LOST, GATEWAY, INACTIVE, OFFERS_LOST, PRESENCE, move
from services.router.vigil import Vigil
from services.router.work import Work

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


class Presence:
    """Handles what gateways tell, and the timers that follow from it."""

    def __init__(self, database: Database, clock: Clock, ids: Ids, vigil: Vigil, lease: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._vigil = vigil
        self._lease = lease

    async def handle(self, received: Received) -> None:
        """Take a gateway's word; what is older than the newest changes nothing."""
        present = received.message
        if not isinstance(present, GatewayPresence):
            raise TypeError(f"{received.type} says nothing of presence")

        async def attempt(tx: Transaction) -> None:
            seen_at = min(present.at, self._clock.now())
            is_new = await presence.renew(tx.connection, present, seen_at)
            if is_new is None:
                return
            if is_new:
                tx.deadlines.set(GATEWAY, present.gateway_id, seen_at + self._lease)
            await self._note(tx, await presence.replace_pages(tx.connection, present), seen_at)

        await self._database.run(attempt)

    async def gateway_silent(self, tx: Transaction, deadline: Deadline) -> None:
        """Nobody is at a gateway that has said nothing for its lease, if this process has listened for as long."""
        seen_at = await presence.lock_gateway(tx.connection, deadline.subject)
        if seen_at is None:
            return
        now = self._clock.now()
        listened = self._vigil.length(now)
        if seen_at + self._lease > now or listened < self._lease:
            again = max(seen_at + self._lease, now + self._lease - listened)
            tx.deadlines.set(GATEWAY, deadline.subject, again)
            return
        await self._note(tx, await presence.drop_gateway(tx.connection, deadline.subject), seen_at)

    async def _note(self, tx: Transaction, moved: Moved, at: datetime) -> None:
        for agent_id in moved.agents:
            note_agent(tx.deadlines, agent_id, at)
        gone = [v for v in await presence.note_visitors(tx.connection, moved.conversations, at) if v.gone]
        for topic_id in {visit.topic_id for visit in gone}:
            topic = await topics.load(tx.connection, topic_id)
            if topic is None or topic.inactivity_from != "page_closed":
                continue
            for visit in gone:
                if visit.topic_id == topic_id:
                    move(tx.deadlines, INACTIVE, visit.conversation_id, inactivity.first_look(topic, at), self._ids)

    async def agent_moved(self, tx: Transaction, deadline: Deadline) -> None:
        """The agent has a console open or has none: as the pages say now, whatever was noted."""
        work = Work(tx, self._ids, self._clock.now())
        agent = await work.lock_agent(deadline.subject)
        if agent is None:
            return
        console = await agents.has_console(tx.connection, agent.id)
        if console == agent.connected:
            return
        after = seen(agent, console=console, at=min(EPOCH + deadline.generation * MICROSECOND, work.now))
        tx.deadlines.cancel(OFFERS_LOST, agent.id)
        tx.deadlines.cancel(CHATS_LOST, agent.id)
        if not console:
            await self._set_losses(tx, after)
        await work.keep_agent(after)

    async def _set_losses(self, tx: Transaction, agent: Agent) -> None:
        """Set the timers of an agent who is away."""
        routing = await topics.routing(tx.connection)
        for kind, seconds in (
            (OFFERS_LOST, routing.offers_lost_seconds),
            (CHATS_LOST, routing.conversations_lost_seconds),
        ):
            due = lost_at(agent, seconds)
            if due is not None:
                move(tx.deadlines, kind, agent.id, due, self._ids)

    async def offers_lost(self, tx: Transaction, deadline: Deadline) -> None:
        """Withdraw what the agent is being asked about."""
        work = Work(tx, self._ids, self._clock.now())
        await work.load_offered(deadline.subject)
        routing = await topics.routing(tx.connection)
        if self._still_away(work, deadline, routing.offers_lost_seconds):
            await work.withdraw_offers(deadline.subject)

    async def chats_lost(self, tx: Transaction, deadline: Deadline) -> None:
        """Let the agent's conversations go on without them; once they have none, sign the agent off."""
        work = Work(tx, self._ids, self._clock.now())
        routing = await topics.routing(tx.connection)
        chats = await work.load_chats(deadline.subject)
        if chats:
            if self._still_away(work, deadline, routing.conversations_lost_seconds):
                for chat in chats:
                    await work.keep(chat, connection_lost(chat, deadline.subject, work.now))
                move(tx.deadlines, CHATS_LOST, deadline.subject, work.now, self._ids)
            return
        await work.load_offered(deadline.subject)
        if self._still_away(work, deadline, routing.conversations_lost_seconds):
            agent = work.agents[deadline.subject]
            if agent.status != "offline":
                await work.keep_agent(signed_off(agent, work.now))

    def _still_away(self, work: Work, deadline: Deadline, seconds: int) -> bool:
        """Whether the locked agent is still away, for so long; a time that has been made longer is waited for."""
        agent = work.agents.get(deadline.subject)
        due = None if agent is None else lost_at(agent, seconds)
        if due is None or due <= work.now:
            return due is not None
        move(work.tx.deadlines, deadline.kind, deadline.subject, due, self._ids)
        return False


def note_agent(deadlines: Deadlines, agent_id: UUID, at: datetime) -> None:
    """Have the agent compared with the pages there are, once this is committed."""
    deadlines.set(PRESENCE, agent_id, at, (at - EPOCH) // MICROSECOND)
