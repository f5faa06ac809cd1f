"""What becomes of a question that nobody could answer now.

Invariants:
- A ticket starts new, with exactly one message: the visitor's question, dated when it was asked.
- A ticket always has a subject.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from contracts.base import LanguageCode, NamedRef
from contracts.tickets import OpenTicket, TicketOrigin

DEFAULT_SUBJECT: Final[dict[LanguageCode, str]] = {
    "pl": "Zgłoszenie dla czata z kolejki {topic}",
    "en": "Request from the chat queue {topic}",
}


@dataclass(frozen=True)
class TicketMessage:
    author: str
    text: str
    written_at: datetime


@dataclass(frozen=True)
class Ticket:
    """A ticket as it is opened; its number is given when it is stored. `messages` is the thread, oldest first."""

    id: UUID
    origin: TicketOrigin
    status: Literal["new"]
    conversation_id: UUID
    topic: NamedRef
    subject_line: str
    name: str
    email: str
    language: LanguageCode
    opened_at: datetime
    messages: tuple[TicketMessage, ...]


def open_ticket(asked: OpenTicket, now: datetime) -> Ticket:
    """The ticket that answers the command `asked`."""
    default = DEFAULT_SUBJECT[asked.language].format(topic=asked.topic.name)
    return Ticket(
        id=asked.ticket_id,
        origin=asked.origin,
        status="new",
        conversation_id=asked.conversation_id,
        topic=asked.topic,
        subject_line=asked.subject_line.strip() or default,
        name=asked.name,
        email=asked.email,
        language=asked.language,
        opened_at=now,
        messages=(TicketMessage(author=asked.name, text=asked.text, written_at=asked.asked_at),),
    )
