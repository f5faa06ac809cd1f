"""What a visitor may read of before: their own conversations, and, while their site vouches for them, their customer's.

Invariants:
- of a customer's conversations only those that were themselves begun with a verified address, and that are over: they
  can be read, and nothing can be done in them;
- without a good token nobody's customer is looked up; with one, as much is asked when there is no such customer as when
  there is, so that neither what is answered nor when tells which.
"""

from typing import Final, NamedTuple
from uuid import UUID

from contracts.address import Address
from contracts.base import NamedRef
from contracts.reads import PastConversation, PastConversations
from services.chassis.errors import NotFound
from services.chassis.http import InternalClient
from services.gateway.identity import Identities

NOBODY: Final = UUID(int=0)


class Readable(NamedTuple):
    """Conversations of the visitor's customer, to be read as long as a site vouches for this address of the visitor."""

    conversations: tuple[PastConversation, ...]
    address: Address

    @property
    def ids(self) -> set[UUID]:
        return {past.conversation_id for past in self.conversations}


class EarlierConversations:
    def __init__(self, identities: Identities, *, router: InternalClient, customers: InternalClient) -> None:
        self._identities = identities
        self._router = router
        self._customers = customers

    async def all(self, visitor_id: UUID) -> PastConversations:
        """The visitor's own and those they may read besides, the newest first. Raises Unavailable."""
        own = await self._router.get(f"/internal/visitors/{visitor_id}/conversations", PastConversations)
        readable = await self.readable(visitor_id)
        if readable is None:
            return own
        found = {past.conversation_id: past for past in (*readable.conversations, *own.conversations)}
        newest_first = sorted(found.values(), key=lambda past: past.started_at, reverse=True)
        return PastConversations(conversations=tuple(newest_first))

    async def readable(self, visitor_id: UUID) -> Readable | None:
        """What the visitor may read besides their own; None while nobody vouches for them. Raises Unavailable."""
        vouched = await self._identities.vouched(visitor_id)
        if vouched is None:
            return None
        customer_id = await self._customer_of(vouched.address)
        path = f"/internal/customers/{customer_id}/conversations"
        theirs = await self._router.get(path, PastConversations, verified=True)
        over = tuple(past for past in theirs.conversations if past.state == "closed")
        return Readable(over, vouched.address)

    async def _customer_of(self, address: Address) -> UUID:
        try:
            return (await self._customers.get("/internal/customers/of-address", NamedRef, email=address)).id
        except NotFound:
            return NOBODY
