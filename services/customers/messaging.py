"""Which messages the customers service takes."""

from typing import Final

from contracts.conversation import ConversationStarted
from contracts.tickets import TicketOpened
from contracts.topology import queues_of
from services.chassis.inbox import once
from services.chassis.service import Service
from services.customers.lookups import Lookups

PREFETCH: Final = 8
"""Look-ups do not depend on one another's order."""


def subscribe(service: Service) -> None:
    lookups = Lookups(service.clock, service.ids)
    queues = {type_name: queue for queue in queues_of("customers") for type_name in queue.bindings}
    for message, work, title in (
        (ConversationStarted, lookups.conversation_started, "Conversation starts"),
        (TicketOpened, lookups.ticket_opened, "Opened tickets"),
    ):
        queue = queues[message.TYPE]
        service.consume(queue, once(service.database, queue.name, work), prefetch=PREFETCH, title=title)
