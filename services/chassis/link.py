"""The connection a service publishes on, apart from the one it consumes on.

Two connections, because a broker in alarm stops reading from connections that publish: acknowledgements must still get
through. Publishing goes straight to the channel and waits for confirms only where the caller does, so that many
messages are under way at once, in the order in which they were sent.
"""

import asyncio
from typing import Final, cast

import aio_pika
import aiormq
import aiormq.abc
from aio_pika.abc import AbstractRobustChannel, AbstractRobustConnection
from pamqp import commands as spec

from contracts.envelope import CONTENT_TYPE
from contracts.topology import LIVE
from services.chassis.errors import Unavailable, Unroutable
from services.chassis.outbox import OutboxRow

CONFIRM_SECONDS: Final = 5.0
RECONNECT_SECONDS: Final = 1.0
PERSISTENT: Final = 2
TRANSIENT: Final = 1


class Lane:
    """One life of the publishing channel. What is sent on a lane arrives in order, or not at all."""

    def __init__(self, channel: aiormq.Channel, app_id: str) -> None:
        self._channel = channel
        self._app_id = app_id

    @property
    def is_open(self) -> bool:
        return not self._channel.is_closed

    async def send(self, row: OutboxRow) -> None:
        """Publish one message and wait for its confirm. Raises Unroutable, or Unavailable when it is not certain."""
        live = row.exchange == LIVE
        # Nobody may be watching a stream, and a live message that is lost is repaired by its number.
        await self._publish(row, mandatory=not live, delivery_mode=TRANSIENT if live else PERSISTENT)

    async def cast(self, row: OutboxRow) -> None:
        """Publish on a lane without confirms; for what may be lost. Raises Unavailable when it surely is."""
        await self._publish(row, mandatory=False, delivery_mode=TRANSIENT)

    async def _publish(self, row: OutboxRow, *, mandatory: bool, delivery_mode: int) -> None:
        try:
            await self._channel.basic_publish(
                row.body.encode(),
                exchange=row.exchange,
                routing_key=row.routing_key,
                mandatory=mandatory,
                properties=spec.Basic.Properties(
                    content_type=CONTENT_TYPE,
                    delivery_mode=delivery_mode,
                    message_id=str(row.message_id),
                    correlation_id=str(row.correlation_id),
                    message_type=row.type,
                    app_id=self._app_id,
                ),
                # Without confirms too: a line that takes no more data must not hold up whoever writes on it.
                timeout=CONFIRM_SECONDS,
                wait=False,
            )
        except aiormq.exceptions.PublishError:
            raise Unroutable(row.routing_key) from None
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            raise Unavailable("the broker's channel closed before the confirm") from None
        except (aiormq.exceptions.AMQPError, ConnectionError, OSError, TimeoutError, RuntimeError) as error:
            raise Unavailable("the broker did not confirm") from error


class Link:
    """The publishing connection: reconnects by itself for as long as it is open."""

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._name = name
        self._connection: AbstractRobustConnection | None = None
        self._confirmed: AbstractRobustChannel | None = None
        self._casting: AbstractRobustChannel | None = None

    async def open(self) -> None:
        """Connect; waits until the broker answers."""
        self._connection = await aio_pika.connect_robust(
            self._url,
            timeout=5,
            fail_fast=False,
            reconnect_interval=RECONNECT_SECONDS,
            client_properties={"connection_name": f"{self._name}-publish"},
        )
        self._confirmed = self._connection.channel(publisher_confirms=True, on_return_raises=True)
        self._casting = self._connection.channel(publisher_confirms=False)
        await self._confirmed.initialize()
        await self._casting.initialize()

    async def close(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            self._confirmed = self._casting = None
            await connection.close()

    @property
    def is_connected(self) -> bool:
        return self._connection is not None and self._connection.connected.is_set()

    async def lane(self, seconds: float = CONFIRM_SECONDS) -> Lane:
        """The lane open now; raises Unavailable when there is none within `seconds`."""
        return await self._lane(self._confirmed, seconds)

    async def casting_lane(self) -> Lane:
        """The lane for messages without confirms; raises Unavailable at once while disconnected."""
        if not self.is_connected:
            raise Unavailable("the broker is not connected")
        return await self._lane(self._casting, CONFIRM_SECONDS)

    async def _lane(self, channel: AbstractRobustChannel | None, seconds: float) -> Lane:
        if channel is None:
            raise Unavailable("the broker is not connected")
        try:
            async with asyncio.timeout(seconds):
                await channel.ready()
                underlay = await channel.get_underlay_channel()
        except (aiormq.exceptions.AMQPError, ConnectionError, OSError, TimeoutError, RuntimeError) as error:
            raise Unavailable("the broker does not answer") from error
        if underlay.is_closed:
            raise Unavailable("the broker's channel is closed")
        return Lane(cast(aiormq.Channel, underlay), self._name)

    async def scratch(self) -> aiormq.abc.AbstractChannel:
        """A channel for one errand (declaring, looking), closed by the caller; a refusal on it harms nothing else."""
        connection = self._connection
        if connection is None or connection.transport is None:
            raise Unavailable("the broker is not connected")
        try:
            async with asyncio.timeout(CONFIRM_SECONDS):
                await connection.ready()
                return await connection.transport.connection.channel(publisher_confirms=False)
        except (aiormq.exceptions.AMQPError, ConnectionError, OSError, TimeoutError, RuntimeError) as error:
            raise Unavailable("the broker does not answer") from error
