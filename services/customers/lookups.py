"""Whose an address is, for conversations that start and tickets that are opened: one answer each, whatever the address.

No address, something that is none, and one that nobody has are all answered alike, and nobody waits for the answer.
Where the settings say so, an unknown address that a visitor gives becomes a new customer's, whether their conversation
or the ticket that it became is looked up first; of any number with one address, one makes the card and all are answered
with it.
"""

from typing import Final

from contracts.address import Address, NotAnAddress, normalise
from contracts.base import NamedRef
from contracts.conversation import ConversationStarted
from contracts.customers import CustomerLookedUp, TicketLookedUp
from contracts.envelope import Received
from contracts.tickets import TicketOpened, TicketOrigin
from services.chassis.clock import Clock, Ids
from services.chassis.database import Connection, Transaction
from services.chassis.errors import Unavailable
from services.customers.store import cards, configuration

ATTEMPTS: Final = 5
BY_VISITORS: Final[frozenset[TicketOrigin]] = frozenset({"waiting_chat", "after_hours"})


class Lookups:
    """Answers to conversations and tickets."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids

    async def conversation_started(self, tx: Transaction, received: Received) -> None:
        """Answer a conversation's start with whose address it is."""
        started: ConversationStarted = received.message
        owner = await self._owner_or_new(tx.connection, started.visitor_email, started.visitor_name)
        tx.outbox.add(
            CustomerLookedUp(
                conversation_id=started.conversation_id,
                customer_id=owner.id if owner else None,
                verified=started.verified,
            ),
            caused_by=received,
        )

    async def ticket_opened(self, tx: Transaction, received: Received) -> None:
        """Answer a ticket's opening with the customer for whom it was opened, or else with whose address it is."""
        opened: TicketOpened = received.message
        customer = await cards.named(tx.connection, opened.customer_id) if opened.customer_id else None
        if customer is None and opened.origin in BY_VISITORS:
            customer = await self._owner_or_new(tx.connection, opened.email, opened.name)
        elif customer is None and (address := _address(opened.email)) is not None:
            customer = await cards.owner_of(tx.connection, address)
        tx.outbox.add(TicketLookedUp(ticket_id=opened.ticket_id, customer=customer), caused_by=received)

    async def _owner_or_new(self, connection: Connection, email: str | None, name: str) -> NamedRef | None:
        address = _address(email)
        if email is None or address is None:
            return None
        # Read before the address, so that a known one and an unknown one cost the same.
        create = (await configuration.settings(connection)).create_automatically
        for _ in range(ATTEMPTS):
            owner = await cards.owner_of(connection, address)
            if owner is not None or not create:
                return owner
            new = NamedRef(id=self._ids.new(), name=name)
            if await cards.add_with_address(connection, new, address, email.strip(), self._clock.now()):
                return new
            # Whoever was quicker has committed: the next look finds them, unless the address was given up since.
        raise Unavailable("an address changes hands too quickly")


def _address(email: str | None) -> Address | None:
    try:
        return normalise(email or "")
    except NotAnAddress:
        return None
