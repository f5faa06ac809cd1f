"""Publishing outside a transaction: commands on their way in, and live messages that may be lost.

A service that changes state publishes through its outbox instead.
"""

import structlog

from contracts.base import Message
from contracts.envelope import Received
from services.chassis.errors import Unavailable, Unroutable
from services.chassis.link import Link
from services.chassis.logging import describe
from services.chassis.metrics import PUBLISHED
from services.chassis.outbox import Letterhead

log = structlog.stdlib.get_logger("dymek.publisher")


class Publisher:
    """Publishes single messages on the service's publishing connection."""

    def __init__(self, link: Link, letterhead: Letterhead) -> None:
        self._link = link
        self._letterhead = letterhead

    async def publish(self, message: Message, *, caused_by: Received | None = None) -> None:
        """Publish for certain: persistent, routed, confirmed within 5 s. Raises Unavailable (or its kind Unroutable).

        After Unavailable the message may or may not have arrived: publish it again with the same idempotency key.
        """
        row = self._letterhead.prepare(message, caused_by=caused_by)
        try:
            lane = await self._link.lane()
            await lane.send(row)
        except Unroutable:
            PUBLISHED.labels(row.type, "unroutable").inc()
            raise
        except Unavailable:
            PUBLISHED.labels(row.type, "unavailable").inc()
            raise
        PUBLISHED.labels(row.type, "confirmed").inc()

    async def cast(self, message: Message) -> None:
        """Publish for whoever listens now; lost when the broker is away. Never raises."""
        row = self._letterhead.prepare(message)
        try:
            await (await self._link.casting_lane()).cast(row)
        except Exception as error:
            PUBLISHED.labels(row.type, "lost").inc()
            log.debug("cast_lost", type=row.type, **describe(error))
        else:
            PUBLISHED.labels(row.type, "cast").inc()
