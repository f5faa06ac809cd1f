"""Spreads the partitions of commands over the routers there are.

The broker lets the consumer that has waited longest be the active one, so that the router that came first would lead
every partition for as long as it lives. So each router says in the table `process` that it is there, and whoever is not
meant to lead a partition consumes it anew, behind the others, once whenever the processes have changed. Only the spread
of the work depends on it: order and failover are the broker's, and where two routers disagree for a moment about who
there is, nothing but a share is wrong.
"""

import asyncio
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from contracts.topology import Queue, queues_of
from services.chassis.logging import describe
from services.chassis.service import Service
from services.chassis.tasks import Background
from services.router.domain.shares import leader
from services.router.store import processes

EVERY_SECONDS: Final = 2.0
GONE_AFTER: Final = timedelta(seconds=10)
PARTITIONS: Final[tuple[Queue, ...]] = tuple(queue for queue in queues_of("router") if queue.single_active_consumer)

log = structlog.stdlib.get_logger("dymek.router")


class Shares:
    def __init__(self, service: Service) -> None:
        self._service = service
        self._me: UUID = service.ids.new()
        self._known: list[UUID] = []
        self._looking = Background("shares", self._run)
        service.on_broker_return(self._begin_anew)

    async def start(self) -> None:
        await self._looking.start()

    async def stop(self) -> None:
        """Leave one's share to the others at once."""
        await self._looking.stop()
        try:
            async with self._service.database.connection() as connection:
                await processes.forget(connection, self._me)
        except Exception as error:
            log.warning("share_not_given_up", **describe(error))

    async def look(self) -> None:
        """Say that this process is there; where others have come or gone, let them have what is theirs."""
        async with self._service.database.connection() as connection:
            known = await processes.tell(connection, self._me, GONE_AFTER)
        if known == self._known:
            return
        # Noted first: a broker that goes and comes meanwhile has all of it done again.
        self._known = known
        for partition, queue in enumerate(PARTITIONS):
            if leader(partition, known) != self._me:
                await self._service.step_back(queue)
        log.info("partitions_shared", processes=len(known))

    def _begin_anew(self) -> None:
        """After the broker was away everybody stands in line as chance would have it."""
        self._known = []

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:
                self._begin_anew()
                log.warning("partitions_not_shared", **describe(error))
            await asyncio.sleep(EVERY_SECONDS)
