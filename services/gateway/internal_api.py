"""Internal HTTP, for the operator's command line and the demo's data: accounts and widgets."""

from fastapi import APIRouter, params

from contracts.public import Me, NewAgent, NewWidget
from services.gateway.agents import Agents
from services.gateway.widgets import Widgets


def build_internal_router(agents: Agents, widgets: Widgets, *, guard: params.Depends) -> APIRouter:
    """`guard` is the dependency that lets in only the service token."""
    router = APIRouter(prefix="/internal", dependencies=[guard])

    @router.post("/agents")
    async def save_agent(body: NewAgent, keep_known: bool = False) -> Me:
        return await agents.register(body, keep_known=keep_known)

    @router.post("/widgets", status_code=204)
    async def save_widget(body: NewWidget) -> None:
        await widgets.save(body)

    return router
