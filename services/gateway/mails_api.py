"""Outgoing mail for the console: every agent reads of those of a ticket or a conversation, supervisors of all.

Alerts go to colleagues, each at their own address: only supervisors read who was told of what.
"""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from contracts.mail import MailKind, Mails, MailState
from services.chassis.http import InternalClient
from services.gateway.accounts import Accounts
from services.gateway.callers import allow, signed_in
from services.gateway.settings import GatewaySettings
from services.gateway.store import Session

TO_CUSTOMERS: Final[tuple[MailKind, ...]] = ("ticket_confirmation", "ticket_reply", "transcript")


def build_mails_router(accounts: Accounts, settings: GatewaySettings, notifier: InternalClient) -> APIRouter:
    agent = signed_in(accounts, settings)
    routes = APIRouter(prefix="/api/mails")

    @routes.get("")
    async def read_mails(
        session: Annotated[Session, Depends(agent)],
        state: MailState | None = None,
        ticket_id: UUID | None = None,
        conversation_id: UUID | None = None,
        before: UUID | None = None,
    ) -> Mails:
        if ticket_id is None and conversation_id is None:
            allow(session, "supervisor")
        about = {"ticket_id": ticket_id, "conversation_id": conversation_id}
        kinds = TO_CUSTOMERS if session.role == "agent" else None
        return await notifier.get("/internal/mails", Mails, state=state, before=before, kind=kinds, **about)

    return routes
