"""The tickets' and ratings' tables: the only place of this service that speaks SQL."""

from pathlib import Path
from uuid import UUID

import asyncpg

from contracts import reads
from contracts.base import NamedRef
from contracts.tickets import SubmitRating
from services.chassis.database import Connection
from services.chassis.queries import load_queries
from services.tickets.domain.ticket import Ticket

QUERIES = load_queries(Path(__file__).parent / "sql")


async def add_ticket(connection: Connection, ticket: Ticket) -> int | None:
    """Store the ticket with its thread; the number it was given, or None when it is stored already."""
    number: int | None = await connection.fetchval(
        QUERIES.add_ticket,
        ticket.id,
        ticket.origin,
        ticket.status,
        ticket.conversation_id,
        ticket.topic.id,
        ticket.topic.name,
        ticket.subject_line,
        ticket.name,
        ticket.email,
        ticket.language,
        ticket.opened_at,
    )
    if number is not None:
        await connection.executemany(
            QUERIES.add_message,
            [(ticket.id, n, m.author, m.text, m.written_at) for n, m in enumerate(ticket.messages, start=1)],
        )
    return number


async def page(connection: Connection, before: int | None, limit: int) -> reads.TicketPage:
    """At most `limit` of the newest tickets with a number below `before` (None: of all)."""
    rows = await connection.fetch(QUERIES.page, before, limit + 1)
    shown = rows[:limit]
    return reads.TicketPage(
        tickets=tuple(reads.TicketSummary(**_summary(row)) for row in shown),
        next=shown[-1]["number"] if len(rows) > limit else None,
    )


async def ticket(connection: Connection, ticket_id: UUID) -> reads.Ticket | None:
    """The ticket's card with its thread, or None when there is no such ticket."""
    row = await connection.fetchrow(QUERIES.ticket, ticket_id)
    if row is None:
        return None
    messages = await connection.fetch(QUERIES.messages, ticket_id)
    return reads.Ticket(
        **_summary(row),
        conversation_id=row["conversation_id"],
        language=row["language"],
        messages=tuple(
            reads.TicketMessage(author=message["author"], text=message["text"], at=message["written_at"])
            for message in messages
        ),
    )


def _summary(row: asyncpg.Record) -> dict[str, object]:
    plain = ("id", "number", "status", "subject_line", "name", "email", "opened_at")
    topic = NamedRef(id=row["topic_id"], name=row["topic_name"])
    return {**{column: row[column] for column in plain}, "topic": topic}


async def add_rating(connection: Connection, rating: SubmitRating) -> bool:
    """Store the conversation's first rating; False when it has one already."""
    return await connection.fetchval(QUERIES.add_rating, *_rating_columns(rating)) is not None


async def rating_for_update(connection: Connection, conversation_id: UUID) -> SubmitRating | None:
    """The conversation's rating, locked until the transaction ends."""
    row = await connection.fetchrow(QUERIES.rating_for_update, conversation_id)
    if row is None:
        return None
    return SubmitRating(
        conversation_id=row["conversation_id"],
        client_id=row["client_id"],
        topic=NamedRef(id=row["topic_id"], name=row["topic_name"]),
        agent=NamedRef(id=row["agent_id"], name=row["agent_name"]) if row["agent_id"] else None,
        score=row["score"],
        comment=row["comment"],
        rated_at=row["rated_at"],
    )


async def replace_rating(connection: Connection, rating: SubmitRating) -> None:
    """Put the rating in the place of the conversation's earlier one."""
    await connection.execute(QUERIES.replace_rating, *_rating_columns(rating))


def _rating_columns(rating: SubmitRating) -> tuple[object, ...]:
    return (
        rating.conversation_id,
        rating.client_id,
        rating.topic.id,
        rating.topic.name,
        rating.agent.id if rating.agent else None,
        rating.agent.name if rating.agent else None,
        rating.score,
        rating.comment,
        rating.rated_at,
    )
