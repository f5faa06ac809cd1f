"""What the command line asks the broker: how full each queue is, and who consumes it.

Queues are only looked at (passive declares), so asking changes nothing and creates nothing.
"""

from typing import NamedTuple

import aio_pika
from aio_pika.exceptions import AMQPError, ChannelNotFoundEntity

from services.chassis.errors import Unavailable
from services.chassis.topology import all_queues

SECONDS = 5.0


class QueueState(NamedTuple):
    """A queue of the system; None for both numbers when the broker does not have it."""

    name: str
    waiting: int | None
    consumers: int | None


async def queue_states(amqp_url: str) -> list[QueueState]:
    """The state of every queue of the topology, the dead letters last. Raises Unavailable."""
    try:
        connection = await aio_pika.connect(amqp_url, timeout=SECONDS)
        async with connection:
            return [await _state(connection, queue.name) for queue in all_queues()]
    except (AMQPError, OSError, TimeoutError) as error:
        raise Unavailable("the broker does not answer, or refuses the log-in") from error


async def _state(connection: aio_pika.abc.AbstractConnection, name: str) -> QueueState:
    # A channel each: the broker closes the one on which a queue was asked for that it does not have.
    channel = await connection.channel(publisher_confirms=False)
    try:
        queue = await channel.declare_queue(name, passive=True, timeout=SECONDS)
    except ChannelNotFoundEntity:
        return QueueState(name, None, None)
    await channel.close()
    return QueueState(name, queue.declaration_result.message_count, queue.declaration_result.consumer_count)
