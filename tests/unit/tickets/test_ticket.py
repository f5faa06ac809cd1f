"""What a ticket is made of."""

from datetime import UTC, datetime
from uuid import UUID

from contracts.base import NamedRef
from contracts.tickets import OpenTicket
from services.tickets.domain.ticket import TicketMessage, open_ticket

ASKED_AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
NOW = datetime(2025, 3, 1, 9, 31, tzinfo=UTC)
ASKED = OpenTicket(
    ticket_id=UUID(int=1),
    origin="waiting_chat",
    conversation_id=UUID(int=2),
    topic=NamedRef(id=UUID(int=3), name="Sprzedaż"),
    subject_line="Pytanie o wysyłkę",
    name="Anna Nowak",
    email="anna.nowak@example.com",
    text="Czy wysyłacie za granicę?",
    asked_at=ASKED_AT,
)


def test_a_ticket_is_new_and_holds_the_question_as_it_was_asked() -> None:
    ticket = open_ticket(ASKED, NOW)
    assert ticket.status == "new"
    assert ticket.opened_at == NOW
    assert ticket.messages == (TicketMessage("Anna Nowak", "Czy wysyłacie za granicę?", ASKED_AT),)


def test_the_subject_is_the_one_asked_for() -> None:
    assert open_ticket(ASKED, NOW).subject_line == "Pytanie o wysyłkę"


def test_without_a_subject_the_topic_gives_it_in_the_visitors_language() -> None:
    polish = ASKED.model_copy(update={"subject_line": " "})
    english = polish.model_copy(update={"language": "en"})
    assert open_ticket(polish, NOW).subject_line == "Zgłoszenie dla czata z kolejki Sprzedaż"
    assert open_ticket(english, NOW).subject_line == "Request from the chat queue Sprzedaż"
