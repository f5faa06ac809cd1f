"""The router's queues. Sixteen partitions of commands, one at a time each, so that a conversation's are in order."""

from contracts.topology import queues_of
from services.chassis.service import Service
from services.router.facts import Facts
from services.router.usecases import Commands

FACTS_AT_ONCE = 4


def subscribe(service: Service, commands: Commands, facts: Facts) -> None:
    """Hand every message of the router's queues to its handler."""
    for queue in queues_of("router"):
        if queue.single_active_consumer:
            service.consume(queue, commands.handle, prefetch=1, title=f"Commands of partition {queue.name}")
        else:
            service.consume(queue, facts.handle, prefetch=FACTS_AT_ONCE, title=f"Events: {queue.bindings[0]}")
