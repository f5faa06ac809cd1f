"""What failed for good: looking at the dead letters, and sending them once more to where they came from.

Nothing here can lose a letter. A look takes letters without acknowledging them and gives them back; a replay is
acknowledged only after the broker has confirmed the new message. Because some brokers drop a message that was given
back too often, a letter that has been looked at many times is stored anew instead.
"""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage, AbstractQueue
from aio_pika.exceptions import ChannelNotFoundEntity, DeliveryError

from contracts.topology import DEAD
from services.chassis.errors import Unavailable

SECONDS: Final = 5.0
MOST_LOOKS: Final = 10
TRACES: Final = frozenset({"x-death", "x-delivery-count", "x-acquired-count"})


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A dead letter as an operator may see it: all about it except what it says."""

    id: str
    type: str
    queue: str
    """The queue in which it failed."""
    exchange: str
    routing_key: str
    reason: str
    """`rejected`, `delivery_limit`, `expired` or `maxlen`, in the broker's words."""
    died_at: datetime | None
    deaths: int
    size: int
    correlation_id: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did: the ids sent again, those without any queue to go to, and those asked for but not found."""

    sent: tuple[str, ...]
    unroutable: tuple[str, ...]
    missing: tuple[str, ...]


async def list_dead(connection_url: str, limit: int = 50) -> list[DeadLetter]:
    """The oldest dead letters, at most `limit`. Raises Unavailable when the broker does not answer."""
    async with _queue(connection_url) as (channel, queue):
        held = [message async for message in _take(queue, limit)]
        letters = [_describe(message) for message in held]
        await _give_back(channel, held)
    return letters


async def replay_dead(connection_url: str, ids: Collection[str] | None = None) -> Replayed:
    """Send the letters with these message ids (None: all there are now) to their first exchange and routing key."""
    wanted = None if ids is None else set(map(str, ids))
    sent: list[str] = []
    unroutable: list[str] = []
    kept: list[AbstractIncomingMessage] = []
    async with _queue(connection_url) as (channel, queue):
        async for message in _take(queue, None):
            letter = _describe(message)
            if (wanted is not None and letter.id not in wanted) or not letter.routing_key:
                kept.append(message)
                continue
            exchange = await channel.get_exchange(letter.exchange, ensure=False)
            try:
                await exchange.publish(_copy(message, anew=True), letter.routing_key, mandatory=True, timeout=SECONDS)
            except DeliveryError:
                kept.append(message)
                unroutable.append(letter.id)
                continue
            await message.ack()
            sent.append(letter.id)
        await _give_back(channel, kept)
    missing = () if wanted is None else tuple(sorted(wanted.difference(sent, unroutable)))
    return Replayed(tuple(sent), tuple(unroutable), missing)


@asynccontextmanager
async def _queue(connection_url: str) -> AsyncIterator[tuple[AbstractChannel, AbstractQueue]]:
    try:
        connection = await aio_pika.connect(connection_url, timeout=SECONDS)
    except (aio_pika.exceptions.AMQPError, OSError, TimeoutError) as error:
        raise Unavailable("the broker does not answer") from error
    async with connection:
        channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
        try:
            queue = await channel.declare_queue(DEAD, passive=True, timeout=SECONDS)
        except ChannelNotFoundEntity:
            raise Unavailable(f"the queue {DEAD} is not there; has any service been started?") from None
        yield channel, queue


async def _take(queue: AbstractQueue, limit: int | None) -> AsyncIterator[AbstractIncomingMessage]:
    """Take letters one by one until there is none, or one comes round again because its replay failed at once."""
    taken: set[str] = set()
    while limit is None or len(taken) < limit:
        message = await queue.get(no_ack=False, fail=False, timeout=SECONDS)
        if message is None:
            return
        # A letter without an id cannot be told from another; it counts as new each time.
        letter_id = message.message_id or f"#{message.delivery_tag}"
        if letter_id in taken:
            await message.reject(requeue=True)
            return
        taken.add(letter_id)
        yield message


async def _give_back(channel: AbstractChannel, messages: list[AbstractIncomingMessage]) -> None:
    """Put letters back, newest first, so that a broker which puts them at the head keeps their order."""
    for message in reversed(messages):
        looks = message.headers.get("x-delivery-count", 0)
        if isinstance(looks, int) and looks >= MOST_LOOKS:
            await channel.default_exchange.publish(_copy(message, anew=False), DEAD, mandatory=True, timeout=SECONDS)
            await message.ack()
        else:
            await message.reject(requeue=True)


def _copy(message: AbstractIncomingMessage, *, anew: bool) -> aio_pika.Message:
    """The same message; `anew` without the traces of its deaths, so that it has all its deliveries before it again."""
    dropped = TRACES if anew else TRACES - {"x-death"}
    headers = {
        name: value
        for name, value in message.headers.items()
        if name not in dropped and not (anew and name.startswith(("x-first-death", "x-last-death")))
    }
    return aio_pika.Message(
        message.body,
        headers=headers,
        content_type=message.content_type,
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        correlation_id=message.correlation_id,
        message_id=message.message_id,
        timestamp=message.timestamp,
        type=message.type,
        app_id=message.app_id,
    )


def _describe(message: AbstractIncomingMessage) -> DeadLetter:
    deaths: Any = message.headers.get("x-death") or []
    # The broker puts the latest death first; where it began is the last.
    latest: dict[str, Any] = deaths[0] if deaths else {}
    first: dict[str, Any] = deaths[-1] if deaths else {}
    keys = first.get("routing-keys") or [message.routing_key or ""]
    died_at = latest.get("time")
    return DeadLetter(
        id=message.message_id or "",
        type=message.type or "",
        queue=str(latest.get("queue", "")),
        exchange=str(first.get("exchange", "")),
        routing_key=str(keys[0]) if first else "",
        reason=str(latest.get("reason", "")),
        died_at=died_at if isinstance(died_at, datetime) else None,
        deaths=sum(int(death.get("count", 1)) for death in deaths),
        size=len(message.body),
        correlation_id=str(message.correlation_id or ""),
    )
