"""What the customers service does: load, decide by the domain, save and tell, in one transaction each."""

from uuid import UUID

from contracts.conversation import ConversationStarted
from contracts.customers import CustomerLookedUp
from contracts.envelope import Received
from services.chassis.database import Connection, Database, Transaction
from services.customers import store
from services.customers.domain.address import NotAnAddress, normalise
from services.customers.domain.card import Card


async def look_up(tx: Transaction, received: Received) -> None:
    """Answer a conversation's start with whose address it is, or nobody's: one answer, whatever the address.

    No address, something that is none, and one that nobody has are all answered alike.
    """
    started: ConversationStarted = received.message
    owner = await _owner_of(tx.connection, started.visitor_email)
    tx.outbox.add(CustomerLookedUp(conversation_id=started.conversation_id, customer_id=owner), caused_by=received)


async def _owner_of(connection: Connection, email: str | None) -> UUID | None:
    try:
        address = normalise(email or "")
    except NotAnAddress:
        return None
    return await store.owner_of(connection, address)


class Cards:
    """Reading and keeping cards, on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, card: Card) -> None:
        """Make the card or replace it. Raises AddressTaken, NotAnAddress."""
        await self._database.run(lambda tx: store.save(tx.connection, card))

    async def card(self, customer_id: UUID) -> Card | None:
        """The card, or None when there is no such customer."""
        async with self._database.connection() as connection:
            return await store.card(connection, customer_id)
