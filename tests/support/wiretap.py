"""A test's own ear and mouth on the broker: says messages as a service would, and keeps what others say.

async with Wiretap(amqp_url, (EVENTS, "ticket.opened.v1")) as tap:
    await tap.say(command)
    opened = await tap.heard()
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage, AbstractQueue

from contracts.base import Message
from contracts.envelope import CONTENT_TYPE, Received, read, wrap
from contracts.topology import EXCHANGES, routing_of

PATIENCE = 15.0


class Wiretap:
    """Hears everything that is published with one of `keys` (exchange, routing key) while it is open."""

    def __init__(self, amqp_url: str, *keys: tuple[str, str]) -> None:
        self._url = amqp_url
        self._keys = keys

    async def __aenter__(self) -> Self:
        self._connection = await aio_pika.connect(self._url)
        channel = await self._connection.channel(publisher_confirms=True, on_return_raises=True)
        self._channel: AbstractChannel = channel
        self._queue: AbstractQueue = await channel.declare_queue(exclusive=True)
        for exchange, kind in EXCHANGES.items():
            await channel.declare_exchange(exchange, kind, durable=True)
        for exchange, key in self._keys:
            await self._queue.bind(exchange, key)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._connection.close()

    async def say(self, message: Message, *, times: int = 1) -> UUID:
        """Publish the message, `times` times under one id, and return that id."""
        message_id = uuid4()
        envelope = wrap(message, id=message_id, source="dymek/test", time=datetime.now(UTC))
        exchange, key = routing_of(message)
        for _ in range(times):
            await self.say_raw(exchange, key, envelope.model_dump_json().encode(), message_id, message.TYPE)
        return message_id

    async def say_raw(
        self, exchange: str, key: str, body: bytes, message_id: UUID | None = None, name: str = ""
    ) -> None:
        """Publish any bytes."""
        raw = aio_pika.Message(
            body,
            content_type=CONTENT_TYPE,
            message_id=str(message_id or uuid4()),
            type=name,
            delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        )
        await (await self._channel.get_exchange(exchange)).publish(raw, key, timeout=5)

    async def heard(self) -> Received:
        """The next message heard. Raises TimeoutError when there is none in time."""
        return read(await self.heard_raw())

    async def heard_raw(self) -> bytes:
        """The next body heard, whatever it is."""
        return (await _next_of(self._queue, no_ack=True)).body

    async def rest(self) -> list[Received]:
        """All that has been heard by now."""
        messages: list[Received] = []
        while (message := await self._queue.get(no_ack=True, fail=False)) is not None:
            messages.append(read(message.body))
        return messages

    async def take(self, queue: str) -> AbstractIncomingMessage:
        """A message of a service's queue, not acknowledged: it goes back when this wiretap closes."""
        return await _next_of(await self._channel.get_queue(queue), no_ack=False)


async def _next_of(queue: AbstractQueue, *, no_ack: bool) -> AbstractIncomingMessage:
    async with asyncio.timeout(PATIENCE):
        while True:
            message = await queue.get(no_ack=no_ack, fail=False)
            if message is not None:
                return message
            await asyncio.sleep(0.02)
