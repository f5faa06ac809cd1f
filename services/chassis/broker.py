"""The broker a service consumes with, and how each message is taken, handled and settled.

The rules every subscriber follows:

- a message is acknowledged when its handler has returned, never before;
- a message no contract describes goes to the dead letters at once, and no log shows what was in it;
- a transient failure (database, broker, time-out) is tried again in place: requeueing would spend the delivery limit
  during an outage and, in a queue without one, send the message behind its successors;
- any other failure is requeued, and after 8 deliveries goes to the dead letters.
"""

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final, cast

import structlog
from aio_pika.exceptions import AMQPError
from faststream import AckPolicy
from faststream.exceptions import RejectMessage
from faststream.rabbit import Channel, ExchangeType, QueueType, RabbitBroker, RabbitExchange, RabbitMessage, RabbitQueue
from faststream.rabbit.subscriber.usecase import RabbitSubscriber

from contracts.catalogue import UnknownMessageType
from contracts.envelope import MalformedMessage, Received, read
from contracts.topology import EXCHANGES, Queue
from services.chassis.context import bound, cause_of
from services.chassis.faults import is_transient
from services.chassis.logging import describe
from services.chassis.metrics import CONSUMED, HANDLING
from services.chassis.settings import ServiceSettings
from services.chassis.topology import arguments_of
from services.chassis.tracing import span

if TYPE_CHECKING:
    from faststream._internal.endpoint.subscriber import SubscriberUsecase
    from faststream.rabbit.schemas.queue import QuorumQueueArgs

Handler = Callable[[Received], Awaitable[None]]

MOST_DELIVERIES: Final = 8
REQUEUE_SECONDS: Final = 0.2
LONGEST_RETRY_SECONDS: Final = 2.0
PATIENCE_SECONDS: Final = 600.0
GRACEFUL_SECONDS: Final = 10.0

log = structlog.stdlib.get_logger("dymek.consumer")


def build_broker(settings: ServiceSettings, service: str, *, on_return: Callable[[object], None]) -> RabbitBroker:
    """The consuming connection of `service`; it waits for a broker that is not there yet and comes back by itself.

    `on_return` is called whenever it has come back, with all its consumers.
    """
    return RabbitBroker(
        settings.amqp_url.get_secret_value(),
        fail_fast=False,
        reconnect_interval=1,
        graceful_timeout=GRACEFUL_SECONDS,
        on_reconnected=(on_return,),
        default_channel=channel(),
        client_properties={"connection_name": f"dymek-{service}-consume"},  # type: ignore[arg-type]
        app_id=f"dymek-{service}",
        apply_types=False,
        logger=logging.getLogger("dymek.faststream"),
        log_level=logging.DEBUG,
    )


def channel(prefetch: int = 1) -> Channel:
    """A channel of its own: prefetch is the concurrency, and what cannot be routed raises."""
    return Channel(prefetch_count=prefetch, on_return_raises=True)


def rabbit_queue(queue: Queue) -> RabbitQueue:
    """`queue` as FastStream declares it, with the arguments that topology.py uses."""
    return RabbitQueue(
        queue.name,
        queue_type=QueueType.QUORUM,
        durable=True,
        arguments=cast("QuorumQueueArgs", arguments_of(queue)),
        routing_key=queue.bindings[0],
    )


def rabbit_exchange(name: str) -> RabbitExchange:
    return RabbitExchange(name, type=ExchangeType(EXCHANGES[name]), durable=True)


async def start_consuming(broker: RabbitBroker) -> None:
    """Start every subscriber of `broker`, each with its prefetch."""
    for subscriber in broker.subscribers:
        # FastStream drops, unsettled, what arrives before start() has returned; with a prefetch of 1 such a message
        # would stop its queue. The subscriber is complete by the time it consumes, so it may say so now.
        subscriber.running = True
    await broker.start()


async def stop_consuming(broker: RabbitBroker) -> None:
    """Finish the messages in hand, give the others back, and disconnect.

    Channels are closed, not only their consumers cancelled: a single active consumer that is cancelled while it holds a
    message hands its queue over, and its successor would overtake that message.
    """
    await asyncio.gather(*(_leave(broker, subscriber) for subscriber in broker.subscribers))
    await broker.stop()


async def _leave(broker: RabbitBroker, subscriber: "SubscriberUsecase[Any]") -> None:
    if not isinstance(subscriber, RabbitSubscriber) or not subscriber.running:
        return
    subscriber.running = False
    in_hand = getattr(subscriber.lock, "wait_release", None)
    if in_hand is not None:
        await in_hand(GRACEFUL_SECONDS)
    with contextlib.suppress(AMQPError, ConnectionError, RuntimeError, TimeoutError):
        async with asyncio.timeout(2):
            await (await broker.config.channel_manager.get_channel(subscriber.channel)).close()


