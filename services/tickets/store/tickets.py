"""Tickets with their threads, and who has read them."""

from datetime import datetime
from uuid import UUID

import asyncpg

from contracts.base import NamedRef
from contracts.mail import MailState
from services.chassis.database import Connection
from services.tickets.domain.search import words_of_ticket
from services.tickets.domain.ticket import Ticket, TicketMessage
from services.tickets.store import QUERIES


async def add(connection: Connection, ticket: Ticket) -> int | None:
    """Store the ticket with its thread; the number it was given, or None when it is stored already."""
    fixed = (ticket.id, ticket.origin, ticket.conversation_id, ticket.name, ticket.email, ticket.language)
    number: int | None = await connection.fetchval(QUERIES.add_ticket, *fixed, ticket.opened_at, *_columns(ticket))
    if number is not None:
        await _add_messages(connection, ticket, 0)
    return number


async def save(connection: Connection, before: Ticket, after: Ticket) -> None:
    """Keep a locked ticket as it is now, with the messages that are new."""
    await connection.execute(QUERIES.save_ticket, after.id, *_columns(after))
    await _add_messages(connection, after, len(before.messages))


def _columns(ticket: Ticket) -> tuple[object, ...]:
    return (
        ticket.version,
        ticket.changed_at,
        ticket.status,
        ticket.postponed_until,
        ticket.topic.id,
        ticket.topic.name,
        ticket.assignee.id if ticket.assignee else None,
        ticket.assignee.name if ticket.assignee else None,
        ticket.subject_line,
        list(ticket.tags),
        ticket.customer.id if ticket.customer else None,
        ticket.customer.name if ticket.customer else None,
        ticket.customer_chosen,
        ticket.lookup_version,
        ticket.last_line,
        words_of_ticket(ticket),
    )


async def _add_messages(connection: Connection, ticket: Ticket, stored: int) -> None:
    new = ticket.messages[stored:]
    if new:
        await connection.executemany(
            QUERIES.add_message,
            [
                (ticket.id, position, one.id, one.kind, one.author, one.text, one.written_at, one.mail)
                for position, one in enumerate(new, start=stored + 1)
            ],
        )


async def load(connection: Connection, ticket_id: UUID) -> Ticket | None:
    """The ticket with its thread, or None when there is no such ticket."""
    return await _ticket(connection, await connection.fetchrow(QUERIES.ticket, ticket_id))


async def lock(connection: Connection, ticket_id: UUID) -> Ticket | None:
    """The ticket with its thread, kept from changing until the transaction ends."""
    return await _ticket(connection, await connection.fetchrow(QUERIES.lock_ticket, ticket_id))


async def _ticket(connection: Connection, row: asyncpg.Record | None) -> Ticket | None:
    if row is None:
        return None
    messages = await connection.fetch(QUERIES.messages, row["id"])
    apart = {f"{name}_{part}" for name in ("topic", "assignee", "customer") for part in ("id", "name")}
    plain = {name: value for name, value in row.items() if name not in apart}
    return Ticket(
        **{**plain, "tags": tuple(row["tags"])},
        topic=NamedRef(id=row["topic_id"], name=row["topic_name"]),
        assignee=reference(row, "assignee"),
        customer=reference(row, "customer"),
        messages=tuple(_message(message) for message in messages),
    )


def reference(row: asyncpg.Record, name: str) -> NamedRef | None:
    """Whom the columns `<name>_id` and `<name>_name` name."""
    return NamedRef(id=row[f"{name}_id"], name=row[f"{name}_name"]) if row[f"{name}_id"] else None


def _message(row: asyncpg.Record) -> TicketMessage:
    return TicketMessage(
        row["id"], row["author"], row["text"], row["written_at"], row["kind"], row["mail_state"], row["mail_reason"]
    )


async def ticket_of_message(connection: Connection, message_id: UUID) -> UUID | None:
    """The ticket in whose thread the message is."""
    ticket_id: UUID | None = await connection.fetchval(QUERIES.ticket_of_message, message_id)
    return ticket_id


async def note_mail(connection: Connection, message_id: UUID, state: MailState, reason: str, at: datetime) -> bool:
    """Note what became of a reply; False where it is no reply, or something later is known."""
    return await connection.fetchval(QUERIES.note_mail, message_id, state, reason, at) is not None


async def seen(connection: Connection, agent_id: UUID, ticket_id: UUID) -> int | None:
    """The version at which the agent last read the ticket."""
    version: int | None = await connection.fetchval(QUERIES.seen, agent_id, ticket_id)
    return version


async def mark_seen(connection: Connection, agent_id: UUID, ticket: Ticket) -> None:
    """The agent knows the ticket as it is here."""
    await connection.execute(QUERIES.mark_seen, agent_id, ticket.id, ticket.version)


async def mark_read(connection: Connection, agent_id: UUID, ticket_id: UUID) -> bool:
    """The agent has read the ticket as it is now; False when there is no such ticket."""
    return await connection.fetchval(QUERIES.mark_read, agent_id, ticket_id) is not None
