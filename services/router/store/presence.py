"""Who has a page open at which gateway. What the rows say is what the newest message of each gateway said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg

from contracts.conversation import GatewayPresence
from services.chassis.database import Connection
from services.router.store import QUERIES

AGENT: Final = "agent"


@dataclass(frozen=True, slots=True)
class Moved:
    """Whose pages came or went, one or several of them: agents, and visitors by their conversations."""

    agents: tuple[UUID, ...] = ()
    conversations: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor's first page has come, or the last has gone."""

    conversation_id: UUID
    topic_id: UUID
    gone: bool


async def renew(connection: Connection, present: GatewayPresence, seen_at: datetime) -> bool | None:
    """Whether the gateway is new; None when something newer of it has been heard. Locks it."""
    is_new: bool | None = await connection.fetchval(QUERIES.renew_gateway, present.gateway_id, present.number, seen_at)
    return is_new


async def replace_pages(connection: Connection, present: GatewayPresence) -> Moved:
    """Keep what the message says of the gateway's pages."""
    return _moved(
        await connection.fetch(
            QUERIES.replace_pages, present.gateway_id, list(present.agents), list(present.conversations)
        )
    )


async def lock_gateway(connection: Connection, gateway_id: UUID) -> datetime | None:
    """When it was last heard of; None when there is none of this id."""
    seen_at: datetime | None = await connection.fetchval(QUERIES.lock_gateway, gateway_id)
    return seen_at


async def drop_gateway(connection: Connection, gateway_id: UUID) -> Moved:
    """Forget the gateway; whose pages went with it."""
    moved = _moved(await connection.fetch(QUERIES.drop_pages, gateway_id))
    await connection.execute(QUERIES.drop_gateway, gateway_id)
    return moved


async def has_visitor(connection: Connection, conversation_id: UUID) -> bool:
    """Whether a page of the conversation's visitor is open anywhere."""
    return bool(await connection.fetchval(QUERIES.has_visitor, conversation_id))


async def note_visitors(connection: Connection, conversation_ids: Sequence[UUID], gone_at: datetime) -> list[Visit]:
    """Compare the conversations with the pages there are now; what has changed. Locks them, and no agent may follow."""
    if not conversation_ids:
        return []
    await connection.execute(QUERIES.lock_visited, conversation_ids)
    # A statement of its own: it sees the pages that another transaction changed while the locks were waited for.
    rows = await connection.fetch(QUERIES.note_visitors, conversation_ids, gone_at)
    return [Visit(row["id"], row["topic_id"], row["gone"]) for row in rows]


async def agents_away(connection: Connection) -> dict[UUID, datetime]:
    """Who has no console open, and since when."""
    return {row["id"]: row["away_since"] for row in await connection.fetch(QUERIES.agents_away)}


def _moved(rows: Iterable[asyncpg.Record]) -> Moved:
    agents: list[UUID] = []
    conversations: list[UUID] = []
    for row in rows:
        (agents if row["kind"] == AGENT else conversations).append(row["subject"])
    return Moved(tuple(sorted(agents)), tuple(sorted(conversations)))
