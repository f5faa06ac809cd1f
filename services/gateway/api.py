"""HTTP for pages: widgets and visitors for the panel, sessions for the console."""

from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request, Response

from contracts.public import IdentityHeard, IdentityToken, Me, SignIn, VisitorToken, WidgetConfig
from contracts.reads import PastConversations
from contracts.refusals import RefusalCode
from services.gateway.accounts import Accounts
from services.gateway.callers import address_of, cookie_name, signed_in, visiting
from services.gateway.domain.address import limited_as
from services.gateway.earlier_conversations import EarlierConversations
from services.gateway.identity import Identities
from services.gateway.limiter import Limiter
from services.gateway.live import Live
from services.gateway.problems import Problem
from services.gateway.settings import GatewaySettings
from services.gateway.store import Session, Visitor
from services.gateway.widgets import Widgets

T = TypeVar("T")


def build_widget_router(widgets: Widgets, new_visitors: Limiter) -> APIRouter:
    router = APIRouter(prefix="/api/widgets")

    @router.get("/{key}")
    async def read_widget(key: str, response: Response) -> WidgetConfig:
        response.headers["Cache-Control"] = "no-cache"
        return found(await widgets.config(key), "There is no such widget.")

    @router.post("/{key}/visitors", status_code=201)
    async def new_visitor(key: str, request: Request) -> VisitorToken:
        wait = new_visitors.wait(limited_as(address_of(request)))
        if wait:
            raise Problem(RefusalCode.TOO_FAST, "Too many new visitors from this address.", retry_after=wait)
        return found(await widgets.new_visitor(key), "There is no such widget.")

    return router


def build_session_router(accounts: Accounts, live: Live, settings: GatewaySettings) -> APIRouter:
    router = APIRouter(prefix="/api/session")
    cookie = cookie_name(settings)
    caller = signed_in(accounts, settings)

    @router.post("")
    async def sign_in(body: SignIn, request: Request, response: Response) -> Me:
        token, me = await accounts.sign_in(body.email, body.password, address_of(request))
        response.set_cookie(
            cookie,
            token,
            max_age=int(settings.session_max_hours * 3600),
            path="/",
            secure=settings.secure,
            httponly=True,
            samesite="strict",
        )
        return me

    @router.get("")
    async def read_session(session: Annotated[Session, Depends(caller)]) -> Me:
        return Me(agent_id=session.agent_id, name=session.name, email=session.email, role=session.role)

    @router.delete("", status_code=204)
    async def sign_out(request: Request, response: Response) -> None:
        token = request.cookies.get(cookie)
        if token:
            session_id = await accounts.sign_out(token)
            if session_id is not None:
                live.end_session(session_id)
        response.delete_cookie(cookie, path="/", secure=settings.secure, httponly=True, samesite="strict")

    return router


def build_visitor_router(
    widgets: Widgets, earlier: EarlierConversations, identities: Identities, tokens: Limiter
) -> APIRouter:
    """What a visitor reads and says by the token that their browser keeps; `tokens` limits those of sites."""
    routes = APIRouter(prefix="/api/visitor")
    caller = visiting(widgets)

    @routes.get("/conversations")
    async def read_conversations(visitor: Annotated[Visitor, Depends(caller)]) -> PastConversations:
        return await earlier.all(visitor.visitor_id)

    @routes.post("/identity")
    async def hear_identity(
        body: IdentityToken, request: Request, visitor: Annotated[Visitor, Depends(caller)]
    ) -> IdentityHeard:
        # A site's fault, or somebody's trying, is never the visitor's: they are not verified, and chat on.
        if tokens.wait(limited_as(address_of(request))):
            identities.refuse(visitor, "too_many")
            return IdentityHeard(verified=False)
        return IdentityHeard(verified=await identities.hear(visitor, body.token))

    return routes


def found(thing: T | None, otherwise: str) -> T:
    """The thing; without one, the problem that says so."""
    if thing is None:
        raise Problem(RefusalCode.UNKNOWN, otherwise)
    return thing
