"""What the notifier does with what has happened."""

from contracts.envelope import Received
from services.chassis.database import Transaction
from services.notifier.domain.alerts import ticket_alert


async def alert_agents(tx: Transaction, received: Received) -> None:
    """Show the new ticket on every console."""
    tx.outbox.add(ticket_alert(received.message), caused_by=received)
