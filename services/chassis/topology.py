"""Declares the exchanges and queues of contracts/topology.py on the broker.

Every service declares all of them at its start, with the same arguments, so that no message is unroutable because its
consumer has not run yet. Arguments hold only what cannot change; limits are policies.
"""

from typing import Any, Final, get_args

import aiormq

from contracts.catalogue import Service
from contracts.topology import DEAD, DEAD_QUEUE, EXCHANGES, Queue, queues_of
from services.chassis.errors import Unavailable
from services.chassis.link import Link

SERVICES: Final[tuple[Service, ...]] = get_args(Service)


class TopologyMismatch(Exception):
    """The broker holds a queue or exchange of this name with other arguments; delete it by hand once it is empty."""


def arguments_of(queue: Queue) -> dict[str, Any]:
    """The arguments a queue is declared with, everywhere the same."""
    arguments: dict[str, Any] = {"x-queue-type": "quorum"}
    if queue.dead_lettered:
        arguments["x-dead-letter-exchange"] = DEAD
    if queue.single_active_consumer:
        arguments["x-single-active-consumer"] = True
    return arguments


def all_queues() -> tuple[Queue, ...]:
    return (*(queue for service in SERVICES for queue in queues_of(service)), DEAD_QUEUE)


async def declare_topology(link: Link, queues: tuple[Queue, ...] | None = None) -> None:
    """Declare all exchanges and `queues` (default: all) with their bindings; raises TopologyMismatch, Unavailable."""
    channel = await link.scratch()
    try:
        for exchange, kind in EXCHANGES.items():
            await channel.exchange_declare(exchange, exchange_type=kind, durable=True, timeout=5)
        for queue in all_queues() if queues is None else queues:
            await channel.queue_declare(queue.name, durable=True, arguments=arguments_of(queue), timeout=10)
            for key in queue.bindings:
                await channel.queue_bind(queue.name, queue.exchange, key, timeout=5)
    except aiormq.exceptions.ChannelPreconditionFailed as error:
        raise TopologyMismatch(str(error)) from None
    except (aiormq.exceptions.AMQPError, ConnectionError, OSError, TimeoutError) as error:
        raise Unavailable("the broker did not take the topology") from error
    finally:
        if not channel.is_closed:
            await channel.close()
