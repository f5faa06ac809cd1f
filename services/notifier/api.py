"""Internal HTTP: what became of mails."""

from uuid import UUID

from fastapi import APIRouter, params

from contracts.mail import Mails, MailState
from services.notifier.usecases import MailList


def build_router(mails: MailList, *, guard: params.Depends) -> APIRouter:
    """The routes; `guard` is the dependency that lets only services in."""
    router = APIRouter(prefix="/internal/mails", dependencies=[guard])

    @router.get("")
    async def read_mails(
        state: MailState | None = None,
        ticket_id: UUID | None = None,
        conversation_id: UUID | None = None,
        before: UUID | None = None,
    ) -> Mails:
        return await mails.newest(state, ticket_id, conversation_id, before)

    return router
