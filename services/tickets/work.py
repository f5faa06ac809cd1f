"""Keeping a ticket, and all that a change of it entails: who hears of it, who has read it, when it opens again."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from contracts.base import SYSTEM, Actor, NamedRef
from contracts.live import LiveTicket
from contracts.tickets import TicketOpened
from services.chassis.database import Transaction
from services.tickets.domain import mails
from services.tickets.domain.ticket import Ticket
from services.tickets.store import tickets
from services.tickets.views import summary

REOPEN: Final = "reopen"
"""Deadline: a postponed ticket opens again. Its generation is the version that was postponed."""


async def add(tx: Transaction, ticket: Ticket, agent: NamedRef | None = None, *, verified: bool = False) -> bool:
    """Store a new ticket, tell of it and confirm it to who asked; False when it is stored already."""
    number = await tickets.add(tx.connection, ticket)
    if number is None:
        return False
    stored = replace(ticket, number=number)
    tx.outbox.add(
        TicketOpened(
            ticket_id=stored.id,
            number=number,
            origin=stored.origin,
            conversation_id=stored.conversation_id,
            topic=stored.topic,
            subject_line=stored.subject_line,
            name=stored.name,
            email=stored.email,
            customer_id=stored.customer.id if stored.customer else None,
            opened_at=stored.opened_at,
        )
    )
    tx.outbox.add(mails.confirmation(stored, verified=verified))
    await _tell(tx, stored, agent)
    return True


async def keep(tx: Transaction, before: Ticket, after: Ticket, agent: NamedRef | None = None) -> None:
    """Keep a locked ticket as it is now, if anything has changed; `agent` is who did it."""
    if after == before:
        return
    await tickets.save(tx.connection, before, after)
    if after.postponed_until != before.postponed_until:
        _set_timer(tx, after.id, after.postponed_until, after.version)
    for message in after.messages[len(before.messages) :]:
        if message.kind == "reply":
            tx.outbox.add(mails.reply(after, message))
    await _tell(tx, after, agent)


def tell_mail(tx: Transaction, ticket: Ticket) -> None:
    """Say that what became of a reply is known: the list shows the ticket as before, a card has news."""
    tx.outbox.add(LiveTicket(ticket=summary(ticket, unread=False), by=SYSTEM))


async def _tell(tx: Transaction, ticket: Ticket, agent: NamedRef | None) -> None:
    by = SYSTEM if agent is None else Actor(kind="agent", id=agent.id)
    tx.outbox.add(LiveTicket(ticket=summary(ticket, unread=True), by=by, news=ticket.news_version == ticket.version))
    if agent is not None:
        await tickets.mark_seen(tx.connection, agent.id, ticket)


def _set_timer(tx: Transaction, ticket_id: UUID, due_at: datetime | None, version: int) -> None:
    # Never moved: setting the row of a timer that is just ringing would wait for its handler, which waits for us.
    tx.deadlines.cancel(REOPEN, ticket_id)
    if due_at is not None:
        tx.deadlines.set(REOPEN, ticket_id, due_at, version)
