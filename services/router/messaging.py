"""The router's queues. Sixteen partitions of commands, one at a time each, so that a conversation's are in order."""

from contracts.conversation import GatewayPresence
from contracts.topology import queues_of
from services.chassis.service import Service
from services.router.facts import Facts
from services.router.presence import Presence
from services.router.usecases import Commands

FACTS_AT_ONCE = 4
PRESENCE_QUEUE = next(queue for queue in queues_of("router") if queue.bindings == (GatewayPresence.TYPE,))


def subscribe(service: Service, commands: Commands, facts: Facts, presence: Presence) -> None:
    """Hand every message of the router's queues to its handler."""
    for queue in queues_of("router"):
        if queue.single_active_consumer:
            service.consume(queue, commands.handle, prefetch=1, title=f"Commands of partition {queue.name}")
        elif queue == PRESENCE_QUEUE:
            service.consume(queue, presence.handle, prefetch=FACTS_AT_ONCE, title="Pages that gateways have open")
        else:
            service.consume(queue, facts.handle, prefetch=FACTS_AT_ONCE, title=f"Events: {queue.bindings[0]}")