async def step_back(broker: RabbitBroker, queue: str) -> None:
    """Consume `queue` anew, behind everybody else who does: if it has a single active consumer, the next is that now.

    The message in hand is finished first, so that nobody overtakes it. Returns once the queue is consumed again.
    """
    for subscriber in broker.subscribers:
        if isinstance(subscriber, RabbitSubscriber) and subscriber.queue.name == queue and subscriber.running:
            await _leave(broker, subscriber)
            while True:
                if await _come_again(broker, subscriber):
                    break
                await asyncio.sleep(REQUEUE_SECONDS)


async def _come_again(broker: RabbitBroker, subscriber: RabbitSubscriber) -> bool:
    """Consume on a new channel; False where the broker does not let us now."""
    # FastStream would take the closed channel and its queue out of its caches.
    prefetch = subscriber.channel.prefetch_count if subscriber.channel else None
    subscriber.channel = channel(prefetch or 1)
    try:
        async with asyncio.timeout(GRACEFUL_SECONDS):
            opened = await broker.config.channel_manager.get_channel(subscriber.channel)
            queue = await opened.declare_queue(subscriber.queue.name, passive=True)
            subscriber.running = True
            subscriber._queue_obj = queue
            subscriber._consumer_tag = await queue.consume(subscriber.consume, arguments=subscriber.consume_args)
    except (AMQPError, ConnectionError, RuntimeError, TimeoutError) as error:
        log.warning("consumer_waits", queue=subscriber.queue.name, **describe(error))
        await _leave(broker, subscriber)
        return False
    return True


class Delivery:
    """A decoded message and how often it has been delivered before."""

    __slots__ = ("before", "received")

    def __init__(self, received: Received, before: int) -> None:
        self.received = received
        self.before = before


def consume(broker: RabbitBroker, queue: Queue, handler: Handler, *, prefetch: int, title: str) -> None:
    """Let `handler` have every message of `queue`, at most `prefetch` at once, with its correlation bound.

    `title` names the subscriber in documents. The handler must be idempotent: it may see a message again.
    """
    subscriber = broker.subscriber(
        rabbit_queue(queue),
        rabbit_exchange(queue.exchange),
        channel=channel(prefetch),
        ack_policy=AckPolicy.REJECT_ON_ERROR,
        decoder=_decoder(queue.name),
        no_reply=True,
        title=title,
    )
    handling = HANDLING.labels(queue.name)
    outcomes = {name: CONSUMED.labels(queue.name, name) for name in ("handled", "requeued", "dead")}

    async def settle(delivery: Delivery) -> None:
        received = delivery.received
        began = time.perf_counter()
        with bound(cause_of(received)), span(f"{queue.name} process", received.traceparent):
            try:
                await _handle(handler, received, queue.name, lambda: subscriber.running)
            except Exception as error:
                dead = delivery.before + 1 >= MOST_DELIVERIES
                outcomes["dead" if dead else "requeued"].inc()
                log.error(
                    "message_dead" if dead else "message_requeued",
                    queue=queue.name,
                    type=received.type,
                    message_id=str(received.id),
                    deliveries=delivery.before + 1,
                    **describe(error),
                )
                if not dead:
                    await asyncio.sleep(REQUEUE_SECONDS)
                raise RejectMessage(requeue=not dead) from None
        outcomes["handled"].inc()
        handling.observe(time.perf_counter() - began)

    subscriber(settle)


async def _handle(handler: Handler, received: Received, queue: str, running: Callable[[], bool]) -> None:
    """Call the handler until it returns, or raises what will not pass by itself or has not in ten minutes."""
    pause = 0.05
    patience = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return await handler(received)
        except Exception as error:
            if not is_transient(error) or not running() or time.monotonic() > patience:
                raise
            log.warning("message_waits", queue=queue, type=received.type, id=str(received.id), **describe(error))
        await asyncio.sleep(random.uniform(pause / 2, pause))
        pause = min(pause * 2, LONGEST_RETRY_SECONDS)


def _decoder(queue: str) -> Callable[[RabbitMessage], Awaitable[Delivery]]:
    async def decode(message: RabbitMessage) -> Delivery:
        try:
            received = read(message.body)
        except (MalformedMessage, UnknownMessageType) as error:
            CONSUMED.labels(queue, "malformed").inc()
            where = str(error) if isinstance(error, MalformedMessage) else "unknown type"
            log.error("message_malformed", queue=queue, where=where, bytes=len(message.body))
            raise RejectMessage(requeue=False) from None
        return Delivery(received, _deliveries_before(message))

    return decode


def _deliveries_before(message: RabbitMessage) -> int:
    count = message.headers.get("x-delivery-count", 0)
    return count if isinstance(count, int) else 0
