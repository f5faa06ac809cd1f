"""What all sockets of this process share."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contracts.base import Message, NamedRef
from contracts.customers import Customer
from contracts.live import LiveTopics
from contracts.reads import Desk
from contracts.views import Snapshot, VisitorHeader, VisitorSnapshot
from services.chassis.clock import Clock, Ids
from services.chassis.database import Database
from services.chassis.errors import NotFound
from services.chassis.http import InternalClient
from services.chassis.publisher import Publisher
from services.gateway.accounts import Accounts
from services.gateway.bindings import Bindings
from services.gateway.earlier_conversations import EarlierConversations
from services.gateway.hub import Hub
from services.gateway.identity import Identities
from services.gateway.limiter import Limiter
from services.gateway.requests import Requests
from services.gateway.settings import GatewaySettings
from services.gateway.store import Session
from services.gateway.topics import TopicList

if TYPE_CHECKING:
    from services.gateway.sockets import Socket


@dataclass(frozen=True)
class Live:
    """The parts a socket needs, and the open sockets themselves."""

    settings: GatewaySettings
    database: Database
    clock: Clock
    ids: Ids
    accounts: Accounts
    publisher: Publisher
    router: InternalClient
    customers: InternalClient
    hub: Hub
    bindings: Bindings
    requests: Requests
    topics: TopicList
    identities: Identities
    earlier: EarlierConversations
    starts: Limiter
    """New conversations per address."""
    sockets: "set[Socket[Any]]" = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def cast_soon(self, message: Message) -> None:
        """Cast from where nothing may wait."""
        task = asyncio.create_task(self.publisher.cast(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def deliver(self, message: Message) -> None:
        """Pass a live message on to whom it concerns here."""
        if isinstance(message, LiveTopics):
            self.topics.take(message.topics)
        else:
            self.hub.deliver(message, self.requests)

    def tell_topics(self) -> None:
        """Topics have changed: each visitor hears of those of their widget."""
        for socket in tuple(self.sockets):
            socket.on_topics()

    def renew(self, session: Session) -> None:
        """The account behind a session may have changed."""
        for socket in tuple(self.sockets):
            if socket.session_id == session.session_id:
                socket.renew(session)

    def end_session(self, session_id: UUID) -> None:
        """Close the sockets of a session that has ended."""
        for socket in tuple(self.sockets):
            if socket.session_id == session_id:
                socket.turn_away()

    async def visitor_snapshot(self, stream: UUID, after: int) -> VisitorSnapshot:
        """The stream as its visitor sees it; empty while its start is on its way. Raises Unavailable."""
        try:
            return await self.router.get(_conversation(stream), VisitorSnapshot, view="visitor", after=after)
        except NotFound:
            return VisitorSnapshot(header=VisitorHeader(conversation_id=stream), entries=())

    async def agent_snapshot(self, stream: UUID, after: int, agent_id: UUID) -> Snapshot:
        """The stream as the agent sees it. Raises NotFound, Forbidden or Unavailable."""
        return await self.router.get(_conversation(stream), Snapshot, view="agent", after=after, agent_id=agent_id)

    async def customer(self, customer_id: UUID) -> NamedRef | None:
        """The customer with their name; None when there is no such customer. Raises Unavailable."""
        try:
            card = await self.customers.get(f"/internal/customers/{customer_id}", Customer)
        except NotFound:
            return None
        return NamedRef(id=card.id, name=card.name)

    async def desk(self, agent_id: UUID) -> Desk | None:
        """The agent's desk; None while the router does not know the agent yet. Raises Unavailable."""
        try:
            return await self.router.get(f"/internal/agents/{agent_id}/desk", Desk)
        except NotFound:
            return None


def _conversation(stream: UUID) -> str:
    return f"/internal/conversations/{stream}"
