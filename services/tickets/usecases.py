"""What the tickets service does: load, decide by the domain, save and tell, in one transaction each."""

from uuid import UUID

from contracts import reads
from contracts.envelope import Received
from contracts.tickets import OpenTicket, RatingRecorded, SubmitRating, TicketOpened
from services.chassis.clock import Clock
from services.chassis.database import Connection, Database, Transaction
from services.tickets import store
from services.tickets.domain.rating import replaces
from services.tickets.domain.ticket import open_ticket


class Commands:
    """What other services ask for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def handle(self, tx: Transaction, received: Received) -> None:
        """Do what the command says."""
        match received.message:
            case OpenTicket():
                await self._open(tx, received)
            case SubmitRating():
                await self._rate(tx, received)
            case _:
                raise TypeError(f"{received.type} is no command to tickets")

    async def _open(self, tx: Transaction, received: Received) -> None:
        """Store the ticket asked for and tell its number; a ticket that is stored already stays as it is."""
        ticket = open_ticket(received.message, self._clock.now())
        number = await store.add_ticket(tx.connection, ticket)
        if number is None:
            return
        opened = TicketOpened(
            ticket_id=ticket.id,
            number=number,
            conversation_id=ticket.conversation_id,
            topic=ticket.topic,
            subject_line=ticket.subject_line,
            name=ticket.name,
            opened_at=ticket.opened_at,
        )
        tx.outbox.add(opened, caused_by=received)

    async def _rate(self, tx: Transaction, received: Received) -> None:
        """Keep the conversation's last rating, and tell of this one only when it is that."""
        rating: SubmitRating = received.message
        if not await _keep(tx.connection, rating):
            return
        recorded = RatingRecorded(
            conversation_id=rating.conversation_id,
            client_id=rating.client_id,
            score=rating.score,
            comment=rating.comment,
            rated_at=rating.rated_at,
        )
        tx.outbox.add(recorded, caused_by=received)


async def _keep(connection: Connection, rating: SubmitRating) -> bool:
    if await store.add_rating(connection, rating):
        return True
    stored = await store.rating_for_update(connection, rating.conversation_id)
    if stored is None or not replaces(rating, stored):
        return False
    await store.replace_rating(connection, rating)
    return True


class Tickets:
    """Reading tickets, on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, before: int | None, limit: int) -> reads.TicketPage:
        """One page of the list, newest first, below the number `before`."""
        async with self._database.connection() as connection:
            return await store.page(connection, before, limit)

    async def ticket(self, ticket_id: UUID) -> reads.Ticket | None:
        """The ticket's card, or None when there is no such ticket."""
        async with self._database.connection() as connection:
            return await store.ticket(connection, ticket_id)
