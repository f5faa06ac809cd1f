"""Tickets and ratings: commands to the tickets service and what it tells."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Comment, Email, LanguageCode, Line, Message, MessageText, Name, NamedRef, Timestamp
from contracts.entries import Score

TicketOrigin = Literal["waiting_chat"]


class OpenTicket(Message):
    """A visitor's question that nobody could answer now. One ticket per `ticket_id`, however often it arrives."""

    TYPE: ClassVar[str] = "ticket.open.v1"
    ticket_id: UUID
    origin: TicketOrigin
    conversation_id: UUID
    topic: NamedRef
    subject_line: Line
    name: Name
    email: Email
    language: LanguageCode = "pl"
    text: MessageText
    asked_at: Timestamp

    @property
    def subject(self) -> UUID:
        return self.ticket_id


class TicketOpened(Message):
    TYPE: ClassVar[str] = "ticket.opened.v1"
    ticket_id: UUID
    number: Annotated[int, Field(ge=1)]
    conversation_id: UUID
    topic: NamedRef
    subject_line: Line
    name: Name
    opened_at: Timestamp


class SubmitRating(Message):
    """The visitor's rating, already checked by the router: the conversation is theirs and over."""

    TYPE: ClassVar[str] = "rating.submit.v1"
    conversation_id: UUID
    client_id: UUID
    topic: NamedRef
    agent: NamedRef | None = None
    score: Score
    comment: Comment = ""
    rated_at: Timestamp


class RatingRecorded(Message):
    TYPE: ClassVar[str] = "rating.recorded.v1"
    conversation_id: UUID
    client_id: UUID
    score: Score
    comment: Comment = ""
    rated_at: Timestamp
