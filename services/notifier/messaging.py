"""Which messages the notifier takes."""

from collections.abc import Awaitable, Callable

from contracts.envelope import Received
from contracts.topology import queues_of
from services.chassis.broker import Handler
from services.chassis.inbox import once
from services.chassis.service import Service
from services.notifier.usecases import Events

PREFETCH = 8
"""Mails and alerts do not depend on one another's order, and agents' wishes carry versions."""

TITLES = {
    "notifier.commands": "Mails to send",
    "notifier.ticket.opened.v1": "New tickets",
    "notifier.conversation.ended.v1": "Ended conversations",
    "notifier.agent.contact_changed.v1": "Agents' wishes",
}


def subscribe(service: Service, events: Events, wake: Callable[[], None]) -> None:
    """`wake` is called when mails may have been kept."""
    for queue in queues_of("notifier"):
        handler = _waking(once(service.database, queue.name, events.handle), wake)
        service.consume(queue, handler, prefetch=PREFETCH, title=TITLES[queue.name])


def _waking(handle: Callable[[Received], Awaitable[None]], wake: Callable[[], None]) -> Handler:
    async def handle_and_wake(received: Received) -> None:
        await handle(received)
        wake()

    return handle_and_wake
