"""The live queue of this process: what open sockets should show now.

The queue is durable and expires a minute after its process has gone, so that a short break of the connection loses
nothing, and it is taken without acknowledgements: loss here is legal, and repaired by sequence numbers.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog
from faststream import AckPolicy
from faststream.rabbit import RabbitBroker, RabbitMessage, RabbitQueue

from contracts.base import Message
from contracts.catalogue import UnknownMessageType
from contracts.envelope import MalformedMessage, Received, read
from contracts.topology import EVERY_GATEWAY, LIVE
from services.chassis.broker import channel, rabbit_exchange
from services.chassis.errors import Unavailable
from services.chassis.logging import describe
from services.chassis.metrics import CONSUMED

EXPIRES_MS: Final = 60_000
MAX_LENGTH: Final = 50_000
BIND_SECONDS: Final = 5.0
METRIC_NAME: Final = "gateway.live"
"""One name for the queues of all processes, whose own names are random."""

log = structlog.stdlib.get_logger("dymek.live")


class LiveQueue:
    """Subscribes `deliver` to the keys bound; always to what every gateway hears."""

    def __init__(self, broker: RabbitBroker, process: str, deliver: Callable[[Message], None]) -> None:
        self._broker = broker
        self._deliver = deliver
        self.queue = RabbitQueue(
            f"gateway.live.{process}",
            durable=True,
            routing_key=EVERY_GATEWAY,
            arguments={"x-expires": EXPIRES_MS, "x-max-length": MAX_LENGTH},
        )
        subscriber = broker.subscriber(
            self.queue,
            rabbit_exchange(LIVE),
            channel=channel(),
            ack_policy=AckPolicy.ACK_FIRST,
            decoder=_decode,
            no_reply=True,
            title="What open sockets show now",
        )
        subscriber(self._take)

    async def bind(self, key: str) -> None:
        """Have messages with this key from now on, also after the connection was lost. Raises Unavailable."""
        try:
            async with asyncio.timeout(BIND_SECONDS):
                queue = await self._broker.declare_queue(self.queue)
                await queue.bind(LIVE, key)
        except Exception as error:
            raise Unavailable("the live queue could not be bound") from error

    async def unbind(self, key: str) -> None:
        """Have them no longer. Raises Unavailable."""
        try:
            async with asyncio.timeout(BIND_SECONDS):
                queue = await self._broker.declare_queue(self.queue)
                await queue.unbind(LIVE, key)
        except Exception as error:
            raise Unavailable("the live queue could not be unbound") from error

    async def _take(self, received: Received | None) -> None:
        if received is None:
            return
        CONSUMED.labels(METRIC_NAME, "handled").inc()
        try:
            self._deliver(received.message)
        except Exception as error:
            log.error("live_message_failed", type=received.type, **describe(error))


async def _decode(message: RabbitMessage) -> Received | None:
    try:
        return read(message.body)
    except (MalformedMessage, UnknownMessageType):
        CONSUMED.labels(METRIC_NAME, "malformed").inc()
        log.error("live_message_malformed", bytes=len(message.body))
        return None
