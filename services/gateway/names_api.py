"""Who the agents are: the names that every colleague may read, to say whose a ticket shall be."""

from fastapi import APIRouter, Depends

from contracts.base import NamedRef
from contracts.public import AgentNames
from services.gateway.accounts import Accounts
from services.gateway.agents import Agents
from services.gateway.callers import signed_in
from services.gateway.settings import GatewaySettings


def build_names_router(accounts: Accounts, agents: Agents, settings: GatewaySettings) -> APIRouter:
    routes = APIRouter(prefix="/api/agents", dependencies=[Depends(signed_in(accounts, settings))])

    @routes.get("/names")
    async def read_names() -> AgentNames:
        known = (await agents.all()).agents
        return AgentNames(agents=tuple(NamedRef(id=agent.agent_id, name=agent.name) for agent in known))

    return routes
