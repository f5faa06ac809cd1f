"""Internal HTTP: the list of tickets and one ticket's card."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, params, status

from contracts import reads
from services.tickets.usecases import Tickets

MAX_NUMBER = 2**63 - 1


def build_router(tickets: Tickets, *, guard: params.Depends) -> APIRouter:
    """The routes; `guard` is the dependency that lets only services in."""
    router = APIRouter(prefix="/internal/tickets", dependencies=[guard])

    @router.get("")
    async def read_page(
        before: Annotated[int | None, Query(ge=1, le=MAX_NUMBER)] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
    ) -> reads.TicketPage:
        return await tickets.page(before, limit)

    @router.get("/{ticket_id}")
    async def read_ticket(ticket_id: UUID) -> reads.Ticket:
        ticket = await tickets.ticket(ticket_id)
        if ticket is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no such ticket.")
        return ticket

    return router
