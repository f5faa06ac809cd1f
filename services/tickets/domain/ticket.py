"""What a ticket is, and what may happen to it.

Invariants:
- A ticket starts new, with exactly one message: the question, dated when it was asked. It never becomes new again.
- A ticket always has a subject. It has a time to open again exactly while it is postponed.
- Every change that a list shows makes a new version, by one; what changes nothing makes none. A change that was decided
  on another version is refused, so that nobody's change is lost. That a look-up has found the customer is nobody's
  change: it is news to nobody, and refuses none that was decided before it.
- A message is in the thread once, however often it is sent.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from contracts.base import LanguageCode, NamedRef
from contracts.mail import MailState
from contracts.tickets import ChangeTicket, NewTicket, OpenTicket, TicketOrigin, TicketStatus, WriteToTicket

MessageKind = Literal["message", "reply", "comment"]

DEFAULT_SUBJECT: Final[dict[LanguageCode, str]] = {
    "pl": "Zgłoszenie dla czata z kolejki {topic}",
    "en": "Request from the chat queue {topic}",
}
LONGEST_TAG: Final = 40
"""Characters of a tag (contracts.tickets.Tag)."""
UNREAD_FOR: Final = timedelta(days=90)
"""After its last change a ticket is news for so long: what is unread has to be found among tickets without end."""
LAST_LINE: Final = 120
"""Characters of the last message that a list shows."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed the ticket since it was read."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Impossible(Exception):
    """What is asked for cannot be; `field` names where."""

    def __init__(self, field: str, said: str) -> None:
        super().__init__(said)
        self.field = field


@dataclass(frozen=True)
class TicketMessage:
    """`mail` is what became of a reply. The first message of a ticket has the ticket's own id."""

    id: UUID
    author: str
    text: str
    written_at: datetime
    kind: MessageKind = "message"
    mail: MailState | None = None
    mail_reason: str = ""


@dataclass(frozen=True)
class Ticket:
    """A ticket; its number, from 1, is given when it is stored. `messages` is the thread, oldest first."""

    id: UUID
    origin: TicketOrigin
    conversation_id: UUID | None
    topic: NamedRef
    subject_line: str
    name: str
    email: str
    language: LanguageCode
    opened_at: datetime
    changed_at: datetime
    messages: tuple[TicketMessage, ...]
    status: TicketStatus = "new"
    number: int = 0
    version: int = 1
    postponed_until: datetime | None = None
    assignee: NamedRef | None = None
    tags: tuple[str, ...] = ()
    customer: NamedRef | None = None
    customer_chosen: bool = False
    """An agent has said whose ticket it is, or that it is nobody's: no look-up changes that."""
    lookup_version: int | None = None
    """The version that a look-up made by finding the customer: in nothing else it is other than the one before it."""

    @property
    def news_version(self) -> int:
        """Who has seen this version has seen all that there is to see."""
        return self.version - 1 if self.lookup_version == self.version else self.version

    @property
    def last_line(self) -> str:
        """The first line of the last message, shortened."""
        line = next((line.strip() for line in self.messages[-1].text.splitlines() if line.strip()), "")
        return line if len(line) <= LAST_LINE else line[: LAST_LINE - 1] + "…"


# --- how it begins


def open_ticket(asked: OpenTicket, now: datetime) -> Ticket:
    """The ticket that answers a visitor's question."""
    default = DEFAULT_SUBJECT[asked.language].format(topic=asked.topic.name)
    return Ticket(
        id=asked.ticket_id,
        origin=asked.origin,
        conversation_id=asked.conversation_id,
        topic=asked.topic,
        subject_line=_one_line(asked.subject_line) or default,
        name=asked.name,
        email=asked.email,
        language=asked.language,
        opened_at=now,
        changed_at=now,
        messages=(TicketMessage(asked.ticket_id, asked.name, asked.text, asked.asked_at),),
    )


def open_by_agent(ticket_id: UUID, asked: NewTicket, agent: NamedRef, now: datetime) -> Ticket:
    """The ticket that an agent opens for a customer, out of a conversation or by hand: they wrote its first message."""
    return Ticket(
        id=ticket_id,
        origin="agent" if asked.conversation_id else "by_hand",
        conversation_id=asked.conversation_id,
        topic=asked.topic,
        subject_line=_subject(asked.subject_line),
        name=asked.name,
        email=asked.email,
        language=asked.language,
        opened_at=now,
        changed_at=now,
        messages=(TicketMessage(ticket_id, agent.name, asked.text, now),),
        customer=NamedRef(id=asked.customer_id, name=asked.customer_name or asked.name) if asked.customer_id else None,
    )


