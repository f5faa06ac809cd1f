"""Tells the router who has a page open here: this process's lease on its agents and visitors.

The whole state is told at once when an agent comes or goes (gathered for a moment: a console that reloads goes and
comes), and every few seconds in any case. What is not told is a lease that runs out: a killed process needs no last
word, and one that ends properly says that nobody is left.
"""

import asyncio
import contextlib
from collections.abc import Iterable
from typing import Final
from uuid import UUID

import structlog

from contracts.conversation import GatewayPresence
from services.chassis.clock import Clock, Ids
from services.chassis.errors import Unavailable
from services.chassis.logging import describe
from services.chassis.publisher import Publisher
from services.chassis.tasks import Background
from services.gateway.hub import Hub

GATHER_SECONDS: Final = 0.2
RETRY_SECONDS: Final = 1.0
"""After a broker that did not take it; the lease is longer."""

log = structlog.stdlib.get_logger("dymek.presence")


class Presence:
    def __init__(self, hub: Hub, publisher: Publisher, clock: Clock, ids: Ids, *, every: float) -> None:
        self._hub = hub
        self._publisher = publisher
        self._clock = clock
        self._every = every
        self._gateway_id = ids.new()
        """Of this process: another start is another gateway, and its numbers begin anew."""
        self._number = 0
        self._changed = asyncio.Event()
        self._telling = Background("presence", self._run)
        hub.on_agents_changed = self._changed.set

    async def start(self) -> None:
        await self._telling.start()

    async def stop(self) -> None:
        """Say that nobody is here any more, which is so as soon as the closed sockets have ended."""
        await self._telling.stop()
        await self._tell(agents=(), conversations=())

    def tell_soon(self) -> None:
        """Do not wait for the next time: the router may not have heard of us for a while."""
        self._changed.set()

    async def _run(self) -> None:
        wait = 0.0
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), wait)
                await asyncio.sleep(GATHER_SECONDS)
            self._changed.clear()
            told = await self._tell(self._hub.agent_ids, self._hub.visitor_streams)
            wait = self._every if told else min(RETRY_SECONDS, self._every)

    async def _tell(self, agents: Iterable[UUID], conversations: Iterable[UUID]) -> bool:
        """Whether the router will hear of it."""
        self._number += 1
        present = GatewayPresence(
            gateway_id=self._gateway_id,
            number=self._number,
            at=self._clock.now(),
            agents=tuple(agents),
            conversations=tuple(conversations),
        )
        try:
            await self._publisher.publish(present)
        except Unavailable as error:
            log.warning("presence_not_told", **describe(error))
            return False
        return True
