"""Tickets and ratings: commands to the tickets service, what it tells, and tickets as pages see them.

Requests that act name the agent: `X-Dymek-Agent` is their id, `X-Dymek-Agent-Name` their name, URL-encoded.
"""

from datetime import date
from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from contracts.base import (
    Comment,
    Email,
    LanguageCode,
    Line,
    Message,
    MessageText,
    Model,
    Name,
    NamedRef,
    Timestamp,
)
from contracts.entries import Score
from contracts.mail import MailState

TicketOrigin = Literal["waiting_chat", "after_hours", "agent", "by_hand"]
TicketStatus = Literal["new", "open", "waiting", "postponed", "closed"]
"""`waiting` is for the customer's answer; `postponed` has a time at which the ticket opens again by itself."""
Tag = Annotated[str, Field(pattern=r"^[^\s,#][^,#]{0,39}$")]
TicketText = Annotated[str, StringConstraints(min_length=1, max_length=15_000, pattern=r"\S")]
"""Longer than a message: it can hold a whole conversation."""
Number = Annotated[int, Field(ge=1)]
Version = Annotated[int, Field(ge=1)]


class OpenTicket(Message):
    """A question that is answered later. One ticket per `ticket_id`, however often it arrives."""

    TYPE: ClassVar[str] = "ticket.open.v1"
    ticket_id: UUID
    origin: TicketOrigin
    conversation_id: UUID | None = None
    topic: NamedRef
    subject_line: Line
    name: Name
    email: Email
    language: LanguageCode = "pl"
    text: MessageText
    asked_at: Timestamp
    verified: bool = False
    """The site vouched for the address."""

    @property
    def subject(self) -> UUID:
        return self.ticket_id


class TicketOpened(Message):
    TYPE: ClassVar[str] = "ticket.opened.v1"
    ticket_id: UUID
    number: Number
    origin: TicketOrigin = "waiting_chat"
    conversation_id: UUID | None = None
    topic: NamedRef
    subject_line: Line
    name: Name
    email: Email | None = None
    """Always told; None only in what an older release has said."""
    customer_id: UUID | None = None
    """Known already where an agent opened it on a customer's behalf."""
    opened_at: Timestamp

    @property
    def subject(self) -> UUID:
        return self.ticket_id


class RequestTranscript(Message):
    """The visitor wants the conversation by e-mail once it is over: at the address that they gave at its start.

    Nothing is mailed where they gave none, or where no agent answered.
    """

    TYPE: ClassVar[str] = "transcript.request.v1"
    conversation_id: UUID
    client_id: UUID


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


class TicketSummary(Model):
    """A ticket as the list shows it."""

    id: UUID
    number: Number
    version: Version = 1
    subject_line: Line
    status: TicketStatus
    postponed_until: Timestamp | None = None
    topic: NamedRef
    assignee: NamedRef | None = None
    tags: tuple[Tag, ...] = ()
    customer: NamedRef | None = None
    name: Name
    email: Email
    opened_at: Timestamp
    changed_at: Timestamp | None = None
    last_line: Line = ""
    unread: bool = False
    """For the agent who asks."""


class TicketMessage(Model):
    """One entry of a thread: what somebody wrote, an agent's answer, or a comment among agents."""

    id: UUID | None = None
    kind: Literal["message", "reply", "comment"] = "message"
    author: Line
    text: TicketText
    at: Timestamp
    mail: MailState | None = None
    """What became of a reply."""
    mail_reason: Line = ""


class Ticket(TicketSummary):
    """A ticket's card: the summary and the thread, oldest first."""

    origin: TicketOrigin = "waiting_chat"
    conversation_id: UUID | None = None
    language: LanguageCode = "pl"
    messages: tuple[TicketMessage, ...] = ()


class TicketConflict(Model):
    """409: somebody else has changed the ticket since it was read, or made it; `present` is its card as it is now."""

    detail: str
    present: Ticket


class TicketPage(Model):
    """One page of the list; `next` is to be passed on as `after`, None at the end.

    `GET /internal/tickets?agent_id=`, with any of `status` and `topic` (repeated for several), `assignee` (an id, or
    none), `tag`, `customer`, `conversation`, `unread=true` (changed in the last 90 days), `q` (beginnings of words, or
    a number), and `sort` (changed, opened or number), `order` (asc or desc), `after`, `limit`.
    """

    tickets: tuple[TicketSummary, ...]
    next: str | None = None
    total: int | None = None
    """Told with the first page, up to 10,000."""


class NewTicket(Model):
    """`PUT /internal/tickets/{id}` by an agent: on a customer's behalf, out of a chat or by hand.

    Made already, it is answered as it is now, or 409 with TicketConflict where topic, subject, name, address or text
    are not what is asked for.
    """

    topic: NamedRef
    subject_line: Annotated[Line, Field(min_length=1)]
    name: Name
    email: Email
    language: LanguageCode = "pl"
    text: TicketText
    conversation_id: UUID | None = None
    customer_id: UUID | None = None
    customer_name: Name | None = None
    """The gateway looks it up; what a page says here counts for nothing."""


class ChangeTicket(Model):
    """`PATCH /internal/tickets/{id}`: all that can be changed, as a whole; 409 with TicketConflict."""

    version: Version
    subject_line: Annotated[Line, Field(min_length=1)]
    status: TicketStatus
    postponed_until: Timestamp | None = None
    topic: NamedRef
    assignee: NamedRef | None = None
    tags: Annotated[tuple[Tag, ...], Field(max_length=20)] = ()
    customer: NamedRef | None = None

    @model_validator(mode="after")
    def _until_when(self) -> Self:
        if (self.status == "postponed") != (self.postponed_until is not None):
            raise ValueError("postponed_until is named for a postponed ticket, and only there")
        return self


class WriteToTicket(Model):
    """`POST /internal/tickets/{id}/messages`: a reply by e-mail, or a comment. The same `id` again changes nothing."""

    id: UUID
    kind: Literal["reply", "comment"]
    text: MessageText
    status: TicketStatus | None = None
    """What the ticket becomes with it; where nothing is said, a reply makes it wait, and a comment leaves it."""


class Rating(Model):
    conversation_id: UUID
    score: Score
    comment: Comment = ""
    rated_at: Timestamp


class Ratings(Model):
    """`GET /internal/ratings?conversation_ids=`, at most 200: the newest first."""

    ratings: tuple[Rating, ...] = ()


class RatingRow(Model):
    """Ratings of one topic, agent or day."""

    key: Line
    label: Line
    good: int = 0
    neutral: int = 0
    bad: int = 0


class RatingFigures(Model):
    """`GET /internal/ratings/figures?since=&until=&zone=`: counts by topic, agent and day, and the newest comments.

    Both days are counted; they are those of the time zone, Europe/Warsaw unless another is named.
    """

    since: date
    until: date
    topics: tuple[RatingRow, ...] = ()
    agents: tuple[RatingRow, ...] = ()
    days: tuple[RatingRow, ...] = ()
    comments: tuple[Rating, ...] = ()
