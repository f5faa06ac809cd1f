"""Looks into the router's tables all the while: what must never be so, not even for a moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import asyncpg

LOOK_SECONDS: Final = 0.1
IDLE_SECONDS: Final = 2.0

# Each is one statement, so each sees one moment.
WRONG_LOADS: Final = """
SELECT * FROM (
    SELECT a.name, a.load, a.capacity, (
               SELECT count(*) FROM (
                   SELECT conversation_id FROM offer WHERE agent_id = a.id AND outcome IS NULL
                   UNION
                   SELECT conversation_id FROM participant WHERE agent_id = a.id AND ended_at IS NULL) h) AS held
      FROM agent a) loads
 WHERE load > capacity OR load <> held
"""
FREE_WHILE_ONE_WAITS: Final = """
SELECT id, idle_since
  FROM agent a
 WHERE status = 'available' AND connected AND load < capacity
   AND EXISTS (SELECT FROM conversation c WHERE c.state = 'waiting' AND c.topic_id = ANY(a.topic_ids))
"""


@dataclass
class Watch:
    """`wrong_loads` and `idle` (agents who were free for 2 s while somebody waited) are what must stay empty."""

    looks: int = 0
    wrong_loads: list[dict[str, Any]] = field(default_factory=list)
    idle: set[UUID] = field(default_factory=set)
    longest_idle: float = 0.0
    """Seconds an agent was free at the longest while somebody of their topics waited, as far as was looked."""
    _free_since: dict[tuple[UUID, object], float] = field(default_factory=dict)

    async def look(self, connection: asyncpg.Connection) -> None:
        self.looks += 1
        self.wrong_loads += [dict(row) for row in await connection.fetch(WRONG_LOADS)]
        # Whoever held something in between has another idle_since.
        free = {(row["id"], row["idle_since"]) for row in await connection.fetch(FREE_WHILE_ONE_WAITS)}
        now = time.monotonic()
        self._free_since = {one: self._free_since.get(one, now) for one in free}
        for (agent_id, _), since in self._free_since.items():
            self.longest_idle = max(self.longest_idle, now - since)
            if now - since > IDLE_SECONDS:
                self.idle.add(agent_id)


@asynccontextmanager
async def watched(router_database: str) -> AsyncIterator[Watch]:
    """Look ten times a second for the length of the block."""
    watch = Watch()
    connection = await asyncpg.connect(router_database)

    async def keep_looking() -> None:
        while True:
            await watch.look(connection)
            await asyncio.sleep(LOOK_SECONDS)

    task = asyncio.create_task(keep_looking())
    try:
        yield watch
        if task.done():
            task.result()
    finally:
        task.cancel()
        await asyncio.wait({task})
        await connection.close()
