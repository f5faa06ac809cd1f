"""Fills the router's tables: copies of one real conversation or agent, by the hundred thousand and in seconds.

A copy differs from its original in its id, its times and whose it is, so it is whatever the router itself would have
made. Where the original is a customer's, each five copies are one customer's.
Foreign keys are not checked meanwhile, for which the connection must be an administrator's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final
from uuid import UUID

import asyncpg

PATIENCE: Final = 240.0

# Ids follow from the number: the copies of everything that belongs to a conversation find one another.
_COPY = "md5($1 || n)::uuid"
_CONVERSATIONS: Final = {
    "id": _COPY,
    "visitor_id": "md5('visitor' || $1 || n)::uuid",
    "waiting_since": "o.waiting_since + n * interval '1 millisecond'",
    "ended_at": "o.ended_at - n * interval '1 second'",
    "header": """CASE WHEN o.header ->> 'customer_id' IS NULL THEN o.header ELSE
                 o.header || jsonb_build_object('customer_id', md5('customer' || n / 5)::uuid) END""",
}
_ENTRIES: Final = {"conversation_id": _COPY}
_OFFERS: Final = {"id": "md5('offer' || o.id || $1 || n)::uuid", "conversation_id": _COPY}
_PARTICIPANTS: Final = {"conversation_id": _COPY}
_AGENTS: Final = {"id": _COPY, "idle_since": "o.idle_since + n * interval '1 millisecond'"}


async def connect(admin_url: str) -> asyncpg.Connection:
    """The administrator, in the router's schema, without triggers and the foreign keys that are held by them."""
    settings = {"search_path": "router", "session_replication_role": "replica"}
    return await asyncpg.connect(admin_url, server_settings=settings)


async def copy_conversation(admin: asyncpg.Connection, original: UUID, numbers: range, *, kind: str) -> None:
    """A copy for each number, with its offers, who took part, and the first two entries of its log.

    `kind` keeps two sets of copies apart.
    """
    await _copy(admin, "conversation", f"o.id = '{original}'", _CONVERSATIONS, numbers, kind)
    await _copy(admin, "entry", f"o.conversation_id = '{original}' AND o.seq <= 2", _ENTRIES, numbers, kind)
    await _copy(admin, "offer", f"o.conversation_id = '{original}'", _OFFERS, numbers, kind)
    await _copy(admin, "participant", f"o.conversation_id = '{original}'", _PARTICIPANTS, numbers, kind)


def customer_of(number: int) -> UUID:
    """Whose the copy of this number is, where the original is a customer's."""
    return UUID(hashlib.md5(f"customer{number // 5}".encode()).hexdigest())  # noqa: S324 -- as the statement makes it


async def copy_agent(admin: asyncpg.Connection, original: UUID, numbers: range, *, kind: str) -> None:
    """A copy for each number, as free as the original is."""
    await _copy(admin, "agent", f"o.id = '{original}'", _AGENTS, numbers, kind)


async def analyse(admin: asyncpg.Connection) -> None:
    """Let the planner know what there is now, as autovacuum would after a while."""
    await admin.execute("VACUUM (ANALYZE) conversation, entry, offer, participant, agent", timeout=PATIENCE)


async def _copy(
    admin: asyncpg.Connection, table: str, which: str, changed: Mapping[str, str], numbers: range, kind: str
) -> None:
    columns = [
        row["column_name"]
        for row in await admin.fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'router' AND table_name = $1",
            table,
        )
    ]
    values = [changed.get(column, f"o.{column}") for column in columns]
    await admin.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"  # noqa: S608 -- names from here
        f"  FROM {table} o, generate_series($2::int, $3::int) AS n WHERE {which}",
        kind,
        numbers.start,
        numbers.stop - 1,
        timeout=PATIENCE,
    )
