"""Makes the words of cards anew, by which they are found, where the rules for words have changed since they were saved.

Runs beside the service after its start, in small transactions, and ends when nothing is left; of several processes
each takes other cards.
"""

import asyncio
from typing import Final

import structlog

from services.chassis.database import Database
from services.chassis.logging import describe
from services.chassis.tasks import Background
from services.customers.store import cards

BATCH: Final = 200
RETRY_SECONDS: Final = 5.0

log = structlog.stdlib.get_logger("dymek.customers")


class Refolding:
    """The task, from the service's start to its end."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._folding = Background("refolding", self._run)

    async def start(self) -> None:
        await self._folding.start()

    async def stop(self) -> None:
        await self._folding.stop()

    async def _run(self) -> None:
        total = 0
        while True:
            try:
                folded = await self._database.run(lambda tx: cards.fold_anew(tx.connection, BATCH))
            except Exception as error:
                log.warning("cards_not_folded", **describe(error))
                await asyncio.sleep(RETRY_SECONDS)
                continue
            total += folded
            if not folded:
                break
        if total:
            log.info("cards_folded_anew", cards=total)
