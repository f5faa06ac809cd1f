"""The raw broker through aio-pika, without anything of ours: what one hop costs here at the least."""

from __future__ import annotations

import asyncio
import time

import aio_pika
from aio_pika.abc import AbstractIncomingMessage

from tests.load.figures import BrokerFigures, Latency

QUEUE = "load.raw"
BODY = b"x" * 700
"""About the size of a posted message in its envelope."""
ALONE = 500
AT_ONCE = 50
PREFETCH = 100


async def measure_broker(amqp_url: str, seconds: float) -> BrokerFigures:
    sending = await aio_pika.connect(amqp_url)
    receiving = await aio_pika.connect(amqp_url)
    async with sending, receiving:
        channel = await sending.channel(publisher_confirms=True, on_return_raises=True)
        consumer = await receiving.channel()
        await consumer.set_qos(prefetch_count=PREFETCH)
        queue = await consumer.declare_queue(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
        arrived: dict[str, float] = {}
        count = 0
        new = asyncio.Event()

        async def take(message: AbstractIncomingMessage) -> None:
            nonlocal count
            arrived[message.message_id or ""] = time.perf_counter()
            await message.ack()
            count += 1
            new.set()

        async def publish(name: str) -> None:
            message = aio_pika.Message(BODY, message_id=name, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
            await channel.default_exchange.publish(message, routing_key=QUEUE, mandatory=True, timeout=5)

        tag = await queue.consume(take)
        confirms, hops = [], []
        for number in range(ALONE):
            name, sent = f"alone-{number}", time.perf_counter()
            await publish(name)
            confirms.append(time.perf_counter() - sent)
            while name not in arrived:
                new.clear()
                await new.wait()
            hops.append(arrived[name] - sent)

        count = 0
        begun = time.perf_counter()

        async def keep_publishing(lane: int) -> None:
            number = 0
            while time.perf_counter() - begun < seconds:
                await publish(f"{lane}-{number}")
                number += 1

        await asyncio.gather(*(keep_publishing(lane) for lane in range(AT_ONCE)))
        rate = count / (time.perf_counter() - begun)
        await queue.cancel(tag)
        await queue.delete(if_unused=False, if_empty=False)
    # The very first messages pay for connections and queues that are new.
    return BrokerFigures(Latency.of(confirms[50:]), Latency.of(hops[50:]), rate)
