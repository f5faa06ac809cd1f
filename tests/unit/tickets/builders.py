"""Tickets and what agents do with them, for tests of the rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.base import NamedRef
from contracts.tickets import ChangeTicket, NewTicket, OpenTicket, WriteToTicket
from services.tickets.domain.ticket import Ticket, change, open_ticket, write

ASKED_AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
NOW = datetime(2025, 3, 1, 9, 31, tzinfo=UTC)
SALES = NamedRef(id=UUID(int=3), name="Sprzedaż")
JAN = NamedRef(id=UUID(int=4), name="Jan Kowalski")
ANNA = NamedRef(id=UUID(int=5), name="Anna z Łodzi")

ASKED = OpenTicket(
    ticket_id=UUID(int=1),
    origin="waiting_chat",
    conversation_id=UUID(int=2),
    topic=SALES,
    subject_line="Pytanie o wysyłkę",
    name="Anna Nowak",
    email="anna.nowak@example.com",
    text="Czy wysyłacie za granicę?",
    asked_at=ASKED_AT,
)
BY_AGENT = NewTicket(
    topic=SALES, subject_line="Prośba o fakturę", name="Anna Nowak", email="anna.nowak@example.com", text="Z rozmowy"
)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def ticket(**changes: Any) -> Ticket:
    """A new ticket, number 1001; with changes saved by an agent."""
    new = Ticket(**{**vars(open_ticket(ASKED, NOW)), "number": 1001})
    return saved(new, **changes) if changes else new


def wanted(ticket: Ticket, **changes: Any) -> ChangeTicket:
    """The card as it was read, with some fields changed."""
    return ChangeTicket.model_validate({**vars(ticket), **changes})


def saved(ticket: Ticket, *, now: datetime = NOW, **changes: Any) -> Ticket:
    return change(ticket, wanted(ticket, **changes), now)


def reply(number: int = 50, **changes: Any) -> WriteToTicket:
    return WriteToTicket.model_validate({"id": UUID(int=number), "kind": "reply", "text": "Tak, wysyłamy.", **changes})


def comment(number: int = 60, **changes: Any) -> WriteToTicket:
    return reply(number, **{"kind": "comment", "text": "Kto to weźmie?", **changes})


def written(ticket: Ticket, asked: WriteToTicket, now: datetime = NOW) -> Ticket:
    return write(ticket, asked, JAN, now)
