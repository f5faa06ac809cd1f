"""What open sockets should show now. Loss is legal here and repaired by sequence numbers and versions."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Actor, Head, Line, Message, Seq
from contracts.entries import Entry
from contracts.reads import BoardCard, Desk, TopicView
from contracts.refusals import Refusal
from contracts.tickets import TicketSummary


class LiveEntry(Message):
    """A committed entry; `sender` and `client_id` let the sender's gateway acknowledge it."""

    TYPE: ClassVar[str] = "live.entry.v1"
    conversation_id: UUID
    entry: Entry
    sender: Actor | None = None
    client_id: UUID | None = None


class LiveReply(Message):
    """The answer to a request that made no entry of its own: a repetition, a refusal, or a change outside the log."""

    TYPE: ClassVar[str] = "live.reply.v1"
    conversation_id: UUID | None = None
    agent_id: UUID | None = None
    sender: Actor
    client_id: UUID
    seq: Seq | None = None
    refusal: Refusal | None = None


class LiveTyping(Message):
    """Somebody is writing. `text` is the visitor's unsent text, for agents only; never stored, never logged."""

    TYPE: ClassVar[str] = "live.typing.v1"
    conversation_id: UUID
    who: Actor
    agent_name: Line = ""
    typing: bool
    text: Annotated[str, Field(max_length=4000)] = ""


class LivePlace(Message):
    """The waiting visitor's place in the queue, from 1."""

    TYPE: ClassVar[str] = "live.place.v1"
    conversation_id: UUID
    place: Annotated[int, Field(ge=1)]


class LiveVisitor(Message):
    """A visitor's page came or went."""

    TYPE: ClassVar[str] = "live.visitor.v1"
    conversation_id: UUID
    online: bool


class LiveReceipt(Message):
    """Entries up to `delivered` have been shown to an agent."""

    TYPE: ClassVar[str] = "live.receipt.v1"
    conversation_id: UUID
    delivered: Head


class LiveDesk(Message):
    """The whole desk of an agent after a change; the highest version wins."""

    TYPE: ClassVar[str] = "live.desk.v1"
    agent_id: UUID
    desk: Desk


class LiveCard(Message):
    """A conversation as lists show it, after each change of its state; of two cards the one with the higher head."""

    TYPE: ClassVar[str] = "live.card.v1"
    card: BoardCard


class LiveTopics(Message):
    """Topics that opened, closed, lost their last agent, got one, or were changed; the newest message holds."""

    TYPE: ClassVar[str] = "live.topics.v1"
    topics: tuple[TopicView, ...]


class LiveTicket(Message):
    """A ticket as the list shows it, after each change; of two the one with the higher version.

    With the version that is known already, the list has no news, but the card has: what became of a reply's mail.
    """

    TYPE: ClassVar[str] = "live.ticket.v1"
    ticket: TicketSummary
    by: Actor
    """Who changed it: for them it is not unread, for all others as `ticket.unread` says."""
    news: bool = True
    """Otherwise it is unread by whom it was before: nobody has changed it, only its customer was found."""


class LiveAlert(Message):
    """Something every console should mention."""

    TYPE: ClassVar[str] = "live.alert.v1"
    alert: Literal["ticket_opened"]
    ticket_id: UUID
    number: Annotated[int, Field(ge=1)]
    subject_line: Line
    name: Line
