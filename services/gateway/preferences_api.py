"""HTTP for what the signed-in agent chooses for themselves."""

from typing import Annotated

from fastapi import APIRouter, Depends

from contracts.public import AgentPreferences
from services.gateway.accounts import Accounts
from services.gateway.callers import signed_in
from services.gateway.preferences import Preferences
from services.gateway.settings import GatewaySettings
from services.gateway.store import Session


def build_preferences_router(accounts: Accounts, preferences: Preferences, settings: GatewaySettings) -> APIRouter:
    agent = signed_in(accounts, settings)
    routes = APIRouter(prefix="/api/session/preferences")

    @routes.get("")
    async def read_preferences(session: Annotated[Session, Depends(agent)]) -> AgentPreferences:
        return await preferences.of(session.agent_id)

    @routes.put("")
    async def save_preferences(body: AgentPreferences, session: Annotated[Session, Depends(agent)]) -> AgentPreferences:
        return await preferences.save(session.agent_id, body)

    return routes
