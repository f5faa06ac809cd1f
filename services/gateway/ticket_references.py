"""What a ticket refers to: its conversation, topic, agent and customer, as those who keep them know them.

Invariants: a page names them by id alone, and what they are called is looked up, so that no ticket bears a name of
somebody's own making; nobody writes of a ticket into a conversation that they may not read. What a change leaves as it
is stored is not looked up: it may be gone by now, and is no reason to refuse the rest.
"""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from contracts.base import NamedRef
from contracts.customers import Customer
from contracts.reads import ConversationRecord
from contracts.refusals import RefusalCode
from contracts.tickets import ChangeTicket, NewTicket, Ticket
from services.chassis.errors import NotFound
from services.chassis.http import InternalClient
from services.gateway.agents import Agents
from services.gateway.problems import CHANGED_MEANWHILE, Problem
from services.gateway.topics import TopicList

NOBODY: Final = {"topic": "topic", "assignee": "agent", "customer": "customer", "customer_id": "customer"}
"""What there is none of, by the field that names it."""


class Missing(Exception):
    """There is nothing of this id."""


class References:
    """Looks up what tickets refer to."""

    def __init__(self, topics: TopicList, agents: Agents, *, router: InternalClient, customers: InternalClient) -> None:
        self._topics = topics
        self._agents = agents
        self._router = router
        self._customers = customers

    async def of_new(self, asked: NewTicket, agent_id: UUID) -> NewTicket:
        """The ticket with true names. Raises Problem; Forbidden where the agent may not read its conversation."""
        if asked.conversation_id is not None:
            path = f"/internal/conversations/{asked.conversation_id}/record"
            await self._router.get(path, ConversationRecord, agent_id=agent_id)
        topic = await _found("topic", asked.topic.id, self._topic)
        customer = None
        if asked.customer_id is not None:
            customer = await _found("customer_id", asked.customer_id, self._customer)
        return asked.model_copy(update={"topic": topic, "customer_name": customer.name if customer else None})

    async def of_change(self, asked: ChangeTicket, stored: Ticket) -> ChangeTicket:
        """The change with true names; what it leaves alone as it is stored. Raises Problem."""
        wanted: dict[str, tuple[NamedRef | None, NamedRef | None, Callable[[UUID], Awaitable[NamedRef]]]] = {
            "topic": (asked.topic, stored.topic, self._topic),
            "assignee": (asked.assignee, stored.assignee, self._agent),
            "customer": (asked.customer, stored.customer, self._customer),
        }
        try:
            known = {field: await _named(field, *one) for field, one in wanted.items()}
        except Problem as problem:
            if problem.code is RefusalCode.INVALID and asked.version != stored.version:
                # What was read is not stored any more, so that nobody can say which of it was to be changed.
                kept = {"present": stored.model_dump(mode="json")}
                raise Problem(RefusalCode.CONFLICT, CHANGED_MEANWHILE, kept=kept) from None
            raise
        return asked.model_copy(update=known)

    async def _topic(self, topic_id: UUID) -> NamedRef:
        for topic in await self._topics.named((topic_id,)):
            return NamedRef(id=topic.id, name=topic.name)
        raise Missing

    async def _agent(self, agent_id: UUID) -> NamedRef:
        for agent in (await self._agents.all()).agents:
            if agent.agent_id == agent_id:
                return NamedRef(id=agent_id, name=agent.name)
        raise Missing

    async def _customer(self, customer_id: UUID) -> NamedRef:
        try:
            card = await self._customers.get(f"/internal/customers/{customer_id}", Customer)
        except NotFound:
            raise Missing from None
        return NamedRef(id=card.id, name=card.name)


async def _named(
    field: str, asked: NamedRef | None, stored: NamedRef | None, look_up: Callable[[UUID], Awaitable[NamedRef]]
) -> NamedRef | None:
    if asked is None:
        return None
    if stored is not None and asked.id == stored.id:
        return stored
    return await _found(field, asked.id, look_up)


async def _found(field: str, asked: UUID, look_up: Callable[[UUID], Awaitable[NamedRef]]) -> NamedRef:
    try:
        return await look_up(asked)
    except Missing:
        said = f"The request is not valid: {field}: there is no such {NOBODY[field]}."
        raise Problem(RefusalCode.INVALID, said, detail=field) from None
