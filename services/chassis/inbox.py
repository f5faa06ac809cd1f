"""The inbox: which messages a consumer has handled, recorded in the handler's own transaction.

Used through `Transaction.first_time` or `once`. Rows are kept for two weeks, longer than any message can be under way
or lie among the dead letters unnoticed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from contracts.envelope import Received
from services.chassis.database import Database, Transaction
from services.chassis.logging import describe

KEPT: Final = "14 days"
EVERY_SECONDS: Final = 3600.0
BATCH: Final = 5000

FORGET: Final = """
DELETE FROM inbox
 WHERE ctid = ANY (ARRAY(SELECT ctid FROM inbox WHERE received_at < now() - $1::text::interval LIMIT $2))
"""

log = structlog.stdlib.get_logger("dymek.inbox")


def once(
    database: Database, consumer: str, work: Callable[[Transaction, Received], Awaitable[None]]
) -> Callable[[Received], Awaitable[None]]:
    """A handler that does `work` in one transaction with its inbox row, and nothing for a repetition."""

    async def handle(received: Received) -> None:
        async def step(transaction: Transaction) -> None:
            if await transaction.first_time(received.id, consumer):
                await work(transaction, received)

        await database.run(step)

    return handle


async def forget(database: Database) -> int:
    """Delete rows older than they are kept; how many were deleted, at most 5,000 at a time."""
    async with database.connection() as connection:
        status = await connection.execute(FORGET, KEPT, BATCH)
    return int(status.split()[-1])


async def forget_regularly(database: Database) -> None:
    """Forget every hour, until cancelled."""
    while True:
        try:
            while await forget(database) == BATCH:  # noqa: ASYNC110 -- a pause between batches
                await asyncio.sleep(0.1)
        except Exception as error:
            log.warning("inbox_not_forgotten", **describe(error))
        await asyncio.sleep(EVERY_SECONDS)
