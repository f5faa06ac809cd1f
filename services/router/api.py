"""Internal HTTP: snapshots of conversations, desks, boards, colleagues, visitors' and customers' earlier conversations,
and the newest numbers of many at once.
"""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, params, status

from contracts.reads import Board, Colleagues, ConversationRecord, Desk, Heads, HeadsRequest, PastConversations
from contracts.views import Snapshot, VisitorSnapshot
from services.router.views import NotTakingPart, Views

MOST = 2**31 - 1


def build_router(views: Views, *, guard: params.Depends) -> APIRouter:
    """The routes; `guard` is the dependency that lets only services in."""
    router = APIRouter(prefix="/internal", dependencies=[guard])

    @router.get("/conversations/{conversation_id}")
    async def read_conversation(
        conversation_id: UUID,
        view: Literal["agent", "visitor"],
        after: Annotated[int, Query(ge=0, le=MOST)] = 0,
        agent_id: UUID | None = None,
    ) -> Snapshot | VisitorSnapshot:
        snapshot: Snapshot | VisitorSnapshot | None
        if view == "visitor":
            snapshot = await views.for_visitor(conversation_id, after)
        elif agent_id is None:
            raise HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, "The agents' view needs agent_id.")
        else:
            try:
                snapshot = await views.for_agent(conversation_id, after, agent_id)
            except NotTakingPart:
                raise _forbidden() from None
        if snapshot is None:
            raise _missing("conversation")
        return snapshot

    @router.get("/conversations/{conversation_id}/colleagues")
    async def read_colleagues(conversation_id: UUID, agent_id: UUID) -> Colleagues:
        try:
            colleagues = await views.colleagues(conversation_id, agent_id)
        except NotTakingPart:
            raise _forbidden() from None
        if colleagues is None:
            raise _missing("conversation")
        return colleagues

    @router.get("/conversations/{conversation_id}/record")
    async def read_record(conversation_id: UUID, agent_id: UUID) -> ConversationRecord:
        try:
            record = await views.record(conversation_id, agent_id)
        except NotTakingPart:
            raise _forbidden() from None
        if record is None:
            raise _missing("conversation")
        return record

    @router.get("/visitors/{visitor_id}/conversations")
    async def read_past(visitor_id: UUID) -> PastConversations:
        return await views.past(visitor_id)

    @router.get("/customers/{customer_id}/conversations")
    async def read_past_of_customer(customer_id: UUID, verified: bool = False) -> PastConversations:
        return await views.past_of_customer(customer_id, verified=verified)

    @router.get("/agents")
    async def read_agents() -> Colleagues:
        return await views.agents()

    @router.get("/agents/{agent_id}/desk")
    async def read_desk(agent_id: UUID) -> Desk:
        desk = await views.desk(agent_id)
        if desk is None:
            raise _missing("agent")
        return desk

    @router.get("/agents/{agent_id}/board")
    async def read_board(agent_id: UUID) -> Board:
        board = await views.board(agent_id)
        if board is None:
            raise _missing("agent")
        return board

    @router.post("/heads")
    async def read_heads(request: HeadsRequest) -> Heads:
        return await views.heads(request)

    return router


def _forbidden() -> HTTPException:
    return HTTPException(status.HTTP_403_FORBIDDEN, "The agent does not take part.")


def _missing(what: str) -> HTTPException:
    return HTTPException(status.HTTP_404_NOT_FOUND, f"There is no such {what}.")
