"""Which messages the tickets service takes."""

from contracts.topology import queues_of
from services.chassis.inbox import once
from services.chassis.service import Service
from services.tickets.usecases import Commands

PREFETCH = 8
"""Tickets do not depend on one another's order; ratings and mails are compared by their time."""


def subscribe(service: Service, commands: Commands) -> None:
    for queue in queues_of("tickets"):
        handler = once(service.database, queue.name, commands.handle)
        service.consume(queue, handler, prefetch=PREFETCH, title=f"Tickets: {queue.name}")
