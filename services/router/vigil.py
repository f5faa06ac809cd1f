"""Whether this process would have heard of a gateway, had that said anything.

A gateway's silence means something only to a listener who has listened all the while. After an outage of the broker or
the database everybody has been silent, and what they said meanwhile may still lie in the queue. So once a second this
asks both and looks into the queue; any failure, a backlog that stays, a gap in the asking itself begins the vigil anew.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog

from services.chassis.clock import Clock
from services.chassis.database import Database
from services.chassis.link import Link
from services.chassis.logging import describe
from services.chassis.tasks import Background

EVERY_SECONDS: Final = 1.0
LOOK_SECONDS: Final = 2.0
LONGEST_GAP: Final = timedelta(seconds=4)
NO_TIME: Final = timedelta()

log = structlog.stdlib.get_logger("dymek.router")


class Vigil:
    """Listens on behalf of the consumer of `queue`."""

    def __init__(self, database: Database, link: Link, clock: Clock, queue: str) -> None:
        self._database = database
        self._link = link
        self._clock = clock
        self._queue = queue
        self._since: datetime | None = None
        self._last: datetime | None = None
        self._backlog = False
        self._watching = Background("vigil", self._watch)

    async def start(self) -> None:
        await self._watching.start()

    async def stop(self) -> None:
        await self._watching.stop()

    def length(self, now: datetime) -> timedelta:
        """For how long nothing can have been missed, up to now."""
        if self._since is None or self._last is None or now - self._last > LONGEST_GAP:
            return NO_TIME
        return max(NO_TIME, now - self._since)

    async def look(self) -> None:
        """Ask once whether all is well now."""
        well = await self._is_well()
        now = self._clock.now()
        gap = self._last is None or now - self._last > LONGEST_GAP
        if not well:
            if self._since is not None:
                log.info("vigil_interrupted", queue=self._queue)
            self._since = None
        elif gap or self._since is None:
            self._since = now
        self._last = now

    async def _watch(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(EVERY_SECONDS)

    async def _is_well(self) -> bool:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                async with self._database.connection() as connection:
                    await connection.fetchval("SELECT 1")
                channel = await self._link.scratch()
                try:
                    declared = await channel.queue_declare(self._queue, passive=True)
                finally:
                    if not channel.is_closed:
                        await channel.close()
        except Exception as error:
            log.debug("vigil_failed", **describe(error))
            return False
        # A message that has only just arrived is no backlog.
        stays = self._backlog and bool(declared.message_count)
        self._backlog = bool(declared.message_count)
        return bool(declared.consumer_count) and not stays
