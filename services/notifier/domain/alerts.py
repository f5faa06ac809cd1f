"""What every console should mention.

Invariant: an alert is built by naming what it tells, and tells no more than the list of tickets shows.
"""

from contracts.live import LiveAlert
from contracts.tickets import TicketOpened


def ticket_alert(opened: TicketOpened) -> LiveAlert:
    """The alert about a new ticket."""
    return LiveAlert(
        alert="ticket_opened",
        ticket_id=opened.ticket_id,
        number=opened.number,
        subject_line=opened.subject_line,
        name=opened.name,
    )
