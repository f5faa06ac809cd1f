"""Internal HTTP: topics, snapshots of conversations, agents' desks, and the newest numbers of many at once."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, params, status

from contracts.reads import Desk, Heads, HeadsRequest, Topic, Topics
from contracts.views import Snapshot, VisitorSnapshot
from services.router.views import NotTakingPart, Views

MOST = 2**31 - 1


def build_router(views: Views, *, guard: params.Depends) -> APIRouter:
    """The routes; `guard` is the dependency that lets only services in."""
    router = APIRouter(prefix="/internal", dependencies=[guard])

    @router.get("/topics")
    async def read_topics() -> Topics:
        return Topics(topics=tuple(await views.topics()))

    @router.post("/topics")
    async def save_topic(topic: Topic) -> Topic:
        await views.save_topic(topic)
        return topic

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
                raise HTTPException(status.HTTP_403_FORBIDDEN, "The agent does not take part.") from None
        if snapshot is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no such conversation.")
        return snapshot

    @router.get("/agents/{agent_id}/desk")
    async def read_desk(agent_id: UUID) -> Desk:
        desk = await views.desk(agent_id)
        if desk is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no such agent.")
        return desk

    @router.post("/heads")
    async def read_heads(request: HeadsRequest) -> Heads:
        return await views.heads(request)

    return router
