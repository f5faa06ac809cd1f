"""HTTP for pages: widgets and visitors for the panel; session, tickets and cards for the console."""

from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from contracts.public import Me, SignIn, VisitorToken, WidgetConfig
from contracts.reads import Customer, Ticket, TicketPage
from contracts.refusals import RefusalCode
from services.chassis.http import InternalClient
from services.gateway.accounts import Accounts
from services.gateway.domain.address import limited_as
from services.gateway.limiter import Limiter
from services.gateway.live import Live
from services.gateway.problems import Problem
from services.gateway.settings import GatewaySettings
from services.gateway.store import Session
from services.gateway.widgets import Widgets

T = TypeVar("T")

MAX_NUMBER = 2**63 - 1


def cookie_name(settings: GatewaySettings) -> str:
    """With TLS a name that browsers accept only from this very host, for all of it."""
    return "__Host-dymek-session" if settings.secure else "dymek-session"


def build_widget_router(widgets: Widgets, new_visitors: Limiter) -> APIRouter:
    router = APIRouter(prefix="/api/widgets")

    @router.get("/{key}")
    async def read_widget(key: str, response: Response) -> WidgetConfig:
        response.headers["Cache-Control"] = "no-cache"
        return _found(await widgets.config(key), "There is no such widget.")

    @router.post("/{key}/visitors", status_code=201)
    async def new_visitor(key: str, request: Request) -> VisitorToken:
        wait = new_visitors.wait(limited_as(_address(request)))
        if wait:
            raise Problem(RefusalCode.TOO_FAST, "Too many new visitors from this address.", retry_after=wait)
        return _found(await widgets.new_visitor(key), "There is no such widget.")

    return router


def build_session_router(accounts: Accounts, live: Live, settings: GatewaySettings) -> APIRouter:
    router = APIRouter(prefix="/api/session")
    cookie = cookie_name(settings)

    @router.post("")
    async def sign_in(body: SignIn, request: Request, response: Response) -> Me:
        token, me = await accounts.sign_in(body.email, body.password, _address(request))
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
    async def read_session(request: Request) -> Me:
        session = await _session(accounts, request, cookie)
        return Me(agent_id=session.agent_id, name=session.name, email=session.email)

    @router.delete("", status_code=204)
    async def sign_out(request: Request, response: Response) -> None:
        token = request.cookies.get(cookie)
        if token:
            session_id = await accounts.sign_out(token)
            if session_id is not None:
                live.end_session(session_id)
        response.delete_cookie(cookie, path="/", secure=settings.secure, httponly=True, samesite="strict")

    return router


def build_desk_router(
    accounts: Accounts, tickets: InternalClient, customers: InternalClient, settings: GatewaySettings
) -> APIRouter:
    """What the console reads; each answer is its owner's."""
    cookie = cookie_name(settings)

    async def signed_in(request: Request) -> Session:
        return await _session(accounts, request, cookie)

    router = APIRouter(prefix="/api", dependencies=[Depends(signed_in)])

    @router.get("/tickets")
    async def read_tickets(
        before: Annotated[int | None, Query(ge=1, le=MAX_NUMBER)] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
    ) -> TicketPage:
        return await tickets.get("/internal/tickets", TicketPage, before=before, limit=limit)

    @router.get("/tickets/{ticket_id}")
    async def read_ticket(ticket_id: UUID) -> Ticket:
        return await tickets.get(f"/internal/tickets/{ticket_id}", Ticket)

    @router.get("/customers/{customer_id}")
    async def read_customer(customer_id: UUID) -> Customer:
        return await customers.get(f"/internal/customers/{customer_id}", Customer)

    return router


async def _session(accounts: Accounts, request: Request, cookie: str) -> Session:
    session = await accounts.session(request.cookies.get(cookie))
    if session is None:
        raise Problem(RefusalCode.UNAUTHORISED, "Sign in first.")
    return session


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _found(thing: T | None, otherwise: str) -> T:
    if thing is None:
        raise Problem(RefusalCode.UNKNOWN, otherwise)
    return thing
