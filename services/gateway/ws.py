"""The WebSocket doors: the origin is checked before the upgrade, everything else is said over the socket."""

from fastapi import APIRouter, WebSocket
from fastapi.responses import JSONResponse

from contracts.refusals import RefusalCode
from services.gateway.agent_socket import AgentSocket
from services.gateway.api import cookie_name
from services.gateway.beats import Beats
from services.gateway.domain.origin import may_talk
from services.gateway.live import Live
from services.gateway.problems import Problem, answer
from services.gateway.visitor_socket import VisitorSocket


def build_socket_router(live: Live, beats: Beats) -> APIRouter:
    router = APIRouter()
    own = live.settings.own_origins
    cookie = cookie_name(live.settings)

    def turned_away(websocket: WebSocket) -> JSONResponse | None:
        """The answer instead of an upgrade, if there is to be one."""
        if not may_talk(websocket.headers.get("origin"), own):
            return answer(Problem(RefusalCode.NOT_YOURS, "This page may not open a socket here."))
        if beats.draining:
            return answer(Problem(RefusalCode.UNAVAILABLE, "This gateway is going away.", retry_after=1))
        return None

    @router.websocket("/ws/visitor")
    async def visitor(websocket: WebSocket) -> None:
        denial = turned_away(websocket)
        if denial is not None:
            await websocket.send_denial_response(denial)
            return
        await VisitorSocket(live, websocket).serve()

    @router.websocket("/ws/agent")
    async def agent(websocket: WebSocket) -> None:
        denial = turned_away(websocket)
        if denial is not None:
            await websocket.send_denial_response(denial)
            return
        await AgentSocket(live, websocket, websocket.cookies.get(cookie)).serve()

    return router
