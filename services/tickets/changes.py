"""What agents do with tickets: each in one transaction, answered with the card as it is afterwards."""

from uuid import UUID

from contracts.base import NamedRef
from contracts.tickets import ChangeTicket, NewTicket, WriteToTicket
from contracts.tickets import Ticket as TicketCard
from services.chassis.clock import Clock
from services.chassis.database import Database, Transaction
from services.tickets import work
from services.tickets.domain.ticket import (
    ChangedMeanwhile,
    Impossible,
    Ticket,
    change,
    is_made_from,
    open_by_agent,
    write,
)
from services.tickets.store import tickets
from services.tickets.views import card


class UnknownTicket(LookupError):
    """There is no such ticket."""


class Conflict(Exception):
    """Somebody else has changed the ticket since it was read; `present` is its card as it is now."""

    def __init__(self, present: TicketCard) -> None:
        super().__init__(ChangedMeanwhile.__doc__)
        self.present = present


class Changes:
    """Handles what agents ask for. A repeated request changes nothing and is answered as the first was."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def open(self, ticket_id: UUID, asked: NewTicket, agent: NamedRef) -> TicketCard:
        """Open a ticket, unless there is one of this id. Raises Impossible, and Conflict where that is another one."""

        async def attempt(tx: Transaction) -> TicketCard:
            await work.add(tx, open_by_agent(ticket_id, asked, agent, self._clock.now()), agent)
            ticket = await _lock(tx, ticket_id)
            if not is_made_from(ticket, asked):
                raise Conflict(card(ticket))
            return card(ticket)

        return await self._database.run(attempt)

    async def change(self, ticket_id: UUID, asked: ChangeTicket, agent: NamedRef) -> TicketCard:
        """Change a ticket. Raises UnknownTicket, Conflict and Impossible."""

        async def attempt(tx: Transaction) -> TicketCard:
            ticket = await _lock(tx, ticket_id)
            try:
                changed = change(ticket, asked, self._clock.now())
            except ChangedMeanwhile:
                raise Conflict(card(ticket)) from None
            await work.keep(tx, ticket, changed, agent)
            return card(changed)

        return await self._database.run(attempt)

    async def write(self, ticket_id: UUID, asked: WriteToTicket, agent: NamedRef) -> TicketCard:
        """Add a reply or a comment. Raises UnknownTicket and Impossible."""

        async def attempt(tx: Transaction) -> TicketCard:
            ticket = await _lock(tx, ticket_id)
            if await tickets.ticket_of_message(tx.connection, asked.id) not in (None, ticket_id):
                raise Impossible("id", "is a message of another ticket")
            written = write(ticket, asked, agent, self._clock.now())
            await work.keep(tx, ticket, written, agent)
            return card(written)

        return await self._database.run(attempt)

    async def read(self, ticket_id: UUID, agent_id: UUID) -> None:
        """The agent has read the ticket. Raises UnknownTicket."""

        async def attempt(tx: Transaction) -> None:
            if not await tickets.mark_read(tx.connection, agent_id, ticket_id):
                raise UnknownTicket(UnknownTicket.__doc__)

        await self._database.run(attempt)


async def _lock(tx: Transaction, ticket_id: UUID) -> Ticket:
    ticket = await tickets.lock(tx.connection, ticket_id)
    if ticket is None:
        raise UnknownTicket(UnknownTicket.__doc__)
    return ticket
