"""What the console reads of conversations over HTTP: the router's answers, who decides what the agent may see."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from contracts.reads import AgentTopics, Board, Colleagues, ConversationRecord
from services.chassis.errors import NotFound
from services.chassis.http import InternalClient
from services.gateway.accounts import Accounts
from services.gateway.callers import signed_in
from services.gateway.settings import GatewaySettings
from services.gateway.store import Session


def build_desk_router(accounts: Accounts, settings: GatewaySettings, router: InternalClient) -> APIRouter:
    agent = signed_in(accounts, settings)
    supervisor = signed_in(accounts, settings, "supervisor")
    routes = APIRouter(prefix="/api", dependencies=[Depends(agent)])

    @routes.get("/board")
    async def read_board(session: Annotated[Session, Depends(agent)]) -> Board:
        try:
            return await router.get(f"/internal/agents/{session.agent_id}/board", Board)
        except NotFound:
            return Board()  # The router has not heard of a new account yet.

    @routes.get("/topics")
    async def read_topics() -> AgentTopics:
        return await router.get("/internal/topics", AgentTopics)

    @routes.get("/agents", dependencies=[Depends(supervisor)])
    async def read_agents() -> Colleagues:
        return await router.get("/internal/agents", Colleagues)

    @routes.get("/conversations/{conversation_id}")
    async def read_record(conversation_id: UUID, session: Annotated[Session, Depends(agent)]) -> ConversationRecord:
        path = f"/internal/conversations/{conversation_id}/record"
        return await router.get(path, ConversationRecord, agent_id=session.agent_id)

    @routes.get("/conversations/{conversation_id}/colleagues")
    async def read_colleagues(conversation_id: UUID, session: Annotated[Session, Depends(agent)]) -> Colleagues:
        path = f"/internal/conversations/{conversation_id}/colleagues"
        return await router.get(path, Colleagues, agent_id=session.agent_id)

    return routes
