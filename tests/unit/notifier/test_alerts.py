"""What consoles are told."""

from datetime import UTC, datetime
from uuid import UUID

from contracts.base import NamedRef
from contracts.tickets import TicketOpened
from contracts.topology import routing_of
from services.notifier.domain.alerts import ticket_alert

OPENED = TicketOpened(
    ticket_id=UUID(int=1),
    number=1001,
    conversation_id=UUID(int=2),
    topic=NamedRef(id=UUID(int=3), name="Sprzedaż"),
    subject_line="Pytanie o wysyłkę",
    name="Anna Nowak",
    opened_at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
)


def test_a_new_ticket_is_told_with_its_number_subject_and_name() -> None:
    alert = ticket_alert(OPENED)
    assert (alert.alert, alert.ticket_id, alert.number) == ("ticket_opened", OPENED.ticket_id, 1001)
    assert (alert.subject_line, alert.name) == ("Pytanie o wysyłkę", "Anna Nowak")


def test_every_gateway_hears_of_it() -> None:
    assert routing_of(ticket_alert(OPENED)) == ("dymek.live", "gateways")
