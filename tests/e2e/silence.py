"""A visitor's silence in the running shop, made longer than it was: what the router counts from lies further back.

Half a minute is the shortest silence that closes anything. What it entails is the router's own doing, at its own time.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg

from tests.support.system import System

PATIENCE_SECONDS = 15
THERE = "SELECT EXISTS (SELECT FROM page WHERE subject = $1)"
GONE = "SELECT visitor_gone_at IS NOT NULL FROM conversation WHERE id = $1"
LONGER = """
WITH aged AS (
    UPDATE conversation
       SET owned_at = owned_at - $2::interval, visitor_wrote_at = visitor_wrote_at - $2::interval,
           visitor_gone_at = visitor_gone_at - $2::interval, warned_at = warned_at - $2::interval
     WHERE id = $1
)
UPDATE deadline SET due_at = due_at - $2::interval WHERE kind = 'inactive' AND subject = $1 RETURNING true
"""


async def lengthen(shop: System, conversation: UUID, seconds: float) -> None:
    """Let the silence of a conversation have begun so much earlier."""
    connection = await asyncpg.connect(shop.installation.database_urls["router"])
    try:
        assert await connection.fetchval(LONGER, conversation, timedelta(seconds=seconds)), "nobody waits for its end"
    finally:
        await connection.close()


async def is_seen(shop: System, conversation: UUID) -> None:
    """Wait until the router knows that the visitor has a page open."""
    await _until(shop, THERE, conversation)


async def begins(shop: System, conversation: UUID) -> None:
    """Wait until the router knows that the visitor's page, which it had seen, is closed."""
    await _until(shop, GONE, conversation)


async def _until(shop: System, question: str, conversation: UUID) -> None:
    connection = await asyncpg.connect(shop.installation.database_urls["router"])
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await connection.fetchval(question, conversation):
                await asyncio.sleep(0.05)
    finally:
        await connection.close()
