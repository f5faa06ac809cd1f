"""Reads the outbox table on behalf of the relay, as the one process of a service that holds the relay's lock.

The lock is an advisory one, held for as long as its connection lives (`dymek-<service>-relay` in pg_stat_activity), so
that a killed holder is replaced within a second by any other process of the service.
"""

import contextlib
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

import asyncpg

from services.chassis.database import Database, Stored
from services.chassis.outbox import OutboxRow

BATCH: Final = 500

LOCK: Final = "SELECT pg_try_advisory_lock(hashtextextended('dymek-relay:' || current_schema(), 0))"
DELETE: Final = "DELETE FROM outbox WHERE id = ANY($1::bigint[])"
REMAINS: Final = "SELECT EXISTS (SELECT FROM outbox WHERE id <= $1)"
OLDEST: Final = """
SELECT coalesce((SELECT extract(epoch FROM clock_timestamp() - created_at) FROM outbox ORDER BY id LIMIT 1), 0)::float8
"""
STALE: Final = """
SELECT id, message_id, exchange, routing_key, type, correlation_id, body
  FROM outbox
 WHERE (id <= $1 OR created_at < clock_timestamp() - interval '2 seconds')
   AND NOT id = ANY($2::bigint[])
   AND NOT routing_key = ANY($3::text[])
 ORDER BY id
 LIMIT $4
"""

if TYPE_CHECKING:
    PlainConnection = asyncpg.Connection[asyncpg.Record]
else:
    PlainConnection = asyncpg.Connection


class OutboxTable:
    """The table `outbox` through a connection of its own, opened when first used and again after it broke."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: PlainConnection | None = None
        self._locked = False

    @property
    def holds_lock(self) -> bool:
        return self._locked and self._connection is not None and not self._connection.is_closed()

    async def lock(self) -> bool:
        """Hold the lock, or try to get it."""
        if not self.holds_lock:
            self._locked = bool(await (await self._open()).fetchval(LOCK))
        return self._locked

    async def stale(self, up_to: int, known: Collection[int], blocked: Collection[str]) -> list[Stored]:
        """The oldest rows with an id up to `up_to` or older than 2 s, without `known` ids and `blocked` keys."""
        records = await (await self._open()).fetch(STALE, up_to, list(known), list(blocked), BATCH)
        return [
            (
                record["id"],
                OutboxRow(
                    message_id=record["message_id"],
                    exchange=record["exchange"],
                    routing_key=record["routing_key"],
                    type=record["type"],
                    correlation_id=record["correlation_id"],
                    body=record["body"],
                ),
            )
            for record in records
        ]

    async def delete(self, ids: Sequence[int]) -> None:
        await (await self._open()).execute(DELETE, ids)

    async def remains(self, up_to: int) -> bool:
        """Whether any row with an id up to `up_to` is still there."""
        return bool(await (await self._open()).fetchval(REMAINS, up_to))

    async def oldest_seconds(self) -> float:
        """Age of the oldest row in seconds, 0 for an empty table."""
        return float(await (await self._open()).fetchval(OLDEST))

    async def close(self) -> None:
        connection, self._connection, self._locked = self._connection, None, False
        if connection is not None:
            with contextlib.suppress(Exception):
                await connection.close(timeout=2)

    async def _open(self) -> PlainConnection:
        if self._connection is None or self._connection.is_closed():
            self._locked = False
            self._connection = await self._database.connect("relay")
        return self._connection
