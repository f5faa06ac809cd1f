"""Which messages the notifier takes."""

from contracts.topology import queues_of
from services.chassis.inbox import once
from services.chassis.service import Service
from services.notifier.usecases import alert_agents

PREFETCH = 8
"""Alerts do not depend on one another's order."""


def subscribe(service: Service) -> None:
    (tickets,) = queues_of("notifier")
    handler = once(service.database, tickets.name, alert_agents)
    service.consume(tickets, handler, prefetch=PREFETCH, title="New tickets")
