"""Internal HTTP: the list of tickets, their cards, and what agents do with them.

What is out of bounds is answered 422 with the field's name and a sentence; what somebody else has changed since it was
read, or what was made with other words before, 409 with the ticket as it now is (TicketConflict).
"""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Body, Depends, HTTPException, Query, params, status
from fastapi.responses import JSONResponse

from contracts.base import NamedRef
from contracts.text import WITHOUT_NUL
from contracts.tickets import (
    ChangeTicket,
    NewTicket,
    Ticket,
    TicketConflict,
    TicketPage,
    TicketStatus,
    WriteToTicket,
)
from services.chassis.http import invalid, read_body
from services.tickets.callers import acting_agent
from services.tickets.changes import Changes, Conflict, UnknownTicket
from services.tickets.domain.listing import BadCursor, Direction, Filter, Place, Sort, read_cursor
from services.tickets.domain.ticket import Impossible
from services.tickets.views import Views

Json = Annotated[dict[str, Any], Body()]
Agent = Annotated[NamedRef, Depends(acting_agent)]


def _filter(
    status: Annotated[list[TicketStatus] | None, Query()] = None,
    assignee: UUID | Literal["none"] | None = None,
    topic: Annotated[list[UUID] | None, Query(max_length=100)] = None,
    tag: Annotated[str | None, Query(max_length=40, pattern=WITHOUT_NUL)] = None,
    customer: UUID | None = None,
    conversation: UUID | None = None,
    unread: bool = False,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Filter:
    return Filter(
        statuses=tuple(dict.fromkeys(status or ())),
        assignee_id=assignee,
        topic_ids=tuple(dict.fromkeys(topic or ())),
        tag=tag,
        customer_id=customer,
        conversation_id=conversation,
        unread=unread,
        asked=q,
    )


def _place(sort: Sort = "changed", after: Annotated[str | None, Query(max_length=200)] = None) -> Place | None:
    try:
        return None if after is None else read_cursor(sort, after)
    except BadCursor as error:
        raise invalid("after", str(error)) from None


def build_router(views: Views, changes: Changes, *, guard: params.Depends) -> APIRouter:
    """The routes; `guard` is the dependency that lets only services in."""
    router = APIRouter(prefix="/internal/tickets", dependencies=[guard])

    @router.get("")
    async def read_page(
        agent_id: UUID,
        only: Annotated[Filter, Depends(_filter)],
        after: Annotated[Place | None, Depends(_place)],
        sort: Sort = "changed",
        order: Direction = "desc",
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
    ) -> TicketPage:
        return await views.page(agent_id, only, sort, order, after, limit)

    @router.get("/{ticket_id}")
    async def read_ticket(ticket_id: UUID, agent_id: UUID) -> Ticket:
        ticket = await views.card(ticket_id, agent_id)
        if ticket is None:
            raise _missing()
        return ticket

    @router.put("/{ticket_id}", response_model=Ticket)
    async def open_ticket(ticket_id: UUID, body: Json, agent: Agent) -> Ticket | JSONResponse:
        asked = read_body(NewTicket, body)
        try:
            return await changes.open(ticket_id, asked, agent)
        except Impossible as error:
            raise invalid(error.field, str(error)) from None
        except Conflict as conflict:
            return _conflict(conflict)

    @router.patch("/{ticket_id}", response_model=Ticket)
    async def change_ticket(ticket_id: UUID, body: Json, agent: Agent) -> Ticket | JSONResponse:
        asked = read_body(ChangeTicket, body)
        try:
            return await changes.change(ticket_id, asked, agent)
        except UnknownTicket:
            raise _missing() from None
        except Impossible as error:
            raise invalid(error.field, str(error)) from None
        except Conflict as conflict:
            return _conflict(conflict)

    @router.post("/{ticket_id}/messages")
    async def write_message(ticket_id: UUID, body: Json, agent: Agent) -> Ticket:
        asked = read_body(WriteToTicket, body)
        try:
            return await changes.write(ticket_id, asked, agent)
        except UnknownTicket:
            raise _missing() from None
        except Impossible as error:
            raise invalid(error.field, str(error)) from None

    @router.post("/{ticket_id}/read", status_code=status.HTTP_204_NO_CONTENT)
    async def mark_read(ticket_id: UUID, agent: Agent) -> None:
        try:
            await changes.read(ticket_id, agent.id)
        except UnknownTicket:
            raise _missing() from None

    return router


def _conflict(conflict: Conflict) -> JSONResponse:
    answer = TicketConflict(detail=str(conflict), present=conflict.present)
    return JSONResponse(answer.model_dump(mode="json"), status.HTTP_409_CONFLICT)


def _missing() -> HTTPException:
    return HTTPException(status.HTTP_404_NOT_FOUND, "There is no such ticket.")
