"""Ratings, one per conversation."""

from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg

from contracts.base import NamedRef
from contracts.tickets import Rating, SubmitRating
from services.chassis.database import Connection
from services.tickets.domain.figures import Count
from services.tickets.store import QUERIES

MOST_COMMENTS: Final = 100


async def add(connection: Connection, rating: SubmitRating) -> bool:
    """Store the conversation's first rating; False when it has one already."""
    return await connection.fetchval(QUERIES.add_rating, *_columns(rating)) is not None


async def lock(connection: Connection, conversation_id: UUID) -> SubmitRating | None:
    """The conversation's rating, kept from changing until the transaction ends."""
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


async def replace(connection: Connection, rating: SubmitRating) -> None:
    """Put the rating in the place of the conversation's earlier one."""
    await connection.execute(QUERIES.replace_rating, *_columns(rating))


def _columns(rating: SubmitRating) -> tuple[object, ...]:
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


async def load(connection: Connection, conversation_id: UUID) -> Rating | None:
    """The conversation's rating, if it has one."""
    row = await connection.fetchrow(QUERIES.rating, conversation_id)
    return None if row is None else _rating(row)


async def of_conversations(connection: Connection, conversation_ids: list[UUID]) -> list[Rating]:
    """The ratings of those conversations that have one, the newest first."""
    return [_rating(row) for row in await connection.fetch(QUERIES.ratings_of_conversations, conversation_ids)]


async def counts(connection: Connection, since: datetime, until: datetime, zone: str) -> list[Count]:
    """How often each score was given from `since` until before `until`; days are those of the zone."""
    return [Count(**row) for row in await connection.fetch(QUERIES.counts, since, until, zone)]


async def comments(connection: Connection, since: datetime, until: datetime) -> list[Rating]:
    """The newest ratings of that time with a comment."""
    return [_rating(row) for row in await connection.fetch(QUERIES.comments, since, until, MOST_COMMENTS)]


def _rating(row: asyncpg.Record) -> Rating:
    return Rating(**row)
