"""What administrators read and change over HTTP: parameters, which the router keeps, and agents' accounts.

Everything is saved as a whole with the version that was read; a newer one is never overwritten (409, `conflict`).
"""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from contracts.parameters import RoutingSettings, TopicSettings, TopicSettingsList
from contracts.public import AgentAccount, AgentAccounts, AgentChange, AgentProfile, NewAgent
from contracts.reads import Topics
from contracts.refusals import RefusalCode
from services.chassis.http import InternalClient
from services.gateway.accounts import Accounts
from services.gateway.agents import Agents
from services.gateway.callers import signed_in
from services.gateway.live import Live
from services.gateway.problems import Problem
from services.gateway.settings import GatewaySettings
from services.gateway.store import Session


def build_admin_router(
    accounts: Accounts,
    agents: Agents,
    live: Live,
    router: InternalClient,
    settings: GatewaySettings,
    *,
    accounts_changed: Callable[[], None],
) -> APIRouter:
    """`accounts_changed` has the open sockets read their accounts anew; those of other gateways do with their beat."""
    administrator = signed_in(accounts, settings, "administrator")
    routes = APIRouter(prefix="/api/admin", dependencies=[Depends(administrator)])

    @routes.get("/topics")
    async def read_topics() -> TopicSettingsList:
        return await router.get("/internal/topics/settings", TopicSettingsList)

    @routes.put("/topics/{topic_id}")
    async def save_topic(topic_id: UUID, body: TopicSettings) -> TopicSettings:
        if body.id != topic_id:
            raise Problem(RefusalCode.INVALID, "The address names another topic than the body.", detail="id")
        return await router.put(f"/internal/topics/{topic_id}/settings", body, TopicSettings)

    @routes.get("/routing")
    async def read_routing() -> RoutingSettings:
        return await router.get("/internal/routing-settings", RoutingSettings)

    @routes.put("/routing")
    async def save_routing(body: RoutingSettings) -> RoutingSettings:
        return await router.put("/internal/routing-settings", body, RoutingSettings)

    @routes.get("/agents")
    async def read_agents() -> AgentAccounts:
        return await agents.all()

    @routes.post("/agents", status_code=201)
    async def add_agent(body: NewAgent) -> AgentAccount:
        await topics_exist(body)
        return await agents.add(body)

    @routes.put("/agents/{agent_id}")
    async def change_agent(
        agent_id: UUID, body: AgentChange, session: Annotated[Session, Depends(administrator)]
    ) -> AgentAccount:
        await topics_exist(body)
        account, ended = await agents.change(agent_id, body, keep=session.session_id)
        for session_id in ended:
            live.end_session(session_id)
        accounts_changed()
        return account

    async def topics_exist(agent: AgentProfile) -> None:
        known = {topic.id for topic in (await router.get("/internal/topics", Topics)).topics}
        if not known.issuperset(agent.topic_ids):
            raise Problem(RefusalCode.INVALID, "There is no such topic.", detail="topic_ids")
        if not set(agent.topic_ids).issuperset(agent.priorities):
            raise Problem(RefusalCode.INVALID, "A priority is for a topic of the agent's.", detail="priorities")

    return routes
