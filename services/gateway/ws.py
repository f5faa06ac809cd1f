"""The WebSocket doors: origin and room are checked before the upgrade, everything else is said over the socket."""

from typing import Final

from fastapi import APIRouter, WebSocket
from fastapi.responses import JSONResponse

from contracts.refusals import RefusalCode
from services.gateway.agent_socket import AgentSocket
from services.gateway.beats import Beats
from services.gateway.callers import cookie_name
from services.gateway.domain.origin import may_talk
from services.gateway.doors import Doors
from services.gateway.live import Live
from services.gateway.metrics import CLOSED
from services.gateway.problems import Problem, answer
from services.gateway.visitor_socket import VisitorSocket

FULL_SECONDS: Final = 5
"""Told to who finds no room; sockets come and go all the time."""


def build_socket_router(live: Live, beats: Beats, doors: Doors) -> APIRouter:
    router = APIRouter()
    own = live.settings.own_origins
    cookie = cookie_name(live.settings)

    def turned_away(websocket: WebSocket) -> JSONResponse | None:
        """The answer instead of an upgrade, if there is to be one."""
        if not may_talk(websocket.headers.get("origin"), own):
            return answer(Problem(RefusalCode.NOT_YOURS, "This page may not open a socket here."))
        if beats.draining:
            return answer(Problem(RefusalCode.UNAVAILABLE, "This gateway is going away.", retry_after=1))
        full = doors.full(_address(websocket))
        if full is not None:
            CLOSED.labels(f"full_{full}").inc()
            # Another gateway has room for more people, and none for more of one address.
            if full == "process":
                return answer(Problem(RefusalCode.UNAVAILABLE, "This gateway is full.", retry_after=FULL_SECONDS))
            return answer(Problem(RefusalCode.TOO_FAST, "Too many open from this address.", retry_after=FULL_SECONDS))
        return None

    @router.websocket("/ws/visitor")
    async def visitor(websocket: WebSocket) -> None:
        denial = turned_away(websocket)
        if denial is not None:
            await websocket.send_denial_response(denial)
            return
        with doors.entered(_address(websocket)):
            await VisitorSocket(live, websocket).serve()

    @router.websocket("/ws/agent")
    async def agent(websocket: WebSocket) -> None:
        denial = turned_away(websocket)
        if denial is not None:
            await websocket.send_denial_response(denial)
            return
        with doors.entered(_address(websocket)):
            await AgentSocket(live, websocket, websocket.cookies.get(cookie)).serve()

    return router


def _address(websocket: WebSocket) -> str:
    return websocket.client.host if websocket.client else ""
