"""What other services tell, and what the router makes of it. Told twice, it changes nothing the second time."""

from uuid import UUID

import structlog

from contracts.base import Actor
from contracts.conversation import AgentRegistered
from contracts.customers import CustomerLookedUp
from contracts.envelope import Received
from contracts.tickets import RatingRecorded, TicketOpened
from services.chassis.clock import Clock, Ids
from services.chassis.database import Database, Transaction
from services.router.domain import customer, lifecycle
from services.router.domain.agent import register
from services.router.domain.conversation import Conversation
from services.router.presence import note_agent
from services.router.store import agents, conversations, topics
from services.router.work import Work

log = structlog.stdlib.get_logger("dymek.router")


class Facts:
    """Handles the events that the router consumes."""

    def __init__(self, database: Database, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids

    async def handle(self, received: Received) -> None:
        """Take note of the event."""
        fact = received.message

        async def attempt(tx: Transaction) -> None:
            work = Work(tx, self._ids, self._clock.now())
            match fact:
                case AgentRegistered():
                    await self._register(work, fact)
                case CustomerLookedUp() | TicketOpened() | RatingRecorded():
                    await self._log(work, fact)
                case _:
                    raise TypeError(f"{received.type} is no event for the router")

        await self._database.run(attempt)

    async def _register(self, work: Work, account: AgentRegistered) -> None:
        known = await work.lock_agent(account.agent_id)
        usual = await topics.hold_routing(work.tx.connection)
        agent = register(known, account, usual.default_capacity, work.now)
        if known is None:
            await agents.add(work.tx.connection, agent)
            # A gateway may have told of their console before this was told.
            note_agent(work.tx.deadlines, agent.id, work.now)
            await work.tell_desk(agent.id)
        elif agent != known:
            await work.keep_agent(agent)

    async def _log(self, work: Work, fact: CustomerLookedUp | TicketOpened | RatingRecorded) -> None:
        if fact.conversation_id is None:
            return  # A ticket that came out of no conversation.
        conversation = await work.load(fact.conversation_id)
        if conversation is None:
            # Only a restored backup can have lost it; there is nowhere left to tell this.
            log.warning("conversation_unknown", type=fact.TYPE, conversation_id=str(fact.conversation_id))
            return
        match fact:
            case CustomerLookedUp():
                decision = customer.looked_up(conversation, fact.customer_id, fact.verified, work.now)
                await work.keep(conversation, decision)
            case TicketOpened():
                await self._log_ticket(work, conversation, fact)
            case RatingRecorded():
                await self._log_rating(work, conversation, fact)

    async def _log_ticket(self, work: Work, conversation: Conversation, ticket: TicketOpened) -> None:
        # Of several tickets an earlier one may be told of again after a later one.
        if await _logged(work, conversation.id, ticket.ticket_id):
            return
        decision = lifecycle.ticket_opened(conversation, ticket.ticket_id, ticket.number, work.now)
        await work.keep(conversation, decision, client_id=ticket.ticket_id)

    async def _log_rating(self, work: Work, conversation: Conversation, rating: RatingRecorded) -> None:
        if await _logged(work, conversation.id, rating.client_id):
            return
        visitor = Actor(kind="visitor", id=conversation.visitor_id)
        decision = lifecycle.rating_recorded(conversation, rating, work.now)
        await work.keep(conversation, decision, client_id=rating.client_id, sender=visitor)


async def _logged(work: Work, conversation_id: UUID, client_id: UUID) -> bool:
    return await conversations.answered(work.tx.connection, conversation_id, client_id) is not None