def is_made_from(ticket: Ticket, asked: NewTicket) -> bool:
    """Whether the ticket is what an agent asks for once more, and no other words are lost by leaving it as it is."""
    return (ticket.topic.id, ticket.subject_line, ticket.name, ticket.email, ticket.messages[0].text) == (
        asked.topic.id,
        _subject(asked.subject_line),
        asked.name,
        asked.email,
        asked.text,
    )


# --- what agents do


def change(ticket: Ticket, asked: ChangeTicket, now: datetime) -> Ticket:
    """The ticket as an agent wants it. Raises ChangedMeanwhile and Impossible.

    Where all is as wanted already nothing happens, whatever the version: an answer was lost, and it is asked again.
    """
    # Who had read the ticket before its customer was found has not said that it is nobody's.
    unseen = ticket.lookup_version is not None and asked.version < ticket.lookup_version
    customer = ticket.customer if unseen and asked.customer is None and not ticket.customer_chosen else asked.customer
    wanted = replace(
        ticket,
        subject_line=_subject(asked.subject_line),
        status=asked.status,
        postponed_until=asked.postponed_until,
        topic=asked.topic,
        assignee=asked.assignee,
        tags=_tags(asked.tags),
        customer=customer,
        customer_chosen=ticket.customer_chosen or customer != ticket.customer,
    )
    if replace(wanted, customer_chosen=ticket.customer_chosen) == ticket:
        return ticket
    if not ticket.news_version <= asked.version <= ticket.version:
        raise ChangedMeanwhile
    _check_status(ticket, asked.status)
    until = asked.postponed_until
    if until is not None and until != ticket.postponed_until and until <= now:
        raise Impossible("postponed_until", "is over already")
    return _changed(wanted, now)


def write(ticket: Ticket, asked: WriteToTicket, agent: NamedRef, now: datetime) -> Ticket:
    """The ticket with a reply or a comment. Raises Impossible.

    A reply leaves the ticket waiting for the customer's answer, a comment as it was, unless the agent says otherwise.
    """
    if any(message.id == asked.id for message in ticket.messages):
        return ticket
    status = asked.status or ("waiting" if asked.kind == "reply" else ticket.status)
    _check_status(ticket, status)
    if status == "new" and asked.kind == "reply":
        raise Impossible("status", "a ticket that has been answered is not new")
    if status == "postponed" and ticket.status != "postponed":
        raise Impossible("status", "a ticket is postponed together with the time at which it opens again")
    message = TicketMessage(
        asked.id, agent.name, asked.text, now, asked.kind, "pending" if asked.kind == "reply" else None
    )
    return _changed(
        replace(
            ticket,
            messages=(*ticket.messages, message),
            status=status,
            postponed_until=ticket.postponed_until if status == "postponed" else None,
        ),
        now,
    )


# --- what happens by itself


def reopen(ticket: Ticket, now: datetime) -> Ticket:
    """A postponed ticket opens again when its time has come."""
    if ticket.postponed_until is None or ticket.postponed_until > now:
        return ticket
    return _changed(replace(ticket, status="open", postponed_until=None), now)


def looked_up(ticket: Ticket, customer: NamedRef | None) -> Ticket:
    """The customer of the ticket's address is known, if there is one. What an agent has said stands."""
    if customer is None or ticket.customer is not None or ticket.customer_chosen:
        return ticket
    # Nobody has changed the ticket, so it keeps its place among those changed last.
    return replace(ticket, customer=customer, version=ticket.version + 1, lookup_version=ticket.version + 1)


def is_unread(ticket: Ticket, seen: int | None, now: datetime) -> bool:
    """Whether the ticket is unread by somebody who has read it at version `seen`, or never.

    What nobody has changed for long is unread by nobody.
    """
    return (seen or 0) < ticket.news_version and ticket.changed_at > now - UNREAD_FOR


# --- the words used above


def _changed(ticket: Ticket, now: datetime) -> Ticket:
    return replace(ticket, version=ticket.version + 1, changed_at=now)


def _check_status(ticket: Ticket, wanted: TicketStatus) -> None:
    if wanted == "new" and ticket.status != "new":
        raise Impossible("status", "a ticket that somebody has taken up is not new any more")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _subject(text: str) -> str:
    line = _one_line(text)
    if not line:
        raise Impossible("subject_line", "a ticket always has a subject")
    return line


def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Each tag once, in lower case, in the order given. What is longer in lower case is cut where tags end."""
    return tuple(dict.fromkeys(_one_line(tag).lower()[:LONGEST_TAG] for tag in tags))
