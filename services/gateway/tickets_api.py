"""Tickets for the console: the list, cards and what agents do with them.

Whoever acts is named to the owner, and so is what a ticket refers to (ticket_references.py).
"""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from contracts.text import WITHOUT_NUL
from contracts.tickets import ChangeTicket, NewTicket, Ticket, TicketPage, TicketStatus, WriteToTicket
from services.chassis.http import InternalClient
from services.gateway.accounts import Accounts
from services.gateway.callers import acting, signed_in
from services.gateway.settings import GatewaySettings
from services.gateway.store import Session
from services.gateway.ticket_references import References

Asked = dict[str, object]


def _asked(
    status: Annotated[list[TicketStatus] | None, Query(max_length=20)] = None,
    topic: Annotated[list[UUID] | None, Query(max_length=100)] = None,
    assignee: UUID | Literal["none"] | None = None,
    tag: Annotated[str | None, Query(max_length=40, pattern=WITHOUT_NUL)] = None,
    customer: UUID | None = None,
    conversation: UUID | None = None,
    unread: bool = False,
    q: Annotated[str, Query(max_length=200)] = "",
    sort: Literal["changed", "opened", "number"] = "changed",
    order: Literal["asc", "desc"] = "desc",
    after: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Asked:
    """Which tickets a list shows, and from where on; the owner is asked in the same words."""
    return dict(locals())


def build_tickets_router(
    accounts: Accounts, settings: GatewaySettings, tickets: InternalClient, references: References
) -> APIRouter:
    agent = signed_in(accounts, settings)
    routes = APIRouter(prefix="/api/tickets")

    @routes.get("")
    async def read_tickets(
        session: Annotated[Session, Depends(agent)], asked: Annotated[Asked, Depends(_asked)]
    ) -> TicketPage:
        return await tickets.get("/internal/tickets", TicketPage, agent_id=session.agent_id, **asked)

    @routes.get("/{ticket_id}")
    async def read_ticket(ticket_id: UUID, session: Annotated[Session, Depends(agent)]) -> Ticket:
        return await tickets.get(_path(ticket_id), Ticket, agent_id=session.agent_id)

    @routes.put("/{ticket_id}")
    async def open_ticket(ticket_id: UUID, body: NewTicket, session: Annotated[Session, Depends(agent)]) -> Ticket:
        asked = await references.of_new(body, session.agent_id)
        return await tickets.put(_path(ticket_id), asked, Ticket, acting(session))

    @routes.patch("/{ticket_id}")
    async def change_ticket(ticket_id: UUID, body: ChangeTicket, session: Annotated[Session, Depends(agent)]) -> Ticket:
        stored = await tickets.get(_path(ticket_id), Ticket, agent_id=session.agent_id)
        asked = await references.of_change(body, stored)
        return await tickets.patch(_path(ticket_id), asked, Ticket, acting(session))

    @routes.post("/{ticket_id}/messages")
    async def write_to_ticket(
        ticket_id: UUID, body: WriteToTicket, session: Annotated[Session, Depends(agent)]
    ) -> Ticket:
        return await tickets.post(f"{_path(ticket_id)}/messages", body, Ticket, acting(session))

    @routes.post("/{ticket_id}/read", status_code=204)
    async def mark_read(ticket_id: UUID, session: Annotated[Session, Depends(agent)]) -> None:
        await tickets.post(f"{_path(ticket_id)}/read", None, headers=acting(session))

    return routes


def _path(ticket_id: UUID) -> str:
    return f"/internal/tickets/{ticket_id}"
