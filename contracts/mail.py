"""Outgoing mail: what the notifier is asked to send, and what became of it.

A mail is named by its id: asked for twice, it goes out once. Its words are the notifier's, except where a text of an
agent or of the conversation is the mail.
"""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Email, LanguageCode, Line, Message, MessageText, Model, Name, NamedRef, Timestamp
from contracts.entries import VisitorEntry

MailState = Literal["pending", "sending", "sent", "failed"]
MailKind = Literal["ticket_confirmation", "ticket_reply", "transcript", "new_ticket", "missed_chat"]
"""The last two are alerts to agents."""
TicketNumber = Annotated[int, Field(ge=1)]


class ConfirmationMail(Model):
    """To a ticket's author. What they wrote is repeated only where their address is verified."""

    kind: Literal["ticket_confirmation"] = "ticket_confirmation"
    number: TicketNumber
    text: MessageText | None = None
    by_agent: bool = False
    """An agent wrote the ticket down: whoever gets the mail may have given the address to nobody but them."""


class ReplyMail(Model):
    """An agent's answer to a ticket."""

    kind: Literal["ticket_reply"] = "ticket_reply"
    number: TicketNumber
    subject_line: Line
    text: MessageText
    agent_name: Name


class TranscriptMail(Model):
    """A conversation as its visitor saw it; what they wrote is repeated only where their address is verified."""

    kind: Literal["transcript"] = "transcript"
    topic_name: Name
    visitor_name: Name
    started_at: Timestamp
    entries: tuple[VisitorEntry, ...]
    older_left_out: bool = False
    """The conversation has entries before these."""
    verified: bool = False
    """The site vouched for the address that the mail goes to."""


MailBody = Annotated[ConfirmationMail | ReplyMail | TranscriptMail, Field(discriminator="kind")]


class SendMail(Message):
    """Send a mail, once. `ticket_id` or `conversation_id` say what it is about: its mails make one thread."""

    TYPE: ClassVar[str] = "mail.send.v1"
    mail_id: UUID
    to: Email
    to_name: Line = ""
    language: LanguageCode = "pl"
    body: MailBody
    ticket_id: UUID | None = None
    conversation_id: UUID | None = None

    @property
    def subject(self) -> UUID:
        return self.mail_id


class MailChanged(Message):
    """What became of a mail; of two the later `at` holds."""

    TYPE: ClassVar[str] = "mail.changed.v1"
    mail_id: UUID
    state: MailState
    reason: Line = ""
    """Why it failed, or why it is tried again: a word, and after a colon what the mail server said, as in
    `refused: 550 No such user`. Words: refused, busy, no_connection, no_answer, log_in, encryption, address,
    unexpected, limit_recipient, limit_day.
    """
    ticket_id: UUID | None = None
    conversation_id: UUID | None = None
    at: Timestamp

    @property
    def subject(self) -> UUID:
        return self.mail_id


class AgentContactChanged(Message):
    """Where an agent wants to hear of what, and in which language."""

    TYPE: ClassVar[str] = "agent.contact_changed.v1"
    agent_id: UUID
    version: int
    name: Name
    email: Email
    language: LanguageCode = "pl"
    topic_ids: tuple[UUID, ...] = ()
    """Of these topics only; an agent without any hears of all."""
    new_tickets: bool = False
    missed_chats: bool = False


class Mail(Model):
    """A mail as the console shows it."""

    mail_id: UUID
    kind: Line
    to: Email
    subject_line: Line
    state: MailState
    reason: Line = ""
    attempts: Annotated[int, Field(ge=0)] = 0
    next_try_at: Timestamp | None = None
    asked_at: Timestamp
    sent_at: Timestamp | None = None
    ticket_id: UUID | None = None
    conversation_id: UUID | None = None
    about: NamedRef | None = None


class Mails(Model):
    """`GET /internal/mails?state=&ticket_id=&conversation_id=&before=<mail id>&kind=`: the newest first, at most 100.

    `kind` may be repeated; without one, of all kinds.
    """

    mails: tuple[Mail, ...] = ()
