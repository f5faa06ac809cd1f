"""Which messages the customers service takes."""

from contracts.topology import queues_of
from services.chassis.inbox import once
from services.chassis.service import Service
from services.customers.usecases import look_up

PREFETCH = 8
"""Look-ups do not depend on one another's order."""


def subscribe(service: Service) -> None:
    (starts,) = queues_of("customers")
    handler = once(service.database, starts.name, look_up)
    service.consume(starts, handler, prefetch=PREFETCH, title="Conversation starts")
