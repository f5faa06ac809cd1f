"""Internal HTTP: what became of mails."""

from typing import Annotated, get_args
from uuid import UUID

from fastapi import APIRouter, Query, params

from contracts.mail import MailKind, Mails, MailState
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
        kind: Annotated[list[MailKind] | None, Query(max_length=len(get_args(MailKind)))] = None,
    ) -> Mails:
        return await mails.newest(state, ticket_id, conversation_id, before, tuple(kind) if kind else None)

    return router
