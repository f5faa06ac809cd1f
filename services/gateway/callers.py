"""Who asks over HTTP: an agent by the session cookie, perhaps with a role, or a visitor by their token.

Roles are read with the session each time, so that one taken away is gone with the next request.
"""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote

from fastapi import Request

from contracts.conversation import AgentRole
from contracts.refusals import RefusalCode
from services.gateway.accounts import Accounts
from services.gateway.problems import Problem
from services.gateway.settings import GatewaySettings
from services.gateway.store import Session, Visitor
from services.gateway.widgets import Widgets

RANK: Final[dict[AgentRole, int]] = {"agent": 0, "supervisor": 1, "administrator": 2}
"""Who ranks higher may all that those below may."""

NEEDS: Final[dict[AgentRole, str]] = {
    "agent": "Only an agent may do this.",
    "supervisor": "Only a supervisor may do this.",
    "administrator": "Only an administrator may do this.",
}
BEARER: Final = "Bearer "


def cookie_name(settings: GatewaySettings) -> str:
    """With TLS a name that browsers accept only from this very host, for all of it."""
    return "__Host-dymek-session" if settings.secure else "dymek-session"


def signed_in(
    accounts: Accounts, settings: GatewaySettings, role: AgentRole = "agent"
) -> Callable[[Request], Awaitable[Session]]:
    """A FastAPI dependency: the session of an agent who has at least this role."""
    cookie = cookie_name(settings)

    async def session(request: Request) -> Session:
        found = await accounts.session(request.cookies.get(cookie))
        if found is None:
            raise Problem(RefusalCode.UNAUTHORISED, "Sign in first.")
        allow(found, role)
        return found

    return session


def allow(session: Session, role: AgentRole) -> None:
    """Nothing where the agent has at least this role. Raises Problem."""
    if RANK[session.role] < RANK[role]:
        raise Problem(RefusalCode.NOT_ALLOWED, NEEDS[role])


def acting(session: Session) -> dict[str, str]:
    """Headers that tell another service which agent acts; the name is URL-encoded, since headers are ASCII."""
    return {"X-Dymek-Agent": str(session.agent_id), "X-Dymek-Agent-Name": quote(session.name, safe="")}


def visiting(widgets: Widgets) -> Callable[[Request], Awaitable[Visitor]]:
    """A FastAPI dependency: the visitor whose token the request bears."""

    async def visitor(request: Request) -> Visitor:
        authorization = request.headers.get("authorization", "")
        token = authorization.removeprefix(BEARER) if authorization.startswith(BEARER) else ""
        found = await widgets.visitor(token) if token else None
        if found is None:
            raise Problem(RefusalCode.UNAUTHORISED, "There is no visitor with this token.")
        return found

    return visitor


def address_of(request: Request) -> str:
    """The network address that the request came from."""
    return request.client.host if request.client else ""
